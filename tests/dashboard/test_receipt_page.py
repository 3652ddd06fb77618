"""The receipt's page through Starlette's own client."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dashboard.public.receipt import BLOCK
from dashboard.public.server import build
from tests.dashboard.visitor import preview, receipt, send
from tests.factories import SECOND
from youthvoice.flow import release, review
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus
from youthvoice.trust import receipts as codes

WORDS = "My mentor Zebrakanari helped me with homework at school, there is no bus"


@pytest.fixture
def code(client: TestClient) -> str:
    return receipt(send(client, preview(client, text=WORDS)))


def ask(client: TestClient, code: str, step: str = "look", language: str = "en", **more: str):
    return client.post(f"/{language}/receipt", data={"code": code, "step": step, **more})


def test_the_whole_way_back(client: TestClient, home: Context, code: str) -> None:
    page = ask(client, code)
    assert "Received" in page.text and "Zebrakanari" not in page.text and "homework" in page.text
    release.release(home)
    (item,) = review.queue(home)
    assert "In review" in ask(client, code).text
    theme = item.proposed[0].theme
    assert "look at it again" in ask(client, code, "wrong", theme=theme).text.lower() or (
        "looks at it again" in ask(client, code, "wrong", theme=theme).text
    )
    review.ask(home, item.id, "Which bus do you mean?", SECOND)
    asked = ask(client, code)
    assert "Which bus do you mean?" in asked.text and "You said that this is wrong" in asked.text
    told = ask(client, code, "reply", text="The 12, ask Zebrakanari Kowalchuk, 905-555-0177")
    assert "arrived" in told.text and "905-555" not in told.text
    (back,) = review.queue(home)
    assert back.attention is None  # not before the next batch
    release.release(home)
    (back,) = review.queue(home)
    assert back.attention == "reply" and theme in back.objections
    review.decide(home, item.id, ReviewStatus.RELEASED, ["education"], SECOND)
    assert "Quoted" in ask(client, code).text
    assert "Take your voice back?" in ask(client, code, "really").text
    gone = ask(client, code, "withdraw")
    assert "Taken back" in gone.text and "homework" not in gone.text
    assert "homework" not in client.get("/en/topics/mentoring").text


def test_typing_errors_are_forgiven_or_told_at_once(client: TestClient, code: str) -> None:
    typed = codes.grouped(code).lower().replace("0", "o").replace("1", "l")
    assert "Received" in ask(client, typed).text
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    refused = ask(client, wrong)
    assert refused.status_code == 400 and "does not fit" in refused.text
    assert f'value="{wrong}"' in refused.text
    assert ask(client, "hello").status_code == 400
    assert ask(client, "").status_code == 400


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_wrong_code_gets_a_page_of_the_same_shape(
    client: TestClient, code: str, language: str
) -> None:
    right, wrong = (
        ask(client, code, language=language),
        ask(client, codes.make(), language=language),
    )
    assert right.status_code == wrong.status_code == 200
    assert len(right.content) == len(wrong.content) and len(right.content) % BLOCK == 0
    same = {"cache-control", "content-type", "content-encoding", "referrer-policy"}
    assert {k: v for k, v in right.headers.items() if k in same} == {
        k: v for k, v in wrong.headers.items() if k in same
    }
    assert right.headers["cache-control"] == "no-store"
    for step in ("withdraw", "wrong", "reply", "really", "picture"):
        unknown = ask(client, codes.make(), step, language, theme="x", text="hello")
        assert len(unknown.content) == len(right.content), step
        assert "set-cookie" not in unknown.headers


def test_nothing_can_be_done_with_an_unknown_code(
    client: TestClient, home: Context, code: str
) -> None:
    for step in ("withdraw", "wrong", "reply"):
        page = ask(client, codes.make(), step, theme="education", text="hello")
        assert "There is no voice with this receipt" in page.text
    release.release(home)
    (item,) = review.queue(home)
    assert item.text and not item.objections


def test_the_code_is_never_in_an_address(client: TestClient, code: str) -> None:
    assert client.get(f"/en/receipt?code={code}").text.count(code) == 0
    page = ask(client, code)
    assert f"?code={code}" not in page.text and 'method="get"' not in page.text
    picture = ask(client, code, "picture")
    assert "<svg" in picture.text and codes.grouped(code) in picture.text


def test_guessing_is_slowed_down(home: Context) -> None:
    from dataclasses import replace

    few = replace(
        home, settings=home.settings.model_copy(update={"form_burst": 3, "form_per_minute": 1})
    )
    with TestClient(build(few), base_url="http://127.0.0.1") as client:
        answers = [ask(client, codes.make()).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]


def test_the_short_address_leads_there(client: TestClient) -> None:
    found = client.get("/r", headers={"accept-language": "fr-CA"}, follow_redirects=False)
    assert found.headers["location"] == "/fr/receipt"
