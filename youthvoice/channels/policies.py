"""The publication policy of every channel by name, also of those that are no platform."""

from __future__ import annotations

from youthvoice.channels.base import Policy

FORM = "form"
FILE = "file"
SANDBOX = "sandbox"

POLICIES = {
    FORM: Policy(text_in_public=True, text_to_staff=True, follow_deletions=False),
    FILE: Policy(text_in_public=True, text_to_staff=True, follow_deletions=False),
    SANDBOX: Policy(text_in_public=True, text_to_staff=True, follow_deletions=True),
}


def may_quote(channel: str) -> bool:
    """Whether a released, masked text of this channel may be shown to the public. Unknown: no."""
    policy = POLICIES.get(channel)
    return policy is not None and policy.text_in_public


def staff_may_read(channel: str) -> bool:
    """Whether staff may read masked texts of this channel. Unknown: no."""
    policy = POLICIES.get(channel)
    return policy is not None and policy.text_to_staff


def quotable() -> tuple[str, ...]:
    """The channels whose released texts may be shown to the public."""
    return tuple(name for name in POLICIES if may_quote(name))


def readable() -> tuple[str, ...]:
    """The channels whose masked texts staff may read."""
    return tuple(name for name in POLICIES if staff_may_read(name))
