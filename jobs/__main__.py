"""`python -m jobs`: the scheduler process."""

import sys

from jobs.scheduler import serve
from youthvoice.app import process_main

if __name__ == "__main__":
    sys.exit(process_main(serve))
