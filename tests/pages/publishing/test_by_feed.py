"""What step 5 has of feeds."""

import os
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from rituals.model import local_time
from rituals.model.calendar import Audience, Feed
from tests.support.notation import a_household, a_plan, agreed_by_both, an_occurrence

HOME = a_household()


def step(*ahead, audience=Audience.SHARED):
    """A page with nothing on it but what step 5 has of this."""

    def page(ahead, audience, household):
        from pages.publishing import by_feed

        by_feed.show(ahead, audience, household)

    at = AppTest.from_function(page, args=(ahead, audience, HOME), default_timeout=60).run()
    assert not at.exception
    return at


def a_week():
    week = this_week()
    return a_plan(an_occurrence("Thu 20:00-21:00", week=week), week=week)


@pytest.mark.usefixtures("empty")
def test_without_a_feed_one_is_offered():
    assert ["Make a subscribe link"] == [button.label for button in step(a_week()).button]


@pytest.mark.parametrize(
    ("feed", "place"),
    [
        (Feed(Audience.SHARED, "a-token"), "your subscribe link"),
        (Feed(Audience.SHARED, "", os.curdir), "your folder"),
    ],
)
def test_it_says_what_is_there_and_what_comes_by_itself(empty, feed, place):
    empty.save_feed(feed)
    proposed, ours = a_week(), agreed_by_both(a_week())
    waiting = f"through {place}, as soon as both of you said yes"

    assert [waiting] == captions(proposed)
    assert [f"through {place}, by itself · 1 event"] == captions(ours)
    assert [] == captions(a_plan(week=proposed.week))


def captions(plan):
    return [caption.value for caption in step(plan).caption]


def this_week():
    return local_time.week_of(local_time.local_day(datetime.now(UTC), HOME), HOME)
