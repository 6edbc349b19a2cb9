"""A drawer closes when its giver goes, and nothing of it stays in the server's memory."""

import sys
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep

import pytest
from playwright.sync_api import expect

from rituals.model.household import ONE
from rituals.surprises import drawers
from rituals.surprises import surprise as surprises
from tests.browser.conftest import settle
from tests.support.memory import found_in_memory
from tests.support.notation import a_household

PIN = "Pinquargle-7731"
TITLE = "Zzyzxoblivium"
WORDS = "lemon fern otter kiwi robin snow tulip wren"
A_LOOK = 0.5  # seconds between two
AT_ONCE, SOON = 5, 60  # seconds in which the key is gone; the PIN and the title

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def a_drawer(server):
    """The key of Maya's drawer, in which one surprise lies."""
    now = datetime.now(UTC)
    with server.store() as store:
        key = drawers.create(store, ONE, PIN, WORDS)
        one = surprises.new_surprise(ONE, now.replace(microsecond=0), now)
        later = replace(one, title=TITLE, start=now + timedelta(days=2))
        drawers.change(
            store, ONE, key, lambda d: surprises.with_surprise(d, later, now), a_household(), now
        )
    return bytes(key)


@pytest.fixture
def key(fresh):
    fresh.fill(a_household())
    return a_drawer(fresh)


def opened(page, server):
    page.goto(f"{server.url}/surprises?who=Maya")
    page.get_by_label("Your PIN").fill(PIN)
    page.get_by_role("button", name="Open the drawer").click()
    expect(page.get_by_text(TITLE)).to_be_visible()
    settle(page)


def in_memory(server, *marks):
    return found_in_memory(server.pid, marks)


def gone_within(server, seconds, *marks):
    """What is still in the server's memory after so many seconds, or earlier nothing."""
    until = monotonic() + seconds
    while (left := in_memory(server, *marks)) and monotonic() < until:
        sleep(A_LOOK)  # each look reads all of the server's memory
    return left


def secrets_of(key):
    return {key, key.hex().encode()}, {PIN.encode(), TITLE.encode()}


@needs_proc
def test_a_drawer_that_is_closed_leaves_nothing_in_memory(fresh, visit, key):
    page = visit(fresh).page
    opened(page, fresh)
    keys, texts = secrets_of(key)
    while_open = in_memory(fresh, key)
    page.get_by_role("button", name="Close the drawer").click()
    expect(page.get_by_label("Your PIN").first).to_be_visible()

    assert key in while_open
    assert set() == gone_within(fresh, AT_ONCE, *keys)
    assert set() == gone_within(fresh, SOON, *texts)


@needs_proc
def test_a_tab_that_is_gone_closes_its_drawer_and_its_file(fresh, visit, key):
    page = visit(fresh).page
    opened(page, fresh)
    with page.expect_request("**/file/*") as asked, page.expect_download():
        page.get_by_role("button", name="As a calendar file").click()
    page.goto("about:blank")
    keys, texts = secrets_of(key)

    assert set() == gone_within(fresh, AT_ONCE, *keys)
    file = urllib.request.Request(asked.value.url, headers={"Cookie": "=".join(fresh.cookie)})  # noqa: S310 our own
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(file)  # noqa: S310 our own
    assert set() == gone_within(fresh, SOON, *texts)


def test_a_drawer_closes_after_ten_minutes_although_the_store_changes(home, visit):
    a_drawer(home)
    page = visit(home).page
    page.clock.install()
    opened(page, home)
    for _ in range(11):
        page.clock.run_for(60_000)
        with home.store() as store:
            store.dismiss(f"rule {datetime.now(UTC)}")

    expect(page.get_by_label("Your PIN").first).to_be_visible()
    expect(page.get_by_text(TITLE)).to_have_count(0)


@pytest.mark.usefixtures("key")
def test_a_drawer_shows_nothing_once_the_server_is_gone(fresh, visit):
    one = visit(fresh)
    one.may_lose_server = True
    opened(one.page, fresh)
    fresh.stop()

    expect(one.page.get_by_text("does not answer")).to_be_visible(timeout=40_000)
    expect(one.page.get_by_text(TITLE)).to_have_count(0)
