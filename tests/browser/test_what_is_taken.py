"""Files that never double: the week is taken, one evening moves, and only that one is taken."""

import re

from icalendar import Calendar
from playwright.sync_api import expect

from rituals import weeks, words
from tests.browser.conftest import STEPS, choose, download, pick, settle, week_ahead
from tests.browser.test_a_sitting import HOUSEHOLD, open_the_week, set_hour, two_evenings


def take(page, folder):
    file = download(page, "Take it with you (.ics)", folder)
    return file.name, Calendar.from_ical(file.read_bytes()).walk("VEVENT")


def test_what_moved_is_taken_alone_under_its_uid_and_the_rest_is_said(home, visit, tmp_path):
    week = week_ahead(1)
    tuesday, friday = (weeks.days(week, HOUSEHOLD)[n] for n in (1, 4))
    with home.store() as store:
        store.change_plan(two_evenings(), lambda plan: plan)
    page = visit(home).open_page("sunday")
    open_the_week(page)
    choose(page, STEPS[4])
    _, first = take(page, tmp_path)
    expect(page.get_by_text("Nothing has changed since you took it with you.")).to_be_visible()
    expect(page.get_by_role("button", name="Take it with you (.ics)")).to_have_count(0)

    choose(page, STEPS[3])
    pick(page, "Which one?", re.compile("Date at home"))
    pick(page, "Day", words.day(friday))
    set_hour(page, "20", "30")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("combobox", name="Which one?")).to_have_value(re.compile("^Friday"))
    choose(page, STEPS[4])
    moved = f"Date at home: {words.day(tuesday)} 20:00 → {words.day(friday)} 20:30"
    expect(page.get_by_text(f"Moved · {moved}")).to_be_visible()
    name, changes = take(page, tmp_path)
    by_hand = page.get_by_role("checkbox", name=f"Move {moved}")
    expect(by_hand).to_be_visible()
    by_hand.check(force=True)
    settle(page)
    expect(by_hand).to_be_checked()
    uids = {str(event["summary"]): str(event["uid"]) for event in first}

    assert f"leavewell-shared-week-from-{week.monday}-changes.ics" == name
    assert {"Date at home", "Late talk"} == set(uids)
    assert [("Date at home", uids["Date at home"], 1)] == [
        (str(event["summary"]), str(event["uid"]), event["sequence"]) for event in changes
    ]
    assert f"{friday}T20:30" == f"{changes[0]['dtstart'].dt:%Y-%m-%dT%H:%M}"
