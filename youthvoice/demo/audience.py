"""The invented audience: who writes what, in a repeatable order, into the sandbox network.

Nothing here knows of youthvoice's store: the audience lives on the network, as young people do, and
its posts come in through collection. Now and then somebody deletes a post, too.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from youthvoice.channels.sandbox.network import Network

SCRIPT = Path(__file__).parent / "script.txt"
_CHOICE = re.compile(r"\{([^{}]+)\}")
_FIRST = ("maple", "northern", "quiet", "lunar", "pixel", "river", "snow", "echo", "citron", "bleu",
          "petit", "wild", "sunny", "nord", "tiny", "rapide")  # fmt: skip
_SECOND = ("fox", "kid", "beats", "lynx", "skates", "castor", "moth", "comet", "huard", "otter",
           "pingouin", "spark", "waves", "loup", "moose", "tuque")  # fmt: skip
DELETE_EVERY = 23
"""One message in this many is deleted again a few turns later."""
SPAM = ("spam", "rude", "care", "other")


@dataclass(frozen=True)
class Line:
    """One line of the script."""

    kind: str
    question: int
    themes: tuple[str, ...]
    verdict: str
    text: str

    @property
    def account_language(self) -> str:
        """Which of the two accounts this person replies to."""
        return "fr" if self.kind == "fr" else "en"


@dataclass(frozen=True)
class Said:
    """The n-th message of the audience: which line it is, and its words."""

    line: Line
    text: str
    handle: str


@cache
def script() -> tuple[Line, ...]:
    """The script's lines."""
    lines = []
    for text in SCRIPT.read_text(encoding="utf-8").splitlines():
        if text and not text.startswith("#"):
            kind, question, themes, verdict, words = (part.strip() for part in text.split(" | ", 4))
            given = tuple(theme for theme in themes.split(",") if theme != "-")
            lines.append(Line(kind, int(question), given, verdict, words))
    return tuple(lines)


def message(number: int) -> Said:
    """The `number`-th message (from 0): always the same one, so that a restart goes on where it was."""
    usual = [line for line in script() if line.kind not in SPAM]
    rare = [line for line in script() if line.kind in SPAM]
    rng = random.Random(f"youthvoice {number}")  # noqa: S311  (a script, not a secret)
    if number % 19 == 18:
        line = rare[(number // 19) % len(rare)]
    else:
        turn, place = divmod(number, len(usual))
        order = list(range(len(usual)))
        random.Random(f"turn {turn}").shuffle(order)  # noqa: S311
        line = usual[order[place]]
    words = _CHOICE.sub(lambda found: rng.choice(found.group(1).split("|")), line.text)
    handle = f"{rng.choice(_FIRST)}.{rng.choice(_SECOND)}{rng.randint(2, 98)}"
    return Said(line, words, handle)


def write(
    network: Network,
    number: int,
    posts: Mapping[tuple[str, int], int],
    at: datetime | None = None,
) -> int:
    """Write the `number`-th message under the matching post; returns its id.

    `posts` maps (language, question) to the network's post ids, question 0 being the root.
    """
    said = message(number)
    account = network.ensure_account(said.handle, said.handle.replace(".", " ").title())
    parent = posts[said.line.account_language, said.line.question]
    return network.write(account, said.text, parent, at)


def deletes(number: int) -> bool:
    """Whether the `number`-th message is deleted again later."""
    return number % DELETE_EVERY == DELETE_EVERY - 1
