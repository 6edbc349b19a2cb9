"""What the week's grid hands to the browser, and what it reads from it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from pages.session import grid_moves
from pages.ui.grid import shape as grid_shape
from pages.ui.grid import week_grid
from pages.ui.grid.hour_scale import hour_scale
from pages.ui.grid.shape import About
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Season
from rituals.model.ritual import Size
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Span
from rituals.model.usual import Usual
from rituals.planning import changes
from tests.support.notation import (
    AUTUMN,
    SPRING,
    WEEK,
    a_household,
    a_plan,
    a_span,
    an_instant,
    an_occurrence,
    hours_of,
    spans,
)

HOME = a_household()
EVENINGS = hours_of(wake="07:00", sleep="22:30")


def shape(*occurrences, household=HOME, week=WEEK, busy=None, **more):
    plan = a_plan(*occurrences, week=week, **{k: more.pop(k) for k in ("season",) if k in more})
    scale = grid_shape.scale(plan, household, busy or {}, None)
    return grid_shape.shape(plan, household, scale, busy or {}, more.pop("about", {}))


def items(shaped):
    """Each item with the day it is drawn on."""
    return [(day["name"][:3], item) for day in shaped["days"] for item in day["items"]]


def only(shaped):
    [found] = items(shaped)
    return found


def lies(shaped, *keys):
    return [(day, *(item[key] for key in keys)) for day, item in items(shaped)]


def test_an_occurrence_is_on_its_day_by_its_clock():
    shaped = shape(an_occurrence("Thu 20:00-21:00"))

    assert [("Thu", 1200, 60, "20:00", "21:00")] == lies(shaped, "start", "minutes", "from", "to")
    assert "Thursday 26 November" == shaped["days"][3]["label"]


def test_both_with_the_children_are_all_of_us_and_have_a_tone_of_their_own():
    both = an_occurrence("Sun 09:00-10:00", with_children=True)
    _, pancakes = only(shape(both))
    _, without_children = only(shape(both, household=a_household(children=False)))
    _, talk = only(shape(an_occurrence("Thu 20:00-21:00")))

    assert ("lw-all-of-us", "All", "all of us") == told_of(pancakes)
    assert [("lw-together", "", "both of you")] * 2 == [*map(told_of, (without_children, talk))]
    assert pancakes["about"].startswith("Late talk · all of us")


def test_hours_that_are_over_are_told_to_the_quarter_so_that_none_is_offered():
    shaped = shape()
    grid_shape.show_over(shaped, an_instant("Tue 10:05"), HOME)
    of_days = [day["over"] for day in shaped["days"]]

    assert [10 * 60 + 15, 0, 0, 0, 0, 0] == of_days[1:]
    assert 24 * 60 < of_days[0]


def told_of(item):
    return tuple(item[key] for key in ("look", "whose", "spoken"))


def test_the_days_begin_with_the_households_own():
    shaped = shape(household=a_household(week_starts=6))

    assert ["2026-11-22", "2026-11-28"] == [shaped["days"][n]["date"] for n in (0, 6)]


def test_what_ends_past_midnight_is_drawn_past_24_on_its_own_day():
    shaped = shape(an_occurrence("Fri 23:00-00:30"))
    day, item = only(shaped)

    assert ("Fri", [1380, 1470], "00:30") == (day, item["place"][:2], item["to"])
    assert 25 * 60 == shaped["last"]


def test_what_begins_before_the_household_wakes_is_shown():
    assert 5 * 60 == shape(an_occurrence("Mon 05:30-06:00"))["first"]


def test_the_hours_shown_are_those_awake():
    shaped = shape(household=a_household(hours=EVENINGS))

    assert (7 * 60, 23 * 60) == (shaped["first"], shaped["last"])


@pytest.mark.parametrize(
    ("week", "when", "start", "minutes", "to"),
    [
        (SPRING, "Sun 01:30-03:30", 90, 60, "03:30"),
        (SPRING, "Sun 20:00-21:00", 1200, 60, "21:00"),
        (AUTUMN, "Sun 01:30-03:30", 90, 180, "03:30"),
        (AUTUMN, "Sun 20:00-21:00", 1200, 60, "21:00"),
    ],
)
def test_on_a_day_of_summer_time_clocks_are_local_and_minutes_real(week, when, start, minutes, to):
    shaped = shape(an_occurrence(when, week=week), week=week)

    assert [("Sun", start, minutes, to)] == lies(shaped, "start", "minutes", "to")


@pytest.mark.parametrize("week", [WEEK, SPRING, AUTUMN])
def test_a_move_comes_back_as_the_instant_of_that_clock(week):
    sunday = a_span("Sun 19:45-20:45", week)
    day = sunday.start.date()
    told = {"id": "x", "mark": "1", "what": "move", "start": f"{day}T19:45", "minutes": 60}

    assert week_grid.Changed("x", "move", sunday.start, 60) == week_grid.read(told, HOME)


def test_a_move_into_the_hour_that_summer_time_skips_lies_after_it():
    told = {"id": "x", "what": "move", "start": "2026-03-29T02:30", "minutes": 30}

    assert an_instant("Sun 03:30", SPRING) == week_grid.read(told, HOME).start


@pytest.mark.parametrize("what", week_grid.GESTURES)
def test_what_is_not_moved_has_no_hour(what):
    assert week_grid.Changed("x", what) == week_grid.read({"id": "x", "what": what}, HOME)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"id": "x", "what": "burn"},
        {"id": 5, "what": "pin"},
        {"id": "x", "what": "move", "start": None, "minutes": 60},
        {"id": "x", "what": "move", "start": "2026-11-26T20:00", "minutes": "60"},
    ],
)
def test_what_no_hand_does_is_not_read(told):
    assert week_grid.read(told, HOME) is None


def test_two_people_at_the_same_time_lie_side_by_side():
    hers = an_occurrence("Sat 09:00-11:00", partner=ONE, kind=Kind.ALONE)
    his = an_occurrence("Sat 10:00-12:00", partner=TWO, kind=Kind.SOLO)
    shaped = shape(hers, his)

    assert [
        ("Sat", ONE, [540, 660, 0, 50]),
        ("Sat", TWO, [600, 720, 50, 50]),
    ] == lies(shaped, "who", "place")


def test_beside_nobody_there_is_more_room_and_both_have_all_of_it():
    shaped = shape(
        an_occurrence("Fri 20:00-21:00", partner=TWO, kind=Kind.OUT),
        an_occurrence("Sat 20:00-21:00"),
    )

    assert [[1200, 1260, 12, 88], [1200, 1260, 0, 100]] == [i["place"] for _, i in items(shaped)]


def test_small_moments_get_a_line_each_and_none_hides_another():
    first = an_occurrence("Mon 07:00-07:05", ritual="a", size=Size.SMALL)
    second = an_occurrence("Mon 07:10-07:15", ritual="b", size=Size.SMALL)
    shaped = shape(first, second)

    scale = hour_scale(shaped["first"], shaped["last"], [(420, 425), (430, 435)], [])
    line = scale.a_line_below(420)
    assert [[420, line], [line, scale.a_line_below(line)]] == [
        item["place"][:2] for _, item in items(shaped)
    ]
    assert [True, True] == [item["small"] for _, item in items(shaped)]


def test_what_lies_over_another_of_the_same_people_is_drawn_at_its_own_hour():
    date = an_occurrence("Thu 18:30-20:30", ritual="date")
    jazz = an_occurrence("Thu 19:00-20:00", ritual=None, title="Jazz cellar")
    shaped = shape(date, jazz)

    assert [[1110, 1230, 0, 100], [1140, 1200, 40, 60]] == [i["place"] for _, i in items(shaped)]
    assert ["lw-together", "lw-together lw-over"] == [i["look"] for _, i in items(shaped)]


def test_what_is_let_go_or_rests_is_not_drawn():
    gone = an_occurrence("Mon 20:00-21:00", let_go=True)

    assert [] == items(shape(gone))
    assert [] == items(shape(an_occurrence(), season=Season.GRACE))


def test_an_item_knows_its_reason_its_lengths_and_whose_it_is():
    hers = an_occurrence(partner=ONE, kind=Kind.ALONE, fixed=True, way="In the bath")
    _, item = only(
        shape(hers, about={hers.id: About("The only free hour.", 30, 90)}),
    )

    expected = {"who": ONE, "named": "Maya: Late talk", "fixed": True, "way": "In the bath"}
    expected |= {"why": "The only free hour.", "least": 30, "most": 90}
    assert expected == {key: item[key] for key in expected}


def test_what_is_longer_than_its_ritual_may_stay_so():
    long = an_occurrence("Thu 18:00-21:00")
    _, item = only(shape(long, about={long.id: About("", 30, 90)}))

    assert (30, 180) == (item["least"], item["most"])


def test_work_and_what_a_calendar_holds_are_told_apart():
    household = a_household(hours=hours_of("Mon 09:00-17:00"))
    shaped = shape(household=household, busy={TWO: spans("Mon 10:00-11:00")})
    monday = shaped["days"][0]

    assert [{"who": ONE, "place": [540, 1020, 0, 50]}] == monday["work"]
    assert [{"who": TWO, "place": [600, 660, 50, 50]}] == monday["busy"]
    assert "Jonas is busy 10:00 to 11:00." == monday["note"]
    assert [] == shaped["days"][1]["busy"]


def test_what_makes_a_week_another_one_is_drawn_and_named():
    told = datetime(2026, 11, 1, tzinfo=UTC)
    tuesday = WEEK.monday + timedelta(days=1)
    trip = Difference("1", What.AWAY, tuesday, tuesday + timedelta(days=2), told, TWO, nights=True)
    sitter = Difference("2", What.SITTER, tuesday, tuesday, told, start=time(19), end=time(23))
    days = shape(household=replace(a_household(), differences=(trip, sitter)))["days"]

    assert [
        {"row": 0, "text": "Jonas away", "days": 3},
        {"row": 1, "text": "Sitter 19:00–23:00", "days": 1},
    ] == sorted(days[1]["bands"], key=lambda band: band["row"], reverse=False)
    assert [[], []] == [days[0]["bands"], days[2]["bands"]]
    assert ["lw-away"] == [one["as"] for one in days[2]["busy"]]
    assert [1140, 1380, 0, 100] == next(
        one["place"] for one in days[1]["work"] if one.get("as") == "lw-sitter"
    )
    assert days[2]["note"].startswith("Jonas away.")


def test_sleep_after_a_night_shift_is_drawn_and_named():
    sleep = Recurrence.read("2026-11-24T08:00/2026-11-24T14:00 FREQ=WEEKLY;INTERVAL=1")
    household = a_household(hours=hours_of("Mon 22:00-06:00"))
    shaped = shape(household=replace(household, usual=Usual(asleep={ONE: (sleep,)})))

    assert [{"as": "lw-asleep", "place": [480, 840, 0, 50], "who": ONE}] == shaped["days"][1][
        "busy"
    ]
    assert "Sprinkled: asleep by day" in shaped["key"]


def test_what_runs_over_midnight_is_on_both_days():
    shaped = shape(busy={ONE: spans("Mon 22:00-08:00")}, household=a_household())

    assert [[[1320, 1380]], [[360, 480]]] == [
        [one["place"][:2] for one in shaped["days"][n]["busy"]] for n in (0, 1)
    ]
    assert "Maya is busy 22:00 to 00:00." == shaped["days"][0]["note"]
    assert "Maya is busy 00:00 to 08:00." == shaped["days"][1]["note"]


def test_each_partner_s_work_is_drawn():
    hours = hours_of(work="Mon 09:00-17:00", his_work="Mon 10:00-18:00")
    monday = shape(household=a_household(hours=hours))["days"][0]

    assert [(ONE, 540, 1020), (TWO, 600, 1080)] == [
        (one["who"], *one["place"][:2]) for one in monday["work"]
    ]


def test_a_night_of_work_before_the_week_reaches_into_it():
    household = a_household(hours=hours_of("Sun 22:00-08:00"))
    monday = shape(household=household)["days"][0]

    assert [[360, 480]] == [one["place"][:2] for one in monday["work"]]


def test_the_children_are_home_between_waking_and_bed_unless_they_are_away():
    household = a_household(hours=hours_of(away="Mon 08:00-16:00", wake="06:30", bedtime="19:30"))
    shaped = shape(household=household)

    assert [[390, 480], [960, 1170]] == shaped["days"][0]["home"]
    assert [[390, 1170]] == shaped["days"][5]["home"]


def test_without_children_nothing_is_said_of_them():
    shaped = shape(household=a_household(children=False))

    assert [[]] * 7 == [day["home"] for day in shaped["days"]]
    assert "children" not in shaped["key"]


def test_the_key_names_only_what_is_there():
    bare = a_household(children=False)

    assert "" == shape(household=bare)["key"]
    assert (
        "Framed: busy in a calendar"
        == shape(household=bare, busy={ONE: spans("Mon 10:00-11:00")})["key"]
    )


def test_all_of_it_can_be_written_as_json():
    shaped = shape(an_occurrence(), busy={ONE: spans("Mon 10:00-11:00")})

    assert shaped == json.loads(json.dumps(shaped))


def refusal(plan, span, busy=None):
    return grid_moves.refusal(plan, plan.occurrences[0], span, HOME, busy or {})


def test_where_something_lies_already_a_move_is_refused_with_its_name_and_hour():
    plan = a_plan(
        an_occurrence("Mon 20:00-21:00", ritual="late-talk"),
        an_occurrence("Fri 19:45-21:00", ritual="date", title="Date at home"),
    )

    assert "Date at home is there already, from Friday 19:45." == refusal(
        plan, a_span("Fri 20:30-21:30")
    )
    assert "" == refusal(plan, a_span("Fri 21:00-22:00"))


def test_time_taken_in_a_calendar_is_refused_to_whoever_takes_part():
    busy = {ONE: spans("Fri 20:00-22:00")}
    together, his = an_occurrence("Mon 20:00-21:00"), an_occurrence("Mon 20:00-21:00", partner=TWO)
    friday = a_span("Fri 19:30-20:30")

    assert "Maya’s Friday 20:00 is taken." == refusal(a_plan(together), friday, busy)
    assert "" == refusal(a_plan(his), friday, busy)


def test_small_moments_find_room_anywhere():
    kiss = an_occurrence("Mon 20:00-20:05", ritual="kiss", size=Size.SMALL)
    plan = a_plan(kiss, an_occurrence("Fri 20:00-21:00"))

    assert "" == refusal(plan, a_span("Fri 20:00-20:05"), {ONE: spans("Fri 20:00-21:00")})


def test_fixing_leaves_an_occurrence_where_it_lies_by_now():
    lying = an_occurrence("Thu 20:00-21:00")
    moved = changes.move(a_plan(lying), lying.id, a_span("Fri 20:00-21:00"), False, lying.changed)
    fixed = grid_moves.with_fixed(moved, lying.id, True, lying.changed).occurrences[0]

    assert (a_span("Fri 20:00-21:00"), True) == (Span(fixed.start, fixed.end), fixed.fixed)


def test_what_is_gone_cannot_be_fixed_and_changes_nothing():
    plan = a_plan(an_occurrence())

    assert plan == grid_moves.with_fixed(plan, "gone", True, an_instant("Mon 09:00"))


def test_what_travels_with_every_message_only_loads_the_script():
    assert 250 > len(week_grid.SCRIPT)
    assert "/app/scripts/week_grid.js" in week_grid.SCRIPT


def test_a_proposal_looks_like_one_and_the_key_says_so():
    drawn = shape(an_occurrence("Thu 20:00-21:00"), an_occurrence("Fri 20:00-21:00", number=2))
    grid_shape.propose(drawn, {f"{WEEK}/late-talk/both/2"})

    assert [("Thu", "lw-together"), ("Fri", "lw-together lw-open")] == lies(drawn, "look")
    assert drawn["key"].endswith("A dashed edge: not both of you have said yes yet")


def test_what_waits_for_a_sitter_has_a_dashed_outline_and_it_is_said():
    drawn = shape(an_occurrence("Thu 20:00-21:00"), an_occurrence("Fri 20:00-21:00", number=2))
    grid_shape.show_waiting(drawn, {f"{WEEK}/late-talk/both/2"})

    assert [("Thu", "lw-together"), ("Fri", "lw-together lw-waits")] == lies(drawn, "look")
    assert ("Fri", "both of you, open until a sitter is found") == lies(drawn, "spoken")[1]
    assert drawn["key"].endswith("A dashed outline: open until a sitter is found")


def test_what_one_asks_to_keep_free_is_drawn_over_both_and_said():
    day = {"date": "2026-11-26", "note": "", "busy": []}
    asked = [(a_span("Thu 17:00-00:00"), "From Maya: keep Thursday evening free")]
    grid_shape.cover(day, asked, (6 * 60, 23 * 60), a_household())

    drawn = {"as": "lw-cover", "place": [17 * 60, 23 * 60, 0, 100], "title": asked[0][1]}
    assert [drawn] == day["busy"]
    assert "From Maya: keep Thursday evening free." == day["note"]


def test_other_days_know_nothing_of_it():
    day = {"date": "2026-11-25", "note": "Jonas is busy.", "busy": []}
    asked = [(a_span("Thu 17:00-00:00"), "From Maya: keep Thursday evening free")]
    grid_shape.cover(day, asked, (6 * 60, 23 * 60), a_household())

    assert ([], "Jonas is busy.") == (day["busy"], day["note"])


@pytest.mark.parametrize(
    ("partner", "met", "place"),
    [
        (None, {ONE}, [28, 72]),
        (None, {TWO}, [0, 72]),
        (None, {ONE, TWO}, [28, 44]),
        (ONE, {ONE}, [28, 60]),
        (TWO, {TWO}, [12, 60]),
        (None, set(), [0, 100]),
    ],
)
def test_a_block_leaves_a_strip_of_what_it_meets(partner, met, place):
    talk = an_occurrence("Thu 20:00-21:00", partner=partner)
    _, item = only(shape(talk, about={talk.id: About(met=met)}))

    assert place == item["place"][2:]


def test_beside_another_block_the_strip_is_narrower():
    hers, his = (an_occurrence("Thu 20:00-21:00", partner=p, ritual=p) for p in (ONE, TWO))
    shaped = shape(hers, his, about={hers.id: About(met={ONE}), his.id: About(met={TWO})})

    assert [[9, 41], [50, 41]] == [item["place"][2:] for _, item in items(shaped)]
