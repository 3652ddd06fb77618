"""CoNLL: a token and its label on a line, separated by tabs or spaces; an empty line ends a message.

The label is the last column: `O`, `B-PER`, `I-PER` … or a bare kind. Tokens are joined by one space,
but an @ or # that stands alone belongs to the token after it (the Broad Twitter Corpus parts them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from youthvoice.errors import BadInput, note
from youthvoice.nlp.evaluation.labelled import Labelled, Message, labelled
from youthvoice.nlp.pii.kinds import ALIASES, KINDS, NO_IDENTIFIER

LABEL = re.compile(r"O|[BIESLU]-\S+")
SIGNS = ("@", "#")
DOCUMENT = "-DOCSTART-"

Token = tuple[str, str]


def is_label(word: str) -> bool:
    """Whether `word` is a label with its part: `O`, `B-…`, `I-…` (and E, S, L, U)."""
    return bool(LABEL.fullmatch(word))


def messages(lines: Sequence[str], file: str) -> list[Message]:
    """The messages of a file's `lines`. Raises `BadInput` with the line of what is no token and label."""
    found: list[Message] = []
    tokens: list[Token] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            tokens.extend(_token(line, file, number))
        elif tokens:
            found.append(message(tokens))
            tokens = []
    return found


def message(tokens: Sequence[Token]) -> Message:
    """One message from its tokens and their labels."""
    text = ""
    places: list[tuple[int, int]] = []
    for number, (word, _label) in enumerate(tokens):
        if number and tokens[number - 1][0] not in SIGNS:
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
    labels = (label for _word, label in tokens)
    return labelled(text, _spans(zip(places, labels, strict=True)))


def _token(line: str, file: str, number: int) -> list[Token]:
    """The token of a line with its label; none where the line labels nothing at all."""
    if line.startswith(DOCUMENT):
        return []
    columns = line.split("\t") if "\t" in line else line.split()
    word, label = columns[0].strip(), columns[-1].strip()
    # A bare kind only beside one token: prose ends with the word “name” now and then.
    if len(columns) < 2 or not (is_label(label) or (len(columns) == 2 and _is_kind(label))):
        raise BadInput(
            note(
                "Line %(line)s of %(file)s has no label in its last column (O, B-PER, I-PER …).",
                line=number,
                file=file,
            ),
            note("Give CoNLL or JSON Lines with spans. Nothing was changed."),
        )
    return [(word, label)] if word else []


def _is_kind(word: str) -> bool:
    known = word.lower()
    return known in KINDS or known in ALIASES or known in NO_IDENTIFIER


def _spans(tokens: Iterable[tuple[tuple[int, int], str]]) -> list[Labelled]:
    found: list[Labelled] = []
    open_kind = ""
    for (start, end), label in tokens:
        part, _, kind = label.partition("-") if is_label(label) else ("I", "", label)
        if part in "IEL" and kind == open_kind and found:
            found[-1] = found[-1]._replace(end=end)
        elif part != "O":
            found.append(Labelled(start, end, kind))
        open_kind = kind
    return found
