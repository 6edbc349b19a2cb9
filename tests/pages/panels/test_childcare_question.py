"""On Sunday, one question for each evening that waits for a sitter, and its three answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.model.household import ONE, Kind
from rituals.model.plan import Choice, standing
from rituals.model.ritual import Needs
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from tests.pages.test_pages import opened, the_week
from tests.support.notation import a_household, a_plan, a_ritual, a_span, an_occurrence, spans

pytestmark = pytest.mark.usefixtures("on_sunday")

DATE = a_ritual("date", minutes=180, window="daily 18:00-23:00", kind=Kind.OUT, needs=Needs.SITTER)


@pytest.fixture
def week(store) -> Week:
    """A week in which Friday's date waits for a sitter."""
    store.save_household(a_household())
    store.save_ritual(DATE)
    week = the_week(store)
    evening = an_occurrence(
        "Fri 19:00-22:00", week=week, ritual="date", kind=Kind.OUT, title="Date"
    )
    kept = a_plan(replace(evening, fixed=True), week=week, choices=(Choice("date", None, 1),))
    store.change_plan(kept, lambda _: kept)
    return week


def asked(at):
    return [m.value for m in at.markdown if "A sitter for" in m.value or "with them?" in m.value]


def press(at, label):
    next(b for b in at.button if b.label.startswith(label)).click().run()
    assert not at.exception
    return at


def the_date(store, week):
    (found,) = store.load_plan(week).occurrences
    return found


@pytest.mark.usefixtures("on_sunday", "week")
@pytest.mark.parametrize("step", ["4 · The week", "5 · Take it with you"])
def test_an_evening_that_waits_is_asked_about_once(step):
    at = opened(step=step)

    assert ["A sitter for Date, Friday 18:30–22:30 with the way there and back?"] == asked(at)
    assert {"Found", "Leave it out"} <= {b.label for b in at.button}


def test_found_tells_the_sitter_s_hours_and_can_be_taken_back(store, week):
    at = press(opened(step="4 · The week"), "Found")

    assert [] == asked(at)
    assert spans("Fri 18:30-22:30", week) == spans_of(store.load_plan(week).sitter)
    assert 1 == len(asked(press(at, "Not after all")))


def spans_of(sitter):
    return type(spans())(sitter)


def test_left_out_it_is_gone_and_one_undo_brings_it_back(store, week):
    at = press(opened(step="4 · The week"), "Leave it out")

    assert [] == asked(at)
    assert the_date(store, week).let_go
    assert not the_date(store, week if press(at, "Undo") else None).let_go


def test_another_evening_is_named_before_one_presses_and_moves_it_there(store, week):
    at = opened(step="4 · The week")
    (label,) = [b.label for b in at.button if b.label.startswith("Another evening")]
    press(at, "Another evening")
    date = the_date(store, week)

    assert date.start.astimezone(a_household().tz).strftime("%A %H:%M") == label.split(": ")[1]
    assert not Span(date.start, date.end).overlaps(a_span("Fri 00:00-00:00", week))
    assert date.fixed


def test_what_takes_one_of_them_away_on_that_evening_is_no_question_of_its_own(store, week):
    run = an_occurrence("Fri 20:00-21:00", week=week, ritual="run", partner=ONE, kind=Kind.OUT)
    store.change_plan(
        store.load_plan(week), lambda p: replace(p, occurrences=(*p.occurrences, run))
    )

    assert 1 == len(asked(opened(step="4 · The week")))


def test_the_last_step_says_what_waits_and_no_more_once_it_is_found(store, week):
    at = opened(step="5 · Take it with you")
    at.session_state["take more ways"] = True
    at.run()
    waits = [c.value for c in at.caption if "1 waits for a sitter" in c.value]
    at = press(at, "Found")

    assert 1 == len(waits)
    assert [] == [c.value for c in at.caption if "waits for a sitter" in c.value]
    assert 1 == len(standing(store.load_plan(week)))


def test_not_now_lasts_through_the_sitting_wherever_it_lies_and_tells_nothing(store, week):
    at = press(opened(step="4 · The week"), "Not now")
    assert [] == asked(at)
    assert (False, ()) == (the_date(store, week).let_go, store.load_plan(week).sitter)
    store.change_plan(store.load_plan(week), lambda p: moved_by_an_hour(p))
    assert [] == asked(at.run())

    at.session_state["sunday step"] = "5 · Take it with you"
    assert [] == asked(at.run())
    assert 1 == len(asked(opened(step="4 · The week")))


def moved_by_an_hour(plan):
    (date,) = plan.occurrences
    hour = timedelta(hours=1)
    return replace(plan, occurrences=(replace(date, start=date.start - hour, end=date.end - hour),))
