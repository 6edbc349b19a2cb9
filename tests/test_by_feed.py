"""What step 5 has of feeds."""

import os
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from rituals import feeds, plans, weeks
from rituals.model import ONE
from rituals.taken import Audience, Feed, Ledger, Route, weeks_out
from tests.notation import a_household, a_plan, an_occurrence

HOME = a_household()


def step(*ahead):
    """A page with nothing on it but what step 5 has of this."""

    def page(ahead):
        from pages import shared
        from pages.out import by_feed

        by_feed.show(ahead, shared.household())

    at = AppTest.from_function(page, args=(ahead,), default_timeout=60).run()
    assert not at.exception
    return at


def a_week(partner=None):
    week = this_week()
    return a_plan(an_occurrence("Thu 20:00-21:00", week=week, partner=partner), week=week)


@pytest.mark.usefixtures("empty")
def test_without_a_feed_step_5_says_nothing_of_it():
    at = step(a_week())

    assert ([], []) == (list(at.button), list(at.caption))


def test_one_button_puts_the_weeks_on_every_feed_and_then_they_are_there(empty):
    for audience in (Audience.SHARED, Audience.ONE):
        empty.save_feed(Feed(audience, feeds.new_token()))
    plan = a_week(ONE)
    at = step(plan)
    at.button(key="feed step put").click().run()
    taken = empty.load_taken()

    assert plan.occurrences[0].id == empty.load_plan(plan.week).occurrences[0].id
    assert {(Audience.SHARED, Route.FEED), (Audience.ONE, Route.FEED)} == {
        (t.audience, t.route) for t in taken
    }
    assert [] == [button.label for button in at.button]
    assert 1 == len(at.caption)


def test_a_week_that_was_taken_as_a_file_is_there_already(empty):
    empty.save_feed(Feed(Audience.SHARED, feeds.new_token()))
    plan = empty.change_plan(a_week(), lambda there: there)
    ledger = Ledger(HOME, Audience.SHARED, Route.FILE)
    empty.save_taken(ledger.tell(plan.week, plans.standing(plan), datetime.now(UTC)))
    at = step(plan)

    assert [] == [button.label for button in at.button]
    assert ["This is at your address already, and every change follows by itself."] == [
        caption.value for caption in at.caption
    ]


def test_what_is_not_one_partner_s_own_does_not_wait_for_that_partner_s_feed(empty):
    empty.save_feed(Feed(Audience.TWO, "", os.curdir))
    at = step(a_week(ONE))

    assert [] == [button.label for button in at.button]
    assert frozenset() == weeks_out(empty.load_taken(), Audience.TWO)


def this_week():
    return weeks.week_of(weeks.local_day(datetime.now(UTC), HOME), HOME)


def test_where_there_is_a_folder_only_it_speaks_of_that(empty):
    empty.save_feed(Feed(Audience.SHARED, "", os.curdir))
    at = step(a_week())
    labels = [button.label for button in at.button]
    at.button(key="feed step put").click().run()

    assert ["Put it into our folder"] == labels
    assert ["This is in your folder already, and every change follows by itself."] == [
        caption.value for caption in at.caption
    ]
