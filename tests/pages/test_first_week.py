"""A couple that just began is led to no week that was over before it came."""

import pytest

from tests.pages.test_pages import opened, the_week
from tests.support.notation import a_plan, an_occurrence

pytestmark = pytest.mark.usefixtures("empty")


def earlier(at):
    return next(button for button in at.button if button.label == "Earlier")


@pytest.mark.usefixtures("on_sunday")
def test_weeks_begin_with_the_running_one():
    at = opened()
    assert not earlier(at).disabled
    at = earlier(at).click().run()

    assert (True, "Your weeks begin with this one") == (earlier(at).disabled, earlier(at).help)


@pytest.mark.usefixtures("on_sunday")
def test_or_with_the_first_that_is_kept(empty):
    week = the_week(empty) - 2
    empty.change_plan(a_plan(an_occurrence(week=week), week=week), lambda plan: plan)
    at = earlier(opened()).click().run()
    assert not earlier(at).disabled

    assert earlier(earlier(at).click().run()).disabled
