import re
from datetime import date, time

import pytest

from rituals.model.time.formats import Formats, usual_in
from tests.support.paths import ROOT

USUAL, AMERICAN = Formats(), Formats(twelve_hours=True, month_first=True)
THURSDAY = date(2026, 11, 26)


def seen(text: str) -> str:
    """A text as it looks: what holds an hour and its half together is a space."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("at", "in_24", "in_12"),
    [
        (time(20), "20:00", "8:00 pm"),
        (time(0, 5), "00:05", "12:05 am"),
        (time(12), "12:00", "12:00 pm"),
        (time(9, 30), "09:30", "9:30 am"),
    ],
)
def test_a_clock_time_goes_to_12_or_to_24(at: time, in_24: str, in_12: str) -> None:
    assert (in_24, in_12) == (USUAL.clock(at), seen(AMERICAN.clock(at)))


@pytest.mark.parametrize(
    ("start", "end", "in_24", "in_12"),
    [
        (time(20), time(21, 15), "20:00–21:15", "8:00–9:15 pm"),
        (time(11, 30), time(13), "11:30–13:00", "11:30 am–1:00 pm"),
        (time(22), time(0), "22:00–00:00", "10:00 pm–12:00 am"),
    ],
)
def test_two_clock_times_of_one_half_of_a_day_name_it_once(
    start: time, end: time, in_24: str, in_12: str
) -> None:
    assert (in_24, in_12) == (USUAL.from_to(start, end), seen(AMERICAN.from_to(start, end)))


@pytest.mark.parametrize(("hour", "expected"), [(6, "6 am"), (12, "12 pm"), (24, "12 am")])
def test_a_scale_names_whole_hours(hour: int, expected: str) -> None:
    assert expected == seen(AMERICAN.hour(hour))
    assert f"{hour:02}" == USUAL.hour(hour)


def test_a_day_has_its_month_before_or_behind_it() -> None:
    assert ("26 November", "November 26") == (
        USUAL.short_day(THURSDAY),
        AMERICAN.short_day(THURSDAY),
    )
    assert ("Thursday 26 November", "Thursday, November 26") == (
        USUAL.day(THURSDAY),
        AMERICAN.day(THURSDAY),
    )
    assert ("26 November 2026", "November 26, 2026") == (
        USUAL.dated(THURSDAY),
        AMERICAN.dated(THURSDAY),
    )


@pytest.mark.parametrize(
    ("last", "usual", "american"),
    [
        (date(2026, 11, 29), "26 to 29 November 2026", "November 26 to 29, 2026"),
        (date(2026, 12, 2), "26 November to 2 December 2026", "November 26 to December 2, 2026"),
        (
            date(2027, 1, 3),
            "26 November 2026 to 3 January 2027",
            "November 26, 2026 to January 3, 2027",
        ),
    ],
)
def test_days_that_go_on_say_once_what_they_share(last: date, usual: str, american: str) -> None:
    assert (usual, american) == (USUAL.days(THURSDAY, last), AMERICAN.days(THURSDAY, last))


@pytest.mark.parametrize(
    ("language", "twelve_hours", "month_first", "first"),
    [
        ("en-US", True, True, 6),
        ("en-GB", False, False, 0),
        ("de", False, False, 0),
        ("fr-CA", False, False, 6),
        ("pt-BR", False, False, 6),
        ("lv-LV", False, False, 0),
        ("ja-JP", False, True, 6),
        ("ar-EG", True, False, 5),
        ("hi-IN", True, False, 6),
        ("zh-Hant-TW", True, True, 6),
        ("dv-MV", False, False, 0),
        ("no such language", False, False, 0),
        ("", False, False, 0),
    ],
)
def test_what_a_household_is_used_to_goes_with_its_language(
    language: str, twelve_hours: bool, month_first: bool, first: int
) -> None:
    assert (Formats(twelve_hours, month_first), first) == usual_in(language)


def test_hours_for_people_are_written_here_and_in_the_browsers_grid_alone() -> None:
    files = [file for folder in ("rituals", "pages") for file in (ROOT / folder).rglob("*.py")]
    writing = [f.name for f in files if re.search(r"%[HI]:%M", f.read_text("utf-8"))]

    assert ["formats.py"] == writing
