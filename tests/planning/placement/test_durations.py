from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import comfortable
from rituals.planning.placement.durations import ChosenRitual, Measure, measures
from tests.support.notation import a_ritual

TOGETHER, HERS, HIS = Strand(Kind.TOGETHER), Strand(Kind.ALONE, ONE), Strand(Kind.ALONE, TWO)
STEP = 15  # minutes


def asked(key, minutes, times=1, most=None, strand=TOGETHER, lay=()):  # noqa: PLR0913 - a builder
    """A ritual for somebody, so many times, or up to `most` where the hopes ask for more."""
    ritual = a_ritual(key, minutes=minutes)
    return ChosenRitual(key, ritual, strand, times, times if most is None else most, lay)


def of(some, hoped=None, given=0):
    """The length and number of each, where its strand hopes for so many minutes."""
    hopes = {} if hoped is None else {TOGETHER: hoped}
    return {
        key: (m.minutes, m.times) for key, m in measures(some, {TOGETHER: given}, hopes).items()
    }


def total(some, hoped=None, given=0):
    return sum(minutes * times for minutes, times in of(some, hoped, given).values())


def test_nothing_asked_is_nothing():
    assert {} == measures([], {}, {TOGETHER: 300})


def test_without_hopes_everything_is_comfortable():
    some = [asked("talk", (45, 120), times=2, most=4), asked("walk", 30)]

    assert {"talk": (75, 2), "walk": (30, 1)} == of(some)


@pytest.mark.parametrize(
    ("hoped", "minutes"), [(0, 45), (52, 45), (53, 60), (75, 75), (82, 75), (83, 90), (999, 120)]
)
def test_one_ritual_goes_as_near_to_the_hopes_as_a_quarter_allows(hoped, minutes):
    assert {"talk": (minutes, 1)} == of([asked("talk", (45, 120))], hoped)


def test_a_last_step_is_as_short_as_the_most_leaves_it():
    assert {"talk": (50, 1)} == of([asked("talk", (30, 50))], 50)
    assert {"talk": (30, 1)} == of([asked("talk", (30, 50))], 0)


def test_the_one_nearest_to_its_least_grows_first():
    some = [asked("talk", (30, 150)), asked("walk", (30, 45))]

    assert {"talk": (90, 1), "walk": (30, 1)} == of(some)
    assert {"talk": (90, 1), "walk": (45, 1)} == of(some, 135)


def test_the_one_nearest_to_its_most_shrinks_first():
    some = [asked("talk", (30, 150)), asked("walk", (30, 45))]

    assert {"talk": (75, 1), "walk": (30, 1)} == of(some, 105)


def test_it_comes_oftener_only_when_nothing_can_grow():
    some = [asked("talk", (30, 60), times=1, most=3)]

    assert {"talk": (60, 1)} == of(some, 90)
    assert {"talk": (60, 2)} == of(some, 91)
    assert {"talk": (60, 3)} == of(some, 900)


def test_what_came_oftener_least_comes_oftener_first():
    some = [asked("talk", 30, most=3), asked("walk", 30, most=3)]

    assert {"talk": (30, 2), "walk": (30, 2)} == of(some, 120)


def test_what_is_there_without_them_counts():
    assert {"talk": (60, 1)} == of([asked("talk", (45, 120))], 200, given=140)
    assert {"talk": (45, 1)} == of([asked("talk", (45, 120))], 200, given=500)


def test_one_strand_s_hopes_are_nothing_to_another():
    some = [asked("swim", (30, 90), strand=HERS), asked("read", (30, 90), strand=HIS)]
    hopes = {HERS: 90, HIS: 0}

    assert {"swim": Measure(90, 1), "read": Measure(30, 1)} == measures(some, {}, hopes)


@pytest.mark.parametrize("hoped", [*range(90, 121, 5)])
def test_what_lies_somewhere_keeps_its_length_within_the_hopes(hoped):
    least, most = comfortable(hoped)
    some = [asked("talk", (45, 180), lay=(105,))]

    assert least <= 105 <= most
    assert {"talk": (105, 1)} == of(some, hoped)


@pytest.mark.parametrize(("hoped", "minutes"), [(60, 60), (165, 165)])
def test_what_lies_somewhere_changes_its_length_beyond_the_hopes(hoped, minutes):
    assert {"talk": (minutes, 1)} == of([asked("talk", (45, 180), lay=(105,))], hoped)


def test_what_is_new_is_comfortable_beside_what_lies_there_within_the_hopes():
    some = [asked("talk", (45, 180), lay=(105,)), asked("walk", (30, 60))]

    assert {"talk": (105, 1), "walk": (45, 1)} == of(some, 150)


def test_what_came_oftener_because_of_the_hopes_still_does():
    some = [asked("walk", 30, times=1, most=3, lay=(30, 30))]

    assert {"walk": (30, 2)} == of(some, 60)
    assert {"walk": (30, 1)} == of([asked("walk", 30, times=1, most=1, lay=(30, 30))], 60)


def test_of_several_lengths_it_has_the_one_in_the_middle():
    assert {"walk": (45, 3)} == of([asked("walk", (30, 90), times=3, lay=(30, 45, 90))], 135)


@given(st.integers(0, 240), st.integers(0, 600))
def test_nothing_changed_changes_no_length(given, hoped):
    some = [asked("talk", (45, 120), most=2), asked("walk", (30, 75), times=2)]
    first = of(some, hoped, given)
    lying = [replace(one, lay=(first[one.key][0],) * first[one.key][1]) for one in some]

    assert first == of(lying, hoped, given)


minutes = st.tuples(st.sampled_from([5, 20, 30, 45, 90]), st.sampled_from([0, 10, 15, 60, 135]))
some_times = st.tuples(st.integers(1, 4), st.integers(0, 3))


@st.composite
def some_asked(draw):
    """Up to five rituals of one strand."""
    found = []
    for number in range(draw(st.integers(1, 5))):
        (least, room), (times, more) = draw(minutes), draw(some_times)
        found.append(asked(f"ritual-{number}", (least, least + room), times, times + more))
    return found


hoped_minutes = st.integers(0, 1200)


@given(some_asked(), hoped_minutes, st.integers(0, 600))
def test_nothing_is_shorter_longer_or_oftener_than_it_may_be(some, hoped, given):
    found = measures(some, {TOGETHER: given}, {TOGETHER: hoped})

    assert {one.key for one in some} == set(found)
    for one in some:
        measure = found[one.key]

        assert one.ritual.least_minutes <= measure.minutes <= one.ritual.most_minutes
        assert one.times <= measure.times <= one.most


@given(some_asked(), hoped_minutes)
def test_the_hopes_are_met_as_near_as_half_a_step(some, hoped):
    found = of(some, hoped)
    off = sum(minutes * times for minutes, times in found.values()) - hoped
    shortest = {one.key: (one.ritual.least_minutes, one.times) for one in some}
    longest = {one.key: (one.ritual.most_minutes, one.most) for one in some}
    step = max(STEP * one.times + one.ritual.most_minutes * (one.most > one.times) for one in some)

    assert found == (shortest if off > 0 else longest) or abs(off) <= step / 2


@given(some_asked(), hoped_minutes, hoped_minutes)
def test_a_higher_hope_never_shortens_anything(some, one, other):
    lower, higher = (of(some, hoped) for hoped in sorted((one, other)))

    assert all(lower[key][0] <= higher[key][0] for key in lower)
    assert all(lower[key][1] <= higher[key][1] for key in lower)


@given(some_asked(), hoped_minutes, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(some, hoped, chance):
    shuffled = chance.sample(some, len(some))

    assert of(some, hoped) == of(shuffled, hoped)


@given(some_asked(), hoped_minutes)
def test_a_title_does_not_matter(some, hoped):
    renamed = [replace(a, ritual=replace(a.ritual, title="Another")) for a in some]

    assert of(some, hoped) == of(renamed, hoped)


@given(some_asked(), st.integers(0, 600), st.integers(0, 600))
def test_given_minutes_are_hopes_that_are_already_met(some, hoped, given):
    assert of(some, hoped) == of(some, hoped + given, given)
