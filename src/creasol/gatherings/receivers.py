"""What the gatherings do when the floors beneath tell them something."""
