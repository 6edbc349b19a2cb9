"""What became of the rituals: how often lately, when last, what rests, what would be new."""

from dataclasses import replace

from rituals.insights import ritual_history
from rituals.model.household import Kind
from rituals.model.summary import TimesLived
from tests.support.notation import WEEK, a_household, a_ritual

HOUSEHOLD = a_household()
RITUALS = {r.id: r for r in (a_ritual("late-talk"), a_ritual("long-walk"), a_ritual("quiet-hour"))}


def lives(*times, last=None):
    newest = last or {told.ritual: told.week for told in sorted(times, key=lambda t: t.week)}
    return ritual_history.ritual_records(times, newest, RITUALS, WEEK, HOUSEHOLD)


def test_a_ritual_tells_how_often_lately_and_when_last():
    (life,) = lives(TimesLived("late-talk", WEEK - 13, 2), TimesLived("late-talk", WEEK - 2, 1))

    assert 3 == life.lately
    assert "three times in the last 13 weeks, last in the week of 9 November" == life.words


def test_lately_is_a_quarter_of_a_year_and_no_more():
    (life,) = lives(TimesLived("late-talk", WEEK - 14, 2), TimesLived("late-talk", WEEK - 13, 1))

    assert 1 == life.lately


def test_one_that_rests_tells_no_number():
    (life,) = lives(TimesLived("late-talk", WEEK - 5, 2))

    assert "last in the week of 19 October" == life.words


def test_long_ago_is_told_with_its_year_and_no_number():
    (life,) = lives(last={"late-talk": WEEK - 60})

    assert "last in the week of 29 September 2025" == life.words


def test_those_of_most_times_come_first_and_what_is_no_ritual_any_more_is_left_out():
    told = lives(
        TimesLived("late-talk", WEEK - 1, 1),
        TimesLived("long-walk", WEEK - 2, 3),
        TimesLived("x", WEEK - 1, 9),
    )

    assert ["long-walk", "late-talk"] == [life.ritual.id for life in told]


def test_a_ritual_rests_after_four_weeks_and_a_retired_one_is_left_in_peace():
    told = lives(last={"late-talk": WEEK - 4, "long-walk": WEEK - 5})
    retired = [life._replace(ritual=replace(life.ritual, retired=True)) for life in told]

    assert ["long-walk"] == [life.ritual.id for life in ritual_history.resting(told, WEEK)]
    assert [] == ritual_history.resting(retired, WEEK)


def test_never_tried_is_what_this_household_could_choose_and_never_lived():
    solo = a_ritual("bedtime-solo", kind=Kind.SOLO)
    known = lives(last={"late-talk": WEEK - 1})
    offered = [*RITUALS.values(), solo]

    assert ["bedtime-solo", "long-walk", "quiet-hour"] == [
        r.id for r in ritual_history.never_tried(offered, known, HOUSEHOLD)
    ]
    assert solo not in ritual_history.never_tried(offered, known, a_household(children=False))


def test_a_dot_stands_in_its_week_in_the_order_of_the_rituals():
    times = [TimesLived("late-talk", WEEK - 2, 1), TimesLived("long-walk", WEEK - 1, 2)]
    shown = lives(*times)
    dots = ritual_history.dots(
        [*times, TimesLived("quiet-hour", WEEK - 1, 1)], shown, WEEK, HOUSEHOLD
    )

    assert [("Long walk", "16 Nov 2026", 2), ("Late talk", "9 Nov 2026", 1)] == [
        (dot.title, dot.label, dot.times) for dot in dots
    ]
    assert "Week of 16 November · Long walk · twice" == dots[0].words
