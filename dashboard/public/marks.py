"""Which parts of a masked text are marks of something hidden, so that a page can show them as such."""

from __future__ import annotations

import re
from typing import NamedTuple

from youthvoice.nlp.pii.kinds import KINDS, OTHER

_LABELS = sorted(
    {
        re.escape(label) + (r" \d+" if kind.numbered else "")
        for kind in [*KINDS.values(), OTHER]
        for label in (kind.en, kind.fr)
    }
)
_MARK = re.compile(rf"(\[(?:{'|'.join(_LABELS)})\])")


class Part(NamedTuple):
    """A piece of a masked text; `hidden`: it stands for something that is not shown."""

    text: str
    hidden: bool


def parts(text: str) -> list[Part]:
    """The pieces of a masked text, in order."""
    return [Part(piece, bool(_MARK.fullmatch(piece))) for piece in _MARK.split(text) if piece]
