# ruff: noqa: SIM300 - what is expected comes first

from datetime import date

import pytest

from rituals import words
from rituals.model import ONE, TWO, Kind, Strand
from tests.notation import a_household, an_instant, an_occurrence


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 h"),
        (5, "5 min"),
        (59, "59 min"),
        (60, "1 h"),
        (65, "1 h 05"),
        (90, "1 h 30"),
        (450, "7 h 30"),
        (1500, "25 h"),
    ],
)
def test_minutes_are_read_as_hours(minutes, text):
    assert text == words.hours(minutes)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 26), "Thursday 26 November"),
        (date(2026, 3, 1), "Sunday 1 March"),
        (date(2026, 1, 5), "Monday 5 January"),
        (date(2026, 12, 5), "Saturday 5 December"),
    ],
)
def test_a_day_is_read_with_its_weekday(value, text):
    assert text == words.day(value)


def test_a_short_day_has_no_weekday():
    assert "26 November" == words.short_day(date(2026, 11, 26))


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/Berlin", "Thursday 20:00"),
        ("America/New_York", "Thursday 14:00"),
        ("Asia/Kathmandu", "Friday 00:45"),
    ],
)
def test_a_moment_is_told_in_the_time_at_home(zone, text):
    assert text == words.moment(an_instant("Thu 20:00"), a_household(zone))


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ([], ""),
        (["Maya"], "Maya"),
        (["Maya", "Jonas"], "Maya and Jonas"),
        (["a", "b", "c"], "a, b and c"),
        (("a", "b", "c", "d"), "a, b, c and d"),
    ],
)
def test_words_are_joined_by_commas_and_a_last_and(listed, text):
    assert text == words.listed(listed)


@pytest.mark.parametrize(
    ("strand", "text"),
    [
        (Strand(Kind.TOGETHER), "Together"),
        (Strand(Kind.ALONE, ONE), "Maya, alone"),
        (Strand(Kind.SOLO, TWO), "Jonas, with the children"),
        (Strand(Kind.OUT, TWO), "Jonas, night out"),
    ],
)
def test_a_strand_says_whose_it_is(strand, text):
    assert text == words.strand(strand, a_household())


def test_every_kind_has_a_word():
    assert set(Kind) == set(words.KINDS)


@pytest.mark.parametrize(
    ("partner", "text"),
    [(None, "Quiet hour"), (ONE, "Maya: Quiet hour"), (TWO, "Jonas: Quiet hour")],
)
def test_a_title_names_who_has_it_where_it_is_one_of_the_two(partner, text):
    occurrence = an_occurrence(title="Quiet hour", partner=partner)

    assert text == words.title(occurrence, a_household())
