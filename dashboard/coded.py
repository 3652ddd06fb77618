"""Coding by hand, one message at a time: to check the machine, or to teach it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from dashboard import look, session
from dashboard.labels import (
    KIND_NAMES,
    label_name,
    label_said,
    language_said,
    question_name,
    scored,
)
from youthvoice.flow import coding
from youthvoice.flow.coding import Task
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Codebook, CodebookTheme, LabelKind, Role, Sample, Topic
from youthvoice.store import contributions
from youthvoice.strings import Translator

LAST = "taught_last"
"""The message that was saved last to teach: its proposal is shown then, and not before."""
SAVED = "codings_saved"
"""How many this session saved: figures are made again after each."""


def show(context: Context, topic: Topic, used: Codebook, who: Actor, t: Translator) -> None:
    """The next message of the chosen mode, with a form for what it says."""
    sample = _mode(t)
    _counters(coding.progress(context, used, who), t)
    if sample is Sample.TEACH:
        _proposed_last(context, used, t)
    skipped: set[str] = st.session_state.setdefault("coding_skipped", set())
    task = coding.next_task(context, topic, sample, who, skipped)
    if task is None:
        st.info(
            t("Nothing is left for you here. New messages come in as they are passed on.")
            if not skipped
            else t("You have skipped the rest. Load the page again to see it.")
        )
        return
    _message(task, topic, t)
    _form(context, task, skipped, t)


def _mode(t: Translator) -> Sample:
    names = {
        Sample.CHECK: t("Check: messages that come by chance"),
        Sample.TEACH: t("Teach: messages that the machine learns most from"),
    }
    chosen = st.radio(
        t("What it is for"), list(names), format_func=lambda one: names[one], key="coding_mode"
    )
    said = {
        Sample.CHECK: t(
            "You see neither what the machine said nor what others said. Every fifth message goes to "
            "two people, to see how far people agree."
        ),
        Sample.TEACH: t(
            "First come messages of which the machine is least sure. What it had proposed is shown once "
            "you have saved."
        ),
    }
    found = Sample(chosen)
    st.html(f'<p class="yv-quiet">{escape(said[found])}</p>')
    return found


def _counters(done: coding.Progress, t: Translator) -> None:
    by_language = ", ".join(
        f"{t(look.language_name(language))} {t.number(count)}"
        for language, count in sorted(done.languages.items())
    )
    parts = [
        t("%(label)s: %(value)s", label=t("Checked"), value=t.number(done.checked))
        + (f" ({by_language})" if by_language else ""),
        t("%(label)s: %(value)s", label=t("By two people"), value=t.number(done.twice)),
        t("%(label)s: %(value)s", label=t("Taught"), value=t.number(done.taught)),
        t("%(label)s: %(value)s", label=t("By you"), value=t.number(done.own)),
    ]
    st.html(f'<p class="yv-quiet">{escape(" · ".join(parts))}</p>')


def _proposed_last(context: Context, used: Codebook, t: Translator) -> None:
    last = st.session_state.pop(LAST, None)
    if last is None:
        return
    with context.store.read() as tx:
        item = contributions.find(tx, str(last))
    if item is None:
        return
    names = {one.id: one.name[t.language] for one in used.themes}
    chips = [
        scored(names[one.theme], one.score, one.sure, t)
        for one in item.proposed
        if one.theme in names
    ]
    chips += [label_said(label, t) for label in item.labels]
    said = " · ".join(chips) or t("no theme")
    st.info(t("%(label)s: %(value)s", label=t("The machine had proposed for that one"), value=said))


def _message(task: Task, topic: Topic, t: Translator) -> None:
    item = task.item
    lang = f' lang="{item.language}"' if item.language in ("en", "fr") else ""
    st.html(
        f'<div class="yv-message"{lang}>{escape(item.text or "")}</div>'
        f'<p class="yv-quiet">{escape(question_name(str(item.question), topic, t))} · '
        f"{escape(language_said(item.language, item.shares, t))}</p>"
    )


def _form(context: Context, task: Task, skipped: set[str], t: Translator) -> None:
    key = f"{task.sample}_{task.item.id}"
    with st.form(f"code_{key}", border=False):
        st.subheader(t("What it is about"))
        themes = _themes(task.codebook.themes, key, t)
        labels = _labels(task, key, t)
        save = st.form_submit_button(t("Save"), type="primary")
        skip = st.form_submit_button(t("Skip"))
    if skip:
        skipped.add(task.item.id)
        st.rerun()
    if save and session.attempt(
        t("Saved."), lambda: _save(context, task, themes, labels, session.require(Role.EDITOR))
    ):
        st.session_state[LAST] = task.item.id if task.sample is Sample.TEACH else None
        st.session_state[SAVED] = secrets.token_hex(8)
        st.rerun()


def _save(
    context: Context, task: Task, themes: Sequence[str], labels: Mapping[str, str], who: Actor
) -> None:
    coding.save(context, task.item.id, task.codebook.id, task.sample, themes, labels, who)


def _themes(themes: Sequence[CodebookTheme], key: str, t: Translator) -> list[str]:
    """Checkboxes with descriptions; the topic's own under the common one that they belong to."""
    chosen: list[str] = []
    for common in (one for one in themes if one.level == 1):
        with st.container(border=True):
            own = [one for one in themes if one.parent == common.id]
            chosen += [one.id for one in (common, *own) if _ticked(one, key, t)]
    return chosen


def _ticked(theme: CodebookTheme, key: str, t: Translator) -> bool:
    name, told = theme.name[t.language], theme.description[t.language]
    ticked = st.checkbox(name, key=f"theme_{theme.id}_{key}")
    if told != name:
        st.html(f'<p class="yv-quiet">{escape(told)}</p>')
    return ticked


def _labels(task: Task, key: str, t: Translator) -> dict[str, str]:
    kinds = [LabelKind.POSITION] if task.asks_position else []
    told = {
        str(kind): st.radio(
            t(KIND_NAMES[kind]),
            list(coding.VALUES[kind]),
            index=None,
            format_func=lambda value: label_name(value, t),
            horizontal=True,
            key=f"{kind}_{key}",
        )
        for kind in (*kinds, LabelKind.FEELING)
    }
    return {kind: value for kind, value in told.items() if value is not None}
