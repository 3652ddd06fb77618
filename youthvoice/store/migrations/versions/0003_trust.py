"""trust: receipts, threads, masked texts under keys of their own, a chained audit."""

import json
import secrets
from datetime import date

import sqlalchemy as sa
from alembic import op

from youthvoice.store.shredding import lock, unlock

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHUNK = 500


def _texts() -> None:
    """Every masked text gets a key of its own; the column in the clear goes."""
    connection = op.get_bind()
    contribution = sa.table(
        "contribution",
        sa.column("id", sa.String),
        sa.column("masked_text", sa.Text),
        sa.column("masked", sa.LargeBinary),
        sa.column("status", sa.String),
    )
    keys = sa.table(
        "masked_key", sa.column("contribution_id", sa.String), sa.column("key", sa.LargeBinary)
    )
    last = ""
    while True:
        rows = connection.execute(
            sa.select(contribution.c.id, contribution.c.masked_text)
            # Also those that a detector failed on: they are masked later, under this key.
            .where(contribution.c.id > last, contribution.c.status != "withdrawn")
            .order_by(contribution.c.id)
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        for row in rows:
            key = secrets.token_bytes(32)
            connection.execute(sa.insert(keys).values(contribution_id=row.id, key=key))
            if row.masked_text is not None:
                connection.execute(
                    sa.update(contribution)
                    .where(contribution.c.id == row.id)
                    .values(masked=lock(row.masked_text, row.id, key))
                )
        last = rows[-1].id


def _kept() -> None:
    """Rows kept aside keep their original and data keys where all others are."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT id, nonce, ciphertext, wrapped FROM kept_aside")
    ).all()
    for row in rows:
        connection.execute(
            sa.text(
                "INSERT INTO sealed_original (item_id, nonce, ciphertext, day) VALUES (:i, :n, :c, :d)"
            ).bindparams(sa.bindparam("d", type_=sa.Date())),
            {"i": row.id, "n": row.nonce, "c": row.ciphertext, "d": date.today()},
        )
        wrapped = json.loads(row.wrapped) if isinstance(row.wrapped, str) else row.wrapped
        for role, key in wrapped.items():
            connection.execute(
                sa.text(
                    "INSERT INTO data_key (item_id, role, wrapped, pair) VALUES (:i, :r, :w, '')"
                ),
                {"i": row.id, "r": role, "w": bytes.fromhex(key)},
            )


def upgrade() -> None:
    op.add_column(
        "topic", sa.Column("standing", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    # There is one already where this version was left and came back.
    op.execute("UPDATE topic SET standing = true WHERE closes_on = '9000-01-01'")
    op.add_column("contribution", sa.Column("masked", sa.LargeBinary(), nullable=True))
    for name in ("pooled", "compared"):
        op.add_column(
            "contribution",
            sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()),
        )
        op.create_index(f"ix_contribution_{name}", "contribution", [name])
    for name in ("objected", "replied"):
        op.add_column("contribution", sa.Column(name, sa.String(length=10), nullable=True))
    op.add_column(
        "contribution",
        sa.Column("own_text_key", sa.String(length=64), nullable=False, server_default=""),
    )
    op.execute("UPDATE contribution SET own_text_key = text_key")
    op.create_index("ix_contribution_status", "contribution", ["topic_id", "status", "id"])
    op.add_column(
        "contribution", sa.Column("objections", sa.JSON(), nullable=False, server_default="[]")
    )
    op.create_index("ix_contribution_text", "contribution", ["topic_id", "text_key"])
    op.create_table(
        "masked_key",
        sa.Column("contribution_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_masked_key_contribution_id_contribution"),
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_masked_key")),
        sqlite_with_rowid=False,
    )
    _texts()
    # Or PostgreSQL would keep the texts where the column was.
    op.execute("UPDATE contribution SET masked_text = NULL")
    op.drop_column("contribution", "masked_text")

    op.create_table(
        "sealed_new",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_sealed_original_item")),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO sealed_new SELECT s.contribution_id, s.nonce, s.ciphertext, c.day "
        "FROM sealed_original s JOIN contribution c ON c.id = s.contribution_id"
    )
    op.drop_table("sealed_original")
    op.rename_table("sealed_new", "sealed_original")
    op.create_table(
        "data_key_new",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("pair", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "role", name=op.f("pk_data_key_item")),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO data_key_new SELECT contribution_id, role, wrapped, '' FROM data_key")
    op.drop_table("data_key")
    op.rename_table("data_key_new", "data_key")
    op.create_index("ix_data_key_pair", "data_key", ["role", "pair"])
    _kept()
    for name in ("nonce", "ciphertext", "wrapped"):
        op.drop_column("kept_aside", name)

    op.create_table(
        "self_description",
        sa.Column("contribution_id", sa.String(length=32), nullable=False),
        sa.Column("age_band", sa.String(length=20), nullable=True),
        sa.Column("region", sa.String(length=10), nullable=True),
        sa.Column("first_language", sa.String(length=20), nullable=True),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_self_description_contribution_id_contribution"),
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_self_description")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "heard_count",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=60), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_heard_count_topic_id_topic")
        ),
        sa.PrimaryKeyConstraint("topic_id", "part", "answer", name=op.f("pk_heard_count")),
    )
    op.create_table(
        "receipt",
        sa.Column("receipt_key", sa.String(length=64), nullable=False),
        sa.Column("contribution_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_receipt_contribution_id_contribution"),
        ),
        sa.PrimaryKeyConstraint("receipt_key", name=op.f("pk_receipt")),
        sa.UniqueConstraint("contribution_id", name=op.f("uq_receipt_contribution_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "thread_message",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("contribution_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_thread_message_contribution_id_contribution"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_message")),
        sa.UniqueConstraint(
            "contribution_id", "position", name=op.f("uq_thread_message_contribution_id_position")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_thread_message_contribution_id", "thread_message", ["contribution_id"])
    op.create_table(
        "likeness",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("text_key", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_likeness_topic_id_topic")
        ),
        sa.PrimaryKeyConstraint("topic_id", "text_key", name=op.f("pk_likeness")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "likeness_band",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.String(length=40), nullable=False),
        sa.Column("text_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_likeness_band_topic_id_topic")
        ),
        sa.PrimaryKeyConstraint("topic_id", "band", "text_key", name=op.f("pk_likeness_band")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_likeness_band_text", "likeness_band", ["topic_id", "text_key"])

    op.add_column(
        "decision", sa.Column("read", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.add_column(
        "audit", sa.Column("reason", sa.String(length=60), nullable=False, server_default="")
    )
    for name in ("commitment", "mac"):
        op.add_column(
            "audit", sa.Column(name, sa.String(length=64), nullable=False, server_default="")
        )
    op.create_table(
        "key_check",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_key_check")),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )


def downgrade() -> None:
    """Back to the tables before; threads, receipts and self-descriptions have no place there."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        # The earlier version takes numbers from the sequence, which stood still meanwhile.
        op.execute("SELECT setval('audit_id_seq', (SELECT coalesce(max(id), 1) FROM audit))")
    for name in (
        "key_check",
        "audit_head",
        "likeness_band",
        "likeness",
        "thread_message",
        "receipt",
        "heard_count",
        "self_description",
    ):
        op.drop_table(name)
    op.drop_column("decision", "read")
    for name in ("reason", "commitment", "mac"):
        op.drop_column("audit", name)
    op.add_column("contribution", sa.Column("masked_text", sa.Text(), nullable=True))
    rows = connection.execute(
        sa.text(
            "SELECT c.id, c.masked, k.key FROM contribution c "
            "JOIN masked_key k ON k.contribution_id = c.id WHERE c.masked IS NOT NULL"
        )
    ).all()
    for row in rows:
        connection.execute(
            sa.text("UPDATE contribution SET masked_text = :t WHERE id = :i"),
            {"t": unlock(row.masked, row.id, row.key), "i": row.id},
        )
    op.drop_table("masked_key")
    op.drop_index("ix_contribution_text", "contribution")
    for name in ("pooled", "compared"):
        op.drop_index(f"ix_contribution_{name}", "contribution")
    op.drop_index("ix_contribution_status", "contribution")
    op.execute("UPDATE contribution SET text_key = own_text_key")
    for name in (
        "masked",
        "pooled",
        "compared",
        "objected",
        "replied",
        "objections",
        "own_text_key",
    ):
        op.drop_column("contribution", name)
    op.drop_column("topic", "standing")
    for name in ("nonce", "ciphertext"):
        op.add_column("kept_aside", sa.Column(name, sa.LargeBinary(), nullable=True))
    op.add_column("kept_aside", sa.Column("wrapped", sa.JSON(), nullable=True))
    _kept_back()
    op.create_table(
        "sealed_old",
        sa.Column("contribution_id", sa.String(length=32), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id"),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"]),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO sealed_old SELECT item_id, nonce, ciphertext FROM sealed_original "
        "WHERE item_id IN (SELECT id FROM contribution)"
    )
    op.drop_table("sealed_original")
    op.rename_table("sealed_old", "sealed_original")
    op.create_table(
        "data_key_old",
        sa.Column("contribution_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("contribution_id", "role"),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"]),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO data_key_old SELECT item_id, role, wrapped FROM data_key "
        "WHERE item_id IN (SELECT id FROM contribution)"
    )
    op.drop_table("data_key")
    op.rename_table("data_key_old", "data_key")


def _kept_back() -> None:
    connection = op.get_bind()
    for (ident,) in connection.execute(sa.text("SELECT id FROM kept_aside")).all():
        sealed = connection.execute(
            sa.text("SELECT nonce, ciphertext FROM sealed_original WHERE item_id = :i"),
            {"i": ident},
        ).one_or_none()
        if sealed is None:
            continue
        wrapped = {
            role: bytes(key).hex()
            for role, key in connection.execute(
                sa.text("SELECT role, wrapped FROM data_key WHERE item_id = :i"), {"i": ident}
            )
        }
        connection.execute(
            sa.text(
                "UPDATE kept_aside SET nonce = :n, ciphertext = :c, wrapped = :w WHERE id = :i"
            ),
            {"n": sealed.nonce, "c": sealed.ciphertext, "w": json.dumps(wrapped), "i": ident},
        )
