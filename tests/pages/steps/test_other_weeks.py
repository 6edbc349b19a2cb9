"""Other whole weeks on Sunday: a picture, a line and one press each."""

import re

import pytest

from rituals.model.plan import standing
from rituals.planning.options import alternatives
from tests.pages.test_pages import opened, pressed, the_week

STEP = "4 · The week"


def pictures(at):
    return [h.proto.body for h in at.get("html") if 'class="wp-week"' in h.proto.body]


@pytest.mark.usefixtures("on_sunday", "filled")
def test_two_weeks_stand_side_by_side_once_they_are_asked_for():
    at = opened(step=STEP)

    assert [] == pictures(at)

    pressed(at, "Other weeks")
    drawn = [re.search('aria-label="([^"]*)"', body) for body in pictures(at)]

    assert alternatives.MOST == len(drawn)
    assert all(spoken and "day " in spoken[1] for spoken in drawn)
    assert alternatives.MOST == [b.label for b in at.button].count("Take this week")


def test_one_is_taken_and_the_others_are_put_away(filled):
    before = standing(filled.load_plan(the_week(filled)))
    at = pressed(pressed(opened(step=STEP), "Other weeks"), "Take this week")

    assert before != standing(filled.load_plan(the_week(filled)))
    assert [] == pictures(at)
    assert "Other weeks" in [b.label for b in at.button]


@pytest.mark.usefixtures("filled")
def test_the_week_is_left_as_it_is():
    at = pressed(pressed(opened(step=STEP), "Other weeks"), "Leave it as it is")

    assert [] == pictures(at)
