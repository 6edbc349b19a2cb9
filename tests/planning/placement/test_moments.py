"""Small moments of two who part and meet again: each at the hours at which it is one."""

from dataclasses import replace
from datetime import time

import pytest

from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Needs, Size, TakesPart
from rituals.model.time.lean import Lean
from rituals.planning import catalogue
from rituals.planning.placement.moments import Moment, moment
from rituals.planning.placement.place import place
from rituals.planning.placement.request import Group, Surroundings
from tests.support.notation import WEEK, a_household, a_ritual, hours_of, spans, windows
from tests.support.wishes import LONG_AGO, a_space, clock, wanted

GOODBYE = a_ritual("goodbye", window="Thu wake-12:00", minutes=10, size=Size.SMALL, leans=Lean.END)
HELLO = a_ritual("hello", window="Thu 12:30-20:00", minutes=10, size=Size.SMALL, leans=time(17))
OF_ONE = {"size": Size.SMALL, "takes_part": TakesPart.EITHER, "minutes": 5}
TEXT = a_ritual("text", window="Mon-Sat 09:00-18:00", leans=Lean.MIDDLE, **OF_ONE)
NOTE = a_ritual(
    "note", window="Mon-Thu,Sun 19:00-sleep; Mon-Fri wake-09:00", leans=Lean.END, **OF_ONE
)


def starts(space):
    return [clock(space.span(c).start) for c in space.candidates]


def all_placed(ritual, home, partner=None, times=1, **around):
    """The places of a ritual in a week."""
    some = wanted(ritual, partner, times)
    found = place(some, Surroundings(LONG_AGO, **around), home, WEEK)
    return [clock(one.span.start) for one in found.placed]


def placed(ritual, home, partner=None, **around):
    """The one place of a ritual in a week."""
    (found,) = all_placed(ritual, home, partner, **around)
    return found


def test_of_what_we_suggest_these_hang_on_who_is_where():
    found = {
        ritual.id: sort
        for ritual in catalogue.load(catalogue.SUGGESTED).values()
        for partner in [None if ritual.takes_part is TakesPart.BOTH else ONE]
        if (sort := moment(Group(ritual, partner, ())))
    }

    assert {
        "send-off": Moment.GOODBYE,
        "reunion": Moment.REUNION,
        "unexpected-text": Moment.WORD,
        "note-in-the-bag": Moment.FIND,
        "long-way-home": Moment.WAY_HOME,
    } == found


@pytest.mark.parametrize(
    ("hours", "at"),
    [
        (hours_of("Thu 09:00-17:00"), "Thu 08:45"),
        (hours_of(his_work="Thu 08:00-16:00"), "Thu 07:45"),
        (hours_of(away="Thu 07:30-13:00"), "Thu 07:15"),
    ],
)
def test_a_good_bye_lies_just_before_somebody_leaves(hours, at):
    assert at == placed(GOODBYE, a_household(hours=hours))


def test_a_good_bye_is_tried_in_the_hour_before_somebody_leaves_alone():
    home = a_household(hours=hours_of("Thu 09:00-17:00"))
    found = starts(a_space(wanted(GOODBYE), household=home))

    assert ("Thu 08:00", "Thu 08:45") == (found[0], found[-1])


def test_where_somebody_leaves_early_only_a_good_bye_goes_with_them():
    own = a_ritual(
        "tea", window="Thu wake-12:00", minutes=10, size=Size.SMALL, leans=Lean.END, kind=Kind.ALONE
    )
    home = a_household(hours=hours_of(his_work="Thu 07:30-16:00"), children=False)

    assert "Thu 07:15" == placed(GOODBYE, home)
    assert "Thu 11:45" == placed(own, home, ONE)


@pytest.mark.parametrize(
    ("hours", "at"),
    [
        (hours_of("Tue 08:30-17:00", away="Mon-Fri 08:00-13:00"), ["Tue 08:15"]),
        (hours_of("Tue 14:00-22:00", away="Mon-Tue 08:00-13:00"), ["Mon 07:45", "Tue 07:45"]),
        (hours_of("Fri 22:00-06:00", "Tue 08:00-16:00"), ["Tue 07:45"]),
    ],
)
def test_the_children_s_leaving_is_none_of_the_two_where_one_of_them_leaves(hours, at):
    daily = replace(GOODBYE, windows=windows("Mon-Fri wake-09:00"))

    assert at == sorted(all_placed(daily, a_household(hours=hours), times=5))


def test_where_nobody_leaves_a_good_bye_ends_the_morning():
    assert "Thu 11:45" == placed(GOODBYE, a_household())


def test_a_good_bye_that_has_no_room_before_they_leave_has_no_place():
    home = a_household(hours=hours_of("Thu 09:00-11:00"))
    busy = {ONE: spans("Thu 06:00-09:00")}

    assert [] == all_placed(GOODBYE, home, busy=busy)


@pytest.mark.parametrize(
    ("work", "his_work", "at"),
    [
        ("Tue,Thu 09:00-17:30", "", ["Thu 17:30"]),
        ("Thu 09:00-13:00", "Thu 09:00-17:30", ["Thu 17:30"]),
        ("Thu 08:00-13:00", "", ["Thu 13:00"]),
        ("Thu 06:00-11:00", "", []),  # long at home by then
        ("Tue 09:00-17:30", "", []),
    ],
)
def test_a_reunion_comes_when_somebody_comes_home(work, his_work, at):
    assert at == all_placed(HELLO, a_household(hours=hours_of(work, his_work)))


def test_children_who_come_from_school_are_no_reunion_of_the_two():
    home = a_household(hours=hours_of("Thu 06:30-09:00", away="Thu 08:00-16:00"))

    assert [] == all_placed(HELLO, home)


def test_where_neither_of_the_two_ever_goes_a_reunion_is_when_the_children_come_from_school():
    home = a_household(hours=hours_of(away="Thu 08:00-13:00"))

    assert "Thu 13:00" == placed(HELLO, home)


def test_where_nobody_ever_goes_a_reunion_lies_in_any_of_its_hours():
    assert "Thu 17:00" == placed(HELLO, a_household())


@pytest.mark.parametrize("partner", [ONE, TWO])
def test_a_word_from_afar_comes_while_the_two_are_apart(partner):
    home = a_household(hours=hours_of(his_work="Wed 13:00-22:00"))
    found = starts(a_space(wanted(TEXT, partner), household=home))

    assert {"Wed"} == {at.split()[0] for at in found}
    assert min(found) >= "Wed 13:00"


def test_a_word_from_afar_has_no_second_place_where_they_are_apart_on_one_day():
    home = a_household(hours=hours_of(his_work="Wed 09:00-17:00"))

    assert 1 == len(all_placed(TEXT, home, ONE, times=2))


def test_two_who_are_always_at_home_send_each_other_a_word_all_the_same():
    assert 2 == len(all_placed(TEXT, a_household(), ONE, times=2))


def test_what_one_does_alone_in_these_hours_is_no_word_to_the_other():
    own = a_ritual("own", window="Mon-Sat 09:00-18:00", kind=Kind.ALONE, **OF_ONE)
    home = a_household(hours=hours_of(his_work="Wed 13:00-22:00"))

    assert "Mon" in {at.split()[0] for at in starts(a_space(wanted(own, ONE), household=home))}


@pytest.mark.parametrize(
    ("work", "his_work", "days"),
    [
        ("", "Thu 09:00-17:00", {"Wed", "Thu"}),  # the evening before, and the morning
        ("Thu 07:00-15:00", "Thu 09:00-17:00", {"Wed", "Thu"}),
        ("Thu 05:00-15:00", "Thu 09:00-17:00", {"Wed"}),
        ("", "Thu 14:00-22:00", {"Wed", "Thu"}),
    ],
)
def test_a_note_is_left_at_home_for_somebody_who_leaves(work, his_work, days):
    home = a_household(hours=hours_of(work, his_work))
    found = starts(a_space(wanted(NOTE, ONE), household=home))

    assert days == {at.split()[0] for at in found}
    assert all(at < "Thu 07:00" or at >= "Thu 15:00" for at in found if work)


def test_a_note_of_the_morning_lies_just_before_the_other_leaves():
    home = a_household(hours=hours_of(his_work="Thu 08:00-16:00"))
    busy = {ONE: spans("Wed 18:00-23:00")}

    assert "Thu 07:45" == placed(NOTE, home, ONE, busy=busy)


def test_the_two_do_not_send_their_word_at_once():
    home = a_household(hours=hours_of(his_work="Wed 10:00-17:00"))
    some = [*wanted(TEXT, ONE), *wanted(TEXT, TWO)]
    found = place(some, Surroundings(LONG_AGO), home, WEEK).placed

    assert 2 == len({one.span.start for one in found})


def test_the_way_home_is_when_the_children_come_home():
    way = a_ritual(
        "way-home",
        window="Mon-Fri 12:30-18:30",
        minutes=20,
        kind=Kind.SOLO,
        takes_part=TakesPart.EITHER,
        leaves=True,
        needs=Needs.CHILDREN,
    )
    home = a_household(hours=hours_of(away="Mon,Thu 08:00-15:30", work="Mon 08:00-18:00"))

    assert "Thu 15:30" == placed(way, home, ONE)


def test_what_one_gives_in_person_needs_the_other_there():
    surprise = a_ritual(
        "surprise", window="Wed,Thu 20:00-21:30", takes_part=TakesPart.EITHER, in_person=True
    )
    home = a_household(hours=hours_of(his_work="Wed 14:00-22:00"))

    assert "Thu 20:00" == placed(surprise, home, ONE)
    assert [] == all_placed(surprise, home, ONE, busy={TWO: spans("Thu 19:00-23:00")})
