"""Every sentence people read, in both languages: gettext catalogues shared by commands and pages.

The message id is the English sentence with %(name)s places. French lives in
`fr/LC_MESSAGES/messages.po`, compiled in memory when first used:
there is no build step to forget.
"""

from __future__ import annotations

import gettext
import io
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent

from youthvoice.errors import Note

FOLDER = Path(__file__).parent
LOCALES = {"en": "en_CA", "fr": "fr_CA"}


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The gettext catalogue of `language`; English is the message ids themselves."""
    path = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if language == "en" or not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as source:
        parsed = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, parsed)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Translator:
    """Says things in one language: call it with a message id and the values of its places."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LOCALES else "en"
        self._catalogue = catalogue(self.language)

    def __call__(self, msgid: str, **values: object) -> str:
        """The sentence `msgid` with its `values`."""
        return self._catalogue.gettext(msgid) % values

    def many(self, one: str, several: str, n: int, **values: object) -> str:
        """The singular or plural sentence for the count `n`, which is also the value %(n)s."""
        text = self._catalogue.ngettext(one, several, n)
        return text % {"n": self.number(n), **values}

    def note(self, what: Note) -> str:
        """A `Note` as a sentence."""
        values = {
            name: self.note(value) if isinstance(value, Note) else value
            for name, value in what.values.items()
        }
        return self._catalogue.gettext(what.id) % values

    def number(self, value: float) -> str:
        """A number with this language's separators."""
        return format_decimal(value, locale=LOCALES[self.language])

    def money(self, dollars: float) -> str:
        """US dollars, to the tenth of a cent where it is needed: US$0.015, 0,015 $ US."""
        pattern = "#,##0.00#\u00a0¤" if self.language == "fr" else "¤#,##0.00#"
        return format_currency(
            dollars, "USD", pattern, locale=LOCALES[self.language], currency_digits=False
        )

    def percent(self, share: float) -> str:
        """A share (0 to 1) as a whole percentage."""
        return format_percent(share, locale=LOCALES[self.language])

    def day(self, value: date, form: str = "long") -> str:
        """A date: 4 March 2026, 4 mars 2026."""
        return format_date(value, format=form, locale=LOCALES[self.language])

    def clock(self, value: datetime) -> str:
        """A time of day."""
        return format_time(value, format="short", locale=LOCALES[self.language])
