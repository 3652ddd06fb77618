"""Codebooks, positions and feelings, what people say of single messages; totals by position and feeling."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BEFORE = ("topic_id", "slice", "question", "theme", "language", "channel", "day", "week")
"""The key of a stored figure before this version."""
LENGTHS = {"slice": 40, "theme": 60, "channel": 30, "position": 20, "feeling": 20}
"""Characters of a part of that key; 10 where nothing is said."""


def upgrade() -> None:
    op.add_column(
        "contribution", sa.Column("shares", sa.JSON(), nullable=False, server_default="{}")
    )
    op.add_column("topic", sa.Column("positions", sa.JSON(), nullable=False, server_default="[]"))
    # What was proposed before had no "not sure".
    op.add_column(
        "proposed_theme",
        sa.Column("sure", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    _labels()
    _codebooks()
    _codings()
    _rollup((*BEFORE, "position", "feeling"), ", '*', '*'", "")


def _labels() -> None:
    _label_table(
        "proposed_label",
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("model", sa.String(60), nullable=False),
    )
    _label_table("decided_label")


def _label_table(name: str, *more: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("contribution_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("value", sa.String(20), nullable=False),
        *more,
        sa.PrimaryKeyConstraint("contribution_id", "kind", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=f"fk_{name}_contribution_id_contribution",
        ),
        sqlite_with_rowid=False,
    )


def _codebooks() -> None:
    op.create_table(
        "codebook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.String(120)),
        sa.Column("signed_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="pk_codebook"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_codebook_topic_id_topic"),
        sa.UniqueConstraint("topic_id", "version", name="uq_codebook_topic_id_version"),
    )
    op.create_table(
        "codebook_theme",
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent", sa.String(60)),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("description", sa.JSON(), nullable=False),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("not_meant", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("codebook_id", "theme", name="pk_codebook_theme"),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebook.id"], name="fk_codebook_theme_codebook_id_codebook"
        ),
    )
    op.create_table(
        "mapping",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(60), nullable=False),
        sa.Column("learned", sa.JSON()),
        sa.Column("learned_from", sa.Integer(), nullable=False),
        sa.Column("applied_by", sa.String(120), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("topic_id", name="pk_mapping"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_mapping_topic_id_topic"),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebook.id"], name="fk_mapping_codebook_id_codebook"
        ),
    )


def _codings() -> None:
    op.create_table(
        "coding",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("contribution_id", sa.String(32), nullable=False),
        sa.Column("codebook_id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("sample", sa.String(20), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("proposed", sa.JSON(), nullable=False),
        sa.Column("model", sa.String(60), nullable=False),
        sa.Column("coded_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_coding"),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name="fk_coding_contribution_id_contribution"
        ),
        sa.ForeignKeyConstraint(
            ["codebook_id"], ["codebook.id"], name="fk_coding_codebook_id_codebook"
        ),
        sa.UniqueConstraint(
            "contribution_id",
            "codebook_id",
            "actor",
            name="uq_coding_contribution_id_codebook_id_actor",
        ),
        sqlite_with_rowid=False,
    )
    for name in ("contribution_id", "codebook_id"):
        op.create_index(f"ix_coding_{name}", "coding", [name])


def _rollup(key: tuple[str, ...], new: str, where: str) -> None:
    """Make the table of totals anew with this key (its parts are its primary key), and keep its rows."""
    op.execute("CREATE TABLE rollup_before AS SELECT * FROM rollup")
    op.drop_table("rollup")
    op.create_table(
        "rollup",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(LENGTHS.get(name, 10)), nullable=False) for name in key[1:]),
        sa.Column("messages", sa.Integer()),
        sa.Column("texts", sa.Integer()),
        sa.PrimaryKeyConstraint(*key, name="pk_rollup"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_rollup_topic_id_topic"),
    )
    op.execute(
        f"INSERT INTO rollup ({', '.join(key)}, messages, texts) "  # noqa: S608 (names of ours)
        f"SELECT {', '.join(BEFORE)}{new}, messages, texts FROM rollup_before {where}"
    )
    op.drop_table("rollup_before")


def downgrade() -> None:
    """Back to the tables before; codebooks, positions, feelings and codings have no place there."""
    _rollup(BEFORE, "", "WHERE position = '*' AND feeling = '*'")
    for name in (
        "coding",
        "mapping",
        "codebook_theme",
        "codebook",
        "decided_label",
        "proposed_label",
    ):
        op.drop_table(name)
    op.drop_column("proposed_theme", "sure")
    op.drop_column("topic", "positions")
    op.execute("UPDATE contribution SET language = 'undecided' WHERE language = 'mixed'")
    op.drop_column("contribution", "shares")
