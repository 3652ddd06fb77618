"""`python -m youthvoice`: the commands."""

from youthvoice.cli import main

if __name__ == "__main__":
    main()
