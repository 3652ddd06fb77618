"""The whole loop against a real (local) Mastodon server, through the commands, as processes of their own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from mastodon_mock.config import DatabaseConfig, MastodonMockConfig, SeedAccount, SeedConfig
from mastodon_mock.testing.server import MockServer

from tests.cli.test_commands import TOPIC
from tests.processes import youthvoice

NAMES = ("youthvoice", "voixdesjeunes", "kid")


@pytest.fixture
def server() -> Iterator[str]:
    accounts = [
        SeedAccount(username=name, access_token=f"{name}_CANARYtoken", bot=name != "kid")
        for name in NAMES
    ]
    config = MastodonMockConfig(
        database=DatabaseConfig(path=":memory:"), seed=SeedConfig(accounts=accounts)
    )
    with MockServer(config=config) as running:
        yield running.base_url


def call(server: str, who: str, path: str, **data: object) -> dict:
    headers = {"Authorization": f"Bearer {who}_CANARYtoken"}
    answer = requests.request(
        "POST" if data else "GET", server + path, headers=headers, json=data or None, timeout=20
    )
    assert answer.ok, answer.text
    return answer.json()


@pytest.mark.slow
def test_the_loop(server: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    settings = {
        "demo": "false",
        "live": "mastodon",
        "mastodon_url": server,
        "mastodon_en_token": "youthvoice_CANARYtoken",
        "mastodon_fr_token": "voixdesjeunes_CANARYtoken",
    }
    written = ""

    def run(*arguments: str) -> dict:
        nonlocal written
        done = youthvoice(home, *arguments, **settings)
        written += done.stdout + done.stderr
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if "--json" in arguments else {}

    run("init")
    topic = tmp_path / "topic.toml"
    topic.write_text(TOPIC)
    assert run("channel", "check", "mastodon", "--json")["ok"]
    run("topic", "propose", str(topic), "--by", "Sam")
    run("topic", "approve", "transit", "--by", "Kim")
    assert run("post", "--json")["sent"] == 4
    assert run("topic", "list", "--json")["topics"][0]["status"] == "open"
    me = call(server, "youthvoice", "/api/v1/accounts/verify_credentials")
    own = call(server, "kid", f"/api/v1/accounts/{me['id']}/statuses")
    question, root = own[0], own[1]
    assert question["in_reply_to_id"] == root["id"] and "#OnTransit" in _plain(question["content"])
    words = "@youthvoice CANARYwords the last bus leaves at six"
    reply = call(server, "kid", "/api/v1/statuses", status=words, in_reply_to_id=question["id"])
    assert run("collect", "--json")["accepted"] == 1
    queue = run("review", "list", "--json")
    assert queue
    answer = requests.delete(
        f"{server}/api/v1/statuses/{reply['id']}",
        headers={"Authorization": "Bearer kid_CANARYtoken"},
        timeout=20,
    )
    assert answer.ok
    assert run("channel", "forget", "mastodon", reply["id"], "--by", "Lee", "--json")["found"] == 1
    assert run("channel", "recheck", "--json")["tombstones"] == 1
    assert "CANARY" not in written.replace("CANARYwords", "") or "CANARYtoken" not in written
    for path in home.rglob("*"):
        if path.is_file():
            assert b"CANARYtoken" not in path.read_bytes(), path.name


def _plain(html: str) -> str:
    from youthvoice.channels.mastodon.text import plain

    return plain(html)
