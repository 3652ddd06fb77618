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

from tests.factories import open_topic, reply
from tests.processes import free_port, started, youthvoice
from youthvoice.flow.context import Context
from youthvoice.store import contributions

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


def send(address: str, path: str, data: dict[str, str] | None = None) -> int:
    body = urllib.parse.urlencode(data).encode() if data else None
    request = urllib.request.Request(address + path, body, HEADERS)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        return problem.code


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


@pytest.mark.slow
def test_nothing_that_tells_who_it_was_is_written_anywhere(lite: Context, tmp_path: Path) -> None:
    since = time.time()
    open_topic(lite)
    home, logs = lite.settings.home, tmp_path / "logs"
    logs.mkdir()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = {"public_port": port, "collect_seconds": 5, "audience_seconds": 3600}
    with (
        started([sys.executable, "-m", "dashboard.public"], home, logs / "public.log", **settings),
        started([sys.executable, "-m", "jobs"], home, logs / "jobs.log", **settings),
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
        assert send(address, "/en/topics/mentoring/say", {"text": WORDS, "question": "3"}) == 200
        assert send(address, "/fr/topics/mentoring/say", {"text": WORDS, "question": "99"}) == 400
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
                if sum(contributions.status_counts(tx).values()) >= 3:
                    break
            time.sleep(0.5)
    with lite.store.read() as tx:
        assert sum(contributions.status_counts(tx).values()) == 3  # form, sandbox, file
    lite.store.close()
    files = written_files(home, logs, since)
    assert {"youthvoice.sqlite3", "public.log", "jobs.log"} <= {path.name for path in files}
    for path in files:
        try:
            content = path.read_bytes().lower()
        except OSError:
            continue
        for canary in CANARIES:
            assert canary.lower().encode() not in content, f"{canary} in {path.name}"
            assert canary.lower().encode("utf-16-le") not in content
