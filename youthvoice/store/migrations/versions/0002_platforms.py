"""platforms: what a post asks, pauses, what calls cost, deletion checks, campaigns."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("question", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("failures", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("looks", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE posting SET question = part WHERE purpose = 'consultation'")

    # A collection is now of a channel's account, over every topic; it starts anew and knows what it
    # has seen by the messages' own keys.
    op.drop_table("collection")
    op.create_table(
        "collection",
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("account", sa.String(length=2), nullable=False),
        sa.Column("cursor", sa.JSON(), nullable=False),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_complete_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_new", sa.Integer(), nullable=False),
        sa.Column("empty_runs", sa.Integer(), nullable=False),
        sa.Column("gap_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", name=op.f("pk_collection")),
    )
    op.create_table(
        "pause",
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "verb", name=op.f("pk_pause")),
    )
    op.create_table(
        "charge",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("account", sa.String(length=2), nullable=False),
        sa.Column("operation", sa.String(length=30), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "channel", "account", "operation", "topic_id", name=op.f("pk_charge")
        ),
    )
    op.create_table(
        "campaign",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_campaign_topic_id_topic")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_campaign")),
    )
    op.add_column("contribution", sa.Column("version", sa.String(length=64), nullable=True))
    op.add_column("contribution", sa.Column("checked_on", sa.Date(), nullable=True))
    op.add_column("contribution", sa.Column("check_by", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contribution", sa.Column("campaign", sa.String(length=12), nullable=True))
    op.create_index("ix_contribution_campaign", "contribution", ["campaign"])


def downgrade() -> None:
    op.drop_index("ix_contribution_campaign", "contribution")
    for name in ("campaign", "check_by", "checked_on", "version"):
        op.drop_column("contribution", name)  # in place: a copy would break what refers to it
    op.drop_table("campaign")
    op.drop_table("charge")
    op.drop_table("pause")
    op.drop_table("collection")
    op.create_table(
        "collection",
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("cursor", sa.JSON(), nullable=False),
        sa.Column("last_run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_new", sa.Integer(), nullable=False),
        sa.Column("empty_runs", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_collection_topic_id_topic")
        ),
        sa.PrimaryKeyConstraint("channel", "topic_id", name=op.f("pk_collection")),
    )
    for name in ("first_tried_at", "looks", "failures", "question"):
        op.drop_column("posting", name)
