"""Time to look up when a week is busy, in a store that holds very many busy times.

The floor is one row by its key through the plain sqlite3 module: less than that no look-up can do.
"""

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.machine import calibration, keep
from rituals.model import local_time
from rituals.model.calendar import Busy, Calendar, Origin
from rituals.model.household import ONE, TWO, Household, Partner
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.store import location
from rituals.store.store import Store, open_store

BUSY_TIMES = 20_000
WEEKS = 60
LOOKS = 3  # at each week; the shortest counts
FIRST = Week(2026, 47)
HOUSEHOLD = Household("bench", (Partner(ONE, "Maya"), Partner(TWO, "Jonas")), True, "Europe/Berlin")
LIMITS = {"median, ms": 5, "worst, ms": 5}


def main() -> int:
    """Measure, print and keep it; 1 where something is above its limit."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "leavewell.db"
        store = open_store(location.sqlite_url(file))
        fill(store)
        looked = [min(looks(store, week)) for week in all_weeks()]
        floor = [took for took, _ in floors(file)]
        store.engine.dispose()
    took, found = [ms for ms, _ in looked], [count for _, count in looked]
    figures = {
        "median, ms": median(took),
        "worst, ms": max(took),
        "floor, median, ms": median(floor),
        "floor, worst, ms": max(floor),
        "busy times a week, median": median(found),
    }
    for name, figure in figures.items():
        limit = f"  at most {LIMITS[name]}" if name in LIMITS else ""
        print(f"{name:28} {figure:8.3f}{limit}")
    machine = {"calibration": calibration(), "load": os.getloadavg()[0], "cores": os.cpu_count()}
    return keep("lookup", {"machine": machine, "weeks": took}, figures, LIMITS)


def fill(store: Store) -> None:
    """Keeps as many busy times as are measured, over the weeks, in a calendar of each partner."""
    store.save_household(HOUSEHOLD)
    begins, apart = days(FIRST).start, timedelta(weeks=WEEKS) * 2 / BUSY_TIMES
    spans = [
        Span(begins + number * apart, begins + number * apart + timedelta(minutes=45))
        for number in range(BUSY_TIMES // 2)
    ]
    for partner in (ONE, TWO):
        calendar = Calendar(partner, partner, "work.ics", Origin.FILE, "work.ics")
        store.save_calendar(calendar, [Busy(span) for span in spans])


def all_weeks() -> Iterator[Week]:
    """The weeks that are looked up."""
    yield from (FIRST + number for number in range(WEEKS))


def days(week: Week) -> Span:
    """The span that a week is planned in."""
    return local_time.span_with_nights(week, HOUSEHOLD)


def look_up(store: Store, week: Week) -> int:
    """Number of busy stretches of a week."""
    return sum(len(list(spans)) for spans in store.load_busy(days(week)).values())


def looks(store: Store, week: Week) -> list[tuple[float, int]]:
    """Some looks at one week."""
    return [measured(lambda: look_up(store, week)) for _ in range(LOOKS)]


def measured(look: Callable[[], int]) -> tuple[float, int]:
    """Milliseconds of one look, and the number it found."""
    begun = time.perf_counter()
    found = look()
    return (time.perf_counter() - begun) * 1000, found


def floors(file: Path) -> Iterator[tuple[float, int]]:
    """One row by its key, as often as weeks are looked up."""
    at = sqlite3.connect(file)
    query = "SELECT * FROM busy WHERE calendar = ? AND number = ?"

    def one_row(number: int) -> int:
        return len(at.execute(query, (ONE, number)).fetchall())

    for number in range(WEEKS):
        yield measured(partial(one_row, number))
    at.close()


if __name__ == "__main__":
    sys.exit(main())
