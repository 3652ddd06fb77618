"""How well languages, feelings, risk, themes and positions are told, as a page: docs/accuracy-labels.md.

    make accuracy                                       this page, and the one on identifiers
    python -m benchmarks.label_accuracy                 to the screen
    python -m benchmarks.label_accuracy --write FILE    as a page (some ten minutes on two cores)

Each row of the page is one `youthvoice evaluate … --json`, run as anybody can run it; only positions and the
classes of what is missed, for which there is no command, are counted here. No text of any message is shown.
Sets in `../shared/data` that are not there are left out, and the page says so.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import label_accuracy_page as page
from benchmarks.label_accuracy_misses import missed, positions, read

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tests" / "sets"
SHARED = ROOT.parent / "shared" / "data"
SEEN, KEPT, PUBLISHED = "own, seen", "own, kept for testing", "published, seen"
HALVES = (("dev", SEEN), ("test", KEPT))
RISK = (("dev", "dev half", SEEN), ("second", "second set", SEEN), ("test", "test half", KEPT))


class Row(NamedTuple):
    """One set: what is asked of it, and where it comes from. `paths` are under `tests/sets` or `shared`."""

    task: str
    what: str
    source: str
    paths: tuple[Path, ...]
    options: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """What is run, as somebody would type it."""
        words = [
            os.path.relpath(one, ROOT) if Path(one).is_absolute() else one for one in self.words
        ]
        return " ".join(["youthvoice", "evaluate", self.task, *words])

    @property
    def words(self) -> list[str]:
        """The command's sets and options."""
        return [*map(str, self.paths), *self.options]


def rows() -> Iterator[Row]:
    """Every set of the page that is there."""
    for one in _all():
        if all(path.exists() for path in one.paths):
            yield one
        else:
            print("left out:", one.command, file=sys.stderr)


def _all() -> Iterator[Row]:
    for half, source in HALVES:
        yield Row("language", f"{half} half", source, (OWN / "language" / f"{half}.jsonl",))
    for half, source in HALVES:
        for name, code in (("English", "en"), ("French", "fr")):
            at = (OWN / "feeling" / f"{code}.{half}.jsonl",)
            yield Row("sentiment", f"{name}, {half} half", source, at)
    for name, folder in (("English", "english"), ("French", "french")):
        at = (SHARED / "sentiment-dev" / folder / "val_text.txt",)
        yield Row("sentiment", f"UMSAB validation, {name}", PUBLISHED, at)
    for half, called, source in RISK:
        for name, code in (("English", "en"), ("French", "fr")):
            at = (OWN / "risk" / f"{code}.{half}.jsonl",)
            yield Row("risk", f"{name}, {called}: level 4 and 5", source, at)
            yield Row("risk", f"{name}, {called}: hate", source, at, ("--positive", "hate"))
            yield Row("risk", f"{name}, {called}: threats", source, at, ("--positive", "threat"))
    for name, code in (("English", "en"), ("French", "fr")):
        at = (SHARED / "abuse-dev" / f"{code}_dataset.csv",)
        yield Row("risk", f"MLMA, {name}: hateful", PUBLISHED, at, ("--positive", "hateful"))
    gambling = (SHARED / "themes-dev" / "gambling",)
    yield Row("themes", "ThemeFinder, gambling: from descriptions", PUBLISHED, gambling)
    yield Row("themes", "the same, after 50 labels", PUBLISHED, gambling, ("--learn", "50"))
    for taught, asked in (("eng_Latn", "fra_Latn"), ("fra_Latn", "eng_Latn")):
        learn = ("--learn", str(SHARED / "topics-dev" / taught / "train.tsv"))
        at = (SHARED / "topics-dev" / asked / "dev.tsv",)
        yield Row(
            "themes", f"SIB-200, learned from {taught}, asked in {asked}", PUBLISHED, at, learn
        )


def measure(row: Row) -> Mapping[str, Any]:
    """What the command prints for programs."""
    command = [sys.executable, "-W", "ignore", "-m", "youthvoice", "evaluate", row.task, *row.words]
    print(row.command, file=sys.stderr, flush=True)
    done = subprocess.run([*command, "--json"], stdout=subprocess.PIPE, check=True, cwd=ROOT)
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def tables() -> dict[str, list[tuple[Row, Mapping[str, Any]]]]:
    """What was measured, by task."""
    found: dict[str, list[tuple[Row, Mapping[str, Any]]]] = {}
    for row in rows():
        found.setdefault(row.task, []).append((row, measure(row)))
    return found


def whole(ask: Callable[[], Mapping[str, Any]]) -> str:
    """The page."""
    risks = {half: missed(read(OWN / "risk", half)) for half, _, _ in RISK}
    said = {half: positions(read(OWN / "position", half)) for half, _ in HALVES}
    return page.page(date.today(), os.cpu_count() or 1, ask(), risks, said)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.label_accuracy")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    made = whole(tables)
    if given.write:
        given.write.write_text(made, "utf-8")
    else:
        print(made)


if __name__ == "__main__":
    main()
