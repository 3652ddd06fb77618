"""One supervisor for the three processes: it starts them, waits until they answer, and ends them all."""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from youthvoice.cli.common import console, error_console
from youthvoice.cli.doctor import is_free, is_ours
from youthvoice.errors import YouthVoiceError, note
from youthvoice.settings import Settings
from youthvoice.strings import Translator

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 90.0
STOP_WITHIN = 8.0
MOST_RESTARTS = 5
LARGEST_LOG = 5_000_000


@dataclass
class Child:
    """One process of ours."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    started: float = 0.0
    log: IO[bytes] | None = field(default=None, repr=False)


def children(settings: Settings) -> list[Child]:
    """The processes of an installation."""
    python = sys.executable
    return [
        Child("public", [python, "-m", "dashboard.public"]),
        Child("jobs", [python, "-m", "jobs"]),
        Child(
            "dashboard",
            [
                python, "-m", "streamlit", "run", str(ROOT / "dashboard" / "asgi.py"),
                "--server.address", settings.dashboard_host,
                "--server.port", str(settings.dashboard_port),
                "--server.baseUrlPath", "dashboard",
                "--server.headless", "true",
                "--server.fileWatcherType", "none",
                "--browser.gatherUsageStats", "false",
                "--logger.level", "error",
            ],
        ),
    ]  # fmt: skip


def run(settings: Settings, t: Translator) -> int:
    """Start everything and stay until a signal; the exit code."""
    settings.logs_dir.mkdir(parents=True, exist_ok=True)
    with _only_one(settings):
        _check_ports(settings)
        stop = _Stop()
        ours = children(settings)
        try:
            for child in ours:
                _start(child, settings)
            with error_console.status(t("Starting …")):
                _wait_ready(settings, ours, stop)
            if not stop.asked:
                _greet(settings, t)
            while not stop.asked:
                _watch(ours, settings, t)
                time.sleep(0.5)
        finally:
            error_console.print(t("Stopping …"))
            _end(ours)
        console.print(t("Stopped. Everything is kept; the next start goes on from here."))
    return 0


class _Stop:
    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: object) -> None:
        self.asked = True


def _check_ports(settings: Settings) -> None:
    for host, port, name in (
        (settings.public_host, settings.public_port, "YOUTHVOICE_PUBLIC_PORT"),
        (settings.dashboard_host, settings.dashboard_port, "YOUTHVOICE_DASHBOARD_PORT"),
    ):
        if not is_free(host, port):
            raise YouthVoiceError(
                note("Port %(port)s is in use by another program.", port=port),
                note("Stop that program, or set %(name)s to a free port.", name=name),
            )


@contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    with (settings.home / "running.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise YouthVoiceError(
                note("youthvoice is running already in %(home)s.", home=str(settings.home)),
                note("Use that one, or stop it first (Ctrl-C in its window)."),
            ) from None
        yield


def _die_with_parent() -> None:
    # If the supervisor is killed outright, Linux ends its children too.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _start(child: Child, settings: Settings) -> None:
    path = settings.logs_dir / f"{child.name}.log"
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    child.log = path.open("ab")
    child.started = time.monotonic()
    child.process = subprocess.Popen(
        child.command,
        cwd=ROOT,
        env={
            **os.environ,
            "YOUTHVOICE_HOME": str(settings.home.resolve()),
            "PYTHONUNBUFFERED": "1",
        },
        stdin=subprocess.DEVNULL,
        stdout=child.log,
        stderr=child.log,
        start_new_session=True,
        preexec_fn=_die_with_parent,
    )


def _wait_ready(settings: Settings, ours: list[Child], stop: _Stop) -> None:
    deadline = time.monotonic() + READY_WITHIN
    waiting = [
        (settings.public_host, settings.public_port, False),
        (settings.dashboard_host, settings.dashboard_port, True),
    ]
    while waiting and not stop.asked:
        waiting = [one for one in waiting if not is_ours(*one)]
        ended = [one.name for one in ours if one.process and one.process.poll() is not None]
        if ended or time.monotonic() > deadline:
            raise YouthVoiceError(
                note(
                    "The process “%(name)s” did not start.", name=ended[0] if ended else "web"
                ),
                note("Its log says why: %(folder)s. Then: youthvoice doctor",
                     folder=str(settings.logs_dir)),
            )  # fmt: skip
        time.sleep(0.1)


def _greet(settings: Settings, t: Translator) -> None:
    public, dashboard = settings.public_address, settings.dashboard_address
    lines = [
        "",
        t("youthvoice is running."),
        "",
        f"  {t('Public pages')}   {public}/en/   {public}/fr/",
        f"  {t('Dashboard')}      {dashboard}/?lang=en   {dashboard}/?lang=fr",
    ]
    if settings.demo:
        lines += [
            f"  {t('Sandbox network')} {public}/en/sandbox",
            "",
            t("This is a demo: every account, message and decision here is invented."),
            t("Click first: %(address)s, then “Say it” and write something.",
              address=f"{public}/{t.language}/"),
            t("Then, in the dashboard, choose “Committee” and read what waits for you."),
        ]  # fmt: skip
    lines += ["", t("Ctrl-C stops everything."), ""]
    for line in lines:
        console.print(line, markup=False, soft_wrap=True)


def _watch(ours: list[Child], settings: Settings, t: Translator) -> None:
    for child in ours:
        if child.process is None or child.process.poll() is None:
            continue
        if time.monotonic() - child.started > 60:
            child.restarts = 0
        child.restarts += 1
        if child.restarts > MOST_RESTARTS:
            raise YouthVoiceError(
                note("The process “%(name)s” ends again and again.", name=child.name),
                note("Its log says why: %(folder)s. Then: youthvoice doctor",
                     folder=str(settings.logs_dir)),
            )  # fmt: skip
        error_console.print(t("“%(name)s” ended; starting it again.", name=child.name))
        if child.log:
            child.log.close()
        _start(child, settings)


def _end(ours: list[Child]) -> None:
    live = [child.process for child in ours if child.process]
    for process in live:
        _signal(process, signal.SIGTERM)
    deadline = time.monotonic() + STOP_WITHIN
    for process in live:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            _signal(process, signal.SIGKILL)
            process.wait()
        # Whatever a child started lives in its group.
        _signal(process, signal.SIGKILL)
    for child in ours:
        if child.log:
            child.log.close()


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return
