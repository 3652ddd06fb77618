"""How well identifiers are found: labelled sets are read, detectors run over them, misses counted."""
