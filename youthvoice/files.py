"""Files that only their owner may read, written so that a process that is killed leaves no half one."""

from __future__ import annotations

import os
from pathlib import Path


def write_private(path: Path, content: str | bytes, mode: int = 0o600) -> None:
    """Write `content` to `path` through a temporary name, durably, with these permissions."""
    data = content.encode() if isinstance(content, str) else content
    temporary = path.with_name(path.name + ".new")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_EXCL, mode), "wb") as target:
        target.write(data)
        target.flush()
        os.fsync(target.fileno())
    temporary.replace(path)


def append_private(path: Path, line: str) -> None:
    """Add a line to a file that only its owner may read, durably."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600), "w") as target:
        target.write(line + "\n")
        target.flush()
        os.fsync(target.fileno())
