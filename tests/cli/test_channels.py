"""`youthvoice channel …` and `campaign …` as an operator types them; X behind the real commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.channels.stages import XStage
from tests.cli.test_commands import TOPIC
from youthvoice import cli, platforms
from youthvoice.channels.metering import Meter

CREDENTIALS = {
    f"YOUTHVOICE_X_{language}_{name}": f"CANARY{name}{language}"
    for language in ("EN", "FR")
    for name in ("HANDLE", "CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN", "ACCESS_TOKEN_SECRET")
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("YOUTHVOICE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("YOUTHVOICE_DEMO", "false")
    monkeypatch.setenv("YOUTHVOICE_PUBLIC_URL", "https://youthvoice.example.ca")
    assert cli.run(["init"]) == 0
    topic = tmp_path / "topic.toml"
    topic.write_text(TOPIC)
    assert cli.run(["topic", "propose", str(topic), "--by", "Sam"]) == 0
    return tmp_path / "home"


@pytest.fixture
def x(home: Path, monkeypatch: pytest.MonkeyPatch) -> XStage:
    """The commands with credentials of X, and the fake network behind them."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    stage = XStage()

    def build(wiring: platforms._Wiring):
        meter: Meter = platforms._meter(wiring.settings, wiring.store, "x")
        stage.channel._meter = meter
        for client in stage.channel._clients.values():
            client._meter = meter
        return stage.channel

    monkeypatch.setitem(platforms._BUILD, "x", build)
    return stage


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = cli.run(list(arguments))
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err and "CANARY" not in out + err
    return code, " ".join(out.split()), " ".join(err.split())


def test_without_credentials_each_command_says_what_to_set(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _out, err = run(capsys, "channel", "check", "x")
    assert code == 2 and "YOUTHVOICE_X_EN_ACCESS_TOKEN" in err and "docs/operators/x.md" in err
    code, _out, err = run(capsys, "channel", "check", "myspace")
    assert code == 2 and "no channel" in err
    code, out, _err = run(capsys, "channel", "list")
    assert code == 0 and "mastodon" in out


def test_the_doctor_looks_at_channels(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def channels() -> dict[str, str]:
        out = run(capsys, "doctor", "--json")[1]
        return next(one for one in json.loads(out)["checks"] if one["check"] == "Channels")

    assert channels()["status"] == "ok" and "No social network" in channels()["what"]
    monkeypatch.setenv("YOUTHVOICE_BLUESKY_EN_HANDLE", "youthvoice.example.ca")
    assert channels()["status"] == "failed" and "lacks settings" in channels()["what"]
    for name in ("EN_PASSWORD", "FR_HANDLE", "FR_PASSWORD"):
        monkeypatch.setenv(f"YOUTHVOICE_BLUESKY_{name}", "CANARYvalue")
    assert channels()["what"] == "Credentials: bluesky. Live: none (dry run)."
    monkeypatch.setenv("YOUTHVOICE_LIVE", "bluesky")
    assert channels()["what"] == "Credentials: bluesky. Live: bluesky."


def test_half_a_channel_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YOUTHVOICE_BLUESKY_EN_HANDLE", "youthvoice.example.ca")
    code, _out, err = run(capsys, "channel", "list")
    assert code == 2 and "YOUTHVOICE_BLUESKY_FR_PASSWORD" in err and "both languages" in err
    monkeypatch.delenv("YOUTHVOICE_BLUESKY_EN_HANDLE")
    monkeypatch.setenv("YOUTHVOICE_LIVE", "mastodon")
    code, _out, err = run(capsys, "channel", "list")
    assert code == 2 and "has no credentials" in err
    monkeypatch.setenv("YOUTHVOICE_LIVE", "facebook")
    code, _out, err = run(capsys, "channel", "list")
    assert code == 2 and "YOUTHVOICE_LIVE" in err


def test_check_posts_nothing_and_tells_the_price(
    x: XStage, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = run(capsys, "channel", "check", "x")
    assert code == 0 and "The credentials are right" in out and "dry" in out
    assert "US$0.43" in out and "this check cost US$0.02" in out and "of US$25.00 spent" in out
    assert x.own("en") == x.own("fr") == [] and x.api.calls["create"] == 0
    code, out, _err = run(capsys, "channel", "check", "x", "--json")
    found = json.loads(out)
    assert found["ok"] and not found["live"] and found["longest"] == 270
    assert found["topic_cost_usd"] == pytest.approx(0.43) and found["check_cost_usd"] == 0.02


def test_check_says_what_is_wrong(x: XStage, capsys: pytest.CaptureFixture[str]) -> None:
    x.api.read_only = True
    x.api.tokens.pop(x.accounts[1].access_token)
    code, out, _err = run(capsys, "channel", "check", "x")
    assert code == 1 and "reading only" in out and "wrong or were revoked" in out


def test_preview_shows_every_part(x: XStage, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(capsys, "channel", "preview", "transit")
    assert code == 0 and "weighted characters" in out and "Se déplacer" in out
    assert "https://youthvoice.example.ca/fr/topics/transit" in out
    assert "US$0.43 with the form's address, US$0.06 without it" in out and "--without-links" in out
    code, out, _err = run(capsys, "channel", "preview", "transit", "--without-links", "--json")
    found = json.loads(out)
    assert found["cost_usd"] == 0.06 and len(found["posts"]) == 4 and found["links"] == []
    assert x.adapter.requests == []
    code, _out, _err = run(capsys, "channel", "preview", "nothing")
    assert code == 2


def test_from_dry_to_live(
    x: XStage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = run(capsys, "topic", "approve", "transit", "--by", "Kim")
    assert code == 0 and "without the form's address it would cost US$0.06" in out
    code, out, _err = run(capsys, "post")
    assert code == 0 and "4 not sent because their channel is dry" in out
    assert x.adapter.requests == []
    monkeypatch.setenv("YOUTHVOICE_LIVE", "x")
    code, out, _err = run(capsys, "post", "--json")
    assert code == 0 and json.loads(out)["sent"] == 4
    assert len(x.own("en")) == len(x.own("fr")) == 2
    root = x.own("en")[0]
    ref = x.say("kid", "CANARYwords in a reply", root)
    code, out, _err = run(capsys, "collect")
    assert code == 0 and "1 new messages" in out
    x.network.delete(ref)
    code, out, _err = run(capsys, "channel", "forget", "x", ref, "--by", "Lee")
    assert code == 0 and "1 of these posts" in out
    code, out, _err = run(capsys, "channel", "recheck", "--json")
    assert code == 0 and json.loads(out)["tombstones"] == 1
    x.fault = lambda _kind: "503"
    code, _out, err = run(capsys, "collect")
    assert code == 1 and "Nothing is lost" in err


def test_leaving_a_platform_forgets_everything_of_it(
    x: XStage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YOUTHVOICE_LIVE", "x")
    run(capsys, "topic", "approve", "transit", "--by", "Kim")
    run(capsys, "post")
    for number in range(5):
        x.say(f"kid{number}", f"reply {number}", x.own("en")[0])
    run(capsys, "collect")
    code, _out, err = run(capsys, "channel", "leave", "x", "--by", "Lee")
    assert code == 2 and "--yes" in err
    code, _out, err = run(capsys, "channel", "leave", "x", "--by", "Lee", "--yes")
    assert code == 1 and "YOUTHVOICE_LIVE" in err
    monkeypatch.setenv("YOUTHVOICE_LIVE", "")
    code, out, _err = run(capsys, "channel", "leave", "x", "--by", "Lee", "--yes", "--json")
    assert code == 0 and json.loads(out)["forgotten"] == 5
    code, _out, err = run(capsys, "channel", "leave", "form", "--by", "Lee", "--yes")
    assert code == 2 and "no platform" in err


def test_a_post_in_doubt_is_settled_by_hand(
    x: XStage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YOUTHVOICE_LIVE", "x")
    run(capsys, "topic", "approve", "transit", "--by", "Kim")
    x.fault = lambda kind: "lost" if kind == "write" else "503"
    code, out, _err = run(capsys, "post", "--json")
    stuck = json.loads(out)["stuck"]
    assert [one["status"] for one in stuck] == ["ambiguous", "ambiguous"]
    x.fault = lambda _kind: None
    number, live = str(stuck[0]["id"]), x.own("en")[0]
    for wrong in (["--found", number], ["--found", number, "--as", live], ["--not-there", number]):
        code, _out, err = run(capsys, "post", *wrong)
        assert code == 2 and "--by NAME" in err
    code, out, _err = run(capsys, "post", "--found", number, "--as", live, "--by", "Lee", "--json")
    assert code == 0 and json.loads(out)["sent"] == 1  # the next part went out


def test_campaigns(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = run(
        capsys, "campaign", "new", "transit", "--name", "Libraries", "--by", "Kim"
    )
    assert code == 1 and "not been approved" in err
    run(capsys, "topic", "approve", "transit", "--by", "Kim")
    code, out, _err = run(capsys, "campaign", "report")
    assert code == 0 and "no campaign yet" in out
    code, out, _err = run(
        capsys, "campaign", "new", "transit", "--name", "Libraries", "--by", "Kim", "--json"
    )
    made = json.loads(out)
    assert made["address"].startswith("https://youthvoice.example.ca/q/")
    card = tmp_path / "card.pdf"
    code, out, _err = run(capsys, "campaign", "print", made["code"].lower(), "--out", str(card))
    assert code == 0 and card.read_bytes().startswith(b"%PDF")
    code, _out, err = run(
        capsys, "campaign", "print", made["code"], "--out", str(tmp_path / "c.png")
    )
    assert code == 2 and ".pdf" in err
    code, _out, err = run(capsys, "campaign", "print", "ZZZZZZ")
    assert code == 2 and "no campaign with this code" in err
    code, out, _err = run(capsys, "campaign", "report", "--json")
    assert json.loads(out)["campaigns"][0]["messages"] == 0
    comments = tmp_path / "cards.csv"
    comments.write_text("id,comment\n1,more buses\n2,later buses\n")
    mapping = ["--map", "text=comment", "--map", "id=id"]
    base = ["import", str(comments), "--topic", "transit", *mapping]
    code, _out, err = run(capsys, *base, "--campaign", "ZZZZZZ")
    assert code == 2 and "no campaign of the topic" in err
    code, out, _err = run(capsys, *base, "--campaign", made["code"], "--json")
    assert code == 0 and json.loads(out)["accepted"] == 2
