"""The editorial rules, as data: each status, where it may go next, and who may move it there.

`check_…` raises `Refused` with the reason, its `can_…` twin answers a screen. The diagram in
docs/design.md is generated from these tables (`youthvoice topic workflow`) and compared in the tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from youthvoice.errors import BadInput, Note, Refused, mark, note
from youthvoice.model import (
    LANGUAGES,
    Actor,
    Bilingual,
    DecisionKind,
    ResponseStatus,
    ReviewStatus,
    Role,
    Stage,
    Topic,
    TopicStatus,
)

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
HASHTAG = re.compile(r"\w{1,60}")


@dataclass(frozen=True)
class Move:
    """A permitted step. `role` None: only the program itself; `second_person`: not its author."""

    source: StrEnum
    target: StrEnum
    role: Role | None
    second_person: bool = False


TOPIC_MOVES = (
    Move(TopicStatus.DRAFT, TopicStatus.PROPOSED, Role.EDITOR),
    Move(TopicStatus.PROPOSED, TopicStatus.DRAFT, Role.EDITOR),
    Move(TopicStatus.PROPOSED, TopicStatus.APPROVED, Role.EDITOR, second_person=True),
    Move(TopicStatus.APPROVED, TopicStatus.OPEN, None),
    Move(TopicStatus.OPEN, TopicStatus.CLOSED, Role.EDITOR),
    Move(TopicStatus.OPEN, TopicStatus.CLOSED, None),
    Move(TopicStatus.OPEN, TopicStatus.ANSWERED, None),
    Move(TopicStatus.CLOSED, TopicStatus.ANSWERED, None),
)

REVIEW_MOVES = (
    Move(ReviewStatus.WAITING, ReviewStatus.RELEASED, Role.EDITOR),
    Move(ReviewStatus.WAITING, ReviewStatus.HELD, Role.EDITOR),
    Move(ReviewStatus.WAITING, ReviewStatus.REJECTED, Role.EDITOR),
    Move(ReviewStatus.HELD, ReviewStatus.RELEASED, Role.EDITOR),
    Move(ReviewStatus.HELD, ReviewStatus.REJECTED, Role.EDITOR),
    Move(ReviewStatus.RELEASED, ReviewStatus.HELD, Role.EDITOR),
    Move(ReviewStatus.REJECTED, ReviewStatus.HELD, Role.EDITOR),
)

RESPONSE_MOVES = (
    Move(ResponseStatus.DRAFT, ResponseStatus.SUBMITTED, Role.MINISTRY),
    Move(ResponseStatus.SUBMITTED, ResponseStatus.DRAFT, Role.EDITOR),
    Move(ResponseStatus.SUBMITTED, ResponseStatus.APPROVED, Role.EDITOR, second_person=True),
    Move(ResponseStatus.APPROVED, ResponseStatus.PUBLISHED, None),
)


STATUS_NAMES: dict[StrEnum, str] = {
    TopicStatus.DRAFT: mark("draft"),
    TopicStatus.PROPOSED: mark("proposed"),
    TopicStatus.APPROVED: mark("approved"),
    TopicStatus.OPEN: mark("open"),
    TopicStatus.CLOSED: mark("closed"),
    TopicStatus.ANSWERED: mark("answered"),
    ReviewStatus.WAITING: mark("waiting"),
    ReviewStatus.HELD: mark("held"),
    ReviewStatus.RELEASED: mark("released"),
    ReviewStatus.REJECTED: mark("rejected"),
    ReviewStatus.WITHDRAWN: mark("withdrawn"),
    ResponseStatus.SUBMITTED: mark("submitted"),
    ResponseStatus.PUBLISHED: mark("published"),
}
"""What people call each status; a message id of the catalogue."""

STAGE_NAMES: dict[Stage, str] = {
    Stage.RECEIVED: mark("Received"),
    Stage.IN_REVIEW: mark("In review"),
    Stage.COUNTED: mark("Counted"),
    Stage.QUOTED: mark("Quoted"),
    Stage.ANSWERED: mark("Answered"),
    Stage.NOT_COUNTED: mark("Not counted"),
    Stage.WITHDRAWN: mark("Taken back"),
}
"""What a writer reads about how far a voice has come."""

STAGE_WORDS: dict[Stage, str] = {
    Stage.RECEIVED: mark("It is here, and goes to the people who read together with others."),
    Stage.IN_REVIEW: mark("It counts already. A person reads it and checks what it is about."),
    Stage.COUNTED: mark("It counts in every figure of its topic."),
    Stage.QUOTED: mark("It counts, and its topic’s page quotes it."),
    Stage.ANSWERED: mark("It counts, and the ministry has answered. The answer is below."),
    Stage.NOT_COUNTED: mark("It was left out of the figures."),
    Stage.WITHDRAWN: mark("Its words are destroyed. Figures that were published with it stay."),
}
"""What each stage means, in a sentence to the writer."""

DECISION_NAMES: dict[DecisionKind, str] = {
    DecisionKind.DOING: mark("We are doing it"),
    DecisionKind.PLANNED: mark("We will do it"),
    DecisionKind.STUDYING: mark("We need to find out more"),
    DecisionKind.NOT_NOW: mark("Not now"),
}
"""What people call each kind of decision."""

ROLE_NAMES: dict[Role, str] = {
    Role.VISITOR: mark("young person"),
    Role.EDITOR: mark("committee"),
    Role.SAFETY: mark("safety officer"),
    Role.MINISTRY: mark("ministry"),
    Role.OPERATOR: mark("operator"),
}
"""What people call each role; a message id of the catalogue."""

TOPIC_FIELDS = {
    "title": mark("title"),
    "context": mark("context"),
    "influence": mark("influence"),
    "hashtag": mark("hashtag"),
}
"""What people call the parts of a topic; message ids of the catalogue."""

TABLES = {"topic": TOPIC_MOVES, "review": REVIEW_MOVES, "response": RESPONSE_MOVES}


def check_move(
    moves: tuple[Move, ...],
    source: StrEnum,
    target: StrEnum,
    actor: Actor | None,
    author: str | None = None,
) -> None:
    """Refuse a step that the table does not hold, or that this `actor` may not take.

    `actor` None is the program itself. `author` is who wrote the thing, for second-person rules.
    """
    found = [move for move in moves if move.source == source and move.target == target]
    if not found:
        raise Refused(
            note(
                "What is “%(source)s” cannot become “%(target)s”.",
                source=Note(STATUS_NAMES[source]),
                target=Note(STATUS_NAMES[target]),
            )
        )
    role = actor.role if actor else None
    move = next((move for move in found if move.role == role), None)
    if move is None:
        needed = found[0].role
        raise Refused(
            note(
                "This step is for the role “%(role)s”.",
                role=Note(ROLE_NAMES[needed]) if needed else note("the program itself"),
            )
        )
    if move.second_person and actor is not None and actor.name == author:
        raise Refused(
            note("A second person must approve this: you wrote it yourself."),
            note("Ask another member of the committee to read and approve it."),
        )


def can_move(
    moves: tuple[Move, ...],
    source: StrEnum,
    target: StrEnum,
    actor: Actor | None,
    author: str | None = None,
) -> bool:
    """Whether `check_move` would pass."""
    try:
        check_move(moves, source, target, actor, author)
    except Refused:
        return False
    return True


def check_both_languages(name: Note, text: Bilingual) -> None:
    """Refuse a text that lacks one of the two languages; `name` says which text."""
    missing = [language for language in LANGUAGES if not text.get(language, "").strip()]
    if missing:
        raise Refused(
            note(
                "“%(name)s” is missing in: %(languages)s. Both languages leave together.",
                name=name,
                languages=", ".join(missing),
            )
        )


def check_topic_complete(topic: Topic) -> None:
    """Refuse a topic that lacks a text in one language, a question, or a sensible order of dates."""
    for field, name in TOPIC_FIELDS.items():
        check_both_languages(
            Note(name), {lang: str(getattr(text, field)) for lang, text in topic.texts.items()}
        )
    if not SLUG.fullmatch(topic.slug):
        raise BadInput(
            note("“%(slug)s” cannot be a topic’s short name.", slug=topic.slug[:80]),
            note("Use lower-case letters, digits and hyphens, at most 60: getting-around"),
        )
    if not all(HASHTAG.fullmatch(text.hashtag) for text in topic.texts.values()):
        raise BadInput(
            note("A hashtag has letters and digits only, at most 60, without the sign #.")
        )
    counts = {len(topic.texts[lang].questions) for lang in LANGUAGES}
    if len(counts) != 1 or 0 in counts:
        raise Refused(note("A topic needs the same questions, at least one, in both languages."))
    for number in range(topic.questions):
        check_both_languages(
            note("question %(n)s", n=number + 1),
            {lang: topic.texts[lang].questions[number] for lang in LANGUAGES},
        )
    if not topic.opens_on <= topic.closes_on <= topic.answer_due_on:
        raise Refused(note("A topic opens, then closes, then is answered: check its three dates."))


def diagram(name: str) -> str:
    """The Mermaid state diagram of one table, for the documentation."""
    lines = ["stateDiagram-v2"]
    for move in TABLES[name]:
        who = str(move.role) if move.role else "system"
        second = ", second person" if move.second_person else ""
        lines.append(f"    {move.source} --> {move.target}: {who}{second}")
    return "\n".join(lines)
