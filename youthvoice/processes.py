"""Which process of this machine did something, and whether it still runs."""

from __future__ import annotations

import os
from pathlib import Path


def name(pid: int | None = None) -> str:
    """A process as it is written down, this one by default: its number, and when it was started.

    The start tells it from another process that got the same number after a restart of the machine.
    """
    number = os.getpid() if pid is None else pid
    return f"{number}:{_started(number)}"


def another_runs(process: str) -> bool:
    """Whether another process than this one runs under that number and, if it is named, with that start.

    What is written down under our own number is of one that had it before: this one asks before it writes.
    """
    number, named, started = process.partition(":")
    if number == str(os.getpid()):
        return False
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return not named or _started(int(number)) == started


def _started(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "-"
