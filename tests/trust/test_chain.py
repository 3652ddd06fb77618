"""The keyed hashes of the audit log: every field, the order and the number are covered."""

from __future__ import annotations

from youthvoice.trust import chain

KEY, OTHER = b"k" * 32, b"o" * 32
FIELDS = (1, "2026-11-22T12:00:00+00:00", "ana", "editor", "approve", "topic transit", "", "")


def test_every_field_is_covered() -> None:
    whole = chain.link(KEY, chain.START, FIELDS)
    assert whole == chain.link(KEY, chain.START, list(FIELDS))
    for at in range(len(FIELDS)):
        changed = [*FIELDS[:at], "other", *FIELDS[at + 1 :]]
        assert chain.link(KEY, chain.START, changed) != whole
    assert chain.link(KEY, whole, FIELDS) != whole
    assert chain.link(OTHER, chain.START, FIELDS) != whole


def test_fields_do_not_run_into_each_other() -> None:
    assert chain.link(KEY, chain.START, ("ab", "c")) != chain.link(KEY, chain.START, ("a", "bc"))
    assert chain.link(KEY, chain.START, ("a", "")) != chain.link(KEY, chain.START, ("", "a"))


def test_a_head_is_of_one_number_and_one_entry() -> None:
    heads = {
        chain.head(KEY, 1, "a" * 64),
        chain.head(KEY, 2, "a" * 64),
        chain.head(KEY, 1, "b" * 64),
        chain.head(OTHER, 1, "a" * 64),
    }
    assert len(heads) == 4


def test_a_commitment_tells_nothing_without_the_key() -> None:
    assert chain.commitment(KEY, "a") == chain.commitment(KEY, "a")
    assert (
        len({chain.commitment(KEY, "a"), chain.commitment(OTHER, "a"), chain.commitment(KEY, "b")})
        == 3
    )
    assert chain.commitment(KEY, "a") != chain.head(KEY, 0, "a")
