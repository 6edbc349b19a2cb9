"""The best other place of one occurrence, all else standing: at its length, and free for it."""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Kind
from rituals.model.local_time import local_day
from rituals.model.plan import Choice, Season, standing
from rituals.model.ritual import Needs
from rituals.model.time.span import Span, Spans
from rituals.planning import changes
from rituals.planning.options.other_place import other_place
from rituals.planning.placement.grid import week_grid
from rituals.planning.placement.request import Surroundings
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    an_occurrence,
    hours_of,
    spans,
)

NOW = datetime(2026, 11, 22, 19, tzinfo=UTC)
HOME = a_household(children=False)
TALK = a_ritual(window="Thu-Fri 20:00-22:00")
HELD = an_occurrence("Thu 20:00-21:00", fixed=True)
AT_HOME = a_household(hours=hours_of(bedtime="19:30", away="Mon-Fri 08:00-15:00"))
DATE = an_occurrence("Fri 19:00-22:00", ritual="date", title="Date", kind=Kind.OUT)
EVENINGS = a_ritual(
    "date", minutes=180, window="daily 18:00-23:00", kind=Kind.OUT, needs=Needs.SITTER
)
LIFE = PlanningContext(AT_HOME, {"date": EVENINGS})


def a_life(busy="", his=""):
    return PlanningContext(HOME, {TALK.id: TALK}, {ONE: spans(busy), TWO: spans(his)})


def another_evening(plan, life=LIFE):
    return other_place(plan, DATE.id, life, NOW, another_day=True)


def test_the_best_other_place_is_named():
    life = a_life("Thu 18:00-22:00, Fri 18:00-21:00")
    place = other_place(a_plan(HELD), HELD.id, life, NOW)

    assert a_span("Fri 21:00-22:00") == place.span
    assert "The only time you are both free for it." == place.reason


def test_without_another_place_none_is_named():
    life = a_life("Thu 18:00-22:00", "Fri 18:00-22:00")

    assert None is other_place(a_plan(HELD), HELD.id, life, NOW)


def test_what_stands_keeps_its_place_beside_it():
    other = an_occurrence("Fri 20:00-21:00", ritual="film", title="Film", with_children=True)
    life = a_life("Thu 18:00-22:00")

    assert a_span("Fri 21:00-22:00") == other_place(a_plan(HELD, other), HELD.id, life, NOW).span


def test_what_is_held_in_a_week_in_which_it_would_rest_has_another_place():
    life = a_life("Thu 18:00-22:00")
    hard = replace(a_plan(HELD), season=Season.HARD)

    assert a_span("Fri 20:00-21:00") == other_place(hard, HELD.id, life, NOW).span


def test_another_evening_is_another_day_and_the_one_with_a_sitter_where_that_is_known():
    plan = replace(a_plan(DATE), choices=(Choice("date", None, 1),))
    known = changes.with_sitter(plan, a_span("Wed 18:00-23:00"))
    anyhow, drawn = (another_evening(p) for p in (plan, known))

    assert local_day(DATE.start, AT_HOME) != local_day(anyhow.span.start, AT_HOME)
    assert Spans() == Spans([drawn.span]) - spans("Wed 18:00-23:00")


def test_another_evening_keeps_all_else_where_it_lies_and_may_not_exist():
    plan = a_plan(DATE, HELD)
    full = PlanningContext(AT_HOME, {"date": EVENINGS}, {ONE: spans(FULL)})

    assert not a_span("Thu 20:00-21:00").overlaps(another_evening(plan).span)
    assert another_evening(plan, full) is None
    assert another_evening(plan, PlanningContext(AT_HOME, {})) is None


FULL = ", ".join(f"{day} 17:00-23:30" for day in ("Mon", "Tue", "Wed", "Thu", "Sat", "Sun"))


def test_another_evening_is_as_long():
    long = replace(LIFE, rituals={"date": replace(EVENINGS, least_minutes=60)})
    place = another_evening(a_plan(DATE), long)

    assert DATE.minutes * 60 == place.span.length.total_seconds()


def test_the_other_place_is_free_for_all_of_it(full):
    plan, life = full
    chance, moved = Random(18), 0  # noqa: S311 no secret
    for o in standing(plan):
        busy = {o.partner or chance.choice((ONE, TWO)): Spans([Span(o.start, o.end)])}
        new = replace(life, busy=busy)
        if place := other_place(plan, o.id, new, NOW):
            others = tuple(x for x in standing(plan) if x.id != o.id)
            grid = week_grid(Surroundings(NOW, others, busy), life.household, WEEK)
            bodies = grid.bodies(o.partner, grid.mask([place.span], outward=True))
            assert 0 == bodies & grid.taken
            moved += 1

    assert 10 < moved
