"""A missing, fuzzy or broken translation fails here."""

import re

import pytest
from babel.messages.pofile import read_po

from youthvoice.strings import FOLDER, Translator
from youthvoice.strings.extract import extract

PLACE = re.compile(r"%\((\w+)\)s")


def _catalogue():
    with (FOLDER / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return read_po(source, locale="fr")


FRENCH = _catalogue()
ENGLISH = [message for message in extract() if message.id]


def _key(message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.mark.parametrize("message", ENGLISH, ids=lambda m: _key(m)[:60])
def test_every_sentence_is_in_french(message) -> None:
    found = FRENCH.get(_key(message))
    assert found is not None, "run `make strings` and translate"
    assert not found.fuzzy
    forms = [found.string] if isinstance(found.string, str) else list(found.string)
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    assert len(forms) == len(sources) and all(form.strip() for form in forms)
    for source, form in zip(sources, forms, strict=True):
        assert set(PLACE.findall(form)) == set(PLACE.findall(source))
        assert "%" not in PLACE.sub("", form.replace("%%", "")), "a stray % in the French"


def test_no_sentence_is_left_over() -> None:
    known = {_key(message) for message in ENGLISH}
    assert not [m.id for m in FRENCH if m.id and _key(m) not in known], "run `make strings`"


def test_french_typography() -> None:
    for message in FRENCH:
        if not message.id:
            continue
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms:
            assert "'" not in form.replace("'.[]'", ""), form  # but in a command
            assert not re.search(r"« | »", form), f"a plain space in guillemets: {form}"
            assert not re.search(r"\w :( |$)", form), f"a plain space before a colon: {form}"


def test_staff_are_vous_and_young_people_tu() -> None:
    for message in FRENCH:
        if not message.id:
            continue
        where = {location[0] for location in message.locations}
        forms = [message.string] if isinstance(message.string, str) else message.string
        text = " ".join(forms)
        if where and all(one.startswith("dashboard/public/") for one in where):
            assert not re.search(r"\b(vous|votre|vos)\b", text, re.I), text
        elif where and not any(
            "public/" in one or "submit" in one or "postcard" in one for one in where
        ):
            said = text.replace("Tu as dit", "").replace("Tu l’as dit", "")  # the pair of bubbles
            assert not re.search(r"\b(tu|ton|ta|tes|toi)\b", said, re.I), text


def test_a_translator_counts() -> None:
    t = Translator("fr")
    assert t.number(1234567.8) == "1\xa0234\xa0567,8"
    assert Translator("en").many("%(n)s message", "%(n)s messages", 1) == "1 message"
    assert Translator("en").many("%(n)s message", "%(n)s messages", 2000) == "2,000 messages"
