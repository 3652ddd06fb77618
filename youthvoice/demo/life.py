"""The demo comes to life: `seed` prepares the past weeks once, `turn` goes on writing.

Both use the same flows as a real installation: a topic is proposed and approved by two invented
people, posted through the outbox, collected, reviewed by the invented committee, answered once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from youthvoice.channels.policies import SANDBOX
from youthvoice.channels.sandbox.network import Network
from youthvoice.demo import audience, pilot, world
from youthvoice.errors import YouthVoiceError, note
from youthvoice.flow import (
    aggregate,
    codebook_file,
    codebooks,
    collect,
    feed_back,
    mapping,
    post,
    review,
)
from youthvoice.flow.context import Context
from youthvoice.model import (
    Actor,
    DecisionKind,
    PostingStatus,
    Response,
    ResponseStatus,
    ReviewStatus,
    Role,
    TopicStatus,
)
from youthvoice.store import codebooks as codebook_store
from youthvoice.store import contributions, postings, responses, topics

PAST = timedelta(days=13)
CODEBOOK = Path(__file__).with_name("codebook.toml")
PARTS = 10
"""The pilot's posts: its context and four questions, in two languages."""
BACKLOG = 280
"""Messages that the audience has written before the first start."""

ALEX = Actor("Alex", Role.EDITOR)
SACHA = Actor("Sacha", Role.EDITOR)
MINISTRY = Actor("Camille", Role.MINISTRY)

Progress = Callable[[str, int, int], None]


class Turn(NamedTuple):
    """What the audience did."""

    written: int
    deleted: int


def seed(context: Context, progress: Progress | None = None) -> bool:
    """Prepare the demo unless it is there already; whether anything was done."""
    network = world.network(context)
    with context.store.read() as tx:
        if topics.find(tx, "pse-access") is not None:
            return False
    say = progress or (lambda _step, _done, _all: None)
    today = context.settings.today()
    opened = today - PAST
    _topic(context, opened)
    post.post(context)
    posts = _posts(context)
    if len(posts) < PARTS:
        raise YouthVoiceError(
            note("The demo was stopped while it was being prepared; a post may be on its way."),
            note("Wait two minutes, then run: youthvoice init --demo"),
        )
    if not _shown(network, posts):
        raise YouthVoiceError(
            note("The network of the demo is another one than the database knows."),
            note("Take another home folder for a demo, or bring the folder “sandbox” back."),
        )
    _write_backlog(network, posts, opened, today, say)
    say("collect", 0, 1)
    collect.collect(context)
    say("collect", 1, 1)
    _review(context, network, say)
    aggregate.aggregate(context)
    _answer(context)
    post.post(context)
    feed_back.feed_back(context)
    aggregate.aggregate(context)
    _codebook(context)
    review.propose_topic(context, pilot.post_secondary(today.date(), ALEX.name), ALEX)
    return True


def _codebook(context: Context) -> None:
    """The committee's own themes: made by one, signed off by another; the tag job maps messages with them."""
    with context.store.read() as tx:
        if codebook_store.newest_frozen(tx, topics.get(tx, "mentoring").id) is not None:
            return
    codebooks.edit(context, "mentoring", codebook_file.read(CODEBOOK), ALEX)
    codebooks.sign_off(context, "mentoring", SACHA)
    mapping.choose(context, "mentoring", SACHA)


def _topic(context: Context, opened: datetime) -> None:
    with context.store.read() as tx:
        found = topics.find(tx, "mentoring")
    if found is None:
        review.propose_topic(context, pilot.mentoring(opened.date(), ALEX.name), ALEX)
    if found is None or found.status == TopicStatus.PROPOSED:
        review.approve_topic(context, "mentoring", SACHA)


def _posts(context: Context) -> dict[tuple[str, int], int]:
    with context.store.read() as tx:
        topic = topics.find(tx, "mentoring")
        if topic is None:
            return {}
        rows = postings.of_topic(tx, topic.id, SANDBOX)
    return {
        (row.language, row.part): int(row.external_id)
        for row in rows
        if row.purpose == postings.CONSULTATION
        and row.status == PostingStatus.SENT
        and row.external_id
    }


def _shown(network: Network, posts: dict[tuple[str, int], int]) -> bool:
    """Whether the network shows these posts of ours."""
    return network.present(list(posts.values())) == set(posts.values())


def written(network: Network, posts: dict[tuple[str, int], int]) -> int:
    """How many messages the audience has written so far (deleted ones too)."""
    roots = {number for (_language, part), number in posts.items() if part == 0}
    return sum(network.written_by_audience(root) for root in roots)


def _write_backlog(
    network: Network,
    posts: dict[tuple[str, int], int],
    opened: datetime,
    today: datetime,
    say: Progress,
) -> None:
    start = written(network, posts)
    for number in range(start, BACKLOG):
        share = (number + 1) / (BACKLOG + 1)
        # More on the first days, as it is in life.
        moment = opened + (today - opened) * share**1.3
        posted = audience.write(network, number, posts, moment)
        if audience.deletes(number):
            network.delete(posted)
        say("audience", number + 1, BACKLOG)


def _review(context: Context, network: Network, say: Progress) -> None:
    """The invented committee has looked at part of the queue, as the script says."""
    verdicts = {
        "r": (ReviewStatus.RELEASED, None),
        "x": (ReviewStatus.REJECTED, "spam"),
        "h": (ReviewStatus.HELD, "needs a second look"),
    }
    by_text = {said.text: said.line for said in map(audience.message, range(BACKLOG))}
    with context.store.read() as tx:
        topic_id = topics.get(tx, "mentoring").id
        refs = contributions.refs(tx, topic_id, SANDBOX)
    looked = [
        (ident, by_text[text])
        for ident, ref in refs
        if (text := network.text_of(int(ref))) is not None and text in by_text
    ]
    decided = [(ident, line) for ident, line in looked if line.verdict in ("r", "x")]
    # Some of the queue is left for whoever tries the demo.
    decided = decided[: len(decided) * 4 // 5]
    for number, (ident, line) in enumerate(decided):
        status, reason = verdicts[line.verdict]
        with context.store.read() as tx:
            item = contributions.get(tx, ident)
        if item.status == ReviewStatus.WAITING:
            review.decide(context, ident, status, line.themes, SACHA, reason)
        say("committee", number + 1, len(decided))


def _answer(context: Context) -> None:
    """One answer is out already, so that "you said, we did" shows what it is for."""
    with context.store.read() as tx:
        if responses.every(tx):
            return
    today = context.settings.today().date()
    response = Response(
        id=0,
        topic_id=0,
        topic="mentoring",
        theme="communities",
        kind=DecisionKind.DOING,
        said={
            "en": "Programs are far away, and there is no bus when they end.",
            "fr": "Les programmes sont loin, et il n’y a plus d’autobus quand ils finissent.",
        },
        did={
            "en": "From February, rides to and from mentoring are paid in 12 northern and rural places.",
            "fr": "Dès février, les trajets vers le mentorat sont payés dans 12 localités rurales et du Nord.",
        },
        reason={
            "en": (
                "Getting there came up in all four questions. A ride costs less than a missed "
                "year. The rest of the province follows if it works."
            ),
            "fr": (
                "Le transport revenait dans les quatre questions. Un trajet coûte moins cher "
                "qu’une année perdue. Le reste de la province suivra si ça marche."
            ),
        },
        status=ResponseStatus.DRAFT,
        written_by=MINISTRY.name,
        decided_on=today - timedelta(days=2),
    )
    key = feed_back.write(context, "mentoring", response, MINISTRY)
    feed_back.approve(context, key, SACHA)


def turn(context: Context) -> Turn:
    """One turn of the audience: write the next message; delete the one that was regretted."""
    posts = _posts(context)
    if len(posts) < PARTS:
        return Turn(0, 0)
    network = world.network(context)
    if not _shown(network, posts):
        return Turn(0, 0)
    number = written(network, posts)
    audience.write(network, number, posts)
    regretted = number - 3
    if regretted >= BACKLOG and audience.deletes(regretted):
        refs = [one.id for one in network.newest(list(posts.values()), 4)]
        return Turn(1, int(bool(refs) and network.delete(refs[-1])))
    return Turn(1, 0)
