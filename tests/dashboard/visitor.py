"""What a visitor's browser does with the form: read the page, solve the proof, press the button."""

from __future__ import annotations

import html
import re
from typing import Any

from starlette.testclient import TestClient

from youthvoice.flow import submit
from youthvoice.trust import proofs

Answer = Any


def preview(
    client: TestClient, language: str = "en", slug: str = "mentoring", **fields: object
) -> Answer:
    data = {"step": "preview", **fields}
    return client.post(f"/{language}/topics/{slug}/say", data=data)


def hidden(page: Answer, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no field {name}"
    return html.unescape(found.group(1))


def proof(page: Answer) -> str:
    found = re.search(r'data-challenge="([^"]*)"', page.text)
    assert found, "no challenge"
    return proofs.solve(html.unescape(found.group(1)))


def send(client: TestClient, page: Answer, **fields: str) -> Answer:
    data = {"step": "send", "draft": hidden(page, "draft"), "proof": proof(page), **fields}
    return client.post(page.request.url.path, data=data)


def plain_answer(page: Answer) -> str:
    """What a person would answer to the small question, in English or French."""
    for question, right in submit.PLAIN_QUESTIONS:
        if question in html.unescape(page.text):
            return sorted(right)[0]
    raise AssertionError("no small question")


def receipt(page: Answer) -> str:
    found = re.search(r'name="code" value="([0-9A-Z]{21})"', page.text)
    assert found, "no receipt"
    return found.group(1)
