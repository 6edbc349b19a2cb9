from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model.time.rhythm import FIRST_YEARS, MOST_WEEKS, WEEKLY, YEAR, Rhythm, YearlyDate
from rituals.model.time.window import NotationError

YEARS = st.integers(1900, 3000)
some_date = st.builds(
    lambda day, first: YearlyDate(day.month, day.day, first),
    st.dates(date(2000, 1, 1), date(2000, 12, 31)),
    st.none() | st.sampled_from(FIRST_YEARS),
)
some_rhythm = st.builds(Rhythm, st.integers(1, MOST_WEEKS)) | st.builds(Rhythm.yearly, some_date)


@given(some_rhythm)
def test_what_is_written_is_read_again(rhythm):
    assert rhythm == Rhythm.read(str(rhythm))


@given(some_date, YEARS)
def test_every_date_has_one_day_in_every_year(yearly, year):
    day = Rhythm.yearly(yearly).day_in(year)

    assert day is not None
    assert (year, yearly.month) == (day.year, day.month)
    assert day.day == yearly.day or (2, 29, 28) == (yearly.month, yearly.day, day.day)


@given(some_date, YEARS)
def test_the_days_of_two_years_lie_about_a_year_apart(yearly, year):
    assert 364 <= (yearly.in_year(year + 1) - yearly.in_year(year)).days <= 367


@given(some_date, YEARS)
def test_years_are_counted_from_the_one_after_the_first(yearly, year):
    counted = yearly.ordinal(year)

    assert bool(counted) == (yearly.first is not None and year > yearly.first)
    if counted:
        number = counted.removeprefix("the ")[:-2]
        assert year == (yearly.first or 0) + int(number)


@given(some_rhythm)
def test_a_rhythm_is_weekly_or_rare(rhythm):
    assert rhythm.is_weekly == (rhythm == WEEKLY) == (rhythm.every_weeks == 1)
    assert (rhythm.date is None) == (rhythm.day_in(2026) is None)


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("", WEEKLY),
        ("weekly", WEEKLY),
        ("every 1 weeks", WEEKLY),
        ("every 2 weeks", Rhythm(2)),
        (" every 13 weeks ", Rhythm(13)),
        ("every 52 weeks", Rhythm(52)),
        ("yearly on 12 June", Rhythm(YEAR, YearlyDate(6, 12))),
        ("yearly on 29 February since 2016", Rhythm(YEAR, YearlyDate(2, 29, 2016))),
    ],
)
def test_a_rhythm_is_read_as_people_write_it(text, rhythm):
    assert rhythm == Rhythm.read(text)


@pytest.mark.parametrize(
    "text",
    [
        *("monthly", "every 0 weeks", "every weeks", "every 105 weeks", "every 02 weeks"),
        *("yearly", "yearly on June 12", "yearly on 30 February", "yearly on 31 April"),
        *("yearly on 12 June since 1066", "yearly on 12 june", "yearly on ٣ June", "weekly\nx"),
    ],
)
def test_no_rhythm_is_refused_in_one_sentence(text):
    with pytest.raises(NotationError) as told:
        Rhythm.read(text)

    assert str(told.value).endswith(".")
    assert str(told.value).isprintable()


def test_a_date_comes_once_a_year():
    with pytest.raises(NotationError):
        Rhythm(13, YearlyDate(6, 12))


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 2, 29)), (2026, date(2026, 2, 28)), (2100, date(2100, 2, 28))],
)
def test_the_29th_of_february_has_a_day_in_other_years_too(year, day):
    assert day == Rhythm.read("yearly on 29 February").day_in(year)


@pytest.mark.parametrize(
    ("year", "counted"),
    [
        (2018, ""),
        (2019, ""),
        (2020, "the 1st"),
        (2021, "the 2nd"),
        (2022, "the 3rd"),
        (2026, "the 7th"),
        (2030, "the 11th"),
        (2031, "the 12th"),
        (2040, "the 21st"),
        (2130, "the 111th"),
    ],
)
def test_years_are_counted_in_words_of_people(year, counted):
    assert counted == YearlyDate(6, 12, 2019).ordinal(year)
