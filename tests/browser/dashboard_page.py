"""How a person moves through the dashboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

PEOPLE = {"young": 0, "alex": 1, "sacha": 2, "ministry": 3, "operator": 4}


LONGEST = 90_000
"""Milliseconds: a page for staff first loads the encoder, on a machine that has other work."""


def settled(page: Page) -> None:
    """Wait until Streamlit has drawn everything and runs nothing."""
    app, state = page.get_by_test_id("stApp"), "data-test-script-state"
    expect(app).to_have_attribute(state, "notRunning", timeout=LONGEST)
    page.wait_for_timeout(400)
    expect(app).to_have_attribute(state, "notRunning", timeout=LONGEST)


def open_dashboard(page: Page, address: str, language: str = "en") -> None:
    page.goto(f"{address}/?lang={language}")
    page.get_by_role("heading", level=1).wait_for()
    settled(page)


def _open_sidebar(page: Page) -> None:
    button = page.get_by_test_id("stExpandSidebarButton")
    if button.count() and button.is_visible():
        button.click()
        page.wait_for_timeout(500)


def close_sidebar(page: Page) -> None:
    button = page.get_by_test_id("stSidebarCollapseButton").locator("button")
    if page.viewport_size and page.viewport_size["width"] < 700 and button.count():
        button.click(force=True)
        page.wait_for_timeout(500)


def play(page: Page, person: str) -> None:
    """Choose a role in the demo's switch."""
    _open_sidebar(page)
    radio = page.get_by_test_id("stSidebar").get_by_role("radiogroup").first
    radio.locator("label").nth(PEOPLE[person]).click()
    settled(page)


def go(page: Page, name: str) -> None:
    """Follow a link of the navigation."""
    _open_sidebar(page)
    page.get_by_test_id("stSidebarNav").locator(f"a[href*='{name}']").first.click()
    page.wait_for_timeout(300)
    settled(page)
    close_sidebar(page)
