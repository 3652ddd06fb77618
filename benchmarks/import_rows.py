"""Import of a large file, end to end: rows a second and peak memory of all processes together.

    make bench              100,000 rows
    make bench ROWS=20000   fewer

The file is made from the demo's invented audience, every row different. Three runs side by side, each
the real command in a process of its own: one worker, one worker a core, and the same file once more
(every row is seen already). Memory is the sum of the proportional set sizes of the command and its
workers, sampled five times a second. Machines are noisy: read the ratios.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from youthvoice.demo.audience import message


def make_file(path: Path, rows: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target)
        writer.writerow(["comment-id", "comment-body"])
        for number in range(rows):
            writer.writerow([number, f"{message(number).text} ({number})"])


def family(pid: int) -> list[int]:
    found = [pid]
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            found += family(int(child))
    return found


def memory(pid: int) -> int:
    """Proportional set size of a process and its children, in kB."""
    total = 0
    for one in family(pid):
        try:
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total


def run(home: Path, file: Path, workers: int) -> tuple[dict[str, float], float]:
    env = {**os.environ, "YOUTHVOICE_HOME": str(home), "YOUTHVOICE_WORKERS": str(workers)}
    command = [sys.executable, "-m", "youthvoice", "import", str(file), "--topic", "mentoring",
               "--map", "text=comment-body", "--map", "id=comment-id", "--json"]  # fmt: skip
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        peak = 0
        while process.poll() is None:
            try:
                peak = max(peak, memory(process.pid))
            except OSError:
                break
            time.sleep(0.2)
        assert process.stdout is not None
        return json.loads(process.stdout.read()), peak / 1024


def prepare(folder: Path, name: str) -> Path:
    home = folder / name
    env = {**os.environ, "YOUTHVOICE_HOME": str(home)}
    subprocess.run(
        [sys.executable, "-m", "youthvoice", "init", "--demo"],
        env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    return home


def main() -> None:
    parser = argparse.ArgumentParser(description="Import of a large file, end to end.")
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    cores = os.cpu_count() or 1
    table = Table("run", "rows", "accepted", "seen", "seconds", "rows/s", "peak MB", box=None)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        file = folder / "comments.csv"
        make_file(file, rows)
        one, many = prepare(folder, "one"), prepare(folder, "many")
        for name, home, workers in (
            ("1 worker", one, 1),
            (f"{cores} workers", many, cores),
            ("the same file again", many, cores),
        ):
            done, peak = run(home, file, workers)
            table.add_row(
                name,
                f"{done['read']:,}",
                f"{done['accepted']:,}",
                f"{done['seen']:,}",
                f"{done['seconds']:.1f}",
                f"{done['read'] / done['seconds']:,.0f}",
                f"{peak:,.0f}",
            )
    Console().print(table)


if __name__ == "__main__":
    main()
