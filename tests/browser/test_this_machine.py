"""A browser at the machine itself comes by a link once; whatever else comes from there does not."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from rituals.security import links
from tests.browser.conftest import ROOT, Leavewell, heading, settle, to_strangers

LINK = re.compile(r"http://127\.0\.0\.1:\d+/open/[\w-]{22}\.[0-9a-f]{64}")


def commanded(server, *arguments, **more):
    """The text and the status with which the command line ends."""
    env = os.environ | {"LEAVEWELL_DATABASE_URL": server.database} | more
    command = [sys.executable, "-m", "rituals", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def strange(home, visit):
    """A browser that this server never saw."""
    one = visit(to_strangers(home))
    one.may_be_asked = True
    return one


def is_in(page):
    heading(page, "The week of")
    settle(page)
    return True


def test_a_browser_that_is_new_reads_how_to_get_in_and_nothing_else(strange, home):
    page = strange.page
    page.goto(f"{home.url}/our-weeks")

    expect(page.get_by_role("status")).to_contain_text(links.COMMAND)
    expect(page.get_by_role("textbox")).to_have_count(0)
    expect(page.locator("main > *:visible")).to_have_count(2)  # a heading and one sentence
    other = f"http://localhost:{home.port}/our-weeks?who=Maya"
    page.goto(other)
    assert f"{home.url}/our-weeks?who=Maya" == page.url
    strange.wrong.remove(f"asked for {other}")


def test_a_link_of_the_command_lets_a_browser_in_for_good(strange, home):
    told = commanded(home, "open", BROWSER="true")
    (link,) = LINK.findall(told.stdout)
    page = strange.page
    page.goto(link)

    assert is_in(page)
    assert f"{home.url}/" == page.url
    assert "leavewell_door" not in page.evaluate("document.cookie")
    page.reload()
    assert is_in(page)
    home.restart()
    strange.may_lose_server = True
    second = page.context.new_page()
    second.goto(f"{home.url}/our-weeks")
    heading(second, "Our weeks")
    second.goto(link)  # as a browser that opens its old pages does
    assert is_in(second)


def test_the_browser_is_handed_a_private_page_and_no_link_stands_in_a_command(
    strange, home, tmp_path
):
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$@" > {seen}.part && mv {seen}.part {seen}\n')
    browser.chmod(0o700)
    commanded(home, "open", BROWSER=str(browser))
    (address,) = seen.read_text().split()
    page = Path(address.removeprefix("file://"))

    assert (0o600, home.file.parent) == (stat.S_IMODE(page.stat().st_mode), page.parent)
    assert not LINK.search(address)
    strange.page.goto(address)
    assert is_in(strange.page)
    strange.wrong.remove(f"asked for {address}")


def test_where_nothing_runs_the_command_says_so_in_one_sentence(tmp_path):
    told = commanded(Leavewell(tmp_path), "open")

    assert (2, "", 1) == (told.returncode, told.stdout, len(told.stderr.splitlines()))
    assert "make run" in told.stderr


def test_what_a_run_leaves_is_private_holds_no_link_and_goes_with_it(home, fresh):
    (file,) = fresh.file.parent.glob("*.running")
    mode, log = stat.S_IMODE(file.stat().st_mode), fresh.log.read_text()

    assert 2 == len({home.cookie[0], fresh.cookie[0]})  # of two ports
    assert fresh.url in log
    assert links.COMMAND in log
    assert not LINK.search(log)
    fresh.stop()

    assert 0o600 == mode
    assert not file.exists()
    assert 0o600 == stat.S_IMODE((fresh.file.parent / "leavewell.secret").stat().st_mode)
