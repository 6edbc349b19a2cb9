"""What step 5 has of feeds."""

import os
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from rituals.model import local_time
from rituals.model.calendar import Audience, Feed
from tests.support.notation import a_household, a_plan, agreed_by_both, an_occurrence

HOME = a_household()


def step(*ahead):
    """A page with nothing on it but what step 5 has of this."""

    def page(ahead):
        from pages.publishing import by_feed

        by_feed.show(ahead)

    at = AppTest.from_function(page, args=(ahead,), default_timeout=60).run()
    assert not at.exception
    return at


def a_week():
    week = this_week()
    return a_plan(an_occurrence("Thu 20:00-21:00", week=week), week=week)


@pytest.mark.usefixtures("empty")
def test_without_a_feed_step_5_says_nothing_of_it():
    at = step(a_week())

    assert ([], []) == (list(at.button), list(at.caption))


@pytest.mark.parametrize(
    ("feed", "place"),
    [
        (Feed(Audience.SHARED, "a-token"), "at your address"),
        (Feed(Audience.ONE, "", os.curdir), "in your folder"),
    ],
)
def test_it_says_what_is_there_and_what_comes_by_itself(empty, feed, place):
    empty.save_feed(feed)
    proposed, ours = a_week(), agreed_by_both(a_week())

    assert [f"What both of you said yes to is {place}, by itself."] == captions(proposed)
    assert [f"This is {place} already, and every change follows by itself."] == captions(ours)
    assert [] == captions(a_plan(week=proposed.week))


def captions(plan):
    return [caption.value for caption in step(plan).caption]


def this_week():
    return local_time.week_of(local_time.local_day(datetime.now(UTC), HOME), HOME)
