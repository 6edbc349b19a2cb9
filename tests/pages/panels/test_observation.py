"""The quiet line on a Sunday: said, put aside, or not there at all."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from pages.panels import observation
from rituals.insights import observations
from rituals.model import local_time
from rituals.planning import review
from tests.pages.test_pages import opened, texts
from tests.support.notation import a_plan, an_occurrence

pytestmark = pytest.mark.usefixtures("store")
AGAIN = "Not this one again"


def on_a_sunday(back=0):
    """A page with nothing but the line of the week to plan, or of one before it."""

    def page(back):
        from pages.panels import observation
        from pages.session import context

        household = context.household()
        observation.show(context.week(household) - back, household, anew=True)

    at = AppTest.from_function(page, default_timeout=60, args=(back,)).run()
    assert not at.exception
    return at


def ahead(store):
    household = store.load_household()
    return local_time.week_to_plan(local_time.local_day(datetime.now(UTC), household), household)


@pytest.fixture
def thursdays(empty):
    """Six weeks with an evening together on each Thursday, called as markdown would not like it."""
    for back in range(1, 7):
        week = ahead(empty) - back
        talk = an_occurrence("Thu 20:00-21:00", week=week, title="*Late* [talk]")
        empty.change_plan(a_plan(week=week), lambda _, talk=talk, week=week: said(week, talk))
    return empty


def said(week, occurrence):
    return review.answer_all_as_planned(a_plan(occurrence, week=week))


def told(at):
    return [element.value for element in at.markdown]


def test_a_first_sunday_has_nothing_to_say(empty):  # noqa: ARG001 - the store is what matters
    at = on_a_sunday()

    assert ([], []) == (told(at), list(at.button))


def test_the_weeks_behind_are_told_in_one_sentence_with_what_it_rests_on(thursdays):
    household = thursdays.load_household()
    week = ahead(thursdays)
    found = observations.observation(
        thursdays.load_plans(observations.weeks_considered(week)), week, household
    )
    at = on_a_sunday()

    assert "part_of_a_day_together" == found.rule
    assert [found.sentence] == told(at)
    assert "From six weeks you looked back on." == at.markdown[0].help
    assert [AGAIN] == [button.label for button in at.button]


def test_what_is_not_wanted_again_stays_away_and_nothing_takes_its_place(thursdays):
    at = on_a_sunday()
    at.button[0].click().run()

    assert {"part_of_a_day_together"} == thursdays.load_dismissed()
    assert ([], []) == (told(at), list(at.button))


def test_on_another_sunday_something_else_may_be_said_with_the_titles_as_they_are(thursdays):
    thursdays.dismiss("part_of_a_day_together")

    assert [
        r"Whenever “\*Late\* \[talk\]” was in the plan, it happened\: "
        "six times in the last six weeks."
    ] == told(on_a_sunday())


def test_no_week_but_the_one_to_plan_has_its_sentence(thursdays):  # noqa: ARG001
    assert [] == told(on_a_sunday(back=1))


@pytest.mark.parametrize(
    ("rests_on", "words"),
    [(1, "From what you said of last week."), (26, "From 26 weeks you looked back on.")],
)
def test_the_help_says_what_a_sentence_rests_on(rests_on, words):
    found = observations.Observation("came_back", "It came back.", rests_on)

    assert words == observation._rests_on(found)


def test_what_was_put_aside_is_listed_in_words_and_comes_back(thursdays):
    on_a_sunday().button[0].click().run()
    at = opened("household.py")
    (back,) = [button for button in at.button if button.label == "Bring it back"]
    before = texts(at)
    back.click().run()

    assert "A part of a day that was yours together again and again" in before
    assert frozenset() == thursdays.load_dismissed()
    assert [] == [header.value for header in at.header if header.value == "Put aside"]
    assert [AGAIN] == [button.label for button in on_a_sunday().button]
