"""A postcard for print: one side in each language, crop marks, a code to scan or to type.

Sizes are millimetres. The card is A6; its colour runs 3 mm beyond the cut, as printers ask.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import font_source_sans_pro
import segno
from fpdf import FPDF

from youthvoice.errors import BadInput, mark, note

WIDTH, HEIGHT = 148.0, 105.0
BLEED = 3.0
SLUG = 8.0
"""Room around the card for bleed and marks."""

PAD = 4.0
"""Room inside the speech bubble."""

MARK = 4.5
INSIDE = 9.0
QR = 38.0
GROUND = (255, 250, 243)
TEXT = (27, 27, 47)
QUIET = (91, 91, 107)
ACTION = (74, 58, 167)
BUBBLE = (239, 236, 251)
LARGEST, SMALLEST = 14.0, 9.0
"""Points of the running text: as large as fits, never smaller than people can read."""

SCAN = mark("Scan it, or go to:")
PROMISE = mark(
    "Say it in your own words. No name, no account. It goes to the people who decide, and they have to "
    "answer."
)

FACES = {"": "SourceSansPro-Regular.ttf", "B": "SourceSansPro-Semibold.ttf"}


@dataclass(frozen=True)
class Side:
    """What one side says, in one language; `address` is what the QR code holds.

    `typed` and `code` are the same for people without a camera, `promise` what the form keeps, `scan`
    the words beside the code.
    """

    language: str
    title: str
    text: str
    question: str
    scan: str
    address: str
    typed: str
    code: str
    promise: str


def draw(sides: list[Side], path: Path) -> None:
    """Write the card as a PDF, a page a side. Raises `BadInput` where the words do not fit."""
    pdf = FPDF(unit="mm", format=(WIDTH + 2 * SLUG, HEIGHT + 2 * SLUG))
    pdf.set_auto_page_break(False)
    pdf.set_title(" / ".join(side.title for side in sides))
    pdf.set_lang(sides[0].language)
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    for style, name in FACES.items():
        pdf.add_font("sans", style, folder / name)
    for side in sides:
        _page(pdf, side)
    pdf.output(str(path))


def _page(pdf: FPDF, side: Side) -> None:
    pdf.add_page()
    pdf.set_fill_color(*GROUND)
    pdf.rect(SLUG - BLEED, SLUG - BLEED, WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED, "F")
    _crop_marks(pdf)
    left, top = SLUG + INSIDE, SLUG + INSIDE
    right = SLUG + WIDTH - INSIDE
    bottom = SLUG + HEIGHT - INSIDE
    column = right - left - QR - 8
    _qr(pdf, side.address, right - QR, bottom - QR - 15)
    _words(pdf, side, left, top, column, right - left, bottom)
    pdf.set_text_color(*QUIET)
    for style, size, words in (
        ("", 9.0, side.scan),
        ("", 9.0, side.typed),
        ("B", 13.0, side.code),
    ):
        pdf.set_xy(right - QR - 6, pdf.get_y() if words != side.scan else bottom - 14)
        pdf.set_font("sans", style, size)
        if style:
            pdf.set_text_color(*TEXT)
        while pdf.get_string_width(words) > QR + 10 and size > 6:  # a long address on one line
            size -= 0.5
            pdf.set_font("sans", style, size)
        pdf.multi_cell(QR + 12, size * 0.48, words, align="C")


def _words(
    pdf: FPDF, side: Side, left: float, top: float, column: float, whole: float, bottom: float
) -> None:
    pdf.set_text_color(*ACTION)
    pdf.set_font("sans", "B", 19)
    pdf.set_xy(left, top)
    pdf.multi_cell(whole, 8, side.title, align="L")
    start = pdf.get_y() + 3
    size = LARGEST
    while size >= SMALLEST:
        if _height(pdf, side, column, size) <= bottom - start:
            break
        size -= 0.5
    else:
        raise BadInput(
            note(
                "The topic’s words do not fit on a postcard (%(language)s).", language=side.language
            ),
            note("Shorten its title or what it is for."),
        )
    line = size * 0.5
    pdf.set_xy(left, start)
    pdf.set_text_color(*TEXT)
    pdf.set_font("sans", "", size)
    pdf.multi_cell(column, line, side.text, align="L")
    below = _bubble(pdf, side.question, left, pdf.get_y() + 3, column, size)
    pdf.set_xy(left, below + 5)
    pdf.set_text_color(*QUIET)
    pdf.set_font("sans", "", SMALLEST)
    pdf.multi_cell(column, SMALLEST * 0.5, side.promise, align="L")


def _bubble(pdf: FPDF, text: str, left: float, top: float, width: float, size: float) -> float:
    """A question in the speech bubble that waits for an answer; where it ends."""
    pdf.set_font("sans", "B", size)
    inner = width - 2 * PAD
    height = _lines(pdf, text, inner, size) * size * 0.5 + 2 * PAD * 0.8
    pdf.set_fill_color(*BUBBLE)
    pdf.rect(left, top, width, height, "F", round_corners=True, corner_radius=3.5)
    tail = [
        (left + 8, top + height - 0.1),
        (left + 15, top + height - 0.1),
        (left + 8, top + height + 4),
    ]
    pdf.polygon(tail, style="F")
    pdf.set_text_color(*TEXT)
    pdf.set_xy(left + PAD, top + PAD * 0.8)
    pdf.multi_cell(inner, size * 0.5, text, align="L")
    return top + height + 4


def _lines(pdf: FPDF, text: str, width: float, size: float) -> int:
    found = pdf.multi_cell(width, size * 0.5, text, align="L", dry_run=True, output="LINES")
    assert isinstance(found, list)
    return len(found)


def _height(pdf: FPDF, side: Side, column: float, size: float) -> float:
    """What the running text needs with its type at `size` points."""
    total = 3 + 2 * PAD * 0.8 + 4 + 5
    for style, points, text, width in (
        ("", size, side.text, column),
        ("B", size, side.question, column - 2 * PAD),
        ("", SMALLEST, side.promise, column),
    ):
        pdf.set_font("sans", style, points)
        total += _lines(pdf, text, width, points) * points * 0.5
    return total


def _crop_marks(pdf: FPDF) -> None:
    """Short lines where to cut, outside the bleed."""
    pdf.set_draw_color(0, 0, 0)
    pdf.set_line_width(0.1)
    for x in (SLUG, SLUG + WIDTH):
        for y in (0.0, HEIGHT + 2 * SLUG - MARK):
            pdf.line(x, y, x, y + MARK)
    for y in (SLUG, SLUG + HEIGHT):
        for x in (0.0, WIDTH + 2 * SLUG - MARK):
            pdf.line(x, y, x + MARK, y)


def _qr(pdf: FPDF, address: str, left: float, top: float) -> None:
    """The code as rectangles, sharp at any size, on white with its quiet zone."""
    made = segno.make(address, error="m", micro=False)
    modules = [list(row) for row in made.matrix_iter(border=4)]
    unit = QR / len(modules)
    pdf.set_fill_color(255, 255, 255)
    pdf.rect(left, top, QR, QR, "F")
    pdf.set_fill_color(*TEXT)
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):  # neighbours together, so that no hairline shows between them
            run = 1
            while x + run < len(row) and row[x + run] == row[x]:
                run += 1
            if row[x]:
                pdf.rect(left + x * unit, top + y * unit, run * unit, unit, "F")
            x += run
