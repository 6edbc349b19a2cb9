"""Each wish about a place alone decides between places that are else equal, or it is silent."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.ritual import Needs, Size, TakesPart
from rituals.model.time.lean import Lean
from rituals.model.time.window import DAYS
from rituals.model.usual import Usual
from rituals.planning.placement import objective, solver
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Surroundings
from rituals.planning.placement.weights import (
    AFTER_LATE_WORK,
    AFTER_NIGHT,
    BEFORE_WORK,
    CHILDREN_COME,
    EARLY,
    ENDS_TOO_SOON,
    EVENING_FREE,
    FAIR,
    HABIT,
    HURRIED,
    KEPT,
    KEPT_DAY,
    KEPT_START,
    LATE_FOR_TWO,
    LEAN,
    LET_GO,
    OF_ITSELF,
    ON_A_TRIP,
    REST,
    SAME_DAY_AGAIN,
    SUPPER,
    WENT_WITHOUT,
    WITH_SITTER,
)
from rituals.planning.placement.wishes_of_places import (
    begins_before_it_is_late,
    begins_later_on_a_weekend,
    follows_its_habit,
    is_there_when_the_children_come,
    keeps_evenings_before_a_morning_off,
    keeps_its_place,
    keeps_the_way_home,
    leans_to_its_hour,
    leaves_evenings_free,
    leaves_supper_to_all,
    lets_an_evening_out_be_one,
    lets_late_work_end_the_day,
    lets_rest_around_work,
    lets_sleep_after_a_night_shift,
    prefers_a_sitter_s_hours,
    prefers_another_weekday,
    prefers_what_is_hoped_for,
)
from rituals.planning.placement.wishes_of_weeks import (
    WAITS_AT_MOST,
    goes_first_after_waiting,
    who_had_less_comes_first,
)
from tests.support.notation import WEEK as THIS_WEEK
from tests.support.notation import a_household, a_ritual, a_span, an_occurrence, hours_of, spans
from tests.support.wishes import (
    LAST_WEEK,
    LONG_AGO,
    a_space,
    by_day,
    by_start,
    chosen,
    clock,
    is_silent,
    wanted,
)

TOGETHER = Strand(Kind.TOGETHER)
SATURDAY = THIS_WEEK.monday + timedelta(days=5)


@pytest.mark.parametrize(
    ("lay", "hoped", "points"),
    [
        ("Thu 20:00-22:00", 60, {"Thu 20:00 120": 12, "Thu 20:00 60": 0}),
        ("Thu 20:00-21:00", 120, {"Thu 20:00 120": 0, "Thu 20:00 60": 36}),
    ],
)
def test_rather_as_long_as_is_hoped_for(lay, hoped, points):
    ritual = a_ritual(window="Thu 20:00-22:00", minutes=(60, 120))
    space = a_space(wanted(ritual, lay=[lay]), hopes={TOGETHER: hoped})
    said = by_start(prefers_what_is_hoped_for, space)

    assert points == {key: said[key] for key in points}
    (best,) = solver.solve(space, list(prefers_what_is_hoped_for(space)), []).chosen
    assert hoped == space.candidates[best].minutes


def test_of_places_of_one_length_none_is_as_hoped_for_more_than_another():
    space = a_space(wanted(a_ritual(window="Thu 19:30-22:00")))

    assert is_silent(prefers_what_is_hoped_for, space)


@pytest.mark.parametrize(
    ("leans", "best"),
    [
        (Lean.START, "Thu 19:30"),
        (Lean.MIDDLE, "Thu 20:30"),
        (Lean.END, "Thu 21:30"),
        (time(20, 15), "Thu 20:15"),
    ],
)
def test_it_lies_where_it_leans_in_its_window(leans, best):
    space = a_space(wanted(a_ritual(window="Thu 19:30-22:30", leans=leans)))

    assert [best] == chosen(leans_to_its_hour, space)


def test_each_quarter_of_an_hour_off_costs():
    space = a_space(wanted(a_ritual(window="Thu 19:30-20:30", minutes=30)))

    assert {"Thu 19:30 30": 0, "Thu 19:45 30": LEAN, "Thu 20:00 30": 2 * LEAN} == by_start(
        leans_to_its_hour, space
    )


def test_the_hour_it_had_in_the_last_weeks_is_its_hour():
    past = tuple(an_occurrence("Thu 21:15-22:15", week=THIS_WEEK - n) for n in (1, 2))
    space = a_space(wanted(a_ritual(window="Thu 19:30-22:30")), past=past)
    wide = a_space(wanted(a_ritual(window="Thu 07:00-22:30")), past=past)

    assert ["Thu 21:15"] == chosen(leans_to_its_hour, space)
    assert ["Thu 21:15"] == chosen(leans_to_its_hour, wide)


@pytest.mark.parametrize(
    "past",
    [
        [an_occurrence(f"{d} 21:15-22:15", week=LAST_WEEK) for d in ("Tue", "Thu")],  # one week
        [an_occurrence("Thu 21:15-22:15", week=THIS_WEEK - n, ritual="tea") for n in (1, 2)],
        [an_occurrence("Thu 21:15-22:15", week=THIS_WEEK - n, partner=ONE) for n in (1, 2)],
        [an_occurrence("Sat 21:15-22:15", week=THIS_WEEK - n) for n in (1, 2)],  # a weekend
        [an_occurrence("Thu 21:15-22:15", week=THIS_WEEK - n, let_go=True) for n in (1, 2)],
    ],
)
def test_what_says_nothing_of_its_hour_changes_nothing(past):
    some = wanted(a_ritual(window="Thu 19:30-22:30"))

    assert by_start(leans_to_its_hour, a_space(some)) == by_start(
        leans_to_its_hour, a_space(some, past=tuple(past))
    )


@pytest.mark.parametrize(("last", "now"), [("Mon", "Thu"), ("Thu", "Mon")])
def test_another_weekday_than_last_time(last, now):
    past = (an_occurrence(f"{last} 20:00-21:00", week=LAST_WEEK),)
    space = a_space(wanted(a_ritual(window="Mon,Thu 20:00-21:00")), past=past)

    assert [f"{now} 20:00"] == chosen(prefers_another_weekday, space)
    assert {f"{last} 20:00 60": SAME_DAY_AGAIN, f"{now} 20:00 60": 0} == by_start(
        prefers_another_weekday, space
    )


def test_a_week_that_starts_on_sunday_knows_its_weekdays():
    past = (an_occurrence("Mon 20:00-21:00", week=LAST_WEEK),)
    some = wanted(a_ritual(window="Mon,Thu 20:00-21:00"))
    space = a_space(some, past=past, household=a_household(week_starts=6))

    assert ["Thu 20:00"] == chosen(prefers_another_weekday, space)


def test_without_a_last_time_or_with_several_a_week_any_weekday_will_do():
    ritual = a_ritual(window="Mon,Thu 20:00-21:00")
    past = (an_occurrence("Mon 20:00-21:00", week=LAST_WEEK),)

    assert is_silent(prefers_another_weekday, a_space(wanted(ritual)))
    assert is_silent(prefers_another_weekday, a_space(wanted(ritual, times=2), past=past))


def each_alone():
    """An hour alone for both of the two, which only one of them can have."""
    ritual = a_ritual(window="Thu 16:00-17:00", kind=Kind.ALONE)
    return wanted(ritual, ONE), wanted(ritual, TWO)


def had(partner, minutes, lived=None, kind=Kind.ALONE):
    start = a_span("Tue 18:00-19:00", LAST_WEEK).start
    span = replace(a_span("Tue 18:00-19:00", LAST_WEEK), end=start + timedelta(minutes=minutes))
    return an_occurrence(span, week=LAST_WEEK, partner=partner, kind=kind, lived=lived)


@pytest.mark.parametrize(("had_more", "has"), [(ONE, TWO), (TWO, ONE)])
@pytest.mark.parametrize("kind", [Kind.ALONE, Kind.OUT])
def test_who_had_less_time_alone_and_out_comes_first(had_more, has, kind):
    space = a_space(*each_alone(), past=(had(had_more, 120, kind=kind),))
    (best,) = solver.solve(space, list(who_had_less_comes_first(space)), []).chosen

    assert has == space.groups[space.candidates[best].group].partner
    assert [-FAIR, 0] == sorted(who_had_less_comes_first(space))


@pytest.mark.parametrize(
    "past",
    [
        (),
        (had(ONE, 90),),  # not clearly more
        (had(ONE, 180), had(TWO, 120)),
        (had(ONE, 120, lived=0),),  # planned, but it did not come to it
        (had(ONE, 300, kind=Kind.SOLO),),
        (had(None, 300, kind=Kind.TOGETHER),),
    ],
)
def test_where_both_had_about_the_same_neither_comes_first(past):
    assert is_silent(who_had_less_comes_first, a_space(*each_alone(), past=past))


@pytest.mark.parametrize(
    ("sitter", "lay", "day"),
    [
        ("Fri 19:00-23:00", [], "Fri"),
        ("Fri 19:00-23:00", ["Thu 18:00-20:00"], "Fri"),
        ("Fri 19:00-20:55", ["Thu 18:00-20:00"], "Thu"),
        ("", ["Thu 18:00-20:00"], "Thu"),
    ],
)
def test_what_needs_a_sitter_lies_where_one_is_known(sitter, lay, day):
    out = a_ritual(window="Wed,Thu,Fri 18:00-23:00", minutes=120, needs=Needs.SITTER)
    around = Surroundings(LONG_AGO, sitter=spans(sitter))
    (found,) = place(wanted(out, lay=lay), around, a_household(), THIS_WEEK).placed

    assert day == clock(found.span.start)[:3]


def test_it_is_rather_shorter_than_longer_than_its_sitter_stays():
    out = a_ritual(window="Fri 18:00-23:00", minutes=(120, 240), needs=Needs.SITTER)
    space = a_space(wanted(out), sitter=spans("Fri 18:45-21:00"), hopes={TOGETHER: 240})
    points = objective.points(space)
    best = min(range(len(points)), key=lambda i: points[i])

    assert a_span("Fri 18:45-21:00") == space.span(space.candidates[best])


def test_a_sitter_draws_nothing_that_needs_none_and_nobody_without_children():
    some = wanted(a_ritual(window="Thu,Fri 20:00-21:00"))
    out = wanted(a_ritual(window="Thu,Fri 20:00-21:00", needs=Needs.SITTER))
    known = {"sitter": spans("Fri 19:00-23:00")}
    without = a_household(children=False)

    assert {0} == set(prefers_a_sitter_s_hours(a_space(some, **known)))
    assert {0} == set(prefers_a_sitter_s_hours(a_space(out, household=without, **known)))
    assert {0, -WITH_SITTER} == set(prefers_a_sitter_s_hours(a_space(out, **known)))


def test_time_together_is_nobody_s_turn():
    space = a_space(wanted(a_ritual(window="Thu 20:00-21:00")), past=(had(ONE, 300),))

    assert [0] == list(who_had_less_comes_first(space))


@pytest.mark.parametrize("day", ["Mon", "Thu"])
def test_it_stays_where_it_lay(day):
    ritual = a_ritual(window="Mon,Thu 20:00-22:00")
    space = a_space(wanted(ritual, lay=[f"{day} 20:45-21:45"]))

    assert [f"{day} 20:45"] == chosen(keeps_its_place, space)
    assert {
        f"{day} 20:45 60": -KEPT,
        f"{day} 20:30 60": 1 - KEPT_DAY,
        f"{day} 20:00 60": 3 - KEPT_DAY,
    }.items() <= by_start(keeps_its_place, space).items()


def test_where_its_place_is_taken_it_stays_on_its_day():
    ritual = a_ritual(window="Mon,Thu 20:00-22:00")
    space = a_space(wanted(ritual, lay=["Thu 20:45-21:45"]), busy="Thu 20:30-20:50")

    assert ["Thu 21:00"] == chosen(keeps_its_place, space)


def test_another_length_at_the_same_hour_is_nearly_the_same_place():
    ritual = a_ritual(window="Thu 20:00-22:00", minutes=(60, 120))
    space = a_space(wanted(ritual, lay=["Thu 20:00-22:00"]), hopes={TOGETHER: 60})
    said = by_start(keeps_its_place, space)

    assert (-KEPT, -KEPT_START) == (said["Thu 20:00 120"], said["Thu 20:00 60"])


def test_what_lay_nowhere_has_no_place_to_keep():
    assert is_silent(keeps_its_place, a_space(wanted(a_ritual(window="Mon,Thu 20:00-21:00"))))


def lived(*times, weeks=(1, 2), **more):
    """Occurrences at these times in each of so many weeks ago."""
    return tuple(an_occurrence(at, week=THIS_WEEK - n, **more) for at in times for n in weeks)


def test_the_longer_ago_it_lay_on_a_weekday_the_sooner_it_may_again():
    days = ("Mon", "Tue", "Wed")
    past = tuple(lived(f"{d} 20:00-21:00", weeks=(n,))[0] for n, d in enumerate(days, 1))
    space = a_space(wanted(a_ritual(window="Mon-Thu 20:00-21:00")), past=past)
    expected = {"Mon": SAME_DAY_AGAIN, "Tue": SAME_DAY_AGAIN // 2, "Wed": SAME_DAY_AGAIN // 3}

    assert expected | {"Thu": 0} == by_day(prefers_another_weekday, space)


def test_three_weeks_lie_on_three_weekdays():
    ritual, past, days = a_ritual(window="Mon,Wed,Fri 20:00-21:00"), (), []
    for number in range(6):
        week = THIS_WEEK + number
        around = Surroundings(LONG_AGO, past=past)
        (found,) = place(wanted(ritual), around, a_household(), week).placed
        days.append(clock(found.span.start)[:3])
        past = (*past, an_occurrence(found.span, week=week))

    assert {"Mon", "Wed", "Fri"} == set(days[:3])
    assert days[:3] == days[3:]


def test_a_weekday_of_its_own_is_no_weekday_to_leave():
    space = a_space(
        wanted(a_ritual(window="Thu,Sat 20:00-21:00")), past=lived("Sat 20:00-21:00", fixed=True)
    )

    assert is_silent(prefers_another_weekday, space)


@pytest.mark.parametrize(("fixed", "drawn"), [(True, HABIT), (False, OF_ITSELF)])
def test_it_lies_on_the_weekday_that_it_has_come_to_have(fixed, drawn):
    some = wanted(a_ritual(window="Thu,Sat 20:00-21:00"))
    space = a_space(some, past=lived("Sat 20:00-21:00", fixed=fixed))

    assert {"Thu": drawn, "Sat": 0} == by_day(follows_its_habit, space)


@pytest.mark.parametrize(("fixed", "day"), [(True, "Sat"), (False, "Fri")])
def test_a_weekday_chosen_by_hand_outranks_a_sitter_and_one_that_came_of_itself_does_not(
    fixed, day
):
    out = a_ritual(window="Fri,Sat 20:00-22:00", minutes=120, needs=Needs.SITTER)
    past = lived("Sat 20:00-22:00", fixed=fixed)
    around = Surroundings(LONG_AGO, sitter=spans("Fri 19:00-23:00"), past=past)
    (found,) = place(wanted(out), around, a_household(), THIS_WEEK).placed

    assert day == clock(found.span.start)[:3]


def test_a_weekday_on_which_it_is_let_go_again_and_again_is_left():
    some = wanted(a_ritual(window="Thu,Sat 20:00-21:00"))
    space = a_space(some, past=lived("Thu 20:00-21:00", let_go=True))

    assert {"Thu": LET_GO, "Sat": 0} == by_day(follows_its_habit, space)


@pytest.mark.parametrize(
    "past",
    [
        lived("Sat 20:00-21:00", weeks=(1,), fixed=True),  # one week alone
        lived("Thu 20:00-21:00", weeks=(1,), let_go=True),
        lived("Sat 20:00-21:00", ritual="tea", fixed=True),
        lived("Sat 20:00-21:00", partner=ONE, fixed=True),
        lived("Sat 20:00-21:00", weeks=(1, 3)) + lived("Thu 20:00-21:00", weeks=(2, 4)),
    ],
)
def test_without_a_habit_any_weekday_will_do(past):
    some = wanted(a_ritual(window="Thu,Sat 20:00-21:00"))

    assert is_silent(follows_its_habit, a_space(some, past=past))


@pytest.mark.parametrize(("waited", "weeks"), [((1, 2, 3), 0), ((2, 3), 1), ((3,), 2), ((), 3)])
def test_what_had_no_place_goes_first_the_more_weeks_it_waits(waited, weeks):
    past = lived("Thu 20:00-21:00", weeks=(1, 2, 3), ritual="tea")
    past += lived("Thu 20:00-21:00", weeks=waited)
    space = a_space(wanted(a_ritual(window="Thu 20:00-21:00")), past=past)

    assert {"Thu": -weeks * WENT_WITHOUT} == by_day(goes_first_after_waiting, space)


def test_more_than_some_weeks_of_waiting_count_no_more():
    past = lived("Thu 20:00-21:00", weeks=range(1, 9), ritual="tea")
    space = a_space(wanted(a_ritual(window="Thu 20:00-21:00")), past=past)

    assert [-WAITS_AT_MOST * WENT_WITHOUT] == list(goes_first_after_waiting(space))


def test_in_a_first_week_nothing_has_waited():
    assert [0] == list(
        goes_first_after_waiting(a_space(wanted(a_ritual(window="Thu 20:00-21:00"))))
    )


def in_turns(asked, weeks, by_hand):
    """Who has the one evening, week after week; what one of them has may be by hand."""
    past, had = (), []
    for number in range(weeks):
        week, around = THIS_WEEK + number, Surroundings(LONG_AGO, past=past)
        (found,) = place(asked, around, a_household(), week).placed
        whose = found.wanted.partner
        had.append(whose)
        fixed = whose == by_hand
        one = an_occurrence(found.span, week=week, partner=whose, kind=Kind.OUT, fixed=fixed)
        past = (*past, one)
    return had


@pytest.mark.parametrize("by_hand", [None, ONE, TWO])
def test_two_who_want_the_same_evening_have_it_in_turns_whatever_their_habits(by_hand):
    ritual = a_ritual(window="Thu 20:00-21:00", kind=Kind.OUT)
    had = in_turns([*wanted(ritual, ONE), *wanted(ritual, TWO)], 8, by_hand)

    assert {ONE, TWO} == set(had[:2])
    assert had[:2] * 4 == had


def test_nobody_waits_for_ever_because_another_evening_is_its_habit():
    used_to = a_ritual("choir", window="Thu,Sat 20:00-21:00", kind=Kind.OUT)
    other = a_ritual("club", window="Sat 20:00-21:00", kind=Kind.OUT)
    past = lived("Thu 20:00-21:00", weeks=(7, 8), ritual="choir", partner=ONE, fixed=True)
    past += lived("Sat 20:00-21:00", weeks=range(1, 7), ritual="club", partner=TWO)
    asked = [*wanted(used_to, ONE), *wanted(other, TWO)]
    thursday = spans("Thu 18:00-23:00")
    around = Surroundings(LONG_AGO, busy={ONE: thursday}, past=past)
    (found,) = place(asked, around, a_household(), THIS_WEEK).placed

    assert ONE == found.wanted.partner


def free_on(**evenings):
    """A household whose partners would rather keep these weekdays' evenings free."""
    keys = {"hers": ONE, "his": TWO}
    free = {keys[whose]: (DAYS.index(day),) for whose, day in evenings.items()}
    return replace(a_household(), usual=Usual(free_evenings=free))


@pytest.mark.parametrize(
    ("partner", "points"),
    [
        (None, {"Mon": EVENING_FREE, "Tue": EVENING_FREE, "Wed": 0}),
        (ONE, {"Mon": EVENING_FREE, "Tue": 0, "Wed": 0}),
        (TWO, {"Mon": 0, "Tue": EVENING_FREE, "Wed": 0}),
    ],
)
def test_an_evening_that_one_of_its_people_keeps_free_stays_free(partner, points):
    kind = Kind.ALONE if partner else Kind.TOGETHER
    some = wanted(a_ritual(window="Mon,Tue,Wed 20:00-21:00", kind=kind), partner)
    space = a_space(some, household=free_on(hers="Mon", his="Tue"))

    assert points == by_day(leaves_evenings_free, space)


@pytest.mark.parametrize(
    "ritual",
    [
        a_ritual(window="Mon 18:00-19:00"),  # over before the evening begins
        a_ritual(window="Mon 20:00-20:10", minutes=10, size=Size.SMALL),
    ],
)
def test_what_takes_no_evening_may_lie_on_one_that_is_kept_free(ritual):
    assert [0] == list(leaves_evenings_free(a_space(wanted(ritual), household=free_on(hers="Mon"))))


def resting(ritual, partner=None, *, children=True):
    """The points for breaks, of a household in which partner one works until 17:00."""
    home = a_household(hours=hours_of("Thu 09:00-17:00"), children=children)
    return by_start(lets_rest_around_work, a_space(wanted(ritual, partner), household=home))


def test_half_an_hour_after_work_is_rest_for_who_worked():
    ritual = a_ritual(window="Thu 17:00-18:00", minutes=30, kind=Kind.ALONE)
    hers, his = (resting(ritual, whose, children=False) for whose in (ONE, TWO))

    assert {"Thu 17:00 30": REST, "Thu 17:15 30": REST // 2, "Thu 17:30 30": 0} == hers
    assert {0} == set(his.values())


@pytest.mark.parametrize(
    ("start", "points"),
    [("17:00", 0), ("17:15", SUPPER // 3), ("17:45", SUPPER), ("18:30", SUPPER // 3), ("18:45", 0)],
)
def test_nothing_lies_in_supper(start, points):
    end = f"{int(start[:2]) + 1}{start[2:]}"
    some = wanted(a_ritual(window=f"Thu {start}-{end}"))

    assert {"Thu": points} == by_day(leaves_supper_to_all, a_space(some))


def test_supper_is_at_its_own_hour():
    some = wanted(a_ritual(window="Thu 18:00-19:00"))
    late = a_household(hours=hours_of(supper="19:00"))

    assert {"Thu": 0} == by_day(leaves_supper_to_all, a_space(some, household=late))


def test_supper_itself_and_a_few_minutes_do_no_harm_and_without_children_nobody_waits():
    supper = a_ritual(window="Thu supper-19:00", minutes=30)
    small = a_ritual(window="Thu 17:00-18:45", minutes=15, size=Size.SMALL)
    usual = a_ritual(window="Thu 18:00-19:00")

    alone = a_household(children=False)

    assert {0} == set(by_start(leaves_supper_to_all, a_space(wanted(supper))).values())
    assert {0} == set(by_start(leaves_supper_to_all, a_space(wanted(small))).values())
    assert [0] == list(leaves_supper_to_all(a_space(wanted(usual), household=alone)))


def ways(ritual, partner=None, *, standing=(), way_home=20, close=False):
    """The points for the way home by clock, the dearest where a place is tried with and without."""
    home = replace(a_household(children=False), usual=Usual(way_home=way_home))
    space = a_space(wanted(ritual, partner), standing=standing, household=home)
    space = replace(space, close={g.key for g in space.groups} if close else ())
    found = {}
    points = list(keeps_the_way_home(space))
    for candidate, some in zip(space.candidates, points, strict=True):
        found.setdefault(clock(space.span(candidate).start), []).append(some)
    return found


OUT = a_ritual(window="Thu 19:30-21:15", kind=Kind.OUT)


def test_a_place_with_time_for_the_way_home_costs_nothing_and_one_without_does():
    assert {0} == {p for some in ways(OUT).values() for p in some}
    assert {(0, HURRIED)} == {tuple(some) for some in ways(OUT, close=True).values()}


def test_nothing_that_stands_is_met_on_the_way():
    talk = [an_occurrence("Thu 21:15-22:00", ritual="tea")]
    late = {"Thu 19:30": [0], "Thu 19:45": [0], "Thu 20:00": [HURRIED], "Thu 20:15": [HURRIED]}

    assert late == ways(OUT, standing=talk)
    assert {0} == {p for some in ways(OUT, ONE, standing=his(talk)).values() for p in some}


def test_who_comes_home_from_what_stands_is_on_the_way_first():
    standing = [an_occurrence("Thu 18:00-19:30", ritual="choir", kind=Kind.OUT)]
    at_home = a_ritual(window="Thu 19:30-21:00", kind=Kind.TOGETHER)
    soon = {"Thu 19:30": [HURRIED], "Thu 19:45": [HURRIED], "Thu 20:00": [0]}

    assert soon == ways(at_home, standing=standing)
    assert {0} == {p for some in ways(at_home, ONE, standing=his(standing)).values() for p in some}


def his(some):
    """The same occurrences as those of partner two alone."""
    return [replace(o, partner=TWO) for o in some]


def test_where_no_way_is_long_none_is_kept():
    talk = [an_occurrence("Thu 21:15-22:00", ritual="tea")]
    before = [an_occurrence("Thu 18:00-19:30", ritual="choir", kind=Kind.OUT)]
    some = ways(OUT, standing=[*talk, *before], way_home=0, close=True)

    assert {(0,)} == {tuple(points) for points in some.values()}


def test_a_morning_on_which_one_may_sleep_in_begins_later():
    some = wanted(a_ritual(window="Fri,Sat,Sun 07:00-08:30"))
    points = by_start(begins_later_on_a_weekend, a_space(some))
    at = {f"{day} {clock} 60": 0 for day in ("Fri",) for clock in ("07:00", "07:15", "07:30")}
    early = {"07:00": 4 * EARLY, "07:15": 3 * EARLY, "07:30": 2 * EARLY}
    weekend = {f"{d} {at} 60": p for d in ("Sat", "Sun") for at, p in early.items()}

    assert at | weekend == points


def test_from_an_hour_and_a_half_after_waking_a_weekend_has_begun():
    some = wanted(a_ritual(window="Sat 08:00-12:00"))
    late = a_household(hours=hours_of(wake="07:00"))

    assert is_silent(begins_later_on_a_weekend, a_space(some))
    assert (
        2 * EARLY
        == by_start(begins_later_on_a_weekend, a_space(some, household=late))["Sat 08:00 60"]
    )


def test_an_evening_for_two_is_not_over_within_the_hour_after_bedtime():
    out = a_ritual(window="Thu 18:00-20:45", minutes=120, size=Size.EVENING, needs=Needs.SITTER)
    later = a_household(hours=hours_of(bedtime="20:00"))
    points = by_start(lets_an_evening_out_be_one, a_space(wanted(out)))

    assert {
        "Thu 18:00 120": ENDS_TOO_SOON,
        "Thu 18:15 120": ENDS_TOO_SOON,
        "Thu 18:30 120": 0,
        "Thu 18:45 120": 0,
    } == points
    assert {ENDS_TOO_SOON} == set(lets_an_evening_out_be_one(a_space(wanted(out), household=later)))


@pytest.mark.parametrize(
    ("bedtime", "soon"), [("21:00", "21:45"), ("21:30", "22:15"), ("22:00", "21:15")]
)
def test_an_evening_begins_with_the_children_s_sleep_and_waits_for_no_teenager(bedtime, soon):
    out = a_ritual(window="Thu 18:00-23:00", minutes=120, size=Size.EVENING, needs=Needs.SITTER)
    space = a_space(wanted(out), household=a_household(hours=hours_of(bedtime=bedtime)))
    space = replace(space, close={space.groups[0].key})  # each quarter of an hour
    over = {
        clock(space.span(c).end)
        for c, points in zip(space.candidates, lets_an_evening_out_be_one(space), strict=True)
        if points
    }

    assert f"Thu {soon}" == max(over)


def test_what_takes_no_whole_evening_or_is_one_s_own_may_end_soon():
    usual = a_ritual(window="Thu 18:00-20:00", minutes=120, needs=Needs.SITTER)
    own = a_ritual(window="Thu 18:00-20:00", minutes=120, kind=Kind.OUT, size=Size.EVENING)

    assert [0] == list(lets_an_evening_out_be_one(a_space(wanted(usual))))
    assert [0] == list(lets_an_evening_out_be_one(a_space(wanted(own, ONE))))


@pytest.mark.parametrize(
    ("work", "school", "before_a_morning_off"),
    [
        ("Mon-Fri 09:00-17:00", "", {"Fri", "Sat"}),
        ("Wed 09:00-12:00; Fri 13:00-19:00", "", {"Mon", "Wed", "Thu", "Fri", "Sat", "Sun"}),
        ("", "Mon-Fri 08:00-13:00", {"Fri", "Sat"}),
    ],
)
def test_an_evening_for_two_is_rather_before_a_morning_off(work, school, before_a_morning_off):
    home = a_household(hours=hours_of(his_work=work, away=school))
    date = a_ritual(window="daily 20:00-21:00", size=Size.EVENING)
    points = by_day(keeps_evenings_before_a_morning_off, a_space(wanted(date), household=home))

    assert before_a_morning_off == {day for day, p in points.items() if not p}
    assert BEFORE_WORK == max(points.values())


def test_what_is_no_evening_for_two_may_come_before_work():
    home = a_household(hours=hours_of("Mon-Fri 09:00-17:00"))
    talk = a_ritual(window="daily 20:00-21:00")
    club = a_ritual(window="daily 20:00-21:00", kind=Kind.OUT, size=Size.EVENING)

    assert is_silent(keeps_evenings_before_a_morning_off, a_space(wanted(talk), household=home))
    assert is_silent(
        keeps_evenings_before_a_morning_off, a_space(wanted(club, ONE), household=home)
    )


def with_their_grandparents():
    """A household whose children are elsewhere from Saturday noon to Sunday at seven."""
    away = Difference(
        "",
        What.CHILDREN_AWAY,
        SATURDAY,
        SATURDAY + timedelta(days=1),
        LONG_AGO,
        start=time(12),
        end=time(19),
        nights=True,
    )
    return replace(a_household(), differences=(away,))


def test_somebody_who_comes_home_from_elsewhere_finds_both_there():
    date = a_ritual(window="Sat,Sun 19:30-20:30")
    game = a_ritual(window="Sun 19:30-20:30", needs=Needs.CHILDREN)
    home = with_their_grandparents()
    points = by_day(is_there_when_the_children_come, a_space(wanted(date), household=home))

    assert {"Sat": 0, "Sun": CHILDREN_COME} == points
    assert is_silent(is_there_when_the_children_come, a_space(wanted(date)))
    assert is_silent(is_there_when_the_children_come, a_space(wanted(game), household=home))


@pytest.mark.parametrize(
    ("work", "whose", "points"),
    [
        ("Tue 14:00-22:00", None, {"Tue": AFTER_LATE_WORK, "Thu": 0}),
        ("Tue 14:00-20:00", None, {"Tue": 0, "Thu": 0}),
        ("Tue 14:00-22:00", TWO, {"Tue": 0, "Thu": 0}),  # it is not the one who comes home late
        ("Tue 14:00-22:00", ONE, {"Tue": 0, "Thu": 0}),  # an hour alone at home
    ],
)
def test_once_work_ended_late_nothing_is_for_the_two_of_them(work, whose, points):
    home = a_household(hours=hours_of(work, sleep="23:30"))
    space = a_space(wanted(a_ritual(window="Tue,Thu 22:15-23:15"), whose), household=home)

    assert points == by_day(lets_late_work_end_the_day, space)


@pytest.mark.parametrize(
    ("size", "leaves", "points"), [(Size.SMALL, False, 0), (Size.USUAL, True, AFTER_LATE_WORK)]
)
def test_once_work_ended_late_a_few_minutes_do_no_harm_and_going_out_does(size, leaves, points):
    home = a_household(hours=hours_of("Tue 14:00-22:00", sleep="23:30"))
    out = a_ritual(window="Tue 22:15-23:15", size=size, leaves=leaves)
    space = a_space(wanted(out, ONE if leaves else None), household=home)

    assert {points} == set(by_start(lets_late_work_end_the_day, space).values())


@pytest.mark.parametrize(
    ("window", "points"), [("Fri 17:00-19:00", 0), ("Fri 18:00-20:00", AFTER_NIGHT)]
)
def test_an_evening_ends_three_hours_before_a_night_at_work(window, points):
    home = a_household(hours=hours_of("Fri 22:00-06:00"))
    space = a_space(wanted(a_ritual(window=window, minutes=120)), household=home)

    assert [points] == list(lets_sleep_after_a_night_shift(space))


@pytest.mark.parametrize(
    ("window", "kind", "points"),
    [
        ("Sat 08:30-09:30", Kind.OUT, AFTER_NIGHT),
        ("Sat 14:00-15:00", Kind.OUT, 0),
        ("Sat 08:30-09:30", Kind.SOLO, 0),
    ],
)
def test_the_children_are_not_left_with_who_comes_from_a_night_at_work(window, kind, points):
    """The other one worked until six."""
    home = a_household(hours=hours_of("Fri 22:00-06:00"))
    space = a_space(wanted(a_ritual(window=window, minutes=60, kind=kind), TWO), household=home)

    assert {points} == set(lets_sleep_after_a_night_shift(space))


def test_what_could_lie_later_leaves_supper_to_all():
    game = a_ritual(window="Thu 18:00-19:30", kind=Kind.SOLO, minutes=45)
    (placed,) = place(wanted(game, ONE), Surroundings(LONG_AGO), a_household(), THIS_WEEK).placed

    assert a_span("Thu 18:45-19:30") == placed.span


@pytest.mark.parametrize(("window", "points"), [("Thu 20:00-20:05", ON_A_TRIP), ("Fri", 0)])
def test_a_few_minutes_lie_rather_not_on_a_trip(window, points):
    trip = Difference(
        "trip",
        What.AWAY,
        THIS_WEEK.monday + timedelta(days=3),
        THIS_WEEK.monday + timedelta(days=3),
        LONG_AGO,
        ONE,
        nights=True,
    )
    home = replace(a_household(), differences=(trip,))
    act = a_ritual(
        window=window if ":" in window else "Fri 20:00-20:05",
        minutes=5,
        size=Size.SMALL,
        takes_part=TakesPart.EITHER,
    )
    space = a_space(wanted(act, ONE), household=home)

    assert [points] == list(lets_rest_around_work(space))


def test_an_evening_without_the_children_is_one_with_a_sitter():
    home = a_household(hours=hours_of(away="Thu 08:00-23:00"))
    out = a_ritual(window="Wed,Thu 19:30-21:30", minutes=120, needs=Needs.SITTER)
    space = a_space(wanted(out), household=home)

    assert {"Wed": 0, "Thu": -WITH_SITTER} == by_day(prefers_a_sitter_s_hours, space)


def test_the_way_home_is_no_time_to_sleep():
    home = a_household(hours=hours_of(sleep="22:00"))
    late = a_space(wanted(a_ritual(window="Thu 20:30-22:00", kind=Kind.OUT), ONE), household=home)

    assert {"Thu 20:30 60": 0, "Thu 20:45 60": HURRIED, "Thu 21:00 60": HURRIED} == by_start(
        keeps_the_way_home, late
    )


def test_who_is_still_on_the_way_has_nobody_with_the_children():
    home = a_household(hours=hours_of(his_work="Thu 22:00-06:00", sleep="23:30"))
    out = a_ritual(window="Thu 20:00-22:00", minutes=120, kind=Kind.OUT)

    assert [HURRIED] == list(keeps_the_way_home(a_space(wanted(out, ONE), household=home)))


@pytest.mark.parametrize(
    ("at", "minutes", "points"),
    [("21:30", 60, 0), ("21:45", 60, LATE_FOR_TWO), ("21:45", 20, 0)],
)
def test_what_is_long_for_two_begins_before_the_evening_is_over(at, minutes, points):
    ritual = a_ritual(window=f"Thu {at}-23:00", minutes=minutes)
    home = a_household(hours=hours_of(sleep="23:30"))
    space = a_space(wanted(ritual), household=home)

    assert points == next(iter(begins_before_it_is_late(space)))


def test_an_evening_that_is_over_when_the_children_come_home_to_bed_is_none_without_them():
    home = a_household(hours=hours_of(away="Wed,Thu 08:00-20:00", bedtime="20:00"))
    out = a_ritual(
        window="Wed 18:00-20:00; Thu 19:30-21:30",
        minutes=120,
        size=Size.EVENING,
        needs=Needs.SITTER,
    )
    away = a_space(wanted(out), household=home)
    looked_after = a_space(wanted(out), household=home, sitter=spans("Wed 18:00-20:30"))

    assert {0} == set(prefers_a_sitter_s_hours(away))
    assert {"Wed": -WITH_SITTER, "Thu": 0} == by_day(prefers_a_sitter_s_hours, looked_after)
