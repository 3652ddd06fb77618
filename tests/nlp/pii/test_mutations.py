"""The changes that evasion is measured with: spans line up, nothing beside them changes."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.sets.mutations import DIGITS, WORDS, mutations
from youthvoice.nlp.pii import plain

SETS = Path(__file__).parents[2] / "sets" / "pii"


def rows(language: str) -> list[tuple[str, list[tuple[int, int, str]]]]:
    lines = (SETS / f"{language}.dev.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [(row["text"], sorted(tuple(span) for span in row["spans"])) for row in found]


def outside(text: str, spans: list[tuple[int, int, str]]) -> str:
    for start, end, _ in reversed(spans):
        text = text[:start] + "\0" + text[end:]
    return text


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", mutations())
def test_spans_line_up_and_the_rest_stays(name: str, language: str) -> None:
    mutate = mutations()[name]
    changed = 0
    for number, (text, spans) in enumerate(rows(language)):
        other, moved = mutate(text, spans, random.Random(number))
        assert [kind for *_, kind in moved] == [kind for *_, kind in spans]
        assert outside(other, moved) == outside(text, spans)
        for (start, end, kind), (new_start, new_end, _) in zip(spans, moved, strict=True):
            if kind not in WORDS | DIGITS:
                assert other[new_start:new_end] == text[start:end]
        changed += other != text
    assert changed > 100


@pytest.mark.parametrize("name", mutations())
def test_the_same_seed_gives_the_same_text(name: str) -> None:
    mutate = mutations()[name]
    text, spans = "Ami de Zoé-Maude Okafor à Westdale", [(7, 23, "name"), (26, 34, "school")]
    assert mutate(text, spans, random.Random(4)) == mutate(text, spans, random.Random(4))


def test_overlapping_spans_are_refused() -> None:
    with pytest.raises(ValueError):
        mutations()["leet"]("Maya Okafor", [(0, 6, "name"), (3, 9, "name")], random.Random(1))


# What the plain reading must give back of each, in per cent; measured in November 2026 on the
# development sets of both languages, less a point or two. The rest are numbers with a letter beside them,
# initials, and a 1 between two vowels, which may be an i or an l.
LEAST = {
    "zero_width": 100, "soft_hyphens": 100, "fullwidth": 99, "homoglyphs": 99, "leet": 91,
    "emoji_letters": 98, "split_lines": 98, "right_to_left": 100, "base64": 98, "spaced": 89, "dotted": 91,
    "upper_lower_mix": 99,
}  # fmt: skip


def bare(text: str) -> str:
    import unicodedata

    signs = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in signs if not unicodedata.combining(sign)).casefold()


@pytest.mark.parametrize("name", LEAST)
def test_the_plain_reading_gives_the_words_back(name: str) -> None:
    mutate = mutations()[name]
    hidden = read = 0
    for number, (text, spans) in enumerate(rows("en") + rows("fr")):
        other, moved = mutate(text, spans, random.Random(number))
        views = [view.text for view in (plain.view(other), plain.joined(other)) if view]
        codes = plain.encoded(other)
        for (start, end, _), (new_start, new_end, _) in zip(spans, moved, strict=True):
            word = text[start:end]
            if other[new_start:new_end] == word:
                continue
            hidden += 1
            coded = any(span.start <= new_start and new_end <= span.end for span in codes)
            read += coded or any(bare(word) in bare(view) for view in views)
    assert hidden > 300 and read * 100 >= LEAST[name] * hidden
