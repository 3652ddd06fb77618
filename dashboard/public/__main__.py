"""`python -m dashboard.public`: the public pages' process."""

from dashboard.public.server import main

if __name__ == "__main__":
    main()
