"""A real Bluesky network on this machine, and what is shown on it. `make test-bluesky` does everything."""
