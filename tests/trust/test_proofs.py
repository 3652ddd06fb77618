"""The proof of work: for this draft, as it was given out, in time; anything else is no proof and no error."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import settings as slower
from hypothesis import strategies as st

from youthvoice.trust import proofs
from youthvoice.trust.drafts import LIFE

KEY = bytes(range(32))
DRAFT = "a" * 32
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def given_out(draft: str = DRAFT, key: bytes = KEY) -> str:
    return proofs.challenge(draft, key, datetime.now(UTC), cost=3, most=5)


def solution() -> dict[str, Any]:
    decoded: dict[str, Any] = json.loads(base64.b64decode(proofs.solve(given_out())))
    return decoded


def packed(payload: object) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


def holds(payload: object) -> bool:
    return proofs.is_solved(packed(payload), DRAFT, KEY)


def test_a_solved_challenge_is_a_proof() -> None:
    for _ in range(5):
        assert proofs.is_solved(proofs.solve(given_out()), DRAFT, KEY)


def test_the_page_is_told_as_much_as_it_needs_and_no_secret() -> None:
    asked = given_out()
    assert json.loads(asked)["parameters"]["data"] == {"draft": DRAFT}
    assert KEY.hex() not in asked and "counter" not in asked


def test_it_is_for_one_draft() -> None:
    other = proofs.solve(given_out("b" * 32))
    assert not proofs.is_solved(other, DRAFT, KEY)
    spliced = solution()
    spliced["challenge"]["parameters"]["data"] = {"draft": "b" * 32}
    assert not proofs.is_solved(packed(spliced), "b" * 32, KEY)


def test_it_is_of_this_installation() -> None:
    assert not proofs.is_solved(proofs.solve(given_out(key=bytes(32))), DRAFT, KEY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("expiresAt", 4_000_000_000),
        ("expiresAt", None),
        ("keyPrefix", ""),
        ("keyPrefix", "00"),
        ("cost", 1),
        ("keyLength", 1),
        ("nonce", "00" * 16),
        ("keySignature", None),
        ("algorithm", "SHA-256"),
        ("more", 1),
    ],
)
def test_what_was_asked_cannot_be_made_easier(name: str, value: object) -> None:
    mine = solution()
    assert holds(mine)
    mine["challenge"]["parameters"][name] = value
    # A field that the protocol does not have is not read, so it changes nothing.
    assert holds(mine) is (name == "more")


def test_a_guess_is_no_solution() -> None:
    mine = solution()
    right = mine["solution"]["derivedKey"]
    for guess in ("", "00" * 32, right[:-2] + ("00" if right[-2:] != "00" else "01"), right + "00"):
        mine["solution"]["derivedKey"] = guess
        assert not holds(mine)


def test_it_expires_with_its_draft() -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False) as clock:
        proof = proofs.solve(given_out())
        clock.shift(LIFE - timedelta(seconds=1))
        assert proofs.is_solved(proof, DRAFT, KEY)
        clock.shift(timedelta(seconds=2))
        assert not proofs.is_solved(proof, DRAFT, KEY)


def nested(depth: int) -> object:
    found: object = 0
    for _ in range(depth):
        found = [found]
    return found


@pytest.mark.parametrize(
    "payload",
    ["", "x", "é", "\x00", "A" * 3_999, "A" * 5_000, base64.b64encode(b"\xff\xfe").decode(),
     base64.b64encode(b"[" * 2_900).decode(), base64.b64encode(b"9" * 2_900).decode(),
     base64.b64encode(b'{"a":' * 580).decode(), *(packed(one) for one in (
         None, 1, [], {}, "a", {"challenge": []}, {"challenge": {}, "solution": {}},
         {"challenge": {"parameters": {"data": {"draft": DRAFT}}}, "solution": {}}))],
)  # fmt: skip
def test_garbage_is_no_proof(payload: str) -> None:
    assert not proofs.is_solved(payload, DRAFT, KEY)


@pytest.mark.parametrize("depth", [300, 900])
def test_deep_json_in_a_real_proof_is_no_proof(depth: int) -> None:
    mine = solution()
    mine["challenge"]["parameters"]["data"]["more"] = nested(depth)
    assert not holds(mine)


@pytest.mark.parametrize("part", ["parameters", "signature", "solution"])
@given(name=st.sampled_from(["data", "cost", "algorithm", "nonce", "salt", "expiresAt", "keyLength",
                             "keySignature", "counter", "derivedKey", "memoryCost"]), value=JSON)  # fmt: skip
@slower(max_examples=150, deadline=None)
def test_no_value_anywhere_breaks_the_check(part: str, name: str, value: object) -> None:
    mine = solution()
    before = json.dumps(mine, sort_keys=True)
    if part == "signature":
        mine["challenge"]["signature"] = value
    elif part == "solution":
        mine["solution"][name] = value
    else:
        mine["challenge"]["parameters"][name] = value
    payload = packed(mine)
    untouched = json.dumps(json.loads(base64.b64decode(payload)), sort_keys=True) == before
    if part == "solution" and name != "derivedKey":
        proofs.is_solved(payload, DRAFT, KEY)  # what is beside the key is not looked at
    elif not untouched:
        holds_now = proofs.is_solved(payload, DRAFT, KEY)
        absent = part == "parameters" and name not in json.loads(before)["challenge"]["parameters"]
        assert not holds_now or absent
