"""Start our own processes with settings of their own, and end every one of them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **settings: object) -> dict[str, str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("YOUTHVOICE_")}
    named = {f"YOUTHVOICE_{k.upper()}": str(v) for k, v in settings.items()}
    return {**clean, "YOUTHVOICE_HOME": str(home), "PYTHONUNBUFFERED": "1", **named}


def youthvoice(
    home: Path, *arguments: str, timeout: float = 240, **settings: object
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "youthvoice", *arguments],
        cwd=ROOT,
        env=environment(home, **settings),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@contextlib.contextmanager
def started(
    command: list[str], home: Path, log: Path, **settings: object
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs while the block does; its whole group is ended afterwards."""
    with log.open("ab") as target:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(home, **settings),
            stdin=subprocess.DEVNULL,
            stdout=target,
            stderr=target,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
