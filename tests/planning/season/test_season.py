"""The season ahead: each as often as it is asked for, in weeks that have room and that stay put."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from rituals.model.context import RareWeek, SeasonContext
from rituals.model.difference import Difference, What
from rituals.model.household import BOTH, ONE, TWO
from rituals.model.plan import Choice, Season
from rituals.model.ritual import Needs, Size, TakesPart
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.week import Week
from rituals.model.time.window import DAYS
from rituals.model.usual import Usual
from rituals.planning.season import season as planning
from rituals.planning.season.repeats import Decided
from tests.support.notation import (
    NOW,
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    hours_of,
    spans,
)

HOME = a_household(hours=hours_of(bedtime="19:30"))
FIRST = WEEK + 1
TODAY = WEEK.monday + timedelta(days=6)


def a_rare(id, rhythm, **more):
    return a_ritual(id, rhythm=rhythm, window="daily 19:30-23:00", kept=True, **more)


def around(*rituals, home=HOME, last=(), let_go=(), **more):
    """What the season is chosen from; `last` is ("film", 2): two weeks before the first."""
    weeks = {(id, BOTH): FIRST - back for id, back in dict(last).items()}
    gone = {(id, BOTH): FIRST - back for id, back in dict(let_go).items()}
    told = {"plans": {}, "busy": {}} | more
    return SeasonContext(home, {r.id: r for r in rituals}, last=weeks, let_go=gone, **told)


def ahead(context, count=13, today=TODAY):
    return planning.season(context, planning.weeks_from(FIRST, count), today)


def weeks_of(season, id, partner=None):
    """The weeks of one thing, counted from the first."""
    return [
        entry.week - FIRST
        for entry in season.rare
        if (entry.ritual.id, entry.partner) == (id, partner) and not entry.is_left_out
    ]


def again(context, season):
    return ahead(replace(context, rows=season.rows))


FILM = a_rare("film", "every 2 weeks", size=Size.EVENING)
MONEY = a_rare("money", "every 4 weeks")
AWAY = a_rare("away", "every 13 weeks", minutes=180, size=Size.EVENING)


@pytest.mark.parametrize("film", [1, 2, 3, 9])
@pytest.mark.parametrize("money", [1, 4, 6])
@pytest.mark.parametrize("away", [2, 13, 40])
def test_in_twelve_weeks_each_comes_exactly_as_often_as_asked(film, money, away):
    last = {"film": film, "money": money, "away": away}
    found = ahead(around(FILM, MONEY, AWAY, last=last), 12)

    for ritual in (FILM, MONEY, AWAY):
        every = ritual.rhythm.every_weeks
        first = max(every - last[ritual.id], 0)
        assert len(range(first, 12, every)) == len(weeks_of(found, ritual.id)), ritual.id
    assert found.proven


def test_what_never_was_comes_as_often_as_asked_too():
    found = ahead(around(FILM, MONEY, AWAY), 12)

    assert [6, 3, 1] == [len(weeks_of(found, r.id)) for r in (FILM, MONEY, AWAY)]


def test_it_comes_a_distance_after_the_last_one():
    assert [3, 7, 11] == weeks_of(ahead(around(MONEY, last={"money": 1})), "money")


def test_what_waited_long_comes_now():
    assert [0, 4, 8, 12] == weeks_of(ahead(around(MONEY, last={"money": 30})), "money")


def test_what_was_let_go_rests_for_half_a_distance():
    found = ahead(around(MONEY, last={"money": 30}, let_go={"money": 1}))

    assert [1, 5, 9] == weeks_of(found, "money")


def test_it_is_never_much_earlier_than_its_distance():
    context = around(MONEY, last={"money": 1}, plans={FIRST + 3: a_plan(season=Season.GRACE)})
    found = weeks_of(ahead(context), "money")

    assert all(later - one >= 3 for one, later in pairwise([-1, *found]))
    assert 3 not in found
    assert len(found) == 3


def test_each_of_the_two_has_their_own():
    day = a_rare("day", "every 4 weeks", takes_part=TakesPart.EACH)
    found = ahead(around(day))

    assert {3} <= {len(weeks_of(found, "day", key)) for key in (ONE, TWO)}
    assert [] == weeks_of(found, "day")


def test_only_what_is_kept_and_rare_comes():
    others = [a_ritual("weekly", kept=True), replace(MONEY, kept=False)]

    assert () == ahead(around(*others)).rare
    assert () == ahead(around(replace(MONEY, retired=True))).rare


def test_there_is_one_big_thing_a_week():
    things = [a_rare(f"big-{n}", "every 13 weeks", size=Size.EVENING) for n in range(6)]
    found = ahead(around(*things))

    assert len({entry.week for entry in found.rare}) == len(things) == len(found.rare)


def test_a_trip_and_a_full_calendar_have_no_room():
    trip = Difference("t", What.AWAY, (FIRST + 3).monday, (FIRST + 3).monday + timedelta(days=6),
                      NOW, ONE, nights=True)  # fmt: skip
    home = replace(HOME, differences=(trip,))
    full = ", ".join(f"{day} 19:00-23:30" for day in DAYS)
    context = around(MONEY, home=home, last={"money": 1}, busy={TWO: spans(full, FIRST + 4)})

    assert not {3, 4} & set(weeks_of(ahead(context), "money"))


def test_it_comes_in_the_weeks_of_the_sitter():
    day = (FIRST + 1).monday + timedelta(days=4)
    sitter = Recurrence.read(f"{day}T19:00/{day}T23:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")
    home = replace(HOME, usual=Usual(sitter=(sitter,)))
    out = a_rare("out", "every 4 weeks", needs=Needs.SITTER, minutes=120)
    found = ahead(around(out, home=home, last={"out": 4}), 12)

    assert found.rare
    assert all(entry.has_sitter and (entry.week - FIRST) % 2 for entry in found.rare)


def test_what_needs_a_sitter_comes_though_none_is_known():
    out = a_rare("out", "every 4 weeks", needs=Needs.SITTER, minutes=120)
    found = ahead(around(out, last={"out": 4}))

    assert [0, 4, 8, 12] == weeks_of(found, "out")
    assert not any(entry.has_sitter for entry in found.rare)


@pytest.mark.parametrize(
    ("first", "rhythm", "day"),
    [
        (Week(2027, 1), "yearly on 29 February", date(2027, 2, 28)),
        (Week(2028, 1), "yearly on 29 February since 2000", date(2028, 2, 29)),
        (Week(2026, 49), "yearly on 1 January", date(2027, 1, 1)),
        (Week(2026, 49), "yearly on 6 December", date(2026, 12, 6)),
    ],
)
def test_what_has_a_date_comes_in_the_week_of_its_day(first, rhythm, day):
    birthday = a_rare("birthday", rhythm)
    context = around(birthday, last={"birthday": 20})
    season = planning.season(context, planning.weeks_from(first), first.monday)

    assert [(Week.of_monday(day), day, Decided.DATE)] == [
        (entry.week, entry.day, entry.decided) for entry in season.rare
    ]


def test_a_date_that_was_moved_or_left_out_is_not_in_its_own_week():
    birthday = a_rare("birthday", "yearly on 1 January")
    context = around(birthday)
    begun = ahead(context)
    entry = begun.rare[0]
    moved = ahead(replace(context, rows=planning.moved(begun.rows, entry, entry.week + 1)))
    out = ahead(replace(context, rows=planning.left_out(begun.rows, entry)))

    assert [entry.week + 1] == [one.week for one in moved.rare]
    assert [(entry.week, True)] == [(one.week, one.is_left_out) for one in out.rare]


def test_nothing_changed_and_the_weeks_stay():
    context = around(FILM, MONEY, AWAY, last={"film": 1, "money": 2, "away": 20})
    season = ahead(context)

    assert season == again(context, season)


def test_a_week_later_the_weeks_stay():
    context = around(FILM, MONEY, AWAY, last={"film": 1, "money": 2, "away": 20})
    season = ahead(context)
    later = planning.weeks_from(FIRST + 1)
    after = planning.season(replace(context, rows=season.rows), later, TODAY + timedelta(days=7))
    was = {entry.row for entry in season.rare if entry.week >= later[0]}

    assert was <= {entry.row for entry in after.rare}


def test_a_week_that_has_no_room_any_more_is_left():
    context = around(MONEY, last={"money": 1})
    season = ahead(context)
    rests = {FIRST + 3: a_plan(week=FIRST + 3, season=Season.GRACE)}

    changed = weeks_of(again(replace(context, plans=rests), season), "money")

    assert changed[0] in (2, 4)
    assert [7, 11] == changed[1:]


def test_what_is_moved_by_hand_stays_there():
    context = around(MONEY, last={"money": 1})
    season = ahead(context)
    rows = planning.moved(season.rows, season.rare[0], FIRST + 5)
    found = ahead(replace(context, rows=rows))

    assert 5 == weeks_of(found, "money")[0]
    assert Decided.BY_HAND is found.rare[0].decided
    assert found == again(context, found)


def test_what_is_left_out_counts_as_if_it_had_been_there():
    context = around(MONEY, last={"money": 1})
    season = ahead(context)
    found = ahead(replace(context, rows=planning.left_out(season.rows, season.rare[0])))

    assert [7, 11] == weeks_of(found, "money")
    assert found == again(context, found)


def test_what_was_left_out_of_a_planned_week_is_left_out_of_the_season():
    row = RareWeek("money", BOTH, FIRST)
    context = around(MONEY, last={"money": 4}, plans={FIRST: a_plan(week=FIRST)}, rows=(row,))
    found = ahead(context)

    assert [4, 8, 12] == weeks_of(found, "money")
    assert replace(row, left_out=True) in found.rows


def test_what_a_plan_has_stays_in_its_week():
    chosen = a_plan(week=FIRST + 1, choices=(Choice("money", None, 1),))
    found = ahead(around(MONEY, last={"money": 4}, plans={FIRST + 1: chosen}))

    assert [1, 5, 9] == weeks_of(found, "money")


def test_a_left_out_week_behind_is_remembered_until_it_comes_again():
    row = RareWeek("money", BOTH, FIRST - 1, left_out=True)
    found = ahead(around(MONEY, last={"money": 5}, rows=(row,)))
    later = ahead(around(MONEY, last={"money": 0}, rows=(row,)))

    assert [3, 7, 11] == weeks_of(found, "money")
    assert row in found.rows
    assert row not in later.rows


def test_weeks_that_lie_a_little_late_are_followed_a_whole_distance_later():
    rows = tuple(RareWeek("film", BOTH, FIRST + at) for at in (3, 5, 7, 9, 11))
    begun = a_plan(week=FIRST, choices=(Choice("film", None, 1),))
    found = ahead(around(FILM, plans={FIRST: begun}, rows=rows))

    assert [0, 3, 5, 7, 9, 11] == weeks_of(found, "film")
