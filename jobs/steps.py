"""One short function a verb: what each job does in a turn, and what it counts."""

from __future__ import annotations

from collections.abc import Mapping

from youthvoice.demo import life
from youthvoice.flow import aggregate as aggregating
from youthvoice.flow import backup as backing_up
from youthvoice.flow import collapse as collapsing
from youthvoice.flow import collect as collecting
from youthvoice.flow import feed_back
from youthvoice.flow import forget as forgetting
from youthvoice.flow import post as posting
from youthvoice.flow import recheck as rechecking
from youthvoice.flow import release as releasing
from youthvoice.flow import tag as tagging
from youthvoice.flow import witness as witnessing
from youthvoice.flow.context import Context


def post(context: Context) -> Mapping[str, int]:
    """Send what waits in the outbox, then make answers public whose announcements are out."""
    done = posting.post(context)
    published = feed_back.feed_back(context).published
    return {**done._asdict(), "published": published}


def collect(context: Context) -> Mapping[str, int]:
    """Bring replies in and follow deletions."""
    return collecting.collect(context)._asdict()


def recheck(context: Context) -> Mapping[str, int]:
    """Follow deletions where a platform does not tell them."""
    return rechecking.recheck(context)._asdict()


def tag(context: Context) -> Mapping[str, int]:
    """Bring proposals to the present version of the machine."""
    return tagging.tag(context)._asdict()


def aggregate(context: Context) -> Mapping[str, int]:
    """Bring the totals to the present."""
    return aggregating.aggregate(context)._asdict()


def audience(context: Context) -> Mapping[str, int]:
    """Demo only: the invented audience writes its next message."""
    return life.turn(context)._asdict()


def release(context: Context) -> Mapping[str, int]:
    """Let a batch of the form's messages reach reviewers."""
    return {"released": releasing.release(context).released}


def collapse(context: Context) -> Mapping[str, int]:
    """Find messages that say nearly the same."""
    return collapsing.collapse(context)._asdict()


def forget(context: Context) -> Mapping[str, int]:
    """Daily: leftover arrivals reach reviewers, and what is too old is destroyed."""
    left = releasing.release(context, leftover=True).released
    return {"released": left, **forgetting.forget(context)._asdict()}


def witness(context: Context) -> Mapping[str, int]:
    """Daily: verify the audit log, and publish its head outside the database if it fits."""
    return witnessing.witness(context)._asdict()


def back_up(context: Context) -> Mapping[str, int]:
    """Daily, where a key for it is set: write a backup."""
    if not context.settings.backup_recipient:
        return {}
    done = backing_up.make(context)
    return {"written": done.written, "pruned": done.pruned}
