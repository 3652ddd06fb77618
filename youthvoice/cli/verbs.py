"""What a job also does, by hand: post, collect, tag, aggregate, release, forget."""

from __future__ import annotations

from typing import Annotated

import typer

from youthvoice.cli.common import JsonFlag, console, context, operator, report, translator
from youthvoice.errors import BadInput, YouthVoiceError, note
from youthvoice.flow import aggregate as aggregating
from youthvoice.flow import collapse as collapsing
from youthvoice.flow import collect as collecting
from youthvoice.flow import forget as forgetting
from youthvoice.flow import post as posting
from youthvoice.flow import release as releasing
from youthvoice.flow import tag as tagging
from youthvoice.store import postings

TopicOption = Annotated[str | None, typer.Option("--topic", help="Only this topic.")]


def register(app: typer.Typer) -> None:
    """Add the verbs to the program."""
    app.command()(post)
    app.command()(collect)
    app.command()(tag)
    app.command()(aggregate)
    app.command()(release)
    app.command()(forget)


def post(
    retry: Annotated[
        int | None, typer.Option("--retry", help="First put this failed post back into the outbox.")
    ] = None,
    found: Annotated[
        int | None,
        typer.Option("--found", help="This post is live: you looked. Give its id with --as."),
    ] = None,
    found_as: Annotated[
        str | None, typer.Option("--as", help="The platform's id of the post that is live.")
    ] = None,
    not_there: Annotated[
        int | None, typer.Option("--not-there", help="This post is not live: you looked. Send it.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who looked.")] = None,
    json: JsonFlag = False,
) -> None:
    """Send the posts that wait in the outbox, each exactly once."""
    built = context()
    if retry is not None:
        posting.retry(built, retry)
    if found is not None or not_there is not None:
        if (
            by is None
            or (found is not None) == (found_as is None)
            or None not in (found, not_there)
        ):
            raise BadInput(
                note("Say who looked, and for a post that is live its id."),
                note(
                    "Write: youthvoice post --found NUMBER --as ID --by NAME, or: youthvoice post "
                    "--not-there NUMBER --by NAME"
                ),
            )
        number = found if found is not None else not_there
        assert number is not None
        posting.settle_by_hand(built, number, found_as, operator(by))
    done = posting.post(built)
    with built.store.read() as tx:
        stuck = postings.stuck(tx)
    listed = [
        {
            "id": one.id,
            "topic": slug,
            "part": one.part,
            "language": one.language,
            "channel": one.channel,
            "status": str(one.status),
            "code": one.error,
            "asks_person": posting.asks_person(one),
            "look_at": built.channels[one.channel].where(one.language)
            if one.channel in built.channels and posting.asks_person(one)
            else None,
        }
        for one, slug in stuck
    ]
    if not json:
        for row in listed:
            console.print(
                " ".join(f"{name}={value}" for name, value in row.items() if value is not None),
                markup=False,
                soft_wrap=True,
            )
    report(
        {**done._asdict(), "stuck": listed},
        json,
        translator()(
            "%(sent)s sent, %(waiting)s waiting, %(ambiguous)s may be out already (looked up next "
            "time), %(failed)s failed, %(dry)s not sent because their channel is dry.",
            **done._asdict(),
        ),
    )


def collect(json: JsonFlag = False) -> None:
    """Collect replies and follow deletions, now instead of at the next regular turn."""
    done = collecting.collect(context(), by_hand=True)
    report(
        done._asdict(),
        json,
        translator()(
            "%(accepted)s new messages, %(seen)s seen before, %(held)s held for a person, "
            "%(tombstones)s deleted by their authors and forgotten here.",
            **done._asdict(),
        ),
    )
    if done.failed:
        raise Unreached(
            note("%(failed)s collections were refused or not reached.", failed=done.failed),
            note("Nothing is lost: they go on where they stopped. Operations shows why."),
        )


class Unreached(YouthVoiceError):
    """A platform could not be asked."""


def tag(json: JsonFlag = False) -> None:
    """Bring the machine's proposals to the present version; people's decisions stay."""
    done = tagging.tag(context())
    report(
        done._asdict(),
        json,
        translator().many(
            "%(n)s message has a new proposal.", "%(n)s messages have a new proposal.", done.tagged
        ),
    )


def aggregate(
    topic: TopicOption = None,
    force: Annotated[bool, typer.Option("--force", help="Even if nothing changed.")] = False,
    json: JsonFlag = False,
) -> None:
    """Compute the totals that the pages show, small counts withheld."""
    done = aggregating.aggregate(context(), topic, force)
    report(
        done._asdict(),
        json,
        translator().many(
            "Totals of %(n)s topic computed.", "Totals of %(n)s topics computed.", done.topics
        ),
    )


def release(
    leftover: Annotated[
        bool, typer.Option("--leftover", help="Also a smaller batch, of earlier days only.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Let the next shuffled batch of the form's messages reach reviewers; find near-duplicates."""
    built = context()
    done = releasing.release(built, leftover)
    joined = collapsing.collapse(built).joined
    report(
        {**done._asdict(), "joined": joined},
        json,
        translator()(
            "%(released)s messages reached reviewers; %(joined)s say nearly the same as another.",
            **done._asdict(),
            joined=joined,
        ),
    )


def forget(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be destroyed.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Destroy what is older than the settings keep it (the daily job does)."""
    built = context()
    done = forgetting.plan(built) if dry_run else forgetting.forget(built)
    t = translator()
    counts = done._asdict()
    if dry_run:
        sentence = t(
            "Would be destroyed: %(originals)s originals, %(masked_texts)s masked texts, %(runs)s "
            "records of jobs, %(times)s moments of posts.",
            **counts,
        )
    else:
        sentence = t(
            "Destroyed: %(originals)s originals, %(masked_texts)s masked texts, %(runs)s records of "
            "jobs, %(times)s moments of posts.",
            **counts,
        )
    report({"dry_run": dry_run, **counts}, json, sentence)
