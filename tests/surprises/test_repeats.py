"""Surprises that come again."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from rituals.model import local_time
from rituals.model.household import ONE, Kind
from rituals.surprises import repeats
from rituals.surprises.surprise import Drawer, Reveal, State, Surprise, new_surprise
from tests.support.notation import a_household, an_instant

HOME = a_household()
NOW = an_instant("Mon 12:00")


def a_surprise(day: date, every_weeks: int, **more: object) -> Surprise:
    start = local_time.instant(day, time(19), HOME)
    return replace(
        new_surprise(ONE, start, NOW), id="s1", title="Cake", every_weeks=every_weeks, **more
    )


def after(one: Surprise, now=None) -> tuple[Surprise, ...]:
    return repeats.with_next(Drawer((one,)), HOME, now or one.end).surprises


def days(some: tuple[Surprise, ...]) -> list[date]:
    return [local_time.local_day(one.start, HOME) for one in some]


@pytest.mark.parametrize(
    ("day", "every_weeks", "again"),
    [
        (date(2026, 11, 19), 2, date(2026, 12, 3)),
        (date(2026, 11, 19), 4, date(2026, 12, 17)),
        (date(2026, 10, 22), 4, date(2026, 11, 19)),  # the same hour, though the clocks changed
        (date(2026, 3, 14), 52, date(2027, 3, 14)),
        (date(2027, 2, 28), 52, date(2028, 2, 28)),
        (date(2028, 2, 29), 52, date(2029, 2, 28)),
    ],
)
def test_what_comes_again_lies_there_for_its_next_time(day, every_weeks, again):
    given, coming = after(a_surprise(day, every_weeks))

    assert [day, again] == days((given, coming))
    assert (19, State.LIES, every_weeks) == (
        coming.start.astimezone(HOME.tz).hour,
        coming.state,
        coming.every_weeks,
    )
    assert 0 == given.every_weeks


def test_a_drawer_that_was_shut_for_long_has_the_next_time_and_none_that_is_over():
    monthly = a_surprise(date(2026, 1, 8), 4)

    assert [date(2026, 1, 8), date(2026, 12, 10)] == days(after(monthly, an_instant("Mon 12:00")))


def test_what_comes_once_and_what_is_not_over_stay_as_they_are():
    once, ahead = a_surprise(date(2026, 11, 12), 0), a_surprise(date(2026, 11, 26), 4)

    assert (once,) == after(once)
    assert (ahead,) == after(ahead, ahead.start)


def test_a_drawer_gets_the_next_time_once():
    now = a_surprise(date(2026, 11, 12), 4).end
    drawer = repeats.with_next(Drawer((a_surprise(date(2026, 11, 12), 4),)), HOME, now)

    assert drawer == repeats.with_next(drawer, HOME, now)


def test_two_browsers_make_the_same_next_time():
    one = a_surprise(date(2026, 11, 12), 4)

    assert after(one) == after(one)


def test_its_line_names_the_day_on_which_it_comes_again():
    one = a_surprise(date(2026, 3, 14), 52, line="Keep Saturday evening free")

    assert "Keep Sunday evening free" == after(one)[1].line


def test_a_line_of_ones_own_stays():
    assert (
        "Not that night" == after(a_surprise(date(2026, 3, 14), 52, line="Not that night"))[1].line
    )


def test_the_day_of_its_opening_moves_along():
    one = a_surprise(
        date(2026, 11, 12), 2, reveal=Reveal.ON, reveal_on=date(2026, 11, 10), kind=Kind.OUT
    )

    assert date(2026, 11, 10) + timedelta(weeks=2) == after(one)[1].reveal_on
