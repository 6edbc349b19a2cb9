"""A calendar file as a family has it after ten years, made up anew from a seed.

Mostly single events, some series with exceptions and moved occurrences, birthdays, all with the
descriptions, alarms, people and revisions that calendar programs write around them.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

ZONE = "Europe/Berlin"
TITLES = ("Zahnarzt", "Elternabend", "Team sync", "Choir, first row", "Training", "Dinner; us two")
WORDS = ("please", "bring", "the", "papers", "and", "ring", "at", "the", "second", "door", "left")
ALL_DAY, SERIES, UTC = 0.08, 0.04, 0.15  # shares of a family's calendar
HEAD = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Made up//For measuring//EN
CALSCALE:GREGORIAN
X-WR-CALNAME:Family
X-WR-TIMEZONE:Europe/Berlin
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def calendar_file(events: int, first: date, last: date, seed: int = 1) -> bytes:
    """A file of so many events that begin from `first` up to `last`, always the same."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    lines = [line for number in range(events) for line in _event(number, first, last, chance)]
    folded = [
        part for line in (*HEAD.splitlines(), *lines, "END:VCALENDAR") for part in _fold(line)
    ]
    return "\r\n".join([*folded, ""]).encode()


def _event(number: int, first: date, last: date, chance: random.Random) -> Iterator[str]:
    day = first + timedelta(days=chance.randrange((last - first).days))
    start = datetime.combine(day, time(chance.randrange(7, 22), chance.choice((0, 15, 30))))
    uid = f"{chance.getrandbits(128):032x}@google.com"
    rule = chance.choice(RULES)(day, chance) if chance.random() < SERIES else ""
    lasts = timedelta(minutes=chance.choice((30, 45, 60, 90, 180)))
    times = list(_times(start, lasts, "" if rule else "?", chance))
    yield from _component(uid, times + ([f"RRULE:{rule}"] if rule else []), number, chance)
    if "WEEKLY" in rule:
        was, now = (start + timedelta(weeks=2), start + timedelta(weeks=2, hours=2))
        moved = [*_times(now, lasts, "", chance), f"RECURRENCE-ID;TZID={ZONE}:{was:%Y%m%dT%H%M%S}"]
        yield from _component(uid, moved, number, chance)


RULES = (
    lambda _, __: "FREQ=WEEKLY",
    lambda day, _: f"FREQ=WEEKLY;UNTIL={day + timedelta(days=200):%Y%m%d}T225959Z",
    lambda _, __: "FREQ=WEEKLY;COUNT=20",
    lambda _, __: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    lambda _, __: "FREQ=MONTHLY;BYDAY=1MO",
    lambda _, __: "FREQ=YEARLY",
    lambda day, _: f"FREQ=DAILY;UNTIL={day + timedelta(days=10):%Y%m%d}",
)


def _times(start: datetime, lasts: timedelta, kind: str, chance: random.Random) -> Iterator[str]:
    share = chance.random() if kind else 1
    end = start + lasts
    if share < ALL_DAY:
        yield f"DTSTART;VALUE=DATE:{start:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}"
        yield "TRANSP:" + chance.choice(("TRANSPARENT", "TRANSPARENT", "OPAQUE"))
    elif share < ALL_DAY + UTC:
        yield f"DTSTART:{start:%Y%m%dT%H%M%S}Z"
        yield f"DTEND:{end:%Y%m%dT%H%M%S}Z"
    else:
        yield f"DTSTART;TZID={ZONE}:{start:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID={ZONE}:{end:%Y%m%dT%H%M%S}"


def _component(uid: str, times: list[str], number: int, chance: random.Random) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", *times, "DTSTAMP:20260101T120000Z", f"UID:{uid}")
    yield from ("CREATED:20200101T120000Z", "LAST-MODIFIED:20200301T120000Z", "SEQUENCE:0")
    words = " ".join(chance.choices(WORDS, k=chance.randrange(40)))
    yield f"DESCRIPTION:{words}\\nhttps://example.org/{number}"
    yield from (f"LOCATION:Street {number % 97}\\, Berlin", "STATUS:CONFIRMED")
    yield f"SUMMARY:{chance.choice(TITLES).replace(',', chr(92) + ',').replace(';', chr(92) + ';')}"
    if number % 3 == 0:
        yield (
            "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=a@example.org"
            ";X-NUM-GUESTS=0:mailto:a@example.org"
        )
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Reminder", "TRIGGER:-P0DT0H30M0S")
    yield from ("END:VALARM", "END:VEVENT")


def _fold(line: str) -> Iterator[str]:
    yield line[:75]
    for at in range(75, len(line), 74):
        yield " " + line[at : at + 74]
