"""What other programs read in our files: the same events, to the second and to the letter."""

from datetime import UTC, datetime, timedelta

import pytest

from rituals import ics, weeks, words
from rituals.model import ONE, Week
from rituals.spans import Span
from rituals.taken import Audience, uid
from tests.clients import readers
from tests.notation import a_household, an_occurrence

AROUND_CHANGES = {
    "Europe/Berlin": ("2026-W13", "2026-W43"),
    "America/New_York": ("2026-W10", "2026-W44"),
    "Australia/Lord_Howe": ("2026-W14", "2026-W40"),
}
TITLES = (
    "Late talk",
    "Späte Runde, früh; oder \\n doch nicht?",
    "👩‍👩‍👧‍👦 Ärger im Fluß: 日曜の夜 – «ça va»",
    "so long that it folds more than once, and always inside of a letter: " + "ßé日" * 40,
)


@pytest.mark.parametrize("reader", readers.ready())
@pytest.mark.parametrize(
    ("zone", "week"), [(zone, week) for zone, both in AROUND_CHANGES.items() for week in both]
)
def test_every_reader_sees_the_weeks_around_summer_time_as_they_are(zone, week, reader, tmp_path):
    household = a_household(zone)
    lying = list(every_three_quarters(Week.read(week), household))
    file = tmp_path / "week.ics"
    file.write_bytes(ics.calendar(lying, household))

    assert told(lying, household) == readers.READERS[reader](file)


@pytest.mark.parametrize("reader", readers.ready())
def test_every_reader_sees_four_weeks_in_one_file(reader, tmp_path):
    household = a_household()
    four = (Week(2026, 42) + n for n in range(4))
    lying = [o for week in four for o in every_three_quarters(week, household)]
    file = tmp_path / "weeks.ics"
    file.write_bytes(ics.calendar(lying, household))

    assert told(lying, household) == readers.READERS[reader](file)


def every_three_quarters(week, household):
    """Occurrences all through the week, the nights with one hour more or less included."""
    span = weeks.week_span(week, household)
    at, number = span.start, 0
    while at < span.end:
        number += 1
        lies = Span(at, at + timedelta(minutes=30 + number % 4 * 15))
        partner = ONE if number % 3 else None
        title = TITLES[number % len(TITLES)]
        yield an_occurrence(lies, week=week, number=number, partner=partner, title=title)
        at += timedelta(minutes=45)


def told(lying, household):
    return {
        readers.Seen(
            uid(o.id, household, Audience.SHARED),
            whole(o.start),
            whole(o.end),
            words.title(o, household),
        )
        for o in lying
    }


def whole(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)
