"""What people call the dimensions of a total, and their values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard import look
from youthvoice.errors import mark
from youthvoice.flow.spending import Budget
from youthvoice.model import Theme, Topic
from youthvoice.strings import Translator

DIMENSIONS = {
    "theme": mark("Theme"),
    "question": mark("Question"),
    "language": mark("Language"),
    "channel": mark("Channel"),
    "week": mark("Week"),
    "day": mark("Day"),
}


def dimension_name(name: str, t: Translator) -> str:
    """What people call a dimension."""
    return t(DIMENSIONS[name])


def value_name(
    dimension: str, value: str, topic: Topic, themes: Sequence[Theme], t: Translator
) -> str:
    """What people call a value of a dimension."""
    if dimension == "theme":
        return next((theme.name[t.language] for theme in themes if theme.id == value), value)
    if dimension == "question":
        if value == "0":
            return t("The topic as a whole")
        questions = topic.texts[t.language].questions
        number = int(value)
        return f"{number}. {questions[number - 1]}" if number <= len(questions) else value
    if dimension == "language":
        return t(look.language_name(value))
    if dimension == "channel":
        return t(look.channel_name(value))
    return t.day(date.fromisoformat(value), "medium")


def theme_names(themes: Sequence[Theme], t: Translator) -> dict[str, str]:
    """Every theme's name by id."""
    return {theme.id: theme.name[t.language] for theme in themes}


def labelled(t: Translator, label: str, value: str) -> str:
    """A label in bold and what it labels, as this language writes it (Markdown)."""
    return t("%(label)s: %(value)s", label=f"**{label}**", value=value)


def budget_said(budget: Budget, t: Translator) -> str:
    """How much of a month's cap is spent, in a sentence."""
    return t(
        "%(channel)s, %(account)s: %(share)s of this month’s cap is spent.",
        channel=t(look.channel_name(budget.channel)),
        account=t(look.account_name(budget.account)),
        share=t.percent(budget.spent / budget.cap),
    )
