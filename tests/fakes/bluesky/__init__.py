"""A small XRPC server: what a Bluesky account's server and its index do, as seen on a real local network."""
