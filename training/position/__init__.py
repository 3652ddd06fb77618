"""Training of the network that reads an answer together with its question."""
