"""The audit trail: writes entries into the chain, publishes its head outside the database, verifies both."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from youthvoice.errors import BadInput, Note, YouthVoiceError, note
from youthvoice.files import append_private, read_words
from youthvoice.flow.context import Context
from youthvoice.model import Actor
from youthvoice.store import audit
from youthvoice.store.audit import AuditEntry, Head
from youthvoice.store.engine import Store, Tx
from youthvoice.trust import chain


class NoChain(YouthVoiceError):
    """The audit log was altered so that nothing can be added to it."""


def record(
    context: Context,
    tx: Tx,
    actor: Actor | None,
    action: str,
    subject: str,
    reason: str = "",
    commitment: str = "",
) -> None:
    """Add an entry; `actor` None is the program itself. The last thing in a transaction: it locks.

    `subject` names a thing by its id. `commitment`: what must be provable but not readable here.
    """
    key = context.keys.audit_key()
    now = audit.head(tx, lock=True)
    if now is None:
        raise NoChain(
            note("The audit log has lost its head; nothing is decided or opened without the log."),
            note(
                "See: youthvoice audit verify. Compare with the heads that are mirrored elsewhere."
            ),
        )
    entry = AuditEntry(
        at=context.now(),
        actor=actor.name if actor else "youthvoice",
        role=str(actor.role) if actor else "system",
        action=action,
        subject=subject,
        reason=reason,
        commitment=chain.commitment(key, commitment) if commitment else "",
        id=now.entries + 1,
    )
    mac = chain.link(key, now.mac, entry.fields())
    audit.add(tx, entry._replace(mac=mac), _head(key, entry.id, mac))


def _head(key: bytes, entries: int, mac: str) -> Head:
    return Head(entries, mac, chain.head(key, entries, mac))


def begin(store: Store, key: bytes, heads: Path, day: date) -> bool:
    """Begin the chain of a new or updated installation; whether there was none.

    Entries from before there was a chain are taken into it in their order, numbered without gaps. Where
    there was a chain before (an entry or a published head says so) none is begun: somebody took it away.
    """
    with store.write() as tx:
        if audit.head(tx, lock=True) is not None:
            return False
        entries = audit.unchained(tx)
        if heads.exists() or any(entry.mac for entry in entries):
            return False  # `verify` and `record` say so
        audit.begin(tx, _head(key, 0, chain.START))
        mac, last = chain.START, 0
        for number, entry in enumerate(entries, 1):
            numbered = entry._replace(id=number)
            mac, last = chain.link(key, mac, numbered.fields()), number
            audit.chain(tx, entry.id, numbered._replace(mac=mac))
        audit.set_head(tx, _head(key, last, mac))
    _append(heads, day, last, mac)
    return True


def begin_heads(context: Context, actor: Actor) -> int:
    """Begin the file of published heads anew, after a restore or a loss; the number of its first entry.

    The earlier file is kept beside it. An entry says who did it.
    """
    found = verify(context, Path("/dev/null"))
    if found.problems:
        raise NoChain(
            note("The audit log itself does not fit; no head of it is published."),
            note("See: youthvoice audit verify"),
        )
    with context.store.write() as tx:
        record(context, tx, actor, "begin published heads", "audit log")
    target = heads_file(context)
    day = context.settings.today().date()
    if target.exists():
        target.replace(target.with_name(f"{target.name}.until-{day.isoformat()}"))
    publish(context, day)
    with context.store.read() as tx:
        return audit.count(tx)


class Verified(NamedTuple):
    """How many entries there are, and what does not fit (empty: everything fits)."""

    entries: int
    heads: int
    problems: list[Note]


def verify(context: Context, published: Path | None = None) -> Verified:
    """Look at every entry, at the head, and at every head that was published in the file.

    A problem is a sentence with numbers: nothing of an entry's content.
    """
    key = context.keys.audit_key()
    problems: list[Note] = []
    macs: dict[int, str] = {}
    if published is not None and not published.exists():
        raise BadInput(note("There is no file %(path)s.", path=str(published)))
    wanted = _published(published or heads_file(context))
    numbers = {entries for _line, entries, _mac in wanted}
    with context.store.read() as tx:
        now = audit.head(tx)
        before, expected, seen = chain.START, 1, 0
        try:
            for entry in audit.walk(tx):
                seen += 1
                if entry.id != expected:
                    problems.append(
                        note(
                            "Entry %(n)s is missing: entry %(next)s follows.",
                            n=expected,
                            next=entry.id,
                        )
                    )
                if entry.mac != chain.link(key, before, entry.fields()):
                    problems.append(
                        note("Entry %(n)s was changed, or the one before it.", n=entry.id)
                    )
                before, expected = entry.mac, entry.id + 1
                if entry.id in numbers:
                    macs[entry.id] = entry.mac
        except (TypeError, ValueError, AttributeError):  # a value of another kind was put in
            problems.append(note("An entry after entry %(n)s cannot be read.", n=expected - 1))
    if now is None:
        if seen:
            problems.append(note("The chain has no head."))
    else:
        if not _is_ours(key, now):
            problems.append(note("The head was changed."))
        if (now.entries, now.mac) != (expected - 1, before):
            problems.append(
                note(
                    "The head is of entry %(n)s, the last entry is %(last)s.",
                    n=now.entries,
                    last=expected - 1,
                )
            )
    for line, entries, mac in wanted:
        if entries and macs.get(entries) != mac:
            problems.append(
                note(
                    "Line %(line)s of the published heads does not fit entry %(n)s.",
                    line=line,
                    n=entries,
                )
            )
    return Verified(seen, len(wanted), problems)


def _is_ours(key: bytes, head: Head) -> bool:
    try:
        return head.seal == chain.head(key, head.entries, head.mac)
    except TypeError:  # a value of another kind was put in
        return False


def heads_file(context: Context) -> Path:
    """Where heads are published: outside the database."""
    return context.settings.audit_heads


def publish(context: Context, day: date) -> bool:
    """Add the present head to the file, once a day. Whether a line was added."""
    target = heads_file(context)
    with context.store.read() as tx:
        now = audit.head(tx)
    if now is None:
        return False
    lines = target.read_text().splitlines() if target.exists() else []
    if any(line.startswith(f"{day.isoformat()} ") for line in lines):
        return False
    _append(target, day, now.entries, now.mac)
    return True


def _append(heads: Path, day: date, entries: int, mac: str) -> None:
    append_private(heads, f"{day.isoformat()} {entries} {mac}")


def _published(path: Path) -> list[tuple[int, int, str]]:
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(read_words(path).splitlines(), 1):
        parts = line.split()
        try:
            _day, entries, mac = parts
            found.append((number, int(entries), mac))
        except ValueError:
            raise BadInput(
                note(
                    "Line %(line)s of %(path)s is no published head.",
                    line=number,
                    path=str(path),
                ),
                note("Restore the file from where it is mirrored, then verify again."),
            ) from None
    return found
