"""Training of the vectors of answers and themes."""
