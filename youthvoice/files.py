"""Files that only their owner may read, written so that a process that is killed leaves no half one; and
files that somebody names, read as text.
"""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

from youthvoice.errors import BadInput, StoreUnavailable, note


def unreadable(path: Path | str, problem: OSError) -> BadInput:
    """What is said of a file that the machine does not give."""
    why = problem.strerror or type(problem).__name__
    return BadInput(note("The file %(file)s cannot be read: %(why)s.", file=str(path), why=why))


def read_words(path: Path) -> str:
    """The text (UTF-8) of a file that somebody named. Raises `BadInput` where it is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:  # its own message would show bytes of the file
        raise BadInput(
            note("The file %(path)s is not a text file.", path=str(path)),
            note("Give the file that was meant. Nothing was changed."),
        ) from None


def write_private(path: Path, content: str | bytes, mode: int = 0o600) -> None:
    """Write `content` to `path` through a temporary name, durably, with these permissions."""
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        with os.fdopen(
            os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, mode), "wb"
        ) as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise _full(path) from None


def append_private(path: Path, lines: str) -> None:
    """Add whole lines to a file that only its owner may read, durably.

    Raises `StoreUnavailable` where they could not be written; then nothing of them stays, and a line that
    an earlier failure left half-written is not continued.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600), "r+b") as target:
            before = target.seek(0, os.SEEK_END)
            data = (lines + "\n").encode()
            if before:
                target.seek(before - 1)
                data = data if target.read(1) == b"\n" else b"\n" + data
            try:
                target.write(data)
                target.flush()
                os.fsync(target.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    os.ftruncate(target.fileno(), before)
                raise
    except OSError:
        raise _full(path) from None


def _full(path: Path) -> StoreUnavailable:
    return StoreUnavailable(
        note("The disk that holds %(place)s is full or cannot be written to.", place=str(path)),
        note("Free some space. What was stored before is kept; then run the same command again."),
    )
