"""`youthvoice doctor`: everything that could stop a start or an import, looked at beforehand."""

from __future__ import annotations

import shutil
import socket
import stat
import sys
import urllib.request
from collections.abc import Callable
from typing import Annotated, NamedTuple

import typer
from rich.table import Table

from youthvoice import app as wiring
from youthvoice import defaults, platforms
from youthvoice.cli.common import JsonFlag, console, report, settings, translator
from youthvoice.errors import YouthVoiceError
from youthvoice.flow import backup, trail, witness
from youthvoice.nlp.models import Models
from youthvoice.nlp.pii.lists import names
from youthvoice.nlp.pii.names import load
from youthvoice.nlp.pii.reader import Reader
from youthvoice.nlp.reader import Reader as Labels
from youthvoice.nlp.risk import HOLD_FROM
from youthvoice.settings import PLATFORMS, Settings, document
from youthvoice.strings import Translator
from youthvoice.trust import keys

LEAST_FREE = 500 * 1024 * 1024


class Finding(NamedTuple):
    """What one check found: `ok`, `warning` or `failed`, in a sentence, and what to do."""

    check: str
    status: str
    what: str
    next_step: str = ""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(doctor)


def doctor(
    list_settings: Annotated[
        bool, typer.Option("--settings", help="Print every setting as a Markdown table.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Check this installation: settings, disk, database, keys, language models, ports, help lines."""
    if list_settings:
        print(document())
        return
    found = examine(settings(), translator())
    if json:
        report({"ok": _ok(found), "checks": [one._asdict() for one in found]}, True, "")
    else:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        marks = {"ok": "✓", "warning": "!", "failed": "✗"}
        for one in found:
            table.add_row(marks[one.status], one.check, f"{one.what} {one.next_step}".strip())
        console.print(table)
    if not _ok(found):
        raise typer.Exit(1)


def _ok(found: list[Finding]) -> bool:
    return all(one.status != "failed" for one in found)


def examine(chosen: Settings, t: Translator) -> list[Finding]:
    """Every check, each on its own: one that fails does not hide the next."""
    checks: list[tuple[str, Callable[[], Finding]]] = [
        (t("Python"), lambda: _python(t)),
        (t("Folder"), lambda: _folder(chosen, t)),
        (t("Database"), lambda: _database(chosen, t)),
        (t("Keys"), lambda: _keys(chosen, t)),
        (t("English model"), lambda: _model(chosen.spacy_en, t("English model"), t)),
        (t("French model"), lambda: _model(chosen.spacy_fr, t("French model"), t)),
        (t("Detectors of names"), lambda: _detectors(t)),
        (t("Label models"), lambda: _labels(chosen, t)),
        (t("Public pages"), lambda: _port(chosen.public_host, chosen.public_port, False, t)),
        (t("Dashboard"), lambda: _port(chosen.dashboard_host, chosen.dashboard_port, True, t)),
        (t("Help lines"), lambda: _help(chosen, t)),
        (t("Channels"), lambda: _channels(chosen, t)),
        (t("Audit log"), lambda: _audit(chosen, t)),
        (t("Backup"), lambda: _backup(chosen, t)),
    ]
    found = []
    for name, check in checks:
        try:
            found.append(check()._replace(check=name))
        except YouthVoiceError as problem:
            step = t.note(problem.next_step) if problem.next_step else ""
            found.append(Finding(name, "failed", t.note(problem.what), step))
        except OSError as problem:
            found.append(Finding(name, "failed", problem.strerror or type(problem).__name__))
        except Exception as problem:  # one check that breaks must not hide the others
            found.append(Finding(name, "failed", type(problem).__name__))
    return found


def _python(t: Translator) -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036  (what an operator runs is not what we build with)
        return Finding("", "failed", version, t("youthvoice needs Python 3.11 or newer."))
    return Finding("", "ok", version)


def _folder(chosen: Settings, t: Translator) -> Finding:
    if not chosen.home.exists():
        return Finding("", "failed", t("%(path)s does not exist yet.", path=str(chosen.home)),
                       t("Run: youthvoice init"))  # fmt: skip
    probe = chosen.home / ".probe"
    probe.write_bytes(b"x")
    probe.unlink()
    free = shutil.disk_usage(chosen.home).free
    sentence = t(
        "%(path)s, %(free)s MB free", path=str(chosen.home), free=t.number(free // 1_000_000)
    )
    if free < LEAST_FREE:
        return Finding("", "failed", sentence, t("Free some space: at least 500 MB are needed."))
    return Finding("", "ok", sentence)


def _database(chosen: Settings, t: Translator) -> Finding:
    store = wiring.build_store(chosen.model_copy(update={"busy_seconds": 1.0}))
    try:
        if not store.exists():
            return Finding("", "failed", t("There is no database yet."), t("Run: youthvoice init"))
        if not store.is_current():
            return Finding("", "failed", t("The database is not prepared for this version."),
                           t("Run: youthvoice init"))  # fmt: skip
        store.check_writable()
        return Finding("", "ok", t("%(kind)s, up to date and writable", kind=store.backend))
    finally:
        store.close()


def _keys(chosen: Settings, t: Translator) -> Finding:
    keys.public_keys(chosen.keys_dir)
    loose = [
        path.name
        for path in chosen.keys_dir.iterdir()
        if path.suffix != ".pub" and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if loose:
        return Finding("", "failed", t("Others can read: %(files)s", files=", ".join(loose)),
                       t("Run: chmod 600 on these files."))  # fmt: skip
    if (chosen.keys_dir / "moderator.key").exists() and not chosen.demo:
        return Finding("", "warning", t("The private keys lie on this machine."),
                       t("A production keeps them elsewhere."))  # fmt: skip
    return Finding("", "ok", t("present, readable by their owner only"))


def _model(name: str, check: str, t: Translator) -> Finding:
    pipeline = load(name)
    return Finding(check, "ok", t("%(name)s loads", name=f"{name} {pipeline.meta.get('version')}"))


def _detectors(t: Translator) -> Finding:
    loaded = Reader(names())
    (pieces,) = loaded.read(["Maya"])
    if not len(pieces.offsets):
        return Finding("", "failed", t("The detectors of names do not work."))
    return Finding("", "ok", t("the second detector, the tagger and the lists load"))


def _labels(chosen: Settings, t: Translator) -> Finding:
    reader = Labels(Models.of(chosen))
    reader.load()
    (risk,) = reader.risks(["I take the bus to school."])
    if risk.level >= HOLD_FROM:
        return Finding("", "failed", t("The models of risk and themes do not work."))
    return Finding("", "ok", t("the encoder and the networks of risk, themes and positions load"))


def _port(host: str, port: int, dashboard: bool, t: Translator) -> Finding:
    if is_free(host, port):
        return Finding("", "ok", t("port %(port)s is free", port=port))
    if is_ours(host, port, dashboard):
        return Finding("", "ok", t("port %(port)s: youthvoice is running", port=port))
    name = "YOUTHVOICE_DASHBOARD_PORT" if dashboard else "YOUTHVOICE_PUBLIC_PORT"
    return Finding(
        "",
        "failed",
        t("Port %(port)s is in use by another program.", port=port),
        t("Stop that program, or set %(name)s to a free port.", name=name),
    )


def is_free(host: str, port: int) -> bool:
    """Whether this address can be listened on now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def is_ours(host: str, port: int, dashboard: bool) -> bool:
    """Whether a youthvoice answers at this address."""
    path = "dashboard/healthz" if dashboard else "healthz"
    name = f"[{host}]" if ":" in host else host
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never by a proxy
    try:
        with direct.open(f"http://{name}:{port}/{path}", timeout=2) as answer:
            return b"youthvoice" in answer.read(200)
    except (OSError, ValueError):
        return False


def _channels(chosen: Settings, t: Translator) -> Finding:
    """Which platforms have their credentials, and which of them are live. Raises where only half are set."""
    ready = [name for name in PLATFORMS if platforms.is_set_up(chosen, name)]
    live = [name for name in ready if chosen.is_live(name)]
    if not ready:
        return Finding("", "ok", t("No social network is set up (docs/operators/platforms.md)."))
    what = t(
        "Credentials: %(ready)s. Live: %(live)s.",
        ready=", ".join(ready),
        live=", ".join(live) or t("none (dry run)"),
    )
    return Finding("", "ok", what, t("Check one with: youthvoice channel check NAME"))


def _audit(chosen: Settings, t: Translator) -> Finding:
    if not chosen.keys_dir.exists():
        return Finding("", "ok", t("There is none yet."))
    built = wiring.build(chosen)
    try:
        found = trail.verify(built)
        if found.problems:
            return Finding("", "failed", t("The audit log was changed."),
                           t("See: youthvoice audit verify"))  # fmt: skip
        witness.check_heads(built, found)
    finally:
        built.store.close()
    return Finding(
        "",
        "ok",
        t(
            "%(entries)s entries fit, and so do %(heads)s published heads.",
            entries=t.number(found.entries),
            heads=t.number(found.heads),
        ),
    )


def _backup(chosen: Settings, t: Translator) -> Finding:
    if not chosen.backup_recipient:
        status = "ok" if chosen.demo else "warning"
        return Finding("", status, t("No backup is set up. See docs/operators/keys-and-backups.md"))
    if backup.is_late(chosen):
        return Finding("", "failed", t("The newest backup is older than two days."),
                       t("See: youthvoice backup make"))  # fmt: skip
    return Finding("", "ok", t("There is one of the last two days."))


def _help(chosen: Settings, t: Translator) -> Finding:
    today = chosen.today().date()
    lines = defaults.help_lines(chosen.home)
    late = [line for line in lines if line.is_stale(today)]
    if late:
        return Finding(
            "",
            "warning",
            t.many(
                "%(n)s help line has not been verified by your team in the last 90 days.",
                "%(n)s help lines have not been verified by your team in the last 90 days.",
                len(late),
            ),
            t("Call them, then write the day into config/help.toml in the home folder."),
        )
    return Finding("", "ok", t("verified in the last 90 days"))
