"""Do correct and wrong receipts take the same time? `python -m benchmarks.receipt_timing`

The real server process, the real page; correct and wrong codes in turn, so that whatever else the machine
does falls on both. Printed: medians, their difference, sizes, and the same without the page's floor (what
the lookup itself takes).
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import statistics
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.submissions import SETTINGS, Client, preview, ready
from tests.processes import free_port, started, youthvoice
from tests.prove.world import PlainAnalyser
from youthvoice import app
from youthvoice.flow import receipts as flow
from youthvoice.settings import Settings
from youthvoice.trust import proofs
from youthvoice.trust import receipts as codes


def timed(port: int, code: str) -> tuple[float, int]:
    opened = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = urllib.parse.urlencode({"code": code, "step": "look"})
    began = time.perf_counter()
    opened.request(
        "POST", "/en/receipt", body, {"Content-Type": "application/x-www-form-urlencoded"}
    )
    size = len(opened.getresponse().read())
    return time.perf_counter() - began, size


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks.receipt_timing")
    options.add_argument("--tries", type=int, default=200)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home, log = Path(folder) / "home", Path(folder) / "log"
        youthvoice(home, "init", demo="false")
        port = free_port()
        settings = {**SETTINGS, "public_port": port}
        with started([sys.executable, "-m", "dashboard.public"], home, log, **settings):
            ready(port)
            client = Client(port)
            known = []
            for number in range(20):
                draft = preview(client, f"a message about the bus, number {number}")
                page = client.post(
                    "/en/topics/own-issue/say",
                    {"step": "send", "draft": draft["draft"],
                     "proof": proofs.solve(draft["challenge"])},
                )  # fmt: skip
                known.append(page.split('name="code" value="')[1][: codes.CHECKED])
            right, wrong = [], []
            for number in range(chosen.tries):
                right.append(timed(port, known[number % len(known)]))
                wrong.append(timed(port, codes.make()))
        built = app.build(Settings(home=home, demo=False), PlainAnalyser)  # type: ignore[arg-type]
        inner: dict[str, list[float]] = {"right": [], "wrong": []}
        for number in range(chosen.tries):
            for kind, code in (("right", known[number % len(known)]), ("wrong", codes.make())):
                began = time.perf_counter()
                with contextlib.suppress(Exception):
                    flow.look(built, code)
                inner[kind].append(time.perf_counter() - began)
        built.store.close()
    table = Table(title=f"{chosen.tries} correct and {chosen.tries} wrong receipts, in turn")
    for name in ("", "correct, median ms", "wrong, median ms", "difference ms", "bytes"):
        table.add_column(name, justify="right" if name else "left")
    one, other = (1000 * statistics.median(t for t, _ in found) for found in (right, wrong))
    sizes = {size for _, size in right + wrong}
    table.add_row("the page", f"{one:.2f}", f"{other:.2f}", f"{abs(one - other):.2f}",
                  ", ".join(map(str, sorted(sizes))))  # fmt: skip
    one, other = (1000 * statistics.median(inner[kind]) for kind in ("right", "wrong"))
    table.add_row("the lookup alone", f"{one:.2f}", f"{other:.2f}", f"{abs(one - other):.2f}", "-")
    Console(width=110).print(table)
    return 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    sys.exit(main())
