"""In a hard week what is small and dear stays; where nothing is hoped for there is nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Choice, Hope, Season
from rituals.model.ritual import Size
from rituals.planning.choices.rest import awake, resting, sentences, woken
from tests.support.notation import a_household, a_plan, a_ritual, an_occurrence

TOGETHER, HERS = Strand(Kind.TOGETHER), Strand(Kind.ALONE, ONE)
RITUALS = {
    ritual.id: ritual
    for ritual in (
        a_ritual("date", size=Size.EVENING, dear=True),
        a_ritual("talk"),
        a_ritual("walk"),
        a_ritual("kiss", minutes=5, size=Size.SMALL),
        a_ritual("tea", minutes=10, size=Size.SMALL),
        a_ritual("hug", minutes=5, size=Size.SMALL, dear=True),
        a_ritual("run", kind=Kind.ALONE),
    )
}


def chosen(text):
    """The choices of "talk 2, kiss 7, !walk"; with a ! by hand."""
    some = []
    for part in text.split(", "):
        id, _, times = part.removeprefix("!").partition(" ")
        whose = ONE if RITUALS[id].kind is Kind.ALONE else None
        some.append(Choice(id, whose, int(times or 1), by_hand=part.startswith("!")))
    return tuple(some)


def a_week(text, season=Season.USUAL, **hopes):
    hoped = {TOGETHER: hopes.get("together", 600), HERS: hopes.get("hers", 120)}
    told = {strand: Hope(minutes) for strand, minutes in hoped.items()}
    return a_plan(season=season, hopes=told, choices=chosen(text))


def lines(choices):
    return ", ".join(f"{c.ritual} {c.times}" for c in choices)


def of(plan):
    """The choices that look for a place, and those that rest."""
    return lines(awake(plan, RITUALS)), lines(resting(plan, RITUALS))


def test_in_a_usual_week_nothing_rests():
    plan = a_week("date, talk 2, kiss 7, run")

    assert plan.choices == awake(plan, RITUALS)
    assert () == resting(plan, RITUALS)


def test_in_a_hard_week_what_takes_its_time_rests_and_small_and_dear_ones_stay():
    expected = "date 1, kiss 2, tea 1", "talk 2, walk 1, kiss 1, tea 1"

    assert expected == of(a_week("date, talk 2, walk, kiss 3, tea 2", Season.HARD))


def test_in_a_hard_week_what_was_chosen_by_hand_stays():
    plan = a_week("!talk 2, walk 2, kiss 2", Season.HARD)

    assert ("talk 2, kiss 2", "walk 2") == of(plan)


def test_what_is_dear_and_by_hand_stays_though_there_is_no_room_for_small_ones():
    assert ("date 1, hug 7, talk 1", "kiss 2") == of(
        a_week("date, hug 7, !talk, kiss 2", Season.HARD)
    )


def test_small_ones_have_their_turns_one_time_each():
    assert ("kiss 2, tea 1", "walk 3, kiss 1") == of(a_week("walk 3, kiss 3, tea", Season.HARD))


def test_what_is_daily_makes_a_hard_week_no_fuller_than_what_a_few_evenings_take():
    thrice, daily = (a_week(f"tea 2, kiss {times}", Season.HARD) for times in (3, 7))

    assert of(thrice)[0] == of(daily)[0]


@pytest.mark.parametrize(("hers", "rests"), [(0, "run 2"), (15, ""), (120, "")])
def test_of_a_kind_for_which_nothing_is_hoped_nothing_is_there(hers, rests):
    assert rests == of(a_week("talk, run 2", hers=hers))[1]


def test_what_was_chosen_by_hand_is_there_though_nothing_is_hoped_for():
    assert ("talk 1, run 1", "") == of(a_week("!talk, !run", together=0, hers=0))


def test_without_any_hopes_only_what_was_chosen_by_hand_is_there():
    assert ("walk 1", "date 1, talk 2, run 1") == of(
        a_week("date, talk 2, !walk, run", together=0, hers=0)
    )


def test_a_strand_without_a_word_about_it_hopes_for_something():
    plan = replace(a_week("talk, run"), hopes={})

    assert plan.choices == awake(plan, RITUALS)


def test_a_ritual_that_is_no_longer_there_rests_nowhere():
    plan = replace(a_week("talk", together=0), choices=(Choice("gone", None, 1),))

    assert () == resting(plan, RITUALS)


def test_what_is_taken_in_after_all_rests_no_longer():
    plan = a_week("date, talk 2, walk, kiss 3, run", Season.HARD, hers=0)
    after = woken(plan, resting(plan, RITUALS))

    assert () == resting(after, RITUALS)
    assert [(c.ritual, c.times) for c in plan.choices] == [
        (c.ritual, c.times) for c in awake(after, RITUALS)
    ]


def test_only_what_is_taken_in_is_by_hand_then():
    plan = a_week("date, talk 2, walk", Season.HARD)
    (talk,) = chosen("talk 2")
    after = woken(plan, [talk])

    assert {"talk"} == {c.ritual for c in after.choices if c.by_hand}
    assert "walk 1" == of(after)[1]


def said(plan, household=None):
    return sentences(plan, RITUALS, household or a_household())


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ("talk", "A hard week: Talk rests."),
        ("talk, walk 2", "A hard week: Talk and Walk rest."),
        ("kiss 4", "A hard week: Kiss comes less often."),
        ("talk, kiss 4, tea 4", "A hard week: Talk rests; Kiss and Tea come less often."),
        ("run", "A hard week: Run for Maya rests."),
    ],
)
def test_what_rests_in_a_hard_week_is_named_in_one_sentence(choices, sentence):
    assert [sentence] == said(a_week(choices, Season.HARD))


def test_what_both_have_and_what_rests_for_both_has_no_name():
    both = (Choice("run", ONE, 1), Choice("run", TWO, 1))
    plan = a_plan(season=Season.HARD, choices=both)

    assert ["A hard week: Run rests."] == said(plan)


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        (a_week("talk, run", hers=0), "Nothing alone is hoped for: Run for Maya rests."),
        (a_week("talk, walk", together=0), "Nothing together is hoped for: Talk and Walk rest."),
    ],
)
def test_what_rests_because_nothing_is_hoped_for_says_so(week, sentence):
    assert [sentence] == said(week)


def test_a_hard_week_and_a_hope_of_nothing_are_two_sentences():
    expected = ["A hard week: Talk rests.", "Nothing alone is hoped for: Run for Maya rests."]

    assert expected == said(a_week("talk, run", Season.HARD, hers=0))


def test_of_many_four_are_named():
    many = {f"r{n}": a_ritual(f"r{n}") for n in range(7)}
    plan = a_plan(season=Season.HARD, choices=tuple(Choice(id, None, 1) for id in many))
    four, five = ("A hard week: R0, R1, R2, R3", "A hard week: R0, R1, R2, R3 and R4 rest.")

    assert [f"{four} and three more rest."] == sentences(plan, many, a_household())
    plan = replace(plan, choices=plan.choices[:5])
    assert [five] == sentences(plan, many, a_household())


def test_where_nothing_rests_nothing_is_said():
    assert [] == said(a_week("date, talk, run"))
    assert [] == said(a_week("date, !talk, hug", Season.HARD))


def test_what_is_held_in_the_week_does_not_rest():
    plan = a_week("talk, walk", Season.HARD)
    held = an_occurrence(ritual="talk", fixed=True)

    assert ["A hard week: Walk rests."] == said(replace(plan, occurrences=(held,)))


def test_a_ritual_that_the_household_has_no_longer_is_not_named():
    retired = {**RITUALS, "walk": replace(RITUALS["walk"], retired=True)}
    plan = a_week("talk, walk", Season.HARD)

    assert ["A hard week: Talk rests."] == sentences(plan, retired, a_household())


weeks = st.builds(
    lambda times, by_hand: [
        Choice(id, ONE if id == "run" else None, n, by_hand=id in by_hand)
        for id, n in times.items()
        if n
    ],
    st.fixed_dictionaries({id: st.integers(0, 7) for id in RITUALS}),
    st.sets(st.sampled_from(sorted(RITUALS)), max_size=2),
)


@given(weeks)
def test_a_hard_week_has_at_most_six_in_ten_of_a_usual_one_beside_what_stays_anyway(choices):
    plan = a_plan(season=Season.HARD, choices=tuple(choices))
    up, most = awake(plan, RITUALS), 6 * sum(c.times for c in choices) // 10
    anyway = [c for c in choices if c.by_hand or RITUALS[c.ritual].dear]
    dear = sum(c.times for c in choices if RITUALS[c.ritual].dear and not c.by_hand)

    assert set(anyway) <= set(up)
    assert sum(c.times for c in up if not c.by_hand) <= max(most, dear)
    assert all(c in anyway or RITUALS[c.ritual].size is Size.SMALL for c in up)


@given(weeks, st.sampled_from(Season), st.booleans())
def test_each_time_that_was_chosen_is_awake_or_rests(choices, season, nothing):
    hopes = {TOGETHER: Hope(0)} if nothing else {}
    plan = a_plan(season=season, hopes=hopes, choices=tuple(choices))
    both = [*awake(plan, RITUALS), *resting(plan, RITUALS)]

    assert {c.ritual: c.times for c in choices} == {
        id: sum(c.times for c in both if c.ritual == id) for id in {c.ritual for c in both}
    }


@given(weeks)
def test_taking_in_one_that_rests_lets_no_other_rest(choices):
    plan = a_plan(season=Season.HARD, choices=tuple(choices))
    up = {c.ritual: c.times for c in awake(plan, RITUALS)}
    for one in resting(plan, RITUALS):
        after = {c.ritual: c.times for c in awake(woken(plan, [one]), RITUALS)}

        assert all(times <= after[id] for id, times in up.items())
