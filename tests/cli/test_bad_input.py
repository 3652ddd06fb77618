"""Whatever goes wrong: a sentence that says what happened and what to do, 1 or 2, nothing half-written."""

from __future__ import annotations

import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_commands import TOPIC
from tests.processes import ROOT, environment, free_port, youthvoice

LOADING = 0.5
"""Seconds of computing after which an import has begun and is still loading what it needs."""
IMPORT = ("--topic", "mentoring", "--map", "text=comment", "--map", "id=id")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad") / "home"
    assert youthvoice(folder, "init", "--demo").returncode == 0
    return folder


def stored(home: Path) -> int:
    with sqlite3.connect(home / "youthvoice.sqlite3") as connection:
        return int(
            connection.execute(
                "SELECT (SELECT count(*) FROM contribution) + (SELECT count(*) FROM kept_aside)"
            ).fetchone()[0]
        )


def check_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode in (1, 2), done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert len(done.stderr.strip().splitlines()) >= 2, done.stderr
    for word in words:
        assert word in done.stderr, done.stderr


FILES = {
    "latin": ("id,comment\n1,été\n".encode("latin-1"), ("encoding", "--encoding")),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x01\x02" * 99, ("not a text file",)),
    "huge": (b'id,comment\n1,fine\n2,"' + b"x" * 10_000_000 + b'"\n', ("line 3", "Nothing was")),
    "columns": (b"a,b\n1,2\n", ("no column", "a, b")),
    "unclosed": (b'id,comment\n1,ok\n2,"open' + b",\n" * 600_000, ("never closed",)),
}


@pytest.mark.parametrize("name", FILES)
def test_bad_files(home: Path, tmp_path: Path, name: str) -> None:
    content, words = FILES[name]
    path = tmp_path / "comments.csv"
    path.write_bytes(content)
    before = stored(home)
    check_sentence(youthvoice(home, "import", str(path), *IMPORT), *words)
    assert stored(home) == before


def test_an_empty_file(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "comments.csv"
    path.touch()
    done = youthvoice(home, "import", str(path), *IMPORT)
    assert done.returncode == 2 and "empty" in done.stderr


def test_a_picture_where_a_text_is_read(home: Path, tmp_path: Path) -> None:
    """Somebody takes the wrong file from a list, on a bad day."""
    picture, text = tmp_path / "picture.png", tmp_path / "text.txt"
    picture.write_bytes(FILES["binary"][0])
    text.write_text("words\n")
    other, back = tmp_path / "other", tmp_path / "back"
    restore = ("backup", "restore", str(text), "--keys", str(text), "--identity")
    for place, command in (
        (home, ("audit", "verify", "--heads", str(picture))),
        (other, (*restore, str(picture))),
        (other, (*restore, str(text), "--journal", str(picture))),
        (home, ("keys", "escrow", "--to", str(back), "--from", str(text), "--from", str(picture))),
    ):
        done = youthvoice(place, *command)
        check_sentence(done, "picture.png is not a text file", "Nothing was changed")
        assert done.returncode == 2 and "PNG" not in done.stderr
    assert not back.exists() and list(other.rglob("*.restoring")) == []


def test_an_unknown_topic_names_the_known(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("id,comment\n1,a\n")
    done = youthvoice(home, "import", str(path), "--topic", "x", "--map", "text=comment")
    check_sentence(done, "no topic", "mentoring")


def test_a_locked_database(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("id,comment\n1,a\n")
    lock = sqlite3.connect(home / "youthvoice.sqlite3", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    try:
        done = youthvoice(home, "import", str(path), *IMPORT, busy_seconds=0.5)
        check_sentence(done, "locked")
        doctor = youthvoice(home, "doctor")
        assert doctor.returncode == 1 and "locked" in doctor.stdout
    finally:
        lock.execute("ROLLBACK")
        lock.close()


def test_a_read_only_database(tmp_path: Path) -> None:
    # root may write anywhere, so the file is made immutable for SQLite by its own flag
    home = tmp_path / "home"
    assert youthvoice(home, "init").returncode == 0
    address = f"sqlite:///file:{home / 'youthvoice.sqlite3'}?mode=ro&uri=true"
    topic = tmp_path / "topic.toml"
    topic.write_text(TOPIC, encoding="utf-8")
    done = youthvoice(home, "topic", "propose", str(topic), "--by", "y", database_url=address)
    check_sentence(done, "read-only")


def test_a_full_disk(home: Path, tmp_path: Path) -> None:
    """The size of files is limited while an import runs: what is stored stays whole."""
    path = tmp_path / "c.csv"
    path.write_text("id,comment\n" + "".join(f"{n},long comment {n}\n" for n in range(1500)))
    before = stored(home)

    def limit() -> None:
        size = (home / "youthvoice.sqlite3").stat().st_size + 300_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = subprocess.run(
        [sys.executable, "-m", "youthvoice", "import", str(path), *IMPORT],
        cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=240,
        check=False, preexec_fn=limit,
    )  # fmt: skip
    check_sentence(done, "disk")
    with sqlite3.connect(home / "youthvoice.sqlite3") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        whole = connection.execute(
            "SELECT count(*) FROM contribution c LEFT JOIN sealed_original s "
            "ON s.item_id = c.id WHERE s.nonce IS NULL AND c.status <> 'withdrawn'"
        ).fetchone()
    assert whole == (0,)
    # Once there is room again, the same command takes up the rest: no row twice, none lost.
    again = youthvoice(home, "import", str(path), *IMPORT)
    assert again.returncode == 0 and stored(home) == before + 1500


def test_a_missing_model(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("id,comment\nm1,not seen before\n")
    before = stored(home)
    check_sentence(
        youthvoice(home, "import", str(path), *IMPORT, spacy_en="nope_model"), "nope_model", "pip"
    )
    assert stored(home) == before


@pytest.mark.parametrize("name", ["public_port", "dashboard_port"])
def test_a_port_in_use(home: Path, name: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports = {"public_port": free_port(), "dashboard_port": free_port()}
        ports[name] = int(taken.getsockname()[1])
        check_sentence(youthvoice(home, "run", **ports), "in use", f"YOUTHVOICE_{name.upper()}")


def test_nothing_prepared(tmp_path: Path) -> None:
    check_sentence(youthvoice(tmp_path / "none", "collect"), "youthvoice init")
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    check_sentence(youthvoice(tmp_path / "file" / "home", "init"), "YOUTHVOICE_HOME")


def test_a_database_that_is_none(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert youthvoice(home, "init").returncode == 0
    (home / "youthvoice.sqlite3").write_bytes(b"this is no database" * 100)
    for name in ("youthvoice.sqlite3-wal", "youthvoice.sqlite3-shm"):
        (home / name).unlink(missing_ok=True)
    check_sentence(youthvoice(home, "topic", "list"), "not a database")


@pytest.mark.parametrize(
    "arguments", [("nope",), ("import", "x.csv", "--topic", "t", "--map", "bogus"), ("post", "--x")]
)
def test_wrong_arguments(home: Path, arguments: tuple[str, ...]) -> None:
    done = youthvoice(home, *arguments)
    assert done.returncode == 2 and "Traceback" not in done.stderr and done.stderr.strip()


@pytest.mark.parametrize("address", ["foo", "mysql://u@h/d"])
def test_a_database_address_that_is_none(home: Path, address: str) -> None:
    check_sentence(youthvoice(home, "doctor", database_url=address), "YOUTHVOICE_DATABASE_URL")


def test_a_model_folder_that_does_not_load(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text(
        "id,comment\n" + "".join(f"z{n},never seen {n}\n" for n in range(2100)) + "x,\n"
    )
    (tmp_path / "model").mkdir()
    before = stored(home)
    done = youthvoice(home, "import", str(path), *IMPORT, spacy_en=tmp_path / "model", workers=2)
    check_sentence(done, "cannot be loaded")
    assert stored(home) == before


def worked(pid: int) -> float:
    """Seconds that a process has computed; 0 where it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.slow
@pytest.mark.parametrize("when", ["loading", "storing"])
def test_an_import_that_is_interrupted_goes_on(home: Path, tmp_path: Path, when: str) -> None:
    path = tmp_path / "c.csv"
    rows = 3000
    path.write_text(
        "id,comment\n" + "".join(f"{when}-{n},interrupted comment {n}\n" for n in range(rows))
    )
    before = stored(home)
    process = subprocess.Popen(
        [sys.executable, "-m", "youthvoice", "import", str(path), *IMPORT],
        cwd=ROOT, env=environment(home, workers=2), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
        # Where the tests run in the background, a shell has made their children deaf to it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    deadline = time.monotonic() + 120
    # By what is done, not by the clock: a slow machine has not begun, a quick one would be done with the file.
    while time.monotonic() < deadline and (
        worked(process.pid) < LOADING or (when == "storing" and stored(home) == before)
    ):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C in a terminal: to the workers, too
    _out, said = process.communicate(timeout=120)
    # Python ends by the signal itself where it met code that is made while loading: to a shell 130 as well.
    assert process.returncode in (130, -signal.SIGINT) and "Traceback" not in said, said
    again = youthvoice(home, "import", str(path), *IMPORT, "--json")
    assert again.returncode == 0, again.stderr
    assert stored(home) == before + rows


def test_a_database_of_a_newer_version(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert youthvoice(home, "init").returncode == 0
    with sqlite3.connect(home / "youthvoice.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    check_sentence(youthvoice(home, "init"), "newer version")


def test_keys_that_were_half_made_are_mended(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert youthvoice(home, "init").returncode == 0
    (home / "keys" / "safety.pub").unlink()
    assert youthvoice(home, "init").returncode == 0
    assert (home / "keys" / "safety.pub").exists()


def test_a_bad_setting(home: Path) -> None:
    check_sentence(youthvoice(home, "doctor", public_port="x"), "YOUTHVOICE_PUBLIC_PORT")


def test_what_cannot_be_foreseen_shows_no_words(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from youthvoice import cli
    from youthvoice.cli import verbs

    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("CANARY")

    monkeypatch.setenv("YOUTHVOICE_HOME", str(home))
    monkeypatch.setattr(verbs.collecting, "collect", broken)
    assert cli.run(["collect"]) == 1
    out = "".join(capsys.readouterr())
    assert "CANARY" not in out and "RuntimeError" in out and "Traceback" not in out


def test_the_environment_of_these_tests_is_clean() -> None:
    assert not [name for name in os.environ if name.startswith("YOUTHVOICE_HOME")]
