"""Runs the reader over other projects' calendar files, beside other programs, and prints a table.

`make corpora` starts it where ../shared/corpora lies beside the project. It ends with 1 if a file
makes the reader raise anything but its own sentence, takes more than two seconds, or is read
otherwise than most of the other programs read it and no paragraph explains that.
"""

import faulthandler
import re
import subprocess
import sys
import time as clocks
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from rituals.calendars.incoming.busy_times import read
from rituals.calendars.incoming.decode import CalendarError
from tests.clients import busy
from tests.support.notation import a_household

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
TODAY = date(2026, 11, 22)
MOST_SECONDS = 2
HANGS = 120  # seconds after which a traceback says where
HANGS_ALONE, AT_ONCE = 10, 40  # seconds and files, of another program
ENDLESS = {"ical.js"}  # many a file of these keeps it from ever ending
NAMES = {".ics", ".ical", ".ifb", ".vcs", ".txt", ".patch"}
PERIODS = "RFC 5545, 3.8.5.2: a period of an RDATE is a time of its own"
EXPLAINED = {
    "issue_184_broken_representation_of_period.ics": PERIODS,
    "issue_1633_rdate_with_dates*.ics": PERIODS,
    "period_with_timezone.ics": PERIODS,
    "issue_113_period_in_rdate.ics": PERIODS,
    "issue_464_invalid_rdate.ics": PERIODS,
    "friday13-NOT.ics": "RFC 2445, 4.8.5.2: EXRULE takes away",
    "restriction.ics": "RFC 5545, 3.6.1: of DTEND and DURATION the end is read",
}
Time = tuple[datetime, datetime]
Asked = tuple[Path, date, date]


def main() -> int:
    """A table of what was read, refused and left out; 1 if something went wrong."""
    if not CORPORA.is_dir():
        print(f"There are no calendar files at {CORPORA}.")
        return 1
    found: Counter[str] = Counter()
    complaints: list[str] = []
    slowest: dict[str, float] = {}
    readings: list[tuple[Asked, frozenset[Time]]] = []
    for file in sorted(path for path in CORPORA.rglob("*") if path.suffix in NAMES):
        name, data = str(file.relative_to(CORPORA)), file.read_bytes()
        faulthandler.dump_traceback_later(HANGS, exit=True)
        for first, last in _windows(data):
            taken, wrongs, times = _tried(data, first, last, found)
            if times is not None:
                readings.append(((file, first, last), times))
            complaints += [f"{name}: {wrong}" for wrong in wrongs]
            slowest[name] = max(slowest.get(name, 0), taken)
        faulthandler.cancel_dump_traceback_later()
    for what, times in sorted(found.items()):
        print(f"{times:6}  {what}")
    name = max(slowest, key=slowest.__getitem__)
    print(
        f"{len(slowest):6}  files, each for two years; the slowest, {slowest[name]:.2f} s: {name}"
    )
    complaints += _beside_the_others(readings)
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


def _tried(
    data: bytes, first: date, last: date, found: Counter[str]
) -> tuple[float, list[str], frozenset[Time] | None]:
    """Seconds that a file takes, the complaint about it, and the spans found in it."""
    begins = clocks.process_time()
    try:
        reading = read(data, a_household(), first, last)
    except CalendarError as refused:
        found[f"refused: {refused}"] += 1
        return clocks.process_time() - begins, [], None
    except Exception as error:  # looking for any is what this is for
        return clocks.process_time() - begins, [f"raises {error!r}"], None
    seconds = clocks.process_time() - begins
    wrongs = [f"takes {seconds:.1f} s"] if seconds > MOST_SECONDS else []
    found["read"] += 1
    for sentence in reading.skipped:
        number, _, why = sentence.partition(": ")
        why = why.partition(" (")[0]
        found[f"left out, for one or several: {why}"] += int(number.split()[0].replace(",", ""))
    return seconds, wrongs, frozenset((one.span.start, one.span.end) for one in reading.busy)


def _beside_the_others(readings: list[tuple[Asked, frozenset[Time]]]) -> Iterator[str]:
    """Differences to most other programs that no paragraph explains."""
    asked = [one for one, _ in readings]
    found = [_asked(name, asked) for name in busy.ready() if name not in ENDLESS]
    for number, ((path, first, _), ours) in enumerate(readings):
        votes = Counter(f[number] for f in found if not isinstance(f[number], str))
        theirs, count = votes.most_common(1)[0] if votes else (ours, 0)
        why = next((EXPLAINED[name] for name in EXPLAINED if path.match(name)), "")
        if theirs == ours or 2 * count <= votes.total() or count < 2:
            continue
        if why:
            print(f"{path.relative_to(CORPORA)}: {why}")
        else:
            yield f"{path.relative_to(CORPORA)}: {first}: " + ", ".join(
                f"{'lost' if one in theirs else 'more'}: {one[0]:%Y-%m-%d %H:%M}-{one[1]:%H:%M}"
                for one in sorted(theirs ^ ours)[:3]
            )


def _asked(name: str, files: list[Asked]) -> list[busy.Busy]:
    """Findings of a program in each file; some files keep it from ever ending."""
    found: list[busy.Busy] = []
    for at in range(0, len(files), AT_ONCE):
        some = files[at : at + AT_ONCE]
        try:
            found += busy.read(name, some)
        except (subprocess.SubprocessError, ValueError):
            found += [_asked_alone(name, one) for one in some]
    return found


def _asked_alone(name: str, file: Asked) -> busy.Busy:
    try:
        return busy.read(name, [file], timeout=HANGS_ALONE)[0]
    except (subprocess.SubprocessError, ValueError, IndexError) as error:
        return type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
