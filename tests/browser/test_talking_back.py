"""A calendar on a server as a couple uses it: set up, published to, moved on a phone, looked at."""

import json
import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from rituals.model.household import ONE
from tests.browser.conftest import Leavewell, choose, settle, week_ahead
from tests.browser.test_both_say_yes import sits
from tests.servers.radicale_server import a_radicale
from tests.support.notation import a_household, a_plan, an_instant, an_occurrence


@pytest.fixture
def plan():
    """A talk and a walk on the Sunday of the week that is planned, which is ahead on any day."""
    week = week_ahead()
    talk = an_occurrence("Sun 20:00-21:00", week=week)
    walk = an_occurrence("Sun 18:00-19:00", week=week, ritual="walk", title="Walk", partner=ONE)
    return a_plan(talk, walk, week=week)


@pytest.fixture
def account(tmp_path):
    folder = tmp_path / "radicale"
    folder.mkdir()
    with a_radicale(folder) as server:
        yield server.account()


@pytest.fixture
def keyring_file(tmp_path, monkeypatch):
    file = tmp_path / "keyring.json"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.support.keyring_in_a_file.Keyring")
    monkeypatch.setenv("KEYRING_FILE", str(file))
    return file


@pytest.fixture
def no_keyring(monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")


@pytest.fixture
def home(tmp_path, plan):
    """A couple with a week, at a system as the fixtures before this one made it."""
    server = Leavewell(tmp_path)
    server.fill(a_household(), plan)
    server.start()
    yield server
    server.stop()

    assert "Traceback" not in server.log.read_text()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()
    settle(page)


def publish(page):
    """Sends what is new, if anything is."""
    press(page, "Look there, then publish")
    sends = page.get_by_role("button", name="Publish", exact=True)
    nothing = page.get_by_text("Nothing is new")
    expect(sends.or_(nothing)).to_be_visible()
    if sends.count():
        press(page, "Publish")
        expect(page.get_by_text(re.compile("went to “Us”"))).to_be_visible()
    else:
        press(page, "Not now")


def press_key(block, key):
    block.focus()
    block.press(key)


def set_up(visitor, account):
    """A server given on the page Calendars, and then step 5 of Sunday."""
    page = visitor.open_page("calendars")
    page.get_by_role("tab", name="A server").click()
    page.get_by_label("Address of the server").first.fill(account.url)
    page.get_by_label("Login name").first.fill(account.user)
    page.get_by_label("Password, or app password").first.fill(account.password)
    press(page, "Look there")
    expect(page.get_by_role("radio", name="Us", exact=True)).to_be_checked()
    press(page, "Take this one")
    expect(page.get_by_text("Weeks go to “Us” from now on")).to_be_visible()
    visitor.open()
    choose(page, "5 · Take it with you")
    for name in ("Maya", "Jonas"):
        press(page, f"{name} says yes")
    expect(page.get_by_text("This week is yours")).to_be_visible()
    expect(page.get_by_text("“Us”, the calendar you share")).to_be_visible()
    return page


def test_what_a_phone_moves_comes_back_into_the_plan(keyring_file, home, plan, visit, account):
    phone = account.in_calendar(account.us)
    page = set_up(visit(home), account)
    press(page, "Look there, then publish")
    press(page, "Publish")
    expect(page.get_by_text("2 changes went to “Us”.")).to_be_visible()
    walk, talk = phone.events()
    phone.move(talk.uid, timedelta(hours=1))
    press(page, "Look there, then publish")
    expect(page.get_by_text("1 comes back from there")).to_be_visible()
    press(page, "Take it over")
    expect(page.get_by_text("One change came back into the plan.")).to_be_visible()
    there = {o.id: o for o in home.plan(plan.week).occurrences}
    after = [(there[o.id].start, there[o.id].fixed) for o in plan.occurrences]

    assert [(an_instant("Sun 21:00", plan.week), True), (walk.start, False)] == after
    assert [account.password] == list(json.loads(keyring_file.read_text()).values())
    assert account.password not in home.log.read_text()


@pytest.mark.usefixtures("keyring_file")
def test_an_hour_that_one_moves_and_both_agree_on_arrives_at_the_server(home, plan, visit, account):
    phone = account.in_calendar(account.us)
    page = set_up(visit(home), account)
    publish(page)
    _, first = phone.events()
    sits(page, "Maya")
    choose(page, "4 · The week")
    block = page.get_by_role("button", name=re.compile("^Late talk "))
    for key in ("Space", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowUp", "Space"):
        press_key(block, key)
    settle(page)
    choose(page, "5 · Take it with you")
    publish(page)
    proposed = phone.event(first.uid)
    sits(page, "Jonas")
    press(page, "Jonas says yes to this")
    expect(page.get_by_text("This week is yours")).to_be_visible()
    publish(page)
    agreed = phone.event(first.uid)

    assert [an_instant(f"Sun {hour}:00", plan.week) for hour in (20, 20, 19)] == [
        first.start,
        proposed.start,
        agreed.start,
    ]
    assert agreed.start == next(
        o.start for o in home.plan(plan.week).occurrences if o.ritual == "late-talk"
    )


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_the_password_is_typed_and_no_field_keeps_it(home, visit, account):
    page = set_up(visit(home), account)
    for label in ("Look there, then publish", "Publish"):
        page.get_by_label("Password of").fill(account.password)
        press(page, label)
        expect(page.get_by_label("Password of")).to_have_value("")
    expect(page.get_by_text("2 changes went to “Us”.")).to_be_visible()

    assert 2 == len(account.in_calendar(account.us).events())
    assert account.password not in home.log.read_text()
