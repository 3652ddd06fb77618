"""Bluesky, through atproto: fixed record keys, and a walk from every known post."""
