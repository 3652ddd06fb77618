"""Training of the learned model of risk."""
