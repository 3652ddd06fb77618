"""A text as a reader reads it, for the detectors, with the way back to the text as it was written.

`view` undoes what hides a word from a program and not from a person: invisible signs, stacked marks,
pictures and other forms of letters, letters of other scripts (`signs`), letters and digits set apart, letters
drawn out, capitals at random, words cut at the end of a line (`apart`), digits for letters (`leet`).
`joined` is a second, bolder reading of line ends, `undrawn` one of letters drawn out; `encoded` finds what is
written in base64 or hexadecimal.

Not undone: text upside down or backwards, rot13, a sign at a word's end that may end the sentence ("Al!").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from youthvoice.nlp.pii import apart, leet, signs
from youthvoice.nlp.pii.coded import encoded
from youthvoice.nlp.pii.views import Edit, View, apply

__all__ = ["View", "encoded", "joined", "undrawn", "view"]


def _leet(text: str) -> Iterator[Edit]:
    if not leet.MAYBE.search(text):
        return
    for chunk in leet.CHUNK.finditer(text):
        if leet.MAYBE.search(chunk.group()):
            for start, end, letter in leet.read(chunk.group()):
                yield Edit(chunk.start() + start, chunk.start() + end, letter)


class _Step(NamedTuple):
    """One reading: what it changes, and a quick look whether a text has anything of the kind."""

    needed: Callable[[str], object]
    edits: Callable[[str], Iterator[Edit]]


_FOUR_TIMES = re.compile(r"([a-zA-Zà-ÿ])\1\1\1")
_STEPS = (
    _Step(signs.UNUSUAL.search, signs.signs),
    _Step(signs.FOREIGN.search, signs.scripts),
    _Step(signs.MARK.search, signs.marks),
    _Step(apart.has_lines, apart.lines),
    _Step(apart.has_lines, apart.halves),
    _Step(apart.POSTAL_APART.search, apart.postal),
    _Step(apart.APART.search, apart.apart),
    _Step(apart.DIGITS_APART.search, apart.digits),
    _Step(_FOUR_TIMES.search, apart.drawn),
    _Step(leet.SIGN.search, _leet),
    _Step(apart.RISE.search, apart.cases),
)


def view(text: str) -> View:
    """`text` as a reader reads it; ordinary texts come back unchanged. Takes time linear in its length."""
    return _read(text, _STEPS)


def _read(text: str, steps: Sequence[_Step]) -> View:
    seen = View(text)
    for step in steps:
        if step.needed(seen.text):
            seen = apply(seen, step.edits(seen.text))
    return seen


_AGAIN = re.compile(r"(\w)\1\1\1")
_STEPS_ONCE = tuple(
    step._replace(edits=apart.drawn_once) if step.edits is apart.drawn else step for step in _STEPS
)


def undrawn(text: str, seen: View | None = None) -> View | None:
    """Another reading of letters drawn out: each once ("Maaaaya" is Maya, where `view` reads Maaya).

    None where no letter is. Only what the detectors find in words that were drawn out counts here. `seen`: the
    text's `view`, where the caller has it.
    """
    if not _AGAIN.search(text):
        return None
    once = _read(text, _STEPS_ONCE)
    seen = view(text) if seen is None else seen
    return None if once.text == seen.text else once


_LINE_END = re.compile(r"(?<=[^\W\d_])[ \t]*\n[ \t]*(?=[a-zà-öø-ÿ])")


def joined(text: str, seen: View | None = None) -> View | None:
    """A bolder reading: the last word of a line and the first small one of the next are one word.

    None where no line ends so. Whether two words or one cannot be told from the text, so only what the
    detectors find ACROSS a line end here counts; everything else is found in `view`: `seen`, where the caller
    has it.
    """
    seen = view(text) if seen is None else seen
    if "\n" not in seen.text:
        return None
    wider = apply(
        seen, (Edit(found.start(), found.end(), "") for found in _LINE_END.finditer(seen.text))
    )
    return None if wider is seen else wider
