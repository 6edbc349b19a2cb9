"""What is different in a week, told on Sunday: a line, and a form that opens where one taps."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from rituals.model import local_time
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO
from rituals.model.time.recurrence import Recurrence
from rituals.model.usual import Holidays, Usual
from rituals.model.week_facts import week_facts
from tests.pages.test_pages import STEPS, opened, the_week
from tests.support.notation import a_household, a_plan, an_occurrence

pytestmark = pytest.mark.usefixtures("couple", "on_sunday")

TOLD = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def couple(store):
    store.save_household(a_household())
    return store


@pytest.fixture
def shown(store):
    return local_time.days(the_week(store), store.load_household())


def press(at, label):
    next(b for b in at.button if b.label.replace("\\", "") == label).click().run()
    assert not at.exception
    return at


def field(at, name):
    every = [*at.button_group, *at.date_input, *at.time_input, *at.toggle, *at.text_input]
    return next(w for w in every if w.key and w.key.startswith(f"different {name} "))


def choose(at, **fields):
    for name, value in fields.items():
        field(at, name.replace("_", " ")).set_value(value)
    return at


def told(store):
    return [
        (d.what, d.partner, d.first, d.last, d.start, d.end, d.nights)
        for d in store.load_household().differences
    ]


def labels(at):
    return [button.label.replace("\\", "") for button in at.button]


def said(at):
    return [each.value for each in (*at.info, *at.caption)]


def keep(store, what, first, last=None, partner="", **more):
    store.save_difference(Difference(f"{what}", what, first, last or first, TOLD, partner, **more))


def test_a_usual_week_asks_with_the_six_most_usual_answers():
    at = opened()
    usual = {"Maya away", "Jonas away", "A day off", "No school", "Children away", "Sitter"}

    assert "Anything different?" in said(at)
    assert usual | {"Something else"} <= set(labels(at))


def test_in_the_last_step_it_asks_only_beside_what_is_known(store, shown):
    usual = opened(step="5 · Take it with you")
    keep(store, What.AWAY, shown[1], shown[3], TWO, nights=True)
    told_of = opened(step="5 · Take it with you")

    assert not {"Anything different?", "Maya away"} & set(labels(usual))
    assert {"Jonas away Tue–Thu", "Anything else?"} <= set(labels(told_of))


def test_without_children_nobody_asks_about_them(store):
    store.save_household(a_household(children=False))

    assert not {"No school", "Children away", "Sitter"} & set(labels(opened()))


def test_a_trip_of_three_days_is_told_and_the_week_is_planned_around_it(store, shown):
    at = press(opened(), "Jonas away")
    press(choose(at, first=shown[1], last=shown[3]), "Save")

    assert [(What.AWAY, TWO, shown[1], shown[3], None, None, True)] == told(store)
    assert "Jonas away Tue–Thu" in labels(at)
    assert "Different this week" in said(at)
    assert week_facts(the_week(store), store.load_household()).away[TWO]


def test_a_whole_week_takes_two_taps(store, shown):
    press(press(opened(), "Maya away"), "The whole week")

    assert [(What.AWAY, ONE, shown[0], shown[-1], None, None, True)] == told(store)


def test_the_sentence_says_that_time_while_the_other_is_away_counts():
    sentence = "A trip brings"
    at = opened()
    before = " ".join(said(at))
    press(press(at, "Maya away"), "The whole week")

    assert sentence not in before
    assert sentence in " ".join(said(at))


def test_in_a_later_step_it_asks_behind_one_press():
    at = opened(step="4 · The week")
    before = [b.label for b in at.button]
    after = [b.label for b in press(at, "Anything different?").button]

    assert "Maya away" not in before
    assert "Maya away" in after


def test_one_day_is_enough(store, shown):
    at = press(opened(), "No school")
    press(choose(at, first=shown[4]), "Save")

    assert [(What.NO_SCHOOL, "", shown[4], shown[4], None, None, False)] == told(store)


def test_a_day_off_is_somebody_s(store, shown):
    at = press(opened(), "A day off")
    press(choose(at, first=shown[4]), "Save")

    assert [] == told(store)
    assert "It is about one of you; please say whose it is." in said(at)

    press(choose(at, who=ONE, first=shown[4]), "Save")

    assert [(What.OFF, ONE, shown[4], shown[4], None, None, False)] == told(store)


def test_a_sitter_s_evening_may_end_after_midnight(store, shown):
    at = press(opened(), "Sitter")
    press(choose(at, first=shown[4], start=time(19), end=time(0, 30)), "Save")

    assert [(What.SITTER, "", shown[4], shown[5], time(19), time(0, 30), False)] == told(store)
    assert "Sitter Fri 19:00–00:30" in labels(at)


def test_other_days_are_told_ahead(store, shown):
    ahead = shown[0] + timedelta(weeks=20)
    at = press(opened(), "Children away")
    press(choose(at, first_date=ahead, last_date=ahead + timedelta(days=2)), "Save")

    assert [(What.CHILDREN_AWAY, "", ahead, ahead + timedelta(days=2), None, None, True)] == told(
        store
    )


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "Please choose a day."),
        ({"first": 3, "last": 1}, "It ends before it starts; please look at the two again."),
        ({"first_date": 500}, "A difference can be told up to a year ahead."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(store, shown, fields, why):
    at = press(opened(), "Jonas away")
    days = {name: shown[0] + timedelta(days=n) for name, n in fields.items()}
    press(choose(at, **days), "Save")

    assert why in said(at)
    assert [] == told(store)


def test_something_else_is_one_of_what_is_rarer(store, shown):
    at = press(press(opened(), "Something else"), "No sitter")
    press(choose(at, first=shown[4]), "Save")

    assert [(What.NO_SITTER, "", shown[4], shown[4], None, None, False)] == told(store)


def test_a_difference_is_changed(store, shown):
    keep(store, What.AWAY, shown[1], shown[3], TWO, nights=True)
    at = press(opened(), "Jonas away Tue–Thu")
    press(choose(at, last=shown[2], nights=False), "Save")

    assert [(What.AWAY, TWO, shown[1], shown[2], None, None, False)] == told(store)


def test_a_difference_is_removed_and_leaves_no_trace(store, shown):
    before = store.load_household()
    keep(store, What.AWAY, shown[1], shown[3], TWO, nights=True)
    press(press(opened(), "Jonas away Tue–Thu"), "Remove")

    assert before == store.load_household()


def test_a_trip_takes_as_many_taps_beside_what_is_known_already(store, shown):
    keep(store, What.OFF, shown[4], partner=ONE)
    at = opened()
    assert {"Maya away", "Jonas away", "Anything else?"} <= set(labels(at))
    assert not {"A day off", "Something else"} & set(labels(at))

    press(choose(press(at, "Jonas away"), first=shown[1], last=shown[3]), "Save")
    assert (What.AWAY, TWO, shown[1], shown[3]) in [line[:4] for line in told(store)]


def test_where_it_contradicts_what_was_told_before_it_says_so(store, shown):
    keep(store, What.OFF, shown[1], shown[3], TWO)
    at = press(opened(), "Jonas away")
    press(choose(at, first=shown[2]), "Save")

    assert any(
        line.startswith("Where they meet, this takes the place of “Jonas off") for line in said(at)
    )


def test_a_public_holiday_is_named_and_cannot_be_removed(store, clock):
    clock.move_to(datetime(2026, 12, 20, 19, tzinfo=UTC))
    household = store.load_household()
    store.save_household(replace(household, usual=Usual(holidays=Holidays("DE", (ONE, TWO)))))
    at = opened()

    assert any("Christmas Day" in m.value for m in at.markdown)
    assert not any("Christmas" in label for label in labels(at))
    assert date(2026, 12, 25) in local_time.days(the_week(store), household)


def test_closed_it_keeps_nothing(store, shown):
    at = press(opened(), "Jonas away")
    press(choose(at, first=shown[1]), "Close")

    assert [] == told(store)
    assert "Close" not in labels(at)


def test_two_of_one_name_are_each_asked_about(store):
    store.save_household(a_household(names=("Sam", "Sam")))

    assert 2 == labels(opened()).count("Sam away")


def test_a_usual_sitter_is_cancelled_in_two_taps(store, shown):
    evening = Recurrence(
        datetime.combine(shown[4], time(19)), datetime.combine(shown[4], time(23)), 2
    )
    store.save_household(replace(store.load_household(), usual=Usual(sitter=(evening,))))
    press(press(opened(), "Sitter Fri 19:00–23:00"), "Save")

    assert [(What.NO_SITTER, "", shown[4], shown[4], None, None, False)] == told(store)


def test_what_is_agreed_and_meets_a_trip_is_named(store, shown):
    week, later = the_week(store), timedelta(days=5)
    talk = an_occurrence("Sat 20:00-21:00", week=week, fixed=True)
    store.change_plan(a_plan(talk, week=week), lambda plan: plan)
    keep(store, What.AWAY, shown[0] + later, partner=TWO, nights=True)

    lines = [m.value.replace("\\", "") for m in opened(step=STEPS[1]).markdown]

    assert any("Late talk, Saturday 20:00: Jonas is away then." in line for line in lines)
