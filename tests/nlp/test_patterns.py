import pytest

from youthvoice.nlp.pii import patterns

FOUND = [
    ("text me 905-555-0199 ok", "905-555-0199", "phone"),
    ("(613) 555 0187", "(613) 555 0187", "phone"),
    ("appelle 819.555.0120 svp", "819.555.0120", "phone"),
    ("+1 705 555-0112", "+1 705 555-0112", "phone"),
    ("my number 9055550143", "9055550143", "phone"),
    ("write maya.o@example.org now", "maya.o@example.org", "email"),
    ("maya (at) example (dot) com", "maya (at) example (dot) com", "email"),
    ("see https://example.org/x?y=1 !", "https://example.org/x?y=1", "url"),
    ("join discord.gg/abc123", "discord.gg/abc123", "url"),
    ("follow @kaylee.x there", "@kaylee.x", "handle"),
    ("my snap is lil_moose22", "lil_moose22", "handle"),
    ("i live at L8S 4K1", "L8S 4K1", "postal"),
    ("k1a0b1", "k1a0b1", "postal"),
    ("sin 130 692 544", "130 692 544", "sin"),
    ("at Maple Grove Secondary School here", "Maple Grove Secondary School", "school"),
    ("à l’École secondaire Marie-Rivier", "École secondaire Marie-Rivier", "school"),
    ("my name is maya and i", "maya", "name"),
    ("Je m'appelle Chloé pis", "Chloé", "name"),
    ("ask my sister Priya", "Priya", "name"),
    ("thanks Mme Bouchard", "Bouchard", "name"),
    ("42 King Street", "42 King Street", "address"),
    ("au 12, rue des Pins", "12, rue des Pins", "address"),
]


@pytest.mark.parametrize(("text", "part", "kind"), FOUND)
def test_found(text: str, part: str, kind: str) -> None:
    spans = [(text[s.start : s.end].strip(), s.kind) for s in patterns.find(text)]
    assert (part, kind) in spans


@pytest.mark.parametrize(
    "text",
    [
        "130 692 545 is no SIN: the check digit is wrong",
        "i was at 42% now 71%",
        "count it for the 40 hours",
        "grade 9 to 12",
        "my friend and i",
        "my sister was there",
        "mon ami est venu",
        "2017-10-30",
        "the high school should change",
        "mon mentor me dit",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert not [s for s in patterns.find(text) if s.kind in ("sin", "phone", "name", "school")]


def test_luhn() -> None:
    assert patterns.luhn("130692544") and not patterns.luhn("130692545")
