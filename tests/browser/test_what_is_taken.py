"""Files that never double: the week is taken, one evening moves, and only that one is taken."""

import re

from icalendar import Calendar
from playwright.sync_api import expect

from rituals.model import local_time
from rituals.model.time.formats import STANDARD
from tests.browser.conftest import STEPS, choose, download, press, put_at, settle, week_ahead
from tests.browser.test_a_sitting import HOUSEHOLD, open_the_week, two_evenings


def take(page, folder):
    file = download(page, "Put it into our calendar", folder)
    return file.name, Calendar.from_ical(file.read_bytes()).walk("VEVENT")


def test_what_moved_is_taken_alone_under_its_uid_and_the_rest_is_said(home, visit, tmp_path):
    week = week_ahead(1)
    tuesday, friday = (local_time.days(week, HOUSEHOLD)[n] for n in (1, 4))
    with home.store() as store:
        store.change_plan(two_evenings(), lambda plan: plan)
    page = visit(home).open_page("sunday")
    open_the_week(page)
    choose(page, STEPS[4])
    _, first = take(page, tmp_path)
    expect(page.get_by_text("Nothing has changed since you took it with you.")).to_be_visible()
    expect(page.get_by_role("button", name="Put it into our calendar")).to_have_count(0)

    choose(page, STEPS[3])
    sheet = put_at(page, "Date at home", "Friday", "20:30")
    expect(sheet).to_contain_text("Friday 20:30–22:00")
    page.keyboard.press("Escape")
    choose(page, STEPS[4])
    moved = f"Date at home: {STANDARD.day(tuesday)} 20:00 → {STANDARD.day(friday)} 20:30"
    expect(page.get_by_text(f"Moved · {moved}")).to_be_visible()
    name, changes = take(page, tmp_path)
    by_hand = page.get_by_role("checkbox", name=f"Move {moved}")
    expect(by_hand).to_be_visible()
    press(by_hand, "Space")
    settle(page)
    expect(by_hand).to_be_checked()
    uids = {str(event["summary"]): str(event["uid"]) for event in first}

    assert f"leavewell-shared-week-from-{week.monday}-changes.ics" == name
    assert {"Date at home", "Late talk"} == set(uids)
    assert [("Date at home", uids["Date at home"], 1)] == [
        (str(event["summary"]), str(event["uid"]), event["sequence"]) for event in changes
    ]
    assert f"{friday}T20:30" == f"{changes[0]['dtstart'].dt:%Y-%m-%dT%H:%M}"


def at_the_file(home, visit):
    """The page with the button, and what its browser asks for and does not get yet."""
    with home.store() as store:
        store.change_plan(two_evenings(), lambda plan: plan)
    here = visit(home)
    here.may_lose_server = True
    page = here.open_page("sunday")
    open_the_week(page)
    choose(page, STEPS[4])
    held = []
    page.route("**/file/*", lambda route: held.append(route))
    return page, held


def held_back(page, held):
    """The asking for the file."""
    press(page.get_by_role("button", name="Put it into our calendar"), "Enter")
    while not held:
        page.wait_for_timeout(50)
    return held.pop()


def test_where_no_file_comes_it_says_so_and_nothing_is_taken_until_one_comes(home, visit):
    page, held = at_the_file(home, visit)
    held_back(page, held).abort("connectionrefused")
    expect(page.get_by_role("alert")).to_have_text(re.compile("no file came. Please press once"))
    with home.store() as store:
        taken = store.load_exported()

    assert () == tuple(taken)
    a_file_comes_however_often_the_page_is_drawn_anew_meanwhile(page, held)


def a_file_comes_however_often_the_page_is_drawn_anew_meanwhile(page, held):
    with page.expect_download() as downloading:
        asking = held_back(page, held)
        page.get_by_text("More ways").click()
        for weeks_taken in ("2 weeks", "4 weeks", "This week"):
            choose(page, weeks_taken)
        asking.continue_()
    expect(page.get_by_text("Nothing has changed since you took it with you.")).to_be_visible()
    events = Calendar.from_ical(downloading.value.path().read_bytes()).walk("VEVENT")

    assert {"Date at home", "Late talk"} == {str(event["summary"]) for event in events}
