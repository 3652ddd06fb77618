"""Coming back with a receipt: what became of a voice, a word back and forth, and taking it back.

A receipt that is not known takes the same steps through the database as one that is, on a message that is
not there; the page adds up the rest of the time and size (`dashboard/public/receipt.py`).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from youthvoice.errors import BadInput, Refused, note
from youthvoice.flow import withdrawals
from youthvoice.flow.context import Context
from youthvoice.flow.quotes import quotes
from youthvoice.flow.submit import receipt_key
from youthvoice.model import (
    Response,
    ResponseStatus,
    ReviewItem,
    ReviewStatus,
    Stage,
    ThreadAuthor,
    ThreadMessage,
    Topic,
)
from youthvoice.nlp.analyser import HOLD_RECOGNISABLE, HOLD_SCREENED, HOLD_UNREAD
from youthvoice.nlp.normalise import normalise
from youthvoice.nlp.risk import HOLD_FROM
from youthvoice.store import (
    attention,
    contributions,
    decisions,
    mosaic,
    proposals,
    receipts,
    responses,
    sealed,
    threads,
    topics,
)
from youthvoice.store.decisions import LastDecision
from youthvoice.store.engine import Tx
from youthvoice.trust import receipts as codes
from youthvoice.trust.vault import seal

NOBODY = "0" * 32
"""The id that an unknown receipt is looked up as; no message has it."""
MOST_REPLIES = 20
"""Messages that a writer may add to a thread."""
LONGEST_REPLY = 2_000


@dataclass(frozen=True)
class Look:
    """What a receipt shows. `themes` are ids; `objections` those the writer called wrong.

    `checked`: people decided; `read`: they read this very message, not one that says nearly the same.
    """

    topic: Topic
    question: int
    day: date
    stage: Stage
    text: str | None = field(repr=False)
    language: str
    themes: Sequence[str]
    objections: Sequence[str]
    checked: bool
    read: bool
    reason: str | None
    answers: Sequence[Response]
    thread: Sequence[ThreadMessage]
    may_reply: bool


def look(context: Context, typed: str) -> Look | None:
    """What became of the voice with this receipt; None if there is none. Raises `BadInput` for a typing error."""
    code = codes.read(typed)
    with context.store.read() as tx:
        found = receipts.find(tx, receipt_key(context, code))
        item = contributions.find(tx, found or NOBODY)
        thread = threads.of(tx, found or NOBODY)
        decided = decisions.last_decision(tx, found or NOBODY)
        topic_id = item.topic_id if item else 0
        quoted = {one.id for one in quotes(tx, topic_id)}
        answers = responses.every(tx, [ResponseStatus.PUBLISHED], topic_id)
        if item is None:
            return None
        return _look(item, topics.by_id(tx, item.topic_id), thread, decided, quoted, answers)


def _look(
    item: ReviewItem,
    topic: Topic,
    thread: Sequence[ThreadMessage],
    last: LastDecision | None,
    quoted: set[str],
    answers: Sequence[Response],
) -> Look:
    themes = _themes(item)
    mine = [one for one in answers if one.theme is None or one.theme in themes]
    rejected = item.status == ReviewStatus.REJECTED
    return Look(
        topic=topic,
        question=item.question,
        day=item.day,
        stage=_stage(item, item.id in quoted, bool(mine)),
        text=item.text,
        language=item.language,
        themes=themes,
        objections=item.objections,
        checked=item.decided is not None,
        reason=last.reason if last and rejected else None,
        read=last is not None and last.read,
        answers=mine,
        thread=thread,
        may_reply=_may_reply(item, thread),
    )


def _themes(item: ReviewItem) -> tuple[str, ...]:
    """What people decided, or else what the machine is sure of: its guesses count for nothing yet."""
    if item.decided is not None:
        return tuple(item.decided)
    return tuple(one.theme for one in item.proposed if one.sure)


def _stage(item: ReviewItem, quoted: bool, answered: bool) -> Stage:
    if item.status == ReviewStatus.WITHDRAWN:
        return Stage.WITHDRAWN
    if item.status == ReviewStatus.REJECTED:
        return Stage.NOT_COUNTED
    if item.pooled:
        return Stage.RECEIVED
    if item.decided is None or item.status != ReviewStatus.RELEASED:
        return Stage.IN_REVIEW
    if answered:
        return Stage.ANSWERED
    return Stage.QUOTED if quoted else Stage.COUNTED


def _may_reply(item: ReviewItem, thread: Sequence[ThreadMessage]) -> bool:
    written = sum(one.author == ThreadAuthor.WRITER for one in thread)
    asked = len(thread) > written
    return asked and written < MOST_REPLIES and item.status != ReviewStatus.WITHDRAWN


def _mine(context: Context, tx: Tx, typed: str) -> ReviewItem | None:
    """The voice with this receipt, locked, or None; also None for one that was withdrawn."""
    found = receipts.find(tx, receipt_key(context, codes.read(typed)))
    if found is None:
        return None
    item = contributions.get(tx, found, lock=True)
    return item if item.status != ReviewStatus.WITHDRAWN else None


def object_to(context: Context, typed: str, theme: str) -> bool:
    """“This is wrong”: a person looks at this theme again. Whether there was such a theme."""
    with context.store.write() as tx:
        item = _mine(context, tx, typed)
        if item is None:
            return False
        if theme not in _themes(item):
            return False
        attention.objects(tx, item, {*item.objections, theme})
    return True


def reply(context: Context, typed: str, text: str) -> bool:
    """The writer's answer in the thread: masked as every text, its original sealed. Whether it was kept."""
    words = normalise(text)
    if not words:
        raise BadInput(note("The field is empty. Write something, then send it."))
    if len(words) > LONGEST_REPLY:
        raise BadInput(
            note("This is longer than %(most)s characters. Shorten it.", most=LONGEST_REPLY)
        )
    with context.store.read() as tx:
        # Before the models look: nobody has them work with a code that is none.
        owner = receipts.find(tx, receipt_key(context, codes.read(typed)))
        if owner is None:
            return False
        slug = topics.slug(tx, contributions.get(tx, owner).topic_id)
    analyser = context.analyser()
    (said,) = analyser.analyse([words], slug)
    ident = secrets.token_hex(16)
    today = context.settings.today().date()
    with context.store.write() as tx:
        item = _mine(context, tx, typed)
        if item is None:
            return False
        thread = threads.of(tx, item.id)
        if not _may_reply(item, thread):
            raise Refused(note("There is no question to answer just now."))
        last = thread[-1]
        if (last.author, last.text) == (ThreadAuthor.WRITER, said.masked.text):
            return True  # the page was sent again
        threads.add(tx, item.id, ident, ThreadAuthor.WRITER, said.masked.text, today)
        sealed.add_many(tx, [sealed.Sealed(ident, seal(text, ident, context.keys), today)])
        proposals.raise_risk(tx, item, said.risk)
        urgent = said.risk.level >= HOLD_FROM
        attention.replies(tx, item, at_once=urgent)
        before = [one.text for one in thread if one.author is ThreadAuthor.WRITER]
        before += [item.text] if item.text else []
        why = said.hold if said.hold in (HOLD_SCREENED, HOLD_UNREAD) else None
        if why is None and analyser.recognisable(said.masked.text, said.language, before):
            why = HOLD_RECOGNISABLE
        if why is not None:
            mosaic.hold_waiting(tx, item.id, why)
    return True


def withdraw(context: Context, typed: str) -> bool:
    """Destroy the voice with this receipt. Whether there was one."""
    with context.store.write() as tx:
        item = _mine(context, tx, typed)
        if item is None:
            return False
        withdrawals.withdraw(context, tx, [item.id])
        # No entry in the audit trail now: its neighbours would tell when somebody sat at their phone.
        # The daily job writes how many there were.
    context.store.tidy()
    return True
