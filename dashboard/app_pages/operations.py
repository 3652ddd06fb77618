"""Operations: the last run of each job, what waits, what was delayed, what failed."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from dashboard import look, session
from dashboard.tables import show_table
from youthvoice import defaults
from youthvoice.model import PostingStatus, Role
from youthvoice.store import collections, contributions, kept, postings, runs
from youthvoice.trust.keys import ROLES

t = session.translator()
context = session.context()
if session.actor().role not in (Role.OPERATOR, Role.EDITOR):
    session.require(Role.OPERATOR)
st.title(t("Operations"))


@st.fragment(run_every=timedelta(seconds=15) if st.session_state.get("follow") else None)
def board() -> None:
    """Everything an operator looks at first."""
    now = context.now()
    with context.store.read() as tx:
        last = runs.latest(tx)
        troubles = runs.troubles(tx)
        status = contributions.status_counts(tx)
        outbox = postings.counts(tx, PostingStatus)
        collected = collections.every(tx)
        aside = kept.counts(tx)
        stuck = postings.stuck(tx)
    st.markdown(t("Last updated: %(time)s", time=t.clock(now.astimezone(context.settings.zone))))
    one, two, three, four = st.columns(4)
    one.metric(t("Messages held"), t.number(status["held"]), border=True)
    two.metric(t("Messages waiting"), t.number(status["waiting"]), border=True)
    three.metric(t("Posts not out"), t.number(sum(outbox.values()) - outbox["sent"]), border=True)
    four.metric(t("Rows kept aside"), t.number(sum(row.rows for row in aside)), border=True)

    st.header(t("Jobs"))
    if not last:
        st.info(t("No job has run yet. Start them with: youthvoice run"))
    show_table(
        [
            t("Job"),
            t("Last run"),
            t("How it ended"),
            t("What it did"),
            t("Late by (seconds)"),
            t("Seconds"),
        ],
        [
            [
                t(look.job_name(run.job)),
                t.clock(run.slot.astimezone(context.settings.zone)),
                t(look.run_status_name(run.status)),
                ", ".join(
                    t("%(label)s: %(value)s", label=t(look.count_name(name)), value=t.number(count))
                    for name, count in run.counts.items()
                    if count
                )
                or "-",
                f"{max(0.0, (run.started_at - run.slot).total_seconds()):.0f}"
                if run.started_at
                else "-",
                f"{(run.finished_at - run.started_at).total_seconds():.1f}"
                if run.finished_at and run.started_at
                else "-",
            ]
            for run in last
        ],
        figures=2,
    )
    st.header(t("Collections"))
    show_table(
        [t("Topic"), t("Channel"), t("Last run"), t("New"), t("Empty runs in a row")],
        [
            [
                row.topic,
                t(look.channel_name(row.channel)),
                t.clock(row.last_run_at.astimezone(context.settings.zone)),
                t.number(row.last_new),
                t.number(row.empty_runs),
            ]
            for row in collected
        ],
        figures=2,
    )
    st.header(t("What failed"))
    if not troubles and not outbox["failed"] and not outbox["ambiguous"]:
        st.success(t("Nothing has failed."))
    if outbox["failed"] or outbox["ambiguous"]:
        st.warning(
            t(
                "%(failed)s posts failed and %(ambiguous)s may be out already. Try a failed one again "
                "with: youthvoice post --retry NUMBER",
                failed=outbox["failed"],
                ambiguous=outbox["ambiguous"],
            )
        )
        show_table(
            [t("Number"), t("Topic"), t("Part"), t("Language"), t("Channel"), t("Code")],
            [
                [
                    str(one.id),
                    slug,
                    str(one.part),
                    t(look.language_name(one.language)),
                    t(look.channel_name(one.channel)),
                    one.error or "-",
                ]
                for one, slug in stuck
            ],
        )
    if troubles:
        show_table(
            [t("Job"), t("When"), t("How it ended"), t("Code")],
            [
                [
                    t(look.job_name(run.job)),
                    f"{run.slot.astimezone(context.settings.zone):%Y-%m-%d %H:%M}",
                    t(look.run_status_name(run.status)),
                    run.error or "-",
                ]
                for run in troubles
            ],
        )
    if aside:
        st.header(t("Rows kept aside"))
        show_table(
            [t("Topic"), t("File"), t("Reason"), t("First line"), t("Rows")],
            [
                [
                    row.topic,
                    row.source,
                    t(look.kept_name(row.reason)),
                    str(row.first_line),
                    t.number(row.rows),
                ]
                for row in aside
            ],
            figures=2,
        )


st.toggle(t("Follow (every 15 seconds)"), key="follow")
board()

st.header(t("Before a real consultation"))
today = context.settings.today().date()
late = [line for line in defaults.help_lines(context.settings.home) if line.is_stale(today)]
if late:
    st.warning(
        t.many(
            "%(n)s help line has not been verified by your team in the last 90 days.",
            "%(n)s help lines have not been verified by your team in the last 90 days.",
            len(late),
        )
    )
if any((context.settings.keys_dir / f"{role}.key").exists() for role in ROLES):
    st.warning(t("The private keys lie on this machine. For a production, keep them elsewhere."))
