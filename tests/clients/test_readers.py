from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tests.clients import readers
from tests.clients.readers import READERS, ReaderError, Seen, missing, read, ready

DATA = Path(__file__).parent / "data"
TWO_NIGHTS = DATA / "two_nights.ics"
SHIFTED_ZONE = DATA / "shifted_zone.ics"


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


IN_TWO_NIGHTS = {
    Seen(
        "spring-night@leavewell.example",
        utc(2026, 3, 28, 22, 30),
        utc(2026, 3, 29, 1),
        "Tea, cake; and a \\ between",
    ),
    Seen(
        "autumn-night@leavewell.example",
        utc(2026, 10, 24, 23, 30),
        utc(2026, 10, 25, 2),
        "Küsse für die ganze Familie 👨\u200d👩\u200d👧\u200d👦 und noch einen\nzum Schluss",
    ),
    Seen(
        "repeated-hour@leavewell.example",
        utc(2026, 10, 25, 0, 30),
        utc(2026, 10, 25, 1, 30),
        "Said in UTC",
    ),
}
IN_SHIFTED_ZONE = {
    Seen(
        "five-hours-ahead@leavewell.example",
        utc(2026, 7, 1, 15),
        utc(2026, 7, 1, 16, 30),
        "Not Berlin's own time",
    )
}

# They go by a zone's name, whatever the file's VTIMEZONE says.
BY_NAME = {"ical", "node-ical"}
IN_BERLIN = {
    Seen(
        "five-hours-ahead@leavewell.example",
        utc(2026, 7, 1, 18),
        utc(2026, 7, 1, 19, 30),
        "Not Berlin's own time",
    )
}

WRONG = {
    "a start a minute late": (":20260328T233000", ":20260328T233100"),
    "an end in another hour": (":20260329T030000", ":20260329T040000"),
    "a time in UTC a second late": ("20261025T003000Z", "20261025T003001Z"),
    "another text": ("Said in UTC", "said in UTC"),
    "another UID": ("UID:spring-night", "UID:spring-nights"),
}
WRONG_IN_THE_ZONE = {
    "another offset in summer": ("TZOFFSETTO:+0200", "TZOFFSETTO:+0300"),
    "another night of the change": ("BYMONTH=3;BYDAY=-1SU", "BYMONTH=3;BYDAY=-2SU"),
}
REFUSED = {
    "an unexplained zone": ("TZID:Europe/Berlin", "TZID:Europe/Paris"),
    "a floating time": (";TZID=Europe/Berlin:20261025T013000", ":20261025T013000"),
    "a whole day": (
        ";TZID=Europe/Berlin:20261025T013000\r\nDTEND;TZID=Europe/Berlin:20261025T030000",
        ";VALUE=DATE:20261025\r\nDTEND;VALUE=DATE:20261026",
    ),
    "no end": ("DTEND:20261025T013000Z\r\n", ""),
    "a rule": ("SUMMARY:Said", "RRULE:FREQ=DAILY;COUNT=2\r\nSUMMARY:Said"),
    "a second calendar": ("END:VCALENDAR", "END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR"),
    "a UID twice": ("UID:repeated-hour", "UID:autumn-night"),
}


def changed(tmp_path, changes):
    """A copy of the two nights for each change."""
    original = TWO_NIGHTS.read_bytes().decode()
    paths = []
    for number, (old, new) in enumerate(changes.values()):
        assert old in original
        paths.append(tmp_path / f"{number}.ics")
        paths[-1].write_bytes(original.replace(old, new).encode())
    return paths


@pytest.mark.parametrize("name", ready())
def test_a_reader_sees_what_was_written_by_hand(name):
    assert READERS[name](TWO_NIGHTS) == IN_TWO_NIGHTS


@pytest.mark.parametrize("name", ready())
def test_each_file_is_read_by_its_own_zones_but_where_a_reader_goes_by_their_names(name):
    got = read(name, [TWO_NIGHTS, SHIFTED_ZONE, TWO_NIGHTS])

    shifted = IN_BERLIN if name in BY_NAME else IN_SHIFTED_ZONE
    assert got == [IN_TWO_NIGHTS, shifted, IN_TWO_NIGHTS]


@pytest.mark.parametrize("name", ready())
def test_a_reader_notices_every_wrong_line_of_an_event(name, tmp_path):
    assert [] == unnoticed(name, WRONG, tmp_path)


@pytest.mark.parametrize("name", ready())
def test_a_reader_notices_every_wrong_line_of_a_zone_unless_it_goes_by_name(name, tmp_path):
    not_its_business = [*WRONG_IN_THE_ZONE] if name in BY_NAME else []

    assert not_its_business == unnoticed(name, WRONG_IN_THE_ZONE, tmp_path)


def unnoticed(name, wrong, tmp_path):
    """What is wrong in a file that a reader sees no otherwise than the right one."""
    got = read(name, changed(tmp_path, wrong))
    return [what for what, seen in zip(wrong, got, strict=True) if seen == IN_TWO_NIGHTS]


@pytest.mark.parametrize("name", ready())
def test_a_reader_refuses_what_our_files_never_hold(name, tmp_path):
    paths = changed(tmp_path, REFUSED)
    with ThreadPoolExecutor() as at_once:  # a process for each: the first refusal ends it
        refused = list(at_once.map(partial(refuses, name), paths))

    assert [*REFUSED] == [what for what, no in zip(REFUSED, refused, strict=True) if no]


def refuses(name, path):
    """Whether a reader reads nothing, and says in which file."""
    try:
        read(name, [path])
    except ReaderError as error:
        return name in str(error) and path.name in str(error)
    return False


@pytest.mark.parametrize("name", ready())
def test_a_character_torn_by_folding_is_refused(name, tmp_path):
    path = tmp_path / "torn.ics"
    path.write_bytes(TWO_NIGHTS.read_bytes().replace(b"K\xc3\xbcsse", b"K\xc3\r\n \xbcsse"))

    with pytest.raises(ReaderError, match=name):
        read(name, [path])


@pytest.mark.parametrize("name", ready())
def test_a_calendar_without_events_shows_none(name, tmp_path):
    path = tmp_path / "empty.ics"
    before, _, _ = TWO_NIGHTS.read_bytes().partition(b"BEGIN:VEVENT")
    path.write_bytes(before + b"END:VCALENDAR\r\n")

    assert read(name, [path]) == [set()]


def test_a_missing_reader_is_left_out_at_home_and_kept_in_ci(monkeypatch):
    monkeypatch.setattr(readers, "SYSTEM_PYTHON", "/nowhere/python3")

    assert missing()["libical"] == "There is no /nowhere/python3."
    monkeypatch.delenv("CI", raising=False)
    assert "libical" not in ready()
    monkeypatch.setenv("CI", "true")
    assert ready() == list(READERS)
