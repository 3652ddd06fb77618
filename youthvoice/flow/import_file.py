"""Files of comments through the one door: every row accepted once, bad rows kept aside.

Rows are analysed in worker processes, in chunks of which only a few exist at a time, so memory does
not grow with the file. Each chunk is one transaction: whatever stops an import, what was stored is
whole, and running the same command again takes up the rest.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from youthvoice.channels import file
from youthvoice.channels.file import BadRow, FileFacts, Row
from youthvoice.channels.policies import FILE
from youthvoice.errors import BadInput, YouthVoiceError, note
from youthvoice.flow.campaigns import code_for
from youthvoice.flow.context import Analysing, Context
from youthvoice.flow.receive import admit, keep, unseen
from youthvoice.model import Contribution, RawContribution, Topic
from youthvoice.nlp.analyser import Analyser, Models
from youthvoice.nlp.normalise import normalise
from youthvoice.nlp.pii.names import locate
from youthvoice.store import kept, topics
from youthvoice.trust.keys import PublicKeys, public_keys
from youthvoice.trust.vault import seal

CHUNK = 500
PARALLEL_FROM = 2_000
"""Below this many rows, starting workers costs more than it saves."""


class Imported(NamedTuple):
    """The summary of an import: read = accepted + seen + kept_aside."""

    read: int
    accepted: int
    seen: int
    kept_aside: int
    seconds: float


Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""


def import_file(
    context: Context,
    path: Path,
    slug: str,
    mapping: Mapping[str, str],
    encoding: str | None = None,
    day: date | None = None,
    progress: Progress | None = None,
    campaign: str | None = None,
) -> Imported:
    """Import a CSV or JSON Lines file into a topic. `day`: when it was gathered (today if None).

    `campaign`: the code of the postcard or workshop that the comments came from. Raises `BadInput` for
    one that is not of this topic.
    """
    started = time.monotonic()
    with context.store.read() as tx:
        topic = topics.get(tx, slug)
    code = code_for(context, campaign, topic.id)
    if campaign and code is None:
        raise BadInput(
            note("This code is no campaign of the topic “%(slug)s”.", slug=slug),
            note("See: youthvoice campaign report"),
        )
    facts = file.inspect(path, encoding)
    file.check_mapping(facts, mapping)
    context.store.check_writable()
    for name in (context.settings.spacy_en, context.settings.spacy_fr):
        locate(name)  # a missing model is said before anything is stored
    done = _Counts()
    when = day or context.settings.today().date()
    several = facts.rows >= PARALLEL_FROM and _worker_count(context) > 1
    pool: Executor | None = None
    with _ordinals() as ordinal, ExitStack() as stack:
        waiting: deque[tuple[list[RawContribution], Future[list[Contribution]]]] = deque()
        for chunk in _chunks(file.read(facts, mapping, context.settings.max_text)):
            chunk = [_checked(row) for row in chunk]
            raws = _raws(context.keys, topic, chunk, ordinal, when, code)
            with context.store.read() as tx:
                fresh = unseen(tx, context.keys, raws)
            done.seen += len(raws) - len(fresh)
            if fresh and several and pool is None:
                pool = stack.enter_context(_workers(context, topic))  # not for a file seen before
            if pool is None:
                analysed = (
                    admit(fresh, topic.id, context.keys, context.analyser(), topic.slug)
                    if fresh
                    else []
                )
                _store(context, fresh, analysed, done)
            elif fresh:
                waiting.append((fresh, pool.submit(_admit_in_worker, fresh)))
                while len(waiting) > 2 * _worker_count(context):
                    _settle(context, waiting, done)
            _keep_bad(context, topic, facts, chunk, done)
            if progress:
                progress(done.total, facts.rows)
        while waiting:
            _settle(context, waiting, done)
            if progress:
                progress(done.total, facts.rows)
    return Imported(
        done.total, done.accepted, done.seen, done.kept_aside, round(time.monotonic() - started, 3)
    )


class _Counts:
    def __init__(self) -> None:
        self.accepted = self.seen = self.kept_aside = 0

    @property
    def total(self) -> int:
        return self.accepted + self.seen + self.kept_aside


def _chunks(rows: Iterator[Row | BadRow]) -> Iterator[list[Row | BadRow]]:
    chunk: list[Row | BadRow] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _checked(row: Row | BadRow) -> Row | BadRow:
    """A row whose text is nothing but invisible characters is an empty one."""
    if isinstance(row, Row) and not normalise(row.text):
        return BadRow(row.line, file.REASON_EMPTY, row.text)
    return row


def _raws(
    keys: PublicKeys,
    topic: Topic,
    chunk: Sequence[Row | BadRow],
    ordinal: Callable[[bytes], int],
    when: date,
    campaign: str | None = None,
) -> list[RawContribution]:
    raws = []
    for row in chunk:
        if isinstance(row, BadRow):
            continue
        # With an id: the id and what was said under it (two files may both count from 1).
        # Without: the whole row, and which occurrence of that row in the file it is, because two
        # people may write the same words.
        if row.id:
            key = f"{topic.slug}:id:{row.id}:{keys.pseudonym('row', row.text)}"
        else:
            digest = keys.pseudonym("row", row.digest)
            key = f"{topic.slug}:row:{digest}:{ordinal(bytes.fromhex(digest))}"
        raws.append(
            RawContribution(
                channel=FILE, source_key=key, text=row.text, day=when, campaign=campaign
            )
        )
    return raws


@contextmanager
def _ordinals() -> Iterator[Callable[[bytes], int]]:
    """Count how often a keyed digest came before. On disk in SQLite's own temporary database, so that
    a million rows need no memory; it holds digests only and goes when closed."""
    connection = sqlite3.connect("")
    connection.execute("CREATE TABLE met (digest BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID")

    def next_ordinal(digest: bytes) -> int:
        row = connection.execute(
            "INSERT INTO met VALUES (?, 1) ON CONFLICT (digest) DO UPDATE SET times = times + 1 "
            "RETURNING times",
            (digest,),
        ).fetchone()
        return int(row[0])

    try:
        yield next_ordinal
    finally:
        connection.close()


def _keep_bad(
    context: Context,
    topic: Topic,
    facts: FileFacts,
    chunk: Sequence[Row | BadRow],
    done: _Counts,
) -> None:
    bad = [row for row in chunk if isinstance(row, BadRow)]
    if not bad:
        return
    rows = []
    for row in bad:
        key = context.keys.pseudonym(
            "kept", topic.slug, facts.path.name, str(row.line), row.reason, row.content
        )
        rows.append(
            kept.KeptRow(
                key[:32],
                topic.id,
                key,
                facts.path.name[:200],
                row.line,
                row.reason,
                context.settings.today().date(),
                seal(row.content, key[:32], context.keys),
            )
        )
    with context.store.write() as tx:
        kept.add_many(tx, rows)
    done.kept_aside += len(bad)


def _store(
    context: Context,
    fresh: Sequence[RawContribution],
    analysed: Sequence[Contribution],
    done: _Counts,
) -> None:
    if not fresh:
        return
    with context.store.write() as tx:
        result = keep(tx, analysed, len(fresh))
    done.accepted += result.accepted
    done.seen += result.seen


def _settle(
    context: Context,
    waiting: deque[tuple[list[RawContribution], Future[list[Contribution]]]],
    done: _Counts,
) -> None:
    fresh, future = waiting.popleft()
    try:
        analysed = future.result()
    except BrokenProcessPool:
        raise YouthVoiceError(
            note("A process that analyses messages ended unexpectedly (was memory short?)."),
            note("What was stored is kept. Set YOUTHVOICE_WORKERS=1 and run the command again."),
        ) from None
    _store(context, fresh, analysed, done)


# --- in the worker processes -------------------------------------------------------------------

_worker: dict[str, Any] = {}


def _worker_count(context: Context) -> int:
    return context.settings.workers or min(os.cpu_count() or 1, 4)


def _start_worker(models: Models, keys_dir: Path, topic_id: int, slug: str) -> None:
    # A worker needs public keys only; it seals what it has analysed before it hands it back.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _worker["topic_id"], _worker["slug"] = topic_id, slug
    try:
        _worker["analyser"] = Analyser(models)
        _worker["keys"] = public_keys(keys_dir)
    except YouthVoiceError as problem:
        _worker["problem"] = problem  # handed over with the first piece of work, as a sentence


def _admit_in_worker(raws: list[RawContribution]) -> list[Contribution]:
    if "problem" in _worker:
        raise _worker["problem"]
    analyser: Analysing = _worker["analyser"]
    return admit(raws, _worker["topic_id"], _worker["keys"], analyser, _worker["slug"])


@contextmanager
def _workers(context: Context, topic: Topic) -> Iterator[Executor]:
    count = _worker_count(context)
    settings = context.settings
    pool = ProcessPoolExecutor(
        count,
        mp_context=get_context("spawn"),
        initializer=_start_worker,
        initargs=(
            Models.of(settings)._replace(threads=1),  # there is a worker for each core already
            settings.keys_dir,
            topic.id,
            topic.slug,
        ),
    )
    try:
        with _deaf_to_interrupts():
            # Each starts a worker, which ignores Ctrl-C from its first moment.
            for _ in range(count):
                pool.submit(_nothing)
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _nothing() -> None:
    """The first piece of work."""


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Processes started meanwhile inherit that Ctrl-C is ignored: the parent ends its workers."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def check_any(result: Imported, name: str) -> None:
    """Refuse an import of which no row at all could be used."""
    if result.read and result.kept_aside == result.read:
        raise BadInput(
            note(
                "No row of %(file)s could be used: all %(n)s were kept aside.",
                file=name,
                n=result.read,
            ),
            note("See them with: youthvoice import --kept"),
        )
