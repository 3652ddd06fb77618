"""The publication policy of every channel by name, also of those that are no platform.

Sources: each platform's terms as read in August 2026; docs/operators/ says what they demand.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from youthvoice.channels.base import Policy

FORM = "form"
FILE = "file"
SANDBOX = "sandbox"
X = "x"
BLUESKY = "bluesky"
MASTODON = "mastodon"

OURS = Policy(text_in_public=True, text_to_staff=True, follow_deletions=False)
"""What reaches us directly: masked and released texts may be shown, nothing must be followed."""

POLICIES = {
    FORM: OURS,
    FILE: OURS,
    SANDBOX: Policy(text_in_public=True, text_to_staff=True, follow_deletions=True),
    # Posts may not be changed where they are shown, so there is no masked post in public; showing
    # them to a government needs a plan that names it; deletions within 24 hours.
    X: Policy(
        text_in_public=False,
        text_to_staff=False,
        follow_deletions=True,
        ids_published=True,
        deletion_deadline=timedelta(hours=24),
    ),
    BLUESKY: Policy(
        text_in_public=True,
        text_to_staff=True,
        follow_deletions=True,
        deletion_deadline=timedelta(hours=24),
    ),
    MASTODON: Policy(
        text_in_public=True,
        text_to_staff=True,
        follow_deletions=True,
        deletion_deadline=timedelta(hours=24),
    ),
}


def policy(channel: str, staff_readable: Collection[str] = ()) -> Policy | None:
    """The policy of a channel. `staff_readable`: channels whose contract lets this staff read texts."""
    found = POLICIES.get(channel)
    if found is not None and channel in staff_readable:
        return replace(found, text_to_staff=True)
    return found


def may_quote(channel: str) -> bool:
    """Whether a released, masked text of this channel may be shown to the public. Unknown: no."""
    found = policy(channel)
    return found is not None and found.text_in_public


def staff_may_read(channel: str, staff_readable: Collection[str] = ()) -> bool:
    """Whether staff may read masked texts of this channel. Unknown: no."""
    found = policy(channel, staff_readable)
    return found is not None and found.text_to_staff


def quotable() -> tuple[str, ...]:
    """The channels whose released texts may be shown to the public."""
    return tuple(name for name in POLICIES if may_quote(name))


def readable(staff_readable: Collection[str] = ()) -> tuple[str, ...]:
    """The channels whose masked texts staff may read."""
    return tuple(name for name in POLICIES if staff_may_read(name, staff_readable))
