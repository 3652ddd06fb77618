"""The one place that wires: settings in, a `Context` out."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from youthvoice import defaults, logs
from youthvoice.channels.base import Channel
from youthvoice.channels.sandbox.channel import SandboxChannel
from youthvoice.channels.sandbox.network import Network
from youthvoice.errors import StoreUnavailable, YouthVoiceError, note
from youthvoice.flow import standing, trail
from youthvoice.flow.context import Analysing, Context
from youthvoice.nlp.analyser import Analyser, Models
from youthvoice.platforms import build_platforms
from youthvoice.settings import Settings
from youthvoice.store import key_checks
from youthvoice.store.engine import Store
from youthvoice.strings import Translator
from youthvoice.trust import keys


def sandbox_path(settings: Settings) -> Path:
    """Where the sandbox network lives: apart from everything that is ours."""
    return settings.home / "sandbox" / "network.sqlite3"


def build_network(settings: Settings) -> Network:
    """The demo's social network."""
    return Network(sandbox_path(settings))


def build_store(settings: Settings) -> Store:
    """The database of an installation."""
    return Store(settings.store_url, settings.busy_seconds)


def lazy_analyser(settings: Settings) -> Callable[[], Analysing]:
    """A function that loads the models when first called, once a process."""
    lock = threading.Lock()
    loaded: list[Analyser] = []

    def get() -> Analysing:
        with lock:
            if not loaded:
                loaded.append(Analyser(Models.of(settings)))
            return loaded[0]

    return get


def build(settings: Settings, analyser: Callable[[], Analysing] | None = None) -> Context:
    """Everything wired for one process. Raises `KeysMissing` before `youthvoice init` has run."""
    public = keys.public_keys(settings.keys_dir)
    channels: dict[str, Channel] = {}
    if settings.demo:
        sandbox = SandboxChannel(build_network(settings), public.pseudonym)
        channels[sandbox.name] = sandbox
    store = build_store(settings)
    platforms = build_platforms(settings, store, public)
    channels.update(platforms.channels)
    return Context(
        settings=settings,
        store=store,
        keys=public,
        analyser=analyser or lazy_analyser(settings),
        channels=channels,
        themes=defaults.themes(settings.home),
        ministries=defaults.ministries(settings.home),
        caps=platforms.caps,
    )


def check_prepared(settings: Settings) -> None:
    """Refuse to go on where `youthvoice init` has not run, or not for this version."""
    if not settings.keys_dir.exists():
        raise StoreUnavailable(
            note("There is no installation in the folder %(home)s yet.", home=str(settings.home)),
            note("Run: youthvoice init --demo (or youthvoice init, without the demo)"),
        )
    store = build_store(settings)
    try:
        if not store.is_current():
            raise StoreUnavailable(
                note("The database is not prepared for this version."), note("Run: youthvoice init")
            )
    finally:
        store.close()


def process_main(serve: Callable[[Settings], None]) -> int:
    """Run a process of its own to its end; a failure is a sentence in its log, never a traceback."""
    logs.configure()
    try:
        settings = Settings.from_env()
        check_prepared(settings)
        serve(settings)
    except YouthVoiceError as problem:
        t = Translator("en")
        for part in (problem.what, problem.next_step):
            if part is not None:
                print(t.note(part), file=sys.stderr)
        return problem.exit_code
    except (
        Exception
    ) as problem:  # the boundary of a process: the kind of a failure, never its words
        print(f"ended by {type(problem).__name__}", file=sys.stderr)
        return 1
    return 0


def check_secret(store: Store, settings: Settings) -> None:
    """Refuse to go on with another pepper than the one that this database was made with.

    With another one every receipt would be unknown, and every message new.
    """
    with store.read() as tx:
        known = key_checks.known(tx, keys.PEPPER)
    if known is None:
        return
    if keys.pepper_mark(settings.keys_dir) != known:
        raise keys.KeysMissing(
            note(
                "The keys in %(path)s are not those of this database.", path=str(settings.keys_dir)
            ),
            note("Bring the keys folder back that belongs to it. Nothing was changed."),
        )


def prepare(settings: Settings) -> bool:
    """Make or update what an installation needs: folder, keys, database. Whether keys were made."""
    store = build_store(settings)
    store.migrate()
    try:
        check_secret(store, settings)
        made = keys.make(settings.keys_dir)
        public = keys.public_keys(settings.keys_dir)
        with store.write() as tx:
            key_checks.keep(tx, keys.PEPPER, keys.pepper_mark(settings.keys_dir) or "")
        standing.make(store, settings)
        trail.begin(store, public.audit_key(), settings.audit_heads, settings.today().date())
    finally:
        store.close()
    if settings.demo:
        network = build_network(settings)
        network.migrate()
    return made
