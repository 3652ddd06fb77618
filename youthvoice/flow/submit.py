"""A voice from the anonymous form: no account, no time of day, nothing of the device.

Two steps. `prepare`: the machine looks, and the writer sees what will be hidden; nothing is stored.
`send`: what was seen is stored, once, and a receipt is given.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from youthvoice import defaults
from youthvoice.channels.policies import FORM
from youthvoice.errors import BadInput, Note, Refused, YouthVoiceError, mark, note
from youthvoice.flow.campaigns import code_for
from youthvoice.flow.context import Context
from youthvoice.flow.mailroom import Letter, Mailroom
from youthvoice.flow.receive import contribution_of, source_key
from youthvoice.model import (
    Analysis,
    Label,
    LabelKind,
    Language,
    Masked,
    RawContribution,
    ReviewStatus,
    Risk,
    SelfDescription,
    Span,
    ThemeScore,
    Topic,
    TopicStatus,
)
from youthvoice.nlp.normalise import normalise
from youthvoice.store import contributions, receipts, topics
from youthvoice.store.topics import TopicHead
from youthvoice.trust import drafts, proofs
from youthvoice.trust import receipts as codes

PLAIN_QUESTIONS: tuple[tuple[str, frozenset[str]], ...] = (
    (mark("What is three plus four?"), frozenset({"7", "seven", "sept"})),
    (mark("How many days has a week?"), frozenset({"7", "seven", "sept"})),
    (mark("What is ten minus two?"), frozenset({"8", "eight", "huit"})),
    (mark("How many legs do two cats have together?"), frozenset({"8", "eight", "huit"})),
    (mark("What is the number after twelve?"), frozenset({"13", "thirteen", "treize"})),
    (mark("How many months has half a year?"), frozenset({"6", "six"})),
)
"""What is asked where no proof of work can be computed, and what may be answered, in both languages."""

PLAIN_SECONDS = 4
"""Nobody reads a preview and answers a question faster than this."""

CLOSED = note("This consultation is not open now.")
GONE = note("This was sent before, and taken back. Nothing of it is here any more.")
ONCE = note("This was sent before. A receipt is shown only once.")

REGION = re.compile(r"[KLMNP](?:[0-9][A-Z]|0)")
"""The first three characters of an Ontario postal code (Canada Post: K, L, M, N and P)."""


@dataclass(frozen=True)
class Written:
    """What somebody wrote into the form. `question` 0: the topic as a whole."""

    slug: str
    question: int
    text: str = field(repr=False)
    campaign: str | None = None
    about: SelfDescription = field(default_factory=SelfDescription)


class Preview(NamedTuple):
    """What the writer sees before sending, and what the page carries to send it.

    `masked` is empty where a detector failed: nobody will be shown the text then.
    """

    written: Written
    topic: Topic
    masked: Masked
    language: Language
    carried: str
    challenge: str
    question: str


class Sent(NamedTuple):
    """A message was stored: its receipt (nobody can tell it again) and its topic. `again`: it was before."""

    receipt: str
    topic: TopicHead
    again: bool = False


class Settled(Refused):
    """This very draft was sent before, and there is nothing more to say about it."""


class NotSent(YouthVoiceError):
    """Nothing was stored; `written` holds the words, so that the page can show them once more."""

    exit_code = 2

    def __init__(self, what: Note, written: Written) -> None:
        super().__init__(what)
        self.written = written


def region_of(typed: str) -> str | None:
    """What is kept of the first three characters of a postal code; None for what is none of Ontario's.

    Where the second character is 0 an area is rural and few people may live in it: only the district is
    kept, its first two characters.
    """
    found = REGION.match("".join(typed.split()).upper()[:3])
    if found is None:
        return None
    code = found.group()
    return code[:2] if code[1] == "0" else code


def prepare(context: Context, written: Written) -> Preview:
    """Look at a message and show what will be hidden. Stores nothing.

    Raises `BadInput` or `Refused` where it cannot be sent as it is.
    """
    text = normalise(written.text)
    if not text:
        raise BadInput(note("The field is empty. Write something, then send it."))
    if len(text) > context.settings.max_text:
        raise BadInput(
            note(
                "This is longer than %(most)s characters. Shorten it, or send it in two parts.",
                most=context.settings.max_text,
            )
        )
    topic = _open_topic(context, written)
    (said,) = context.analyser().analyse([text], topic.slug)
    content: dict[str, Any] = {
        "id": secrets.token_hex(16),
        "slug": topic.slug,
        "question": written.question,
        "text": written.text,
        "campaign": written.campaign,
        "about": asdict(written.about),
        "receipt": codes.make(),
        "said": _packed(said),
    }
    return _preview(context, content, topic)


def again(context: Context, carried: str) -> Preview | None:
    """The preview of a draft once more, with an hour before it and another small question.

    None where it is not one of ours. Raises `Refused` where it was sent already, or the topic closed.
    """
    content = drafts.read(carried, context.keys.derived("draft"), context.now())
    if content is None:
        return None
    if _is_sent(context, content):
        raise Settled(ONCE)
    topic = _open_topic(context, _written(content))
    return _preview(context, content, topic)


def _preview(context: Context, content: dict[str, Any], topic: Topic) -> Preview:
    now, settings = context.now(), context.settings
    plain = secrets.randbelow(len(PLAIN_QUESTIONS))
    content = {**content, "at": int(now.timestamp()), "plain": plain}
    said = _unpacked(content["said"])
    return Preview(
        _written(content),
        topic,
        said.masked,
        said.language,
        drafts.carry(content, context.keys.derived("draft")),
        proofs.challenge(
            content["id"],
            context.keys.derived("proof"),
            now,
            settings.proof_cost,
            settings.proof_turns,
        ),
        PLAIN_QUESTIONS[plain][0],
    )


def _open_topic(context: Context, written: Written) -> Topic:
    with context.store.read() as tx:
        topic = topics.get(tx, written.slug)
    if topic.status != TopicStatus.OPEN:
        raise Refused(CLOSED)
    if not 0 <= written.question <= topic.questions:
        raise BadInput(note("There is no such question."))
    return topic


def written_in(context: Context, carried: str) -> Written | None:
    """What a draft holds, to change it; None where it is not one of ours."""
    content = drafts.read(carried, context.keys.derived("draft"), context.now())
    return _written(content) if content is not None else None


def _written(content: dict[str, Any]) -> Written:
    return Written(
        content["slug"],
        content["question"],
        content["text"],
        content["campaign"],
        SelfDescription(**{**content["about"], "groups": tuple(content["about"]["groups"])}),
    )


def send(
    context: Context,
    carried: str,
    proof: str = "",
    answer: str = "",
    mailroom: Mailroom | None = None,
) -> Sent:
    """Store what a draft holds, once. `proof`: of work; `answer`: to the plain question instead.
    `mailroom`: where voices that come at the same moment are stored together.

    Raises `BadInput` where the draft is not one of ours, `NotSent` (with the words) where it is too old
    or neither proof nor answer holds, `Refused` where the topic closed before it was stored.
    """
    content = drafts.read(carried, context.keys.derived("draft"), context.now())
    if content is None:
        raise BadInput(
            note(
                "This page was open for too long, or changed on its way. Write your words once more."
            )
        )
    written = _written(content)
    now = context.now()
    if not drafts.is_within(content["at"], now):
        raise NotSent(
            note("This page was open for more than an hour. Look at it once more, then send it."),
            written,
        )
    _check_sender(context, content, written, proof, answer)
    with context.store.read() as tx:
        topic = topics.head(tx, written.slug)
    is_new = False
    if topic.status == TopicStatus.OPEN:
        letter = _letter(context, content, written, topic)
        is_new = (mailroom or Mailroom(context.store)).keep(letter)
    elif not _is_sent(context, content):  # or it was, and the line broke before the topic closed
        raise Refused(CLOSED)
    if not is_new and _is_withdrawn(context, receipt_key(context, content["receipt"])):
        raise Settled(GONE)
    return Sent(content["receipt"], topic, again=not is_new)


def _is_withdrawn(context: Context, key: str) -> bool:
    with context.store.read() as tx:
        found = contributions.find(tx, receipts.find(tx, key) or "")
    return found is None or found.status == ReviewStatus.WITHDRAWN


def _is_sent(context: Context, content: dict[str, Any]) -> bool:
    key = source_key(context.keys, FORM, content["id"])
    with context.store.read() as tx:
        return bool(contributions.seen(tx, [key]))


def _check_sender(
    context: Context, content: dict[str, Any], written: Written, proof: str, answer: str
) -> None:
    if proof and proofs.is_solved(proof, content["id"], context.keys.derived("proof")):
        return
    if proof:
        raise NotSent(
            note("The check of your device did not fit. Look at it once more, then send it."),
            written,
        )
    given = set(re.findall(r"\w+", answer.lower()))
    named = given & frozenset().union(*(right for _question, right in PLAIN_QUESTIONS))
    if not named or not named <= PLAIN_QUESTIONS[content["plain"]][1]:
        raise NotSent(
            note("The answer to the small question was not right. Here is another one."), written
        )
    if context.now().timestamp() - content["at"] < PLAIN_SECONDS:
        raise NotSent(note("That was very fast. Take a moment, then send it again."), written)


def _letter(
    context: Context, content: dict[str, Any], written: Written, topic: TopicHead
) -> Letter:
    raw = RawContribution(
        channel=FORM,
        source_key=content["id"],
        text=written.text,
        day=context.settings.today().date(),
        question=written.question,
        campaign=code_for(context, written.campaign, topic.id),
    )
    said = _unpacked(content["said"])
    item = contribution_of(raw, normalise(raw.text), said, topic.id, context.keys, pooled=True)
    return Letter(item, receipt_key(context, content["receipt"]), written.about)


def receipt_key(context: Context, code: str) -> str:
    """The keyed hash under which a receipt is known; the code itself is nowhere."""
    return context.keys.pseudonym("receipt", code)


def about(
    context: Context, age_band: str, region: str, first_language: str, groups: list[str]
) -> SelfDescription:
    """What a writer chose to say of themselves; what is not among the choices is left out."""
    choices = defaults.about_you(context.settings.home)
    known = {choice.id for choice in choices.groups}
    return SelfDescription(
        age_band if age_band in {choice.id for choice in choices.age_bands} else None,
        region_of(region),
        first_language if first_language in {one.id for one in choices.first_languages} else None,
        tuple(sorted({group for group in groups if group in known})),
    )


def _packed(said: Analysis) -> dict[str, Any]:
    return {
        "language": str(said.language),
        "masked": said.masked.text,
        "spans": [asdict(span) for span in said.masked.spans],
        "risk": [said.risk.level, list(said.risk.reasons)],
        "themes": [[one.theme, one.score, one.sure] for one in said.themes],
        "labels": [[str(one.kind), one.value, one.score, one.sure] for one in said.labels],
        "shares": dict(said.shares),
        "hold": said.hold,
        "model": said.model,
    }


def _unpacked(packed: dict[str, Any]) -> Analysis:
    return Analysis(
        Language(packed["language"]),
        Masked(packed["masked"], tuple(Span(**span) for span in packed["spans"])),
        Risk(packed["risk"][0], tuple(packed["risk"][1])),
        tuple(ThemeScore(*one) for one in packed["themes"]),
        packed["hold"],
        packed["model"],
        # A page that was open during the update carries neither.
        tuple(Label(LabelKind(kind), *rest) for kind, *rest in packed.get("labels", ())),
        packed.get("shares", {}),
    )
