"""Where the command begins: `youthvoice` and `python -m youthvoice`."""

import sys


def main() -> None:
    """Run the command; an interruption while its parts are still being loaded ends it quietly."""
    try:
        from youthvoice.cli import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
