"""The words of a set that somebody named, with an error for each way in which a file may hold none."""

from __future__ import annotations

from pathlib import Path

from youthvoice.errors import BadInput, note
from youthvoice.files import read_words


def words(path: Path) -> str:
    """The text of a file. Raises `BadInput` where it is missing, empty or no text."""
    try:
        text = read_words(path).removeprefix("\ufeff")
    except FileNotFoundError:
        raise BadInput(note("There is no file %(file)s.", file=str(path))) from None
    if "\x00" in text:
        raise BadInput(
            note("The file %(path)s is not a text file.", path=str(path)),
            note("Give the file that was meant. Nothing was changed."),
        )
    if not text.strip():
        raise BadInput(
            note("The file %(file)s is empty: there is nothing to measure.", file=path.name),
            note("Give the file that was meant. Nothing was changed."),
        )
    return text


def lines(path: Path) -> list[str]:
    """The lines of a file; other signs that end a line somewhere are somebody's words here."""
    return words(path).split("\n")


def is_unicode(text: str) -> bool:
    """False for half a pair of surrogates, which JSON can write and no text can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
