"""Messages to read: one at a time, why it is here, what the machine proposed, and a decision."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import codebook, look, masks, session
from dashboard.labels import (
    KIND_NAMES,
    label_name,
    label_said,
    language_said,
    scored,
)
from youthvoice.editorial import STATUS_NAMES
from youthvoice.flow import coding, originals, review
from youthvoice.model import (
    Attention,
    Label,
    LabelKind,
    ReviewItem,
    ReviewStatus,
    Role,
    ThreadAuthor,
)
from youthvoice.nlp.risk import HOLD_FROM
from youthvoice.store import contributions, topics

t = session.translator()
context = session.context()
who = session.require(Role.EDITOR)
st.title(t("Messages to read"))

with context.store.read() as tx:
    counts = contributions.status_counts(tx)
standing = [
    t("%(label)s: %(value)s", label=label, value=t.number(counts[key]))
    for key, label in (("held", t("Held")), ("waiting", t("Waiting")), ("released", t("Released")))
]
st.html(f'<p class="yv-quiet">{escape(" · ".join(standing))}</p>')

views = {
    "all": t("All that waits, gravest first"),
    "waiting": t("Waiting for a first look"),
    "held": t("Held"),
}
view = st.radio(
    t("Show"), list(views), format_func=lambda key: views[key], horizontal=True, key="review_view"
)
skipped: set[str] = st.session_state.setdefault("skipped", set())
wanted = {
    "all": review.TO_READ,
    "waiting": (ReviewStatus.WAITING,),
    "held": (ReviewStatus.HELD,),
}[view]
queue = review.queue(context, statuses=wanted, most=1, without=sorted(skipped))
if not queue:
    if skipped:
        st.info(t("You have skipped the rest. Load the page again to see it."))
    else:
        st.info(t("Nothing waits for you. New messages appear here as they come in."))
    masks.show_figures(context, t)
    st.stop()

item = queue[0]
with context.store.read() as tx:
    topic = topics.by_id(tx, item.topic_id)
    themes_here = codebook.of_topic(context, tx, item.topic_id, t)
names = {one: themes_here.name(one) for one in (*themes_here.common, *themes_here.current)}
why = [t(STATUS_NAMES[item.status])]
if item.attention:
    why.append(t(look.attention_name(item.attention)))
if item.hold:
    why.append(t(look.hold_name(item.hold)))
if item.risk.level > 1:
    why.append(t("Risk level %(level)s of 5", level=item.risk.level))
    why += [t(look.signal_name(reason)) for reason in item.risk.reasons]
care = " yv-care" if item.risk.level >= 3 else ""
st.html(f'<p class="yv-quiet{care}">{escape(t("Why it is here:"))} {escape(" · ".join(why))}</p>')
lang = f' lang="{item.language}"' if item.language in ("en", "fr") else ""
shown = item.text or t("Nothing of this message can be shown: a detector failed on it.")
st.html(f'<div class="yv-message"{lang}>{escape(shown)}</div>')
where = t("The topic as a whole") if item.question == 0 else t("Question %(n)s", n=item.question)
st.html(
    f'<p class="yv-quiet">{escape(item.topic)} · {escape(where)} · '
    f"{escape(language_said(item.language, item.shares, t))} · "
    f"{escape(t(look.channel_name(item.channel)))} · "
    f"{escape(t.day(item.day))}</p>"
)
if item.alike:
    alike = t.many(
        "%(n)s other message says nearly the same. It counts, and it can be decided with this one.",
        "%(n)s other messages say nearly the same. They count, and they can be decided with this one.",
        item.alike,
    )
    st.html(f'<p class="yv-quiet">{escape(alike)}</p>')
if item.objections:
    wrong = ", ".join(names.get(theme, theme) for theme in item.objections)
    st.warning(t("Its writer says that this is not what it is about: %(themes)s", themes=wrong))
masks.correct_masks(context, item, t)

chips = [
    scored(names[score.theme], score.score, score.sure, t)
    for score in item.proposed
    if score.theme in names
]
machine = {label.kind: label for label in item.labels}
asks = [kind for kind in LabelKind if kind is LabelKind.FEELING or item.question in topic.positions]
chips += [label_said(machine[kind], t) for kind in asks if kind in machine]
st.html(
    f'<p class="yv-quiet">{escape(t("The machine proposes:"))} '
    + (
        "".join(f'<span class="yv-chip">{escape(one)}</span>' for one in chips)
        or escape(t("no theme"))
    )
    + "</p>"
)
if not all([score.sure for score in item.proposed] + [label.sure for label in item.labels]):
    st.html(
        f'<p class="yv-quiet">'
        f"{escape(t('“Not sure”: it counts for nothing until a person says so.'))}</p>"
    )
sure = [score.theme for score in item.proposed if score.sure and score.theme in names]
given = sure if item.decided is None else [theme for theme in item.decided if theme in names]


def choose_themes(label: str, listed: Iterable[str], key: str) -> list[str]:
    """What a person chooses of these; what was decided, or the machine is sure of, is chosen to begin with."""
    options = list(listed)
    return st.pills(
        label,
        options,
        selection_mode="multi",
        default=[theme for theme in given if theme in options],
        format_func=lambda key: names[key],
        key=key,
    )


themes = choose_themes(t("Themes, as you see them"), themes_here.common, f"themes_{item.id}")
if themes_here.current:
    themes = themes + choose_themes(
        t("Themes of this topic"), themes_here.current, f"own_{item.id}"
    )


def first_value(item: ReviewItem, kind: LabelKind, proposed: Label | None) -> int | None:
    """The place of what was decided, or of what the machine is sure of; None: a person says it."""
    told = item.decided_labels.get(kind)
    if told is None and proposed is not None and proposed.sure:
        told = proposed.value
    return coding.VALUES[kind].index(told) if told in coding.VALUES[kind] else None


labels: dict[str, str] = {}
for one in asks:
    told = st.radio(
        t(KIND_NAMES[one]),
        list(coding.VALUES[one]),
        index=first_value(item, one, machine.get(one)),
        format_func=lambda value: label_name(value, t),
        horizontal=True,
        key=f"{one}_{item.id}",
    )
    if told is not None:
        labels[str(one)] = told
reasons = ["", *review.REASONS]
reason = st.selectbox(
    t("Reason (needed to hold or reject, or to release what was held for its risk)"),
    reasons,
    format_func=lambda key: t(look.reason_name(key)) if key else t("none"),
    key=f"reason_{item.id}",
)


together = (
    item.alike > 0
    and item.risk.level < HOLD_FROM
    and st.checkbox(
        t("Decide the same for all that say nearly the same"), key=f"together_{item.id}"
    )
)


def decide(status: ReviewStatus) -> None:
    """Write the decision of whoever plays the committee now."""
    deciding = review.decide_alike if together else review.decide
    deciding(
        context,
        item.id,
        status,
        themes,
        session.require(Role.EDITOR),
        reason or None,
        labels=labels,
    )


release, hold, reject, skip = st.columns(4)
steps: tuple[
    tuple[DeltaGenerator, str, ReviewStatus, Literal["primary", "secondary"], str], ...
] = (
    (release, t("Release"), ReviewStatus.RELEASED, "primary", "alt+1"),
    (hold, t("Hold"), ReviewStatus.HELD, "secondary", "alt+2"),
    (reject, t("Reject"), ReviewStatus.REJECTED, "secondary", "alt+3"),
)
for column, label, status, kind, keys in steps:
    pressed = column.button(
        label, key=f"{status}_{item.id}", type=kind, shortcut=keys, width="stretch"
    )
    if pressed and session.attempt(
        t("Decided. The machine’s proposal is kept beside it."), lambda s=status: decide(s)
    ):
        st.rerun()
if skip.button(t("Skip"), key=f"skip_{item.id}", width="stretch"):
    skipped.add(item.id)
    st.rerun()
if review.can_ask(context, item):
    with st.expander(t("Ask its writer something"), expanded=item.attention is Attention.REPLY):
        for message in review.thread(context, item.id):
            whose = t("Committee") if message.author is ThreadAuthor.COMMITTEE else t("Writer")
            shown = message.text or t(
                "Nothing of this message can be shown: a detector failed on it."
            )
            st.html(
                f'<p class="yv-quiet">{escape(whose)} · {escape(t.day(message.day))}</p>'
                f'<div class="yv-message">{escape(shown)}</div>'
            )
        asked = st.text_area(
            t("Your question, in the language of the message"),
            max_chars=review.LONGEST_QUESTION,
            key=f"ask_{item.id}",
            help=t(
                "The writer sees it when they come back with their receipt. Never ask who they are."
            ),
        )
        if st.button(t("Ask"), key=f"ask_now_{item.id}") and session.attempt(
            t("Asked. The answer appears in this list."),
            lambda: review.ask(context, item.id, asked, session.require(Role.EDITOR)),
        ):
            st.rerun()
with st.expander(t("Open the original words")):
    st.markdown(
        t("Only where the masks are not enough, and for one of these reasons. It is written into the "
          "audit log before it opens.")
    )  # fmt: skip
    purposes = ["", *originals.REASONS]
    purpose = st.selectbox(
        t("Why it must be opened"),
        purposes,
        format_func=lambda key: t(originals.REASONS[key]) if key else t("none"),
        key=f"open_reason_{item.id}",
    )
    if st.button(t("Open it"), key=f"open_{item.id}", disabled=not purpose):
        opened: list[str] = []
        session.attempt(
            t("Opened, and written into the audit log."),
            lambda: opened.append(
                originals.open_original(context, item.id, session.require(Role.EDITOR), purpose)
            ),
        )
        for words in opened:  # shown in this run only, kept nowhere
            st.html(f'<div class="yv-message">{escape(words)}</div>')
acting = t("You act as %(name)s. Every decision goes into the audit log.", name=who.name)
st.html(f'<p class="yv-quiet">{escape(acting)}</p>')
masks.show_figures(context, t)
