"""The sandbox: a small social network in a database of its own. Accounts, posts, replies, deletions.

It stands for the world outside, so it keeps what people post in the clear, as any platform does, and
youthvoice reaches it only through `channels.sandbox.channel`. Ids ascend; a deletion leaves a
tombstone. A reply to a post whose ancestors were deleted stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from youthvoice.database import build_engine, explained, migrate
from youthvoice.errors import Rejected

MIGRATIONS = Path(__file__).parent / "migrations"
LONGEST = 500
"""Longest post of this network, in characters."""

metadata = MetaData()

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("handle", String(40), nullable=False, unique=True),
    Column("name", String(80), nullable=False),
    Column("official", Boolean, nullable=False),
)

post = Table(
    "post",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("parent_id", Integer, index=True),
    Column("root_id", Integer, index=True),
    Column("text", Text),
    Column("written_at", DateTime, nullable=False),
    Column("deleted", Boolean, nullable=False),
)

deletion = Table(
    "deletion",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("post_id", Integer, nullable=False, unique=True),
)


@dataclass(frozen=True)
class NetworkPost:
    """A post as the network shows it."""

    id: int
    handle: str
    name: str
    official: bool
    parent_id: int | None
    root_id: int | None
    text: str | None = field(repr=False)
    written_at: datetime


class Network:
    """The network in the file at `path`; made when missing."""

    def __init__(self, path: Path) -> None:
        self._url = f"sqlite:///{path}"
        self._engine = build_engine(self._url)
        self._path = path

    def migrate(self) -> None:
        """Create or update its tables."""
        migrate(self._engine, MIGRATIONS)

    @property
    def exists(self) -> bool:
        """Whether the network has been made."""
        return self._path.exists()

    @contextmanager
    def _open(self, write: bool = False) -> Iterator[Connection]:
        with explained(self._url), self._engine.connect() as connection:
            tx = connection.execution_options(write=write)
            with tx.begin():
                yield tx

    def ensure_account(self, handle: str, name: str, official: bool = False) -> int:
        """The id of the account called `handle`, made if it is new."""
        with self._open(write=True) as tx:
            return _account(tx, handle, name, official)

    def is_empty(self) -> bool:
        """Whether nobody ever posted here."""
        with self._open() as tx:
            return tx.execute(select(post.c.id).limit(1)).first() is None

    def put_back(self, posts: Sequence[NetworkPost], post_id: int, deletion_id: int) -> None:
        """Begin where an earlier network was: with these posts of it, under their ids, and with no id
        from now on up to `post_id`, nor of a tombstone up to `deletion_id`. All or nothing.
        """
        with self._open(write=True) as tx:
            for one in posts:
                tx.execute(
                    insert(post).values(
                        id=one.id,
                        account_id=_account(tx, one.handle, one.name, one.official),
                        parent_id=one.parent_id,
                        root_id=one.root_id,
                        text=one.text,
                        written_at=one.written_at,
                        deleted=one.text is None,
                    )
                )
            if post_id > max(one.id for one in posts):
                # A post of which nothing is left takes the number.
                first = tx.execute(select(post).limit(1)).one()
                values = {"account_id": first.account_id, "written_at": first.written_at}
                tx.execute(insert(post).values(id=post_id, deleted=True, **values))
            if deletion_id:
                tx.execute(insert(deletion).values(id=deletion_id, post_id=0))

    def write(
        self, account_id: int, text: str, parent: int | None = None, at: datetime | None = None
    ) -> int:
        """Post `text`; returns the post's id. Raises `Rejected` if too long, empty, or no such parent."""
        if not text.strip() or len(text) > LONGEST:
            raise Rejected("length")
        moment = (at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
        with self._open(write=True) as tx:
            root: int | None = None
            if parent is not None:
                row = tx.execute(
                    select(post.c.root_id, post.c.deleted).where(post.c.id == parent)
                ).one_or_none()
                if row is None or row.deleted:
                    raise Rejected("parent_gone")
                root = row.root_id or parent
            result = tx.execute(
                insert(post)
                .values(
                    account_id=account_id,
                    parent_id=parent,
                    root_id=root,
                    text=text,
                    written_at=moment,
                    deleted=False,
                )
                .returning(post.c.id)
            )
            return int(result.scalar_one())

    def delete(self, post_id: int) -> bool:
        """Delete a post and leave a tombstone; whether there was one."""
        with self._open(write=True) as tx:
            done = tx.execute(
                update(post)
                .where(post.c.id == post_id, post.c.deleted.is_(False))
                .values(deleted=True, text=None)
            )
            if done.rowcount:
                tx.execute(insert(deletion).values(post_id=post_id))
            return bool(done.rowcount)

    def replies(self, roots: Sequence[int], after: int, most: int) -> list[NetworkPost]:
        """Live posts under `roots` (themselves left out) with an id above `after`, oldest first."""
        with self._open() as tx:
            rows = tx.execute(
                _posts()
                .where(
                    post.c.root_id.in_(roots),
                    post.c.id > after,
                    post.c.deleted.is_(False),
                )
                .order_by(post.c.id)
                .limit(most)
            )
            return [NetworkPost(*row) for row in rows]

    def deletions(self, after: int, most: int) -> list[tuple[int, int]]:
        """(tombstone id, post id) above `after`, oldest first."""
        with self._open() as tx:
            rows = tx.execute(
                select(deletion.c.id, deletion.c.post_id)
                .where(deletion.c.id > after)
                .order_by(deletion.c.id)
                .limit(most)
            )
            return [(row.id, row.post_id) for row in rows]

    def own_posts(self, account_id: int) -> list[NetworkPost]:
        """The live posts of one account, newest first."""
        with self._open() as tx:
            rows = tx.execute(
                _posts()
                .where(post.c.account_id == account_id, post.c.deleted.is_(False))
                .order_by(post.c.id.desc())
            )
            return [NetworkPost(*row) for row in rows]

    def present(self, ids: Sequence[int]) -> set[int]:
        """Which of these posts are live."""
        with self._open() as tx:
            rows = tx.execute(
                select(post.c.id).where(post.c.id.in_(ids), post.c.deleted.is_(False))
            )
            return {row.id for row in rows}

    def reply_counts(self, ids: Sequence[int]) -> dict[int, int]:
        """How many live replies each of these posts has."""
        with self._open() as tx:
            rows = tx.execute(
                select(post.c.parent_id, func.count())
                .where(post.c.parent_id.in_(ids), post.c.deleted.is_(False))
                .group_by(post.c.parent_id)
            )
            counts = {int(parent): int(count) for parent, count in rows}
        return {one: counts.get(one, 0) for one in ids}

    def roots(self) -> list[NetworkPost]:
        """The posts that begin a thread, newest first."""
        with self._open() as tx:
            rows = tx.execute(
                _posts()
                .where(post.c.parent_id.is_(None), post.c.deleted.is_(False))
                .order_by(post.c.id.desc())
            )
            return [NetworkPost(*row) for row in rows]

    def thread(self, root: int, newest: int) -> list[NetworkPost]:
        """The last `newest` posts under `root`, oldest first; deleted ones with text None."""
        with self._open() as tx:
            rows = tx.execute(
                _posts().where(post.c.root_id == root).order_by(post.c.id.desc()).limit(newest)
            )
            return [NetworkPost(*row) for row in rows][::-1]

    def newest(self, roots: Sequence[int], most: int) -> list[NetworkPost]:
        """The newest live posts under these roots that are not official, newest first."""
        with self._open() as tx:
            rows = tx.execute(
                _posts()
                .where(
                    post.c.root_id.in_(roots),
                    post.c.deleted.is_(False),
                    account.c.official.is_(False),
                )
                .order_by(post.c.id.desc())
                .limit(most)
            )
            return [NetworkPost(*row) for row in rows]

    def written_by_audience(self, root: int) -> int:
        """How many posts under `root` are not official, deleted ones included."""
        with self._open() as tx:
            found = tx.execute(
                select(func.count())
                .select_from(post)
                .join(account, account.c.id == post.c.account_id)
                .where(post.c.root_id == root, account.c.official.is_(False))
            ).scalar()
            return int(found or 0)

    def text_of(self, post_id: int) -> str | None:
        """What a post says, as anybody on the network can see; None if deleted."""
        with self._open() as tx:
            return tx.execute(select(post.c.text).where(post.c.id == post_id)).scalar()

    def count(self, root: int) -> int:
        """How many live posts stand under `root`."""
        with self._open() as tx:
            found = tx.execute(
                select(func.count())
                .select_from(post)
                .where(post.c.root_id == root, post.c.deleted.is_(False))
            ).scalar()
            return int(found or 0)


def _account(tx: Connection, handle: str, name: str, official: bool) -> int:
    found = tx.execute(select(account.c.id).where(account.c.handle == handle)).scalar()
    if found is not None:
        return int(found)
    added = insert(account).values(handle=handle, name=name, official=official)
    return int(tx.execute(added.returning(account.c.id)).scalar_one())


def _posts() -> Select[Any]:
    return select(
        post.c.id,
        account.c.handle,
        account.c.name,
        account.c.official,
        post.c.parent_id,
        post.c.root_id,
        post.c.text,
        post.c.written_at,
    ).join(account, account.c.id == post.c.account_id)
