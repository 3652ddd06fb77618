"""Mapping: shown before it changes anything, applied a batch at a time, and never over what people decided."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.factories import AUTHOR, MINISTRY, SECOND, open_topic, topic
from tests.themed import OWN, heard, signed
from tests.voices import SAID
from youthvoice.errors import Refused
from youthvoice.flow import (
    codebooks,
    coding,
    encoding,
    mapping,
    proposing,
    review,
    theme_learning,
)
from youthvoice.flow.context import Context
from youthvoice.model import Label, LabelKind, ReviewStatus, Sample, ThemeScore
from youthvoice.nlp.sentences.encoder import MODELS
from youthvoice.nlp.themes.usual import LEAST
from youthvoice.store import audit, labels, mappings, proposals, samples, tables, topic_texts
from youthvoice.store import codebooks as stored
from youthvoice.store.tables import contribution, decided_theme, decision, proposed_theme

THIRD = replace(SECOND, name="third")
SIGNS = {"no-bus": ("bus",), "waiting": ("attente", "waiting"), "first-job": ("emploi", "job")}
TEXTS = tuple(
    text
    for thing in ("bus", "waiting", "jobs", "listening")
    for said in SAID[thing].values()
    for text in said
)


class ByWords:
    """A machine that finds themes by words, so that a test knows what it must say."""

    def __init__(self, themes, learned=None) -> None:
        self.themes = [one for one in themes if one.level == 2]
        self.learned = learned
        self.version = f"by-words-{len(self.themes)}-{bool(learned)}"

    def map(self, texts, languages, question="") -> list[tuple[ThemeScore, ...]]:
        return [tuple(self._found(text)) for text in texts]

    def _found(self, text: str):
        for theme in self.themes:
            if any(sign in text.lower() for sign in SIGNS[theme.id]):
                yield ThemeScore(theme.id, 0.9, sure=bool(self.learned) or "attente" not in text)
                yield ThemeScore(theme.parent, 0.9)

    def usual(self, texts, languages):
        return {}

    def learn(self, texts, languages, labels):
        return {"texts": len(texts), "yes": sum(one.get("no-bus", False) for one in labels)}


@pytest.fixture(autouse=True)
def by_words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "real" not in request.node.name:
        monkeypatch.setattr(encoding, "mapper", ByWords)


@pytest.fixture
def ready(context: Context, tmp_path: Path) -> Context:
    """A topic with messages and a codebook that was signed off."""
    heard(context, tmp_path, *TEXTS)
    signed(context)
    return context


def readable(context: Context) -> list[samples.Candidate]:
    with context.store.read() as tx:
        return samples.by_chance(tx, topic(context).id, ("file",), 100)


def decide(context: Context, ident: str, *themes: str) -> None:
    review.decide(context, ident, ReviewStatus.RELEASED, ["communities"], AUTHOR)
    with context.store.write() as tx:  # as a reviewer who was shown the topic's own themes
        tx.execute(decided_theme.delete().where(decided_theme.c.contribution_id == ident))
        for theme in themes:
            tx.execute(decided_theme.insert().values(contribution_id=ident, theme=theme))


def rows(context: Context, table) -> list[tuple]:
    with context.store.read() as tx:
        return sorted(tuple(map(str, row)) for row in tx.execute(select(table)))


def entries(context: Context) -> int:
    with context.store.read() as tx:
        return sum(one.action == "apply themes" for one in audit.walk(tx))


def test_a_preview_says_what_would_change_and_changes_nothing(ready: Context) -> None:
    before = rows(ready, proposed_theme), rows(ready, contribution)
    first = next(one for one in readable(ready) if "autobus" in one.text)
    found = mapping.preview(ready, "mentoring")
    by_id = {one.theme: one for one in found.changes}
    assert found.undecided == len(rows(ready, contribution)) and found.decided == 0
    assert by_id["no-bus"].now == 0 and by_id["no-bus"].then == by_id["no-bus"].gains > 0
    assert by_id["waiting"].unsure > 0 and found.unsure == by_id["waiting"].unsure
    assert by_id["support"].loses == by_id["support"].now > 0  # the words of before go
    assert (rows(ready, proposed_theme), rows(ready, contribution)) == before
    decide(ready, first.id, "no-bus")
    again = mapping.preview(ready, "mentoring")
    assert (again.undecided, again.decided) == (found.undecided - 1, 1)
    assert (
        next(one for one in again.changes if one.theme == "no-bus").gains
        == by_id["no-bus"].gains - 1
    )
    assert again.gone == {}


def test_applying_leaves_what_people_decided(ready: Context) -> None:
    first, second, *_ = readable(ready)
    decide(ready, first.id, "first-job", "employment")
    with ready.store.write() as tx:
        labels.propose(tx, second.id, [Label(LabelKind.FEELING, "negative", 0.9)], "feel-1")
    kept = rows(ready, decided_theme), rows(ready, decision)
    done = mapping.apply(ready, "mentoring", AUTHOR)
    assert done.messages == len(rows(ready, contribution)) and done.version == 1
    assert (rows(ready, decided_theme), rows(ready, decision)) == kept
    with ready.store.read() as tx:
        applied = mappings.of(tx, topic(ready).id)
        assert applied is not None and applied.applied_by == AUTHOR.name
        assert (applied.model, applied.learned, applied.learned_from) == (
            "by-words-3-False",
            None,
            0,
        )
        assert labels.proposed(tx, [second.id])[second.id][0].value == "negative"
        for one in readable(ready):
            given = {score.theme for score in proposals.themes(tx, [one.id]).get(one.id, ())}
            assert ("no-bus" in given) == ("bus" in one.text.lower())
            assert given <= {"no-bus", "waiting", "first-job", "communities", "employment"}
    after = mapping.preview(ready, "mentoring")
    assert not any(one.gains or one.loses for one in after.changes)
    assert mapping.apply(ready, "mentoring", SECOND).messages == 0
    assert entries(ready) == 1


def test_a_run_that_was_stopped_goes_on(ready: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "BATCH", 15)
    real, calls = ByWords.map, []

    def dies(self, texts, languages, question=""):
        calls.append(len(texts))
        if len(calls) == 2:
            raise MemoryError
        return real(self, texts, languages)

    monkeypatch.setattr(ByWords, "map", dies)
    with pytest.raises(MemoryError):
        mapping.apply(ready, "mentoring", AUTHOR)
    total = len(rows(ready, contribution))
    assert mapping.apply(ready, "mentoring", AUTHOR).messages == total - 15
    assert entries(ready) == 1


def test_what_is_taken_back_meanwhile_gets_no_proposal(
    ready: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = readable(ready)[0].id
    real = ByWords.map

    def while_reading(self, texts, languages, question=""):
        with ready.store.write() as tx:
            tx.execute(contribution.update().where(contribution.c.id == victim).values(masked=None))
            tx.execute(proposed_theme.delete().where(proposed_theme.c.contribution_id == victim))
        return real(self, texts, languages)

    monkeypatch.setattr(ByWords, "map", while_reading)
    done = mapping.apply(ready, "mentoring", AUTHOR)
    assert done.messages == len(rows(ready, contribution)) - 1
    assert victim not in {row[0] for row in rows(ready, proposed_theme)}


def test_a_merged_theme_stays_where_people_gave_it_and_is_shown(ready: Context) -> None:
    buses = [one.id for one in readable(ready) if "bus" in one.text.lower()][:2]
    for ident in buses:
        decide(ready, ident, "no-bus", "communities")
    mapping.apply(ready, "mentoring", AUTHOR)
    codebooks.merge(ready, "mentoring", "no-bus", "waiting", AUTHOR)
    codebooks.sign_off(ready, "mentoring", SECOND)
    found = mapping.preview(ready, "mentoring")
    assert (found.version, found.gone) == (2, {"no-bus": 2})
    lost = next(one for one in found.changes if one.theme == "no-bus")
    assert lost.then == 0 and lost.loses == lost.now > 0
    mapping.apply(ready, "mentoring", AUTHOR)
    with ready.store.read() as tx:
        for given in topic_texts.decided_themes(tx, buses).values():
            assert given == ("communities", "no-bus")


def test_who_may_and_with_what(lite: Context, tmp_path: Path) -> None:
    open_topic(lite)
    for act in (
        lambda: mapping.preview(lite, "mentoring"),
        lambda: mapping.apply(lite, "mentoring", AUTHOR),
        lambda: theme_learning.learn(lite, "mentoring"),
    ):
        with pytest.raises(Refused, match="signed off"):
            act()
    signed(lite)
    with pytest.raises(Refused, match="committee"):
        mapping.apply(lite, "mentoring", MINISTRY)
    assert mapping.preview(lite, "mentoring").undecided == 0
    with pytest.raises(Refused, match="0 messages"):
        theme_learning.learn(lite, "mentoring")


def test_a_codebook_signed_meanwhile_is_not_applied_unseen(
    ready: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def signs(themes, learned=None):
        monkeypatch.setattr(encoding, "mapper", ByWords)
        codebooks.edit(ready, "mentoring", OWN[:2], AUTHOR)
        codebooks.sign_off(ready, "mentoring", SECOND)
        return ByWords(themes, learned)

    monkeypatch.setattr(encoding, "mapper", signs)
    with pytest.raises(Refused, match="newer version"):
        mapping.apply(ready, "mentoring", AUTHOR)
    assert entries(ready) == 0


def test_what_was_applied_meanwhile_is_not_written_over(
    ready: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two machines must not undo each other: whoever is no longer applied ends."""
    mapping.apply(ready, "mentoring", AUTHOR)
    with ready.store.read() as tx:
        now = mappings.of(tx, topic(ready).id)
    assert now is not None
    with ready.store.write() as tx:
        mappings.apply(tx, now._replace(model="a newer one"))
    before = rows(ready, proposed_theme)
    with ready.store.read() as tx:
        used = stored.newest_frozen(tx, topic(ready).id)
    assert used is not None
    machine = ByWords(used.themes)
    assert proposing.by_codebook(ready, topic(ready), machine, "an older one") == 0
    assert rows(ready, proposed_theme) == before


def test_a_position_that_nobody_read_yet_is_read_when_a_codebook_is_applied(
    ready: Context,
) -> None:
    asked = topic(ready)
    with ready.store.write() as tx:
        tx.execute(contribution.update().values(question=1))
        tx.execute(tables.topic.update().values(positions=[1]))
    mapping.apply(ready, "mentoring", AUTHOR)
    with ready.store.read() as tx:
        ids = [one.id for one in topic_texts.page(tx, asked.id, "", 100)]
        said = labels.proposed(tx, ids)
    assert all(any(it.kind is LabelKind.POSITION for it in said[ident]) for ident in ids)


def test_weights_of_an_older_version_are_not_applied_to_a_newer_one(ready: Context) -> None:
    with ready.store.read() as tx:
        used = stored.newest_frozen(tx, topic(ready).id)
    assert used is not None
    learned = mapping.Learned({"themes": {}}, 30, used.id + 1)
    with pytest.raises(Refused, match="newer version"):
        mapping.apply(ready, "mentoring", AUTHOR, learned)
    assert entries(ready) == 0


def test_what_is_usual_is_kept_with_the_real_networks(ready: Context) -> None:
    before = mapping.preview(ready, "mentoring")
    mapping.apply(ready, "mentoring", AUTHOR)
    with ready.store.read() as tx:
        applied = mappings.of(tx, topic(ready).id)
        count = topic_texts.count(tx, topic(ready).id)
    assert applied is not None and applied.learned_from == 0 and count >= LEAST
    assert applied.learned is not None and set(applied.learned) == {"usual"}
    assert set(applied.learned["usual"]) == set(SIGNS)
    # The same is found again from what was kept: nothing would change.
    after = mapping.preview(ready, "mentoring")
    assert [one.then for one in after.changes] == [one.then for one in before.changes]
    assert not any(one.gains or one.loses for one in after.changes)


def test_weights_are_learned_from_the_half_for_teaching(
    ready: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme_learning, "LEAST", 3)
    with ready.store.read() as tx:
        used = stored.newest_frozen(tx, topic(ready).id)
    assert used is not None
    read = readable(ready)
    for one in read:
        themes = ["no-bus"] if "bus" in one.text.lower() else []
        sample = Sample.CHECK if coding.for_checking(one.id) else Sample.TEACH
        coding.save(ready, one.id, used.id, sample, themes, {}, SECOND)
    taught = [one for one in read if not coding.for_checking(one.id)]
    with ready.store.read() as tx:
        found = theme_learning.labelled(tx, used)
    assert {one.text for one in found} <= {one.text for one in taught}
    for one in found:
        assert one.themes["no-bus"] == one.themes["communities"] == ("bus" in one.text.lower())
        assert len(one.themes) == len(used.themes)
    learned = theme_learning.learn(ready, "mentoring")
    assert learned.messages == len(found) == learned.weights["texts"]
    shown = mapping.preview(ready, "mentoring", learned)
    assert shown.learned_from == len(found) and shown.unsure == 0
    mapping.apply(ready, "mentoring", AUTHOR, learned)
    with ready.store.read() as tx:
        applied = mappings.of(tx, used.topic_id)
        assert applied is not None and applied.learned == learned.weights
    # applied again without new weights, these stay
    assert mapping.apply(ready, "mentoring", AUTHOR) == mapping.Mapped("mentoring", 1, 0)


def test_decisions_speak_of_common_themes_only_unless_they_look_further(ready: Context) -> None:
    taught = [one for one in readable(ready) if not coding.for_checking(one.id)][:3]
    for one, themes in zip(taught, (["support"], ["no-bus", "communities"], []), strict=True):
        decide(ready, one.id, *themes)
    with ready.store.read() as tx:
        used = stored.newest_frozen(tx, topic(ready).id)
        assert used is not None
        found = {one.text: one.themes for one in theme_learning.labelled(tx, used)}
    assert "no-bus" not in found[taught[0].text] and found[taught[0].text]["support"]
    assert found[taught[1].text]["no-bus"] and found[taught[1].text]["waiting"] is False
    assert "no-bus" not in found[taught[2].text] and not found[taught[2].text]["support"]


def test_where_people_disagree_at_least_half_decide(ready: Context) -> None:
    one = next(one for one in readable(ready) if not coding.for_checking(one.id))
    with ready.store.read() as tx:
        used = stored.newest_frozen(tx, topic(ready).id)
    assert used is not None
    for themes, who in (((), AUTHOR), (("no-bus",), SECOND), ((), THIRD)):
        coding.save(ready, one.id, used.id, Sample.TEACH, themes, {}, who)
        with ready.store.read() as tx:
            (found,) = theme_learning.labelled(tx, used)
        assert found.themes["no-bus"] == (who is SECOND)


@pytest.mark.slow
@pytest.mark.skipif(
    not (MODELS / "themes.onnx").exists(), reason="the network of themes is not trained yet"
)
def test_the_real_machine_maps_both_languages(lite: Context, tmp_path: Path) -> None:
    heard(lite, tmp_path, *TEXTS)
    signed(lite)
    mapping.apply(lite, "mentoring", AUTHOR)
    with lite.store.read() as tx:
        found = {one.id: one for one in samples.by_chance(tx, topic(lite).id, ("file",), 100)}
    buses = [one for one in found.values() if "bus" in one.text.lower()]
    given = [one for one in buses if "no-bus" in {score.theme for score in one.themes}]
    assert len(given) >= 0.7 * len(buses)
    assert {one.language for one in given} >= {"en", "fr"}
