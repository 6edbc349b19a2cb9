"""A week that is different, told in a few taps on a laptop and on a phone."""

import re

from playwright.sync_api import expect

from rituals.model import local_time
from rituals.model.difference import What
from rituals.model.household import TWO
from tests.browser.conftest import choose, resize, settle, week_ahead
from tests.support.notation import a_household


class Taps:
    """A hand that counts what it presses."""

    def __init__(self, page):
        self.page, self.number = page, 0

    def on(self, what):
        what.click()
        settle(self.page)
        self.number += 1


def day(page, number, option):
    """The option of one of the two rows of days, the first or the last."""
    row = page.get_by_test_id("stForm").get_by_test_id("stButtonGroup").nth(number)
    return row.get_by_text(re.compile(f"^{option} "))


def test_a_trip_of_three_days_takes_four_taps_on_a_laptop_and_a_phone(home, visit):
    page = visit(home).open()
    shown, chip = local_time.days(week_ahead(), a_household()), "Jonas away Tue–Thu"
    for width in (1360, 390):
        resize(page, width)
        taps = Taps(page)
        taps.on(page.get_by_role("button", name="Jonas away", exact=True))
        taps.on(day(page, 0, "Tue"))
        taps.on(day(page, 1, "Thu"))
        taps.on(page.get_by_role("button", name="Save", exact=True))
        page.get_by_role("button", name=chip).wait_for()
        with home.store() as store:
            differences = store.load_household().differences
        kept = [(each.what, each.partner, each.first, each.last) for each in differences]

        assert 4 == taps.number
        assert [(What.AWAY, TWO, shown[1], shown[3])] == kept
        page.get_by_role("button", name=chip).click()
        page.get_by_role("button", name="Remove").click()
        page.get_by_role("button", name=chip).wait_for(state="detached")
        settle(page)


def test_a_trip_stands_in_the_week_and_goes_again(home, visit):
    page = visit(home).open()
    choose(page, "2 · Balance")
    page.get_by_role("button", name="Jonas away", exact=True).click()
    page.get_by_role("button", name="The whole week").click()
    band = page.locator(".lw-band", has_text="Jonas away")
    band.wait_for()

    brought = page.get_by_text(re.compile("of it while Jonas is away$")).first
    brought.wait_for(state="attached")

    expect(page.locator(".lw-away")).to_have_count(7)

    page.get_by_role("button", name="Jonas away Mon–Sun").click()
    page.get_by_role("button", name="Remove").click()
    band.wait_for(state="detached")

    expect(page.locator(".lw-away")).to_have_count(0)


def test_what_is_told_on_one_screen_stands_on_the_other(home, visit):
    here, there = visit(home).open(), visit(home, width=390, touch=True).open()
    chip = "Jonas away Mon–Sun"
    here.get_by_role("button", name="Jonas away", exact=True).click()
    here.get_by_role("button", name="The whole week").click()
    there.get_by_role("button", name=chip).wait_for()

    there.get_by_role("button", name=chip).click()
    there.get_by_role("button", name="Remove").click()
    here.get_by_role("button", name=chip).wait_for(state="detached")

    with home.store() as store:
        assert () == store.load_household().differences
