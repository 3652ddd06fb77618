"""A labelled message, and what counts as a handle in it.

Handles are a pattern's work: whatever begins with @ is one, whatever its label says, and never a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from youthvoice.model import Language
from youthvoice.nlp.language import dominant
from youthvoice.nlp.normalise import normalise
from youthvoice.nlp.pii.kinds import kind_of

HANDLE = re.compile(r"(?<![\w@])@\w+(?:[.@-]\w+)*")
"""A handle with its server, if it has one; an e-mail address is none."""


class Labelled(NamedTuple):
    """An identifier that people marked: characters `start` to `end` (exclusive), its kind or label."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Message:
    """A message of a labelled set: `language` is en, fr or other, `spans` are ordered and apart."""

    text: str = field(repr=False)
    language: str
    spans: tuple[Labelled, ...] = ()


def labelled(text: str, spans: Iterable[Labelled], language: str | None = None) -> Message:
    """A message from `spans` with any set's labels. Without a `language` it is identified."""
    return Message(text, _language(text, language), tuple(_ours(text, spans)))


def handles(text: str) -> list[tuple[int, int]]:
    """Where the handles of a text are: start and end (exclusive)."""
    return [found.span() for found in HANDLE.finditer(text)]


def _language(text: str, given: str | None) -> str:
    spoken = given.lower()[:2] if given else dominant(normalise(text))
    return str(spoken) if spoken in (Language.EN, Language.FR) else str(Language.OTHER)


def _ours(text: str, spans: Iterable[Labelled]) -> list[Labelled]:
    """The spans with our kinds, in order; those that identify nobody are left out."""
    signs = handles(text)
    found: list[Labelled] = []
    for span in sorted(spans):
        one = _as_handle(text, span, signs)
        kind = one.kind if one else kind_of(span.kind)
        if kind is None:
            continue
        mine = one or span._replace(kind=kind)
        if found and found[-1].kind == "handle" and mine.start < found[-1].end:
            # Some sets label the sign and the name after it apart.
            found[-1] = found[-1]._replace(end=max(found[-1].end, mine.end))
        else:
            found.append(mine)
    return found


def _as_handle(text: str, span: Labelled, signs: list[tuple[int, int]]) -> Labelled | None:
    """The whole handle, where the span is one or begins inside one."""
    for start, end in signs:
        if start <= span.start < end:
            return Labelled(start, max(end, span.end), "handle")
    return span._replace(kind="handle") if text[span.start] == "@" else None
