"""What other programs read in our files: the same events, to the second and to the letter."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from rituals.calendars.outgoing import ical
from rituals.calendars.outgoing.ledger import event_uid
from rituals.model import wording
from rituals.model.calendar import Audience
from rituals.model.household import ONE
from rituals.model.time.span import Span
from tests.clients import readers
from tests.support.notation import a_household, an_occurrence

EUROPE = "2026-03-29 2026-10-25 2027-03-28 2027-10-31"
NORTH_AMERICA = "2026-03-08 2026-11-01 2027-03-14 2027-11-07"
AUSTRALIA = "2026-04-05 2026-10-04 2027-04-04 2027-10-03"
NEW_ZEALAND = "2026-04-05 2026-09-27 2027-04-04 2027-09-26"
CHANGES = {
    "Europe/Berlin": EUROPE,
    "Europe/London": EUROPE,
    "Europe/Dublin": EUROPE,
    "America/New_York": NORTH_AMERICA,
    "America/St_Johns": NORTH_AMERICA,
    "America/Santiago": "2026-04-05 2026-09-06 2027-04-04 2027-09-05",
    "Africa/Cairo": "2026-04-24 2026-10-30 2027-04-30 2027-10-29",
    "Africa/Casablanca": "2026-02-15 2026-03-22",
    "Australia/Adelaide": AUSTRALIA,
    "Australia/Lord_Howe": AUSTRALIA,
    "Pacific/Auckland": NEW_ZEALAND,
    "Pacific/Chatham": NEW_ZEALAND,
}
ALWAYS_THE_SAME = ("Asia/Kathmandu", "2026-10-25")
NIGHTS = [(zone, day) for zone, days in CHANGES.items() for day in days.split()]
WEEKS = [*NIGHTS, ALWAYS_THE_SAME]
TITLES = (
    "Late talk",
    "Späte Runde, früh; oder \\n doch nicht?",
    "👩‍👩‍👧‍👦 Ärger im Fluß: 日曜の夜 – «ça va»",
    "so long that it folds more than once, and always inside of a letter: " + "ßé日" * 40,
)
READ_OTHERWISE = {
    # It unescapes "\n" before "\\", and so finds a line break behind a backslash.
    "node-ical": lambda title: title.replace("\\n", "\\\n"),
}


@pytest.mark.parametrize(("zone", "day"), NIGHTS)
def test_the_clocks_of_each_zone_change_in_the_night_it_is_tested_with(zone, day):
    before, after = (noon(zone, day) + n * timedelta(days=1) for n in (-1, 0))

    assert before.utcoffset() != after.utcoffset()


@pytest.mark.parametrize(("zone", "day"), WEEKS)
def test_every_reader_sees_the_week_around_a_change_as_it_is(zone, day, seen):
    reader, by_week = seen

    assert told(a_week(zone, day), zone, reader) == by_week[zone, day]


def test_every_reader_sees_years_in_one_file(seen):
    reader, by_week = seen

    assert told(two_years(), "Europe/Berlin", reader) == by_week["two years"]


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """The path of each week's file, and of one that holds many."""
    folder = tmp_path_factory.mktemp("files")
    weeks = {(zone, day): (a_week(zone, day), zone) for zone, day in WEEKS}
    weeks["two years"] = two_years(), "Europe/Berlin"
    paths = {}
    for what, (lying, zone) in weeks.items():
        name = what if isinstance(what, str) else "_".join(what).replace("/", "_")
        paths[what] = folder / f"{name}.ics"
        paths[what].write_bytes(ical.calendar(lying, a_household(zone)))
    return paths


@pytest.fixture(scope="session", params=readers.ready())
def seen(request, files):
    """A reader, and what it sees in each file; it is started once for all of them."""
    told_of = readers.read(request.param, list(files.values()))
    return request.param, dict(zip(files, told_of, strict=True))


@cache
def a_week(zone, day):
    """Occurrences from three days before a day to four days after, close by in its first hours."""
    midnight = noon(zone, day).replace(hour=0).astimezone(UTC)
    hours = [*range(-72, -6, 5), *(n * 0.75 for n in range(-6, 12)), *range(9, 96, 5)]
    return [an_event(midnight + timedelta(hours=hour), n) for n, hour in enumerate(hours)]


@cache
def two_years():
    """The four nights in which Berlin's clocks change in one plan."""
    numbers = count(1)
    return [
        an_event(event.start, next(numbers))
        for day in EUROPE.split()
        for event in a_week("Europe/Berlin", day)
    ]


def an_event(start, number):
    lies = Span(start, start + timedelta(minutes=30 + number % 4 * 15))
    partner = ONE if number % 3 else None
    return an_occurrence(lies, number=number, partner=partner, title=TITLES[number % len(TITLES)])


def told(lying, zone, reader):
    household = a_household(zone)
    as_read = READ_OTHERWISE.get(reader, str)
    return {
        readers.Seen(
            event_uid(o.id, household, Audience.SHARED),
            whole(o.start),
            whole(o.end),
            as_read(wording.title(o, household)),
        )
        for o in lying
    }


def noon(zone, day):
    return datetime.combine(date.fromisoformat(day), time(12), ZoneInfo(zone))


def whole(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)
