"""An outside calendar as busy times: each rule by an example, and all beside the libraries."""

import gzip
import re
import threading
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rituals.calendars.incoming import busy_times, decode, vevents
from rituals.calendars.incoming.busy_times import Busy, Reading, read
from rituals.calendars.incoming.decode import CalendarError
from rituals.calendars.incoming.invitations import Invited
from rituals.model.local_time import instant
from rituals.model.time.span import Span
from tests.support import oddities
from tests.support.notation import AUTUMN, SPRING, WEEK, a_household, a_span

FIRST, LAST = date(2026, 11, 23), date(2026, 11, 30)  # the week of the notation
EVENING = "DTSTART:20261124T200000\nDTEND:20261124T213000"


def a_calendar(*events: str, head: str = "", zones: str = "") -> bytes:
    """A calendar file of events, each given by its lines."""
    written = "".join(
        f"BEGIN:VEVENT\nUID:{number}\n{event}\nEND:VEVENT\n"
        if "UID" not in event
        else f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n"
        for number, event in enumerate(events)
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x\n{head}{zones}{written}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def taken(*events: str, week=WEEK, zone="Europe/Berlin", **more: str) -> list[Busy]:
    """What one week holds of some events, nothing left out."""
    reading = read(a_calendar(*events, **more), a_household(zone), week.monday, (week + 1).monday)
    assert () == reading.skipped
    return list(reading.busy)


def spans_of(*texts: str, week=WEEK, zone="Europe/Berlin") -> list[Span]:
    return [a_span(text, week, zone) for text in texts]


def just_spans(found: list[Busy]) -> list[Span]:
    return [one.span for one in found]


def in_utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_time_without_a_zone_is_the_households():
    found = taken(EVENING, zone="America/New_York")

    assert spans_of("Tue 20:00-21:30", zone="America/New_York") == just_spans(found)


def test_a_zone_that_nobody_knows_is_the_households():
    found = taken(EVENING.replace("DTSTART:", "DTSTART;TZID=Our village:"))

    assert spans_of("Tue 20:00-21:30") == just_spans(found)


def test_a_time_in_a_zone_is_that_zones():
    found = taken(
        "DTSTART;TZID=America/New_York:20261124T140000\nDTEND;TZID=America/New_York:20261124T150000"
    )

    assert spans_of("Tue 20:00-21:00") == just_spans(found)


@pytest.mark.parametrize("name", ["Eastern Standard Time", '"Eastern Standard Time"'])
def test_windows_has_names_of_its_own_for_zones(name):
    found = taken(f"DTSTART;TZID={name}:20261124T140000\nDURATION:PT1H")

    assert spans_of("Tue 20:00-21:00") == just_spans(found)


def test_a_zone_may_be_the_files_own():
    rule = "TZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nDTSTART:19700101T000000\n"
    zones = f"BEGIN:VTIMEZONE\nTZID:Camp\nBEGIN:STANDARD\n{rule}END:STANDARD\nEND:VTIMEZONE\n"
    event = "DTSTART;TZID=Camp:20261124T140000\nDURATION:PT1H"

    assert spans_of("Tue 10:00-11:00") == just_spans(taken(event, zones=zones))
    assert spans_of("Tue 14:00-15:00") == just_spans(taken(event)), "it is not kept for the next"


def a_camp(offset: str, times: str, uid: str) -> bytes:
    """A calendar whose own zone is so far from UTC, or none where that is ""."""
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Camp\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        f"TZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = f"UID:{uid}\nDTSTART;TZID=Camp:20261124T140000\nDURATION:PT1H{times}"
    return a_calendar(event, zones=zone if offset else "")


def test_each_calendar_of_a_file_has_the_zone_that_it_defines_itself():
    later = "\nRDATE;TZID=Camp:20261126T140000"
    file = a_camp("+0500", later, "a") + a_camp("+0200", later, "b") + a_camp("", "", "c")
    found = read(file, a_household(), FIRST, LAST)

    expected = spans_of("Tue 10:00-11:00", "Tue 13:00-14:00", "Thu 10:00-11:00", "Thu 13:00-14:00")
    assert (expected, ()) == (just_spans(list(found.busy)), found.skipped)


@pytest.mark.parametrize("offset", ["+2400", "-9900", "+235960"])
def test_a_zone_a_day_from_utc_is_none_and_times_in_it_are_the_households(offset):
    file = a_camp(offset, "\nRDATE;TZID=Camp:20261126T140000", "a")
    found = read(file, a_household(), FIRST, LAST)

    assert spans_of("Tue 14:00-15:00", "Thu 14:00-15:00") == just_spans(list(found.busy))


def test_one_event_in_two_calendars_with_two_zones_of_one_name_is_two_times():
    file = a_camp("+0500", "", "a") + a_camp("+0200", "", "a")

    assert spans_of("Tue 10:00-11:00", "Tue 13:00-14:00") == just_spans(
        list(read(file, a_household(), FIRST, LAST).busy)
    )


@pytest.mark.parametrize("repeats", ["", "\nRRULE:FREQ=YEARLY"])
def test_a_zone_of_the_world_is_that_of_the_world_whatever_a_file_says_of_it(repeats):
    rule = "TZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nDTSTART:19700101T000000\n"
    name = "America/Vancouver"
    zones = f"BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\n{rule}END:STANDARD\nEND:VTIMEZONE\n"
    event = f"DTSTART;TZID={name}:20261124T100000\nDURATION:PT1H{repeats}"

    assert spans_of("Tue 18:00-19:00") == just_spans(taken(event, zones=zones))


def test_a_zone_that_changes_every_second_is_not_read():
    rule = "TZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nDTSTART:16010101T000000\n"
    zones = (
        "BEGIN:VTIMEZONE\nTZID:Camp\nBEGIN:STANDARD\n"
        f"{rule}RRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    found = taken("DTSTART;TZID=Camp:20261124T140000\nDURATION:PT1H", zones=zones)

    assert spans_of("Tue 14:00-15:00") == just_spans(found)


OF_OUTLOOK = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.mark.parametrize("since", ["1999", "2016", "2026"])
def test_a_zone_that_has_changed_since_1601_is_read_as_that_of_the_world(since):
    def busy(zone: str) -> tuple[Busy, ...]:
        ends = f"DTEND;TZID={zone}:{since}0106T110000"
        event = f"DTSTART;TZID={zone}:{since}0106T100000\n{ends}\nRRULE:FREQ=WEEKLY"
        calendar = a_calendar(event, zones=OF_OUTLOOK)
        return read(calendar, a_household(), FIRST, date(2028, 1, 16)).busy

    assert 60 == len(busy("Europe/Berlin"))
    assert busy("Europe/Berlin") == busy("Customized Time Zone")


def test_a_calendars_own_zone_is_that_of_times_without_one():
    found = taken(EVENING, head="X-WR-TIMEZONE:America/New_York\n")

    assert spans_of("Wed 02:00-03:30") == just_spans(found)


def test_each_calendar_of_a_file_has_its_own_zone():
    first = a_calendar(EVENING, head="X-WR-TIMEZONE:Europe/London\n")
    found = read(first + a_calendar(EVENING), a_household(), FIRST, LAST)

    assert spans_of("Tue 20:00-21:30", "Tue 21:00-22:30") == just_spans(list(found.busy))


@pytest.mark.parametrize(
    "line", ["STATUS:CANCELLED", "TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"]
)
@pytest.mark.parametrize("repeats", ["", "\nRRULE:FREQ=DAILY"])
def test_what_is_cancelled_or_free_takes_no_time(line, repeats):
    assert [] == taken(f"{EVENING}{repeats}\n{line}")


@pytest.mark.parametrize("line", ["STATUS:TENTATIVE", "TRANSP:OPAQUE", "CLASS:PRIVATE"])
def test_everything_else_takes_its_time(line):
    assert spans_of("Tue 20:00-21:30") == just_spans(taken(f"{EVENING}\n{line}"))


def test_what_takes_no_time_is_nothing():
    assert [] == taken("DTSTART:20261124T200000\nDTEND:20261124T200000", "DTSTART:20261124T200000")


def test_a_birthday_does_not_take_the_day():
    assert [] == taken("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261125")


@pytest.mark.parametrize(
    ("week", "day", "hours"),
    [(WEEK, "20261129", 24), (SPRING, "20260329", 23), (AUTUMN, "20261025", 25)],
)
@pytest.mark.parametrize("repeats", ["", "\nRRULE:FREQ=YEARLY"])
def test_a_whole_day_marked_busy_runs_from_midnight_to_midnight(week, day, hours, repeats):
    (found,) = taken(f"DTSTART;VALUE=DATE:{day}\nTRANSP:OPAQUE{repeats}", week=week)

    assert found.whole_day
    assert a_span("Sun 00:00-00:00", week) == found.span
    assert timedelta(hours=hours) == found.span.length


def test_whole_days_last_until_the_day_before_their_end():
    (found,) = taken("DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261127\nTRANSP:OPAQUE")

    assert (a_span("Tue 00:00-01:00").start, a_span("Fri 00:00-01:00").start) == (
        found.span.start,
        found.span.end,
    )


def test_a_series_stays_at_its_hour_over_summer_time():
    found = taken(
        "DTSTART;TZID=Europe/Berlin:20200107T200000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY",
        week=SPRING + 1,
    )

    assert spans_of("Tue 20:00-21:00", week=SPRING + 1) == just_spans(found)


def test_exceptions_are_no_longer_there_and_extra_dates_are():
    found = taken(
        "DTSTART:20261123T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\n"
        "EXDATE:20261124T200000\nRDATE:20261128T090000"
    )

    assert spans_of("Mon 20:00-21:00", "Wed 20:00-21:00", "Sat 09:00-10:00") == just_spans(found)


def test_a_moved_occurrence_is_where_it_was_moved():
    found = taken(
        "UID:a\nDTSTART:20261103T200000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY",
        "UID:a\nRECURRENCE-ID:20261124T200000\nDTSTART:20261126T180000\nDURATION:PT30M",
    )

    assert spans_of("Thu 18:00-18:30") == just_spans(found)


def test_an_occurrence_moved_into_the_week_is_in_it():
    found = taken(
        "UID:a\nDTSTART:20201103T200000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20201201T000000Z",
        "UID:a\nRECURRENCE-ID:20201110T200000\nDTSTART:20261126T180000\nDURATION:PT30M",
    )

    assert spans_of("Thu 18:00-18:30") == just_spans(found)


def test_a_cancelled_occurrence_is_gone():
    found = taken(
        "UID:a\nDTSTART:20261123T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2",
        "UID:a\nRECURRENCE-ID:20261124T200000\nDTSTART:20261124T200000\nSTATUS:CANCELLED",
    )

    assert spans_of("Mon 20:00-21:00") == just_spans(found)


def test_a_change_to_this_and_all_that_follow_moves_them():
    found = taken(
        "UID:a\nDTSTART:20261103T200000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY",
        "UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261110T200000\n"
        "DTSTART:20261110T180000\nDURATION:PT2H",
    )

    assert spans_of("Tue 18:00-20:00") == just_spans(found)


def test_a_series_that_began_long_ago_and_lasts_long_reaches_into_the_week():
    found = taken("DTSTART:20260801T000000\nDURATION:P100D\nRRULE:FREQ=MONTHLY;UNTIL=20261002")

    assert {in_utc("2026-08-31T22:00"), in_utc("2026-09-30T22:00")} == {b.span.start for b in found}


def test_an_alarms_duration_is_not_the_events():
    found = taken(
        f"{EVENING}\nBEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT5M\nREPEAT:2\n"
        "SUMMARY:Alarm\nEND:VALARM\nSUMMARY:Choir"
    )

    assert [Busy(a_span("Tue 20:00-21:30"), "Choir")] == found


def test_the_same_time_said_twice_is_one():
    assert 1 == len(taken(f"{EVENING}\nSUMMARY:Choir", f"{EVENING}\nSUMMARY:Choir"))


def test_only_what_touches_the_days_wanted_is_told():
    found = taken(
        "DTSTART:20261122T220000\nDTEND:20261123T000000\nSUMMARY:before",
        "DTSTART:20261122T220000\nDTEND:20261123T000100\nSUMMARY:into",
        "DTSTART:20261129T235900\nDTEND:20261201T000000\nSUMMARY:out of",
        "DTSTART:20261130T000000\nDTEND:20261201T000000\nSUMMARY:after",
    )

    assert ["into", "out of"] == [one.title for one in found]


@pytest.mark.parametrize("repeats", ["", "\nRRULE:FREQ=DAILY;COUNT=1"])
@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Choir\\, first row\\; bring\\nwater", "Choir, first row; bring water"),
        ("C\\\\nope", "C\\nope"),
        ("a\x07b\x1b[31m\u2028c\x7f", "a b [31m c"),
        ("Fami\n lie 👨‍👩‍👧", "Familie 👨‍👩‍👧"),
        ("x" * 300, "x" * 120),
        ("", ""),
    ],
)
def test_a_title_is_plain_text_on_one_line(written, title, repeats):
    assert [title] == [one.title for one in taken(f"{EVENING}{repeats}\nSUMMARY:{written}")]


def test_a_title_in_an_older_encoding_is_read():
    data = a_calendar(f"{EVENING}\nSUMMARY:Zahnärztin").decode().encode("cp1252")

    assert ["Zahnärztin"] == [one.title for one in read(data, a_household(), FIRST, LAST).busy]


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress,
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.decode().encode("utf-16-le"),
        lambda data: b"\xfe\xff" + data.decode().encode("utf-16-be"),
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: data.lower().replace(b"t2", b"T2"),
        lambda data: data.replace(b"DTSTART:", b"DTST\r\n ART\r\n\t:"),
        lambda data: b"\r\n\r\n" + data.replace(b"\r\n", b" \r\n"),
        lambda data: data[: data.index(b"END:VEVENT")],
        lambda data: data.replace(b"UID", b"\r\nUID"),
        lambda data: data.replace(b"DTSTART:", b"DTST\r\n\r\n\n\r\n ART:"),
    ],
)
def test_what_programs_do_to_a_file_on_its_way_does_not_matter(packed):
    reading = read(packed(a_calendar(EVENING)), a_household(), FIRST, LAST)

    assert Reading((Busy(a_span("Tue 20:00-21:30")),), ()) == reading


def test_a_calendar_without_events_is_free():
    assert Reading((), ()) == read(a_calendar(), a_household(), FIRST, LAST)


def a_zip() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("us.ics", a_calendar())
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b" \r\n ", "This file is empty."),
        (
            b"\n<!doctype html><html><body>Sign in</body></html>",
            "This is a web page, not a calendar: the address may ask for a login first.",
        ),
        (a_zip(), "This is a zip archive: unpack it first, then choose the .ics file inside."),
        (
            b"%PDF-1.7 ...",
            "This is a PDF, made for printing: choose a file that ends in .ics.",
        ),
        (
            b"BEGIN:VCARD\r\nFN:Maya\r\nEND:VCARD\r\n",
            "This is an address book, not a calendar: choose a file that ends in .ics.",
        ),
        (b"Subject,Start Date\nx,y", "This is not a calendar file: choose one that ends in .ics."),
        (bytes(range(256)) * 9, "This is not a calendar file: choose one that ends in .ics."),
        (
            gzip.compress(a_calendar(EVENING))[:60],
            "This compressed file is broken: export or download it once more.",
        ),
        (
            b"\x1f\x8b nothing of the kind",
            "This compressed file is broken: export or download it once more.",
        ),
        (
            b"x" * (decode.MOST_BYTES + 1),
            "This calendar is larger than 64 MB, more than Leavewell reads at once.",
        ),
        (
            gzip.compress(b"x" * (decode.MOST_BYTES + 1), 1),
            "This calendar is larger than 64 MB, more than Leavewell reads at once.",
        ),
        (
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * (vevents.MOST_BLOCKS + 1),
            "This calendar holds more than 100,000 events, too many to read at once.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_calendar_is_refused_in_one_sentence(data, sentence):
    with pytest.raises(CalendarError) as refused:
        read(data, a_household(), FIRST, LAST)

    assert sentence == str(refused.value)


EVERY_DAY = ",".join(
    f"{date(2000, 1, 1) + timedelta(days=n):%Y%m%d}T200000" for n in range(vevents.MOST_DATES + 1)
)


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (f"{EVENING}\nRRULE:FREQ=SECONDLY", "it repeats every second"),
        (
            f"{EVENING}\nRRULE:FREQ=DAILY;INTERVAL=0",
            "the rule it repeats by cannot be read (INTERVAL=0)",
        ),
        (
            f"{EVENING}\nRRULE:FREQ=DAILY;INTERVAL=-1",
            "the rule it repeats by cannot be read (INTERVAL=-1)",
        ),
        (
            f"{EVENING}\nRRULE:FREQ=FORTNIGHTLY",
            "the rule it repeats by cannot be read (FREQ=FORTNIGHTLY)",
        ),
        (
            f"{EVENING}\nRRULE:FREQ=MONTHLY;BYDAY=2MO,3XX",
            "the rule it repeats by cannot be read (BYDAY=3XX)",
        ),
        (
            f"{EVENING}\nRRULE:FREQ=MONTHLY;BYMONTHDAY=0",
            "the rule it repeats by cannot be read (BYMONTHDAY=0)",
        ),
        (
            f"{EVENING}\nRRULE:RSCALE=HEBREW;FREQ=YEARLY",
            "the rule it repeats by cannot be read (RSCALE=HEBREW)",
        ),
        (
            f"{EVENING}\nRRULE:FREQ=DAILY;BYDAY={','.join(['MO'] * 500)}",
            "the rule it repeats by cannot be read",
        ),
        (
            f"{EVENING}\nRRULE:FREQ=SECONDLY;UNTIL=99991231T000000Z",
            "it repeats every second",
        ),
        (f"{EVENING}\nEXDATE:{EVERY_DAY}", "it names more than 5,000 single dates"),
        (
            f"{EVENING}\n" + "EXDATE:20261124T200000\n" * 99_999,
            "it names more than 5,000 single dates",
        ),
        ("SUMMARY:Some day", "it has no start"),
        ("DTSTART:tomorrow", "its start cannot be read (tomorrow)"),
        ("DTSTART:20261399T990000", "its start cannot be read (20261399T990000)"),
        ("DTSTART:20261124T200000\nDTEND:later", "its end cannot be read (later)"),
        ("DTSTART:20261124T200000\nDURATION:an hour", "its length cannot be read (an hour)"),
        (f"{EVENING}\nRRULE:FREQ=DAILY;UNTIL=never", "its last day cannot be read (NEVER)"),
        ("DTSTART:20261124T200000\nDURATION:P3660000D", "it lasts longer than 10 years"),
        ("DTSTART:20261124T200000\nDURATION:PT99999999999999H", "it lasts longer than 10 years"),
        ("DTSTART:20261124T200000\nDTEND:99991231T235959", "it lasts longer than 10 years"),
    ],
)
def test_what_cannot_be_read_is_left_out_with_its_reason(event, why):
    reading = read(a_calendar(EVENING, event), a_household(), FIRST, LAST)

    assert (f"1 event is left out: {why}.",) == reading.skipped
    assert spans_of("Tue 20:00-21:30") == just_spans(list(reading.busy))


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        ("RDATE:20261126T200000,x", "its additional date cannot be read (x)"),
        ("RDATE:20261126T200000\nEXDATE:x", "its excepted date cannot be read (x)"),
    ],
)
def test_a_date_that_cannot_be_read_takes_no_event_with_it(dates, why):
    reading = read(a_calendar(f"{EVENING}\n{dates}"), a_household(), FIRST, LAST)

    assert (f"1 event is read in part: {why}.",) == reading.skipped
    assert spans_of("Tue 20:00-21:30", "Thu 20:00-21:30") == just_spans(list(reading.busy))


def test_several_of_a_kind_are_left_out_in_one_sentence():
    reading = read(a_calendar("SUMMARY:a", "SUMMARY:b"), a_household(), FIRST, LAST)

    assert ("2 events are left out: they have no start.",) == reading.skipped


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=MINUTELY;INTERVAL=2", "it repeats every 2 minutes"),
        (
            f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))}"
            f";BYMINUTE={','.join(map(str, range(60)))}",
            "working out when it repeats would take too long",
        ),
    ],
)
def test_what_repeats_all_day_long_is_left_out_of_a_year(rule, why):
    year = FIRST + timedelta(weeks=60)
    reading = read(a_calendar(EVENING, f"{EVENING}\nRRULE:{rule}"), a_household(), FIRST, year)

    assert (f"1 event is left out: {why}.",) == reading.skipped
    assert 1 == len(reading.busy)


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:00010101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY",
        "UID:0\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261124T200000\n"
        "DTSTART:99990101T000000\nDURATION:PT1H",
        "UID:0\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261124T200000\n"
        "DTSTART:00020101T000000\nDURATION:PT1H",
        "DTSTART:20261124T200000\nDURATION:PT1H\nRDATE:99991231T235959,00010101T000000Z",
    ],
)
def test_times_out_of_any_calendar_are_a_sentence_at_most(event):
    series = "UID:0\nDTSTART:20261124T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=99991231"

    assert all(s.endswith(".") for s in told_of(a_calendar(series, event)))


def test_for_ever_may_be_the_last_day_there_is():
    series = f"{EVENING}\nRRULE:FREQ=DAILY;UNTIL=99991231T235959Z"

    assert 6 == len(taken(series))


def test_a_file_of_endless_rules_ends():
    rules = [f"{EVENING}\nRRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"] * 1_000
    reading = read(a_calendar(*rules), a_household(), FIRST, LAST)

    assert () == reading.skipped
    assert spans_of("Tue 20:00-21:30") == just_spans(list(reading.busy))


def test_a_rule_that_never_ends_takes_no_work_from_the_others():
    endless = [f"{EVENING}\nRRULE:FREQ=SECONDLY"] * 3
    usual = [f"DTSTART:201{n}0106T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY" for n in range(10)]
    reading = read(a_calendar(*endless, *usual), a_household(), FIRST, LAST)

    assert ("3 events are left out: they repeat every second.",) == reading.skipped
    assert 7 == len(reading.busy)


def test_every_hour_of_a_year_is_read():
    assert 24 * 7 == len(taken("DTSTART:20250101T000000Z\nDURATION:PT30M\nRRULE:FREQ=HOURLY"))


def test_a_calendar_holds_so_many_busy_times_and_no_more(monkeypatch):
    monkeypatch.setattr(busy_times, "MOST_BUSY", 3)
    reading = read(
        a_calendar("DTSTART:20261123T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY"),
        a_household(),
        FIRST,
        LAST,
    )

    assert spans_of("Mon 20:00-21:00", "Tue 20:00-21:00", "Wed 20:00-21:00") == just_spans(
        list(reading.busy)
    )
    assert (
        "The last 4 times are left out: 3 are as many as one calendar may hold.",
    ) == reading.skipped


@pytest.mark.parametrize("file", oddities.ALL, ids=lambda file: file.stem)
def test_a_file_with_an_oddity_is_read_as_people_mean_it(file):
    told = oddities.told(file)
    monday = oddities.monday(told)
    invited = Invited(tuple(told["INVITED"]), not told["OPEN-IS-FREE"])
    reading = read(
        file.read_bytes(), a_household(), monday, monday + timedelta(days=7), invited=invited
    )

    assert told["EXPECT"] == [
        f"{b.span.start:%Y-%m-%d %H:%M}-{b.span.end:%Y-%m-%d %H:%M} {b.title}".strip()
        for b in reading.busy
    ]
    assert told["SAID"] == list(reading.skipped)


def test_nothing_a_file_names_is_fetched(monkeypatch):
    def refuse(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr("socket.socket.connect", refuse)
    named = f"{EVENING}\nURL:http://127.0.0.1/x\nATTACH:http://127.0.0.1/y\nRRULE:FREQ=DAILY"

    assert 6 == len(taken(named))


def test_two_files_read_at_once_do_not_mix_their_zones():
    def zone(offset: str) -> str:
        rule = f"TZOFFSETFROM:{offset}\nTZOFFSETTO:{offset}\nDTSTART:19700101T000000\n"
        return f"BEGIN:VTIMEZONE\nTZID:Camp\nBEGIN:STANDARD\n{rule}END:STANDARD\nEND:VTIMEZONE\n"

    event = "DTSTART;TZID=Camp:20261124T140000\nDURATION:PT1H"
    files = [a_calendar(event, zones=zone(offset)) for offset in ("+0300", "+0500")]
    found: list[set[datetime]] = [set(), set()]

    def work(number: int) -> None:
        for _ in range(40):
            reading = read(files[number], a_household(), FIRST, LAST)
            found[number] |= {one.span.start for one in reading.busy}

    threads = [threading.Thread(target=work, args=(number,)) for number in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [{in_utc("2026-11-24T11:00")}, {in_utc("2026-11-24T09:00")}] == found


ZONES = ["", "Z", "Europe/Berlin", "America/New_York", "Eastern Standard Time", "Our village"]
RARE = [  # a weekday's number needs a month, and what may never come is not always worked out
    {"FREQ=DAILY", "BYDAY=-1FR"},
    {"FREQ=WEEKLY", "BYDAY=-1FR"},
    {"FREQ=DAILY", "INTERVAL=2", "BYMONTHDAY=24"},
    {"FREQ=DAILY", "INTERVAL=3", "BYMONTHDAY=24"},
]
RULES = st.builds(
    lambda freq, interval, by, end: f"RRULE:FREQ={freq};INTERVAL={interval}{by}{end}",
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 3),
    st.sampled_from(["", "", ";BYDAY=TU,TH", ";BYMONTHDAY=24", ";BYMONTH=11", ";BYDAY=-1FR"]),
    st.one_of(
        st.just(""),
        st.integers(1, 40).map(lambda n: f";COUNT={n}"),
        st.dates(date(2025, 6, 1), date(2027, 1, 1)).map(lambda d: f";UNTIL={d:%Y%m%d}T120000Z"),
        st.dates(date(2025, 6, 1), date(2027, 1, 1)).map(lambda d: f";UNTIL={d:%Y%m%d}"),
    ),
).filter(lambda rule: not any(parts <= set(re.split("[:;]", rule)) for parts in RARE))
STARTS = st.one_of(
    st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 2)),  # noqa: DTZ001 - a wall clock
    st.datetimes(datetime(2026, 3, 27), datetime(2026, 3, 31)),  # noqa: DTZ001
    st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)),  # noqa: DTZ001
).map(lambda start: start.replace(microsecond=0, second=0))
LENGTHS = st.one_of(
    st.timedeltas(timedelta(), timedelta(hours=30)), st.timedeltas(timedelta(), timedelta(days=200))
).map(lambda lasts: timedelta(minutes=lasts // timedelta(minutes=1)))


def moment(name: str, at: datetime, zone: str) -> str:
    if zone == "date":
        return f"{name};VALUE=DATE:{at:%Y%m%d}"
    if zone in ("", "Z"):
        return f"{name}:{at:%Y%m%dT%H%M%S}{zone}"
    return f"{name};TZID={zone}:{at:%Y%m%dT%H%M%S}"


def duration(lasts: timedelta, zone: str) -> str:
    if zone == "date":
        return f"DURATION:P{lasts.days}D"
    return f"DURATION:P{lasts.days}DT{lasts.seconds // 3600}H{lasts.seconds // 60 % 60}M"


@st.composite
def an_event(draw: st.DrawFn, number: int) -> list[str]:
    """One UID: an event, or a series with exceptions and moved occurrences."""
    zone, start, lasts = draw(st.sampled_from([*ZONES, "date"])), draw(STARTS), draw(LENGTHS)
    uid = f"UID:{number}-{'long' * draw(st.sampled_from([1, 30]))}"
    by_end = draw(st.booleans())
    end = moment("DTEND", start + lasts, zone) if by_end else duration(lasts, zone)
    state = draw(st.sampled_from(["", "TRANSP:OPAQUE", "TRANSP:TRANSPARENT", "STATUS:CANCELLED"]))
    lines = [uid, moment("DTSTART", start, zone), end, state, f"SUMMARY:n\\,{number}"]
    if draw(st.booleans()):
        return ["\n".join(filter(None, lines))]
    days = draw(st.lists(st.integers(0, 30), max_size=3))
    lines += [draw(RULES), *(moment("EXDATE", start + timedelta(n), zone) for n in days)]
    if draw(st.integers(0, 4)) == 0:
        lines.append(moment("RDATE", draw(STARTS), zone))
    events = ["\n".join(filter(None, lines))]
    for was in draw(st.lists(st.integers(0, 40), max_size=2, unique=True)):
        moved = draw(STARTS)
        changed = moment("RECURRENCE-ID", start + timedelta(was), zone)
        if draw(st.integers(0, 4)) == 0:
            changed = changed.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE")
        lines = [uid, changed, moment("DTSTART", moved, zone), duration(lasts, zone), state]
        events.append("\n".join(filter(None, lines)))
    return events


@st.composite
def calendars(draw: st.DrawFn) -> bytes:
    """A calendar file as a program may write it, with every line folded or none."""
    count = draw(st.integers(1, 4))
    events = [event for number in range(count) for event in draw(an_event(number))]
    head = draw(
        st.sampled_from(["", "", "X-WR-TIMEZONE:America/New_York\n", "X-WR-TIMEZONE:UTC\n"])
    )
    data = a_calendar(*draw(st.permutations(events)), head=head)
    width = draw(st.sampled_from([0, 5, 75]))
    lines = [folded(line, width) if width else line for line in data.split(b"\r\n")]
    return b"\r\n".join(lines)


def folded(line: bytes, width: int) -> bytes:
    parts = [line[at : at + width] for at in range(0, len(line), width)]
    return b"\r\n ".join(parts)


@given(calendars(), st.sampled_from([FIRST, date(2026, 3, 28)]), st.sampled_from([1, 7, 400]))
@example(
    a_calendar("DTSTART:20200101T000000\nDURATION:P80D\nRRULE:FREQ=YEARLY;COUNT=8"), FIRST, 400
)
@example(
    a_calendar(
        "DTSTART:20251122T000000Z\nDURATION:P126DT0H0M", head="X-WR-TIMEZONE:America/New_York\n"
    ),
    date(2026, 3, 28),
    1,
)
def test_leaving_most_of_a_file_unread_changes_nothing(data, first, days):
    home, last, more = a_household(), first + timedelta(days=days), timedelta(days=900)
    reading = read(data, home, first, last)
    wanted = Span(*(instant(day, time(), home) for day in (first, last)))
    whole = read(data, home, first - more, last + more)

    assert whole.skipped == reading.skipped
    assert [one for one in whole.busy if one.span.overlaps(wanted)] == list(reading.busy)


NOISE = st.sampled_from(
    [
        b"BEGIN:VEVENT\r\n",
        b"END:VEVENT\r\n",
        b"\r\n ",
        b":",
        b";",
        b"\0",
        b"\xff",
        b'"',
        b"DTSTART",
        b"RRULE:",
        b"BEGIN:VALARM\r\n",
        b"END:VCALENDAR\r\n",
        b"99999999999",
        b"-P",
        b"T",
        b"TZID=",
        b"=",
        b",",
    ]
)


@given(calendars(), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), NOISE), max_size=6))
def test_a_broken_file_ends_in_busy_times_or_a_sentence(data, changes):
    for where, drop, noise in changes:
        at = int(where * len(data))
        data = data[:at] + noise + data[at + drop :]

    assert all(sentence.endswith(".") for sentence in told_of(data))


def told_of(data: bytes) -> tuple[str, ...]:
    try:
        return read(data, a_household(), FIRST, LAST).skipped
    except CalendarError as refused:
        return (str(refused),)


TEN = "DTSTART:20261124T100000Z\nDTEND:20261124T110000Z"
MANY = a_calendar(f"{TEN}\n" + "UID:a\n" * 9_000)


@pytest.mark.parametrize(
    "data",
    [MANY * 28, b"BEGIN:VCALENDAR\n" * 11_000 + b"BEGIN:VEVENT\n"],
)
def test_a_file_that_says_the_same_without_an_end_is_refused(data):
    with pytest.raises(CalendarError, match="not made by a calendar program"):
        read(data, a_household(), FIRST, LAST)


def test_a_title_of_millions_of_letters_is_as_good_as_its_beginning():
    summary = "SUMMARY:" + "ä" * 5_000_000
    (found,) = taken(f"{TEN}\n{summary}")

    assert "ä" * 120 == found.title


def test_an_event_with_a_line_of_megabytes_is_left_out():
    line = "RDATE:" + "2" * 300_000
    reading = read(a_calendar(f"{TEN}\n{line}"), a_household(), FIRST, LAST)

    assert ("1 event is left out: its dates cannot be read.",) == reading.skipped


def test_zones_of_megabytes_are_not_read():
    zone = "BEGIN:VTIMEZONE\nTZID:A\n" + "BEGIN:STANDARD\n" * 30_000 + "END:VTIMEZONE\n"
    event = "DTSTART;TZID=A:20261124T100000\nDTEND;TZID=A:20261124T110000"

    assert spans_of("Tue 10:00-11:00") == just_spans(taken(event, zones=zone))
