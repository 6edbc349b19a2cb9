"""An agreed week in the middle of it: the page opens on today, wide and narrow."""

from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from rituals.model import local_time
from rituals.model.time.formats import WEEK_STARTS
from rituals.model.time.span import Span
from tests.browser.conftest import STEPS, heading, resize, settle
from tests.browser.test_every_screen import fits
from tests.support.notation import a_household, a_plan, agreed_by_both, an_occurrence

# Words that are not seen whole.
CUT = """all => all
    .filter(e => e.scrollWidth > e.clientWidth || getComputedStyle(e).color.endsWith(", 0)"))
    .map(e => e.textContent)"""


def a_household_in_the_middle_of_its_week():
    """Whichever day it is: the week begins on a day that makes this one none of its last."""
    for starts in WEEK_STARTS:
        household = a_household(week_starts=starts)
        today = local_time.local_day(datetime.now(UTC), household)
        week = local_time.week_of(today, household)
        if today + timedelta(days=1) in local_time.days(week, household):
            return household, today, week
    raise AssertionError("every day but one has a next one in its week")


@pytest.fixture
def agreed(home):
    """A week in which something lies on this evening, to which both said yes."""
    household, today, week = a_household_in_the_middle_of_its_week()
    evening = Span(*(local_time.instant(today, time(hour), household) for hour in (20, 21)))
    talk = an_occurrence(evening, week=week, title="Late talk", id="talk")
    with home.store() as store:
        store.save_household(household)
        store.change_plan(a_plan(talk, week=week), agreed_by_both)
    return home, today


def test_it_opens_on_today_and_one_tap_leads_to_the_week_and_a_new_visit_back(agreed, visit):
    home, today = agreed
    page = visit(home).open()
    for width in (1360, 390):
        heading(page, f"{today:%A}")
        resize(page, width)
        expect(page.get_by_role("heading", name="Late talk")).to_be_visible()
        expect(page.get_by_role("heading", name="The children")).to_be_visible()
        settle(page)

        assert fits(page, width), width
        assert [] == page.locator(".lw-children :is(b, span)").evaluate_all(CUT), width
        bar = page.get_by_test_id("stHeader").bounding_box()
        opens = page.get_by_role("button", name="Open the week").bounding_box()
        assert bar["y"] + bar["height"] <= opens["y"], width
        page.get_by_role("button", name="Open the week").click()
        heading(page, "The week of")
        expect(page.get_by_role("radio", name=STEPS[3])).to_be_checked()
        page.reload()
    heading(page, f"{today:%A}")
