"""`python -m dashboard.public`: the public pages' process."""

import sys

from dashboard.public.server import serve
from youthvoice.app import process_main

if __name__ == "__main__":
    sys.exit(process_main(serve))
