"""Training of the model of feelings."""
