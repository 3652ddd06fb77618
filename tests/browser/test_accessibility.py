"""axe-core on every page, in both languages, at 320 and 1280 px, light and dark; no foreign request."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from dashboard.french import WORDS
from tests.browser.conftest import Demo
from tests.browser.dashboard_page import close_sidebar, go, open_dashboard, play
from tests.dashboard.test_look import contrast

pytestmark = pytest.mark.browser

PUBLIC = (
    "",
    "topics/mentoring",
    "topics/mentoring/say",
    "you-said-we-did",
    "topics/own-issue/say",
    "receipt",
    "privacy",
    "sandbox",
    "nothing-here",
)
STAFF = {
    "young": ["explore"],
    "sacha": ["review", "themes", "topics", "answers"],
    "ministry": ["ministry"],
    "operator": ["operations", "costs"],
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def violations(page: Page, rules: dict[str, list[str]]) -> list[str]:
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_public_pages(
    demo: Demo, new_page: Callable[..., Page], language: str, width: int, scheme: str
) -> None:
    page = new_page(width=width, scheme=scheme)
    for name in (*(f"{language}/{one}" for one in PUBLIC), f"q/ZZZZZZ?{language}"):
        page.goto(f"{demo.public}/{name}")
        assert violations(page, RULES) == [], name
        assert page.evaluate(WIDE), f"{name} is wider than {width} px"
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator("h1").count() == 1
    page.goto(f"{demo.public}/{language}/topics/mentoring/say")
    for summary in page.locator("main summary").all():
        summary.click()
    assert violations(page, RULES) == [], "the form, all of it open"
    page.locator("textarea").fill("there should be more buses, call 905-555-0188")
    for button in ("preview", "send"):
        page.locator(f"main button[value={button}]").click()
        page.wait_for_load_state()
        if button == "preview":
            assert violations(page, RULES) == [], button
            assert page.evaluate(WIDE), button
    page.locator("#code").wait_for()
    assert violations(page, RULES) == [] and page.evaluate(WIDE), "the receipt"
    code = page.locator("#code").inner_text()
    page.goto(f"{demo.public}/{language}/receipt")
    page.locator("input#code").fill(code)
    for button in ("look", "really", "withdraw"):
        page.locator(f"main button[value={button}]").click()
        page.wait_for_load_state()
        assert violations(page, RULES) == [] and page.evaluate(WIDE), button
    page.goto(f"{demo.public}/{language}/receipt")
    page.locator("input#code").fill("nonsense")
    page.locator("main button").click()
    assert violations(page, RULES) == [], "a wrong code"
    assert page.foreign == [] and page.context.cookies() == []  # type: ignore[attr-defined]
    assert page.broken == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("en", 1280, "light"), ("fr", 320, "light"), ("fr", 1280, "dark"), ("en", 320, "dark")],
)
def test_dashboard_pages(
    demo: Demo, new_page: Callable[..., Page], language: str, width: int, scheme: str
) -> None:
    page = new_page(width=width, scheme=scheme)
    open_dashboard(page, demo.dashboard, language)
    for person, names in STAFF.items():
        if person != "young":
            play(page, person)
        close_sidebar(page)
        for name in names:
            if name != "explore":
                go(page, name)
            assert violations(page, WCAG) == [], f"{name} for {person}"
            text = page.locator("body").inner_text()
            assert ("invented" if language == "en" else "inventé") in text
            if language == "fr":
                left = [w for w in WORDS if len(w) > 7 and f"\n{w}\n" in f"\n{text}\n"]
                assert left == [], f"English left on {name}"
    assert page.locator("html").get_attribute("lang") == language
    assert page.foreign == []  # type: ignore[attr-defined]
    allowed = {"_streamlit_xsrf", "_xsrf"}
    assert {cookie["name"] for cookie in page.context.cookies()} <= allowed


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_buttons_can_be_read(demo: Demo, new_page: Callable[..., Page], scheme: str) -> None:
    """axe passes over text in nested flex boxes, so the main button is measured here."""
    page = new_page(scheme=scheme)
    open_dashboard(page, demo.dashboard, "en")
    play(page, "sacha")
    go(page, "review")
    button = page.get_by_test_id("stBaseButton-primary").first
    colours = button.evaluate(
        "b => { const inner = b.querySelector('p') || b;"
        " return [getComputedStyle(inner).color, getComputedStyle(b).backgroundColor]; }"
    )
    ink, ground = (
        "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])
        for colour in colours
    )
    assert contrast(ink, ground) >= 4.5, colours


def test_the_dashboard_says_where_the_plain_pages_are(
    demo: Demo, new_page: Callable[..., Page]
) -> None:
    page = new_page(javascript=False)
    page.goto(f"{demo.dashboard}/?lang=fr")
    assert f"{demo.public}/fr/" in page.content()
    assert page.title() == "VoixDesJeunes Ontario"
