"""The public pages through Starlette's own client."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from dashboard.public.server import build
from tests.dashboard.visitor import preview, send
from tests.factories import MINISTRY, SECOND, answer, collected, open_topic
from youthvoice.flow import aggregate, feed_back, post, release, review
from youthvoice.flow.context import Context
from youthvoice.model import ReviewStatus

PAGES = ("", "topics/mentoring", "topics/mentoring/say", "you-said-we-did", "privacy", "sandbox")


@pytest.fixture
def busy(lite: Context) -> Context:
    """A topic with voices, a released quotation and an answer."""
    open_topic(lite)
    collected(lite, *[f"no bus in my town, says number {n}" for n in range(12)], "homework")
    for item in review.queue(lite, most=3):
        review.decide(lite, item.id, ReviewStatus.RELEASED, ["communities"], SECOND)
    key = feed_back.write(lite, "mentoring", answer("communities"), MINISTRY)
    feed_back.approve(lite, key, SECOND)
    post.post(lite)
    feed_back.feed_back(lite)
    aggregate.aggregate(lite)
    return lite


@pytest.fixture
def home(busy: Context) -> Context:
    """What `client` is a visitor of."""
    return busy


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_page_in_both_languages(client: TestClient, language: str, page: str) -> None:
    found = client.get(f"/{language}/{page}")
    assert found.status_code == 200
    html = found.text
    assert f'<html lang="{language}">' in html
    other = "fr" if language == "en" else "en"
    assert f'href="/{other}/{page}"' in html
    assert ("invented" if language == "en" else "inventé") in html  # marked on every page
    # Scripts are files of our own, and the page is whole without them.
    assert set(re.findall(r"<script[^>]*>", html)) <= {'<script src="/static/exit.js" defer>'}
    assert "style=" not in html and "onclick" not in html
    outside = re.findall(r'(?:src|href)="https?://(?!127\.0\.0\.1)([^/"]+)', html)
    assert set(outside) <= {"weather.gc.ca", "meteo.gc.ca"}  # the quick exit, followed when pressed
    assert "set-cookie" not in found.headers
    policy = found.headers["content-security-policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy
    assert found.headers["referrer-policy"] == "no-referrer"


def test_the_topic_says_what_it_must(client: TestClient) -> None:
    html = client.get("/en/topics/mentoring").text
    for words in (
        "What makes a good mentor?",
        "What you say shapes the rules",
        "Ministry of Children and Youth Services",
        "13</strong> messages from 13 different texts",
        "Coordinated &amp; Youth-Friendly Communities",
        "withheld",  # one message about homework
        "This is not a vote",
        "no bus in my town",
        "Rides are paid.",
    ):
        assert words in html, words


def test_only_released_words_are_shown(client: TestClient, busy: Context) -> None:
    html = client.get("/en/topics/mentoring").text
    assert len(re.findall(r"<blockquote", html)) == 3
    for item in review.queue(busy, most=50):
        assert f">{item.text}</blockquote>" not in html


def test_a_channel_whose_policy_forbids_it_is_never_quoted(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from youthvoice.channels import policies

    closed = replace(policies.POLICIES["sandbox"], text_in_public=False)
    monkeypatch.setitem(policies.POLICIES, "sandbox", closed)
    assert "<blockquote" not in client.get("/en/topics/mentoring").text


def test_the_first_field_leads_to_the_form_with_the_words_in_it(client: TestClient) -> None:
    data = {"step": "start", "text": "<b>hello</b>", "question": "2"}
    page = client.post("/en/topics/mentoring/say", data=data)
    assert "&lt;b&gt;hello&lt;/b&gt;</textarea>" in page.text
    assert re.search(r'value="2" checked', page.text)


def test_a_closed_topic_keeps_its_page_and_takes_no_more(client: TestClient, busy: Context) -> None:
    review.close_topic(busy, "mentoring", SECOND)
    assert "closed" in client.get("/en/topics/mentoring/say").text
    sent = client.post("/en/topics/mentoring/say", data={"text": "late"})
    assert "closed" in sent.text and sent.status_code == 400


def test_pages_that_do_not_exist(client: TestClient) -> None:
    for path in ("/en/nope", "/en/topics/nope", "/de/", "/fr/topics/pse/say"):
        found = client.get(path)
        assert found.status_code == 404 and "<h1>" in found.text, path
    assert "Cette page" in client.get("/fr/nope").text


def test_the_entry_speaks_the_browsers_language(client: TestClient) -> None:
    for accepted, language in (("fr-CA,fr;q=0.9", "fr"), ("en", "en"), ("de", "en")):
        found = client.get("/", headers={"accept-language": accepted}, follow_redirects=False)
        assert found.headers["location"] == f"/{language}/"


def test_a_failure_is_a_page_without_words(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from dashboard.public import pages

    def broken(*_args: object) -> None:
        raise RuntimeError("CANARY")

    monkeypatch.setattr(pages, "home_page", broken)
    found = client.get("/fr/")
    assert found.status_code in (500, 503) and "CANARY" not in found.text
    assert "default-src 'none'" in found.headers["content-security-policy"]
    assert "Ça n’a pas marché" in found.text
    assert "CANARY" not in "".join(capsys.readouterr())


def test_a_small_topic_shows_no_exact_count(lite: Context) -> None:
    open_topic(lite)
    collected(lite, *[f"homework {n}" for n in range(5)])
    with TestClient(build(lite)) as client:
        html = client.get("/en/topics/mentoring").text
    assert "Fewer than 11 messages" in html and "<strong>5</strong>" not in html


def test_pages_are_small(client: TestClient) -> None:
    for page in ("", "topics/mentoring/say"):
        answer = client.get(f"/en/{page}", headers={"accept-encoding": "gzip"})
        style = client.get("/static/style.css", headers={"accept-encoding": "gzip"})
        size = int(answer.headers["content-length"]) + int(style.headers["content-length"])
        assert size < 30_000


def test_no_demo_means_no_sandbox(settings, analyser) -> None:
    from youthvoice import app

    real = settings.model_copy(update={"demo": False})
    app.prepare(real)
    with TestClient(build(app.build(real, lambda: analyser))) as client:
        assert client.get("/en/sandbox").status_code == 404
        home = client.get("/en/").text
        assert "invented" not in home and "being prepared" in home


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json()["database"] is True


def test_a_code_from_a_postcard_leads_to_the_form(busy: Context, client: TestClient) -> None:
    from youthvoice.flow import campaigns

    made = campaigns.new(busy, "mentoring", "Libraries", SECOND)
    typed = f"{made.code[:3]}-{made.code[3:]}".lower()
    for asked, language in (
        (f"/q/{made.code}?fr", "fr"),
        (f"/q/{typed}?en", "en"),
        (f"/q/{typed}", "en"),
    ):
        found = client.get(asked, follow_redirects=False, headers={"accept-language": "en-CA"})
        assert found.status_code == 302 and "set-cookie" not in found.headers
        assert found.headers["location"] == f"/{language}/topics/mentoring/say?from={made.code}"
    form = client.get(f"/q/{made.code}", headers={"accept-language": "fr-CA,fr;q=0.9"})
    assert f'name="from" value="{made.code}"' in form.text and '<html lang="fr">' in form.text
    written = {"text": "from the library card", "question": "1", "from": made.code}
    assert send(client, preview(client, "fr", **written)).status_code == 200
    again = {"text": "", "question": "1", "from": made.code}
    assert f'value="{made.code}"' in client.post("/fr/topics/mentoring/say", data=again).text
    odd = {"text": "another one", "question": "1", "from": '"><script>x'}
    assert send(client, preview(client, "en", **odd)).status_code == 200
    release.release(busy)
    with busy.store.read() as tx:
        from youthvoice.store import campaigns as stored

        assert stored.messages(tx) == {made.code: 1}


@pytest.mark.parametrize("code", ["ZZZZZZ", "x", "%3Cscript%3E", "7KQ2M0?fr"])
def test_an_unknown_code_says_so(client: TestClient, code: str) -> None:
    found = client.get(f"/q/{code}")
    assert found.status_code == 404
    words = "ne reconnaît pas ce code" if code.endswith("fr") else "not known"
    assert words in found.text and "<script>" not in found.text and "script>alert" not in found.text


def test_an_odd_code_in_the_address_of_the_form_is_harmless(client: TestClient) -> None:
    found = client.get('/en/topics/mentoring/say?from="><script>alert(1)</script>')
    assert found.status_code == 200 and "<script>alert" not in found.text
