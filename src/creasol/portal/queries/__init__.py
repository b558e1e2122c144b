"""What the portal's pages ask, noun by noun."""
