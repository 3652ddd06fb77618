"""The stage of the channels' contract on a real network: real accounts, records, index and deletions."""

from __future__ import annotations

import os
import secrets
import urllib.request
from pathlib import Path

import httpx
from atproto import Client, Request, models

from tests.channels.stages import never, pseudonym
from youthvoice.channels.bluesky.channel import BlueskyChannel
from youthvoice.channels.bluesky.client import BlueskyAccount
from youthvoice.channels.policies import POLICIES
from youthvoice.channels.waiting import IMPATIENT

PASSWORD = "a-password-of-the-tests"


def available() -> bool:
    return "BLUESKY_PDS" in os.environ


def indexed() -> None:
    """Return when the index has read everything that was written."""
    asked = urllib.request.Request(os.environ["BLUESKY_CONTROL"], method="POST")
    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert answer.read() == b"indexed"


class Faulty(httpx.BaseTransport):
    """The real transport, with what goes wrong between it and us."""

    def __init__(self, stage: BlueskyNetworkStage) -> None:
        self._inner = httpx.HTTPTransport()
        self._stage = stage

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        name = request.url.path.rpartition("/")[2]
        fault = self._stage.fault("write" if name.endswith("putRecord") else "read")
        if fault == "refused":
            raise httpx.ConnectError("refused", request=request)
        if fault == "timeout":
            raise httpx.ReadTimeout("timeout", request=request)
        if fault in ("429", "500", "503"):
            return httpx.Response(int(fault), json={"error": "Fault", "message": "fault"})
        answer = self._inner.handle_request(request)
        answer.read()
        if fault == "lost":
            raise httpx.ReadTimeout("timeout", request=request)
        return answer


class BlueskyNetworkStage:
    """Two accounts of ours and as many others as speak, all new for each test."""

    def __init__(self, folder: Path) -> None:
        self.fault = never
        self._run = secrets.token_hex(4)
        self._people: dict[str, Client] = {}
        self.handles = {"en": self._sign_up("yv"), "fr": self._sign_up("vj")}
        self._transport = Faulty(self)
        self.channel = BlueskyChannel(
            [
                BlueskyAccount(language, handle, PASSWORD)
                for language, handle in self.handles.items()
            ],
            os.environ["BLUESKY_PDS"],
            pseudonym,
            POLICIES["bluesky"],
            folder / "sessions",
            IMPATIENT,
            transport=self._transport,
        )

    def _sign_up(self, who: str) -> str:
        handle = f"{who}-{self._run}.test"
        client = Client(os.environ["BLUESKY_PDS"], request=Request(timeout=30))
        client.com.atproto.server.create_account(
            models.ComAtprotoServerCreateAccount.Data(
                handle=handle, email=f"{who}-{self._run}@example.test", password=PASSWORD
            )
        )
        client.login(handle, PASSWORD, fetch_bsky_profile=False)
        self._people[who] = client
        indexed()
        return handle

    def person(self, who: str) -> Client:
        if who not in self._people:
            self._sign_up(who)
        return self._people[who]

    def did(self, who: str) -> str:
        session = self.person(who)._session
        assert session is not None
        return session.did

    def say(self, who: str, text: str, parent: str) -> str:
        """A reply, once what it answers is indexed, as a person who reads it first."""
        client = self.person(who)
        indexed()
        repo, _collection, rkey = parent.removeprefix("at://").split("/")
        found = client.com.atproto.repo.get_record(
            models.ComAtprotoRepoGetRecord.Params(
                repo=repo, collection="app.bsky.feed.post", rkey=rkey
            )
        )
        above = models.ComAtprotoRepoStrongRef.Main(uri=found.uri, cid=str(found.cid))
        root = found.value.reply.root if found.value.reply else above
        record = models.AppBskyFeedPost.Record(
            text=text,
            created_at=client.get_current_time_iso(),
            reply=models.AppBskyFeedPost.ReplyRef(root=root, parent=above),
        )
        made = client.app.bsky.feed.post.create(self.did(who), record)
        indexed()
        return str(made.uri)

    def delete(self, who: str, ref: str) -> None:
        repo, _collection, rkey = ref.removeprefix("at://").split("/")
        owner = next(name for name in self._people if self.did(name) == repo)
        self.person(owner).app.bsky.feed.post.delete(repo, rkey)
        indexed()

    def own(self, language: str) -> list[str]:
        who = {"en": "yv", "fr": "vj"}[language]
        found = self.person(who).com.atproto.repo.list_records(
            models.ComAtprotoRepoListRecords.Params(
                repo=self.did(who), collection="app.bsky.feed.post", limit=100
            )
        )
        return [record.uri for record in found.records]
