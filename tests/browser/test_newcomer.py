"""A newcomer walks through the demo, in both languages, in a real browser."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.conftest import Demo
from tests.browser.dashboard_page import go, open_dashboard, play, settled
from youthvoice.flow.submit import PLAIN_QUESTIONS, PLAIN_SECONDS
from youthvoice.strings import Translator

pytestmark = pytest.mark.browser

SAY = {
    "en": {
        "message": "my name is Zebulon and i got kicked out of my house. my mentor called 905-555-0143",
        "start": "Start with this",
        "look": "See it before it goes",
        "send": "Send it",
        "thanks": "Your voice arrived",
        "held": "Held",
        "reason": "somebody looked after it",
        "release": "Release",
        "masked": "[telephone]",
        "answers": "You said, we did",
    },
    "fr": {
        "message": "je m’appelle Zébulon pis ils m’ont mis dehors, ma mentore a appelé au 613 555-0164",
        "start": "Commencer avec ça",
        "look": "Voir avant d’envoyer",
        "send": "Envoyer",
        "thanks": "Ta voix est arrivée",
        "held": "Retenus",
        "reason": "quelqu’un s’en est occupé",
        "release": "Publier",
        "masked": "[téléphone]",
        "answers": "Tu l’as dit, on l’a fait",
    },
}


def small_question(page: Page, language: str) -> str:
    t = Translator(language)
    shown = page.locator("#plain label").inner_text()
    return next(t(one) for one, _right in PLAIN_QUESTIONS if t(one) == shown)


def right_answer(page: Page, language: str) -> str:
    t = Translator(language)
    shown = page.locator("#plain label").inner_text()
    return next(sorted(right)[0] for one, right in PLAIN_QUESTIONS if t(one) == shown)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_phone_solves_the_proof_and_copies_the_receipt(
    demo: Demo, new_page: Callable[..., Page], language: str
) -> None:
    page = new_page(width=390)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=demo.public)
    page.goto(f"{demo.public}/{language}/topics/own-issue/say")
    page.locator("#text").fill("The arena closed, and nobody asked us. / L’aréna a fermé.")
    page.locator("button[value=preview]").click()
    page.locator("button[value=send]").click()  # at once: the page waits for its own proof
    code = page.locator("#code")
    expect(code).to_be_visible(timeout=30_000)
    assert re.fullmatch(r"([0-9A-Z]{4}-){5}[0-9A-Z]", code.inner_text())
    page.locator("#copy").click()
    expect(page.locator("#copied")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == code.inner_text()
    page.locator("button[value=picture]").click()
    expect(page.locator(".qr svg")).to_be_visible()
    assert read_barcode(page.locator(".qr").screenshot()) == code.inner_text().replace("-", "")
    assert page.context.cookies() == [] and page.foreign == []  # type: ignore[attr-defined]
    assert page.broken == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("javascript", [True, False])
def test_back_shows_no_words(demo: Demo, new_page: Callable[..., Page], javascript: bool) -> None:
    page = new_page(width=390, javascript=javascript)
    page.goto(f"{demo.public}/en/")
    page.locator("textarea").fill("my secret words")
    page.get_by_role("button", name="Start with this").click()
    page.locator("button[value=preview]").click()
    expect(page.locator(".masked")).to_contain_text("my secret words")
    page.goto(f"{demo.public}/en/privacy")
    for _ in range(4):
        try:
            page.go_back(timeout=5_000)
        except Error:  # a page that was sent cannot be had again
            break
        if page.url.endswith("/en/"):
            assert page.locator("textarea").input_value() == ""
    assert page.broken == []  # type: ignore[attr-defined]


def read_barcode(picture: bytes) -> str:
    import zxingcpp
    from PIL import Image

    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return found[0].text if found else ""


def test_leaving_quickly(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page(width=390)
    gone: list[str] = []

    def instead(route: Route) -> None:
        gone.append(route.request.url)
        assert "referer" not in route.request.headers
        route.fulfill(status=200, body="weather")

    page.context.route("https://weather.gc.ca/**", instead)
    page.goto(f"{demo.public}/en/")
    page.goto(f"{demo.public}/en/topics/own-issue/say")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("https://weather.gc.ca/**")
    page.go_back()
    assert page.url == f"{demo.public}/en/"  # the form is not in the history any more
    page.get_by_role("link", name="Leave quickly").click()
    page.wait_for_url("https://weather.gc.ca/**")
    assert len(gone) == 2


def test_what_the_start_says(demo: Demo) -> None:
    for words in (demo.public + "/en/", demo.public + "/fr/", "Click first", "Ctrl-C", "invented"):
        assert words in demo.output


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_a_thought_to_its_review(
    demo: Demo, new_page: Callable[..., Page], language: str
) -> None:
    say = SAY[language]
    page = new_page(width=390, javascript=False)
    page.goto(f"{demo.public}/{language}/")
    page.locator("textarea").fill(say["message"])
    page.get_by_role("button", name=say["start"]).click()
    expect(page.locator("textarea")).to_have_value(say["message"])
    page.get_by_role("button", name=say["look"]).click()
    expect(page.locator(".masked")).to_contain_text(say["masked"])
    page.wait_for_timeout(PLAIN_SECONDS * 1000)  # nobody answers faster
    page.get_by_label(small_question(page, language)).fill(right_answer(page, language))
    page.get_by_role("button", name=say["send"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(say["thanks"])
    expect(page.get_by_text("9-8-8")).to_be_visible()
    code = page.locator("#code").inner_text()
    page.goto(f"{demo.public}/{language}/receipt")
    page.locator("#code").fill(code.lower().replace("-", " "))
    page.locator("main button").click()
    expect(page.locator(".masked")).to_contain_text(say["masked"])
    assert code not in page.url
    assert page.context.cookies() == [] and page.foreign == []  # type: ignore[attr-defined]

    desk = new_page()
    open_dashboard(desk, demo.dashboard, language)
    assert desk.locator("html").get_attribute("lang") == language
    play(desk, "sacha")
    go(desk, "review")
    mine = desk.locator(".yv-message", has_text=say["masked"])
    for _ in range(90):  # held ones come first; other held messages may be before it
        if mine.count():
            break
        skip = "Skip" if language == "en" else "Passer"
        desk.get_by_role("button", name=skip, exact=True).last.click()
        settled(desk)
    expect(mine).to_be_visible()
    assert not re.search("z[eé]bulon|0143|0164", desk.locator("body").inner_text().lower())
    desk.get_by_label(re.compile("^(Reason|Raison)")).click()
    desk.keyboard.type(say["reason"])
    desk.get_by_role("option", name=re.compile(say["reason"])).click()
    settled(desk)
    desk.get_by_role("button", name=re.compile(f"^{say['release']}")).click()
    settled(desk)
    expect(mine).to_have_count(0)
    expect(desk.get_by_test_id("stAlert").first).to_be_visible()


def test_a_topic_goes_out_and_an_answer_comes_back(
    demo: Demo, new_page: Callable[..., Page]
) -> None:
    desk = new_page()
    open_dashboard(desk, demo.dashboard, "en")
    play(desk, "alex")
    go(desk, "topics")
    approve = desk.get_by_role("button", name="Approve")
    expect(approve).to_be_disabled()  # Alex proposed it
    play(desk, "sacha")
    go(desk, "topics")
    desk.get_by_role("button", name="Approve").click()
    settled(desk)
    page = new_page()
    until(page, f"{demo.public}/fr/sandbox", "Après le secondaire")

    play(desk, "ministry")
    go(desk, "ministry")
    areas = desk.locator("textarea")
    texts = [
        "Bus passes.",
        "Des passes.",
        "Free passes for all.",
        "Des passes gratuites.",
        "Why.",
        "Car.",
    ]
    for number, text in enumerate(texts):
        areas.nth(number).fill(text)
    desk.get_by_role("button", name="Submit to the committee").first.click()
    settled(desk)
    play(desk, "sacha")
    go(desk, "answers")
    desk.get_by_role("button", name="Approve").click()
    settled(desk)
    until(page, f"{demo.public}/fr/you-said-we-did", "Des passes gratuites.")
    until(page, f"{demo.public}/en/sandbox", "Free passes for all.")


def until(page: Page, address: str, words: str, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        page.goto(address)
        if words in page.content():
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"{words!r} never came")


def test_numbers_move(demo: Demo, new_page: Callable[..., Page]) -> None:
    page = new_page()

    def voices() -> int:
        page.goto(f"{demo.public}/en/topics/mentoring")
        return int(page.locator(".voices strong").first.inner_text().replace(",", ""))

    before = voices()
    deadline = time.monotonic() + 60
    while voices() <= before:
        assert time.monotonic() < deadline, "no new voice in a minute"
        page.wait_for_timeout(1500)
