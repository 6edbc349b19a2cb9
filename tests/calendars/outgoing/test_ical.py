import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise
from typing import NamedTuple

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from rituals.calendars.outgoing import event_content, ical
from rituals.calendars.outgoing.ical import calendar
from rituals.calendars.outgoing.ledger import event_uid
from rituals.model import wording
from rituals.model.calendar import Audience
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Size
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.text import TURNING
from tests.support.notation import (
    AUTUMN,
    BERLIN,
    SPRING,
    WEEK,
    a_household,
    a_ritual,
    a_span,
    an_instant,
    an_occurrence,
)
from tests.support.paths import ROOT
from tests.support.time_zones import every_zone, packaged

HOME = a_household()
TALK = an_occurrence("Thu 20:00-21:00", way="One lamp, a pot of tea")
WILD = "a\nb\rc\r\nd\x00e\u2028f\u2029g\x85h\x0bi\ud800j\nATTENDEE:mailto:you@example.org"
ZONES = [
    BERLIN,
    "Europe/Dublin",
    "America/New_York",
    "America/Havana",
    "America/Santiago",
    "America/Nuuk",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Antarctica/Troll",
]


def lines(file):
    """The unfolded lines of a file."""
    return file.decode().replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")[:-1]


def names(file):
    """What each line is about."""
    return [re.split("[;:]", line, maxsplit=1)[0] for line in lines(file)]


def block(file, name):
    """The lines of the first component of a name, its own begin and end left out."""
    told = lines(file)
    begins = told.index(f"BEGIN:{name}")
    return told[begins + 1 : told.index(f"END:{name}", begins)]


def one_event(file):
    """The properties of the only event, parameters and all."""
    return dict(line.split(":", 1) for line in block(file, "VEVENT"))


# -- what a file holds


def test_an_empty_plan_is_a_calendar_without_events():
    file = calendar([], HOME)

    assert ["BEGIN:VCALENDAR", "END:VCALENDAR"] == [lines(file)[0], lines(file)[-1]]
    assert {"VCALENDAR"} == {line.split(":")[1] for line in lines(file) if "BEGIN:" in line}


def test_a_file_is_one_calendar_that_says_what_it_is():
    file = calendar([TALK], HOME)

    assert 1 == names(file).count("VERSION")
    assert {
        "VERSION:2.0",
        "PRODID:-//Leavewell//Leavewell//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Maya and Jonas",
        "X-WR-CALNAME:Maya and Jonas",
    } <= set(lines(file))


def test_an_event_says_all_that_calendars_ask_for():
    created, changed = an_instant("Sun 21:00", WEEK - 1), an_instant("Mon 12:00")
    event = one_event(calendar([replace(TALK, created=created, changed=changed, sequence=3)], HOME))

    assert {
        "UID": event_uid(TALK.id, HOME, Audience.SHARED),
        "DTSTAMP": "20261123T110000Z",
        "CREATED": "20261122T200000Z",
        "LAST-MODIFIED": "20261123T110000Z",
        "SEQUENCE": "3",
        "DTSTART;TZID=Europe/Berlin": "20261126T200000",
        "DTEND;TZID=Europe/Berlin": "20261126T210000",
        "SUMMARY": "Late talk",
        "DESCRIPTION": "One lamp\\, a pot of tea",
        "STATUS": "CONFIRMED",
        "TRANSP": "OPAQUE",
        "CATEGORIES": "Together",
        "COLOR": "firebrick",
    } == event


def test_an_event_without_a_way_has_no_description():
    assert "DESCRIPTION" not in names(calendar([replace(TALK, way="")], HOME))


@pytest.mark.parametrize(
    "never",
    ["METHOD", "ORGANIZER", "ATTENDEE", "RRULE", "RDATE", "CLASS", "VALARM", "URL", "DURATION"],
)
def test_a_file_mails_nobody_repeats_nothing_and_hides_nothing_by_a_flag(never):
    file = calendar([TALK, an_occurrence("Sun 01:00-04:00", week=AUTUMN)], HOME)

    assert never not in names(file)
    assert f"BEGIN:{never}" not in lines(file)


@pytest.mark.parametrize(
    ("size", "transp"),
    [(Size.SMALL, "TRANSPARENT"), (Size.USUAL, "OPAQUE"), (Size.EVENING, "OPAQUE")],
)
def test_small_moments_leave_a_calendar_free(size, transp):
    assert transp == one_event(calendar([replace(TALK, size=size)], HOME))["TRANSP"]


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_its_category_and_colour(kind):
    event = one_event(calendar([replace(TALK, kind=kind, partner=ONE)], HOME))

    assert wording.KINDS[kind] == event["CATEGORIES"]
    assert re.fullmatch("[a-z]+", event["COLOR"])


def test_the_kinds_have_four_colours():
    assert 4 == len({event_content.COLORS[kind] for kind in Kind})


@pytest.mark.parametrize(
    ("partner", "summary"),
    [(None, "Late talk"), (ONE, "Maya: Late talk"), (TWO, "Jonas: Late talk")],
)
def test_a_summary_names_who_has_it(partner, summary):
    assert summary == one_event(calendar([replace(TALK, partner=partner)], HOME))["SUMMARY"]


def test_events_lie_in_the_order_of_time():
    later = an_occurrence("Fri 20:00-21:00", title="Later", number=2)
    told = [line for line in lines(calendar([later, TALK], HOME)) if line.startswith("SUMMARY")]

    assert ["SUMMARY:Late talk", "SUMMARY:Later"] == told


def test_the_zone_comes_before_the_events():
    told = lines(calendar([TALK], HOME))

    assert 1 == told.count("BEGIN:VTIMEZONE")
    assert told.index("END:VTIMEZONE") < told.index("BEGIN:VEVENT")
    assert "TZID:Europe/Berlin" in told


# -- its bytes


def test_the_same_plan_gives_the_same_bytes():
    other = an_occurrence("Fri 20:00-21:00", number=2)

    assert calendar([TALK, other], HOME) == calendar(iter([other, TALK]), a_household())


@pytest.mark.outside
def test_the_same_plan_gives_the_same_bytes_in_another_process():
    script = (
        "from tests.calendars.outgoing.test_ical import *; "
        "sys.stdout.buffer.write(calendar([TALK], HOME)); "
        "sys.stdout.flush()"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        check=True,
        timeout=60,
    )

    assert calendar([TALK], HOME) == other.stdout


def test_lines_end_in_crlf_and_hold_at_most_75_octets():
    wide = replace(TALK, title="Küsse für alle 👨‍👩‍👧‍👦 " * 9, way="ß漢👩‍👧" * 40)
    file = calendar([wide], a_household(names=("Żaneta " * 12, "Šimon " * 12)))

    assert file.endswith(b"END:VCALENDAR\r\n")
    assert file.count(b"\r\n") == file.count(b"\n") == file.count(b"\r")
    assert max(map(len, file.split(b"\r\n"))) <= 75
    assert not file.startswith(b"\xef\xbb\xbf")


def test_folding_tears_no_character():
    wide = replace(TALK, title="ß漢👩‍👧" * 40)
    lines = [line.decode() for line in calendar([wide], HOME).split(b"\r\n")]

    assert f"SUMMARY:{wide.title}" in "\n".join(lines).replace("\n ", "").splitlines()


# -- its names


@pytest.mark.parametrize(
    ("weeks", "audience", "changes", "name"),
    [
        (1, Audience.SHARED, False, "leavewell-shared-week-from-2026-11-23.ics"),
        (4, Audience.SHARED, True, "leavewell-shared-4-weeks-from-2026-11-23-changes.ics"),
        (1, Audience.ONE, False, "leavewell-zoë-d-amour-week-from-2026-11-23.ics"),
        (1, Audience.TWO, False, "leavewell-two-week-from-2026-11-23.ics"),
    ],
)
def test_a_file_s_name_says_for_whom_from_when_and_for_how_long(weeks, audience, changes, name):
    home = a_household(names=("Zoë d’Amour/", "../"))

    assert name == ical.file_name(date(2026, 11, 23), weeks, home, audience, changes=changes)


@pytest.mark.parametrize("names", [("Kim", "Kim"), ("Shared", "Kim"), ("", "?"), ("Zoë", "zoë!")])
def test_every_audience_has_a_file_of_its_own(names):
    home = a_household(names=names)

    assert 3 == len({ical.audience_slug(audience, home) for audience in Audience})


@pytest.mark.parametrize(
    ("audience", "name"),
    [(Audience.SHARED, "Maya and Jonas"), (Audience.ONE, "Maya"), (Audience.TWO, "Jonas")],
)
def test_a_calendar_is_called_after_those_it_is_for(audience, name):
    assert f"X-WR-CALNAME:{name}" in lines(calendar([TALK], HOME, audience))


def test_an_event_that_began_anew_has_the_uid_it_is_given():
    event = one_event(calendar([TALK], HOME, uids={TALK.id: "another@leavewell"}))

    assert "another@leavewell" == event["UID"]


# -- its alarms


def test_a_ritual_with_an_alarm_rings_so_many_minutes_before():
    file = calendar([TALK], HOME, rituals={"late-talk": a_ritual("late-talk", alarm=15)})

    assert [
        "ACTION:DISPLAY",
        "DESCRIPTION:Late talk",
        "TRIGGER:-PT15M",
    ] == sorted(block(file, "VALARM"))


def test_no_other_ritual_rings():
    chance = replace(TALK, ritual=None)

    assert "BEGIN:VALARM" not in lines(
        calendar([TALK, chance], HOME, rituals={"walk": a_ritual("walk", alarm=15)})
    )


# -- its texts


def wild(written):
    """A file in which everything that people can write is written like this."""
    household = a_household(names=(written, written))
    occurrence = replace(TALK, title=written, way=written, partner=ONE)
    return calendar([occurrence], household)


@pytest.mark.parametrize(
    "written",
    [
        WILD,
        "x\nEND:VEVENT\nEND:VCALENDAR",
        "x\r\nBEGIN:VALARM",
        "x\rMETHOD:REQUEST",
        "x\u2028RRULE:FREQ=SECONDLY",
        "\\\nURL:x",
        "x\n URL:x",
    ],
)
def test_no_text_writes_a_line_of_its_own(written):
    assert names(wild("tame")) == names(wild(written))


@given(st.text(st.characters()))
def test_no_text_at_all_writes_a_line_of_its_own(written):
    assert names(wild("x")) == names(wild(f"x{written}"))


@pytest.mark.outside
def test_without_asserts_no_text_writes_a_line_of_its_own_either():
    script = "from tests.calendars.outgoing.test_ical import *; sys.stdout.buffer.write(wild(WILD))"
    unasserted = subprocess.run(
        [sys.executable, "-O", "-c", f"assert False; {script}"],
        cwd=ROOT,
        env=os.environ | {"PYTHONOPTIMIZE": "1"},
        capture_output=True,
        check=True,
        timeout=60,
    )

    assert names(wild("tame")) == names(unasserted.stdout)
    assert wild(WILD) == unasserted.stdout


def test_the_calendar_s_name_is_escaped_like_every_text():
    told = lines(calendar([], a_household(names=("Maya; a\\n, b", "Jonas"))))

    assert "NAME:Maya\\; a\\\\n\\, b and Jonas" in told
    assert "X-WR-CALNAME:Maya\\; a\\\\n\\, b and Jonas" in told


# -- its zones


class Onset(NamedTuple):
    """One change of the clocks: when, in UTC, and the offsets before and after it."""

    instant: datetime
    before: timedelta
    after: timedelta


def offset(text):
    hours, minutes = int(text[1:3]), int(text[3:5])
    return (-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes)


def onsets(file):
    """What the blocks of a file's zone say, read as RFC 5545, 3.6.5 has it."""
    told = "\n".join(block(file, "VTIMEZONE"))
    found = []
    for clock in re.findall(r"BEGIN:(?:STANDARD|DAYLIGHT)\n(.*?)\nEND", told, re.DOTALL):
        fields = dict(line.split(":", 1) for line in clock.split("\n"))
        before, after = offset(fields["TZOFFSETFROM"]), offset(fields["TZOFFSETTO"])
        found.append(Onset(wall(fields["DTSTART"]) - before, before, after))
    return sorted(found)


def wall(written):
    """A local time as it is written, told as if it were UTC."""
    return datetime.strptime(written, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


def changes(zone, hours):
    """The same by the package tzdata: looked for between these hours, then to the minute."""
    tz, found = packaged(zone), []
    offsets = [hour.astimezone(tz).utcoffset() for hour in hours]
    for hour, (before, after) in zip(hours, pairwise(offsets), strict=False):
        if before != after:
            minutes = (hour + n * timedelta(minutes=1) for n in count(1))
            exact = next(m for m in minutes if m.astimezone(tz).utcoffset() != before)
            found.append(Onset(exact, before, exact.astimezone(tz).utcoffset()))
    return found


def test_the_onsets_of_every_zone_are_those_of_its_clocks():
    begins, ends = TALK.start - ical.MARGIN, TALK.end + ical.MARGIN
    hours = [begins + n * timedelta(hours=4) for n in range((ends - begins) // timedelta(hours=4))]
    wrong = {}
    for zone in every_zone():
        first, *others = onsets(calendar([TALK], a_household(zone)))
        told = [onset for onset in others if onset.before != onset.after]
        known = begins.replace(microsecond=0), begins.astimezone(packaged(zone)).utcoffset()
        if told != changes(zone, hours) or known != (first.instant, first.after):
            wrong[zone] = told

    assert {} == wrong
    assert len(every_zone()) > 500


def test_a_zone_is_written_to_the_letter():
    assert BERLIN_S_CLOCKS.split() == block(calendar([TALK], HOME), "VTIMEZONE")


BERLIN_S_CLOCKS = """
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:20251125T200000
TZNAME:CET
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20261025T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
"""


def test_a_zone_says_which_clock_is_summer_s():
    told = "\n".join(block(calendar([TALK], HOME), "VTIMEZONE"))
    clocks = re.findall(r"BEGIN:(\w+)\n.*?TZOFFSETTO:(\S+)\n", told, re.DOTALL)

    assert {("STANDARD", "+0100"), ("DAYLIGHT", "+0200")} == set(clocks)
    assert {"TZNAME:CET", "TZNAME:CEST"} == set(re.findall(r"TZNAME:\w+", told))


def read_by_its_own_zone(file):
    """Start and end of the only event in UTC, from nothing but the file."""
    clocks = onsets(file)

    def instant(name, value):
        if value.endswith("Z"):
            return wall(value.removesuffix("Z"))
        assert name.endswith(f";TZID={BERLIN}")
        clock = [clock for clock in clocks if clock.instant + clock.before <= wall(value)][-1]
        return wall(value) - clock.after

    told = {name.split(";")[0]: instant(name, value) for name, value in times(file)}
    return told["DTSTART"], told["DTEND"]


def times(file):
    return [item for item in one_event(file).items() if item[0].startswith(("DTSTART", "DTEND"))]


@pytest.mark.parametrize("week", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize("quarters", range(24))
def test_instants_are_right_in_the_nights_of_the_clocks(week, quarters):
    start = an_instant("Sun 00:00", week) + quarters * timedelta(minutes=15)
    event = an_occurrence(Span(start, start + timedelta(minutes=45)), week=week)

    assert (event.start, event.end) == read_by_its_own_zone(calendar([event], HOME))


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Asia/Kathmandu"])
def test_zones_without_summer_time_are_right_too(zone):
    seen = read(calendar([TALK], a_household(zone)))

    assert [(TALK.start, TALK.end)] == [(s.start, s.end) for s in seen]


# -- read back by another library


class Seen(NamedTuple):
    start: datetime
    end: datetime
    summary: str
    way: str


def read(file):
    """The events that icalendar and recurring-ical-events see."""
    events = recurring_ical_events.of(Calendar.from_ical(file)).all()
    return sorted(
        Seen(
            e.start.astimezone(UTC),
            e.end.astimezone(UTC),
            str(e["SUMMARY"]),
            str(e.get("DESCRIPTION", "")),
        )
        for e in events
    )


kept = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters=TURNING
)
some_line = st.text(kept, min_size=1).map(lambda t: " ".join(t.split())).filter(bool)
some_way = st.text(st.one_of(kept, st.sampled_from("\n\t;,\\:\"'"))).map(str.strip)
some_week = st.dates(date(2020, 1, 1), date(2036, 1, 1)).map(Week.of_monday)


@st.composite
def some_occurrences(draw):
    week = draw(st.one_of(some_week, st.sampled_from([SPRING, AUTUMN])))
    begins = an_instant("Mon 00:00", week, "UTC") - timedelta(hours=14)
    some = []
    for number in range(draw(st.integers(1, 4))):
        start = begins + draw(st.integers(0, 8 * 96)) * timedelta(minutes=15)
        span = Span(start, start + draw(st.integers(1, 96)) * timedelta(minutes=5))
        title, way = draw(some_line), draw(some_way)
        some.append(an_occurrence(span, week=week, number=number, title=title, way=way))
    return some


@given(some_occurrences(), st.sampled_from(ZONES))
def test_what_was_written_is_what_is_read(occurrences, zone):
    expected = sorted(Seen(o.start, o.end, o.title, o.way) for o in occurrences)

    assert expected == read(calendar(occurrences, a_household(zone)))


def test_a_change_keeps_the_uid_and_grows_the_sequence():
    moved = replace(TALK, start=an_instant("Fri 20:00"), end=an_instant("Fri 21:00"), sequence=1)
    before, after = (one_event(calendar([o], HOME)) for o in (TALK, moved))

    assert before["UID"] == after["UID"]
    assert ("0", "1") == (before["SEQUENCE"], after["SEQUENCE"])


# -- read back from a server


VANCOUVER = a_household("America/Vancouver")
AT_SEVEN = an_occurrence(a_span("Tue 19:00-20:00", WEEK, "America/Vancouver"))
OLD_RULES = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:20071104T020000
TZOFFSETFROM:-0700
TZOFFSETTO:{offset}
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
TZOFFSETFROM:{offset}
TZOFFSETTO:-0700
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
END:VTIMEZONE
"""


def rewritten(name, offset="-0800", *, more=str):
    """The object of an event as another program keeps it, with a zone of its own making."""
    text = calendar([AT_SEVEN], VANCOUVER).decode().replace("\r\n ", "").replace("\r\n", "\n")
    zone = OLD_RULES.format(name=name, offset=offset)
    text = re.sub(r"BEGIN:VTIMEZONE.*END:VTIMEZONE\n", zone, text, flags=re.DOTALL)
    text = text.replace("TZID=America/Vancouver", f'TZID="{name}"')
    return more(text).replace("\n", "\r\n")


def ends(file):
    """Start and end of the only event, as Leavewell reads it back."""
    event = ical.read_event(file, VANCOUVER.tz)
    return event.start, event.end


NAMES = [
    "America/Vancouver",
    "/America/Vancouver",
    "/freeassociation.sourceforge.net/America/Vancouver",
    "/citadel.org/20260101_1/America/Vancouver",
]


@pytest.mark.parametrize("offset", ["-0800", "+0300"])
@pytest.mark.parametrize("name", NAMES)
def test_a_server_that_rewrites_the_zone_has_moved_nothing(name, offset):
    assert (AT_SEVEN.start, AT_SEVEN.end) == ends(rewritten(name, offset))


@pytest.mark.parametrize("name", NAMES)
def test_another_hour_on_the_clock_is_a_move_whatever_the_zone_says(name):
    later = rewritten(name, more=lambda text: re.sub("T(19|20)0000", r"T\g<1>3000", text))
    half = timedelta(minutes=30)

    assert (AT_SEVEN.start + half, AT_SEVEN.end + half) == ends(later)


def test_a_duration_in_place_of_an_end_is_that_of_the_same_clock():
    lasting = rewritten(NAMES[2], more=lambda text: re.sub("DTEND.*", "DURATION:PT1H", text))

    assert (AT_SEVEN.start, AT_SEVEN.end) == ends(lasting)


def test_a_zone_that_only_the_object_knows_is_the_objects_own():
    found = [ends(rewritten("Home", offset))[0] for offset in ("-0800", "+0300", "-0800")]

    assert [1, -10, 1] == [(start - AT_SEVEN.start) // timedelta(hours=1) for start in found]


def without_a_zone(text):
    return re.sub(r"BEGIN:VTIMEZONE.*END:VTIMEZONE\n", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", ["Mars/Base", "../Vancouver", "Vancouver"])
def test_a_zone_that_nobody_knows_is_the_one_at_home(name):
    assert (AT_SEVEN.start, AT_SEVEN.end) == ends(rewritten(name, more=without_a_zone))


@pytest.mark.parametrize("name", ["America", "a" * 300])
def test_a_zone_that_no_name_could_be_is_no_event_to_read(name):
    assert None is ical.read_event(rewritten(name, more=without_a_zone), VANCOUVER.tz)


ODD = ["UID:x", "SEQUENCE:", "SEQUENCE:abc", "SEQUENCE:7", "SEQUENCE:99999999999999999999"]
ODD += ["LAST-MODIFIED:soon", "LAST-MODIFIED:00010101T000000", "SUMMARY:Late", "STATUS:CONFIRMED"]


@pytest.mark.parametrize("line", ODD)
@pytest.mark.parametrize("instead", [True, False])
def test_an_odd_line_beside_its_times_leaves_an_event_what_it_is(line, instead):
    """A line in place of the event's own, or besides, as other programs write them."""
    name = line.partition(":")[0]
    text = calendar([AT_SEVEN], VANCOUVER).decode().replace("\r\n ", "")
    before = re.sub(f"(?m)^{name}[:;].*\r\n", "", text) if instead else text
    odd = before.replace("BEGIN:VEVENT\r\n", f"BEGIN:VEVENT\r\n{line}\r\n")
    event = ical.read_event(odd, VANCOUVER.tz)

    assert (AT_SEVEN.start, AT_SEVEN.end, True) == (event.start, event.end, event.stands)
    assert event.sequence in (0, 7)
    assert "vText" not in event.uid + event.title + ical.uid_in(odd)


@pytest.mark.parametrize("name", ["UID", "SUMMARY", "SEQUENCE", "STATUS", "LAST-MODIFIED"])
def test_an_event_may_do_without(name):
    text = calendar([AT_SEVEN], VANCOUVER).decode().replace("\r\n ", "")
    without = re.sub(f"(?m)^{name}[:;].*\r\n", "", text)

    assert (AT_SEVEN.start, AT_SEVEN.end) == ends(without)


@pytest.mark.parametrize("day", ["00010101T000000", "99991231T235959"])
def test_an_event_at_the_end_of_time_is_left_as_it_is(day):
    text = calendar([AT_SEVEN], VANCOUVER).decode()
    odd = re.sub("(?m)^DT(START|END);.*\r\n", rf"DT\1:{day}\r\n", text)

    assert None is ical.read_event(odd, VANCOUVER.tz)
