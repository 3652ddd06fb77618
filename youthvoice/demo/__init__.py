"""The demo: an invented topic, audience and committee that use the real workflow."""
