"""A stage for each channel: the channel itself, and the world around it that a test moves by hand.

The contract in `test_contract.py` plays on every stage; each speaks of people, replies and deletions in
the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.fakes.bluesky.network import BlueskyNetwork
from tests.fakes.bluesky.server import BlueskyServer
from tests.fakes.mastodon import ULID, MastodonAdapter, MastodonInstance, from_ulid, to_ulid
from tests.fakes.x.adapter import XAdapter
from tests.fakes.x.api import XApi
from tests.fakes.x.contract import Contract, available
from tests.fakes.x.network import XNetwork
from youthvoice.channels.base import Channel
from youthvoice.channels.bluesky.channel import BlueskyChannel
from youthvoice.channels.bluesky.client import BlueskyAccount
from youthvoice.channels.mastodon.channel import MastodonChannel
from youthvoice.channels.mastodon.client import MastodonAccount
from youthvoice.channels.metering import FreeMeter, Meter
from youthvoice.channels.policies import POLICIES
from youthvoice.channels.sandbox.channel import ACCOUNTS, SandboxChannel
from youthvoice.channels.sandbox.network import Network
from youthvoice.channels.waiting import IMPATIENT, Patience
from youthvoice.channels.x.channel import XChannel
from youthvoice.channels.x.client import XAccount

NAMES = ("sandbox", "x", "x-post", "bluesky", "mastodon", "mastodon-other")


def pseudonym(*parts: str) -> str:
    return "key:" + "/".join(parts)


class Stage(Protocol):
    """`fault` is asked before each call, `read` or `write`, for what goes wrong with it (None: nothing)."""

    channel: Channel
    fault: Callable[[str], str | None]

    def say(self, who: str, text: str, parent: str) -> str: ...
    def delete(self, who: str, ref: str) -> None: ...
    def own(self, language: str) -> list[str]: ...


def never(_kind: str) -> str | None:
    return None


class SandboxStage:
    def __init__(self, folder: Path) -> None:
        self.network = Network(folder / "network.sqlite3")
        self.network.migrate()
        self.channel = SandboxChannel(self.network, pseudonym)
        self.fault = never

    def say(self, who: str, text: str, parent: str) -> str:
        return str(self.network.write(self.network.ensure_account(who, who), text, int(parent)))

    def delete(self, who: str, ref: str) -> None:
        self.network.delete(int(ref))

    def own(self, language: str) -> list[str]:
        handle, name = ACCOUNTS[language]
        account = self.network.ensure_account(handle, name, official=True)
        return [str(post.id) for post in self.network.own_posts(account)]


class XStage:
    handles = {"en": "YouthVoiceON", "fr": "VoixDesJeunesON"}

    def __init__(
        self,
        spelling: str = "tweet",
        meter: Meter | None = None,
        patience: Patience = IMPATIENT,
        validate: bool = True,
    ) -> None:
        self.network = XNetwork()
        self.fault = never
        self.api = XApi(
            self.network,
            spelling,
            lambda endpoint: self.fault("write" if endpoint == "create" else "read"),
        )
        self.contract = Contract(spelling) if validate and available() else None
        self.adapter = XAdapter(self.api, self.contract)
        self.accounts = [self._account(language) for language in self.handles]
        self.channel = XChannel(
            self.accounts,
            pseudonym,
            meter or FreeMeter(),
            POLICIES["x"],
            patience,
            prepare=lambda session: session.mount("https://", self.adapter),
        )

    def _account(self, language: str) -> XAccount:
        handle = self.handles[language]
        user = self.network.account(handle).id
        made = XAccount(
            language,
            handle,
            "consumer-key",
            "CANARYconsumersecret",
            f"{user}-CANARYaccess{language}",
            "CANARYaccesssecret",
            f"CANARYbearer{language}",
        )
        self.api.sign_up(handle, made.access_token, made.bearer_token)
        return made

    def say(self, who: str, text: str, parent: str) -> str:
        return self.network.say(who, text, parent)

    def delete(self, who: str, ref: str) -> None:
        self.network.delete(ref)

    def own(self, language: str) -> list[str]:
        return [post.id for post in self.network.live(self.handles[language])]


class BlueskyStage:
    handles = {"en": "youthvoice.test", "fr": "voixdesjeunes.test"}

    def __init__(self, sessions: Path | None, patience: Patience = IMPATIENT) -> None:
        self.network = BlueskyNetwork()
        for handle in self.handles.values():
            self.network.account(handle)
        self.fault = never
        self.server = BlueskyServer(
            self.network, lambda name: self.fault("write" if name.endswith("putRecord") else "read")
        )
        self.sessions = sessions
        self.patience = patience
        self.channel = self.build()

    def build(self, password: str = "pw") -> BlueskyChannel:
        return BlueskyChannel(
            [BlueskyAccount(lang, handle, password) for lang, handle in self.handles.items()],
            "https://pds.test",
            pseudonym,
            POLICIES["bluesky"],
            self.sessions,
            self.patience,
            transport=self.server,
        )

    def say(self, who: str, text: str, parent: str) -> str:
        return self.network.say(f"{who}.test", text, parent)

    def delete(self, who: str, ref: str) -> None:
        self.network.delete(ref)

    def own(self, language: str) -> list[str]:
        return self.network.live(self.handles[language])


class MastodonStage:
    names = {"en": "youthvoice", "fr": "voixdesjeunes"}

    def __init__(self, other: bool = False, patience: Patience = IMPATIENT) -> None:
        """`other`: a server that ignores idempotency keys and whose ids are letters."""
        self.instance = MastodonInstance()
        self.other = other
        self.fault = never
        self.adapter = MastodonAdapter(
            self.instance,
            ulids=other,
            ignores_keys=other,
            fault=lambda method, _p: self.fault("write" if method == "POST" else "read"),
        )
        self.channel = MastodonChannel(
            [MastodonAccount(language, f"{name}_token") for language, name in self.names.items()],
            "http://mastodon.test",
            pseudonym,
            POLICIES["mastodon"],
            patience=patience,
            prepare=lambda session: session.mount("http://", self.adapter),
        )

    def _inside(self, ref: str) -> str:
        return ULID.sub(from_ulid, ref)

    def _outside(self, ref: str) -> str:
        return to_ulid(ref) if self.other else ref

    def say(self, who: str, text: str, parent: str, visibility: str = "public") -> str:
        return self._outside(self.instance.say(who, text, self._inside(parent), visibility))

    def edit(self, who: str, ref: str, text: str) -> None:
        self.instance.edit(who, self._inside(ref), text)

    def delete(self, who: str, ref: str) -> None:
        self.instance.delete(who, self._inside(ref))

    def own(self, language: str) -> list[str]:
        return [self._outside(ref) for ref in self.instance.live(self.names[language])]


@contextmanager
def staged(name: str, folder: Path, patience: Patience = IMPATIENT) -> Iterator[Stage]:
    """The stage called `name`; at the end, what X's description says against an exchange fails the test."""
    if name == "sandbox":
        yield SandboxStage(folder)
    elif name.startswith("x"):
        stage = XStage("post" if name.endswith("post") else "tweet", patience=patience)
        yield stage
        assert stage.contract is None or stage.contract.problems == []
    elif name == "bluesky-network":
        from tests.bluesky_network.stage import BlueskyNetworkStage

        yield BlueskyNetworkStage(folder)
    elif name == "bluesky":
        yield BlueskyStage(folder / "sessions", patience)
    else:
        mastodon = MastodonStage(other=name.endswith("other"), patience=patience)
        try:
            yield mastodon
        finally:
            mastodon.instance.close()
