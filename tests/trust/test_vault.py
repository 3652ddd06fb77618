import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from youthvoice.trust import keys
from youthvoice.trust.vault import BLOCK, CannotOpen, seal, unseal


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("keys") / "keys"
    assert keys.make(made)
    return made


@given(text=st.text(max_size=800))
@settings(max_examples=40)
def test_what_is_sealed_opens_for_each_role(folder, text: str) -> None:
    public = keys.public_keys(folder)
    item = seal(text, "row-1", public)
    for role in keys.ROLES:
        assert unseal(item, "row-1", role, keys.private_keys(folder, role)) == text


def test_a_ciphertext_moved_to_another_row_does_not_open(folder) -> None:
    item = seal("CANARY", "row-1", keys.public_keys(folder))
    with pytest.raises(CannotOpen):
        unseal(item, "row-2", "safety", keys.private_keys(folder, "safety"))
    with pytest.raises(CannotOpen):
        unseal(item, "row-1", "moderator", keys.private_keys(folder, "safety"))


def test_sizes_tell_little_and_words_nothing(folder) -> None:
    public = keys.public_keys(folder)
    short, longer = seal("a", "r", public), seal("b" * 200, "r", public)
    assert len(short.ciphertext) == len(longer.ciphertext) == BLOCK + 16
    assert "CANARY" not in repr(seal("CANARY", "r", public))


def test_keys_are_their_owners_and_are_never_replaced(folder) -> None:
    for name in ("moderator.key", "safety.key", "pepper"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    before = (folder / "moderator.key").read_text()
    assert not keys.make(folder)
    assert (folder / "moderator.key").read_text() == before


def test_missing_keys_are_said(tmp_path) -> None:
    with pytest.raises(keys.KeysMissing, match="key file"):
        keys.public_keys(tmp_path)
