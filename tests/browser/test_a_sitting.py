"""The five steps of a Sunday, from two names to a file in the calendar."""

import re
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from rituals.model import local_time
from rituals.model.household import Kind, Strand
from rituals.model.plan import Choice, Said
from rituals.model.time.formats import STANDARD
from rituals.planning import changes
from tests.browser.conftest import (
    STEPS,
    add_ritual,
    bar,
    change_ritual,
    choose,
    download,
    heading,
    in_grid,
    press,
    put_at,
    said,
    settle,
    slider,
    week_ahead,
)
from tests.clients import readers
from tests.support.notation import a_household, a_plan, an_occurrence

THREE = {"Goodnight kiss": 4, "Late talk": 1, "Date at home": 1}  # a ritual, and how many times
HOUSEHOLD = a_household()


# Each place, frame by frame, in which a button or an option stood from here on.
WHERE_THEY_STAND = """() => {
  window.stood = {};
  (function look() {
    for (const each of document.querySelectorAll("button[kind=tertiary], button[role=radio]")) {
      const { top, left, width } = each.getBoundingClientRect();
      const place = `${Math.round(top)} ${Math.round(left)}`;
      if (width) (window.stood[each.textContent] ??= {})[place] = true;
    }
    requestAnimationFrame(look);
  })();
}"""


def begin(page):
    page.get_by_role("textbox", name="One of you").fill("Maya")
    page.get_by_role("textbox", name="The other of you").fill("Jonas")
    page.get_by_role("button", name="Begin").click()
    heading(page, "The week of")
    settle(page)


def ask_for(page, ritual, times):
    add_ritual(page, ritual)
    change_ritual(page, ritual)
    field = page.get_by_role("spinbutton", name=said(f"{ritual}, Both of us"))
    field.fill(str(times))
    field.press("Enter")
    expect(in_grid(page, ritual)).to_have_count(times)
    page.keyboard.press("Escape")
    settle(page)


def day_of(page, day: date):
    return page.get_by_role("region", name=STANDARD.day(day))


def test_from_an_empty_store_to_a_week_in_the_calendar(empty, visit, tmp_path):
    week = week_ahead(1)  # the one after, so that all of it is ahead on any day of the week
    page = visit(empty).open()
    heading(page, "Welcome to Leavewell")
    begin(page)
    page.get_by_role("button", name="Later").click()
    heading(page, f"The week of {STANDARD.short_day(local_time.first_day(week, HOUSEHOLD))}")

    choose(page, STEPS[1])
    expect(page.locator(".lw-bars")).to_contain_text("hoped 5 h")
    press(slider(page, "Together"), "ArrowRight", 3)
    expect(slider(page, "Together")).to_have_attribute("aria-valuetext", "6 h 30")
    expect(page.locator(".lw-bars")).to_contain_text("hoped 6 h 30")
    press(slider(page, "Maya, alone"), "ArrowLeft", 2)
    expect(page.locator(".lw-bars")).to_contain_text("hoped 3 h")

    choose(page, STEPS[2])
    for ritual, times in THREE.items():
        ask_for(page, ritual, times)
    choose(page, STEPS[1])
    planned = re.compile(r"\d h( \d\d)? planned")
    expect(slider(page, "Together")).to_have_accessible_description(planned)

    choose(page, STEPS[4])
    expect(page.get_by_text("a file · 6 events")).to_be_visible()
    file = download(page, "Put it into our calendar", tmp_path)
    first = local_time.first_day(week, HOUSEHOLD)

    assert file.name == f"leavewell-shared-week-from-{first}.ics"
    for reader in ("ical.js", "icalendar"):
        seen = readers.READERS[reader](file)
        titles = [event.summary for event in seen]
        assert {title: titles.count(title) for title in titles} == THREE
        within = local_time.week_span(week, HOUSEHOLD)
        assert all(within.start <= event.start < event.end <= within.end for event in seen)


def lived_last_week():
    """A week of four evenings of which nothing has been said, and the empty one after it."""
    last = week_ahead(-1)
    evenings = [
        an_occurrence(f"{day} 20:00-21:30", week=last, number=n)
        for n, day in enumerate(("Mon", "Tue", "Wed", "Thu"), 1)
    ]
    hopes = changes.first_plan(last, HOUSEHOLD).hopes
    return a_plan(*evenings, week=last, hopes=hopes, choices=(Choice("late-talk", None, 4),))


@pytest.fixture
def behind(home):
    """A server whose couple has a week behind it."""
    with home.store() as store:
        store.change_plan(lived_last_week(), lambda plan: plan)
    return home


def one_by_one(page):
    page.get_by_text("One by one").click()
    settle(page)


def say(page, moment, option):
    of = page.get_by_role("radiogroup", name=said(f"Late talk, {moment}"))
    of.get_by_role("radio", name=option).click()
    expect(of.get_by_role("radio", name=option)).to_be_checked()


def test_what_is_unsaid_stays_unsaid_until_one_tap_says_just_as_planned(behind, visit):
    last = week_ahead(-1)
    page = visit(behind).open_page("sunday")
    expect(page.get_by_role("radio", name=STEPS[0])).to_be_checked()
    expect(bar(page, last, "The two of us")).to_have_count(0)
    one_by_one(page)

    say(page, "Tuesday 20:00", "A little")
    expect(bar(page, last, "The two of us · 45 min happened")).to_be_attached()
    settle(page)

    assert [o.said for o in behind.plan(last).occurrences] == [None, Said.A_LITTLE, None, None]
    say(page, "Wednesday 20:00", "Let it go")
    expect(bar(page, last, "The two of us · 45 min happened")).to_be_attached()
    page.get_by_role("button", name="Just as planned").click()
    expect(bar(page, last, "The two of us · 3 h 45 happened")).to_be_attached()
    expect(page.get_by_role("button", name="Just as planned")).to_have_count(0)
    settle(page)

    told = [Said.AS_PLANNED, Said.A_LITTLE, Said.LET_GO, Said.AS_PLANNED]
    assert told == [o.said for o in behind.plan(last).occurrences]


def test_nothing_one_presses_moves_while_the_weeks_turn(sample, visit):
    page = visit(sample).open_page("sunday")
    choose(page, STEPS[1])
    page.evaluate(WHERE_THEY_STAND)
    for button, later in (("Later", 1), ("Later", 2), ("Earlier", 1)):
        page.get_by_role("button", name=button).click()
        first = local_time.first_day(week_ahead(later), HOUSEHOLD)
        heading(page, f"The week of {STANDARD.short_day(first)}")
        settle(page)
    stood = page.evaluate("window.stood")

    assert {*STEPS, "chevron_leftEarlier", "Hard"} <= set(stood)
    assert {} == {name: places for name, places in stood.items() if len(places) > 1}


def two_evenings():
    week = week_ahead(1)
    hopes = changes.first_plan(week, HOUSEHOLD).hopes
    date_at_home = {"ritual": "date-at-home", "title": "Date at home"}
    return a_plan(
        an_occurrence("Tue 20:00-21:30", week=week, **date_at_home),
        an_occurrence("Thu 20:00-21:00", week=week),
        week=week,
        hopes=hopes,
        choices=(Choice("date-at-home", None, 1), Choice("late-talk", None, 1)),
    )


def open_the_week(page):
    page.get_by_role("button", name="Later").click()
    first = local_time.first_day(week_ahead(1), HOUSEHOLD)
    heading(page, f"The week of {STANDARD.short_day(first)}")
    choose(page, STEPS[3])
    expect(page.get_by_role("button", name="Other weeks")).to_be_visible()
    settle(page)


def test_what_was_left_out_after_a_move_comes_back(home, visit):
    with home.store() as store:
        store.change_plan(two_evenings(), lambda plan: plan)
    page = visit(home).open_page("sunday")
    open_the_week(page)

    sheet = put_at(page, "Date at home", "Friday", "20:00")
    expect(sheet).to_contain_text("Friday 20:00–21:30")
    sheet.get_by_role("button", name="Leave out").click()
    expect(in_grid(page, "Date at home")).to_have_count(0)
    expect(in_grid(page, "Late talk")).to_have_count(1)
    page.get_by_role("button", name="Bring it back").click()
    expect(in_grid(page, "Date at home")).to_have_count(1)


def test_an_evening_is_moved_shortened_fixed_and_let_go_and_a_clash_is_told(home, visit):
    week = week_ahead(1)
    tuesday, friday = (local_time.days(week, HOUSEHOLD)[n] for n in (1, 4))
    with home.store() as store:
        store.change_plan(two_evenings(), lambda plan: plan)
    page = visit(home).open_page("sunday")
    open_the_week(page)

    sheet = put_at(page, "Date at home", "Friday", "19:45")
    expect(sheet).to_contain_text("Friday 19:45–21:15")
    for until in ("21:00", "20:45"):
        sheet.get_by_role("button", name="Shorter").click()
        expect(sheet).to_contain_text(f"Friday 19:45–{until}")
    expect(sheet.get_by_role("button", name="Unpin")).to_be_visible()
    page.keyboard.press("Escape")
    on_friday = day_of(page, friday).locator('[title^="19:45 to 20:45 · Date at home"]')
    expect(on_friday).to_be_visible()
    settle(page)

    sheet = put_at(page, "Late talk", "Friday", "20:00")
    expect(sheet).to_contain_text("Date at home is there already, from Friday 19:45.")
    expect(in_grid(page, "Late talk")).to_have_attribute("title", re.compile("^20:00 to 21:00"))
    sheet.get_by_role("button", name="Leave out").click()
    expect(in_grid(page, "Late talk")).to_have_count(0)
    settle(page)

    page.reload()
    heading(page, "The week of")
    settle(page)
    open_the_week(page)
    expect(on_friday).to_be_visible()
    expect(in_grid(page, "Late talk")).to_have_count(0)
    expect(day_of(page, tuesday).get_by_role("listitem")).to_have_count(0)
    expect(page.get_by_text(re.compile("Left out: Late talk"))).to_be_visible()
    date_at_home = next(o for o in home.plan(week).occurrences if o.title == "Date at home")

    assert date_at_home.fixed
    assert date_at_home.end - date_at_home.start == timedelta(hours=1)
    assert date_at_home.strand == Strand(Kind.TOGETHER)
    assert date_at_home.start.astimezone(HOUSEHOLD.tz) == datetime.fromisoformat(
        f"{friday}T19:45"
    ).replace(tzinfo=HOUSEHOLD.tz)
