"""A private key in three shares of words: any two give it back, one gives nothing."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from nacl.public import PrivateKey

from youthvoice.errors import BadInput
from youthvoice.trust import escrow

KEY = PrivateKey.generate()
SHARES = escrow.split(KEY)
OTHERS = escrow.split(PrivateKey.generate())


def test_a_share_is_words_that_can_be_written_down() -> None:
    assert len(SHARES) == 3 and len(set(SHARES)) == 3
    for share in SHARES:
        assert len(share.split()) == 33 and share.replace(" ", "").isalpha()


def test_any_two_give_the_key_back() -> None:
    for two in permutations(SHARES, 2):
        assert bytes(escrow.combine(two)) == bytes(KEY)


def refused(*shares: str) -> None:
    with pytest.raises(BadInput, match="do not give a key") as told:
        escrow.combine(shares)
    assert told.value.next_step is not None
    assert not any(share.split()[5] in str(told.value) for share in shares if share.split()[5:])


def test_one_is_not_enough() -> None:
    refused()
    for share in SHARES:
        refused(share)
        refused(share, share)


def test_shares_of_different_keys_do_not_fit() -> None:
    for one in SHARES:
        for other in OTHERS:
            refused(one, other)


def test_a_wrong_word_is_noticed() -> None:
    words = SHARES[0].split()
    for at in (0, 5, 16, 32):
        other = next(word for word in SHARES[1].split() if word != words[at])
        refused(" ".join([*words[:at], other, *words[at + 1 :]]), SHARES[1])
    refused(SHARES[0].replace(words[7], "youthvoice"), SHARES[1])
    refused(" ".join(words[:-1]), SHARES[1])


def test_splitting_again_makes_other_shares_that_do_not_mix() -> None:
    again = escrow.split(KEY)
    for one, other in combinations([SHARES[0], again[1]], 2):
        refused(one, other)
    assert bytes(escrow.combine(again[:2])) == bytes(KEY)
