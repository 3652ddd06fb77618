"""The words of this domain, as frozen dataclasses and enums. Standard library only.

Anything that carries what a person wrote hides it in its `repr`, so that a log line or an exception
that prints an object prints no text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

LANGUAGES = ("en", "fr")
"""The two languages of every topic, page and announcement."""

Bilingual = Mapping[str, str]
"""A text in both languages: keys `en` and `fr`."""


class Language(StrEnum):
    """The language of one message."""

    EN = "en"
    FR = "fr"
    MIXED = "mixed"
    """Both of ours, inside one message."""
    OTHER = "other"
    UNDECIDED = "undecided"


class Position(StrEnum):
    """What an answer says to a question that asks for a position."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    MIXED = "mixed"
    NOT_STATED = "not_stated"


class Feeling(StrEnum):
    """How a message sounds."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class LabelKind(StrEnum):
    """What a message is given one value of, beside its themes."""

    POSITION = "position"
    FEELING = "feeling"


class CodebookStatus(StrEnum):
    """Where a codebook stands: a draft can be edited, a frozen version never."""

    DRAFT = "draft"
    FROZEN = "frozen"


class Sample(StrEnum):
    """Why a message was given to somebody to code: by chance, to measure the machine, or to teach it most."""

    CHECK = "check"
    TEACH = "teach"


class TopicStatus(StrEnum):
    """Where a topic stands, from its first draft to its answer."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"


class PostingStatus(StrEnum):
    """Where a post of ours stands; `ambiguous`: it may be live, look before trying again."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    AMBIGUOUS = "ambiguous"
    FAILED = "failed"


class ReviewStatus(StrEnum):
    """Where a contribution stands with people: `waiting` for a first look, then one of the others."""

    WAITING = "waiting"
    HELD = "held"
    RELEASED = "released"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ResponseStatus(StrEnum):
    """Where a ministry's answer stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"


class ThreadAuthor(StrEnum):
    """Who wrote a message of the anonymous thread under a voice."""

    COMMITTEE = "committee"
    WRITER = "writer"


class Attention(StrEnum):
    """Why a message that people have seen already needs another look."""

    OBJECTION = "objection"
    REPLY = "reply"


class Stage(StrEnum):
    """How far a voice has come, as its writer sees it."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    COUNTED = "counted"
    QUOTED = "quoted"
    ANSWERED = "answered"
    NOT_COUNTED = "not_counted"
    WITHDRAWN = "withdrawn"


class DecisionKind(StrEnum):
    """What a ministry decided about something that young people said."""

    DOING = "doing"
    PLANNED = "planned"
    STUDYING = "studying"
    NOT_NOW = "not_now"


class Role(StrEnum):
    """What somebody may do here. One person may hold several; a rule names one."""

    VISITOR = "visitor"
    EDITOR = "editor"
    SAFETY = "safety"
    MINISTRY = "ministry"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Actor:
    """A person who acts: `name` identifies them in the audit log, `role` is what they act as."""

    name: str
    role: Role


@dataclass(frozen=True)
class Ministry:
    """Who must answer. `name` in both languages; names change with governments, ids do not."""

    id: str
    name: Bilingual


@dataclass(frozen=True)
class Theme:
    """A theme of the codebook with its name in both languages and words that suggest it."""

    id: str
    name: Bilingual
    words: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class CodebookTheme:
    """One theme of a topic's codebook. `level` 1: one of the common themes; 2: the topic's own, under `parent`.

    `examples` are masked words of messages or written by the committee; `not_meant` says what does not
    belong here. The id stays the same in later versions of the codebook.
    """

    id: str
    level: int
    parent: str | None
    name: Bilingual
    description: Bilingual
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    not_meant: Bilingual = field(default_factory=dict)


@dataclass(frozen=True)
class Codebook:
    """A version of a topic's themes. Frozen once somebody who did not make it has signed it off."""

    topic_id: int
    version: int
    status: CodebookStatus
    themes: Sequence[CodebookTheme]
    made_by: str
    made_on: date
    signed_by: str | None = None
    signed_on: date | None = None
    id: int = 0


@dataclass(frozen=True)
class TopicText:
    """What a topic says in one language. `influence`: what the answers will influence."""

    title: str
    context: str
    influence: str
    hashtag: str
    questions: Sequence[str]


@dataclass(frozen=True)
class Topic:
    """A consultation topic. `slug` is its stable public id; dates are days in the settings' zone."""

    slug: str
    status: TopicStatus
    ministry: str
    opens_on: date
    closes_on: date
    answer_due_on: date
    proposed_by: str
    texts: Mapping[str, TopicText]
    id: int = 0
    standing: bool = False
    """Always open, never posted: where young people raise an issue of their own."""
    positions: Sequence[int] = ()
    """The questions (from 1) that ask whether somebody agrees."""

    @property
    def questions(self) -> int:
        """How many questions the topic has, the same in both languages."""
        return len(self.texts["en"].questions)


@dataclass(frozen=True)
class Span:
    """A part of a text that may identify somebody: characters `start` to `end` (exclusive).

    `score` is the detector's confidence from 0 to 1, `detector` and `reason` say who found it and why.
    """

    start: int
    end: int
    kind: str
    score: float
    detector: str
    reason: str = ""


@dataclass(frozen=True)
class Masked:
    """A text after masking, with the spans (offsets in the normalised original) that were replaced."""

    text: str = field(repr=False)
    spans: Sequence[Span] = ()


@dataclass(frozen=True)
class Risk:
    """A level of the social-media risk scale (1 routine to 5 imminent) and the rules that raised it."""

    level: int = 1
    reasons: Sequence[str] = ()


@dataclass(frozen=True)
class ThemeScore:
    """The machine's proposal of one theme, with a score from 0 to 1; not `sure`: a person should look."""

    theme: str
    score: float
    sure: bool = True


@dataclass(frozen=True)
class Label:
    """The machine's proposal of a position or a feeling; not `sure`: a person should look."""

    kind: LabelKind
    value: str
    score: float
    sure: bool = True


@dataclass(frozen=True)
class LanguageRead:
    """The language of a message, and the share of its words in each (`en`, `fr`, `other`; sum 1 or empty)."""

    language: Language
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Coding:
    """What one person said of one message, apart from what the machine and others said."""

    contribution_id: str
    codebook_id: int
    actor: str
    sample: Sample
    themes: Sequence[str]
    labels: Mapping[str, str]
    coded_on: date


@dataclass(frozen=True)
class Analysis:
    """What the machine says of one message. `hold` names why a person must see it first, if so."""

    language: Language
    masked: Masked
    risk: Risk
    themes: Sequence[ThemeScore]
    hold: str | None
    model: str
    labels: Sequence[Label] = ()
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class RawContribution:
    """One message as it came in, before the door. Never stored, never logged.

    `source_key` identifies it on its channel (a platform's id, a file's row), so that it is accepted
    once. `ref` is the platform's id, kept only where deletions must be followed. `day` is when it was
    written, in the settings' zone. `question` counts from 1; 0 is the topic as a whole. `version` names
    an edited text. `campaign` is the code of the postcard or poster that led here.
    """

    channel: str
    source_key: str = field(repr=False)
    text: str = field(repr=False)
    day: date
    question: int = 0
    ref: str | None = field(default=None, repr=False)
    author_key: str | None = field(default=None, repr=False)
    version: str = field(default="", repr=False)
    campaign: str | None = None


@dataclass(frozen=True)
class SealedItem:
    """An encrypted original: `nonce` and `ciphertext`, and its data key wrapped for each role.

    `pairs` names the key pair of each role that the data key is wrapped for.
    """

    nonce: bytes = field(repr=False)
    ciphertext: bytes = field(repr=False)
    wrapped: Mapping[str, bytes] = field(repr=False)
    pairs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SelfDescription:
    """What a writer chose to say of themselves; every part may be left out.

    `region`: the first three characters of a postal code, fewer where few people live.
    """

    age_band: str | None = field(default=None, repr=False)
    region: str | None = field(default=None, repr=False)
    first_language: str | None = field(default=None, repr=False)
    groups: Sequence[str] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return bool(self.age_band or self.region or self.first_language or self.groups)


@dataclass(frozen=True)
class ThreadMessage:
    """One message of the anonymous thread under a voice; a writer's is the masked version."""

    id: str
    author: ThreadAuthor
    day: date
    text: str = field(repr=False)


@dataclass(frozen=True)
class Contribution:
    """One voice, after the door: what may be read, and what the machine proposed."""

    id: str
    topic_id: int
    question: int
    channel: str
    source_key: str = field(repr=False)
    ref: str | None = field(repr=False)
    author_key: str | None = field(repr=False)
    text_key: str = field(repr=False)
    day: date
    language: Language
    masked: Masked | None = field(repr=False)
    risk: Risk
    status: ReviewStatus
    hold: str | None
    themes: Sequence[ThemeScore]
    model: str
    sealed: SealedItem | None = field(default=None, repr=False)
    version: str | None = field(default=None, repr=False)
    campaign: str | None = None
    pooled: bool = False
    """Not yet released to reviewers: arrivals are released in shuffled batches."""
    labels: Sequence[Label] = ()
    shares: Mapping[str, float] = field(default_factory=dict)
    """The share of its words in each language."""


@dataclass(frozen=True)
class ReviewItem:
    """A contribution as a reviewer sees it: the machine's proposal and people's decision, side by side."""

    id: str
    topic: str
    question: int
    channel: str
    day: date
    language: str
    text: str | None = field(repr=False)
    spans: Sequence[Span]
    risk: Risk
    status: ReviewStatus
    hold: str | None
    proposed: Sequence[ThemeScore]
    decided: Sequence[str] | None
    attention: Attention | None = None
    objections: Sequence[str] = ()
    """Themes of which the writer says that they are wrong."""
    alike: int = 0
    """How many other messages on the topic say nearly the same."""
    pooled: bool = False
    topic_id: int = 0
    labels: Sequence[Label] = ()
    decided_labels: Mapping[str, str] = field(default_factory=dict)
    """What people said of its position and feeling, by kind; kinds of which they said nothing lack."""
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Posting:
    """One post that we make: a part of a topic, on a channel, in a language, for a purpose.

    `part` counts the posts of a thread from 0; `question` is what a part asks (0: the context).
    `external_id` is the platform's id once sent. `failures`: tries that did not reach the platform,
    or for a post that may be live: how often it was not found since it was last sent. `looks`: turns
    after which it still may be live.
    """

    id: int
    topic_id: int
    part: int
    channel: str
    language: str
    purpose: str
    status: PostingStatus
    text: str
    external_id: str | None
    attempts: int
    error: str | None
    not_before: datetime | None = None
    question: int = 0
    failures: int = 0
    looks: int = 0
    first_tried_at: datetime | None = None


@dataclass(frozen=True)
class Response:
    """A ministry's answer to what was said on a topic (`theme` None: on the topic as a whole).

    `said`, `did` and `reason` hold both languages. `messages` is how many voices it answers, from how many
    different `texts`, frozen at publication.
    """

    id: int
    topic_id: int
    topic: str
    theme: str | None
    kind: DecisionKind
    said: Bilingual
    did: Bilingual
    reason: Bilingual
    status: ResponseStatus
    written_by: str
    decided_on: date
    messages: int | None = None
    texts: int | None = None


@dataclass(frozen=True)
class Cell:
    """One figure of a rollup: `messages` voices from `texts` distinct texts, or suppressed (None)."""

    values: Mapping[str, str]
    messages: int | None
    texts: int | None

    @property
    def suppressed(self) -> bool:
        """Whether the figure is withheld because it, or a neighbour, is small."""
        return self.messages is None


@dataclass(frozen=True)
class TopicTotals:
    """The figures that head a topic: voices, distinct texts, and how many stand where in review."""

    messages: int
    texts: int
    waiting: int
    held: int
    released: int
    rejected: int
    withdrawn: int
    computed_at: datetime


@dataclass(frozen=True)
class JobRun:
    """One turn of a job: `slot` is the instant (UTC) it was due, at most one run a slot."""

    job: str
    slot: datetime
    status: str
    started_at: datetime | None
    finished_at: datetime | None
    counts: Mapping[str, int]
    error: str | None


@dataclass(frozen=True)
class Pause:
    """A channel's verb that waits: why (`kind` and `code`), since when, until when, how often in a row."""

    channel: str
    verb: str
    since: datetime
    until: datetime
    kind: str
    code: str
    times: int


@dataclass(frozen=True)
class Spent:
    """What calls cost: `micros` are millionths of a US dollar. `topic_id` None: shared by all topics."""

    channel: str
    account: str
    operation: str
    topic_id: int | None
    calls: int
    units: int
    micros: int


@dataclass(frozen=True)
class Campaign:
    """A batch of postcards, posters or a workshop: a short code that leads to a topic's form."""

    code: str
    topic_id: int
    name: str
    made_on: date
    made_by: str
