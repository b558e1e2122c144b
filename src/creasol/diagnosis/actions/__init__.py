"""What changes the data of diagnoses, one module per noun."""
