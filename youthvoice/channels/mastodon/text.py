"""A status between our words and the instance's HTML."""

from __future__ import annotations

import regex
from bs4 import BeautifulSoup

LINK = regex.compile(r"https?://\S+")
REMOTE = regex.compile(r"(@[\w.-]+)@[\w.-]+")


def plain(html: str) -> str:
    """What a status says, without its HTML; paragraphs and line breaks stay."""
    read = BeautifulSoup(html, "html.parser")
    for line_break in read.find_all("br"):
        line_break.replace_with("\n")
    for paragraph in read.find_all("p"):
        paragraph.append("\n\n")
    return str(read.get_text()).strip()


def comparable(text: str) -> str:
    """A form in which a draft equals the status that came of it."""
    return " ".join(LINK.sub(" ", text).split())


def measure(text: str, link: int | None) -> int:
    """Graphemes; each link counts `link` (None: as written), a mention without its instance."""
    counted = REMOTE.sub(r"\1", text)
    if link is not None:
        counted = LINK.sub("x" * link, counted)
    return sum(1 for _ in regex.finditer(r"\X", counted))
