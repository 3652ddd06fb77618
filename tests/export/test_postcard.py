"""The printed card: both languages, its size and marks, fonts inside, a code that a camera reads."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from youthvoice.errors import BadInput
from youthvoice.export import postcard
from youthvoice.export.postcard import Side, draw

POINTS = 72 / 25.4


def side(language: str = "en", **changes: str) -> Side:
    values = {
        "title": "Mentors" if language == "en" else "Être accompagné par un mentor",
        "text": "It decides which mentoring programs get money next year — yours too.",
        "question": "Qu’est-ce qui t’aiderait à trouver un mentor?",
        "scan": "Scan it, or go to:",
        "address": f"https://youthvoice.example.ca/q/7KQ2M0?{language}",
        "typed": "youthvoice.example.ca/q/",
        "code": "7KQ-2M0",
        "promise": "No name, no account. It goes to the people who decide.",
        **changes,
    }
    return Side(language=language, **values)


def test_two_sides_ready_for_the_printer(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    draw([side("en"), side("fr")], path)
    read = PdfReader(path)
    assert len(read.pages) == 2
    for page in read.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        assert width == pytest.approx((148 + 16) * POINTS, abs=0.5)
        assert height == pytest.approx((105 + 16) * POINTS, abs=0.5)
        fonts = page["/Resources"]["/Font"].get_object()
        for font in fonts.values():  # what is not inside looks different at every printer's
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in inner["/FontDescriptor"].get_object()
    text = " ".join(page.extract_text() for page in read.pages)
    for words in ("Être accompagné", "t’aiderait à trouver", "7KQ-2M0", "next year — yours"):
        assert words in " ".join(text.split())


def test_a_camera_reads_the_code(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    draw([side("en"), side("fr")], path)
    document = pypdfium2.PdfDocument(path)
    for page, language in zip(document, ("en", "fr"), strict=True):
        (found,) = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
        assert found.text == f"https://youthvoice.example.ca/q/7KQ2M0?{language}"


def test_crop_marks_stand_outside_the_bleed(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    draw([side()], path)
    image = pypdfium2.PdfDocument(path)[0].render(scale=4).to_pil().convert("L")
    scale = 4 * POINTS

    def dark(x: float, y: float) -> bool:
        box = [image.getpixel((round(x * scale) + dx, round(y * scale) + dy)) for dx in (-1, 0, 1)
               for dy in (-1, 0, 1)]  # fmt: skip
        return min(box) < 160

    for x in (postcard.SLUG, postcard.SLUG + postcard.WIDTH):
        assert dark(x, 2) and dark(x, postcard.HEIGHT + 2 * postcard.SLUG - 2)
        assert not dark(x, postcard.SLUG - postcard.BLEED / 2)
    for y in (postcard.SLUG, postcard.SLUG + postcard.HEIGHT):
        assert dark(2, y) and dark(postcard.WIDTH + 2 * postcard.SLUG - 2, y)


def test_long_words_get_smaller_and_then_refused(tmp_path: Path) -> None:
    draw([side(text="A longer sentence about what this is for. " * 7)], tmp_path / "long.pdf")
    with pytest.raises(BadInput, match="do not fit"):
        draw([side(text="A longer sentence about what this is for. " * 40)], tmp_path / "no.pdf")
    assert not (tmp_path / "no.pdf").exists()
