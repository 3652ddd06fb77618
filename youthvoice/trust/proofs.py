"""Proof of work: what a phone computes in about a second, once for each message that it sends.

The challenge names the draft that it is for, is signed as a whole and expires with it. Whoever changes
a part, takes another's, or comes late is refused by the signature; whoever comes twice, by the draft,
which can be sent once. Library: altcha (its second protocol, PBKDF2/SHA-256).
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime

import altcha

from youthvoice.trust.drafts import LIFE

ALGORITHM = "PBKDF2/SHA-256"


def challenge(draft: str, key: bytes, now: datetime, cost: int, most: int) -> str:
    """A challenge for one draft, as JSON: up to `most` turns of PBKDF2 with `cost` iterations each."""
    made = altcha.create_challenge(
        ALGORITHM,
        cost,
        counter=secrets.randbelow(most) + 1,
        expires_at=now + LIFE,
        data={"draft": draft},
        hmac_secret=key,
        hmac_key_secret=key + b"key",
    )
    return json.dumps(made.to_dict(), separators=(",", ":"))


def is_solved(payload: str, draft: str, key: bytes) -> bool:
    """Whether this is the solution of the challenge that was made for this draft."""
    if len(payload) > 4_000:
        return False
    try:
        given = altcha.Payload.from_base64(payload)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    data = given.challenge.parameters.data
    if not isinstance(data, dict) or data.get("draft") != draft:
        return False
    found = altcha.verify_solution(given, key, hmac_key_secret=key + b"key")
    return bool(found.verified)


def solve(challenge_json: str) -> str:
    """The solution of a challenge, as the page's script computes it; for tests and benchmarks."""
    asked = altcha.Challenge.from_dict(json.loads(challenge_json))
    solution = altcha.solve_challenge(asked)
    if solution is None:
        raise ValueError("not solved in time")
    return altcha.Payload(asked, solution).to_base64()
