"""What reads sentences and gives themes, without the detectors of names: loaded when first needed, once."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from youthvoice.model import CodebookTheme
from youthvoice.nlp.position import NAME as POSITION
from youthvoice.nlp.position import Positions
from youthvoice.nlp.sentences.encoder import Sentences
from youthvoice.nlp.sentences.stack import Stack
from youthvoice.nlp.themes.zero_shot import NAME as THEMES

if TYPE_CHECKING:
    from youthvoice.nlp.themes.mapper import Mapper


@functools.cache
def sentences() -> Sentences:
    """The sentence encoder. Raises `ModelMissing`."""
    return Sentences()


def mapper(themes: Sequence[CodebookTheme], learned: Mapping[str, Any] | None = None) -> Mapper:
    """What gives the themes of a codebook; `learned`: weights from people. Raises `ModelMissing`."""
    from youthvoice.nlp.themes.mapper import Mapper  # only whoever maps messages needs it

    return Mapper(themes, sentences(), learned, _network(THEMES))


def positions() -> Positions:
    """What reads positions. Raises `ModelMissing`."""
    return Positions(sentences(), _network(POSITION))


@functools.cache
def _network(name: str) -> Stack:
    return Stack(name)
