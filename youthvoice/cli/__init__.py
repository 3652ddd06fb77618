"""The commands: `youthvoice …`. One boundary turns every failure into a sentence and an exit code."""

from __future__ import annotations

import errno
import sys
import traceback

import typer

from youthvoice import logs
from youthvoice.cli import (
    audit,
    backup,
    campaign,
    channel,
    doctor,
    evaluate,
    feedback,
    importing,
    keys,
    review,
    serve,
    themes,
    topic,
    verbs,
)
from youthvoice.cli.common import error_console, translator
from youthvoice.errors import ChannelError, YouthVoiceError

app = typer.Typer(
    name="youthvoice",
    help="Hear young people, and answer them: post, collect, tag, review, aggregate, feed back.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
serve.register(app)
app.add_typer(topic.app, name="topic")
app.add_typer(themes.app, name="themes")
verbs.register(app)
app.add_typer(review.app, name="review")
app.add_typer(feedback.app, name="feedback")
app.add_typer(channel.app, name="channel")
app.add_typer(campaign.app, name="campaign")
app.add_typer(keys.app, name="keys")
app.add_typer(audit.app, name="audit")
app.add_typer(backup.app, name="backup")
app.add_typer(evaluate.app, name="evaluate")
importing.register(app)
doctor.register(app)


def main() -> None:
    """Run a command; exit 0 done, 1 the world refused, 2 the input was wrong, 130 interrupted."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run a command with these arguments and return its exit code."""
    logs.configure()
    t = translator()
    try:
        code = app(arguments, standalone_mode=False)
        return int(code) if isinstance(code, int) else 0
    except YouthVoiceError as problem:
        _say(t.note(problem.what), t.note(problem.next_step) if problem.next_step else None)
        return problem.exit_code
    except typer.Exit as stop:
        return int(stop.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _say(t("Stopped. What was stored is kept; the same command goes on where this ended."))
        return 130
    except ChannelError as problem:
        _say(
            t("The channel did not answer as expected (%(code)s).", code=problem.code),
            t("Nothing is lost: the same command tries again."),
        )
        return 1
    except MemoryError:
        _say(t("There is not enough memory for this."), t("What was stored is kept."))
        return 1
    except OSError as problem:
        _say(*_os_error(problem))
        return 1
    except Exception as problem:  # the boundary: nobody is shown a traceback, least of all values
        usage = _usage(problem)
        if usage is not None:
            _say(usage, t("See: youthvoice --help"))
            return 2
        last = traceback.extract_tb(problem.__traceback__)[-1]
        _say(
            t(
                "Something happened that we did not foresee (%(kind)s, %(place)s).",
                kind=type(problem).__name__,
                place=f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno}",
            ),
            t("What was stored is kept. Please report it with the words above; they hold no text."),
        )
        return 1


def _say(what: str, next_step: str | None = None) -> None:
    error_console.print(what, style="bold red", markup=False, highlight=False, soft_wrap=True)
    if next_step:
        error_console.print(next_step, markup=False, highlight=False, soft_wrap=True)


def _usage(problem: Exception) -> str | None:
    """The message of a wrong argument; Typer's exceptions say it themselves."""
    shown = getattr(problem, "format_message", None)
    return str(shown()) if callable(shown) else None


def _os_error(problem: OSError) -> tuple[str, str]:
    t = translator()
    where = str(problem.filename or "")
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            t("The disk is full (%(where)s).", where=where or "-"),
            t("Free some space. What was stored before is kept; then run the same command again."),
        )
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            t("This program may not write to %(where)s.", where=where or "-"),
            t("Give its user the right to, or set YOUTHVOICE_HOME to another folder."),
        )
    return (
        t(
            "The system refused: %(why)s (%(where)s).",
            why=problem.strerror or "-",
            where=where or "-",
        ),
        t("What was stored is kept; the same command goes on where this ended."),
    )
