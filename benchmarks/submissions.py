"""Submissions a second with proof of work on, beside the bare limit: `python -m benchmarks.submissions`.

Every message goes through the real server process and the real database: first all previews (the models
look at each text), then the proofs are solved outside the clock, then all are sent. The bare limit is the
same server and the same database doing one durable insert a request, in the same run.
"""

from __future__ import annotations

import argparse
import html
import http.client
import random
import re
import statistics
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.processes import free_port, started, youthvoice
from youthvoice.trust import proofs

WORDS = Path(__file__).parents[1] / "youthvoice" / "demo"
FORM = "/en/topics/own-issue/say"
SETTINGS = {
    "demo": "false",
    "form_burst": 100_000,
    "form_per_minute": 100_000,
    "all_per_minute": 10_000_000,
    "proof_cost": 200,
    "proof_turns": 4,
}


def texts(count: int) -> list[str]:
    """Different messages of ordinary length, from the demo's invented sentences."""
    lines = [
        line.strip()
        for path in sorted(WORDS.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line.strip()) > 40
    ]
    dice = random.Random(1)
    return [f"{dice.choice(lines)} ({number})" for number in range(count)]


class Client:
    """One connection that stays open."""

    def __init__(self, port: int) -> None:
        self._open = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def post(self, path: str, fields: dict[str, str]) -> str:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self._open.request("POST", path, urllib.parse.urlencode(fields), kind)
        answer = self._open.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"status {answer.status}")
        return body


def drive(
    port: int, work: Sequence[object], at_once: int, do: Callable[[Client, object], object]
) -> tuple[float, list[float], list[object]]:
    """Do every piece of work, `at_once` at a time; seconds in all, seconds of each, what each gave."""
    waits: list[float] = [0.0] * len(work)
    gave: list[object] = [None] * len(work)
    following = iter(range(len(work)))
    lock = threading.Lock()

    def run() -> None:
        client = Client(port)
        while True:
            with lock:
                number = next(following, None)
            if number is None:
                return
            began = time.perf_counter()
            gave[number] = do(client, work[number])
            waits[number] = time.perf_counter() - began

    threads = [threading.Thread(target=run) for _ in range(at_once)]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return time.perf_counter() - began, waits, gave


def peak(pid: int) -> float:
    """The most memory that a process had, in MB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found.group(1)) / 1000 if found else 0.0


def ready(port: int) -> None:
    for _ in range(600):
        try:
            probe = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            probe.request("GET", "/healthz")
            if probe.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("no server")


def preview(client: Client, text: object) -> dict[str, str]:
    page = client.post(FORM, {"step": "preview", "text": str(text)})
    draft = re.search(r'name="draft" value="([^"]+)"', page)
    challenge = re.search(r'data-challenge="([^"]+)"', page)
    if not draft or not challenge:
        raise RuntimeError("no preview")
    return {"draft": draft.group(1), "challenge": html.unescape(challenge.group(1))}


def send(client: Client, solved: object) -> None:
    assert isinstance(solved, dict)
    if 'id="code"' not in client.post(FORM, {"step": "send", **solved}):
        raise RuntimeError("no receipt")


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks.submissions")
    options.add_argument("--messages", type=int, default=2_000)
    options.add_argument("--at-once", type=int, default=16)
    chosen = options.parse_args()
    written = texts(chosen.messages)
    table = Table(
        title=f"{chosen.messages:,} messages, {chosen.at_once} at once", title_justify="left"
    )
    for name in ("what", "a second", "p50 ms", "p95 ms", "peak MB"):
        table.add_column(name, justify="left" if name == "what" else "right")
    rates = {}

    def row(what: str, seconds: float, waits: list[float], memory: float) -> None:
        rates[what] = len(waits) / seconds
        cuts = statistics.quantiles(waits, n=20)
        table.add_row(what, f"{rates[what]:,.0f}", f"{1000 * statistics.median(waits):.1f}",
                      f"{1000 * cuts[18]:.1f}", f"{memory:,.0f}")  # fmt: skip

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home, log = Path(folder) / "home", Path(folder) / "log"
        youthvoice(home, "init", demo="false")
        port = free_port()
        settings = {**SETTINGS, "public_port": port}
        with started([sys.executable, "-m", "benchmarks.bare"], home, log, **settings) as server:
            ready(port)
            body = {"text": "x" * 900}
            seconds, waits, _ = drive(
                port, written, chosen.at_once, lambda client, _work: client.post("/", body)
            )
            row("bare: one durable insert", seconds, waits, peak(server.pid))
        port = free_port()
        settings["public_port"] = port
        with started([sys.executable, "-m", "dashboard.public"], home, log, **settings) as server:
            ready(port)
            drive(port, written[:50], 4, preview)  # the models are loaded now
            seconds, waits, drafts = drive(port, written, chosen.at_once, preview)
            row("preview (the models look)", seconds, waits, peak(server.pid))
            solved = [
                {"draft": one["draft"], "proof": proofs.solve(one["challenge"])}
                for one in drafts
                if isinstance(one, dict)
            ]
            seconds, waits, _ = drive(port, solved, chosen.at_once, send)
            row("send, with proof of work", seconds, waits, peak(server.pid))
    console = Console(width=110)
    console.print(table)
    share = rates["send, with proof of work"] / rates["bare: one durable insert"]
    console.print(f"send is {share:.2f} of the bare limit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
