"""JSON Lines with spans: `{"text": …, "spans": [[start, end, "PERSON"], …], "language": "en"}`.

Offsets count characters (code points) from 0, the end is exclusive; the language may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

from youthvoice.errors import BadInput, Note, note
from youthvoice.nlp.evaluation.labelled import Labelled, Message, labelled
from youthvoice.nlp.evaluation.words import is_unicode


class _Wrong(Exception):
    """What is wrong with a line."""

    def __init__(self, why: Note) -> None:
        super().__init__()
        self.why = why


def messages(lines: Sequence[str], file: str) -> list[Message]:
    """The messages of a file's `lines`. Raises `BadInput` with the line that cannot be used and why."""
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found.append(_message(line))
        except _Wrong as problem:
            raise BadInput(
                note(
                    "Line %(line)s of %(file)s cannot be used: %(why)s",
                    line=number,
                    file=file,
                    why=problem.why,
                ),
                note("Mend that line and run the same command again. Nothing was changed."),
            ) from None
    return found


def _message(line: str) -> Message:
    item = _object(line)
    text, spans, language = item.get("text"), item.get("spans"), item.get("language")
    if not isinstance(text, str) or not is_unicode(text):
        raise _Wrong(note("“text” is missing or is not a text."))
    if not isinstance(spans, list):
        raise _Wrong(note("“spans” is missing or is not a list."))
    if language is not None and not isinstance(language, str):
        raise _Wrong(note("“language” is not a text."))
    return labelled(text, _apart([_span(span, text) for span in spans]), language)


def _object(line: str) -> dict[str, object]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        raise _Wrong(note("it is not valid JSON.")) from None
    if not isinstance(item, dict):
        raise _Wrong(note("it is not a JSON object."))
    return item


def _span(span: object, text: str) -> Labelled:
    if not (isinstance(span, list) and len(span) == 3):
        raise _Wrong(note("a span is not [start, end, kind]."))
    start, end, label = span
    if type(start) is not int or type(end) is not int:
        raise _Wrong(note("the start or end of a span is not a whole number."))
    if not isinstance(label, str) or not label.strip():
        raise _Wrong(note("the kind of a span is not a text."))
    if not 0 <= start < end <= len(text):
        raise _Wrong(
            note(
                "the span from %(start)s to %(end)s lies outside the text, which has %(length)s characters.",
                start=start,
                end=end,
                length=len(text),
            )
        )
    if not text[start:end].strip():
        raise _Wrong(
            note("the span from %(start)s to %(end)s marks only spaces.", start=start, end=end)
        )
    return Labelled(start, end, label)


def _apart(spans: list[Labelled]) -> list[Labelled]:
    spans = sorted(spans)
    for one, other in pairwise(spans):
        if other.start < one.end:
            raise _Wrong(
                note(
                    "the spans from %(start)s to %(end)s and from %(begin)s to %(stop)s overlap.",
                    start=one.start,
                    end=one.end,
                    begin=other.start,
                    stop=other.end,
                )
            )
    return spans
