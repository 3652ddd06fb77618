"""span_correction: what people said of the masks. Places in sealed originals, never a word."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "span_correction",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("contribution_id", sa.String(32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("language", sa.String(10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("detector", sa.String(120)),
        sa.Column("score", sa.Float()),
        sa.Column("model", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_span_correction"),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name="fk_span_correction_contribution_id_contribution",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_span_correction_contribution_id", "span_correction", ["contribution_id"])


def downgrade() -> None:
    op.drop_table("span_correction")
