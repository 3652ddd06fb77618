"""Properties that are shown by many seeded runs: `make prove` prints them as a table."""
