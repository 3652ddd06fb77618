"""The machine's help with a codebook: what was said in both languages, grouped, with names proposed for it.

From masked texts only, of channels whose rules let staff read them, of messages that count and that no one
has held; texts that say nearly the same count once. People edit what comes out (`flow/codebooks`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from youthvoice.channels.policies import readable
from youthvoice.editorial import SLUG
from youthvoice.errors import Refused, note
from youthvoice.flow import codebook_edits, codebooks
from youthvoice.flow.context import Context
from youthvoice.flow.encoding import sentences
from youthvoice.model import LANGUAGES, CodebookTheme, Topic
from youthvoice.nlp.clusters import grouping
from youthvoice.nlp.clusters.grouping import Group, Grouping, Real
from youthvoice.nlp.clusters.phrases import Phrase, key_phrases
from youthvoice.store import samples, topic_texts, topics
from youthvoice.strings import Translator

LEAST = 30
"""Fewer different messages show no groups."""
READ = 4000
"""Messages that are read at most: a random sample, for their ids are random."""
MOST = 2000
"""Different texts that are grouped at most."""
SHOWN = 4
"""Typical and borderline messages that are shown of each group."""
IN_NAME = 2
"""Phrases that make a name."""
SAME = 0.45
"""A group whose centre is so like a theme of the topic's own (cosine) is that theme."""
LONGEST_ID = 60


class Shown(NamedTuple):
    """A message as staff read it: its masked text."""

    id: str
    language: str
    text: str


class Found(NamedTuple):
    """A group of messages, and the theme that is proposed for it.

    `already`: the topic's theme that it seems to be; then `theme` is that one. `messages` and `texts`:
    how many were in the sample. `halves`: the phrases of the two parts that a wide group falls into.
    """

    theme: CodebookTheme
    already: bool
    messages: int
    texts: int
    languages: Mapping[str, int]
    phrases: Mapping[str, tuple[Phrase, ...]]
    typical: tuple[Shown, ...]
    borderline: tuple[Shown, ...]
    halves: tuple[tuple[str, ...], tuple[str, ...]] | None


class Proposal(NamedTuple):
    """What is proposed: the whole codebook, where each new theme comes from, and which ones to merge.

    `texts`: different ones out of `messages`; `other`: those in no group.
    """

    topic: str
    messages: int
    texts: int
    other: int
    found: tuple[Found, ...]
    close: tuple[tuple[str, str], ...]
    themes: tuple[CodebookTheme, ...]


class _Said(NamedTuple):
    """Different texts, with the messages that say nearly the same, and their vectors."""

    shown: list[Shown]
    times: list[int]
    points: Real


def propose(context: Context, slug: str) -> Proposal:
    """Propose a codebook for a topic. Refused under `LEAST` different messages that staff may read."""
    with context.store.read() as tx:
        topic = topics.get(tx, slug)
        base = codebooks.base(context, tx, topic.id)
        channels = readable(context.settings.staff_readable_channels)
        read = samples.by_chance(tx, topic.id, channels, READ)
        keys = topic_texts.text_keys(tx, [one.id for one in read])
    said = _said([Shown(one.id, one.language, one.text) for one in read], keys, slug)
    groups = grouping.group(said.points)
    found = _found(context, topic, base, said, groups)
    new = [one.theme for one in found if not one.already]
    return Proposal(
        slug,
        len(read),
        len(said.shown),
        len(groups.other),
        found,
        tuple((found[a].theme.id, found[b].theme.id) for a, b in groups.close),
        codebook_edits.with_level_one((*base, *new), codebooks.level_one(context)),
    )


def _said(read: Sequence[Shown], keys: Mapping[str, str], slug: str) -> _Said:
    own = [keys[one.id] for one in read]
    places = grouping.distinct(own)[:MOST]
    if len(places) < LEAST:
        raise Refused(
            note(
                "On “%(topic)s” there are %(n)s different messages that may be read and count; themes are "
                "proposed from %(least)s on.",
                topic=slug,
                n=len(places),
                least=LEAST,
            ),
            note("Wait for more, or write the themes by hand: youthvoice themes edit TOPIC FILE"),
        )
    times = Counter(own)
    shown = [read[place] for place in places]
    vectors = sentences().vectors([one.text for one in shown])
    points = grouping.centred(vectors, [one.language for one in shown])
    return _Said(shown, [times[own[place]] for place in places], points)


def _found(
    context: Context,
    topic: Topic,
    base: Sequence[CodebookTheme],
    said: _Said,
    groups: Grouping,
) -> tuple[Found, ...]:
    asked = {language: _asked(topic, language) for language in LANGUAGES}
    whole = [group.members for group in groups.groups]
    phrases = _phrases(said, whole, asked)
    common = codebooks.level_one(context)
    own = [theme for theme in base if theme.level == 2]
    parents, known = _vectors(common), _vectors(own)
    taken = {theme.id for theme in (*base, *common)}
    found = []
    for group, words in zip(groups.groups, phrases, strict=True):
        old = _known(group, own, known)
        parent = common[grouping.nearest(group.centre, parents)].id
        theme = old or _new(words, parent, taken)
        taken.add(theme.id)
        found.append(_one(said, group, theme, old is not None, words, asked))
    return tuple(found)


def _one(
    said: _Said,
    group: Group,
    theme: CodebookTheme,
    already: bool,
    words: Mapping[str, tuple[Phrase, ...]],
    asked: Mapping[str, str],
) -> Found:
    halves, typical = None, group.members[:SHOWN]
    if group.halves:
        first, second = _phrases(said, group.halves, asked)
        halves = _words(first), _words(second)
    return Found(
        theme,
        already,
        sum(said.times[place] for place in group.members),
        len(group.members),
        Counter(said.shown[place].language for place in group.members),
        words,
        tuple(said.shown[place] for place in typical),
        tuple(said.shown[place] for place in group.borderline if place not in typical)[:SHOWN],
        halves,
    )


def _words(phrases: Mapping[str, tuple[Phrase, ...]]) -> tuple[str, ...]:
    return tuple(one.words for language in LANGUAGES for one in phrases[language])


def _phrases(
    said: _Said, parts: Sequence[Sequence[int]], asked: Mapping[str, str]
) -> list[dict[str, tuple[Phrase, ...]]]:
    """The key phrases of each part, by language."""
    found: list[dict[str, tuple[Phrase, ...]]] = [{} for _ in parts]
    for language in LANGUAGES:
        texts = [
            [said.shown[place].text for place in part if said.shown[place].language == language]
            for part in parts
        ]
        for one, phrases in zip(found, key_phrases(texts, language, asked[language]), strict=True):
            one[language] = phrases
    return found


def _asked(topic: Topic, language: str) -> str:
    text = topic.texts[language]
    return " ".join((text.title, text.hashtag, *text.questions))


def _vectors(themes: Sequence[CodebookTheme]) -> Real:
    """A vector of length 1 a theme, from its description in both languages."""
    if not themes:
        return np.zeros((0, 0))
    said = [theme.description[language] for language in LANGUAGES for theme in themes]
    vectors = sentences().vectors(said).astype(np.float64)
    halves = vectors.reshape(len(LANGUAGES), len(themes), -1)
    if len(themes) > 1:
        halves = halves - halves.mean(axis=1, keepdims=True)
    together = halves.sum(axis=0)
    found: Real = together / np.linalg.norm(together, axis=1, keepdims=True)
    return found


def _known(group: Group, own: Sequence[CodebookTheme], vectors: Real) -> CodebookTheme | None:
    """The topic's own theme that a group is, if any."""
    if len(own) < 2:
        return None
    best = grouping.nearest(group.centre, vectors)
    return own[best] if float(vectors[best] @ group.centre) >= SAME else None


def _new(words: Mapping[str, tuple[Phrase, ...]], parent: str, taken: set[str]) -> CodebookTheme:
    """A theme named by a group's phrases; empty where a language has none: a person names it."""
    return CodebookTheme(
        id=_free_id(words, taken),
        level=2,
        parent=parent,
        name={language: _name(words[language]) for language in LANGUAGES},
        description={language: _description(words[language], language) for language in LANGUAGES},
    )


def _name(phrases: Sequence[Phrase]) -> str:
    said = _listed(phrases[:IN_NAME])
    return said[:1].upper() + said[1:]


def _description(phrases: Sequence[Phrase], language: str) -> str:
    t = Translator(language)
    return t("Messages that speak of: %(phrases)s.", phrases=_listed(phrases)) if phrases else ""


def _listed(phrases: Sequence[Phrase]) -> str:
    return ", ".join(one.words for one in phrases).replace("'", "’")


def _free_id(words: Mapping[str, tuple[Phrase, ...]], taken: set[str]) -> str:
    """An id from the first phrase, which no other theme has."""
    first = next((words[language][0].words for language in LANGUAGES if words[language]), "")
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode()
    ident = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[: LONGEST_ID - 4].strip("-")
    ident = ident if SLUG.fullmatch(ident) else "group"
    number = 2
    found = ident
    while found in taken:
        found, number = f"{ident}-{number}", number + 1
    return found
