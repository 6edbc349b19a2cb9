"""README and CONTRIBUTING are true: their commands run, the files they name are there."""

import os
import pty
import re
import selectors
import shlex
import subprocess
import sys
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from rituals.store import location
from tests.support.paths import ROOT
from tests.support.ports import free_port

pytestmark = pytest.mark.outside
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README + CONTRIBUTING, re.DOTALL)
COMMANDS = [line.split("  #")[0].strip() for block in BLOCKS for line in block.splitlines()]
OF_RITUALS = [command for command in COMMANDS if command.startswith(".venv/bin/python -m rituals")]
OF_CI = {"make test", "make lint"}  # what runs this test, and what .ci/run calls beside it
OF_MAKE = {"make run", "make fast", "make bench", "make renew", "make pictures", "make audit"}


def test_every_command_is_one_that_is_run_or_asked_of_make():
    assert OF_CI | OF_MAKE | set(OF_RITUALS) == set(COMMANDS)


def test_what_ci_runs_stands_in_its_script():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert all(command in script for command in OF_CI)


@pytest.mark.parametrize("command", sorted(OF_MAKE | OF_CI))
def test_make_knows_its_commands(command):
    told = subprocess.run(
        ["make", "--dry-run", *command.split()[1:]],
        cwd=ROOT,
        env=without_make(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == told.returncode, told.stderr


def test_the_commands_for_scripts_run_one_after_another(tmp_path):
    url = location.sqlite_url(tmp_path / "leavewell.db")
    there = os.environ | {"LEAVEWELL_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    (tmp_path / "choir.ics").write_bytes((ROOT / "tests/data/google_moved.ics").read_bytes())
    for command in OF_RITUALS:
        told = subprocess.run(
            [sys.executable, *shlex.split(command)[1:]],
            cwd=tmp_path,
            env=there,
            capture_output=True,
            text=True,
            check=False,
        )

        assert (0, "") == (told.returncode, told.stderr), command
    assert (tmp_path / "week.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_make_run_says_on_the_port_it_is_given_by_which_link_a_browser_comes_in(tmp_path):
    port = free_port()
    there = without_make() | {
        "LEAVEWELL_DATABASE_URL": location.sqlite_url(tmp_path / "leavewell.db"),
        "STREAMLIT_SERVER_HEADLESS": "true",
    }
    ours, its = pty.openpty()
    server = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=ROOT,
        env=there,
        stdout=its,
        stderr=its,
        start_new_session=True,
    )
    os.close(its)
    try:
        link = printed(ours, rf"http://127\.0\.0\.1:{port}/open/\S+")
        asking = HTTPConnection("127.0.0.1", port, timeout=20)
        asking.request("GET", urlsplit(link).path)
        answer = asking.getresponse()

        assert (303, "/") == (answer.status, answer.getheader("location"))
        assert answer.getheader("set-cookie")
        asking.close()
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)
        os.close(ours)


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_file_it_names_is_there(text):
    named = re.findall(r"`([\w./-]+(?:\.(?:py|toml|md|css)|/))`", text)
    named += re.findall(r"\]\((.*?)\)", text)

    assert [] == [name for name in named if not (ROOT / name).exists()]


def test_the_readme_stays_under_120_lines():
    assert 120 > len(README.splitlines())


def printed(terminal, pattern):
    """What is printed there and looks like this."""
    until, text = time.monotonic() + 300, ""
    with selectors.DefaultSelector() as ready:  # select() knows no more than 1,024 files
        ready.register(terminal, selectors.EVENT_READ)
        while time.monotonic() < until and not re.search(pattern, text):
            if ready.select(1):
                text += os.read(terminal, 4096).decode()
    found = re.search(pattern, text)

    assert found, text
    return found[0]


def without_make():
    """The environment without what an outer make left in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
