"""A page carries a draft, and a page is in a stranger's hands: only ours are read, unchanged and in time."""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from youthvoice.trust import drafts

KEY = bytes(range(32))
OTHER = bytes(32)
MADE = datetime(2026, 11, 22, 12, tzinfo=UTC)
AT = int(MADE.timestamp())


def carried_of(text: str, key: bytes = KEY) -> str:
    return drafts.carry({"text": text, "at": AT}, key)


def read(carried: str, now: datetime = MADE) -> dict[str, Any] | None:
    return drafts.read(carried, KEY, now)


def sealed(packed: bytes, purpose: bytes = drafts.PURPOSE) -> str:
    """What somebody with our key could put into a page."""
    nonce = secrets.token_bytes(12)
    return base64.urlsafe_b64encode(nonce + AESGCM(KEY).encrypt(nonce, packed, purpose)).decode()


@given(text=st.text(max_size=300))
def test_what_is_carried_comes_back(text: str) -> None:
    carried = carried_of(text)
    assert read(carried) == {"text": text, "at": AT}
    assert carried.isascii() and carried not in carried_of(text)


def test_words_cannot_be_read_in_the_page() -> None:
    carried = carried_of("CANARY " * 40)
    assert b"CANARY" not in base64.urlsafe_b64decode(carried)
    assert "CANARY" not in carried


def test_no_byte_of_it_can_be_changed() -> None:
    raw = base64.urlsafe_b64decode(carried_of("a bus"))
    for at in range(len(raw)):
        changed = raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]
        assert read(base64.urlsafe_b64encode(changed).decode()) is None
    for shorter in (raw[:-1], raw[1:], raw[:12], raw[:5], b"", raw + b"x"):
        assert read(base64.urlsafe_b64encode(shorter).decode()) is None


def test_a_draft_of_another_installation_is_none_of_ours() -> None:
    assert read(carried_of("a bus", OTHER)) is None
    packed = zlib.compress(json.dumps({"at": AT}).encode())
    assert read(sealed(packed)) == {"at": AT}
    assert read(sealed(packed, b"another purpose")) is None


@pytest.mark.parametrize("carried", ["", "x", "é", "AAAA", "=" * 40, "\x00", "{}", "A" * 100_000])
def test_garbage_is_none_of_ours(carried: str) -> None:
    assert read(carried) is None


@pytest.mark.parametrize("content", ["[]", "null", "1", '"a"', "{", "\xff"])
def test_what_is_no_table_is_none_of_ours(content: str) -> None:
    assert read(sealed(zlib.compress(content.encode("latin-1")))) is None


def test_what_unpacks_to_too_much_is_not_unpacked() -> None:
    bomb = zlib.compress(f'{{"at": {AT}, "text": "'.encode() + b"x" * 50_000_000 + b'"}', 9)
    assert len(bomb) < 100_000
    assert read(sealed(bomb)) is None
    assert read(sealed(b"no zlib at all")) is None
    almost = json.dumps({"at": AT, "text": "x" * (drafts.LARGEST - 50)}).encode()
    assert read(sealed(zlib.compress(almost))) is not None


def test_its_age() -> None:
    for seconds, fresh in (
        (-600, False),
        (-60, True),
        (0, True),
        (3_600, True),
        (3_601, False),
        (86_400, False),
    ):
        assert drafts.is_within(AT, MADE + timedelta(seconds=seconds)) is fresh


def test_the_words_can_be_had_back_for_three_hours() -> None:
    """After that nobody who finds the page open can have them."""
    carried = carried_of("a bus")
    readable = [
        read(carried, MADE + timedelta(hours=hours)) is not None for hours in (0, 2, 3, 4, 999)
    ]
    assert readable == [True, True, True, False, False]
