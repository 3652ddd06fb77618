"""The anonymous form through Starlette's own client: write, look, send."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from starlette.testclient import TestClient

from dashboard.public import form
from dashboard.public.server import build
from tests.dashboard.visitor import hidden, plain_answer, preview, proof, receipt, send
from tests.factories import SECOND
from youthvoice.errors import StoreUnavailable, note
from youthvoice.flow import release, review, submit
from youthvoice.flow.context import Context
from youthvoice.store.tables import contribution, self_description
from youthvoice.store.tables import receipt as receipt_table

WORDS = "My friend Zebrakanari waits for the bus every day, call 905-555-0177"


def stored(context: Context) -> int:
    with context.store.read() as tx:
        return len(tx.execute(select(contribution.c.id)).all())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_voice_goes_in_and_a_receipt_comes_out(
    client: TestClient, home: Context, language: str
) -> None:
    page = preview(client, language, text=WORDS, question="3")
    assert page.status_code == 200 and stored(home) == 0
    shown = page.text[page.text.index("<main") :]
    assert "Zebrakanari" not in shown and "905-555" not in shown and "<mark>[" in shown
    sent = send(client, page)
    assert sent.status_code == 200
    for words in ("911", "9-8-8", "1-800-668-6868"):
        assert words in sent.text
    assert sent.headers["cache-control"] == "no-store" and "set-cookie" not in sent.headers
    code = receipt(sent)
    assert re.sub(r"<[^>]+>", "", sent.text).count("-".join(
        [code[n : n + 4] for n in range(0, 20, 4)] + [code[20]])) == 1  # fmt: skip
    assert not review.queue(home)  # it waits for its batch
    release.release(home)
    (item,) = review.queue(home)
    assert item.channel == "form" and item.question == 3 and "Zebrakanari" not in str(item.text)


def test_without_javascript_a_small_question_is_enough(client: TestClient, home: Context) -> None:
    page = preview(client, text="no bus after six")
    answer = {"step": "send", "draft": hidden(page, "draft"), "proof": ""}
    wrong = client.post("/en/topics/mentoring/say", data={**answer, "answer": "a bus"})
    assert wrong.status_code == 400 and 'role="alert"' in wrong.text and stored(home) == 0
    fast = client.post("/en/topics/mentoring/say", data={**answer, "answer": plain_answer(page)})
    assert fast.status_code == 400 and stored(home) == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=30)):
        page = fast
        answer["draft"] = hidden(page, "draft")
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=40)):
        sent = client.post(
            "/en/topics/mentoring/say", data={**answer, "answer": plain_answer(page)}
        )
    assert sent.status_code == 200 and receipt(sent) and stored(home) == 1


def test_change_brings_everything_back(client: TestClient) -> None:
    page = preview(
        client, text="<b>hello</b> there", question="2", age_band="13-15", region="P0T",
        first_language="fr", group="rural",
    )  # fmt: skip
    back = client.post(
        "/en/topics/mentoring/say", data={"step": "change", "draft": hidden(page, "draft")}
    )
    assert "&lt;b&gt;hello&lt;/b&gt; there</textarea>" in back.text
    assert re.search(r'value="2" checked', back.text)
    assert re.search(r'value="13-15" selected', back.text) and 'value="P0"' in back.text
    assert re.search(r'value="fr" selected', back.text)
    assert re.search(r'value="rural" checked', back.text)
    assert submit.region_of("P0") == submit.region_of("p0t") == "P0"  # sent back, it stays


def test_the_first_field_keeps_its_words_when_our_side_fails(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise RuntimeError("CANARY")

    monkeypatch.setattr(form.pages, "public_topic", broken)
    found = client.post(
        "/en/topics/mentoring/say", data={"step": "start", "text": "my words", "question": "1"}
    )
    assert found.status_code == 503 and "my words</textarea>" in found.text
    assert "CANARY" not in found.text


def test_self_description_is_kept_apart_and_only_what_was_offered(
    client: TestClient, home: Context
) -> None:
    page = preview(
        client, text="a word", age_band="13-15", region="m5v 2t6", first_language="klingon",
        group="indigenous",
    )  # fmt: skip
    assert send(client, page).status_code == 200
    with home.store.read() as tx:
        (row,) = tx.execute(select(self_description)).all()
    assert (row.age_band, row.region, row.first_language, row.groups) == (
        "13-15", "M5V", None, ["indigenous"],
    )  # fmt: skip


def test_sending_twice_is_sending_once(client: TestClient, home: Context) -> None:
    page = preview(client, text="a line that breaks")
    data = {"step": "send", "draft": hidden(page, "draft"), "proof": proof(page)}
    first = client.post("/en/topics/mentoring/say", data=data)
    again = client.post("/en/topics/mentoring/say", data=data)
    assert receipt(first) == receipt(again) and stored(home) == 1
    with home.store.read() as tx:
        assert len(tx.execute(select(receipt_table)).all()) == 1
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=50)):
        again = client.post("/en/topics/mentoring/say", data=data)
    assert receipt(first) == receipt(again) and stored(home) == 1
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=70)):
        late = client.post("/en/topics/mentoring/say", data=data)
    assert "only once" in late.text and receipt(first) not in late.text and stored(home) == 1


def test_a_page_that_was_open_too_long_shows_the_words_again(
    client: TestClient, home: Context
) -> None:
    page = preview(client, text="slow words")
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        late = send(client, page)
        assert late.status_code == 400 and "slow words" in late.text and stored(home) == 0
        assert send(client, late).status_code == 200 and stored(home) == 1


@pytest.mark.parametrize(
    "body",
    [b"text=", b"text=%20%0A", b"text=" + b"x" * 10_001, b"text=" + b"%41" * 250_000,
     b"&".join(b"a%d=1" % n for n in range(90)), b"step=send&draft=x", b"step=change&draft=%00",
     b"step=send&draft=" + b"A" * 5000, b"step=nonsense"],
    ids=["nothing", "spaces", "long", "huge", "many fields", "no draft", "odd draft", "false draft",
         "odd step"],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_not_stored(
    client: TestClient, home: Context, body: bytes
) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    sent = client.post("/en/topics/mentoring/say", content=body, headers=kind)
    assert sent.status_code in (200, 400) and "<textarea" in sent.text and stored(home) == 0


def test_the_words_stay_in_the_field_when_refused(client: TestClient) -> None:
    sent = preview(client, text="my words", question="99")
    assert sent.status_code == 400 and "my words</textarea>" in sent.text


def test_words_are_not_lost_when_our_side_fails(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = preview(client, text="mes mots", language="fr")

    def broken(*_args: object, **_named: object) -> None:
        raise StoreUnavailable(note("The disk is full (%(where)s).", where="/secret/place"))

    monkeypatch.setattr(form.submit, "prepare", broken)
    found = preview(client, "fr", text="mes mots")
    assert "mes mots</textarea>" in found.text and "/secret/" not in found.text
    monkeypatch.setattr(form.submit, "send", broken)
    found = send(client, page)
    assert "mes mots" in found.text and "/secret/" not in found.text and found.status_code == 503
    assert hidden(found, "draft") == hidden(page, "draft")  # “Try again” sends the same once more
    assert "default-src 'none'" in found.headers["content-security-policy"]


def test_an_issue_of_ones_own(client: TestClient, home: Context) -> None:
    assert "/en/topics/own-issue/say" in client.get("/en/").text
    page = preview(client, slug="own-issue", text="Nobody asks about the arena that closed")
    assert send(client, page).status_code == 200
    release.release(home)
    (item,) = review.queue(home)
    assert item.topic == "own-issue"
    topic = client.get("/en/topics/own-issue").text
    assert "9000" not in topic and "9000" not in page.text


def test_a_topic_that_closed_meanwhile_takes_nothing(client: TestClient, home: Context) -> None:
    page = preview(client, text="too late")
    review.close_topic(home, "mentoring", SECOND)
    sent = send(client, page)
    assert "closed" in sent.text and stored(home) == 0


def test_a_network_that_floods_is_asked_to_wait_and_loses_nothing(
    home: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    few = replace(
        home, settings=home.settings.model_copy(update={"form_burst": 2, "form_per_minute": 1})
    )
    with TestClient(build(few), base_url="http://127.0.0.1") as client:
        pages = [preview(client, text=f"message {n}") for n in range(3)]
        answers = [send(client, page) for page in pages]
        assert [one.status_code for one in answers] == [200, 200, 429]
        assert int(answers[2].headers["retry-after"]) > 1 and "message 2" in answers[2].text
        assert stored(home) == 2
        assert preview(client, text="my words").status_code == 200  # the fourth look
        flooded = preview(client, text="my words")
        assert flooded.status_code == 429 and "my words</textarea>" in flooded.text


def test_no_page_of_the_form_sets_a_cookie_or_keeps_anything(client: TestClient) -> None:
    page = preview(client, text="a word")
    for answer in (client.get("/en/topics/mentoring/say"), page, send(client, page)):
        assert "set-cookie" not in answer.headers
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] in ("no-store", "no-cache")
    assert page.headers["cache-control"] == "no-store"


def test_the_first_page_of_the_form_is_small_with_all_that_it_needs(client: TestClient) -> None:
    packed = {"accept-encoding": "gzip"}
    page = client.get("/en/topics/mentoring/say", headers=packed)
    size = int(page.headers["content-length"])
    for asset in set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)):
        size += int(client.get(asset, headers=packed).headers["content-length"])
    assert size < 30_000


def test_what_was_taken_back_does_not_arrive_again(client: TestClient, home: Context) -> None:
    page = preview(client, text="a word")
    data = {"step": "send", "draft": hidden(page, "draft"), "proof": proof(page)}
    code = receipt(client.post("/en/topics/mentoring/say", data=data))
    client.post("/en/receipt", data={"code": code, "step": "withdraw"})
    again = client.post("/en/topics/mentoring/say", data=data)
    assert again.status_code == 400 and "taken back" in again.text and code not in again.text
