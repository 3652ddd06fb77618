"""A real browser, and the whole program running as `make run` starts it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.install_browser import find
from tests.processes import ROOT, environment, free_port, youthvoice

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=60_000)  # a busy machine takes its time to load the models


@dataclass
class Demo:
    """A running demo."""

    home: Path
    public: str
    dashboard: str
    process: subprocess.Popen[str]
    output: str


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    home = tmp_path_factory.mktemp("demo") / "home"
    public, dashboard = free_port(), free_port()
    settings = {
        "public_port": public,
        "dashboard_port": dashboard,
        "post_seconds": 5,
        "collect_seconds": 5,
        "aggregate_seconds": 5,
        "audience_seconds": 4,
    }
    prepared = youthvoice(home, "init", "--demo", **settings)
    assert prepared.returncode == 0, prepared.stderr
    process = subprocess.Popen(
        [sys.executable, "-m", "youthvoice", "run"],
        cwd=ROOT,
        env=environment(home, **settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    output = ""
    assert process.stdout is not None
    deadline = time.monotonic() + 120
    for line in process.stdout:
        output += line
        if "Ctrl-C" in line or time.monotonic() > deadline:
            break
    running = Demo(
        home,
        f"http://127.0.0.1:{public}",
        f"http://127.0.0.1:{dashboard}/dashboard",
        process,
        output,
    )
    try:
        yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
        left = processes_of(home)
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        assert not left, "the supervisor left processes behind"


def processes_of(home: Path) -> list[int]:
    """The processes that work in this home folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                if f"YOUTHVOICE_HOME={home}".encode() in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    assert path, "no Chromium: run tests/install_browser.py"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[object]:
    """Make pages: `new_page(width=320, scheme="dark", javascript=False)`; foreign requests are noted."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, scheme: str = "light", javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            locale="en-CA",
        )
        context.set_default_timeout(90_000)
        contexts.append(context)
        page = context.new_page()
        page.foreign = []  # type: ignore[attr-defined]

        def note(request: object) -> None:
            url = request.url  # type: ignore[attr-defined]
            if not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")):
                page.foreign.append(url)  # type: ignore[attr-defined]

        page.on("request", note)
        page.broken = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda problem: page.broken.append(str(problem)))  # type: ignore[attr-defined]
        return page

    yield make
    for context in contexts:
        context.close()
