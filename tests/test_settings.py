from pathlib import Path

import pytest

from youthvoice.errors import BadInput
from youthvoice.settings import Settings, document

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_PORT", "eighty"),
        ("PUBLIC_PORT", "70000"),
        ("TIMEZONE", "America/Nowhere"),
        ("LANGUAGE", "de"),
        ("DAILY_AT", "02:30"),
        ("MIN_CELL", "1"),
    ],
)
def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"YOUTHVOICE_{name}", value)
    with pytest.raises(BadInput, match=f"YOUTHVOICE_{name}"):
        Settings.from_env()


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "operators" / "settings.md").read_text(encoding="utf-8")
    assert document() in page


def test_a_database_address_is_not_in_the_settings_words() -> None:
    secret = "postgresql://u:canary-password@host/db"
    assert "canary-password" not in repr(Settings(database_url=secret))
