"""What X's refusals and the network's failures mean, in our words.

The kinds of a problem are told by its `detail` or by how its `type` ends (its host has moved once);
nothing of an answer's own words goes into the failure that we raise.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import requests
import tweepy

from youthvoice.channels.http import never_sent
from youthvoice.errors import (
    Ambiguous,
    AuthFailed,
    ChannelError,
    Duplicate,
    NotAllowedToReply,
    OutOfCredit,
    Rejected,
    RetryAt,
    Unavailable,
)

WINDOW = 15 * 60
"""Seconds of a rate window on X; how long to wait when the reset is not told."""


def explain(problem: Exception, writing: bool) -> ChannelError:
    """What a failed call means. `writing`: the call may have made a post."""
    if isinstance(problem, ChannelError):
        return problem
    if isinstance(problem, tweepy.HTTPException):
        return _refusal(problem, writing)
    if isinstance(problem, requests.RequestException):
        if never_sent(problem):
            return Unavailable("not_reached")
        return Ambiguous("timeout") if writing else Unavailable("network")
    # An answer that is no answer (`null`, half a JSON): the call was made all the same.
    return Ambiguous("odd_answer") if writing else Unavailable("odd_answer")


def body(problem: tweepy.HTTPException) -> Mapping[str, Any]:
    """The problem as X describes it, or nothing."""
    try:
        found = problem.response.json()
    except ValueError:
        return {}
    return found if isinstance(found, Mapping) else {}


def said(found: Mapping[str, Any]) -> str:
    """Everything a problem says of itself, in lower case, to look for words in."""
    parts = [found.get("detail"), found.get("title"), found.get("type"), found.get("reason")]
    for one in found.get("errors") or []:
        if isinstance(one, Mapping):
            parts += [one.get("message"), one.get("detail"), one.get("type")]
    return " ".join(str(part).lower() for part in parts if part)


def _refusal(problem: tweepy.HTTPException, writing: bool) -> ChannelError:
    status = problem.response.status_code
    words = said(body(problem))
    if status == 402 or "usage-capped" in words or "usage cap" in words:
        return OutOfCredit("credits" if status == 402 else "usage_cap")
    if status == 429:
        return RetryAt("rate_limit", _seconds(problem.response.headers))
    if status == 401:
        return AuthFailed("unauthorized")
    if status == 403:
        return _forbidden(words)
    if status >= 500:
        return Ambiguous("server_error") if writing else Unavailable("server_error")
    if status == 404:
        return Rejected("not_found")
    return Rejected("bad_request" if status == 400 else f"http_{status}")


def _forbidden(words: str) -> ChannelError:
    if "duplicate" in words:
        return Duplicate("duplicate")
    if "reply" in words or "not visible to you" in words:
        return NotAllowedToReply("reply_refused")
    if "suspended" in words or "locked" in words:
        return AuthFailed("account_locked")
    if any(
        end in words
        for end in ("client-forbidden", "unsupported-authentication", "oauth1-permissions")
    ):
        return AuthFailed("not_permitted")
    return Rejected("forbidden")


def _seconds(headers: Mapping[str, str]) -> float:
    """How long to wait: until the limit that is used up (a day's, or the window's) is refilled."""
    now = time.time()
    for left, reset in (
        ("x-app-limit-24hour-remaining", "x-app-limit-24hour-reset"),
        ("x-user-limit-24hour-remaining", "x-user-limit-24hour-reset"),
    ):
        if headers.get(left) == "0" and headers.get(reset, "").isdigit():
            return max(1.0, int(headers[reset]) - now + 1)
    reset_at = headers.get("x-rate-limit-reset", "")
    return max(1.0, int(reset_at) - now + 1) if reset_at.isdigit() else WINDOW


def about(problem: tweepy.HTTPException, *words: str) -> bool:
    """Whether a refused request (400) was refused for one of these parameters."""
    if problem.response.status_code != 400:
        return False
    found = body(problem)
    text = said(found) + " " + str(found.get("parameters") or "")
    for one in found.get("errors") or []:
        if isinstance(one, Mapping):
            text += " " + " ".join(map(str, one.get("parameters") or {}))
    return any(word in text.lower() for word in words)
