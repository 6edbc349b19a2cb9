"""Hoped, planned and lived hours by strand and week: unknown is never zero."""

from dataclasses import replace
from datetime import timedelta
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.insights import balance, week_captions
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Hope, Said, Season
from rituals.model.time.span import Span
from rituals.planning import changes, review
from tests.support.notation import WEEK, a_household, a_plan, an_occurrence

HOUSEHOLD = a_household()
TOGETHER = Strand(Kind.TOGETHER)
ALONE = Strand(Kind.ALONE, ONE)


def said(when, said, lived, **more):
    return an_occurrence(when, said=said, lived=lived, **more)


def rows(*plans_shown, weeks=None):
    by_week = {plan.week: plan for plan in plans_shown}
    return balance.rows(by_week, weeks or list(by_week), HOUSEHOLD)


def row(all_rows, kind=Kind.TOGETHER, partner=""):
    return next(r for r in all_rows if (r.kind, r.partner) == (kind, partner))


def test_there_is_a_row_for_each_week_and_strand():
    told = rows(a_plan(), weeks=[WEEK - 1, WEEK, WEEK + 1])

    assert 21 == len(told)
    assert [str(WEEK + n) for n in (-1, 0, 1)] == list(dict.fromkeys(r.week for r in told))


def test_a_week_without_a_plan_is_all_unknown():
    told = rows(weeks=[WEEK])

    assert balance.is_empty(told)
    assert {""} == {r.season for r in told}


def test_planned_is_what_stands_in_the_plan():
    told = rows(
        a_plan(
            an_occurrence("Mon 20:00-21:30", number=1),
            an_occurrence("Tue 20:00-21:00", number=2, let_go=True),
            an_occurrence("Wed 20:00-21:00", number=3, chosen=False),
            an_occurrence("Thu 20:00-21:00", ritual=None, spontaneous=True, id="x"),
        )
    )

    assert 1.5 == row(told).planned


def test_lived_is_unknown_as_long_as_nobody_spoke():
    assert isnan(row(rows(a_plan(an_occurrence()))).lived)


def test_lived_is_what_was_said_and_no_more():
    told = rows(
        a_plan(
            said("Mon 20:00-21:00", Said.AS_PLANNED, 60, number=1),
            said("Tue 20:00-21:00", Said.A_LITTLE, 30, number=2),
            said("Wed 20:00-21:00", Said.LET_GO, 0, number=3),
            an_occurrence("Thu 20:00-21:00", number=4),
        )
    )

    assert 1.5 == row(told).lived


def test_a_strand_nobody_spoke_of_is_unknown_in_a_week_that_was_spoken_of():
    told = rows(
        a_plan(
            said("Mon 20:00-21:00", Said.AS_PLANNED, 60),
            an_occurrence("Tue 20:00-21:00", kind=Kind.ALONE, partner=ONE, ritual="quiet-hour"),
        )
    )

    assert isnan(row(told, Kind.ALONE, ONE).lived)


def test_a_strand_with_nothing_in_it_is_zero_in_a_week_of_which_everything_was_said():
    told = rows(a_plan(said("Mon 20:00-21:00", Said.AS_PLANNED, 60)))

    assert 0 == row(told, Kind.ALONE, ONE).lived


def test_a_strand_with_nothing_in_it_is_unknown_as_long_as_something_is_unsaid():
    quiet = an_occurrence("Tue 20:00-21:00", kind=Kind.ALONE, partner=TWO, id="quiet")
    talk = said("Mon 20:00-21:00", Said.AS_PLANNED, 60)
    told = rows(a_plan(talk, quiet))
    roughly = review.answer_for_strand(a_plan(talk, quiet), quiet.strand, 90)

    assert isnan(row(told, Kind.ALONE, ONE).lived)
    assert 0 == row(rows(roughly), Kind.ALONE, ONE).lived


def test_what_just_happened_in_a_week_without_plans_says_nothing_of_the_other_strands():
    chance = said("Fri 20:00-22:00", Said.AS_PLANNED, 120, ritual=None, spontaneous=True, id="x")
    told = rows(a_plan(chance))

    assert {"together": 2.0} == {r.kind: r.lived for r in told if not isnan(r.lived)}


def test_what_was_let_go_from_the_plan_is_nothing_that_was_planned():
    chance = said("Fri 20:00-22:00", Said.AS_PLANNED, 120, ritual=None, spontaneous=True, id="x")
    gone = an_occurrence("Mon 20:00-21:00", kind=Kind.ALONE, partner=TWO, let_go=True, id="gone")

    assert isnan(row(rows(a_plan(chance, gone)), Kind.ALONE, ONE).lived)


def test_what_just_happened_is_lived_and_was_never_planned():
    chance = said("Fri 20:00-21:00", Said.AS_PLANNED, 60, ritual=None, spontaneous=True, id="x")
    told = rows(a_plan(chance))

    assert (0, 1) == (row(told).planned, row(told).lived)


def test_a_grace_week_is_unknown_in_all_it_holds():
    plan = a_plan(said("Mon 20:00-21:00", Said.AS_PLANNED, 60), season=Season.GRACE)

    assert balance.is_empty(rows(replace(plan, hopes={TOGETHER: Hope(300)})))


def test_bars_are_lived_behind_planned_ahead_and_hoped_for_the_week_at_hand():
    behind = a_plan(said("Mon 20:00-21:00", Said.AS_PLANNED, 60), week=WEEK - 1)
    at_hand = a_plan(an_occurrence("Mon 20:00-22:00"), hopes={TOGETHER: Hope(180)})
    bars = balance.stacked_bars(rows(behind, at_hand), WEEK)

    assert [("16 Nov 2026", "lived", 1), ("23 Nov 2026", "planned", 2)] == [
        (b.label, b.state, b.hours) for b in bars[:2]
    ]
    assert [("23 Nov 2026", "hoped", 3)] == [(b.label, b.state, b.hours) for b in bars[2:]]


def test_a_bar_adds_up_both_partners_and_says_so_in_words():
    plan = a_plan(
        *(
            said("Mon 20:00-20:45", Said.AS_PLANNED, 45, kind=Kind.ALONE, partner=who, id=who)
            for who in (ONE, TWO)
        ),
        week=WEEK - 1,
    )
    (bar,) = balance.stacked_bars(rows(plan), WEEK)

    assert ("alone", 1.5) == (bar.kind, bar.hours)
    assert "Week of 16 November · Alone · 1 h 30 happened" == str(bar.words)


def test_of_one_partner_are_theirs_and_together():
    told = balance.rows_of_partner(rows(a_plan()), ONE)

    assert {"", ONE} == {r.partner for r in told}


def test_a_gap_is_a_week_since_the_first_plan_that_nobody_spoke_of():
    weeks = [WEEK + n for n in range(-4, 1)]
    told = balance.week_gaps(
        rows(
            a_plan(an_occurrence(week=WEEK - 3), week=WEEK - 3),
            a_plan(said("Mon 20:00-21:00", Said.LET_GO, 0), week=WEEK - 2),
            a_plan(week=WEEK - 1, season=Season.GRACE),
            weeks=weeks,
        ),
        WEEK,
    )

    assert [("2 Nov 2026", "not written down"), ("16 Nov 2026", "week off")] == [
        (gap.label, gap.note) for gap in told
    ]


def test_a_grace_week_ahead_is_marked_too():
    (gap,) = balance.week_gaps(rows(a_plan(season=Season.GRACE)), WEEK)

    assert ("23 Nov 2026", "week off") == (gap.label, gap.note)


def test_a_grace_week_has_its_name_and_a_run_of_them_has_it_once():
    away = (replace(a_plan(week=WEEK - n, season=Season.GRACE), grace="holiday") for n in (3, 2))
    flu = replace(a_plan(week=WEEK - 1, season=Season.GRACE), grace="flu")
    told = balance.week_gaps(rows(*away, flu), WEEK)

    assert ["holiday", "", "flu"] == [gap.note for gap in told]
    assert "Week of 9 November · holiday" == str(told[1].words)
    assert all(gap.grace for gap in told)


def test_what_the_week_ahead_has_none_of_is_a_bar_without_height():
    told = balance.stacked_bars(rows(weeks=[WEEK]), WEEK)

    assert [("planned", 0, 0), ("hoped", 0, 0)] == [(b.state, b.hours, b.order) for b in told]
    assert "Week of 23 November · nothing planned yet" == str(told[0].words)


def test_every_week_is_told_as_a_whole_once():
    behind = a_plan(said("Mon 20:00-21:00", Said.AS_PLANNED, 60), week=WEEK - 2)
    told = week_captions.week_captions(rows(behind, weeks=[WEEK - 2, WEEK - 1]), WEEK)

    assert ["2026-W46", "2026-W47"] == [whole.week for whole in told]
    assert [
        "Week of 9 November · The two of us · 1 h happened",
        "Week of 16 November · not written down",
    ] == [str(whole.words) for whole in told]


def test_a_week_is_told_by_kind_and_a_gap_in_its_heading():
    behind = a_plan(said("Mon 20:00-21:00", Said.AS_PLANNED, 60), week=WEEK - 2)
    one, gap = week_captions.week_captions(rows(behind, weeks=[WEEK - 2, WEEK - 1]), WEEK)

    assert ("The two of us: 1 h happened", "–") == (one.together, one.alone)
    assert ("–", "Week of 16 November · not written down") == (gap.together, gap.heading)


def partly():
    """Last week: an evening that was said, an hour of hers that was not."""
    quiet = an_occurrence("Tue 20:00-21:00", week=WEEK - 1, kind=Kind.ALONE, partner=ONE, id="q")
    return a_plan(said("Mon 20:00-21:00", Said.AS_PLANNED, 60), quiet, week=WEEK - 1)


def test_a_week_that_is_said_in_part_says_so():
    all_of_it = rows(review.answer_all_as_planned(partly()))
    half = rows(review.answer(review.answer_all_as_planned(partly()), "q", None))
    twice = an_occurrence("Wed 20:00-21:00", number=2, id="twice", week=WEEK - 1)
    strand = a_plan(*partly().occurrences, twice, week=WEEK - 1)
    strand = rows(review.answer(strand, "q", Said.AS_PLANNED))
    note = "Week of 16 November · some of it is not said yet"

    assert [False, True, True] == [
        bool(balance.partly_reviewed(told, WEEK)) for told in (all_of_it, half, strand)
    ]
    assert [(1.0, note)] == [(b.top, b.note) for b in balance.stacked_bars(half, WEEK) if b.note]
    assert [""] == list({b.note for b in balance.stacked_bars(all_of_it, WEEK)})
    assert ["Week of 16 November · The two of us · 1 h happened · some of it is not said yet"] == [
        str(whole.words) for whole in week_captions.week_captions(half, WEEK)
    ]


def test_a_week_that_is_ahead_or_that_nobody_spoke_of_is_not_said_in_part():
    silent = rows(review.answer(partly(), partly().occurrences[0].id, None))

    assert set() == balance.partly_reviewed(rows(partly()), WEEK - 1)
    assert set() == balance.partly_reviewed(silent, WEEK)


def test_a_week_of_another_year_says_its_year():
    (gap,) = balance.week_gaps(rows(a_plan(week=WEEK - 52, season=Season.GRACE)), WEEK)

    assert ("24 Nov 2025", "Week of 24 November 2025 · week off") == (gap.label, str(gap.words))


def test_of_ten_years_every_week_has_a_label_of_its_own():
    labels = balance.axis_labels(rows(weeks=[WEEK - n for n in range(520)]))

    assert 520 == len(set(labels))


def test_what_was_planned_behind_is_left_out_where_nobody_asks_for_it():
    both = {plan.week: plan for plan in (a_plan(an_occurrence(week=WEEK - 1), week=WEEK - 1),
                                         a_plan(an_occurrence()))}  # fmt: skip
    told = balance.rows(both, list(both), HOUSEHOLD, planned_from=WEEK)

    assert [True, False] == [isnan(r.planned) for r in told if r.kind == Kind.TOGETHER]


def weeks_of(*minutes):
    return [
        a_plan(
            an_occurrence(f"Mon 06:00-{6 + m // 60:02}:{m % 60:02}", week=WEEK - n, number=n),
            week=WEEK - n,
        )
        for n, m in enumerate(minutes, start=1)
    ]


def test_nobody_can_say_what_is_usual_after_two_weeks():
    assert balance.usual_minutes(weeks_of(300, 300)) is None
    assert not balance.asks_more_than_usual(a_plan(an_occurrence("Mon 06:00-22:00")), weeks_of(60))


def test_weeks_of_grace_are_not_among_the_usual_ones():
    usual = weeks_of(300, 300, 300)
    rested = [review.rest(replace(p, week=p.week - 9)) for p in weeks_of(30, 30, 30, 30)]

    assert 300 == balance.usual_minutes([*rested, *usual])
    assert balance.usual_minutes([*rested, *usual[:2]]) is None


def test_a_strand_said_as_a_whole_is_lived_just_so():
    plan = review.answer_for_strand(a_plan(an_occurrence("Mon 20:00-21:00")), TOGETHER, 240)
    told = rows(review.answer_all_as_planned(plan))

    assert (1, 4) == (row(told).planned, row(told).lived)
    assert isnan(row(told, Kind.ALONE, ONE).lived)


def test_more_than_usual_is_more_than_the_couples_own_middle_week_and_some_room():
    usual = weeks_of(300, 300, 600)

    assert 300 == balance.usual_minutes(usual)
    assert balance.asks_more_than_usual(a_plan(an_occurrence("Mon 06:00-12:05")), usual)
    assert not balance.asks_more_than_usual(a_plan(an_occurrence("Mon 06:00-12:00")), usual)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 6),
            st.integers(1, 180),
            st.sampled_from([None, *Said]),
            st.sampled_from([TOGETHER, ALONE, Strand(Kind.SOLO, TWO)]),
        ),
        max_size=12,
    )
)
def test_the_frame_holds_what_a_slow_count_by_hand_finds(lying):
    occurrences = []
    for number, (day, minutes, _, strand) in enumerate(lying):
        start = f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[day]} 08:00"
        end = f"{8 + minutes // 60:02}:{minutes % 60:02}"
        made = an_occurrence(
            f"{start}-{end}", kind=strand.kind, partner=strand.partner, id=str(number)
        )
        occurrences.append(made)
    plan = a_plan(*occurrences)
    for made, (_, _, spoken, _) in zip(occurrences, lying, strict=True):
        plan = review.answer(plan, made.id, spoken)
    told = {(r.kind, r.partner): r for r in rows(plan)}
    his_own = minutes_of(o for o in plan.occurrences if o.strand == HIS_SOLO)
    for strand in HOUSEHOLD.strands():
        mine = {o: o.minutes for o in plan.occurrences if o.strand == strand}
        if strand == HIS_SOLO:
            hers = [o for o in plan.occurrences if o.strand == ALONE]
            mine |= {o: n for o in hers if (n := len(minutes_of([o]) - his_own))}
        got = told[strand.kind, strand.partner or ""]
        spoken = [o.lived * n / o.minutes for o, n in mine.items() if o.lived is not None]

        assert sum(mine.values()) == pytest.approx(got.planned * 60)
        if spoken:
            assert sum(spoken) == pytest.approx(got.lived * 60, abs=0.5)
        else:
            everything = bool(occurrences) and all(o.said for o in plan.occurrences)
            assert (0 == got.lived) if everything and not mine else isnan(got.lived)


def minutes_of(occurrences):
    return {o.start + timedelta(minutes=n) for o in occurrences for n in range(o.minutes)}


# -- time with the children while the other is away

HIS_SOLO = Strand(Kind.SOLO, TWO)
OUT = an_occurrence("Sat 10:00-12:00", kind=Kind.OUT, partner=ONE, id="out")


def solo(plan, partner=TWO):
    return row(rows(plan), Kind.SOLO, partner)


def test_one_s_time_out_is_planned_for_the_other_with_the_children():
    assert (2, 0) == (solo(a_plan(OUT)).planned, solo(a_plan(OUT), ONE).planned)


@pytest.mark.parametrize(
    ("said", "hours"), [(Said.AS_PLANNED, 2), (Said.A_LITTLE, 1), (Said.LET_GO, 0)]
)
def test_what_was_lived_of_it_is_lived_with_the_children(said, hours):
    assert hours == solo(review.answer(a_plan(OUT), OUT.id, said)).lived


def test_time_with_the_children_is_unknown_as_long_as_nobody_spoke_of_it():
    talk = an_occurrence("Mon 20:00-21:00", said=Said.AS_PLANNED, lived=60)

    assert isnan(solo(a_plan(OUT, talk)).lived)


def test_with_a_sitter_it_is_nobody_s_time_with_the_children():
    plan = changes.with_sitter(a_plan(OUT), Span(OUT.start, OUT.end))

    assert 0 == solo(plan).planned
