"""Find Chromium for the browser tests, or install Debian's: `make test` runs this first."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find() -> str | None:
    """The browser's path: YOUTHVOICE_TEST_BROWSER, or the first of the usual names."""
    return os.environ.get("YOUTHVOICE_TEST_BROWSER") or next(
        (path for name in NAMES if (path := shutil.which(name))), None
    )


def main() -> int:
    if find():
        return 0
    if not shutil.which("apt-get"):
        print("The browser tests need Chromium: install it, or set YOUTHVOICE_TEST_BROWSER.")
        return 1
    print("Installing Debian's Chromium for the browser tests ...")
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = {
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        "stdout": subprocess.DEVNULL,
    }
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        if subprocess.run([*sudo, *command], check=False, **quiet).returncode:
            print("Chromium could not be installed: install it, or set YOUTHVOICE_TEST_BROWSER.")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
