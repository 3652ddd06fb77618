"""No proof of work is accepted twice, or spliced: what somebody may try who has seen pages and proofs.

Each try takes a page that was sent honestly or one that was not sent yet, and sends it again, with
another's proof, with a changed one, too late, or without any. At the end the database must hold as many
messages as were sent honestly, and nothing may have failed but with a sentence.
"""

from __future__ import annotations

import base64
import json
import random
import string
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import altcha
import time_machine

from tests.prove import voices
from tests.prove.rows import Row, shared
from youthvoice.errors import YouthVoiceError
from youthvoice.flow import receipts, submit
from youthvoice.flow.context import Context
from youthvoice.flow.mailroom import Mailroom
from youthvoice.trust import proofs

START = datetime(2026, 11, 20, 15, tzinfo=UTC)
A_GENERATION = 25
"""Tries after which the pages are others."""
AT_ONCE = 4
CHANGES: dict[str, Callable[[random.Random, Any], Any]] = {
    "algorithm": lambda dice, _old: dice.choice(["SHA-256", "PBKDF2/SHA-512", "ARGON2ID", ""]),
    "cost": lambda dice, old: dice.choice([0, old + 1, 10**6, "1", None]),
    "keyLength": lambda dice, old: dice.choice([0, 1, old - 1, None]),
    "keyPrefix": lambda dice, old: dice.choice(["", "00", old[:-2], old[:-1]]),
    "keySignature": lambda dice, _old: dice.choice([None, "", dice.randbytes(32).hex()]),
    "nonce": lambda dice, _old: dice.randbytes(16).hex(),
    "salt": lambda dice, _old: dice.randbytes(16).hex(),
    "expiresAt": lambda dice, old: dice.choice([None, 0, old + 1, old + 10**6]),
    "memoryCost": lambda dice, _old: dice.choice([None, 1]),
    "data": lambda dice, old: {**old, "more": dice.random()},
}
"""For each field of a challenge, something else than what was signed."""


class Page(NamedTuple):
    """What a browser holds before it sends, with its proof solved."""

    carried: str
    proof: str
    answer: str

    @property
    def payload(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(base64.b64decode(self.proof))
        return found


class Attempt(NamedTuple):
    """What is sent, and how long after the page was made."""

    carried: str
    proof: str
    answer: str = ""
    later: timedelta = timedelta(seconds=1)


class Outcome(NamedTuple):
    """`stored`: messages in the database; `odd`: tries that ended otherwise than with a sentence."""

    tries: int
    honest: int
    stored: int
    odd: int

    @property
    def failures(self) -> int:
        return abs(self.stored - self.honest) + self.odd


class Scene:
    """A page that was sent, one that was not, and the proof of a third."""

    def __init__(self, context: Context, dice: random.Random) -> None:
        self.context = context
        self.dice = dice
        self.sent, self.open, self.other = (self.page() for _ in range(3))
        self.receipt = self.send(Attempt(self.sent.carried, self.sent.proof)).receipt
        self.honest = 1
        self.odd = 0

    def page(self) -> Page:
        seen = voices.seen_by_writer(self.context, f"the bus, {self.dice.random()}")
        answer = min(dict(submit.PLAIN_QUESTIONS)[seen.question])
        return Page(seen.carried, proofs.solve(seen.challenge), answer)

    def send(self, one: Attempt) -> submit.Sent:
        with time_machine.travel(START + one.later, tick=False):
            return submit.send(self.context, one.carried, one.proof, one.answer)

    def minutes(self, least: int, most: int) -> timedelta:
        return timedelta(minutes=least, seconds=self.dice.randrange((most - least) * 60))


def _packed(payload: object) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


def again(scene: Scene) -> Attempt:
    return Attempt(scene.sent.carried, scene.sent.proof)


def again_later(scene: Scene) -> Attempt:
    return Attempt(scene.sent.carried, scene.sent.proof, later=scene.minutes(15, 59))


def again_by_answer(scene: Scene) -> Attempt:
    return Attempt(scene.sent.carried, "", scene.sent.answer, scene.minutes(1, 59))


def again_disguised(scene: Scene) -> Attempt:
    """The same page and proof, written in another way."""
    payload = scene.sent.payload
    payload["solution"]["counter"] = scene.dice.randrange(10**6)
    payload["solution"]["time"] = scene.dice.random()
    payload["more"] = "x" * scene.dice.randrange(9)
    place = scene.dice.randrange(len(scene.sent.carried))
    noise = scene.dice.choice(["\n", " ", "!", ".", ""])
    return Attempt(
        scene.sent.carried[:place] + noise + scene.sent.carried[place:], _packed(payload)
    )


def renewed(scene: Scene) -> Attempt:
    """A page that was shown once more before it was sent: both of its pages are one message."""
    first = scene.page()
    second = submit.again(scene.context, first.carried)
    assert second is not None
    scene.send(Attempt(first.carried, first.proof))
    scene.honest += 1
    proof = scene.dice.choice([first.proof, proofs.solve(second.challenge)])
    return Attempt(second.carried, proof)


def taken_back(scene: Scene) -> Attempt:
    """A page whose message was withdrawn meanwhile."""
    one = scene.page()
    receipt = scene.send(Attempt(one.carried, one.proof)).receipt
    scene.honest += 1
    receipts.withdraw(scene.context, receipt)
    return Attempt(one.carried, one.proof)


def at_once(scene: Scene) -> Attempt:
    """One page that is sent by several at the same moment, to be stored apart or together."""
    one = scene.page()
    mailroom = scene.dice.choice([None, Mailroom(scene.context.store)])

    def send() -> None:
        try:
            submit.send(scene.context, one.carried, one.proof, mailroom=mailroom)
        except YouthVoiceError:
            scene.odd += 1

    threads = [threading.Thread(target=send) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    scene.honest += 1
    return Attempt(one.carried, one.proof)


def anothers(scene: Scene) -> Attempt:
    return Attempt(scene.open.carried, scene.dice.choice([scene.other, scene.sent]).proof)


def renamed(scene: Scene) -> Attempt:
    """Another's proof, with the name of this page written into it."""
    payload = scene.other.payload
    payload["challenge"]["parameters"]["data"] = _data(scene.open)
    return Attempt(scene.open.carried, _packed(payload))


def _data(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.payload["challenge"]["parameters"]["data"]
    return found


def mixed(scene: Scene) -> Attempt:
    """Parts of two proofs."""
    mine, theirs = scene.open.payload, scene.other.payload
    kind = scene.dice.randrange(3)
    if kind == 0:
        mine["solution"] = theirs["solution"]
    elif kind == 1:
        mine["challenge"]["signature"] = theirs["challenge"]["signature"]
    else:
        theirs["challenge"]["parameters"]["data"] = _data(scene.open)
        theirs["challenge"]["signature"] = mine["challenge"]["signature"]
        mine = theirs
    return Attempt(scene.open.carried, _packed(mine))


def changed(scene: Scene) -> Attempt:
    """A field of the challenge, its signature or the solution is another."""
    payload = scene.open.payload
    parameters = payload["challenge"]["parameters"]
    name = scene.dice.choice([*CHANGES, "signature", "derivedKey", "unsigned"])
    if name in CHANGES:
        parameters[name] = CHANGES[name](scene.dice, parameters.get(name))
    elif name == "signature":
        payload["challenge"]["signature"] = scene.dice.randbytes(32).hex()
    elif name == "unsigned":
        payload["challenge"].pop("signature")
    else:
        payload["solution"] = {"counter": 1, "derivedKey": scene.dice.randbytes(32).hex()}
    return Attempt(scene.open.carried, _packed(payload))


def self_made(scene: Scene) -> Attempt:
    """A challenge of somebody's own for this page, signed with a key of their own or with none."""
    key = scene.dice.choice([None, scene.dice.randbytes(32), b"draft"])
    made = altcha.create_challenge(
        proofs.ALGORITHM,
        1,
        counter=1,
        expires_at=START + timedelta(days=1),
        data=_data(scene.open),
        hmac_secret=key,
        hmac_key_secret=key,
    )
    return Attempt(scene.open.carried, proofs.solve(json.dumps(made.to_dict())))


def expired(scene: Scene) -> Attempt:
    one = scene.open
    by_proof = scene.dice.random() < 0.5
    later = scene.minutes(60, 60 * 24 * 30) + timedelta(seconds=1)
    return Attempt(one.carried, one.proof if by_proof else "", one.answer, later)


def torn(scene: Scene) -> Attempt:
    """A proof that is cut short, or none at all."""
    good = scene.open.proof
    nested = base64.b64encode(b"[" * scene.dice.randrange(1, 2_900)).decode()
    noise = "".join(scene.dice.choices(string.printable + "é\U0001f600\ud800", k=40))
    proof = scene.dice.choice(
        [
            good[: scene.dice.randrange(len(good) - 1)],
            base64.b64encode(scene.dice.randbytes(scene.dice.randrange(300))).decode(),
            _packed(scene.dice.choice([None, [], {}, 1, "x", {"challenge": [], "solution": 1}])),
            _packed({"challenge": {"parameters": scene.dice.choice([[], "x", None])}}),
            nested,
            noise,
            good * 20,
        ]
    )
    return Attempt(scene.open.carried, proof)


def mangled(scene: Scene) -> Attempt:
    """A proof in which one value is of another kind."""
    payload = scene.open.payload
    place: Any = payload
    while True:
        name = scene.dice.choice(sorted(place))
        if not isinstance(place[name], dict) or scene.dice.random() < 0.3:
            break
        place = place[name]
    if name in ("counter", "time"):  # what a solution tells besides its key is not looked at
        name = "derivedKey"
    place[name] = scene.dice.choice([None, True, [], {}, 1e308, -1, "\ud800", "é", ["x"], 2**70])
    return Attempt(scene.open.carried, _packed(payload))


def wrong_answer(scene: Scene) -> Attempt:
    """The small question, answered wrongly, too fast, or not at all."""
    one = scene.open
    wrong = scene.dice.choice(["", "5", one.answer + "1", "seven eight", "⁷", "é" * 99])
    fast = scene.dice.random() < 0.3
    if fast:
        return Attempt(one.carried, "", one.answer, timedelta(seconds=scene.dice.randrange(4)))
    return Attempt(one.carried, "", wrong, scene.minutes(1, 59))


def damaged(scene: Scene) -> Attempt:
    """A page whose hidden field was changed, with its right proof."""
    one = scene.open
    raw = bytearray(base64.urlsafe_b64decode(one.carried))
    place = scene.dice.randrange(len(raw))
    raw[place] ^= scene.dice.randrange(1, 256)
    changed_ = base64.urlsafe_b64encode(bytes(raw)).decode()
    cut = one.carried[: scene.dice.randrange(len(one.carried) - 2)]
    return Attempt(scene.dice.choice([changed_, cut, scene.other.proof, "é"]), one.proof)


ATTACKS: tuple[Callable[[Scene], Attempt], ...] = (
    again,
    again_later,
    again_by_answer,
    again_disguised,
    renewed,
    taken_back,
    at_once,
    anothers,
    renamed,
    mixed,
    changed,
    self_made,
    expired,
    torn,
    mangled,
    wrong_answer,
    damaged,
)
REPEATS = ATTACKS[:7]
"""What is answered with the receipt once more, or refused; everything else must be refused."""


def _attack(scene: Scene, attack: Callable[[Scene], Attempt]) -> None:
    try:
        sent = scene.send(attack(scene))
    except YouthVoiceError:
        return
    except Exception:
        scene.odd += 1
        return
    # An answer that is not “again” shows in the count; a receipt that is another's does not.
    scene.odd += attack not in REPEATS or not sent.again


def run(seeds: range, folder: Path) -> Outcome:
    """Many tries on one installation."""
    honest = odd = 0
    with time_machine.travel(START, tick=False):
        settings = voices.prepared(folder / f"replayed-{seeds.start}")
        context = voices.opened(settings)
        for start in range(0, len(seeds), A_GENERATION):
            part = seeds[start : start + A_GENERATION]
            scene = Scene(context, random.Random(f"replay:{part.start}"))
            for _seed in part:
                _attack(scene, scene.dice.choice(ATTACKS))
            # The page that everything was tried on is taken as it is: what was refused was the try.
            scene.odd += scene.send(Attempt(scene.open.carried, scene.open.proof)).again
            honest, odd = honest + scene.honest + 1, odd + scene.odd
    found = voices.stored(context.store)
    context.store.close()
    return Outcome(len(seeds), honest, found, odd)


def prove(tries: int, folder: Path) -> list[Row]:
    began = time.perf_counter()
    found: list[Outcome] = list(shared(run, tries, folder))
    seen = f"{len(ATTACKS)} kinds, {sum(one.honest for one in found):,} honest messages"
    return [
        Row(
            "no proof of work is accepted twice or spliced",
            sum(one.tries for one in found),
            sum(one.failures for one in found),
            seen,
            time.perf_counter() - began,
        )
    ]
