"""Whether a process that wrote its name down still runs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from youthvoice import processes


def test_another_that_runs_and_one_that_ended() -> None:
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    name = processes.name(other.pid)
    assert processes.another_runs(name) and processes.another_runs(str(other.pid))
    assert not processes.another_runs(f"{other.pid}:1")  # it had this number before
    other.communicate(b"\n")
    assert not processes.another_runs(name) and not processes.another_runs(str(other.pid))


@pytest.mark.parametrize("process", ["", "x", "x:1", f"{os.getpid()}"])
def test_what_is_no_other_process(process: str) -> None:
    assert not processes.another_runs(process)


def test_this_one_is_not_another() -> None:
    assert processes.name().startswith(f"{os.getpid()}:")
    assert not processes.another_runs(processes.name())
    assert not processes.another_runs(f"{os.getpid()}:1")
