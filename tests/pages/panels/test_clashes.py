"""On Sunday and right after an import: what is held and meets something new, with three answers."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.model.calendar import Busy, Calendar, Origin
from rituals.model.difference import Difference, What
from rituals.model.household import TWO
from rituals.planning import catalogue, changes
from tests.pages.test_pages import STEPS, opened, the_week
from tests.support.notation import NOW, a_household, a_plan, a_span, an_occurrence

pytestmark = pytest.mark.usefixtures("couple")

HIS = Calendar("his", TWO, "his", Origin.FILE, "his.ics", titles=True)
TITLE = "Ring for *Maya*"
ASK = "Late talk, Thursday 20:00: Jonas is busy 19:00–21:00."


@pytest.fixture
def couple(store, on_sunday):  # noqa: ARG001 - the clock comes before the week
    store.save_household(a_household(children=False))
    return store


@pytest.fixture
def week(couple):
    return the_week(couple)


@pytest.fixture
def held(couple, week):
    """A talk of both that is pinned, in an hour for which he has an appointment then."""
    talk = an_occurrence("Thu 20:00-21:00", week=week, fixed=True)
    begun = a_plan(talk, week=week, hopes=changes.first_plan(week, couple.load_household()).hopes)
    couple.change_plan(begun, lambda plan: plan)
    couple.save_calendar(HIS, [Busy(a_span("Thu 19:00-21:00", week), TITLE)])
    return talk


def lies(store, week):
    (talk,) = store.load_plan(week).occurrences
    return talk


def labels(at):
    return [button.label for button in at.button]


def press(at, label):
    next(b for b in at.button if b.label == label).click().run()
    assert not at.exception
    return at


def said(at):
    lines = (m.value.removeprefix(":material/event_busy: ") for m in at.markdown)
    return [line.replace("\\", "") for line in lines]


def grid(at):
    told = [json.loads(component.proto.json) for component in at.get("bidi_component")]
    return next(data["week"][0] for data in told if "week" in data)


def moves(at):
    return [label for label in labels(at) if label.startswith("Move it to ")]


def everything(at):
    told = [component.proto.json for component in at.get("bidi_component")]
    helps = [f"{b.label} {b.help}" for b in at.button]
    return " ".join([*said(at), *(c.value for c in at.caption), *helps, *told])


@pytest.mark.usefixtures("held")
def test_a_line_names_both_and_three_answers_and_the_grid_shows_both():
    at = opened(step=STEPS[1])
    (item,) = (i for day in grid(at)["days"] for i in day["items"])

    assert ASK in said(at)
    assert 1 == len(moves(at))
    assert {"Keep both", "Leave it out"} < set(labels(at))
    assert [0, 72] == item["place"][2:]
    assert ASK == item["why"]


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(("who", "seen"), [("", False), ("one", False), ("two", True)])
def test_the_title_of_an_appointment_is_for_the_eyes_of_its_partner(who, seen):
    at = opened(step=STEPS[1])
    at.session_state["who"] = who
    at.run()

    assert seen is any(
        "Ring for" in line and line.endswith("meets Late talk.") for line in said(at)
    )
    assert seen is ("Ring for" in everything(at))


def test_it_is_moved_to_the_place_that_was_named_and_back(couple, week, held):
    at = opened(step=STEPS[1])
    (label,) = moves(at)
    press(at, label)
    moved = lies(couple, week)

    assert (True, True) == (moved.fixed, moved.start != held.start)
    assert f"Late talk is on {label.removeprefix('Move it to ')} now." in said(at)
    assert ASK not in said(at)

    press(at, "Undo")

    assert (held.start, held.end) == (lies(couple, week).start, lies(couple, week).end)
    assert ASK in said(at)
    assert "Undo" not in labels(at)


def test_both_are_kept_and_asked_about_again_once_that_is_taken_back(couple, week, held):
    at = press(opened(step=STEPS[1]), "Keep both")

    assert "Both stay." in said(at)
    assert ASK not in said(at)
    assert held == replace(lies(couple, week), beside=())
    assert ASK not in said(opened(step=STEPS[1]))

    press(at, "Undo")

    assert ASK in said(at)


def test_it_is_left_out_and_brought_back_on_the_page_of_calendars(couple, week):
    talk = an_occurrence("Thu 20:00-21:00", week=week, fixed=True)
    couple.change_plan(a_plan(talk, week=week), lambda plan: plan)
    couple.save_calendar(HIS, [Busy(a_span("Thu 19:00-21:00", week), TITLE)])
    at = opened("calendars.py")

    assert any(line.endswith(": Jonas is busy 19:00–21:00.") for line in said(at))

    press(at, "Leave it out")

    assert lies(couple, week).let_go
    assert "Late talk is left out this week." in said(at)

    press(at, "Undo")

    assert not lies(couple, week).let_go


def test_two_lines_stand_for_all_until_more_are_asked_for(couple, week):
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
    ritual = catalogue.load(catalogue.SUGGESTED)["late-talk"]
    some = [
        an_occurrence(f"{day} 20:00-21:00", week=week, ritual=ritual.id, number=n, fixed=True)
        for n, day in enumerate(days, start=1)
    ]
    couple.change_plan(a_plan(*some, week=week), lambda plan: plan)
    couple.save_calendar(HIS, [Busy(a_span(f"{day} 19:00-21:00", week)) for day in days])
    at = opened(step=STEPS[1])

    assert 2 == labels(at).count("Keep both")
    assert 6 == labels(press(at, "Four more")).count("Keep both")
    assert 2 == labels(press(at, "Fewer")).count("Keep both")


def test_what_needs_somebody_who_is_away_cannot_be_kept(couple, week):
    talk = an_occurrence("Thu 20:00-21:00", week=week, fixed=True)
    couple.change_plan(a_plan(talk, week=week), lambda plan: plan)
    thursday = week.monday + timedelta(days=3)
    trip = Difference("trip", What.AWAY, thursday, thursday, NOW, TWO, nights=True)
    couple.save_difference(trip)
    at = opened(step=STEPS[1])

    assert "Late talk, Thursday 20:00: Jonas is away then." in said(at)
    assert "Leave it out" in labels(at)
    assert "Keep both" not in labels(at)
