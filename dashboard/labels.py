"""What people call the dimensions of a total, and their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import look
from dashboard.codebook import Themes
from youthvoice.errors import mark
from youthvoice.flow.quotes import Kind, Quotation
from youthvoice.flow.spending import Budget
from youthvoice.model import Label, LabelKind, Theme, Topic
from youthvoice.store.rollups import NOT_SURE
from youthvoice.strings import Translator

DIMENSIONS = {
    "theme": mark("Theme"),
    "own": mark("Theme of this topic"),
    "position": mark("Position"),
    "feeling": mark("Feeling"),
    "question": mark("Question"),
    "language": mark("Language"),
    "channel": mark("Channel"),
    "week": mark("Week"),
    "day": mark("Day"),
}


def dimension_name(name: str, t: Translator) -> str:
    """What people call a dimension."""
    return t(DIMENSIONS[name])


LABEL_NAMES = {
    "agrees": mark("agrees"),
    "disagrees": mark("disagrees"),
    "mixed": mark("for and against"),
    "not_stated": mark("no position stated"),
    "negative": mark("negative"),
    "neutral": mark("neutral"),
    "positive": mark("positive"),
    NOT_SURE: mark("Not sure yet"),
}
"""What people call positions and feelings; message ids of the catalogue."""

KIND_NAMES = {LabelKind.POSITION: DIMENSIONS["position"], LabelKind.FEELING: DIMENSIONS["feeling"]}


QUOTED_AS = {
    Kind.TYPICAL: mark("Typical"),
    Kind.MINORITY: mark("Said by few"),
    Kind.OPPOSED: mark("Against what most say"),
    Kind.ALSO: mark("Also said"),
}
"""Why a message is quoted; message ids of the catalogue."""


def why_quoted(one: Quotation, t: Translator) -> str:
    """Why a message is quoted, with the position or feeling that few share."""
    said = t(QUOTED_AS[one.kind])
    if one.few is None:
        return said
    kind, value = one.few
    few = t("%(label)s: %(value)s", label=t(KIND_NAMES[kind]), value=label_name(value, t))
    return f"{said} · {few}"


def label_name(value: str, t: Translator) -> str:
    """What people call a position or a feeling."""
    return t(LABEL_NAMES[value]) if value in LABEL_NAMES else value


def value_name(dimension: str, value: str, topic: Topic, themes: Themes, t: Translator) -> str:
    """What people call a value of a dimension."""
    if dimension in ("theme", "own"):
        return themes.name(value)
    if dimension in ("position", "feeling"):
        return label_name(value, t)
    if dimension == "question":
        return question_name(value, topic, t)
    if dimension == "language":
        return t(look.language_name(value))
    if dimension == "channel":
        return t(look.channel_name(value))
    return t.day(date.fromisoformat(value), "medium")


def question_name(value: str, topic: Topic, t: Translator) -> str:
    """What a question asks, with its number; 0 is the topic as a whole."""
    if value == "0":
        return t("The topic as a whole")
    questions = topic.texts[t.language].questions
    number = int(value)
    return f"{number}. {questions[number - 1]}" if number <= len(questions) else value


def counted(messages: int, texts: int | None, t: Translator) -> str:
    """A number of messages, and of the different texts they are where that may be shown."""
    if texts is None:
        return t.many("%(n)s message", "%(n)s messages", messages)
    return t.many(
        "%(n)s message from %(texts)s text",
        "%(n)s messages from %(texts)s different texts",
        messages,
        texts=t.number(texts),
    )


def language_said(language: str, shares: Mapping[str, float], t: Translator) -> str:
    """A message's language, with the share of its words in each where it has several."""
    told = {name: share for name, share in shares.items() if share > 0}
    name = t(look.language_name(language))
    if len(told) < 2:
        return name
    parts = [
        f"{t(look.language_name(one))} {t.percent(share)}"
        for one, share in sorted(told.items(), key=lambda pair: -pair[1])
    ]
    return f"{name} ({', '.join(parts)})"


def label_said(label: Label, t: Translator) -> str:
    """The machine's position or feeling with its score, marked where it is not sure."""
    said = t(
        "%(label)s: %(value)s", label=t(KIND_NAMES[label.kind]), value=label_name(label.value, t)
    )
    return scored(said, label.score, label.sure, t)


def scored(name: str, score: float, sure: bool, t: Translator) -> str:
    """A proposal with its score, marked where the machine is not sure."""
    said = f"{name} {t.number(round(score, 2))}"
    return said if sure else f"{said} · {t('not sure')}"


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
