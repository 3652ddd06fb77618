"""A stateful X: a network, its interface, and an adapter that stands behind tweepy's session."""
