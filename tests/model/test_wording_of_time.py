from datetime import date

import pytest

from rituals.model import wording
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.ritual import Frequency
from rituals.model.time.formats import STANDARD
from rituals.model.time.rhythm import Rhythm
from rituals.model.time.span import Span
from rituals.model.time.window import Anchor, Window
from rituals.text import cleaned, single_line
from tests.support.notation import a_household, an_instant, an_occurrence


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
    assert text == wording.hours(minutes)


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
    assert text == STANDARD.day(value)


def test_a_short_day_has_no_weekday():
    assert "26 November" == STANDARD.short_day(date(2026, 11, 26))


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Europe/Berlin", "Thursday 20:00"),
        ("America/New_York", "Thursday 14:00"),
        ("Asia/Kathmandu", "Friday 00:45"),
    ],
)
def test_a_moment_is_told_in_the_time_at_home(zone, text):
    assert text == wording.moment(an_instant("Thu 20:00"), a_household(zone))


@pytest.mark.parametrize(
    ("end", "text"),
    [
        ("Thu 21:15", "Thursday 16:00 to 21:15"),
        ("Fri 00:30", "Thursday 16:00 to 00:30"),
        ("Fri 08:00", "Thursday 16:00 to Friday 08:00"),
        ("Sun 20:00", "Thursday 16:00 to Sunday 20:00"),
    ],
)
def test_a_stretch_names_the_day_of_its_end_where_a_night_lies_between(end, text):
    span = Span(an_instant("Thu 16:00"), an_instant(end))

    assert text == wording.stretch(span, a_household(), " to ")


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
    assert text == wording.listed(listed)


@pytest.mark.parametrize(
    ("strand", "text"),
    [
        (Strand(Kind.TOGETHER), "Together"),
        (Strand(Kind.ALONE, ONE), "Maya, alone"),
        (Strand(Kind.SOLO, TWO), "Jonas, with the children"),
        (Strand(Kind.OUT, TWO), "Jonas, out"),
    ],
)
def test_a_strand_says_whose_it_is(strand, text):
    assert text == wording.strand(strand, a_household())


def test_every_kind_has_a_word():
    assert set(Kind) == set(wording.KINDS)


@pytest.mark.parametrize(
    ("partner", "text"),
    [(None, "Quiet hour"), (ONE, "Maya: Quiet hour"), (TWO, "Jonas: Quiet hour")],
)
def test_a_title_names_who_has_it_where_it_is_one_of_the_two(partner, text):
    occurrence = an_occurrence(title="Quiet hour", partner=partner)

    assert text == wording.title(occurrence, a_household())


@pytest.mark.parametrize(
    ("least", "most", "text"),
    [
        (5, 5, "5 minutes"),
        (1, 1, "1 minute"),
        (30, 60, "30 to 60 minutes"),
        (45, 120, "45 to 120 minutes"),
        (60, 60, "1 hour"),
        (60, 120, "1 to 2 hours"),
        (120, 240, "2 to 4 hours"),
    ],
)
def test_a_length_is_read_from_to(least, most, text):
    assert text == wording.minutes_from_to(least, most)


@pytest.mark.parametrize(
    ("least", "most", "text"),
    [
        (1, 1, "once a week"),
        (1, 2, "once or twice a week"),
        (2, 2, "twice a week"),
        (3, 3, "three times a week"),
        (1, 4, "one to four times a week"),
        (3, 7, "three to seven times a week"),
        (8, 9, "8 to 9 times a week"),
    ],
)
def test_a_frequency_is_read_as_times_a_week(least, most, text):
    assert text == wording.frequency(Frequency(least, most))


@pytest.mark.parametrize(
    ("rhythm", "text"),
    [
        ("weekly", "every week"),
        ("every 2 weeks", "every second week"),
        ("every 3 weeks", "every three weeks"),
        ("every 4 weeks", "monthly"),
        ("every 13 weeks", "quarterly"),
        ("every 17 weeks", "three times a year"),
        ("every 52 weeks", "yearly"),
        ("yearly on 29 February since 2016", "every year on 29 February"),
    ],
)
def test_a_rhythm_is_read_as_people_say_it(rhythm, text):
    assert text == wording.rhythm(Rhythm.read(rhythm), STANDARD)


@pytest.mark.parametrize(
    ("days", "text"),
    [
        ("daily", "Every day"),
        ("Thu", "Thursday"),
        ("Sat,Sun", "Saturday and Sunday"),
        ("Mon-Fri", "Monday to Friday"),
        ("Mon-Wed,Sun", "Monday to Wednesday and Sunday"),
        ("Mon,Wed,Fri", "Monday, Wednesday and Friday"),
    ],
)
def test_days_are_read_in_runs(days, text):
    window = Window.read(f"{days} 18:00-20:00")

    assert f"{text}, 18:00 to 20:00" == wording.window(window, a_household())


@pytest.mark.parametrize(
    ("window", "children", "text"),
    [
        ("Thu 18:00-20:00", True, "Thursday, 18:00 to 20:00"),
        ("daily wake-sleep", True, "Every day, at any time of the day"),
        ("Mon-Fri bedtime-sleep", True, "Monday to Friday, after the children sleep"),
        ("Mon-Fri bedtime-sleep", False, "Monday to Friday, in the evening"),
        ("Sat,Sun wake-12:00", True, "Saturday and Sunday, from when we get up until 12:00"),
        ("Thu 17:00-bedtime", True, "Thursday, from 17:00 until the children sleep"),
        ("Thu 17:00-bedtime", False, "Thursday, from 17:00 until the evening begins"),
        ("Sat wake-bedtime", True, "Saturday, from when we get up until the children sleep"),
    ],
)
def test_a_window_is_read_as_days_and_hours_of_the_home(window, children, text):
    assert text == wording.window(Window.read(window), a_household(children=children))


@pytest.mark.parametrize("children", [True, False])
def test_every_named_hour_has_words(children):
    told = {wording.anchor(anchor, a_household(children=children)) for anchor in Anchor}

    assert len(Anchor) == len(told)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", ""),
        ("a\nb\tc", "a\nb\tc"),
        ("a\r\nb", "a\nb"),
        ("a\x00b\x1bc\x7fd", "abcd"),
        ("a\u2028b\u2029c\x85d", "abcd"),
        ("a\ud800b", "ab"),
        ("👨\u200d👩\u200d👧\u200d👦", "👨\u200d👩\u200d👧\u200d👦"),
        ("é e\u0301 \u200f", "é e\u0301 \u200f"),
    ],
)
def test_a_text_is_kept_but_for_what_no_calendar_should_be_given(written, kept):
    assert kept == cleaned(written)


@pytest.mark.parametrize(
    ("written", "kept"), [("", ""), (" a \n b\t c ", "a b c"), ("a\r\nb", "a b"), ("\x00", "")]
)
def test_a_line_is_one_line(written, kept):
    assert kept == single_line(written)


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (["Sat 10:00-12:30"], "Sat 10:00 · 2 h 30"),
        (["Mon 06:45-07:05", "Fri 06:45-07:05"], "Mon and Fri 06:45 · 20 min"),
        ([f"{day} 07:45-07:50" for day in ("Mon", "Tue", "Wed")], "Mon to Wed 07:45 · 5 min"),
        (["Mon 20:00-21:00", "Fri 20:00-20:30"], "Mon and Fri 20:00"),
        (["Mon 20:00-21:00", "Fri 19:00-20:00"], "Mon 20:00 and Fri 19:00 · 1 h"),
        (["Mon 20:00-21:00", "Wed 20:00-21:00", "Fri 19:00-20:00"], "three times · 1 h"),
    ],
)
def test_the_hours_of_a_ritual_are_read_in_one_line(hours, text):
    assert text == wording.lies([an_occurrence(at) for at in hours], a_household())


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (["Sat 10:00-12:30"], "Sat"),
        (["Mon 06:45-07:05", "Fri 06:45-07:05"], "2×"),
    ],
)
def test_in_a_long_list_the_day_of_a_ritual_or_how_often_takes_one_word(hours, text):
    assert text == wording.briefly([an_occurrence(at) for at in hours], a_household())
