"""What is held and meets an appointment: both are seen in the grid, and one tap solves it."""

import re

import pytest

from rituals.model.calendar import Busy, Calendar, Origin
from rituals.model.household import TWO
from rituals.model.plan import Choice
from rituals.planning import changes
from tests.browser.conftest import choose, resize, settle, week_ahead
from tests.support.notation import a_household, a_plan, a_span, an_occurrence

HIS = Calendar("his", TWO, "his", Origin.FILE, "his.ics")


@pytest.fixture
def clashing(home):
    """A talk of both in the week ahead, pinned, and an appointment of his at that hour."""
    week = week_ahead()
    talk = an_occurrence("Sun 20:00-21:00", week=week, fixed=True)
    hopes = changes.first_plan(week, a_household()).hopes
    plan = a_plan(talk, week=week, hopes=hopes, choices=(Choice("late-talk", None, 1),))
    with home.store() as store:
        store.change_plan(plan, lambda begun: begun)
        store.save_calendar(HIS, [Busy(a_span("Sun 18:00-21:30", week))])
    return home


def test_both_are_seen_and_one_tap_moves_it_on_a_laptop_and_a_phone(clashing, visit):
    page = visit(clashing).open()
    choose(page, "4 · The week")
    line = page.get_by_text("Late talk, Sunday 20:00: Jonas is busy 18:00–21:30.").first
    line.wait_for()
    settle(page)
    block, band = (page.locator(at).first.bounding_box() for at in (".lw-block", ".lw-busy"))

    assert block["x"] + block["width"] + 12 < band["x"] + band["width"]

    for width in (1360, 390):
        resize(page, width)
        page.get_by_role("button", name=re.compile("^Move it to ")).click()
        page.get_by_text(re.compile("^Late talk is on ")).wait_for()
        page.get_by_role("button", name="Undo").first.click()
        line.wait_for()
        settle(page)
