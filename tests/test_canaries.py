"""Plant canaries in everything that comes in, run the real processes, search everything that was written.

The sandbox network's own file is left out: it is the world outside, where people post in the open.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.dashboard.visitor import hidden, proof, receipt
from tests.factories import open_topic, reply
from tests.processes import free_port, started, youthvoice
from youthvoice.cli.supervisor import children
from youthvoice.flow.context import Context
from youthvoice.store import contributions
from youthvoice.store.tables import Instant, metadata
from youthvoice.trust import age
from youthvoice.trust import receipts as codes

NAME = "Zebrakanari"
CANARIES = (NAME, "905-555-0177", "kanari77@example.org", "snap_kanari77", "UA-kanari", "ref-kanari",
            "203.0.113.77", "cookie-kanari", "query-kanari")  # fmt: skip
WORDS = (
    f"My name is {NAME}, call 905-555-0177 or kanari77@example.org, my snap is snap_kanari77, "
    "there is no bus"
)
HEADERS = {
    "User-Agent": "UA-kanari/1.0",
    "Referer": "https://example.org/ref-kanari",
    "X-Forwarded-For": "203.0.113.77",
    "Cookie": "who=cookie-kanari",
}


class Page:
    """What came back: the status and the page, as the visitor's helpers read it."""

    def __init__(self, status: int, text: str) -> None:
        self.status, self.text = status, text


def ask(address: str, path: str, data: dict[str, str] | None = None) -> Page:
    body = urllib.parse.urlencode(data).encode() if data else None
    request = urllib.request.Request(address + path, body, HEADERS)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return Page(int(answer.status), answer.read().decode())
    except urllib.error.HTTPError as problem:
        return Page(problem.code, problem.read().decode())


def send(address: str, path: str, data: dict[str, str] | None = None) -> int:
    return ask(address, path, data).status


def say(address: str, path: str, **fields: str) -> str:
    """Look, solve the proof, send; the receipt."""
    page = ask(address, path, {"step": "preview", "text": WORDS, **fields})
    assert page.status == 200, "no preview"
    data = {"step": "send", "draft": hidden(page, "draft"), "proof": proof(page)}
    sent = ask(address, path, data)
    assert sent.status == 200, "not sent"
    return receipt(sent)


def written_files(home: Path, logs: Path, since: float) -> list[Path]:
    found = [p for p in [*home.rglob("*"), *logs.rglob("*")] if p.is_file()]
    for folder, _dirs, names in os.walk(tempfile.gettempdir()):
        if "pytest-of" in folder:
            continue
        for name in names:
            path = Path(folder) / name
            try:
                if path.is_file() and path.stat().st_mtime >= since and path.stat().st_size < 5e7:
                    found.append(path)
            except OSError:
                continue
    return [p for p in found if "sandbox" not in p.parts]


def rhymes(code: str) -> tuple[bytes, ...]:
    """A receipt as it could have been written down: whole, without its check character, grouped."""
    return tuple(
        form.lower().encode() for form in (code, code[:20], codes.grouped(code), code[:12])
    )


@pytest.mark.slow
def test_nothing_that_tells_who_it_was_is_written_anywhere(lite: Context, tmp_path: Path) -> None:
    since = time.time()
    open_topic(lite)
    home, logs = lite.settings.home, tmp_path / "logs"
    logs.mkdir()
    port, desk = free_port(), free_port()
    address = f"http://127.0.0.1:{port}"
    identity, recipient = age.new_identity()
    settings = {
        "public_port": port,
        "dashboard_port": desk,
        "collect_seconds": 5,
        "aggregate_seconds": 5,
        "audience_seconds": 3600,
        "backup_recipient": recipient,
    }
    dashboard = next(one for one in children(lite.settings.model_copy(update=settings))
                     if one.name == "dashboard")  # fmt: skip
    with (
        started([sys.executable, "-m", "dashboard.public"], home, logs / "public.log", **settings),
        started([sys.executable, "-m", "jobs"], home, logs / "jobs.log", **settings),
        started(dashboard.command, home, logs / "dashboard.log", **settings),
    ):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if send(address, "/healthz") == 200:
                    break
            except OSError:
                time.sleep(0.3)
        assert send(address, "/en/?q=query-kanari") == 200
        assert send(address, "/en/query-kanari") == 404
        form = "/en/topics/mentoring/say"
        kept = say(address, form, question="3", region="K7Q", age_band="16-18")
        gone = say(address, form, question="1")
        for step in ("look", "wrong", "reply", "picture", "really"):
            assert send(address, "/en/receipt", {"code": kept, "step": step, "text": WORDS}) == 200
        assert send(address, "/en/receipt", {"code": gone, "step": "withdraw"}) == 200
        assert send(address, "/en/receipt", {"code": kept[:-1] + "*", "step": "look"}) == 400
        assert send(address, form, {"step": "preview", "text": WORDS, "question": "99"}) == 400
        assert send(address, form, {"step": "send", "draft": "ref-kanari", "proof": WORDS}) == 400
        assert send(address, "/en/topics/query-kanari/say", {"text": WORDS}) in (404, 400)
        reply(lite, WORDS, "snap_kanari77")
        comments = tmp_path / "pytest-comments.csv"
        comments.write_text(f'id,comment\n1,"{WORDS}"\n2,"{WORDS}",too many\n', encoding="utf-8")
        done = youthvoice(
            home, "import", str(comments), "--topic", "mentoring", "--map", "text=comment",
            "--map", "id=id",
        )  # fmt: skip
        assert done.returncode == 0
        (logs / "import.out").write_text(done.stdout + done.stderr)
        bad = youthvoice(home, "import", str(comments), "--topic", "mentoring", "--map", "text=x")
        (logs / "bad.out").write_text(bad.stdout + bad.stderr)
        comments.unlink()
        while time.monotonic() < deadline + 60:
            with lite.store.read() as tx:
                status = contributions.status_counts(tx)
                if sum(status.values()) - status["withdrawn"] >= 3:
                    break
            time.sleep(0.5)
        assert send(f"http://127.0.0.1:{desk}", "/dashboard/?lang=fr&q=query-kanari") == 200
        made = youthvoice(home, "backup", "make", backup_recipient=recipient)
        assert made.returncode == 0
    with lite.store.read() as tx:
        # Form, sandbox, file; what was withdrawn counts nowhere, whether its batch came first or not.
        status = contributions.status_counts(tx)
        assert sum(status.values()) - status["withdrawn"] == 3
    lite.store.close()
    (logs / "identity").write_text(identity)
    for name in [one.name for one in (home / "backups").iterdir()]:
        age.decrypt_file(home / "backups" / name, logs / f"opened-{name}", logs / "identity")
    files = written_files(home, logs, since)
    names = {path.name for path in files}
    assert {"youthvoice.sqlite3", "public.log", "jobs.log", "dashboard.log"} <= names
    assert sum(name.startswith("opened-") for name in names) == 2
    canaries = [one.lower().encode() for one in CANARIES] + [*rhymes(kept), *rhymes(gone)]
    for path in files:
        try:
            content = path.read_bytes().lower()
        except OSError:
            continue
        for canary in canaries:
            assert canary not in content, f"a canary in {path.name}"
            assert canary.decode().encode("utf-16-le") not in content


def test_no_column_of_a_voice_holds_a_moment() -> None:
    """The day is the finest time that is kept of what somebody wrote through the form."""
    voices = {
        "contribution": {"check_by"},  # a platform's post that somebody asked us to look at
        "receipt": set(), "self_description": set(), "thread_message": set(),
        "sealed_original": set(), "heard_count": set(), "data_key": set(), "masked_key": set(), "likeness": set(),
        "likeness_band": set(), "proposed_theme": set(), "decided_theme": set(),
        "proposed_label": set(), "decided_label": set(), "coding": set(),
    }  # fmt: skip
    for name, allowed in voices.items():
        table = metadata.tables[name]
        moments = {c.name for c in table.columns if isinstance(c.type, Instant)}
        assert moments <= allowed, name
