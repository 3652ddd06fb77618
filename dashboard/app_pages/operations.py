"""Operations: the last run of each job, what waits, what was delayed, what failed."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import streamlit as st

from dashboard import look, session
from dashboard.labels import budget_said
from dashboard.tables import show_table
from youthvoice import defaults
from youthvoice.channels.codes import meaning
from youthvoice.flow import backup, key_care, spending
from youthvoice.flow import collect as collecting
from youthvoice.flow.post import asks_person
from youthvoice.model import PostingStatus, Role
from youthvoice.settings import PLATFORMS
from youthvoice.store import audit, collections, contributions, kept, pauses, postings, runs
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
        refusals = pauses.every(tx)
    st.markdown(t("Last updated: %(time)s", time=t.clock(now.astimezone(context.settings.zone))))
    one, two = st.columns(2)
    three, four = st.columns(2)
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
                t.number(round(max(0.0, (run.started_at - run.slot).total_seconds())))
                if run.started_at
                else "-",
                t.number(round((run.finished_at - run.started_at).total_seconds(), 1))
                if run.finished_at and run.started_at
                else "-",
            ]
            for run in last
        ],
        figures=2,
    )
    st.header(t("Channels"))
    dry = [
        name
        for name in PLATFORMS
        if name in context.channels and not context.settings.is_live(name)
    ]
    lagging = collecting.lagging(context)
    warned = [budget for budget in spending.budgets(context) if budget.warned]
    if not (dry or lagging or warned or refusals):
        st.success(t("Every channel does what it should."))
    for name in dry:
        st.info(
            t(
                "%(channel)s is dry: its posts wait, and nothing leaves this machine, until "
                "YOUTHVOICE_LIVE names it.",
                channel=t(look.channel_name(name)),
            )
        )
    for lag in lagging:
        st.error(
            t(
                "%(channel)s, %(account)s: nothing has been collected whole for %(days)s days, and its "
                "history reaches back only %(reach)s days. Older replies will be lost.",
                channel=t(look.channel_name(lag.channel)),
                account=t(look.account_name(lag.account)),
                days=t.number(lag.behind.days),
                reach=t.number(lag.reach.days),
            )
        )
    for budget in warned:
        st.warning(budget_said(budget, t))
    if refusals:
        show_table(
            [t("Channel"), t("What"), t("Why"), t("Since"), t("Again at"), t("Times")],
            [
                [
                    t(look.channel_name(one.channel)),
                    t(look.verb_name(one.verb)),
                    t(meaning(one.code)),
                    t.clock(one.since.astimezone(context.settings.zone)),
                    t.clock(one.until.astimezone(context.settings.zone)),
                    t.number(one.times),
                ]
                for one in refusals
            ],
            figures=1,
        )
    st.header(t("Collections"))
    show_table(
        [t("Channel"), t("Account"), t("Last run"), t("New"), t("Empty runs in a row"), t("Gap")],
        [
            [
                t(look.channel_name(row.channel)),
                t(look.account_name(row.account)) if row.account else t("all"),
                t.clock(row.last_run_at.astimezone(context.settings.zone)),
                t.number(row.last_new),
                t.number(row.empty_runs),
                t("since %(day)s", day=t.day(row.gap_from.astimezone(context.settings.zone)))
                if row.gap_from
                else "-",
            ]
            for row in collected
        ],
        figures=1,
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
            [t("Number"), t("Topic"), t("Part"), t("Language"), t("Channel"), t("Why")],
            [
                [
                    str(one.id),
                    slug,
                    str(one.part),
                    t(look.language_name(one.language)),
                    t(look.channel_name(one.channel)),
                    t(meaning(one.error)) if one.error else "-",
                ]
                for one, slug in stuck
            ],
        )
    for doubtful, slug in stuck:
        if asks_person(doubtful) and doubtful.channel in context.channels:
            st.error(
                t(
                    "Post %(id)s (%(topic)s, part %(part)s) may be out, and we cannot find out. Look at "
                    "%(where)s. If it is there: youthvoice post --found %(id)s --as ID --by NAME. If not: "
                    "youthvoice post --not-there %(id)s --by NAME.",
                    id=doubtful.id,
                    topic=slug,
                    part=doubtful.part,
                    where=context.channels[doubtful.channel].where(doubtful.language),
                )
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

st.header(t("Safekeeping"))
with context.store.read() as tx:
    entries = audit.count(tx)
said = t("Entries in the audit log: %(n)s", n=t.number(entries))
st.html(f'<p class="yv-quiet">{escape(said)}</p>')
if backup.is_late(context.settings):
    st.error(t("The newest backup is older than two days. See: youthvoice backup make"))
elif not context.settings.backup_recipient:
    st.warning(t("No backup is set up. See docs/operators/keys-and-backups.md"))
for standing in key_care.check(context):
    if standing.lost:
        st.error(
            t(
                "%(n)s originals cannot be opened by any private key of the role %(role)s.",
                n=t.number(standing.lost),
                role=standing.role,
            )
        )
    if standing.earlier:
        st.warning(
            t(
                "%(n)s originals still need an earlier key. The next rotation wraps those too: youthvoice "
                "keys rotate --role %(role)s --by NAME",
                n=t.number(standing.earlier),
                role=standing.role,
            )
        )

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
