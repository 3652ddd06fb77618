"""What a writer says of themselves: only what the form offers, and a region where enough people live."""

from __future__ import annotations

import pytest

from youthvoice import defaults
from youthvoice.flow.context import Context
from youthvoice.flow.submit import about, region_of
from youthvoice.model import SelfDescription


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("M5V", "M5V"),
        ("m5v", "M5V"),
        ("M5V 2T6", "M5V"),
        ("m5v2t6", "M5V"),
        (" l 4 c ", "L4C"),
        ("N2L 3G1", "N2L"),
        # Rural: few people, so only the district.
        ("K0A", "K0"),
        ("k0a 1a0", "K0"),
        ("P0T 2E0", "P0"),
        # Quebec, Manitoba, British Columbia, and what is no code.
        ("H2X", None),
        ("R3C", None),
        ("V6B 1A1", None),
        ("K0", "K0"),
        ("5VM", None),
        ("M55", None),
        ("90210", None),
        ("", None),
        ("   ", None),
        ("<b>M5V", None),
    ],
)
def test_the_region_of_what_is_typed(typed: str, kept: str | None) -> None:
    assert region_of(typed) == kept


def test_only_what_the_form_offers_is_kept(lite: Context) -> None:
    found = about(lite, "16-18", "M5V 2T6", "fr", ["rural", "newcomer", "rural"])
    assert found == SelfDescription("16-18", "M5V", "fr", ("newcomer", "rural"))
    other = about(lite, "17", "Toronto", "klingon", ["martians", "", "<script>"])
    assert other == SelfDescription() and not other


def test_everything_may_be_left_out(lite: Context) -> None:
    assert not about(lite, "", "", "", [])
    assert about(lite, "", "", "", ["rural"]).groups == ("rural",)


def test_an_operators_own_list_is_the_list(lite: Context) -> None:
    table = (defaults.FOLDER / "about_you.toml").read_text(encoding="utf-8")
    own = lite.settings.home / "config" / "about_you.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(table.replace('id = "rural"', 'id = "north"'), encoding="utf-8")
    assert about(lite, "16-18", "", "", ["rural", "north"]).groups == ("north",)
