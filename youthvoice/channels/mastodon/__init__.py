"""Mastodon and what speaks like it, through Mastodon.py."""
