"""One theme for both faces: the same colours, with the contrasts that WCAG 2.2 asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dashboard import look
from youthvoice import defaults

FOLDER = Path(__file__).resolve().parents[2] / "dashboard"
STYLE = (FOLDER / "public" / "static" / "style.css").read_text(encoding="utf-8")
CONFIG = tomllib.loads((FOLDER / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [look.LIGHT, look.DARK], ids=["light", "dark"])
def test_contrasts(palette: dict[str, str]) -> None:
    for ground in ("ground", "card"):
        for name in ("text", "quiet", "action", "answer", "care"):
            assert contrast(palette[name], palette[ground]) >= 4.5, (name, ground)
        assert contrast(palette["border"], palette[ground]) >= 3


def test_a_theme_is_told_by_colour_shape_and_dash() -> None:
    signs = list(look.SIGNS.values())
    for field in ("light", "dark", "shape", "dash", "mark"):
        assert len({getattr(sign, field) for sign in signs}) == len(signs) == 7
    for sign in signs:
        assert contrast(sign.light, look.LIGHT["ground"]) >= 4.5
        assert contrast(sign.dark, look.DARK["ground"]) >= 4.5


def test_the_style_sheet_and_streamlit_use_the_same_colours() -> None:
    light, dark = STYLE.split("prefers-color-scheme: dark", 1)
    for part, palette, signs in (
        (light, look.LIGHT, [s.light for s in look.SIGNS.values()]),
        (dark, look.DARK, [s.dark for s in look.SIGNS.values()]),
    ):
        for name, colour in palette.items():
            assert re.search(rf"--{name}: {colour}", part, re.I), name
        for colour in signs:
            assert colour in part
    for kind, palette in (("light", look.LIGHT), ("dark", look.DARK)):
        theme = CONFIG["theme"][kind]
        assert theme["backgroundColor"] == palette["ground"]
        assert theme["primaryColor"] == palette["action"]
        assert theme["textColor"] == palette["text"]
        assert theme["borderColor"] == palette["border"]


def test_every_reason_of_the_rules_has_a_name() -> None:
    """Those of now, those that earlier versions stored, and what an operator wrote, as it stands."""
    for rule in defaults.risk_rules().rules:
        name = look.signal_name(f"{rule.signal} {rule.level}: {rule.why}")
        assert name and "_" not in name and not name[-1].isdigit()
        assert look.signal_name(f"{rule.signal} 5: now or soon")
    assert look.signal_name("self_harm 4: learned from examples") == "suicide or self-harm"
    assert look.signal_name("trait reported") != "trait reported"
    assert look.signal_name("means or plan") == "means or plan"
    assert look.signal_name("our own 10%") == "our own 10%%"  # as the catalogue wants it
