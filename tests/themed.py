"""A topic with sixty messages in both languages, and codebooks for it."""

from __future__ import annotations

from pathlib import Path

from tests.factories import AUTHOR, SECOND, open_topic
from tests.voices import EVERY
from youthvoice.flow import codebooks
from youthvoice.flow.context import Context
from youthvoice.flow.import_file import import_file
from youthvoice.model import Codebook, CodebookTheme

OWN = (
    CodebookTheme(
        "no-bus",
        2,
        "communities",
        {"en": "No bus", "fr": "Pas d’autobus"},
        {"en": "Getting to the program by bus.", "fr": "Se rendre au programme en autobus."},
        {"en": ("no bus after six",), "fr": ("pas d’autobus",)},
        {"en": "Meeting online.", "fr": "Se voir en ligne."},
    ),
    CodebookTheme(
        "waiting",
        2,
        "communities",
        {"en": "Waiting lists", "fr": "Listes d’attente"},
        {"en": "Waiting long for a mentor.", "fr": "Attendre longtemps un mentor."},
    ),
    CodebookTheme(
        "first-job",
        2,
        "employment",
        {"en": "A first job", "fr": "Un premier emploi"},
        {"en": "Résumés, interviews, a first job.", "fr": "CV, entrevues, premier emploi."},
    ),
)


def heard(context: Context, folder: Path, *texts: str) -> None:
    """An open topic with these messages (none given: all sixty), imported from a file."""
    open_topic(context)
    add(context, folder, *(texts or EVERY))


def add(context: Context, folder: Path, *texts: str, name: str = "said.csv") -> None:
    """More messages."""
    rows = [f'{number},"{text}"' for number, text in enumerate(texts)]
    path = folder / name
    path.write_text("\n".join(["id,comment", *rows]) + "\n", encoding="utf-8")
    import_file(context, path, "mentoring", {"text": "comment", "id": "id"})


def drafted(context: Context) -> Codebook:
    """A draft with three themes of the topic's own."""
    return codebooks.edit(context, "mentoring", OWN, AUTHOR).codebook


def signed(context: Context) -> Codebook:
    """The same, signed off."""
    drafted(context)
    return codebooks.sign_off(context, "mentoring", SECOND)
