"""Files with one oddity each: read as expected, and by six other programs, or a paragraph says why.

`tests/calendars/incoming/test_busy_times.py` holds the reader to what each of them expects.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from bench.calendar_file import calendar_file
from rituals.calendars.incoming import busy_times
from tests.clients import busy
from tests.support import oddities
from tests.support.notation import a_household

OTHERWISE = {  # by file: the programs that read it otherwise, and what is right by which paragraph
    "a_day_from_an_hour_that_is_left_out": (
        "vobject ical.js node-ical libical",
        "RFC 5545, 3.3.5: a time in the gap is as far from UTC as before it",
    ),
    "zone_with_a_blank_name": (
        "icalendar vobject ical.js node-ical libical",
        "RFC 5545, 3.2.19: the file's VTIMEZONE counts",
    ),
    "busy_in_outlooks_words": (
        "icalendar vobject ical ical.js node-ical libical",
        "[MS-OXCICAL] 2.1.3.1.1.20.31: free, or working elsewhere, takes no time",
    ),
    "called_off_by_method": (
        "icalendar vobject ical ical.js node-ical libical",
        "RFC 5546, 3.2.5: METHOD:CANCEL calls all of it off",
    ),
    "change_one_offset_away": (
        "icalendar libical",
        "RFC 5545, 3.8.4.4: a change is of the occurrence that it names",
    ),
    "end_at_24_o_clock": (
        "icalendar vobject ical",
        "ISO 8601: 24:00 is the end of a day, which 3.3.12 leaves out",
    ),
    "end_before_the_start": (
        "icalendar",
        "RFC 5545, 3.8.2.2: an end is later than the start, so this is none",
    ),
    "exact_hours_in_the_night_of_a_change": (
        "icalendar vobject ical ical.js libical",
        "RFC 5545, 3.3.6: hours are exact time",
    ),
    "exception_one_offset_away": (
        "icalendar",
        "RFC 5545, 3.8.5.1: an exception is of the occurrence it names",
    ),
    "floating_series_excepted_by_its_digits": (
        "icalendar vobject node-ical libical",
        "RFC 5545, 3.8.5.1: an exception names an occurrence",
    ),
    "floating_series_excepted_in_utc": (
        "icalendar vobject ical ical.js node-ical libical",
        "RFC 5545, 3.3.5, form 1: what floats stays local",
    ),
    "invitations_left_open_are_free": (
        "icalendar vobject ical ical.js node-ical libical",
        "RFC 5545, 3.2.12: PARTSTAT is the answer",
    ),
    "invitations_with_answers": (
        "icalendar vobject ical ical.js node-ical libical",
        "RFC 5545, 3.2.12: PARTSTAT is the answer",
    ),
    "lines_that_end_in_cr_cr_lf": (
        "icalendar vobject ical ical.js node-ical",
        "RFC 5545, 3.1: a line ends in CR LF, once more or not",
    ),
    "local_end_of_a_series": (
        "icalendar ical ical.js",
        "RFC 5545, 3.3.10: UNTIL is in local time where DTSTART is",
    ),
    "nothing_but_busy_times": (
        "icalendar vobject ical ical.js node-ical libical",
        "RFC 5545, 3.6.4: VFREEBUSY says busy times",
    ),
    "one_of_a_series_declined": (
        "icalendar vobject ical ical.js node-ical libical",
        "RFC 5545, 3.2.12: PARTSTAT is the answer",
    ),
    "one_uid_and_a_later_sequence": (
        "vobject ical ical.js libical",
        "RFC 5546, 2.1.5: the greater SEQUENCE is newer",
    ),
    "one_uid_and_a_later_stamp": (
        "icalendar vobject ical ical.js libical",
        "RFC 5546, 2.1.5: then the later DTSTAMP is",
    ),
    "one_uid_and_two_changes": (
        "node-ical",
        "RFC 5545, 3.8.4.4: UID and RECURRENCE-ID together name one",
    ),
    "one_uid_for_everything": (
        "icalendar node-ical",
        "RFC 5545, 3.8.4.7: nothing says that one replaces the other",
    ),
    "one_zone_name_in_two_calendars": (
        "icalendar vobject ical node-ical",
        "RFC 5545, 3.4: a VTIMEZONE is of the calendar that holds it",
    ),
    "proposals_of_a_poll": (
        "icalendar libical",
        "draft-york-vpoll, 4: a VPOLL holds proposals",
    ),
    "rule_with_blanks_and_other_parts": (
        "icalendar vobject ical ical.js node-ical libical",
        "RFC 5545, 3.3.10 knows no blanks; what is meant is clear",
    ),
    "second_60": (
        "icalendar vobject ical ical.js node-ical libical",
        "RFC 5545, 3.3.12: second 60 may be read as 59",
    ),
    "start_outside_its_rule": (
        "icalendar ical ical.js node-ical libical",
        "RFC 5545, 3.3.10: DTSTART always counts as the first",
    ),
    "transparent_as_in_vcalendar": (
        "icalendar vobject ical ical.js node-ical libical",
        "vCalendar 1.0, TRANSP: any number but 0 is free",
    ),
    "unknown_zone_excepted_in_utc": (
        "icalendar vobject ical ical.js libical",
        "RFC 5545, 3.3.5: the zone is unknown, the series local",
    ),
    "utc_series_in_a_calendar_with_a_zone": (
        "icalendar",
        "RFC 5545, 3.3.5, form 2: UTC is UTC",
    ),
    "weeks_behind_the_t": (
        "icalendar ical libical",
        "RFC 5545, 3.3.6 has weeks before the T; what is meant is clear",
    ),
    "whole_days_of_length_in_the_night_of_a_change": (
        "node-ical",
        "RFC 5545, 3.3.6: days are those of the calendar",
    ),
    "whole_days_with_a_zone": (
        "icalendar libical",
        "RFC 5545, 3.2.19: a DATE has no zone",
    ),
    "zone_and_z": (
        "icalendar ical",
        "RFC 5545, 3.2.19: a time in UTC has no zone besides",
    ),
    "zone_by_its_cities_in_summer": (
        "ical libical",
        "Windows names its zones so; 3.2.19 wants a VTIMEZONE",
    ),
    "zone_with_an_umlaut": (
        "node-ical",
        "RFC 5545, 3.2.19: the file's VTIMEZONE counts",
    ),
    "zone_with_blanks": (
        "icalendar vobject ical ical.js node-ical libical",
        "RFC 5545, 3.2.19: the file's VTIMEZONE counts",
    ),
    "zones_by_other_names": (
        "icalendar vobject ical ical.js node-ical libical",
        "several programs name zones so; 3.2.19 wants a VTIMEZONE",
    ),
}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """What each program finds in each file, and each file's name."""
    folder = tmp_path_factory.mktemp("oddities")
    asked = []
    for file in oddities.READING:
        (folder / file.name).write_bytes(oddities.without_marks(file))
        monday = oddities.monday(oddities.told(file))
        asked.append((folder / file.name, monday, monday + timedelta(days=7)))
    found = {name: busy.read(name, asked) for name in busy.ready()}
    return {
        file.stem: {name: times[number] for name, times in found.items()}
        for number, file in enumerate(oddities.READING)
    }


def test_at_least_four_other_programs_are_asked():
    assert 4 <= len(busy.ready())


@pytest.mark.parametrize("file", oddities.READING, ids=lambda file: file.stem)
def test_other_programs_read_it_likewise_or_a_paragraph_says_who_is_right(file, read):
    otherwise, paragraph = OTHERWISE.get(file.stem, ("", "-"))
    expected = frozenset(map(_times, oddities.told(file)["EXPECT"]))
    differ = [name for name in busy.ready() if read[file.stem][name] != expected]

    assert [name for name in otherwise.split() if name in busy.ready()] == differ
    assert paragraph


def test_each_file_of_the_table_is_there():
    assert set(OTHERWISE) <= {file.stem for file in oddities.READING}


@pytest.mark.parametrize("name", [n for n in ("icalendar", "ical.js") if n in busy.ready()])
def test_a_familys_calendar_is_read_as_others_read_it(name, tmp_path):
    first, last = date(2026, 11, 15), date(2027, 2, 1)
    file = tmp_path / "family.ics"
    file.write_bytes(calendar_file(300, date(2026, 6, 1), date(2027, 3, 1), seed=5))
    ours = busy_times.read(file.read_bytes(), a_household(), first, last).busy

    assert busy.read(name, [(file, first, last)]) == [
        frozenset((one.span.start, one.span.end) for one in ours)
    ]


def _times(line):
    start, end = (datetime.fromisoformat(line[at : at + 16]) for at in (0, 17))
    return start.replace(tzinfo=UTC), end.replace(tzinfo=UTC)
