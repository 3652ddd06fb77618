"""One short function a verb: what each job does in a turn, and what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from youthvoice.demo import life
from youthvoice.flow import aggregate as aggregating
from youthvoice.flow import collect as collecting
from youthvoice.flow import feed_back
from youthvoice.flow import post as posting
from youthvoice.flow import recheck as rechecking
from youthvoice.flow import tag as tagging
from youthvoice.flow.context import Context
from youthvoice.store import runs

KEEP_RUNS = timedelta(days=2)


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


def tidy(context: Context) -> Mapping[str, int]:
    """Daily: forget old records of runs."""
    with context.store.write() as tx:
        return {"deleted": runs.prune(tx, context.now() - KEEP_RUNS)}
