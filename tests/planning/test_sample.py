from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from rituals.insights import balance
from rituals.model import local_time, totals
from rituals.model.plan import Plan, Said, Season, clash, standing
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning import catalogue, sample, scheduling
from rituals.planning.choices import suggestions
from rituals.planning.placement.place import Placed, Placement
from rituals.planning.placement.request import Request, Surroundings
from rituals.store import location
from rituals.store.store import open_store
from tests.conftest import sample_couple
from tests.support import legality

A_SUNDAY = date(2026, 11, 22)
YEAR_ENDS = [date(2026, 12, 27), date(2026, 12, 31), date(2027, 1, 1), date(2020, 12, 30)]
OTHER_DAYS = [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)]
AGES_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SUGGESTED = catalogue.load(catalogue.SUGGESTED)
FEW = {id: SUGGESTED[id] for id in ("send-off", "late-talk")}  # placed in no time


@pytest.fixture(scope="module")
def half_a_year() -> sample.Sample:
    return sample_couple(A_SUNDAY, 26)


def lived(plan: Plan) -> list[int | None]:
    return [
        balance.lived_minutes(plan, strand, sample.HOUSEHOLD)
        for strand in sample.HOUSEHOLD.strands()
    ]


def said(plan: Plan) -> set[Said | None]:
    return {o.said for o in standing(plan)} or {None}


def test_the_same_day_and_rituals_give_the_same_weeks() -> None:
    assert sample_couple(A_SUNDAY, 5) == sample.couple(A_SUNDAY, 5, SUGGESTED)


@pytest.mark.parametrize("today", [A_SUNDAY, *YEAR_ENDS, *OTHER_DAYS])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_weeks_follow_one_another_up_to_the_week_to_plan(today: date, count: int) -> None:
    made = sample.couple(today, count, FEW)

    newest = local_time.week_to_plan(today, made.household)
    assert [newest + n for n in range(-count, 1)] == [plan.week for plan in made.plans]


@pytest.mark.parametrize("today", [A_SUNDAY + timedelta(weeks=n) for n in range(0, 104, 13)])
def test_the_week_to_plan_is_full_of_life_and_nothing_is_said_yet(today: date) -> None:
    made = sample.couple(today, 0, SUGGESTED)
    ahead = made.plans[-1]

    assert 20 <= len(ahead.occurrences) <= 32
    assert set(made.household.strands()) == {o.strand for o in ahead.occurrences}
    assert {None} == {o.said for o in ahead.occurrences}


def test_two_years_hold_every_season_and_weeks_that_nobody_wrote_down() -> None:
    two_years = sample.couple(A_SUNDAY, 104, SUGGESTED).plans

    unwritten = [p for p in two_years[:-2] if p.season is not Season.GRACE and {None} == said(p)]
    assert set(Season) == {plan.season for plan in two_years}
    assert len(unwritten) == 4


def test_the_newest_lived_week_waits_to_be_looked_back_on(half_a_year: sample.Sample) -> None:
    newest = half_a_year.plans[-2]

    assert standing(newest)
    assert {None} == said(newest)


def test_one_week_was_planned_and_never_written_down(half_a_year: sample.Sample) -> None:
    before = [plan for plan in half_a_year.plans[:-2] if plan.season is not Season.GRACE]
    unwritten = [plan for plan in before if {None} == said(plan)]

    assert len(unwritten) == 1
    assert standing(unwritten[0])


def test_two_weeks_of_grace_follow_one_another_and_nothing_is_said_in_them(
    half_a_year: sample.Sample,
) -> None:
    grace = [plan for plan in half_a_year.plans if plan.season is Season.GRACE]

    assert len(grace) == 2
    assert grace[1].week - grace[0].week == 1
    assert all(said(plan) == {None} for plan in grace)


def test_a_hard_and_a_calm_week_are_among_them(half_a_year: sample.Sample) -> None:
    seasons = Counter(plan.season for plan in half_a_year.plans)

    assert (seasons[Season.HARD], seasons[Season.CALM]) == (1, 1)


def test_a_hard_week_asks_less_than_every_usual_one(half_a_year: sample.Sample) -> None:
    asked = {p.season: [] for p in half_a_year.plans}
    for plan in half_a_year.plans:
        asked[plan.season].append(totals.minutes_in_all(plan))

    assert max(asked[Season.HARD]) < min(asked[Season.USUAL])


def test_a_week_that_was_written_down_leaves_nothing_unsaid(half_a_year: sample.Sample) -> None:
    for plan in half_a_year.plans:
        assert said(plan) == {None} or None not in said(plan)


def test_most_is_lived_as_planned_some_a_little_and_some_let_go(
    half_a_year: sample.Sample,
) -> None:
    answers = Counter(o.said for p in half_a_year.plans for o in p.occurrences if o.said)

    assert set(Said) == set(answers)
    assert 0.6 < answers[Said.AS_PLANNED] / answers.total() < 0.95


def test_some_things_just_happened_when_there_was_time_for_them(
    half_a_year: sample.Sample,
) -> None:
    happened = [(p, o) for p in half_a_year.plans for o in p.occurrences if o.spontaneous]

    assert 5 <= len(happened) <= 20
    assert len({o.title for _, o in happened}) > 3
    for plan, occurrence in happened:
        assert clash(plan, occurrence, Span(occurrence.start, occurrence.end)) is None
        assert occurrence.lived == occurrence.minutes


def test_sliders_are_moved_by_hand_now_and_then(half_a_year: sample.Sample) -> None:
    moved = [h for p in half_a_year.plans for h in p.hopes.values() if h.by_hand is not None]

    assert 5 <= len(moved) <= 40


def test_no_two_weeks_look_alike(half_a_year: sample.Sample) -> None:
    known = [lived(plan) for plan in half_a_year.plans if None not in lived(plan)]

    assert len(known) == 22
    assert len({tuple(week) for week in known}) == len(known)
    assert len({week[0] for week in known}) > 15


def test_lived_weeks_hold_an_amount_of_time_that_people_have(half_a_year: sample.Sample) -> None:
    for plan in half_a_year.plans:
        if plan.season is Season.USUAL and None not in lived(plan):
            assert 8 * 60 <= sum(lived(plan)) <= 30 * 60


def test_rituals_come_and_go_from_one_week_to_the_next(half_a_year: sample.Sample) -> None:
    choices = [{c.ritual for c in plan.choices} for plan in half_a_year.plans]
    same = [a == b for a, b in pairwise(choices)]

    assert same.count(True) <= 4  # the weeks of grace keep theirs
    assert all(a & b for a, b in pairwise(choices))


@pytest.mark.parametrize("today", [A_SUNDAY + timedelta(weeks=n) for n in range(0, 52, 15)])
def test_half_a_year_leaves_something_rested_and_something_never_chosen(today: date) -> None:
    made = sample_couple(today, 26)

    last = {o.ritual: p.week for p in made.plans[:-1] for o in p.occurrences if o.ritual}
    rested, never = suggestions.something_new(list(SUGGESTED.values()), last, made.plans[-1].week)
    assert rested
    assert never


def test_every_week_was_laid_on_the_sunday_night_before_it(half_a_year: sample.Sample) -> None:
    for plan in half_a_year.plans:
        planned = {o.created for o in plan.occurrences if not o.spontaneous}
        home = {f"{c.astimezone(half_a_year.household.tz):%Y-%m-%d %H:%M}" for c in planned}
        sunday_night = {f"{plan.week.monday - timedelta(days=1)} 21:00"}

        assert (set() if plan.season is Season.GRACE else sunday_night) == home


def test_every_week_is_one_that_can_be_lived(half_a_year: sample.Sample) -> None:
    for plan in half_a_year.plans:
        lying = [o for o in plan.occurrences if not o.spontaneous]
        times = Counter((o.ritual, o.partner) for o in lying)
        placed = [
            Placed(
                Request(SUGGESTED[o.ritual], o.partner, o.number, times[o.ritual, o.partner]),
                Span(o.start, o.end),
                o.reason,
            )
            for o in lying
        ]
        around = Surroundings(since=min((o.created for o in lying), default=datetime.now(UTC)))
        placement = Placement(tuple(placed), (), True, 0)
        wanted = [one.wanted for one in placed]

        assert [] == legality.faults(placement, wanted, around, half_a_year.household, plan.week)


def test_every_occurrence_of_ours_says_why_it_lies_there(half_a_year: sample.Sample) -> None:
    told = {o.spontaneous: o.reason for p in half_a_year.plans for o in p.occurrences}

    assert told[True] == ""
    assert all(o.reason for p in half_a_year.plans for o in p.occurrences if not o.spontaneous)


def test_nearly_everything_chosen_finds_its_place(half_a_year: sample.Sample) -> None:
    there = [p for p in half_a_year.plans if p.season is not Season.GRACE]
    left = [p.week for p in there if not scheduling.is_scheduled(p, SUGGESTED)]

    assert len(left) <= 3


def test_one_ritual_is_both_partners_in_one_week_only_in_secret(half_a_year: sample.Sample) -> None:
    for plan in half_a_year.plans:
        chosen = [c.ritual for c in plan.choices if not SUGGESTED[c.ritual].secret]

        assert len(chosen) == len(set(chosen))


def test_no_name_is_given_twice(half_a_year: sample.Sample) -> None:
    ids = [o.id for p in half_a_year.plans for o in p.occurrences]

    assert len(ids) == len(set(ids))


def test_instants_are_aware_and_in_utc(half_a_year: sample.Sample) -> None:
    zones = {t.tzinfo for p in half_a_year.plans for o in p.occurrences for t in (o.start, o.end)}

    assert {UTC} == zones


def test_a_ritual_that_the_catalogue_has_not_is_not_chosen() -> None:
    made = sample.couple(A_SUNDAY, 3, FEW)

    assert set(FEW) >= {c.ritual for p in made.plans for c in p.choices}
    assert sample.couple(A_SUNDAY, 0, {}).plans[0].occurrences == ()


def test_a_surprise_is_never_in_the_example(half_a_year: sample.Sample) -> None:
    chosen = {c.ritual for p in half_a_year.plans for c in p.choices}

    assert "sealed-surprise" not in chosen


def test_a_store_gives_back_the_couple_as_it_was(
    half_a_year: sample.Sample, tmp_path: Path
) -> None:
    store = open_store(location.sqlite_url(tmp_path / "leavewell.db"))
    store.fill(half_a_year.household, SUGGESTED.values(), half_a_year.plans)
    there = store.load_plans([plan.week for plan in half_a_year.plans])
    household = store.load_household()
    store.engine.dispose()

    assert half_a_year.household == household
    assert {plan.week: plan for plan in half_a_year.plans} == there


def test_the_week_around_new_year_has_its_iso_name() -> None:
    made = sample.couple(date(2027, 1, 3), 1, FEW)

    assert [Week(2026, 53), Week(2027, 1)] == [plan.week for plan in made.plans]
