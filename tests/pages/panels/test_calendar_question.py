"""On Sunday, one question about whole days in a partner's calendar, and its answer."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from rituals.model import local_time
from rituals.model.calendar import Busy, Calendar, Origin
from rituals.model.difference import What
from rituals.model.household import ONE, TWO
from rituals.model.time.span import Span
from rituals.model.week_facts import week_facts
from tests.pages.test_pages import opened, the_week
from tests.support.notation import a_household

pytestmark = pytest.mark.usefixtures("couple", "on_sunday")

WORK = Calendar("his", TWO, "work", Origin.FILE, "work.ics", titles=True)
TITLE = "Trade *fair* ![](http://evil.example)"


@pytest.fixture
def couple(store):
    store.save_household(a_household())
    return store


def whole_days(store, first, last, title=TITLE):
    """Whole days of the week that is planned, counted from its first."""
    household = store.load_household()
    monday = local_time.days(the_week(store), household)[0]
    start, end = (
        local_time.instant(monday + timedelta(days=n), time(), household) for n in (first, last + 1)
    )
    return Busy(Span(start, end), title, whole_day=True, free=True)


def in_his_calendar(store, *days, calendar=WORK):
    store.save_calendar(calendar, [whole_days(store, *each) for each in days])


def asked(at):
    return [m.value for m in at.markdown if m.value.endswith("away, off, or neither?")]


def press(at, label):
    next(b for b in at.button if b.label == label).click().run()
    assert not at.exception
    return at


def sitting_as(partner):
    at = opened()
    at.session_state["who"] = partner
    return at.run()


def told(store):
    return [(d.what, d.partner, d.nights) for d in store.load_household().differences]


def test_a_week_without_whole_days_asks_nothing():
    assert [] == asked(opened())


def test_days_in_a_row_ask_without_their_title(store):
    in_his_calendar(store, (1, 3))
    (question,) = asked(opened())

    assert question.startswith("Jonas has an all-day event from Tuesday ")


def test_one_day_is_asked_as_one(store):
    in_his_calendar(store, (4, 4))
    (question,) = asked(opened())

    assert question.startswith("Jonas has an all-day event on Friday ")


def test_the_title_is_for_his_own_eyes_alone(store):
    in_his_calendar(store, (1, 3))

    assert "Trade" in asked(sitting_as(TWO))[0]
    assert "evil.example)" in asked(sitting_as(TWO))[0].replace("\\", "")
    assert "![](" not in asked(sitting_as(TWO))[0]
    assert "Trade" not in asked(sitting_as(ONE))[0]


def test_without_titles_kept_his_own_eyes_see_none_either(store):
    in_his_calendar(store, (1, 3), calendar=replace(WORK, titles=False))

    assert "an all-day event" in asked(sitting_as(TWO))[0]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Away", (What.AWAY, TWO, True)),
        ("Off", (What.OFF, TWO, False)),
        ("Neither", (What.NOTHING, "", False)),
    ],
)
def test_one_tap_answers_and_it_is_not_asked_again(store, label, expected):
    in_his_calendar(store, (1, 3))
    at = press(opened(), label)

    assert [expected] == told(store)
    assert [] == asked(at)
    assert [] == asked(opened())


def test_away_takes_his_nights_in_the_plan(store):
    in_his_calendar(store, (1, 3))
    at = press(opened(), "Away")

    assert week_facts(the_week(store), store.load_household()).away[TWO]
    assert "Jonas away Tue–Thu" in [b.label for b in at.button]


def test_one_question_is_asked_at_a_time(store):
    in_his_calendar(store, (1, 2), (9, 11))
    at = opened()
    first = asked(at)
    second = asked(press(at, "Neither"))

    assert (1, 1) == (len(first), len(second))
    assert first != second


def test_not_now_is_for_this_sitting(store):
    in_his_calendar(store, (1, 3))
    at = press(opened(), "Not now")

    assert [] == asked(at)
    assert [] == told(store)
    assert 1 == len(asked(opened()))


def test_a_trip_that_grew_is_asked_anew_and_answered_in_place_of_the_shorter_one(store):
    in_his_calendar(store, (1, 3))
    press(opened(), "Away")
    in_his_calendar(store, (1, 4))
    press(opened(), "Off")

    assert [(What.OFF, TWO, False)] == told(store)


def test_an_answer_outlives_its_calendar(store):
    in_his_calendar(store, (1, 3))
    press(opened(), "Away")
    store.remove_calendar(WORK.id)

    assert [(What.AWAY, TWO, True)] == told(store)
    assert [] == asked(opened())


def test_the_sitting_begins_with_what_concerns_the_week_to_plan(store):
    in_his_calendar(store, (1, 3))

    assert 1 == len(asked(opened(step="1 · Look back")))


def test_looking_back_asks_nothing_of_later_weeks(store):
    in_his_calendar(store, (9, 11))

    assert [] == asked(opened(step="1 · Look back"))
    assert 1 == len(asked(opened()))
