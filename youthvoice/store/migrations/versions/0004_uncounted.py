"""uncounted: what was rejected stays out of the totals when its writer withdraws it; and a table to rewrite."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "contribution",
        sa.Column("uncounted", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    # What people had rejected before it was withdrawn; of what was empty from the start nothing tells it.
    op.execute(
        "UPDATE contribution SET uncounted = true WHERE status = 'withdrawn' AND 'rejected' = "
        "(SELECT d.status FROM decision d WHERE d.contribution_id = contribution.id "
        "ORDER BY d.id DESC LIMIT 1)"
    )
    _ask_to_rewrite()


def _ask_to_rewrite() -> None:
    """Migration 0003 took texts and keys out of two tables; PostgreSQL's files have them still.

    Writing tables anew cannot be done in a transaction: whoever migrates does it afterwards
    (`store/engine.py`), and looks for this comment.
    """
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    for name in ("contribution", "kept_aside"):
        if connection.execute(sa.text(f"SELECT 1 FROM {name} LIMIT 1")).first():  # noqa: S608
            op.execute("COMMENT ON TABLE contribution IS 'to be written anew'")
            return


def downgrade() -> None:
    op.drop_column("contribution", "uncounted")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("COMMENT ON TABLE contribution IS NULL")
