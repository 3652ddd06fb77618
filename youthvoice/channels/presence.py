"""Asking for the presence of many posts, some at a time: what could not be asked stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from youthvoice.channels.base import Presence
from youthvoice.errors import ChannelError, Unavailable

Ask = Callable[[list[str], dict[str, Presence]], None]
"""Asks for some posts and writes down what it learns as it learns it."""


def in_turns(refs: Sequence[str], at_once: int, ask: Ask) -> dict[str, Presence]:
    """Ask for `refs`, `at_once` at a time.

    Not being reached leaves those of that turn unknown. A refusal is raised if it comes first; later,
    what is known already is worth more than the refusal.
    """
    found = dict.fromkeys(refs, Presence.UNKNOWN)
    for start in range(0, len(refs), at_once):
        try:
            ask(list(refs[start : start + at_once]), found)
        except Unavailable:
            continue
        except ChannelError:
            if start == 0:
                raise
            break
    return found
