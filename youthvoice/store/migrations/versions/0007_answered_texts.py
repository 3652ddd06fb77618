"""How many different texts an answer answers, beside how many messages."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("response", sa.Column("texts", sa.Integer()))


def downgrade() -> None:
    op.drop_column("response", "texts")
