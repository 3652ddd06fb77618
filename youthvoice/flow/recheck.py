"""Deletions where a platform does not tell them: every stored post is looked at again, in turns.

What somebody asked for goes first and is done within the channel's deadline; the rest as the cost
ledger allows. Gone, or hidden by its author or the platform, means gone here: text, sealed original,
reference. A platform that cannot be asked says nothing: then the post stays, and a request that is
not answered in time hides it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from youthvoice import logs
from youthvoice.channels.base import Channel, Deletions, Presence
from youthvoice.errors import BadInput, ChannelError, Refused, YouthVoiceError, note
from youthvoice.flow import pausing, trail, withdrawals
from youthvoice.flow.collect import withdraw
from youthvoice.flow.context import Context
from youthvoice.model import Actor
from youthvoice.settings import PLATFORMS
from youthvoice.store import collections, postings, rechecks

log = logs.get("recheck")

AT_ONCE = 100
MOST_A_TURN = 2_000
OWN_ASKED = 4
"""Posts of our own that are looked at before "gone" is believed (on X each costs)."""
VERB = "check"
HOLD_EDITED = "edited"
HOLD_UNCHECKED = "deletion not checked"
DEADLINE = timedelta(hours=24)


class Rechecked(NamedTuple):
    """What one turn found."""

    checked: int
    tombstones: int
    edited: int
    unknown: int
    held: int
    failed: int

    def plus(self, other: Rechecked) -> Rechecked:
        """Both together."""
        return Rechecked(*(a + b for a, b in zip(self, other, strict=True)))


class Outlook(NamedTuple):
    """Where deletion checks stand on a channel: posts kept, those due again, those asked for."""

    channel: str
    kept: int
    due: int
    asked: int


def polled(context: Context) -> list[Channel]:
    """The channels whose deletions must be asked for."""
    return [
        channel
        for channel in context.channels.values()
        if context.settings.is_live(channel.name)
        and channel.caps.deletions == Deletions.POLL
        and channel.policy.follow_deletions
    ]


def recheck(context: Context) -> Rechecked:
    """One turn over every channel that does not tell deletions by itself."""
    total = Rechecked(0, 0, 0, 0, 0, 0)
    for channel in polled(context):
        found = _turn(context, channel)
        total = total.plus(found)
    return total


def _turn(context: Context, channel: Channel) -> Rechecked:
    total = Rechecked(0, 0, 0, 0, 0, 0)
    before = _due_before(context, channel.name)
    asked: set[str] = set()
    while len(asked) < MOST_A_TURN and not pausing.waits(context, channel.name, VERB):
        with context.store.read() as tx:
            due = rechecks.to_check(tx, channel.name, before, AT_ONCE + len(asked))
        fresh = [one for one in due if one[0] not in asked]
        wanted = bool(fresh) and fresh[0][1]
        # What somebody asked for may use more of a budget, so it is never mixed with the routine.
        refs = [ref for ref, by_request in fresh if by_request == wanted][:AT_ONCE]
        if not refs:
            break
        asked.update(refs)
        try:
            found = _believed(context, channel, channel.check(refs, wanted))
        except ChannelError as problem:
            pausing.refused(context, channel.name, VERB, problem)
            total = total._replace(failed=total.failed + 1, unknown=total.unknown + len(refs))
            break
        except YouthVoiceError:
            raise
        except Exception as problem:  # one odd answer must not keep the other channels
            log.error("check failed", channel=channel.name, type=type(problem).__name__)
            pausing.refused(context, channel.name, VERB, ChannelError("failed_inside"))
            total = total._replace(failed=total.failed + 1, unknown=total.unknown + len(refs))
            break
        pausing.worked(context, channel.name, VERB)
        page = _follow(context, channel, found)
        total = total.plus(page)
    return total._replace(held=total.held + _hide_overdue(context, channel))


def _believed(
    context: Context, channel: Channel, found: Mapping[str, Presence]
) -> Mapping[str, Presence]:
    """What a platform says, if it still shows any post of our own.

    A server that was moved, a page of a proxy, an index that lost its data: all of them would say that
    everything is gone. Where nothing of ours is there either, "gone" tells nothing.
    """
    missing = [ref for ref, said in found.items() if said in (Presence.GONE, Presence.HIDDEN)]
    if not missing:
        return found
    with context.store.read() as tx:
        own = postings.live_refs(tx, channel.name, OWN_ASKED)
    if any(said == Presence.PRESENT for said in channel.check(own).values()):
        return found
    return {**found, **dict.fromkeys(missing, Presence.UNKNOWN)}


def _follow(context: Context, channel: Channel, found: Mapping[str, Presence]) -> Rechecked:
    by_presence: dict[Presence, list[str]] = {presence: [] for presence in Presence}
    for ref, presence in found.items():
        by_presence[presence].append(ref)
    there = by_presence[Presence.PRESENT]
    edited = by_presence[Presence.EDITED]
    gone = by_presence[Presence.GONE] + by_presence[Presence.HIDDEN]
    with context.store.write() as tx:
        rechecks.mark_checked(tx, channel.name, there + edited, context.settings.today().date())
        rechecks.end_hold(tx, channel.name, there + edited, HOLD_UNCHECKED)
        hidden = rechecks.hold(tx, channel.name, edited, HOLD_EDITED)
        withdrawn = withdraw(tx, context, channel, gone)
    unknown = len(by_presence[Presence.UNKNOWN])
    return Rechecked(len(found) - unknown, withdrawn, len(edited), unknown, hidden, 0)


def _hide_overdue(context: Context, channel: Channel) -> int:
    with context.store.write() as tx:
        late = rechecks.overdue(tx, channel.name, context.now())
        return rechecks.hold(tx, channel.name, late, HOLD_UNCHECKED) if late else 0


class Requested(NamedTuple):
    """How many posts are here, and how many were hidden at once because nobody can ask the platform."""

    found: int
    hidden: int


def request(context: Context, channel_name: str, refs: Sequence[str], actor: Actor) -> Requested:
    """Have posts looked at within the channel's deadline, because somebody asked.

    Where the platform cannot be asked (a dry channel), they are shown to nobody from now on.
    """
    channel = context.channel(channel_name)
    by = context.now() + (channel.policy.deletion_deadline or DEADLINE)
    with context.store.write() as tx:
        found = rechecks.ask_check(tx, channel_name, list(refs), by)
        hidden = 0
        if channel not in polled(context):
            hidden = rechecks.hold(tx, channel_name, list(refs), HOLD_UNCHECKED)
        trail.record(context, tx, actor, "ask deletion check", f"{channel_name}: {found}")
    return Requested(found, hidden)


def leave(context: Context, channel_name: str, actor: Actor) -> int:
    """Forget everything of a platform because our access to it ends; totals stay. How many messages.

    X asks for this within 10 business days (developer policy, read August 2026).
    """
    if channel_name not in PLATFORMS:
        raise BadInput(
            note("There is no platform “%(name)s”.", name=channel_name),
            note("Platforms: %(platforms)s", platforms=", ".join(PLATFORMS)),
        )
    if context.settings.is_live(channel_name) and channel_name in context.channels:
        raise Refused(
            note(
                "The channel %(name)s is live: it would collect everything again.",
                name=channel_name,
            ),
            note("Take it out of YOUTHVOICE_LIVE first."),
        )
    gone = 0
    while True:
        with context.store.write() as tx:
            refs = rechecks.every_ref(tx, channel_name, MOST_A_TURN)
            gone += withdrawals.withdraw_posts(context, tx, channel_name, refs)
            if not refs:
                collections.forget(tx, channel_name)
                trail.record(context, tx, actor, "leave platform", f"{channel_name}: {gone}")
                return gone


def outlook(context: Context) -> list[Outlook]:
    """Where the deletion checks of each such channel stand."""
    with context.store.read() as tx:
        return [
            Outlook(
                channel.name,
                *rechecks.check_counts(tx, channel.name, _due_before(context, channel.name)),
            )
            for channel in polled(context)
        ]


def _due_before(context: Context, channel: str) -> date:
    """Posts last looked at before this day are due: each day, or less often where looking costs money."""
    days = context.settings.recheck_days if channel in context.priced else 1
    return context.settings.today().date() - timedelta(days=days - 1)
