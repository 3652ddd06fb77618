"""Training of the layers over the sentence encoder."""
