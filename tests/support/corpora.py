"""Runs the reader over other projects' calendar files, beside the plain way, and prints a table.

`make corpora` starts it where ../shared/corpora lies beside the project. It ends with 1 if a file
makes the reader raise anything but its own sentence, takes more than two seconds, or is read
otherwise than by the libraries alone.
"""

import faulthandler
import re
import sys
import time as clocks
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import icalendar
import recurring_ical_events
from icalendar.timezone import tzp

from rituals.calendars.incoming.busy_times import Busy, read
from rituals.calendars.incoming.decode import CalendarError
from rituals.model.household import Household
from rituals.model.time.span import Span
from tests.support.notation import a_household

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
TODAY = date(2026, 11, 22)
MOST_SECONDS = 2
HANGS = 120  # seconds after which a traceback says where
NAMES = {".ics", ".ical", ".ifb", ".vcs", ".txt", ".patch"}


def main() -> int:
    """A table of what was read, refused and left out; 1 if something went wrong."""
    if not CORPORA.is_dir():
        print(f"There are no calendar files at {CORPORA}.")
        return 1
    found: Counter[str] = Counter()
    complaints: list[str] = []
    slowest: dict[str, float] = {}
    for file in sorted(path for path in CORPORA.rglob("*") if path.suffix in NAMES):
        name, data = str(file.relative_to(CORPORA)), file.read_bytes()
        faulthandler.dump_traceback_later(HANGS, exit=True)
        for first, last in _windows(data):
            taken, wrongs = _tried(data, first, last, found)
            complaints += [f"{name}: {wrong}" for wrong in wrongs]
            slowest[name] = max(slowest.get(name, 0), taken)
        faulthandler.cancel_dump_traceback_later()
    for what, times in sorted(found.items()):
        print(f"{times:6}  {what}")
    name = max(slowest, key=slowest.__getitem__)
    print(
        f"{len(slowest):6}  files, each for two years; the slowest, {slowest[name]:.2f} s: {name}"
    )
    print("\n".join(complaints) or "Nothing to complain of.")
    return 1 if complaints else 0


def _windows(data: bytes) -> Iterator[tuple[date, date]]:
    """Sixty weeks from today, and from the day on which the file's first event begins."""
    yield TODAY - timedelta(days=7), TODAY + timedelta(weeks=60)
    begins = re.search(rb"BEGIN:VEVENT.*?DTSTART[^\n]*?:((?:19|20)\d{6})", data, re.DOTALL)
    try:
        day = date.fromisoformat(begins[1].decode()) if begins else TODAY
    except ValueError:
        return
    yield day - timedelta(days=7), day + timedelta(weeks=60)


def _tried(data: bytes, first: date, last: date, found: Counter[str]) -> tuple[float, list[str]]:
    """How many seconds a file takes, and what is wrong with how it is read."""
    begins = clocks.process_time()
    try:
        reading = read(data, a_household(), first, last)
    except CalendarError as refused:
        found[f"refused: {refused}"] += 1
        return clocks.process_time() - begins, []
    except Exception as error:  # looking for any is what this is for
        return clocks.process_time() - begins, [f"raises {error!r}"]
    seconds = clocks.process_time() - begins
    wrongs = [f"takes {seconds:.1f} s"] if seconds > MOST_SECONDS else []
    found["read"] += 1
    for sentence in reading.skipped:
        number, _, why = sentence.partition(": ")
        found[f"left out, for one or several: {why}"] += int(number.split()[0].replace(",", ""))
    if not reading.skipped:  # of the others, the plain way may never end
        wrongs += _compared(data, first, last, set(reading.busy), found)
    return seconds, wrongs


def _compared(
    data: bytes, first: date, last: date, busy: set[Busy], found: Counter[str]
) -> Iterator[str]:
    try:
        expected = plain(data, a_household(), first, last)
    except Exception as error:  # the libraries alone raise nearly anything
        found[f"the plain way stumbles: {type(error).__name__}"] += 1
        return
    if expected == busy:
        found["as the plain way reads it"] += 1
        return
    found["otherwise than the plain way"] += 1
    yield f"{first}: {len(expected - busy)} lost, {len(busy - expected)} more: " + ", ".join(
        f"{'more' if one in busy else 'lost'}: {one.title} "
        f"{one.span.start:%Y-%m-%d %H:%M}-{one.span.end:%Y-%m-%d %H:%M}"
        for one in sorted(expected ^ busy, key=lambda one: one.span)[:3]
    )


def plain(data: bytes, household: Household, first: date, last: date) -> set[Busy]:
    """What the libraries alone say of a file, one calendar after another, rules applied by hand."""
    since = datetime.combine(first, time(), household.tz)
    until = datetime.combine(last, time(), household.tz)
    tzp.use_zoneinfo()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {
            busy
            for calendar in icalendar.Calendar.from_ical(data, multiple=True)
            for busy in _of_one(calendar, household, since, until)
            if busy.span.start < until and since < busy.span.end
        }


def _of_one(
    calendar: icalendar.Calendar, household: Household, since: datetime, until: datetime
) -> Iterator[Busy]:
    pad = timedelta(days=3)
    for event in calendar.walk("VEVENT"):
        _with_an_end(event)
    for event in recurring_ical_events.of(calendar).between(since - pad, until + pad):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        busy_status = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()
        transparency = str(event.get("TRANSP", "")).upper()
        whole_day = not isinstance(start, datetime) and not isinstance(end, datetime)
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        if transparency == "TRANSPARENT" or busy_status == "FREE":
            continue
        if whole_day and transparency != "OPAQUE":
            continue
        begins, ends = (_aware(moment, household).astimezone(UTC) for moment in (start, end))
        if begins < ends:
            title = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", str(event.get("SUMMARY", "")))
            yield Busy(
                span=Span(begins, ends),
                title=" ".join(title.split())[:120].rstrip(),
                whole_day=whole_day,
            )


def _with_an_end(event: icalendar.Event) -> None:
    """An instant of UTC and a duration as two instants: X-WR-TIMEZONE turns the first alone into
    another zone, and days of that zone are not always 24 hours."""
    start, lasts = event.get("DTSTART"), event.get("DURATION")
    repeats = {"RRULE", "RDATE", "RECURRENCE-ID"} & set(event)
    if (
        lasts is not None
        and not repeats
        and isinstance(start.dt, datetime)
        and str(start.dt.tzinfo) == "UTC"
    ):
        event.pop("DURATION")
        event.add("DTEND", start.dt + lasts.dt)


def _aware(moment: date, household: Household) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=household.tz)


if __name__ == "__main__":
    sys.exit(main())
