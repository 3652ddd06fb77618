"""youthvoice: hear young people, and answer them."""

__version__ = "0.1.0"
