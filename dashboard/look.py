"""The colours and shapes of both faces, in one place (light and dark), and who a theme is on sight.

Contrasts are those of WCAG 2.2; a test computes them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from youthvoice.errors import mark

Thing = TypeVar("Thing")

LIGHT = {
    "ground": "#FFFAF3",
    "card": "#FFFFFF",
    "text": "#1B1B2F",
    "quiet": "#5B5B6B",
    "action": "#4A3AA7",
    "answer": "#0B6E4F",
    "care": "#B3261E",
    "border": "#767285",
}
DARK = {
    "ground": "#15131F",
    "card": "#1E1B2C",
    "text": "#F4F1FF",
    "quiet": "#A9A4BB",
    "action": "#B9ACFF",
    "answer": "#6FD3AE",
    "care": "#FF9B8F",
    "border": "#7A768C",
}


class Sign(NamedTuple):
    """A theme on sight: always colour, shape and dash together with its name."""

    light: str
    dark: str
    shape: str
    dash: tuple[int, ...]
    mark: str


# `shape` is an SVG path in a box of 16 by 16; `mark` is the name Vega-Lite has for a like shape.
SIGNS = {
    "health": Sign("#4A3AA7", "#B9ACFF", "M8 1a7 7 0 1 0 0 14a7 7 0 1 0 0-14z", (1, 0), "circle"),
    "support": Sign("#C2410C", "#FFB088", "M2 2h12v12H2z", (6, 3), "square"),
    "education": Sign("#0F766E", "#7ADCD2", "M8 1l7 14H1z", (2, 2), "triangle-up"),
    "employment": Sign("#9D174D", "#FF9CC7", "M8 0l8 8l-8 8l-8-8z", (8, 2, 2, 2), "diamond"),
    "inclusion": Sign("#1D4ED8", "#9DB8FF", "M5 1h6v4h4v6h-4v4H5v-4H1V5h4z", (4, 4), "cross"),
    "civic": Sign("#6B5B00", "#E3CE5B", "M1 1h14L8 15z", (10, 4), "triangle-down"),
    "communities": Sign("#475569", "#B7C3D6", "M4 1h8l4 7l-4 7H4L0 8z", (3, 1), "triangle-right"),
}
OTHER = Sign("#5B5B6B", "#A9A4BB", "M1 6h14v4H1z", (1, 0), "stroke")


def sign(theme: str) -> Sign:
    """How a theme looks; themes without a sign of their own share a quiet one."""
    return SIGNS.get(theme, OTHER)


def channel_name(channel: str) -> str:
    """What people call a channel; a message id of the catalogue."""
    return {
        "sandbox": mark("Sandbox network"),
        "form": mark("Anonymous form"),
        "file": mark("Workshops and files"),
        "x": "X",
        "bluesky": "Bluesky",
        "mastodon": "Mastodon",
    }.get(channel, channel)


def language_name(language: str) -> str:
    """What people call the language of a message; a message id of the catalogue."""
    return {
        "en": mark("English"),
        "fr": mark("French"),
        "mixed": mark("English and French"),
        "other": mark("Another language"),
        "undecided": mark("Too short to tell"),
    }.get(language, language)


def hold_name(hold: str) -> str:
    """Why a message is held; a message id of the catalogue."""
    return {
        "risk": mark("It may be about somebody’s safety"),
        "detector failed": mark("A detector failed, so nothing of it is shown"),
        "could be recognised": mark("Its writer could be recognised by what it tells together"),
        "letters no detector reads": mark("It holds letters that no detector reads"),
        "first screening only": mark("It had a first screening only; it must be masked again"),
        "edited": mark("Its author changed it; the new text has not come in yet"),
        "deletion not checked": mark(
            "Somebody asked for it to go, and the platform cannot be asked"
        ),
    }.get(hold, mark("A person holds it"))


def attention_name(attention: str) -> str:
    """Why a message needs another look; a message id of the catalogue."""
    return {
        "objection": mark("Its writer says that a theme is wrong"),
        "reply": mark("Its writer answered your question"),
    }[attention]


def reason_name(reason: str) -> str:
    """Why somebody decided; a message id of the catalogue."""
    return {
        "personal information": mark("personal information"),
        "spam": mark("advertising"),
        "insult": mark("insult"),
        "off topic": mark("off topic"),
        "needs a second look": mark("needs a second look"),
        "safe now": mark("somebody looked after it; safe to show"),
    }.get(reason, reason)


_SIGNALS = {
    "self_harm": mark("suicide or self-harm"),
    "abuse": mark("violence or neglect at home"),
    "exploitation": mark("sexual violence or exploitation"),
    "threat": mark("a threat"),
    "weapon": mark("a weapon"),
    "running_away": mark("running away or no place to sleep"),
    "eating": mark("eating disorder"),
    "bullying": mark("bullying"),
    "hate": mark("hate"),
    "insult": mark("insult"),
    "spam": mark("advertising"),
}
_DANGERS = {
    "self_harm: an act going on or just done": mark(
        "suicide or self-harm: an act going on or just done"
    ),
    "self_harm: plan or means": mark("suicide or self-harm: a plan or means"),
    "self_harm: a recent or repeated act": mark("suicide or self-harm: a recent or repeated act"),
    "self_harm: goodbye or the last preparations": mark(
        "suicide or self-harm: goodbye, or the last preparations"
    ),
    "self_harm: thoughts of suicide or self-harm": mark("suicide or self-harm: thoughts of it"),
    "self_harm: the word suicide or self-harm": mark("suicide or self-harm: the word is there"),
    "abuse: violence going on": mark("violence or neglect at home: going on now"),
    "abuse: violence at home, in a couple or in care": mark(
        "violence or neglect at home: at home, in a couple or in care"
    ),
    "abuse: neglect, locked in or held under control": mark(
        "violence or neglect at home: neglect, locked in or controlled"
    ),
    "abuse: fear of somebody at home, or hidden injuries": mark(
        "violence or neglect at home: fear of somebody, or hidden injuries"
    ),
    "abuse: forced marriage or another forced practice": mark(
        "violence or neglect at home: forced marriage or another forced practice"
    ),
    "abuse: a worrying home": mark("violence or neglect at home: a worrying home"),
    "exploitation: exploitation or assault going on": mark(
        "sexual violence or exploitation: going on now"
    ),
    "exploitation: pictures demanded, kept or shared": mark(
        "sexual violence or exploitation: pictures demanded, kept or shared"
    ),
    "exploitation: assault or unwanted touching": mark(
        "sexual violence or exploitation: assault or unwanted touching"
    ),
    "exploitation: somebody older or with power, with gifts, secrets or favours": mark(
        "sexual violence or exploitation: somebody older or with power; gifts, secrets, favours"
    ),
    "threat: a threat with a plan, a place or means": mark(
        "a threat: with a plan, a place or means"
    ),
    "threat: a threat without means": mark("a threat: without means"),
    "weapon: a weapon in hand or in view": mark("a weapon: in hand or in view"),
    "weapon: a weapon carried or at hand": mark("a weapon: carried or at hand"),
    "running_away: left home, thrown out or without a place to sleep": mark(
        "running away or no place to sleep: left home, thrown out or without a place to sleep"
    ),
    "eating: signs of an eating disorder": mark("eating disorder: signs of it"),
    "bullying: bullying lived or seen": mark("bullying: lived or seen"),
    "hate: harm or exclusion wished to a group": mark("hate: harm or exclusion wished to a group"),
    "hate: a group called less than human": mark("hate: a group called less than human"),
    "hate: a slur thrown at somebody, or hate that was lived": mark(
        "hate: a slur, or hate that was lived"
    ),
    "hate: contempt for a group": mark("hate: contempt for a group"),
    "self_harm: now or soon": mark("suicide or self-harm: now or soon"),
    "abuse: now or soon": mark("violence or neglect at home: now or soon"),
    "exploitation: now or soon": mark("sexual violence or exploitation: now or soon"),
    "threat: now or soon": mark("a threat: now or soon"),
    "weapon: now or soon": mark("a weapon: now or soon"),
}
_TRAITS = {
    "trait negation": mark("it may be a denial"),
    "trait reported": mark("it may report the news, a lesson or the past"),
    "trait fiction": mark("it may be about a song, a film or a game"),
    "trait hyperbole": mark("it may be said in jest"),
    "trait idiom": mark("it may be a figure of speech"),
    "trait past_help": mark("it may be over, with help that came"),
    "trait prevention": mark("it may ask for prevention"),
    "trait counter_speech": mark("it may answer hate"),
    "trait reclaimed": mark("it may be a group’s own word for itself"),
}
_FORMER_SIGNALS = {
    "means or plan": mark("means or plan"),
    "abuse or exploitation": mark("abuse or exploitation"),
    "suicide or self-harm": mark("suicide or self-harm"),
    "running away": mark("running away"),
    "advertising": mark("advertising"),
}


def signal_name(reason: str) -> str:
    """What raised a message's risk, from a stored reason ("self_harm 4: plan or means"); a message id.

    What no table knows, because an operator wrote the rule or a model was trained for it, is shown by its
    signal, and failing that as it stands. Reasons stored by earlier versions are names of rules.
    """
    signal, _, why = reason.partition(":")
    name = signal.split(" ")[0]
    known = _DANGERS.get(f"{name}:{why}") or _TRAITS.get(reason) or _SIGNALS.get(name)
    return known or _FORMER_SIGNALS.get(reason) or reason.replace("%", "%%")


def job_name(job: str) -> str:
    """What people call a job; a message id of the catalogue."""
    return {
        "post": mark("Post"),
        "collect": mark("Collect"),
        "tag": mark("Tag"),
        "aggregate": mark("Aggregate"),
        "recheck": mark("Follow deletions"),
        "audience": mark("Invented audience"),
        "tidy": mark("Tidy up"),
        "release": mark("Pass messages on in batches"),
        "collapse": mark("Find near-duplicates"),
        "forget": mark("Destroy what is too old"),
        "witness": mark("Verify the audit log"),
        "back_up": mark("Back up"),
    }.get(job, job)


def count_name(count: str) -> str:
    """What a job counts; a message id of the catalogue."""
    return {
        "accepted": mark("new"),
        "seen": mark("seen before"),
        "held": mark("held for a person"),
        "tombstones": mark("deleted by their authors"),
        "pages": mark("pages"),
        "sent": mark("sent"),
        "ambiguous": mark("unclear"),
        "failed": mark("failed"),
        "waiting": mark("waiting"),
        "published": mark("answers published"),
        "tagged": mark("tagged"),
        "topics": mark("topics counted"),
        "written": mark("written"),
        "deleted": mark("deleted"),
        "edited": mark("edited by their authors"),
        "checked": mark("looked at again"),
        "unknown": mark("could not be asked"),
        "dry": mark("not sent (dry run)"),
        "odd": mark("could not be taken"),
        "released": mark("passed on"),
        "joined": mark("nearly the same"),
        "originals": mark("originals destroyed"),
        "masked_texts": mark("masked texts destroyed"),
        "runs": mark("records of jobs destroyed"),
        "times": mark("moments of posts destroyed"),
        "entries": mark("entries verified"),
        "heads": mark("published heads"),
    }.get(count, count)


def account_name(account: str) -> str:
    """What people call one of our accounts; a message id of the catalogue."""
    return {"en": mark("English account"), "fr": mark("French account")}.get(account, account)


def operation_name(operation: str) -> str:
    """What people call a call that costs something; a message id of the catalogue."""
    return {
        "publish": mark("Post made"),
        "publish_with_link": mark("Post made with a link"),
        "mentions": mark("Mentions read"),
        "search": mark("Replies found by search"),
        "timeline": mark("Own timeline read"),
        "lookup": mark("Posts looked at again"),
        "me": mark("Own account read"),
        "count": mark("Posts counted"),
    }.get(operation, operation)


def verb_name(verb: str) -> str:
    """What a channel was doing when it was refused; a message id of the catalogue."""
    return {
        "post": mark("Post"),
        "collect": mark("Collect"),
        "check": mark("Follow deletions"),
    }.get(verb.partition(" ")[0], verb)


def grouped(
    items: Iterable[Thing], key: Callable[[Thing], tuple[str, ...]]
) -> list[tuple[tuple[str, ...], list[Thing]]]:
    """Things with the same key together, in the order of the keys."""
    found: dict[tuple[str, ...], list[Thing]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return sorted(found.items())


def kept_name(reason: str) -> str:
    """Why a row was kept aside; a message id of the catalogue."""
    return {
        "empty text": mark("empty text"),
        "text too long": mark("text too long"),
        "wrong number of columns": mark("wrong number of columns"),
        "not valid JSON": mark("not valid JSON"),
        "text is not a string": mark("text is not a string"),
        "no id": mark("no id"),
    }.get(reason, reason)


def run_status_name(status: str) -> str:
    """How a run ended; a message id of the catalogue."""
    return {
        "running": mark("running"),
        "done": mark("done"),
        "failed": mark("failed"),
        "missed": mark("missed"),
        "abandoned": mark("ended before it was done"),
    }.get(status, status)
