"""Sentences as numbers: one multilingual encoder, and our own layers over it for one question each."""
