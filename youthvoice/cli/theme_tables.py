"""What the commands of `youthvoice themes` print: tables for people, and a proposal as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from youthvoice.agreement import Alpha
from youthvoice.cli.common import console, translator
from youthvoice.errors import mark
from youthvoice.flow import codebook_file
from youthvoice.flow.codebook_proposal import Found, Proposal, Shown
from youthvoice.flow.mapping import Preview
from youthvoice.model import LANGUAGES, Codebook, CodebookStatus

STATUS_NAMES = {CodebookStatus.DRAFT: mark("draft"), CodebookStatus.FROZEN: mark("signed off")}


def show_proposal(found: Proposal) -> None:
    """The groups as a table, then each with its messages, then what may be merged or split."""
    t = translator()
    say(
        t(
            "%(messages)s messages read, %(texts)s different ones; %(other)s in no group.",
            messages=t.number(found.messages),
            texts=t.number(found.texts),
            other=t.number(found.other),
        )
    )
    table = Table(t("Theme"), t("Under"), t("Name"), t("Messages"), "en", "fr", box=None)
    for one in found.found:
        table.add_row(
            one.theme.id,
            one.theme.parent or "-",
            one.theme.name.get(t.language) or "-",
            t.number(one.messages),
            t.number(one.languages.get("en", 0)),
            t.number(one.languages.get("fr", 0)),
        )
    console.print(table)
    for one in found.found:
        _show_group(one)
    for first, second in found.close:
        say(t("“%(first)s” and “%(second)s” are close: one theme?", first=first, second=second))


def _show_group(one: Found) -> None:
    t = translator()
    heading = t("in the codebook already") if one.already else t("a new theme")
    say(f"\n{one.theme.id} ({heading})")
    for language in LANGUAGES:
        words = ", ".join(f"{phrase.words} ({phrase.texts})" for phrase in one.phrases[language])
        say(f"  [{language}] {words or t('no phrase that three messages share')}")
    _show_messages(t("Typical"), one.typical)
    _show_messages(t("Borderline"), one.borderline)
    if one.halves:
        first, second = (", ".join(half) or "-" for half in one.halves)
        say(t("  Two themes? %(first)s | %(second)s", first=first, second=second))


def _show_messages(heading: str, messages: Sequence[Shown]) -> None:
    if messages:
        say(f"  {heading}:")
    for one in messages:
        say(f"    {one.language}  {one.text}")


def proposal_as_json(found: Proposal) -> dict[str, Any]:
    """A proposal as JSON values; texts are masked."""
    return {
        "topic": found.topic,
        "messages": found.messages,
        "texts": found.texts,
        "other": found.other,
        "groups": [_group_as_json(one) for one in found.found],
        "close": [list(pair) for pair in found.close],
        "themes": [codebook_file.as_table(theme) for theme in found.themes],
    }


def _group_as_json(one: Found) -> dict[str, Any]:
    return {
        "theme": one.theme.id,
        "parent": one.theme.parent,
        "already": one.already,
        "messages": one.messages,
        "texts": one.texts,
        "languages": dict(one.languages),
        "phrases": {
            language: [{"words": phrase.words, "texts": phrase.texts} for phrase in phrases]
            for language, phrases in one.phrases.items()
        },
        "typical": [message._asdict() for message in one.typical],
        "borderline": [message._asdict() for message in one.borderline],
        "halves": [list(half) for half in one.halves] if one.halves else None,
    }


def show_codebook(found: Codebook) -> None:
    """A codebook, level 2 set in under level 1."""
    t = translator()
    say(
        t(
            "Version %(version)s, %(status)s; made by %(name)s",
            version=found.version,
            status=t(STATUS_NAMES[found.status]),
            name=found.made_by,
        )
        + (t(", signed off by %(name)s", name=found.signed_by) if found.signed_by else "")
    )
    table = Table(t("Theme"), t("Name"), t("What belongs there"), box=None)
    for theme in found.themes:
        table.add_row(
            "  " * (theme.level - 1) + theme.id,
            theme.name.get(t.language, ""),
            theme.description.get(t.language, ""),
        )
    console.print(table)


def show_preview(found: Preview) -> None:
    """What a mapping would change, a row a theme."""
    t = translator()
    table = Table(t("Theme"), t("Now"), t("Then"), t("Gains"), t("Loses"), t("Not sure"), box=None)
    for one in found.changes:
        figures = (one.now, one.then, one.gains, one.loses, one.unsure)
        if any(figures):
            table.add_row(one.theme, *(t.number(figure) for figure in figures))
    say(
        t("Version %(version)s of the themes, from their descriptions.", version=found.version)
        if not found.learned_from
        else t(
            "Version %(version)s of the themes, learned from %(n)s messages.",
            version=found.version,
            n=t.number(found.learned_from),
        )
    )
    console.print(table)
    say(
        t(
            "%(undecided)s messages would get new proposals: %(unsure)s with a theme to be looked at, "
            "%(none)s with none. %(decided)s stay as people decided.",
            undecided=t.number(found.undecided),
            unsure=t.number(found.unsure),
            none=t.number(found.none),
            decided=t.number(found.decided),
        )
    )
    for theme, messages in found.gone.items():
        say(
            t(
                "“%(theme)s” is not in this codebook; people gave it to %(n)s messages, which keep it.",
                theme=theme,
                n=t.number(messages),
            )
        )


def alpha_cells(one: Alpha) -> tuple[str, str, str]:
    """Alpha, its interval, and how many messages; a dash where nothing can be told."""
    t = translator()
    if one.value is None or one.low is None or one.high is None:
        return "-", "-", t.number(one.messages)
    value, low, high = (t.number(round(figure, 2)) for figure in (one.value, one.low, one.high))
    return value, t("%(low)s to %(high)s", low=low, high=high), t.number(one.messages)


def say(sentence: str) -> None:
    """A line as it is, not wrapped."""
    console.print(sentence, markup=False, soft_wrap=True)
