"""A status between our words and the instance's HTML."""

from __future__ import annotations

import regex
from inscriptis import get_text
from inscriptis.model.config import ParserConfig

LINK = regex.compile(r"https?://\S+")
REMOTE = regex.compile(r"(@[\w.-]+)@[\w.-]+")
CONFIG = ParserConfig(display_links=False, display_images=False)


def plain(html: str) -> str:
    """What a status says, without its HTML."""
    return str(get_text(html, CONFIG)).strip()


def comparable(text: str) -> str:
    """A form in which a draft equals the status that came of it."""
    return " ".join(LINK.sub(" ", text).split())


def measure(text: str, link: int | None) -> int:
    """Graphemes; each link counts `link` (None: as written), a mention without its instance."""
    counted = REMOTE.sub(r"\1", text)
    if link is not None:
        counted = LINK.sub("x" * link, counted)
    return sum(1 for _ in regex.finditer(r"\X", counted))
