"""What is asked of people, one module per noun."""
