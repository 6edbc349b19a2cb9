"""The file breaks while the page is open: one sentence, one tap, and the weeks are back."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from rituals.backup import backups
from rituals.store import snapshots
from tests.browser.conftest import PLACES, Leavewell, heading, settle
from tests.support.notation import a_household

SUNDAY = datetime(2026, 11, 15, 20, tzinfo=UTC)
HEAD = 4096  # bytes of the page that says what the file is
PUT_BACK = "Put back the week as kept on Sunday 15 November"


@pytest.fixture
def fresh(tmp_path):
    """A server whose log may say what its file did."""
    server = Leavewell(tmp_path)
    yield server
    server.stop()


def test_a_file_that_breaks_under_an_open_page_comes_back_with_one_tap(fresh, visit):
    fresh.fill(a_household())
    with fresh.store() as store:
        backups.make(store, fresh.file.parent / "backups", SUNDAY, snapshots.SUNDAY)
    fresh.start()  # all of it is in the file itself now
    page = visit(fresh).open_page("sunday")
    with closing(sqlite3.connect(fresh.file)) as other, other:
        other.execute("UPDATE revision SET number = number + 1")  # now it is read anew
    size = fresh.file.stat().st_size
    with fresh.file.open("r+b") as at:
        at.seek(HEAD)
        at.write(os.urandom(size - HEAD))
    damaged = fresh.file.read_bytes()
    page.get_by_role("link", name="Household").click()
    expect(page.get_by_text("The file that holds your weeks is damaged.")).to_be_visible()
    settle(page)
    page.get_by_role("button", name=PUT_BACK).click()
    expect(page.get_by_text("The week as kept on Sunday 15 November is back.")).to_be_visible()
    settle(page)
    page.get_by_role("link", name="Household").click()
    heading(page, PLACES["household"])
    settle(page)
    (aside,) = fresh.file.parent.glob("leavewell-set-aside-*.db")

    assert damaged == aside.read_bytes()
    expect(page.get_by_text("is damaged")).to_have_count(0)
