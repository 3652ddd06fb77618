"""`python -m jobs`: the scheduler process."""

from jobs.scheduler import main

if __name__ == "__main__":
    main()
