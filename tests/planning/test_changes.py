from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model import totals
from rituals.model.calendar import RemoteEvent
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Choice, Hope, Said, Season, clash, most_times, standing, times
from rituals.model.ritual import Needs, Size
from rituals.model.time.span import Span, Spans
from rituals.planning import changes, review, scheduling
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    an_instant,
    an_occurrence,
)

HOME = a_household()
SUNDAY = an_instant("Sun 21:00", WEEK - 1)
MONDAY = an_instant("Mon 12:00")
WEDNESDAY = an_instant("Wed 12:00")
TOGETHER = Strand(Kind.TOGETHER)
HER_OUT = Strand(Kind.OUT, ONE)
RITUALS = {
    ritual.id: ritual
    for ritual in (
        a_ritual("late-talk", window="daily 20:00-22:30", minutes=(45, 120)),
        a_ritual("quiet-hour", window="daily 19:00-22:00", minutes=60, kind=Kind.ALONE),
        a_ritual("send-off", window="Mon-Fri 06:30-09:00", minutes=5, size=Size.SMALL),
        a_ritual("moonwalk", window="Thu 03:00-03:30", minutes=90),
    )
}
TALK = an_occurrence("Tue 20:00-21:00", ritual="late-talk")


def a_life(household=HOME, rituals=RITUALS, **around):
    return PlanningContext(household, rituals, **around)


def laid(plan, now=SUNDAY, **life):
    return scheduling.scheduled(plan, a_life(**life), now)


def without(plan, now=SUNDAY, **life):
    """The rituals that the plan, once laid, has no place for."""
    left = scheduling.unplaced(laid(plan, now, **life), a_life(**life), now)
    return [unplaced.wanted.ritual.id for unplaced in left]


def chosen(*choices, now=SUNDAY):
    """A plan with these choices, (ritual, partner, times) each, in their slots."""
    return laid(a_plan(choices=tuple(Choice(*c) for c in choices)), now)


def only(plan):
    (occurrence,) = plan.occurrences
    return occurrence


def ids(occurrences):
    return [o.id for o in occurrences]


# -- how a week begins


@pytest.mark.parametrize("children", [True, False])
def test_a_first_plan_hopes_for_every_strand_and_chooses_nothing(children):
    household = a_household(children=children)
    plan = changes.first_plan(WEEK, household)

    assert set(household.strands()) == set(plan.hopes)
    assert all(hope.by_hand is None for hope in plan.hopes.values())
    assert (WEEK, Season.USUAL, (), ()) == (plan.week, plan.season, plan.choices, plan.occurrences)


@pytest.mark.parametrize("season", [Season.CALM, Season.USUAL])
def test_what_a_whole_week_hoped_by_hand_becomes_the_usual(season):
    last = a_plan(season=season, hopes={TOGETHER: Hope(300, by_hand=420)})

    assert Hope(420) == changes.carried_over(last, WEEK + 1, HOME).hopes[TOGETHER]


@pytest.mark.parametrize("season", [Season.HARD, Season.GRACE])
def test_what_a_hard_week_hoped_leaves_the_usual_as_it_was(season):
    last = a_plan(season=season, hopes={TOGETHER: Hope(300, by_hand=60)})

    assert Hope(300) == changes.carried_over(last, WEEK + 1, HOME).hopes[TOGETHER]


@pytest.mark.parametrize("season", Season)
def test_the_usual_is_carried_over_where_nothing_was_set(season):
    last = a_plan(season=season, hopes={TOGETHER: Hope(390)})

    assert Hope(390) == changes.carried_over(last, WEEK + 1, HOME).hopes[TOGETHER]


def test_a_week_by_hand_at_nothing_is_carried_over_as_nothing():
    last = a_plan(hopes={HER_OUT: Hope(120, by_hand=0)})

    assert Hope(0) == changes.carried_over(last, WEEK + 1, HOME).hopes[HER_OUT]


@pytest.mark.parametrize("season", Season)
def test_each_new_week_is_a_usual_one(season):
    assert Season.USUAL is changes.carried_over(a_plan(season=season), WEEK + 1, HOME).season


def test_choices_are_carried_over_and_occurrences_are_not():
    choices = (Choice("late-talk", None, 2), Choice("quiet-hour", ONE, 1))
    new = changes.carried_over(a_plan(TALK, choices=choices), WEEK + 3, HOME)

    assert (WEEK + 3, choices, ()) == (new.week, new.choices, new.occurrences)


def test_a_strand_that_is_new_to_the_household_begins_gently():
    last = changes.first_plan(WEEK, a_household(children=False))
    new = changes.carried_over(last, WEEK + 1, a_household(children=True))

    assert changes.first_plan(WEEK, HOME).hopes == new.hopes


def test_a_strand_the_household_no_longer_has_is_left_behind():
    new = changes.carried_over(
        changes.first_plan(WEEK, HOME), WEEK + 1, a_household(children=False)
    )

    assert set(a_household(children=False).strands()) == set(new.hopes)


def test_a_week_begins_empty_where_none_was_before():
    assert changes.first_plan(WEEK, HOME) == scheduling.starting_plan(None, WEEK, a_life(), SUNDAY)


def test_a_week_begins_with_last_week_s_rituals_in_their_slots():
    last = a_plan(choices=(Choice("late-talk", None, 2), Choice("quiet-hour", TWO, 1)))
    new = scheduling.starting_plan(last, WEEK + 1, a_life(), SUNDAY)

    assert ["late-talk", "late-talk", "quiet-hour"] == sorted(o.ritual for o in new.occurrences)
    assert last.choices == new.choices


# -- hopes and seasons


def test_by_hand_is_what_is_hoped_in_every_season():
    plan = a_plan(hopes={TOGETHER: Hope(300, by_hand=210)})

    assert {210} == {totals.hoped(changes.in_season(plan, season), TOGETHER) for season in Season}


@pytest.mark.parametrize(
    ("season", "minutes"),
    [(Season.CALM, 390), (Season.USUAL, 300), (Season.HARD, 150), (Season.GRACE, 0)],
)
def test_a_season_measures_what_is_usual(season, minutes):
    plan = a_plan(season=season, hopes={TOGETHER: Hope(300)})

    assert minutes == pytest.approx(totals.hoped(plan, TOGETHER), abs=30)
    assert 0 == totals.hoped(plan, TOGETHER) % 30


@pytest.mark.parametrize("season", Season)
def test_nothing_usual_is_nothing_hoped(season):
    assert 0 == totals.hoped(a_plan(season=season, hopes={TOGETHER: Hope(0)}), TOGETHER)


@given(st.integers(0, 40).map(lambda n: n * 30))
def test_a_usual_week_hopes_for_the_usual(usual):
    assert usual == totals.hoped(a_plan(hopes={TOGETHER: Hope(usual)}), TOGETHER)


def test_no_season_asks_for_more_than_a_slider_holds():
    plan = a_plan(season=Season.CALM, hopes={TOGETHER: Hope(totals.MOST_HOPED)})

    assert totals.MOST_HOPED == totals.hoped(plan, TOGETHER)


@given(st.integers(0, 40).map(lambda n: n * 30))
def test_a_harder_season_never_asks_for_more(usual):
    asked = [
        totals.hoped(a_plan(season=season, hopes={TOGETHER: Hope(usual)}), TOGETHER)
        for season in (Season.GRACE, Season.HARD, Season.USUAL, Season.CALM)
    ]

    assert sorted(asked) == asked


def test_a_strand_gained_in_the_middle_of_a_week_is_hoped_for_gently():
    plan = changes.first_plan(WEEK, a_household(children=False))
    solo = Strand(Kind.SOLO, ONE)

    assert totals.hoped(changes.first_plan(WEEK, HOME), solo) == totals.hoped(plan, solo)
    assert 90 == totals.hoped(changes.with_hope(plan, solo, 90), solo)


@pytest.mark.parametrize(
    ("minutes", "kept"), [(0, 0), (210, 210), (-30, 0), (totals.MOST_HOPED + 30, totals.MOST_HOPED)]
)
def test_what_is_hoped_by_hand_stays_on_the_slider(minutes, kept):
    plan = changes.with_hope(
        a_plan(hopes={TOGETHER: Hope(300), HER_OUT: Hope(120)}), TOGETHER, minutes
    )

    assert {TOGETHER: Hope(300, by_hand=kept), HER_OUT: Hope(120)} == plan.hopes


@given(st.lists(st.sampled_from(Season), max_size=5), st.integers(0, 1200))
def test_a_season_never_touches_what_was_set_by_hand(seasons, by_hand):
    plan = a_plan(TALK, hopes={TOGETHER: Hope(300, by_hand), HER_OUT: Hope(120)})
    changed = plan
    for season in seasons:
        changed = changes.in_season(changed, season)

    assert plan == changes.in_season(changed, plan.season)
    assert (seasons or [plan.season])[-1] is changed.season


# -- what stands, what is planned


def test_what_is_let_go_or_just_happened_does_not_stand():
    gone = an_occurrence("Wed 20:00-21:00", number=2, let_go=True)
    chance = an_occurrence("Fri 20:00-21:00", ritual=None, spontaneous=True)

    assert (TALK,) == standing(a_plan(TALK, gone, chance))


def test_an_empty_plan_asks_nothing():
    assert (0, 0, ()) == (
        totals.minutes_in_all(a_plan()),
        totals.planned(a_plan(), TOGETHER, HOME),
        standing(a_plan()),
    )


def test_planned_minutes_are_those_of_the_strand():
    hers = an_occurrence("Wed 19:00-22:00", ritual="x", kind=Kind.OUT, partner=ONE)
    his = an_occurrence("Fri 19:00-21:00", ritual="x", kind=Kind.OUT, partner=TWO)
    gone = an_occurrence("Sat 19:00-21:00", ritual="y", kind=Kind.OUT, partner=ONE, let_go=True)
    plan = a_plan(TALK, hers, his, gone)

    assert (60, 180) == tuple(totals.planned(plan, s, HOME) for s in (TOGETHER, HER_OUT))


def test_a_week_asks_the_minutes_of_all_and_those_of_both_once():
    hers = an_occurrence("Wed 19:00-22:00", ritual="x", kind=Kind.OUT, partner=ONE)

    assert 60 + 180 == totals.minutes_in_all(a_plan(TALK, hers))


def test_grace_pauses_everything_and_gives_it_back():
    plan = a_plan(TALK, hopes={TOGETHER: Hope(300)})
    paused = changes.in_season(plan, Season.GRACE)

    assert (0, 0, 0) == (
        totals.hoped(paused, TOGETHER),
        totals.planned(paused, TOGETHER, HOME),
        totals.minutes_in_all(paused),
    )
    assert () == standing(paused)
    assert plan == changes.in_season(paused, Season.USUAL)


def test_what_is_done_in_a_grace_week_leaves_all_that_lay():
    plan = chosen(("late-talk", None, 2), ("quiet-hour", ONE, 1))
    paused = laid(changes.in_season(plan, Season.GRACE), MONDAY)
    paused = review.answer_all_as_planned(paused)

    assert plan == changes.in_season(paused, Season.USUAL)


# -- choosing


def test_nothing_is_chosen_at_first():
    assert 0 == times(a_plan(), "late-talk", None)


def test_a_choice_says_how_many_times():
    plan = changes.choose(a_plan(), "late-talk", None, 2)

    assert 2 == times(plan, "late-talk", None)
    assert (Choice("late-talk", None, 2, by_hand=True),) == plan.choices


def test_a_new_number_takes_the_old_one_s_place():
    plan = a_plan(choices=(Choice("late-talk", None, 2), Choice("quiet-hour", ONE, 1)))

    talk, quiet = Choice("late-talk", None, 1, by_hand=True), Choice("quiet-hour", ONE, 1)
    assert (talk, quiet) == changes.choose(plan, "late-talk", None, 1).choices


def test_what_is_carried_over_is_not_chosen_by_hand():
    plan = changes.choose(a_plan(), "late-talk", None, 2, most=3)

    assert (Choice("late-talk", None, 2, 3, by_hand=False),) == changes.carried_over(
        plan, WEEK + 1, a_household()
    ).choices


def test_each_partner_chooses_for_themselves():
    plan = changes.choose(a_plan(), "quiet-hour", ONE, 1)
    plan = changes.choose(plan, "quiet-hour", TWO, 2)

    assert (1, 2) == (times(plan, "quiet-hour", ONE), times(plan, "quiet-hour", TWO))


@pytest.mark.parametrize("before", [(), (Choice("late-talk", None, 2),)])
def test_none_takes_a_choice_out(before):
    assert () == changes.choose(a_plan(choices=before), "late-talk", None, 0).choices


# -- laying


def test_nothing_chosen_lays_nothing():
    assert a_plan() == laid(a_plan())
    assert [] == without(a_plan())


def test_an_occurrence_tells_its_ritual():
    plan = chosen(("quiet-hour", TWO, 1))
    occurrence = only(plan)

    assert f"{WEEK}/quiet-hour/two/1" == occurrence.id
    assert ("Quiet hour", Kind.ALONE, TWO, "quiet-hour", 1) == (
        occurrence.title,
        occurrence.kind,
        occurrence.partner,
        occurrence.ritual,
        occurrence.number,
    )
    assert (SUNDAY, SUNDAY, 0) == (occurrence.created, occurrence.changed, occurrence.sequence)
    assert (None, None, False) == (occurrence.said, occurrence.lived, occurrence.let_go)


def test_occurrences_lie_in_the_order_of_time():
    plan = chosen(("late-talk", None, 3), ("quiet-hour", ONE, 2), ("send-off", None, 5))

    assert sorted(plan.occurrences, key=lambda o: o.start) == list(plan.occurrences)
    assert 10 == len(plan.occurrences)


def test_what_has_no_slot_says_why():
    plan = laid(a_plan(choices=(Choice("moonwalk", None, 1),)))
    (unplaced,) = scheduling.unplaced(plan, a_life(), SUNDAY)

    assert () == plan.occurrences
    assert "moonwalk" == unplaced.wanted.ritual.id
    assert unplaced.reason.endswith(".")


def test_a_ritual_nobody_knows_any_more_is_passed_over():
    plan = a_plan(choices=(Choice("gone", None, 1),))

    assert plan == laid(plan)
    assert [] == without(plan)


@pytest.mark.parametrize(
    ("ritual", "household"),
    [
        (a_ritual("old", retired=True), HOME),
        (a_ritual("old", kind=Kind.SOLO), a_household(children=False)),
        (a_ritual("old", needs=Needs.CHILDREN), a_household(children=False)),
    ],
    ids=["retired", "without children", "without children for dinner"],
)
def test_a_ritual_that_does_not_fit_any_more_is_not_laid(ritual, household):
    plan = a_plan(choices=(Choice("old", ONE, 1),))

    assert plan == laid(plan, household=household, rituals={"old": ritual})
    assert [] == without(plan, household=household, rituals={"old": ritual})


def test_what_lies_stays_where_it_is():
    plan = a_plan(TALK, choices=(Choice("late-talk", None, 1),))

    assert plan == laid(plan, an_instant("Sun 12:00"))


def test_laying_twice_changes_nothing():
    plan = chosen(("late-talk", None, 2), ("quiet-hour", ONE, 1), ("moonwalk", None, 1))

    assert plan == laid(plan, MONDAY)


def test_what_is_chosen_later_lies_around_what_lies():
    plan = chosen(("late-talk", None, 3))
    more = laid(changes.choose(plan, "quiet-hour", ONE, 7), MONDAY)

    assert set(plan.occurrences) < set(more.occurrences)
    assert all(clash(more, o, Span(o.start, o.end)) is None for o in more.occurrences)


def test_what_is_chosen_later_lies_later():
    plan = laid(a_plan(choices=(Choice("late-talk", None, 2),)), an_instant("Fri 12:00"))

    assert all(o.start >= an_instant("Fri 12:00") for o in plan.occurrences)


def test_once_less_takes_the_last_one_out():
    plan = chosen(("late-talk", None, 3))
    less = laid(changes.choose(plan, "late-talk", None, 2), MONDAY)

    assert {1, 2} == {o.number for o in standing(less)}


def test_what_is_no_longer_chosen_goes():
    plan = chosen(("late-talk", None, 2), ("quiet-hour", ONE, 1))
    left = laid(changes.choose(plan, "late-talk", None, 0), MONDAY)

    assert ["quiet-hour"] == [o.ritual for o in standing(left)]


@pytest.mark.parametrize("said", Said)
def test_what_was_said_stays_though_no_longer_chosen(said):
    plan = chosen(("late-talk", None, 1))
    plan = review.answer(plan, only(plan).id, said)
    left = laid(changes.choose(plan, "late-talk", None, 0), MONDAY)

    assert plan.occurrences == left.occurrences


def test_what_just_happened_stays():
    chance = an_occurrence("Fri 20:00-21:00", ritual=None, spontaneous=True)

    assert a_plan(chance) == laid(a_plan(chance))


def test_what_just_happened_takes_its_time():
    chance = an_occurrence("Thu 20:00-22:30", ritual=None, spontaneous=True)
    only_thursday = {"x": a_ritual("x", window="Thu 20:00-22:30")}
    plan = a_plan(chance, choices=(Choice("x", None, 1),))

    assert ["x"] == without(plan, rituals=only_thursday)


def test_what_is_let_go_stays_let_go():
    plan = chosen(("late-talk", None, 2))
    gone = changes.let_go(plan, plan.occurrences[0].id, MONDAY)

    assert gone.occurrences[0] in laid(gone, MONDAY).occurrences
    assert [] == without(gone, MONDAY)


def test_what_is_let_go_makes_room():
    talk = replace(TALK, let_go=True)
    tuesday = {"late-talk": RITUALS["late-talk"], "x": a_ritual("x", window="Tue 20:00-21:00")}
    plan = a_plan(talk, choices=(Choice("late-talk", None, 1), Choice("x", None, 1)))

    assert [] == without(plan, rituals=tuesday)
    assert ["x"] == [o.ritual for o in standing(laid(plan, rituals=tuesday))]


# -- what may move, and what stays

TUESDAY = a_span("Tue 20:00-21:00")
TALKS = (Choice("late-talk", None, 1),)
BUSY = {ONE: Spans([a_span("Tue 19:00-22:00")])}
HELD = {
    "fixed": {"fixed": True},
    "in a calendar": {"exported": True},
    "said": {"said": Said.A_LITTLE, "lived": 30},
    "let go": {"let_go": True},
}


def over(occurrence, margin=timedelta(0)):
    """Both calendars busy while an occurrence lies there."""
    at = Spans([Span(occurrence.start - margin, occurrence.end + margin)])
    return {ONE: at, TWO: at}


@pytest.mark.parametrize("held", HELD.values(), ids=list(HELD))
def test_what_is_held_stays_where_it_is_though_something_comes_over_it(held):
    plan = a_plan(replace(TALK, **held), choices=TALKS)

    assert not scheduling.may_move(only(plan), SUNDAY)
    assert plan == laid(plan, busy=BUSY)


def test_what_has_begun_stays_where_it_is():
    plan = a_plan(TALK, choices=TALKS)

    assert plan == laid(plan, TALK.start, busy=BUSY)
    assert scheduling.may_move(TALK, TALK.start - timedelta(minutes=1))
    assert not scheduling.may_move(TALK, TALK.start)


def test_what_just_happened_never_moves():
    assert not scheduling.may_move(replace(TALK, ritual=None, spontaneous=True), SUNDAY)


def test_what_may_move_makes_room_for_what_is_new_and_keeps_its_name():
    before = only(chosen(("late-talk", None, 1)))
    after = only(laid(a_plan(before, choices=TALKS), MONDAY, busy=over(before)))

    assert not Span(before.start, before.end).overlaps(Span(after.start, after.end))
    assert (before.id, before.created) == (after.id, after.created)
    assert (before.sequence + 1, MONDAY) == (after.sequence, after.changed)


def test_what_moves_for_one_thing_leaves_the_others_where_they_lie():
    plan = chosen(("late-talk", None, 1), ("quiet-hour", ONE, 1), ("send-off", None, 5))
    (talk,) = [o for o in plan.occurrences if o.ritual == "late-talk"]
    again = laid(plan, MONDAY, busy=over(talk))
    moved = {o.id for o in set(again.occurrences) - set(plan.occurrences)}

    assert {talk.id} == moved


def test_what_loses_its_place_is_seen_no_more_and_says_why():
    tuesday = {"late-talk": a_ritual("late-talk", window="Tue 20:00-21:00")}
    plan = a_plan(TALK, choices=TALKS)
    after = laid(plan, MONDAY, rituals=tuesday, busy=BUSY)

    assert (False, 1) == (only(after).chosen, only(after).sequence)
    assert () == standing(after)
    assert ["late-talk"] == without(plan, MONDAY, rituals=tuesday, busy=BUSY)


def test_what_finds_its_place_again_comes_back_under_its_name():
    tuesday = {"late-talk": a_ritual("late-talk", window="Tue 20:00-21:00")}
    plan = a_plan(TALK, choices=TALKS)
    lost = laid(plan, SUNDAY, rituals=tuesday, busy=BUSY)
    back = only(laid(lost, MONDAY, rituals=tuesday))

    assert (TALK.id, TALK.start, TALK.created, True) == (
        back.id, back.start, back.created, back.chosen,
    )  # fmt: skip
    assert (TALK.sequence + 2, MONDAY) == (back.sequence, back.changed)


def test_an_extra_time_comes_and_goes_with_the_hopes():
    def hoping(plan, minutes):
        return laid(changes.with_hope(plan, TOGETHER, minutes), MONDAY)

    plan = changes.choose(a_plan(), "late-talk", None, 1, most=3)
    modest = hoping(plan, 60)
    more = hoping(modest, 360)
    again = hoping(more, 60)

    assert [1, 3, 1] == [len(standing(p)) for p in (modest, more, again)]
    assert [2, 3] == sorted(o.number for o in again.occurrences if not o.chosen)


def test_an_extra_time_that_finds_no_place_is_not_asked_about():
    twice = {"late-talk": a_ritual("late-talk", window="Tue 20:00-21:00")}
    plan = changes.choose(a_plan(), "late-talk", None, 1, most=3)

    assert [] == without(plan, rituals=twice)


def test_a_choice_keeps_how_often_it_may_come_unless_told_otherwise():
    plan = changes.choose(a_plan(), "late-talk", None, 1, most=3)

    assert (2, 3) == (
        times(changes.choose(plan, "late-talk", None, 2), "late-talk", None),
        most_times(changes.choose(plan, "late-talk", None, 2), "late-talk", None),
    )
    assert 0 == most_times(changes.choose(plan, "late-talk", None, 2, most=0), "late-talk", None)


def test_a_grace_week_is_left_as_it_lies():
    plan = changes.in_season(
        a_plan(TALK, choices=(*TALKS, Choice("send-off", None, 5))), Season.GRACE
    )

    assert plan == laid(plan, busy=BUSY)
    assert () == scheduling.unplaced(plan, a_life(), SUNDAY)


def test_a_placed_occurrence_says_why_it_lies_there_and_a_hand_s_move_forgets_it():
    plan = chosen(("late-talk", None, 1))
    moved = changes.move(plan, only(plan).id, a_span("Sat 21:00-22:00"), True, MONDAY)

    assert only(plan).reason.endswith(".")
    assert "" == only(moved).reason
    assert "" == only(laid(moved, MONDAY)).reason


def test_what_was_moved_in_a_calendar_is_fixed_there_and_stays():
    plan = laid(a_plan(choices=(Choice("late-talk", None, 1),)), MONDAY)
    span = a_span("Sat 21:00-22:00")
    seen = RemoteEvent("1", "Our talk", span.start, span.end, sequence=7)
    back = changes.with_remote_event(plan, only(plan).id, seen, WEDNESDAY)

    assert ("Our talk", span.start, span.end, True, "") == (
        only(back).title,
        only(back).start,
        only(back).end,
        only(back).fixed,
        only(back).reason,
    )
    assert (7, WEDNESDAY) == (only(back).sequence, only(back).changed)
    assert only(back) == only(laid(back, WEDNESDAY))


def test_what_stands_in_a_calendar_stands_in_the_plan_again():
    gone = replace(TALK, let_go=True, sequence=4)
    seen = RemoteEvent("1", TALK.title, TALK.start, TALK.end, sequence=0)
    back = only(changes.with_remote_event(a_plan(gone), TALK.id, seen, MONDAY))

    assert (False, 5) == (back.let_go, back.sequence)


# -- who has the children

HERS = an_occurrence("Sat 10:00-12:00", ritual="x", kind=Kind.OUT, partner=ONE)
HIS_SOLO = Strand(Kind.SOLO, TWO)


def test_one_s_time_out_is_the_other_s_with_the_children():
    plan = a_plan(HERS, an_occurrence("Sun 10:00-11:00", ritual="y", kind=Kind.SOLO, partner=TWO))

    assert {HERS.id: 120} == totals.handed_over(plan, HIS_SOLO, HOME)
    assert 60 + 120 == totals.planned(plan, HIS_SOLO, HOME)
    assert 0 == totals.planned(plan, Strand(Kind.SOLO, ONE), HOME)


def test_time_with_the_children_is_not_counted_twice():
    his = an_occurrence("Sat 11:00-13:00", ritual="y", kind=Kind.SOLO, partner=TWO)

    assert {HERS.id: 60} == totals.handed_over(a_plan(HERS, his), HIS_SOLO, HOME)
    assert 180 == totals.planned(a_plan(HERS, his), HIS_SOLO, HOME)


def test_a_sitter_takes_the_children_instead():
    plan = changes.with_sitter(a_plan(HERS), a_span("Sat 11:00-12:00"))

    assert 60 == totals.planned(plan, HIS_SOLO, HOME)
    assert {} == totals.handed_over(
        changes.with_sitter(plan, a_span("Sat 09:00-11:00")), HIS_SOLO, HOME
    )


def test_a_sitter_who_cannot_come_is_taken_back():
    plan = changes.with_sitter(a_plan(), a_span("Sat 18:00-22:00"))

    assert (a_span("Sat 18:00-20:00"),) == changes.without_sitter(
        plan, a_span("Sat 20:00-22:00")
    ).sitter


def test_sitters_that_follow_each_other_are_one():
    plan = changes.with_sitter(a_plan(), a_span("Sat 20:00-22:00"))
    plan = changes.with_sitter(plan, a_span("Sat 18:00-20:00"))

    assert (a_span("Sat 18:00-22:00"),) == plan.sitter


@pytest.mark.parametrize(
    "changed",
    [{"let_go": True}, {"chosen": False}, {"size": Size.SMALL, "leaves": False},
     {"kind": Kind.SOLO},
     {"start": an_instant("Sat 20:00"), "end": an_instant("Sat 22:00")}],
    ids=["let go", "not chosen", "small", "with the children", "while they sleep"],
)  # fmt: skip
def test_nothing_is_handed_over_where_nobody_is_missed(changed):
    assert {} == totals.handed_over(a_plan(replace(HERS, **changed)), HIS_SOLO, HOME)


def test_nothing_is_handed_over_for_other_strands_or_without_children():
    childless = a_household(children=False)

    assert {} == totals.handed_over(a_plan(HERS), TOGETHER, HOME)
    assert {} == totals.handed_over(a_plan(HERS), Strand(Kind.ALONE, TWO), HOME)
    assert {} == totals.handed_over(a_plan(HERS), HIS_SOLO, childless)


# -- back again


def four_talks():
    return chosen(("late-talk", None, 2), ("quiet-hour", ONE, 2), ("send-off", None, 3))


def lying(plan):
    return {o.id: (o.start, o.end) for o in standing(plan)}


def test_back_to_the_same_changes_nothing():
    plan = changes.let_go(four_talks(), f"{WEEK}/late-talk/both/1", MONDAY)

    assert plan == changes.back_to(plan, plan, WEDNESDAY)


def test_back_is_as_it_was_and_the_calendars_hear_of_it():
    before = four_talks()
    moved = changes.move(before, before.occurrences[-1].id, a_span("Sun 21:00-22:00"), True, MONDAY)
    back = changes.back_to(moved, before, WEDNESDAY)
    (changed,) = set(back.occurrences) - set(before.occurrences)

    assert lying(before) == lying(back)
    assert replace(before.occurrences[-1], sequence=2, changed=WEDNESDAY) == changed


def test_back_brings_hopes_season_choices_and_sitters_again():
    before = changes.with_sitter(
        changes.with_hope(four_talks(), TOGETHER, 240), a_span("Sat 20:00-22:00")
    )
    after = changes.in_season(changes.with_hope(before, TOGETHER, 30), Season.HARD)
    after = changes.choose(replace(after, sitter=()), "late-talk", None, 0)

    assert before == changes.back_to(after, before, WEDNESDAY)


def test_what_came_since_goes_unseen_and_is_there_again_later():
    before = chosen(("late-talk", None, 1))
    more = laid(changes.choose(before, "quiet-hour", ONE, 1), MONDAY)
    back = changes.back_to(more, before, WEDNESDAY)
    (since,) = set(ids(more.occurrences)) - set(ids(before.occurrences))
    unseen = next(o for o in back.occurrences if o.id == since)

    assert lying(before) == lying(back)
    assert (False, 1, WEDNESDAY) == (unseen.chosen, unseen.sequence, unseen.changed)
    assert lying(more) == lying(changes.back_to(back, more, WEDNESDAY))


def test_what_was_said_and_taken_since_stays_so():
    other = an_occurrence("Fri 20:00-21:00", number=2)
    before = a_plan(TALK, other)
    said = review.answer(before, TALK.id, Said.A_LITTLE)
    after = replace(said, occurrences=(said.occurrences[0], replace(other, exported=True)))
    moved = changes.let_go(after, other.id, MONDAY)

    assert after == changes.back_to(after, before, WEDNESDAY)
    assert [(Said.A_LITTLE, 30, False), (None, None, True)] == [
        (o.said, o.lived, o.exported) for o in changes.back_to(moved, before, WEDNESDAY).occurrences
    ]


def test_what_happened_or_was_spoken_of_since_is_not_forgotten():
    chance = an_occurrence("Mon 20:00-21:00", ritual=None, spontaneous=True, said=Said.AS_PLANNED)
    spoken = an_occurrence("Fri 20:00-21:00", number=2, said=Said.A_LITTLE, lived=30)
    after = a_plan(chance, TALK, spoken)

    assert after == changes.back_to(after, a_plan(TALK), WEDNESDAY)


def test_going_back_over_a_hand_s_hold_tells_no_calendar():
    held = changes.move(a_plan(TALK), TALK.id, TUESDAY, True, MONDAY)

    assert a_plan(TALK) == changes.back_to(held, a_plan(TALK), WEDNESDAY)


# -- moving, letting go


def test_a_move_tells_the_calendars():
    moved = only(changes.move(a_plan(TALK), TALK.id, a_span("Wed 21:00-22:00"), True, MONDAY))

    assert a_span("Wed 21:00-22:00") == Span(moved.start, moved.end)
    assert (True, TALK.sequence + 1, MONDAY) == (moved.fixed, moved.sequence, moved.changed)
    assert TALK.created == moved.created


def test_a_move_to_where_it_lies_tells_nobody():
    plan = a_plan(TALK)

    assert plan == changes.move(plan, TALK.id, Span(TALK.start, TALK.end), False, MONDAY)


@pytest.mark.parametrize("fixed", [True, False])
def test_fixing_in_place_tells_nobody(fixed):
    before = replace(TALK, fixed=not fixed)
    after = changes.move(a_plan(before), TALK.id, Span(TALK.start, TALK.end), fixed, MONDAY)

    assert replace(before, fixed=fixed) == only(after)


def test_a_move_brings_back_what_was_let_go():
    gone = changes.let_go(a_plan(TALK), TALK.id, SUNDAY)
    back = changes.move(gone, TALK.id, Span(TALK.start, TALK.end), False, MONDAY)

    assert (False, 2, MONDAY) == (only(back).let_go, only(back).sequence, only(back).changed)


def test_a_moved_occurrence_takes_its_place_in_the_order():
    later = an_occurrence("Fri 20:00-21:00", number=2)
    plan = changes.move(a_plan(TALK, later), TALK.id, a_span("Sat 20:00-21:00"), False, MONDAY)

    assert [later.id, TALK.id] == ids(plan.occurrences)


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: changes.move(plan, "another", a_span("Wed 21:00-22:00"), True, MONDAY),
        lambda plan: changes.let_go(plan, "another", MONDAY),
        lambda plan: review.answer(plan, "another", Said.AS_PLANNED),
    ],
    ids=["move", "let go", "say"],
)
def test_an_occurrence_that_is_not_there_changes_nothing(change):
    plan = a_plan(TALK)

    assert plan == change(plan)


def test_letting_go_keeps_the_occurrence_and_its_choice():
    plan = a_plan(TALK, choices=(Choice("late-talk", None, 1),))
    gone = changes.let_go(plan, TALK.id, MONDAY)

    assert replace(TALK, let_go=True, sequence=1, changed=MONDAY) == only(gone)
    assert plan.choices == gone.choices


def test_letting_go_twice_tells_nobody_again():
    gone = changes.let_go(a_plan(TALK), TALK.id, SUNDAY)

    assert gone == changes.let_go(gone, TALK.id, MONDAY)


# -- clashes


def test_an_occurrence_does_not_clash_with_itself():
    assert clash(a_plan(TALK), TALK, a_span("Tue 20:30-21:30")) is None


@pytest.mark.parametrize(
    ("partner", "mover", "clashes"),
    [(None, None, True), (ONE, None, True), (None, TWO, True), (ONE, ONE, True), (ONE, TWO, False)],
)
def test_a_clash_is_one_person_in_two_places(partner, mover, clashes):
    there = an_occurrence("Thu 20:00-21:00", ritual="there", partner=partner)
    mine = an_occurrence("Mon 20:00-21:00", ritual="mine", partner=mover)
    found = clash(a_plan(mine, there), mine, a_span("Thu 20:30-21:30"))

    assert (there if clashes else None) == found


@pytest.mark.parametrize("when", ["Thu 19:00-20:00", "Thu 21:00-22:00"])
def test_what_only_touches_does_not_clash(when):
    there = an_occurrence("Thu 20:00-21:00", ritual="there")

    assert clash(a_plan(TALK, there), TALK, a_span(when)) is None


@pytest.mark.parametrize("small", ["there", "mine"])
def test_small_moments_give_way(small):
    sizes = {small: Size.SMALL}
    there = an_occurrence("Thu 20:00-21:00", ritual="there", size=sizes.get("there", Size.USUAL))
    mine = an_occurrence("Mon 20:00-20:05", ritual="mine", size=sizes.get("mine", Size.USUAL))

    assert clash(a_plan(mine, there), mine, a_span("Thu 20:30-20:35")) is None


def test_nothing_clashes_with_what_is_let_go():
    there = an_occurrence("Thu 20:00-21:00", ritual="there", let_go=True)

    assert clash(a_plan(TALK, there), TALK, a_span("Thu 20:00-21:00")) is None


# -- what calendars hear


@st.composite
def some_changes(draw):
    """Moves, letting go, saying, seasons, laying and going back, in any order."""
    first = chosen(("late-talk", None, 3))
    quarter = timedelta(minutes=15)
    calls = []
    for _ in range(draw(st.integers(1, 12))):
        id = f"{WEEK}/late-talk/both/{draw(st.integers(1, 3))}"
        start = an_instant("Mon 06:00") + draw(st.integers(0, 600)) * quarter
        span = Span(start, start + draw(st.integers(1, 8)) * quarter)
        fixed, said = draw(st.booleans()), draw(st.sampled_from([None, *Said]))
        season, busy = draw(st.sampled_from(Season)), Span(start, start + 20 * quarter)
        calls.append(
            draw(
                st.sampled_from(
                    [
                        lambda p, now, a=(id, span, fixed): changes.move(p, *a, now),
                        lambda p, now, a=id: changes.let_go(p, a, now),
                        lambda p, _, a=(id, said): review.answer(p, *a),
                        lambda p, _, a=season: changes.in_season(p, a),
                        laid,
                        lambda p, now: changes.back_to(p, first, now),
                        lambda p, now, b=busy: laid(p, now, busy={ONE: Spans([b])}),
                    ]
                )
            )
        )
    return calls


@given(some_changes())
def test_a_calendar_never_sees_a_sequence_fall_or_a_change_it_was_not_told_of(calls):
    plan = chosen(("late-talk", None, 3))
    heard = {o.id: o for o in plan.occurrences}
    for hour, change in enumerate(calls):
        plan = change(plan, SUNDAY + timedelta(hours=hour + 1))
        for now in plan.occurrences:
            before = heard.get(now.id, now)

            assert before.sequence <= now.sequence
            assert before.changed <= now.changed
            if before.sequence == now.sequence:
                assert (before.start, before.end) == (now.start, now.end)
                assert (before.title, before.let_go) == (now.title, now.let_go)
        heard |= {o.id: o for o in plan.occurrences}


def test_a_ritual_chosen_again_does_not_let_its_sequence_fall():
    plan = chosen(("late-talk", None, 1))
    moved = changes.move(plan, only(plan).id, a_span("Sat 21:00-22:00"), True, MONDAY)
    without = laid(changes.choose(moved, "late-talk", None, 0), MONDAY)
    again = laid(changes.choose(without, "late-talk", None, 1), MONDAY)
    sequences = {o.id: o.sequence for o in again.occurrences}

    assert sequences.get(only(moved).id, 1) >= only(moved).sequence
