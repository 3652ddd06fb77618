"""X, through tweepy: one account a language, every call priced before it is made."""
