"""The tables. Each column has one writer; times are coarse on purpose (a contribution keeps its day)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment, stored and returned in UTC on both databases (SQLite forgets zones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Store in UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return aware, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


topic = Table(
    "topic",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(60), nullable=False, unique=True),
    Column("status", String(20), nullable=False),
    Column("ministry", String(60), nullable=False),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("answer_due_on", Date, nullable=False),
    Column("proposed_by", String(120), nullable=False),
    Column("standing", Boolean, nullable=False, server_default="0"),
    Column("positions", JSON, nullable=False, server_default="[]"),
)

topic_text = Table(
    "topic_text",
    metadata,
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
    Column("language", String(2), primary_key=True),
    Column("title", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("influence", Text, nullable=False),
    Column("hashtag", String(60), nullable=False),
)

question_text = Table(
    "question_text",
    metadata,
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("language", String(2), primary_key=True),
    Column("text", Text, nullable=False),
)

posting = Table(
    "posting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("channel", String(30), nullable=False),
    Column("language", String(2), nullable=False),
    Column("purpose", String(60), nullable=False),
    Column("status", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("external_id", String(200)),
    Column("attempts", Integer, nullable=False, default=0),
    Column("error", String(60)),
    Column("not_before", Instant),
    Column("question", Integer, nullable=False, server_default="0"),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("looks", Integer, nullable=False, server_default="0"),
    Column("first_tried_at", Instant),
    UniqueConstraint("topic_id", "part", "channel", "language", "purpose"),
)

collection = Table(
    "collection",
    metadata,
    Column("channel", String(30), primary_key=True),
    Column("account", String(2), primary_key=True),
    Column("cursor", JSON, nullable=False),
    Column("last_run_at", Instant, nullable=False),
    Column("last_complete_at", Instant),
    Column("last_new", Integer, nullable=False),
    Column("empty_runs", Integer, nullable=False),
    Column("gap_from", Instant),
    Column("began_at", Instant, nullable=False),
)

pause = Table(
    "pause",
    metadata,
    Column("channel", String(30), primary_key=True),
    Column("verb", String(20), primary_key=True),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("code", String(60), nullable=False),
    Column("times", Integer, nullable=False),
)

# One row a day, account, operation and topic (0: shared by all); money in millionths of a US dollar.
charge = Table(
    "charge",
    metadata,
    Column("day", Date, primary_key=True),
    Column("channel", String(30), primary_key=True),
    Column("account", String(2), primary_key=True),
    Column("operation", String(30), primary_key=True),
    Column("topic_id", Integer, primary_key=True, autoincrement=False),
    Column("calls", Integer, nullable=False),
    Column("units", Integer, nullable=False),
    Column("micros", BigInteger, nullable=False),
)

campaign = Table(
    "campaign",
    metadata,
    Column("code", String(12), primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), nullable=False),
    Column("name", String(120), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("made_by", String(120), nullable=False),
)

# No row ids here: they would keep the order in which messages arrived.
contribution = Table(
    "contribution",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), nullable=False),
    Column("question", Integer, nullable=False),
    Column("channel", String(30), nullable=False),
    Column("source_key", String(64), nullable=False, unique=True),
    Column("ref", String(200)),
    Column("author_key", String(64)),
    Column("text_key", String(64), nullable=False),
    Column("own_text_key", String(64), nullable=False, server_default=""),
    Column("day", Date, nullable=False),
    Column("week", Date, nullable=False),
    Column("language", String(10), nullable=False),
    Column("masked", LargeBinary),
    Column("spans", JSON, nullable=False),
    Column("risk_level", Integer, nullable=False),
    Column("risk_reasons", JSON, nullable=False),
    Column("status", String(20), nullable=False),
    Column("hold", String(60)),
    Column("model", String(60), nullable=False),
    Column("has_decision", Boolean, nullable=False, default=False),
    Column("version", String(64)),
    Column("checked_on", Date),
    Column("check_by", Instant),
    Column("campaign", String(12), index=True),
    Column("pooled", Boolean, nullable=False, server_default="0", index=True),
    Column("compared", Boolean, nullable=False, server_default="0", index=True),
    Column("objected", String(10)),
    Column("replied", String(10)),
    Column("objections", JSON, nullable=False, server_default="[]"),
    Column("uncounted", Boolean, nullable=False, server_default="0"),
    Column("shares", JSON, nullable=False, server_default="{}"),
    Index("ix_contribution_queue", "topic_id", "status", "risk_level"),
    Index("ix_contribution_text", "topic_id", "text_key"),
    Index("ix_contribution_status", "topic_id", "status", "id"),
    Index("ix_contribution_ref", "channel", "ref"),
    sqlite_with_rowid=False,
)

# One key a message: it opens the masked text and the thread here. In a backup it is apart, so that
# what was withdrawn cannot be read in an older one.
masked_key = Table(
    "masked_key",
    metadata,
    Column("contribution_id", ForeignKey("contribution.id"), primary_key=True),
    Column("key", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# `item_id`: of a contribution, of a row kept aside, or of a writer's message in a thread.
sealed_original = Table(
    "sealed_original",
    metadata,
    Column("item_id", String(32), primary_key=True),
    Column("nonce", LargeBinary, nullable=False),
    Column("ciphertext", LargeBinary, nullable=False),
    Column("day", Date, nullable=False),
    sqlite_with_rowid=False,
)

data_key = Table(
    "data_key",
    metadata,
    Column("item_id", String(32), primary_key=True),
    Column("role", String(30), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("pair", String(16), nullable=False),
    Index("ix_data_key_pair", "role", "pair"),
    sqlite_with_rowid=False,
)

self_description = Table(
    "self_description",
    metadata,
    Column("contribution_id", ForeignKey("contribution.id"), primary_key=True),
    Column("age_band", String(20)),
    Column("region", String(10)),
    Column("first_language", String(20)),
    Column("groups", JSON, nullable=False),
    sqlite_with_rowid=False,
)

# How many voices gave each answer of the form's optional part: only grows, a batch at a time.
heard_count = Table(
    "heard_count",
    metadata,
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
    Column("part", String(20), primary_key=True),
    Column("answer", String(60), primary_key=True),
    Column("messages", Integer, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("receipt_key", String(64), primary_key=True),
    Column("contribution_id", ForeignKey("contribution.id"), nullable=False, unique=True),
    sqlite_with_rowid=False,
)

thread_message = Table(
    "thread_message",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("contribution_id", ForeignKey("contribution.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("author", String(20), nullable=False),
    Column("actor", String(120)),
    Column("day", Date, nullable=False),
    Column("text", LargeBinary, nullable=False),
    UniqueConstraint("contribution_id", "position"),
    sqlite_with_rowid=False,
)

# Nearly the same texts: keyed MinHash of the first one of each group, and the bands that find it.
likeness = Table(
    "likeness",
    metadata,
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
    Column("text_key", String(64), primary_key=True),
    Column("signature", LargeBinary, nullable=False),
    Column("length", Integer, nullable=False),
    sqlite_with_rowid=False,
)

likeness_band = Table(
    "likeness_band",
    metadata,
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
    Column("band", String(40), primary_key=True),
    Column("text_key", String(64), primary_key=True),
    Index("ix_likeness_band_text", "topic_id", "text_key"),
    sqlite_with_rowid=False,
)

proposed_theme = Table(
    "proposed_theme",
    metadata,
    Column("contribution_id", ForeignKey("contribution.id"), primary_key=True),
    Column("theme", String(60), primary_key=True),
    Column("score", Float, nullable=False),
    Column("model", String(60), nullable=False),
    Column("sure", Boolean, nullable=False, server_default="1"),
    sqlite_with_rowid=False,
)

# Position and feeling: one value of each kind a message.
proposed_label = Table(
    "proposed_label",
    metadata,
    Column("contribution_id", ForeignKey("contribution.id"), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("value", String(20), nullable=False),
    Column("score", Float, nullable=False),
    Column("sure", Boolean, nullable=False),
    Column("model", String(60), nullable=False),
    sqlite_with_rowid=False,
)

decided_label = Table(
    "decided_label",
    metadata,
    Column("contribution_id", ForeignKey("contribution.id"), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("value", String(20), nullable=False),
    sqlite_with_rowid=False,
)

codebook = Table(
    "codebook",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(20), nullable=False),
    Column("made_by", String(120), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("signed_by", String(120)),
    Column("signed_on", Date),
    UniqueConstraint("topic_id", "version"),
)

codebook_theme = Table(
    "codebook_theme",
    metadata,
    Column("codebook_id", ForeignKey("codebook.id"), primary_key=True),
    Column("theme", String(60), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("level", Integer, nullable=False),
    Column("parent", String(60)),
    Column("name", JSON, nullable=False),
    Column("description", JSON, nullable=False),
    Column("examples", JSON, nullable=False),
    Column("not_meant", JSON, nullable=False),
)

# Which codebook and which learned weights map a topic's messages now: changed only by a person.
mapping = Table(
    "mapping",
    metadata,
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
    Column("codebook_id", ForeignKey("codebook.id"), nullable=False),
    Column("model", String(60), nullable=False),
    Column("learned", JSON),
    Column("learned_from", Integer, nullable=False),
    Column("applied_by", String(120), nullable=False),
    Column("applied_on", Date, nullable=False),
)

# What people said of single messages apart from moderation, each without seeing the others'.
coding = Table(
    "coding",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("contribution_id", ForeignKey("contribution.id"), nullable=False, index=True),
    Column("codebook_id", ForeignKey("codebook.id"), nullable=False, index=True),
    Column("actor", String(120), nullable=False),
    Column("sample", String(20), nullable=False),
    Column("themes", JSON, nullable=False),
    Column("labels", JSON, nullable=False),
    Column("proposed", JSON, nullable=False),
    Column("model", String(60), nullable=False),
    Column("coded_on", Date, nullable=False),
    UniqueConstraint("contribution_id", "codebook_id", "actor"),
    sqlite_with_rowid=False,
)

decided_theme = Table(
    "decided_theme",
    metadata,
    Column("contribution_id", ForeignKey("contribution.id"), primary_key=True),
    Column("theme", String(60), primary_key=True),
    sqlite_with_rowid=False,
)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contribution_id", ForeignKey("contribution.id"), nullable=False, index=True),
    Column("actor", String(120), nullable=False),
    Column("status", String(20), nullable=False),
    Column("themes", JSON, nullable=False),
    Column("proposed", JSON, nullable=False),
    Column("model", String(60), nullable=False),
    Column("reason", String(60)),
    Column("decided_at", Instant, nullable=False),
    Column("read", Boolean, nullable=False, server_default="1"),
)

# What people said of the masks: places in the sealed originals, never a word of them.
span_correction = Table(
    "span_correction",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("contribution_id", ForeignKey("contribution.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", String(60), nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("language", String(10), nullable=False),
    Column("day", Date, nullable=False),
    Column("actor", String(120), nullable=False),
    Column("detector", String(120)),
    Column("score", Float),
    Column("model", String(60), nullable=False),
    sqlite_with_rowid=False,
)

response = Table(
    "response",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), nullable=False),
    Column("theme", String(60)),
    Column("kind", String(20), nullable=False),
    Column("said", JSON, nullable=False),
    Column("did", JSON, nullable=False),
    Column("reason", JSON, nullable=False),
    Column("status", String(20), nullable=False),
    Column("written_by", String(120), nullable=False),
    Column("decided_on", Date, nullable=False),
    Column("messages", Integer),
    Column("texts", Integer),
)

rollup = Table(
    "rollup",
    metadata,
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
    Column("slice", String(40), primary_key=True),
    Column("question", String(10), primary_key=True),
    Column("theme", String(60), primary_key=True),
    Column("language", String(10), primary_key=True),
    Column("channel", String(30), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("week", String(10), primary_key=True),
    Column("position", String(20), primary_key=True),
    Column("feeling", String(20), primary_key=True),
    Column("messages", Integer),
    Column("texts", Integer),
)

topic_total = Table(
    "topic_total",
    metadata,
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
    Column("messages", Integer, nullable=False),
    Column("texts", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("released", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("computed_at", Instant, nullable=False),
    Column("fingerprint", String(120), nullable=False),
)

kept_aside = Table(
    "kept_aside",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), nullable=False),
    Column("row_key", String(64), nullable=False, unique=True),
    Column("source", String(200), nullable=False),
    Column("line", Integer, nullable=False),
    Column("reason", String(60), nullable=False),
)

job_run = Table(
    "job_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job", String(40), nullable=False),
    Column("slot", Instant, nullable=False),
    Column("runner", String(120)),
    Column("status", String(20), nullable=False),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Column("counts", JSON, nullable=False),
    Column("error", String(120)),
    UniqueConstraint("job", "slot"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", String(120), nullable=False),
    Column("role", String(20), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("reason", String(60), nullable=False, server_default=""),
    Column("commitment", String(64), nullable=False, server_default=""),
    Column("mac", String(64), nullable=False, server_default=""),
)

# One row: how many entries there are and the keyed hash over that and the last of them.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("mac", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)

# Keyed hashes of a fixed word: tell whether a secret is the one that this database was made with.
key_check = Table(
    "key_check",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("value", String(64), nullable=False),
)
