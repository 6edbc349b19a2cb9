"""The same couple the other way round gets the same week the other way round."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rituals.model.household import ONE, TWO, Kind, Partner, Strand
from rituals.model.time.span import Spans
from rituals.model.time.window import DAYS
from rituals.model.usual import Usual
from rituals.planning.placement.order import first_partner
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Request, Surroundings
from tests.support.notation import WEEK, a_household, a_ritual, a_span, an_occurrence, hours_of
from tests.support.wishes import LONG_AGO

OTHER = {ONE: TWO, TWO: ONE}
RITUALS = {
    "choir": a_ritual("choir", window="Mon-Fri 19:00-22:00", minutes=120, kind=Kind.OUT),
    "run": a_ritual("run", window="daily 07:00-09:00; Mon-Fri 18:00-21:00", kind=Kind.ALONE),
    "read": a_ritual("read", window="Tue,Thu 20:00-21:30", minutes=(30, 90), kind=Kind.ALONE),
}
TALK = a_ritual("talk", window="Tue,Thu 20:00-22:00")


def a_life(chance):
    """All that is one partner's own in a week."""
    return {
        "work": chance.choice(["", "Mon-Fri 09:00-17:00", "Mon-Thu 12:00-20:00"]),
        "busy": [f"{chance.choice(DAYS)} 18:30-20:30" for _ in range(chance.randrange(3))],
        "wants": chance.sample(sorted(RITUALS), chance.randrange(1, 3)),
        "hopes": chance.choice([60, 120, 240]),
        "free": (chance.randrange(7),) if chance.random() < 0.3 else (),
        "past": [
            (id, n, f"{chance.choice(DAYS)} 20:00-21:00", chance.random() < 0.5)
            for id in RITUALS
            for n in range(1, chance.randrange(1, 4))
        ],
    }


def placed(lives, names):
    """The week of two lives, by key, under these names."""
    work = [lives[key]["work"] for key in (ONE, TWO)]
    partners = (Partner(ONE, names[ONE]), Partner(TWO, names[TWO]))
    usual = Usual(free_evenings={key: life["free"] for key, life in lives.items() if life["free"]})
    home = replace(a_household(hours=hours_of(*work)), partners=partners, usual=usual)
    asked = [Request(RITUALS[id], key, 1, 1) for key in lives for id in lives[key]["wants"]]
    asked.append(Request(TALK, None, 1, 1))
    found = place(asked, around(lives), home, WEEK)
    first = first_partner(asked, around(lives), home, WEEK)
    return {(one.wanted.ritual.id, one.wanted.partner, one.span) for one in found.placed}, first


def around(lives):
    busy = {key: Spans(map(a_span, life["busy"])) for key, life in lives.items()}
    hopes = {
        Strand(kind, key): lives[key]["hopes"] for key in lives for kind in (Kind.ALONE, Kind.OUT)
    }
    past = tuple(
        an_occurrence(at, week=WEEK - n, ritual=id, partner=key, kind=RITUALS[id].kind, fixed=fixed)
        for key, life in lives.items()
        for id, n, at, fixed in life["past"]
    )
    return Surroundings(LONG_AGO, busy=busy, hopes=hopes, past=past)


def swapped(week):
    lies, first = week
    return {(id, OTHER.get(key), span) for id, key, span in lies}, OTHER[first]


chances = st.randoms(use_true_random=False)


@given(chances, st.booleans())
def test_two_who_change_places_have_the_same_week(chance, alike):
    one = a_life(chance)
    lives = {ONE: one, TWO: one if alike else a_life(chance)}
    names = {ONE: "Maya", TWO: "Jonas"}
    other = {OTHER[key]: life for key, life in lives.items()}

    assert swapped(placed(lives, names)) == placed(
        dict(sorted(other.items())), {ONE: "Jonas", TWO: "Maya"}
    )


@given(chances)
def test_a_name_decides_nothing_where_anything_else_is_different(chance):
    lives = {ONE: a_life(chance), TWO: a_life(chance)}
    assume(lives[ONE] != lives[TWO])

    assert placed(lives, {ONE: "Maya", TWO: "Jonas"}) == placed(lives, {ONE: "Jonas", TWO: "Maya"})


@pytest.mark.parametrize(
    "more",
    [
        {"work": "Mon-Fri 09:00-17:00"},
        {"busy": ["Tue 18:30-20:30"]},
        {"wants": ["choir", "read"]},
        {"hopes": 240},
        {"free": (1,)},
        {"past": [("choir", 1, "Tue 20:00-21:00", False)]},
        {"past": [("choir", 2, "Mon 20:00-21:00", True)]},  # by hand
    ],
)
def test_whatever_is_different_decides_and_not_the_name(more):
    past = [("choir", 2, "Mon 20:00-21:00", False)]
    plain = {"work": "", "busy": [], "wants": ["choir"], "hopes": 60, "free": (), "past": past}
    lives = {ONE: plain, TWO: plain | more}
    _, first = placed(lives, {ONE: "Maya", TWO: "Jonas"})
    _, renamed = placed(lives, {ONE: "Jonas", TWO: "Maya"})

    assert first == renamed


@given(chances)
def test_of_two_with_the_same_life_the_name_comes_first(chance):
    life = a_life(chance)
    _, first = placed({ONE: life, TWO: life}, {ONE: "Maya", TWO: "Jonas"})
    _, second = placed({ONE: life, TWO: life}, {ONE: "Jonas", TWO: "Maya"})

    assert (TWO, ONE) == (first, second)
