"""Each strand through the weeks: a calm line that one week hardly moves and no gap ever does."""

from dataclasses import replace
from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.insights import balance, trends
from rituals.model.household import ONE, TWO, Kind, Shade, Strand
from rituals.model.plan import Hope, Said, Season
from rituals.planning import review
from tests.support.notation import WEEK, a_household, a_plan, an_occurrence

HOUSEHOLD = a_household()
TOGETHER = Strand(Kind.TOGETHER)
HOURS = st.floats(0, 40)
UNKNOWN = st.just(nan)


def a_lived(week, minutes, strand=TOGETHER):
    """A plan of a week with so many minutes lived of one strand."""
    when = f"Mon 06:00-{6 + minutes // 60:02}:{minutes % 60:02}"
    told = {"kind": strand.kind, "partner": strand.partner, "id": f"{week} {strand}"}
    plan = a_plan(an_occurrence(when, week=week, **told), week=week)
    return review.answer(plan, f"{week} {strand}", Said.AS_PLANNED)


def rows(*shown, weeks):
    return balance.rows({plan.week: plan for plan in shown}, weeks, HOUSEHOLD)


def test_the_line_begins_with_the_first_week_that_is_known():
    assert [True, True, False] == [isnan(mean) for mean in trends.calm_means([nan, nan, 3.0])]
    assert 3.0 == trends.calm_means([nan, nan, 3.0])[-1]


def test_after_four_weeks_a_week_weighs_half_of_what_it_did():
    four_weeks_on = trends.calm_means([8.0, 0.0, 0.0, 0.0, 0.0])

    assert pytest.approx(4.0) == four_weeks_on[-1]


@given(st.lists(HOURS | UNKNOWN, max_size=40), st.integers(0, 40), st.integers(1, 8))
def test_weeks_that_nobody_knows_leave_the_line_unmoved(hours, at, gap):
    at = min(at, len(hours))
    with_gap = trends.calm_means([*hours[:at], *[nan] * gap, *hours[at:]])
    without = trends.calm_means(hours)

    assert same(without, with_gap[:at] + with_gap[at + gap :])
    assert same([without[at - 1] if at else nan] * gap, with_gap[at : at + gap])


@given(st.lists(HOURS, min_size=1, max_size=40), HOURS)
def test_one_week_moves_the_line_by_less_than_a_fifth_of_the_way(hours, next_week):
    before, after = trends.calm_means([*hours, next_week])[-2:]

    assert abs(after - before) <= abs(next_week - before) / 5 + 1e-9
    assert after >= before * 4 / 5 - 1e-9


@given(st.lists(HOURS, min_size=1, max_size=40))
def test_the_line_stays_among_the_weeks_it_is_made_of(hours):
    line = trends.calm_means(hours)

    assert all(min(hours) - 1e-9 <= mean <= max(hours) + 1e-9 for mean in line)


def test_a_grace_week_and_a_forgotten_one_leave_the_strand_s_line_unmoved():
    weeks = [WEEK + n for n in range(-4, 0)]
    grace = replace(a_lived(weeks[1], 600), season=Season.GRACE, grace="holiday")
    told = trends.strand_weeks(
        rows(a_lived(weeks[0], 120), grace, a_lived(weeks[3], 120), weeks=weeks), TOGETHER, WEEK, 4
    )

    assert [2.0, 2.0, 2.0, 2.0] == [week.line for week in told]
    assert [False, True, True, False] == [isnan(week.lived) for week in told]
    assert ["Week of 2 November · holiday", "Week of 9 November · not written down"] == [
        str(week.words) for week in told[1:3]
    ]


def test_weeks_before_the_first_one_shown_lead_the_line_in():
    weeks = [WEEK + n for n in range(-2, 0)]
    both = rows(a_lived(weeks[0], 60), a_lived(weeks[1], 300), weeks=weeks)
    (shown,) = trends.strand_weeks(both, TOGETHER, WEEK, 1)

    assert 5.0 == shown.lived
    assert 1.0 < shown.line < 1.8


def test_a_strand_has_its_range_around_what_is_hoped():
    plan = a_plan(an_occurrence(), hopes={TOGETHER: Hope(300)})
    (week,) = trends.strand_weeks(rows(plan, weeks=[WEEK]), TOGETHER, WEEK, 1)

    assert (4, 6, 1) == (week.low, week.high, week.planned)
    assert (
        "Week of 23 November · 5 h hoped for, 1 h planned · the two of us 1 h · all of us 0 h"
        == str(week.words)
    )


def test_without_children_together_is_one():
    household = a_household(children=False)
    told = balance.rows({WEEK: a_plan(an_occurrence())}, [WEEK], household)
    (week,) = trends.strand_weeks(told, TOGETHER, WEEK, 1)

    assert "Week of 23 November · 1 h planned" == str(week.words)


def test_a_shade_has_weeks_of_its_own_without_a_range():
    pancakes = an_occurrence("Sun 08:30-10:00", with_children=True, number=2)
    plan = a_plan(an_occurrence(), pancakes, hopes={TOGETHER: Hope(300)})
    of_shade = balance.rows_of_shade(rows(plan, weeks=[WEEK]), Shade.ALL_OF_US)
    (week,) = trends.strand_weeks(of_shade, TOGETHER, WEEK, 1)

    assert 1.5 == week.planned
    assert isnan(week.low)


def test_the_week_ahead_is_planned_and_moves_no_line():
    begun = a_lived(WEEK, 60)
    (week,) = trends.strand_weeks(rows(begun, weeks=[WEEK]), TOGETHER, WEEK, 1)

    assert isnan(week.lived)
    assert isnan(week.line)
    assert 1 == week.planned


def test_one_has_the_left_and_the_other_the_right_of_one_scale():
    week = WEEK - 1
    alone = [a_lived(week, minutes, Strand(Kind.ALONE, who)) for who, minutes in
             ((ONE, 60), (TWO, 180))]  # fmt: skip
    both = replace(alone[0], occurrences=tuple(o for p in alone for o in p.occurrences))
    sides = trends.usual_weeks(rows(both, weeks=[week]), HOUSEHOLD, WEEK)
    mine = [side for side in sides if side.kind == Kind.ALONE]

    assert [("Maya", 1.0, -1.0), ("Jonas", 3.0, 3.0)] == [(s.partner, s.hours, s.x) for s in mine]
    assert "Maya · alone · 1 h in a usual week" == mine[0].words
    assert [("1 h", True), ("3 h", False)] == [(s.value, s.is_left) for s in mine]
    left, right = trends.scale_ends(mine, HOUSEHOLD)
    assert ("Maya", "Jonas") == (left.name, right.name)
    assert -left.x == right.x > 3.0  # and room for a value


def test_a_usual_week_is_the_mean_of_the_weeks_that_are_known():
    weeks = [WEEK + n for n in range(-3, 0)]
    alone = Strand(Kind.ALONE, ONE)
    told = rows(a_lived(weeks[0], 60, alone), a_lived(weeks[2], 180, alone), weeks=weeks)
    sides = trends.usual_weeks(told, HOUSEHOLD, WEEK)

    assert [2.0] == [s.hours for s in sides if (s.kind, s.partner) == (Kind.ALONE, "Maya")]


def test_nothing_known_has_no_side_and_still_two_names():
    assert [] == trends.usual_weeks(rows(weeks=[WEEK - 1]), HOUSEHOLD, WEEK)
    assert ["Maya", "Jonas"] == [end.name for end in trends.scale_ends([], HOUSEHOLD)]


def same(expected, got):
    assert len(expected) == len(got)
    return all(a == pytest.approx(b, nan_ok=True) for a, b in zip(expected, got, strict=True))
