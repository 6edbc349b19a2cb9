"""One sentence about the weeks behind: true, never about one beside the other, or silence."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.insights import looking_back, observations
from rituals.model import wording
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Said, Season
from rituals.model.ritual import Size
from rituals.model.time.window import DAYS
from tests.conftest import sample_couple
from tests.support.notation import WEEK, a_household, a_plan, an_occurrence

HOUSEHOLD = a_household()
SAID = {"+": Said.AS_PLANNED, "~": Said.A_LITTLE, "-": Said.LET_GO, "?": None}
MONDAY = "Mon 12:00-13:00"  # some hour at which the two of them had nothing in common


def weeks_like(signs, lying, **more):
    """Plans of the weeks before WEEK by signs, the newest last.

    "+" as planned, "~" a little, "-" let go, "?" unsaid; "." nothing but a week looked back on,
    "_" a week that nobody wrote down, "g" a week of grace.
    """
    told = {}
    for back, sign in zip(range(len(signs), 0, -1), signs, strict=True):
        week = WEEK - back
        if sign != "_":
            occurrences = [spoken(MONDAY, "+", week, ritual="x", partner=ONE, kind=Kind.ALONE)]
            if sign in SAID:
                occurrences += [spoken(when, sign, week, **more) for when in lying.split(", ")]
            season = Season.GRACE if sign == "g" else Season.USUAL
            told[week] = a_plan(*occurrences, week=week, season=season)
    return told


def spoken(when, sign, week, *, ritual="late-talk", partner=None, **more):
    said = SAID[sign]
    made = an_occurrence(
        when, week=week, ritual=ritual, partner=partner, id=f"{week}/{when}/{partner}", **more
    )
    part = {Said.AS_PLANNED: 1, Said.A_LITTLE: 0.5, Said.LET_GO: 0}
    return replace(
        made, said=said, lived=None if said is None else round(made.minutes * part[said])
    )


def joined(*weeks):
    """The same weeks with all that lies in them."""
    told = {}
    for by_week in weeks:
        for week, plan in by_week.items():
            before = told.get(week, a_plan(week=week))
            told[week] = replace(plan, occurrences=(*before.occurrences, *plan.occurrences))
    return told


def says(rule, by_week):
    """What one rule says before WEEK, or nothing."""
    seen = [looking_back.reviewed_week(by_week[w], HOUSEHOLD) for w in sorted(by_week)]
    found = rule(looking_back.past_weeks(seen, WEEK))
    return found.sentence if found else ""


# -- a part of a day

THURSDAYS = observations.part_of_a_day_together


@pytest.mark.parametrize(
    ("signs", "sentence"),
    [
        ("+++++.", "Thursday evenings were yours together in five of the last six weeks."),
        ("+~++++", "Thursday evenings were yours together in each of the last six weeks."),
        ("--++++++", "Thursday evenings were yours together in each of the last six weeks."),
        ("+++++-", "Thursday evenings were yours together in five of the last six weeks."),
        (
            "+++_++g+",
            "Thursday evenings were yours together in each of the last six weeks "
            "you looked back on.",
        ),
    ],
)
def test_a_part_of_a_day_is_told_where_it_was_together_in_most_weeks(signs, sentence):
    assert sentence == says(THURSDAYS, weeks_like(signs, "Thu 20:00-21:00"))


@pytest.mark.parametrize("signs", ["++++..", "+++++", "+++++?", "?+++++", "+++++g__", ""])
def test_a_part_of_a_day_is_not_told_of_few_weeks_unsaid_ones_or_old_ones(signs):
    assert "" == says(THURSDAYS, weeks_like(signs, "Thu 20:00-21:00"))


def test_six_weeks_out_of_a_long_time_are_not_the_last_six():
    assert "" == says(THURSDAYS, weeks_like("+" + "_" * 8 + "+++++", "Thu 20:00-21:00"))


def test_small_moments_do_not_make_an_evening_together():
    assert "" == says(THURSDAYS, weeks_like("++++++", "Thu 20:00-21:00", size=Size.SMALL))


def test_the_evening_is_the_household_s_own_in_summer_and_winter():
    told = weeks_like("++++++", "Sun 16:30-17:30")

    assert "Sunday afternoons" in says(THURSDAYS, told)
    assert "Sunday evenings" in says(THURSDAYS, weeks_like("++++++", "Sun 17:00-17:30"))


def test_the_small_hours_are_no_part_of_a_day():
    assert "" == says(THURSDAYS, weeks_like("++++++", "Sun 00:30-02:00"))


def test_minutes_told_of_a_week_as_a_whole_may_have_lain_on_any_evening():
    told = weeks_like("+++++.", "Thu 20:00-21:00")
    last = WEEK - 1
    told[last] = replace(told[last], lived={Strand(Kind.TOGETHER): 300})

    assert "" == says(THURSDAYS, told)


# -- a ritual that came back, or is new


def test_a_ritual_came_back_after_weeks_without_it():
    told = weeks_like("++....+", "Thu 20:00-21:00", title="Late talk")

    assert "“Late talk” came back last week, after four weeks of rest." == says(
        observations.came_back, told
    )


@pytest.mark.parametrize(
    "signs",
    ["++...+", "++.._..+", "++..?..+", "++..g..+", "......+", "++.....", "+....?", "+...._"],
)
def test_nothing_came_back_where_it_rested_shortly_or_nobody_can_tell(signs):
    assert "" == says(observations.came_back, weeks_like(signs, "Thu 20:00-21:00"))


def test_the_ritual_of_one_alone_is_not_told_of():
    told = weeks_like("++....+", "Thu 20:00-21:00", partner=ONE, kind=Kind.OUT)

    assert "" == says(observations.came_back, told)


def test_a_ritual_is_new_where_the_weeks_behind_never_saw_it():
    told = weeks_like("." * 8 + "+", "Thu 20:00-21:00")

    assert "“Late talk” was there last week, for the first time in the last 9 weeks." == says(
        observations.something_new, told
    )


@pytest.mark.parametrize("signs", ["." * 7 + "+", "...?....+", "...+....+", "." * 9, "." * 8 + "-"])
def test_nothing_is_new_after_few_weeks_or_where_it_may_have_been(signs):
    assert "" == says(observations.something_new, weeks_like(signs, "Thu 20:00-21:00"))


# -- after grace


@pytest.mark.parametrize(
    ("signs", "rest"), [("++g+", "the week off"), ("+ggg+", "three weeks off")]
)
def test_what_both_came_back_to_first_after_grace(signs, rest):
    told = joined(
        weeks_like(signs, "Thu 20:00-21:00", title="Late talk"),
        weeks_like(signs.replace("+", "-"), "Mon 20:00-21:00", ritual="early-night"),
    )

    assert f"After {rest}, the two of you came back to “Late talk” first." == says(
        observations.first_after_grace, told
    )


@pytest.mark.parametrize("signs", ["+++", "+g", "+g_", "+g.", "+g?", "g+", ".g+", "+_+", "+g_+"])
def test_nothing_came_first_without_grace_or_without_a_word(signs):
    assert "" == says(observations.first_after_grace, weeks_like(signs, "Thu 20:00-21:00"))


def test_nothing_is_called_first_while_something_before_it_is_unsaid():
    told = joined(
        weeks_like("+g+", "Thu 20:00-21:00"),
        weeks_like("+g?", "Mon 20:00-21:00", ritual="early-night"),
    )

    assert "" == says(observations.first_after_grace, told)


# -- what nobody planned

CHANCE = {"ritual": None, "spontaneous": True, "title": "Rained in, with a film"}


def test_what_keeps_happening_is_told_by_its_name():
    told = weeks_like("+..+.+", "Sun 15:00-16:00", **CHANCE)

    assert "“Rained in, with a film” just happened three times in the last six weeks." == says(
        observations.keeps_happening, told
    )


@pytest.mark.parametrize(
    ("signs", "more"),
    [
        ("+....+", {}),
        ("+-.+..", {}),
        ("+++......", {}),
        ("+++.", {}),
        ("++++++", {"title": wording.UNTITLED}),
        ("++++++", {"partner": TWO, "kind": Kind.OUT}),
        ("++++++", {"spontaneous": False}),
    ],
)
def test_what_came_rarely_or_long_ago_or_for_one_alone_is_not_told(signs, more):
    told = weeks_like(signs, "Sun 15:00-16:00", **(CHANCE | more))

    assert "" == says(observations.keeps_happening, told)


def test_time_together_that_nobody_planned_is_told_by_the_weeks_it_came_in():
    told = weeks_like("+.+..+", "Sun 15:00-16:00, Sun 17:00-18:00", **CHANCE)

    assert "Time together that nobody had planned came in three of the last six weeks." == says(
        observations.together_unplanned, told
    )


@pytest.mark.parametrize(
    ("signs", "more"),
    [
        ("+.+...", {}),
        ("+.-..+", {}),
        ("+.?..+", {}),
        ("+.+.+", {}),
        ("++++++", {"size": Size.SMALL}),
        ("++++++", {"spontaneous": False}),
    ],
)
def test_planned_time_or_a_chance_or_two_are_not_told_as_unplanned(signs, more):
    told = weeks_like(signs, "Sun 15:00-16:00", **(CHANCE | more))

    assert "" == says(observations.together_unplanned, told)


# -- three months beside three


@pytest.mark.parametrize(
    ("before", "lately", "held"),
    [
        ("20:00-21:00", "20:00-21:30", "more time together than"),
        ("20:00-21:40", "20:00-22:00", "a little more time together than"),
        ("20:00-21:40", "20:00-21:42", "about as much time together as"),
        ("20:00-21:42", "20:00-21:40", "about as much time together as"),
    ],
)
def test_time_together_is_told_where_it_grew_or_stayed(before, lately, held):
    told = weeks_like("+" * 13, f"Thu {lately}")
    told |= {w - 13: moved(plan) for w, plan in weeks_like("+" * 13, f"Thu {before}").items()}

    assert f"In the last three months a week held {held} in the three before." == says(
        observations.more_together, told
    )


def moved(plan):
    later = timedelta(weeks=-13)
    shifted = (replace(o, start=o.start + later, end=o.end + later) for o in plan.occurrences)
    return replace(plan, week=plan.week - 13, occurrences=tuple(shifted))


@pytest.mark.parametrize(
    "signs",
    [
        "+" * 13 + "~" * 13,  # less
        "+" * 5 + "_" * 8 + "+" * 13,
        "+" * 13 + "_" * 7 + "+" * 6 + "___",
        "?" * 8 + "+" * 5 + "+" * 13,  # nothing certain of most weeks
        "." * 26,
    ],
)
def test_less_time_together_and_few_weeks_are_not_told(signs):
    assert "" == says(observations.more_together, weeks_like(signs, "Thu 20:00-22:00"))


def test_a_week_in_which_something_is_unsaid_weighs_on_neither_side():
    whole = weeks_like("+" * 26, "Thu 20:00-22:00")
    torn = joined(whole, weeks_like("." * 20 + "?" + "." * 5, "Fri 20:00-22:00"))

    assert "about as much" in says(observations.more_together, torn)


# -- whenever it was planned


def test_a_ritual_that_was_lived_whenever_it_was_planned():
    told = weeks_like("+.~+.+", "Thu 20:00-21:00", title="Late talk")

    assert (
        "Whenever “Late talk” was in the plan, it happened: four times in the last six weeks."
        == says(observations.whenever_planned, told)
    )


@pytest.mark.parametrize(
    ("signs", "more"),
    [
        ("+++...", {}),
        ("++++-.", {}),
        ("++++?.", {}),
        ("+++++", {}),
        ("++++++", {"partner": ONE, "kind": Kind.ALONE}),
        ("++++++", {"let_go": True}),
    ],
)
def test_whenever_is_not_said_of_what_was_let_go_or_is_unsaid_or_rare(signs, more):
    told = weeks_like(signs, "Thu 20:00-21:00", **more)

    assert "" == says(observations.whenever_planned, told)


# -- the calmest evening


def busy_but(day, signs="++++++"):
    others = ", ".join(f"{other} 20:00-21:00" for other in DAYS if other != day)
    return weeks_like(signs, others)


def test_the_calmest_evening_held_small_moments_at_most():
    told = joined(
        busy_but("Tue"), weeks_like("++++++", "Tue 21:00-21:05", size=Size.SMALL, ritual="kiss")
    )

    assert (
        "Tuesday evenings were the quiet ones: small moments at most, "
        "in each of the last six weeks." == says(observations.calmest_evening, told)
    )


@pytest.mark.parametrize(
    "by_week",
    [
        weeks_like("......", "Thu 20:00-21:00"),  # calm they all were
        busy_but("Tue", "+++++"),
        joined(busy_but("Tue"), weeks_like("...++.", "Tue 16:30-17:30")),
        joined(busy_but("Tue"), weeks_like("?.....", "Tue 20:00-21:00")),
        joined(busy_but("Tue"), weeks_like("++....", "Mon 18:00-19:00, Tue 18:00-19:00")),
        busy_but("Tue", "??????"),  # on others nobody can tell
    ],
)
def test_no_evening_is_the_calmest_where_others_were_as_calm_or_nobody_can_tell(by_week):
    assert "" == says(observations.calmest_evening, by_week)


def test_a_weekend_away_reaches_into_each_of_its_evenings():
    away = an_occurrence("Fri 20:00-21:00", week=WEEK - 1)
    moment = looking_back.reviewed_week(
        a_plan(replace(away, end=away.end + timedelta(days=2)), week=WEEK - 1), HOUSEHOLD
    ).moments[0]

    assert {4, 5, 6} == moment.evenings


# -- which one is said

SEEDS = st.integers(0, 5000)
RITUALS = ("late-talk", "long-walk", "table-night", "send-off")
TITLES = ("Rained in", "Up late")
HOURS = (time(8), time(14), time(16, 45), time(18), time(20), time(23, 30))


@cache
def a_life(seed, length=34):
    """Some weeks of two people who have habits, now and then."""
    chance = Random(seed)  # noqa: S311 - a life, not a secret
    habits = [a_habit(chance) for _ in range(chance.randint(1, 7))]
    faithful = chance.choice((0.6, 0.9, 1.0))
    drawn = [a_week(chance, WEEK - back, habits, faithful) for back in range(length, 0, -1)]
    return {plan.week: plan for plan in drawn if plan}


def a_habit(chance):
    kind = chance.choice((Kind.TOGETHER, Kind.TOGETHER, Kind.ALONE, Kind.OUT))
    partner = None if kind is Kind.TOGETHER else chance.choice((ONE, TWO))
    ritual = chance.choice(RITUALS) if partner is None else f"own-{kind}"
    often = chance.choice((0.1, 0.5, 0.95))
    return ritual, kind, partner, chance.randrange(7), chance.choice(HOURS), often


def a_week(chance, week, habits, faithful):
    drawn = chance.random()
    if drawn < 0.05:
        return None
    lying = [lain(chance, week, habit, faithful) for habit in habits if chance.random() < habit[-1]]
    if chance.random() < 0.3:
        lying.append(by_chance(chance, week))
    if drawn < 0.1:
        lying = [replace(o, said=None, lived=None) for o in lying]
    season = Season.GRACE if drawn > 0.95 else Season.USUAL
    numbered = (replace(o, id=f"{o.id}/{n}") for n, o in enumerate(lying))
    return a_plan(*numbered, week=week, season=season)


def lain(chance, week, habit, faithful):
    ritual, kind, partner, day, hour, _ = habit
    start = at_home(week, day, hour)
    minutes = chance.choice((30, 60, 120))
    said = Said.AS_PLANNED
    if chance.random() > faithful:
        said = chance.choice((Said.A_LITTLE, Said.LET_GO, None))
    part = {Said.AS_PLANNED: minutes, Said.A_LITTLE: minutes // 2, Said.LET_GO: 0, None: None}
    return replace(
        an_occurrence(ritual=ritual, partner=partner, kind=kind, week=week, id=f"{week}/{ritual}"),
        title=f"{partner or 'both'} {ritual}",
        start=start,
        end=start + timedelta(minutes=minutes),
        said=said,
        lived=part[said],
        let_go=chance.random() < 0.02,
    )


def by_chance(chance, week):
    habit = (None, Kind.TOGETHER, None, chance.randrange(7), chance.choice(HOURS), 1)
    return replace(
        lain(chance, week, habit, 1), title=chance.choice(TITLES), spontaneous=True, let_go=False
    )


def at_home(week, day, hour):
    local = datetime.combine(week.monday + timedelta(days=day), hour, HOUSEHOLD.tz)
    return local.astimezone(UTC)


def said_of(by_week, week=WEEK, aside=frozenset()):
    return observations.observation(by_week, week, HOUSEHOLD, aside)


def all_that_hold(by_week):
    return {rule.__name__: says(rule, by_week) for rule in observations.RULES}


@given(SEEDS)
def test_what_is_said_holds_and_no_rule_is_said_twice_in_a_row(seed):
    by_week = a_life(seed)
    before = None
    for week in (WEEK - n for n in range(5, -1, -1)):
        found = said_of({w: plan for w, plan in by_week.items() if w < week}, week)

        assert found is None or found.rule in observations.NAMES
        assert found is None or before is None or before.rule != found.rule
        assert found == said_of(by_week, week)
        before = found


@given(SEEDS)
def test_what_was_put_aside_is_never_said_again(seed):
    found = said_of(a_life(seed))
    if found:
        after = said_of(a_life(seed), aside=frozenset({found.rule}))

        assert after is None or found.rule != after.rule
    assert said_of(a_life(seed), aside=frozenset(observations.NAMES)) is None


def test_the_lives_drawn_here_hold_every_rule_now_and_then():
    held = Counter(
        rule for seed in range(120) for rule, told in all_that_hold(a_life(seed)).items() if told
    )

    assert set(observations.NAMES) == set(held)


def test_over_a_year_of_the_sample_couple_most_rules_speak_and_some_sundays_are_quiet():
    couple = sample_couple(date(2026, 11, 22))
    by_week = {plan.week: plan for plan in couple.plans}
    told = [observations.observation(by_week, week, couple.household) for week in by_week]
    rules = {found.rule for found in told if found}

    assert len(rules) >= 5
    assert None in told


def test_nobody_without_weeks_behind_is_told_anything():
    assert said_of({}) is None
    assert said_of({WEEK - 1: a_plan(an_occurrence(week=WEEK - 1), week=WEEK - 1)}) is None


# -- never one beside the other

OTHER = {None: None, ONE: TWO, TWO: ONE}


@given(SEEDS)
def test_with_the_two_exchanged_every_sentence_is_the_same(seed):
    by_week = a_life(seed)
    exchanged = {
        week: replace(
            plan,
            occurrences=tuple(replace(o, partner=OTHER[o.partner]) for o in plan.occurrences),
        )
        for week, plan in by_week.items()
    }

    assert all_that_hold(by_week) == all_that_hold(exchanged)


@given(SEEDS)
def test_no_sentence_names_one_of_the_two_or_what_one_has_alone(seed):
    for told in all_that_hold(a_life(seed)).values():
        assert not re.search(r"Maya|Jonas|own-|each of you|other", told)


@given(SEEDS)
def test_time_of_one_alone_changes_no_sentence_but_how_calm_an_evening_was(seed):
    by_week = a_life(seed)
    both = {
        week: replace(
            plan,
            occurrences=tuple(
                o if o.partner is None else replace(o, title="?", ritual="?", kind=Kind.SOLO)
                for o in plan.occurrences
            ),
        )
        for week, plan in by_week.items()
    }

    assert all_that_hold(by_week) == all_that_hold(both)


@given(SEEDS)
def test_what_lies_in_weeks_of_grace_or_unsaid_ones_changes_nothing(seed):
    by_week = a_life(seed)
    emptied = {
        week: replace(plan, occurrences=())
        if plan.season is Season.GRACE or not is_spoken_of(plan)
        else plan
        for week, plan in by_week.items()
    }

    assert all_that_hold(by_week) == all_that_hold(emptied)


# -- true by a slow look


def is_spoken_of(plan):
    return any(o.said for o in plan.occurrences)


def looked_back_on(by_week, at_most=26):
    """The weeks looked back on, the newest first, with how many weeks ago each was."""
    found = []
    for back in range(1, at_most + 1):
        plan = by_week.get(WEEK - back)
        if plan and plan.season != Season.GRACE and is_spoken_of(plan):
            found.append((back, plan))
    return found


def lived(plan):
    return [o for o in plan.occurrences if o.said in {Said.AS_PLANNED, Said.A_LITTLE}]


def number(word):
    return (
        observations.RECENT
        if word == "each"
        else (wording.NUMBERS.index(word) if word in wording.NUMBERS else int(word))
    )


def of_the_last_six(by_week, told):
    """The plans of the last six weeks a sentence rests on; its words for them are held too."""
    six = looked_back_on(by_week)[:6]
    assert ("you looked back on" in told) == ([1, 2, 3, 4, 5, 6] != [back for back, _ in six])
    return [plan for _, plan in six]


@given(SEEDS)
def test_an_evening_together_is_one_by_the_clock_on_the_wall(seed):
    told = says(observations.part_of_a_day_together, a_life(seed))
    if told:
        day, part, times = re.match(r"(\w+) (\w+)s were yours together in (\w+) of", told).groups()
        hours = {"morning": range(5, 12), "afternoon": range(12, 17), "evening": range(17, 24)}
        together = 0
        for plan in of_the_last_six(a_life(seed), told):
            starts = [o.start.astimezone(HOUSEHOLD.tz) for o in lived(plan) if not o.partner]
            together += any(s.strftime("%A") == day and s.hour in hours[part] for s in starts)

        assert number(times) == together
        assert together >= 5


@given(SEEDS)
def test_whenever_means_every_time_it_was_in_the_plan(seed):
    told = says(observations.whenever_planned, a_life(seed))
    if told:
        title, times = re.match(r"Whenever “(.+)” was in .* happened: (\w+) times", told).groups()
        six = of_the_last_six(a_life(seed), told)
        planned = [o for plan in six for o in plan.occurrences if o.title == title]

        assert number(times) == len(planned)
        assert all(o in lived(plan) for plan in six for o in plan.occurrences if o.title == title)
        assert not any(o.let_go for o in planned)


@given(SEEDS)
def test_what_came_back_was_in_none_of_the_weeks_it_rested(seed):
    told = says(observations.came_back, a_life(seed))
    if told:
        title, rest = re.match(r"“(.+)” came back last week, after (\w+) weeks", told).groups()
        by_back = dict(looked_back_on(a_life(seed)))
        back_then = number(rest) + 2

        assert any(o.title == title for o in lived(by_back[1]))
        assert any(o.title == title for o in lived(by_back[back_then]))
        for back in range(2, back_then):
            lay = [o for o in by_back[back].occurrences if o.title == title and not o.let_go]

            assert all(o.said is Said.LET_GO for o in lay)


@given(SEEDS)
def test_more_time_together_is_more_by_the_mean_of_the_weeks_that_are_known(seed):
    told = says(observations.more_together, a_life(seed))
    if told:
        halves = ([], [])
        for back, plan in looked_back_on(a_life(seed)):
            both = [o for o in plan.occurrences if o.partner is None]
            planned = [o for o in plan.occurrences if not (o.let_go or o.spontaneous)]
            nothing_else = any(o.said for o in planned) and all(o.said for o in planned)
            if all(o.said or o.let_go for o in both) and (
                any(o.said for o in both) or nothing_else
            ):
                halves[back > 13].append(sum(o.lived or 0 for o in both))
        now, then = (sum(half) / len(half) for half in halves)

        assert min(map(len, halves)) >= 6
        assert now >= then / 1.05
        assert ("about as much" in told) == (now < then * 1.05)
        assert ("a little more" in told) == (then * 1.05 <= now < then * 1.25)


# -- what it says, and what it costs

FORBIDDEN = r"fail|miss|behind|overdue|should|streak|score|%"


def test_no_sentence_holds_a_word_that_judges():
    for seed in range(60):
        for told in all_that_hold(a_life(seed)).values():
            assert not re.search(FORBIDDEN, told)


def test_only_half_a_year_is_looked_at():
    by_week = a_life(7, length=60)
    seen = set(observations.weeks_considered(WEEK))

    assert 28 == len(seen)
    assert said_of(by_week) == said_of({w: p for w, p in by_week.items() if w in seen})
