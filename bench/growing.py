"""Time and memory after ten full years, beside the same after half a year.

The larger store has 520 full weeks, 60 rituals of the couple's own, twelve calendars of 20,000
events and a drawer of thirty surprises; the smaller has 26 weeks and one calendar. Everything is
done in a process of its own, the two stores in turn: a page is drawn as Streamlit draws it without
a browser, and the shortest of its runs counts. Time is that of the processor, memory the peak of
the whole process.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from streamlit.testing.v1 import AppTest

from bench import long_life
from bench.calendar_file import calendar_file
from bench.machine import ROOT, keep
from rituals.backup import archive, backups
from rituals.calendars.incoming import intake
from rituals.calendars.outgoing.export import Extent, pack
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model import local_time
from rituals.model.calendar import Audience, Calendar, Origin, Route
from rituals.model.household import ONE, TWO, Household
from rituals.planning import catalogue
from rituals.store import location
from rituals.store.store import Store, open_store
from rituals.surprises import drawers, surprise
from rituals.surprises.surprise import Drawer

FEW, MANY = 26, 520
RITUALS, CALENDARS, EVENTS, SURPRISES = 60, 12, 20_000, 30
LIFE = timedelta(days=3650)
RUNS = 8
PIN, WORDS = "4711", "a boat of paper"
SUNDAY = 1.1  # at most: the page one opens shows one week however many there were
ALL_WEEKS = 120  # milliseconds at most, for what a view of all the weeks takes more than of 26
EXPORTED = 52
PAGES = {"Sunday": "sunday.py", "Our rituals": "our_rituals.py", "Calendars": "calendars.py"}
VIEWS = {
    "Weeks": "weeks length",
    "Each kind of time": "weeks length",
    "The two of us": "weeks length",
    "Our rhythm": "weeks length",
    "Our rituals": "weeks length",
    "A year": "weeks years",
}


def main() -> int:
    """Measure, print and keep it; 1 where something is above its limit."""
    with TemporaryDirectory(prefix="leavewell-bench-") as folder:
        few, many = Path(folder) / "few.db", Path(folder) / "many.db"
        fill(few, FEW, rituals=12, calendars=1, surprises=2)
        fill(many, MANY, RITUALS, CALENDARS, SURPRISES)
        size = many.stat().st_size / few.stat().st_size
        print(f"the file, MB: {few.stat().st_size / 1e6:.1f} and {many.stat().st_size / 1e6:.1f}")
        print(f"{'':28}{'26 weeks':>16}{'520 weeks':>18}{'times':>8}")
        rows = {what: (apart(what, few), apart(what, many)) for what in everything()}
    for what, (one, other) in rows.items():
        times = other["ms"] / one["ms"]
        print(
            f"{what:28}{one['ms']:7.0f} ms{one['MB']:5.0f}MB{other['ms']:9.0f} ms"
            f"{other['MB']:5.0f}MB{times:8.2f}"
        )
    ratios = {f"{what}, times": many["ms"] / few["ms"] for what, (few, many) in rows.items()}
    more = {f"{view}, ms more": rows[view][1]["ms"] - rows[view][0]["ms"] for view in in_views()}
    limits = {f"{what}, times": size for what in ways()} | {"Sunday, times": SUNDAY}
    return keep("growing", rows, ratios | more, limits | dict.fromkeys(more, ALL_WEEKS))


def everything() -> list[str]:
    """Names of all that is measured."""
    return [*PAGES, *in_views(), *ways()]


def in_views() -> list[str]:
    """Names of the views of Our weeks, each with all the weeks there are."""
    return [f"Our weeks: {view}" for view in VIEWS]


def ways() -> dict[str, Callable[[Store, Path], float]]:
    """What is done with the store as a whole, each returning milliseconds."""
    return {
        f"export of {EXPORTED} weeks": _export,
        "zip out": _zip_out,
        "zip in": _zip_in,
        "backup": _backup,
        "check": _check,
        "drawer opened": _drawer,
    }


def fill(file: Path, weeks: int, rituals: int, calendars: int, surprises: int) -> None:
    """A store with so much in it."""
    store = open_store(location.sqlite_url(file))
    now = datetime.now(UTC)
    household = long_life.fill(store, weeks, now.date())
    kept = list(catalogue.load(catalogue.SUGGESTED).values())
    for number in range(rituals):
        own = replace(kept[number % len(kept)], id=f"own-{number}")
        store.save_ritual(own)
    first, last = now.date() - LIFE, now.date() + intake.KEPT_AHEAD
    for number in range(calendars):
        _add_calendar(store, number, calendar_file(EVENTS, first, last, number), household, now)
    key = drawers.create(store, ONE, PIN, WORDS)
    laid = tuple(_surprise(number, now) for number in range(surprises))
    drawers.change(store, ONE, key, lambda _: Drawer(laid), household, now)
    store.engine.dispose()


def _add_calendar(
    store: Store, number: int, data: bytes, household: Household, now: datetime
) -> None:
    whose = (ONE, TWO)[number % 2]
    calendar = Calendar(f"c{number}", whose, f"Calendar {number}", Origin.FILE, f"{number}.ics")
    intake.take_in(store, calendar, data, household, now)


def _surprise(number: int, now: datetime) -> surprise.Surprise:
    starts = now.replace(minute=0, second=0, microsecond=0) + timedelta(days=2 + number)
    return replace(surprise.new_surprise(ONE, starts, now), id=f"s{number}", title=f"No {number}")


def apart(what: str, file: Path) -> dict[str, float]:
    """Milliseconds of one thing, and the peak of memory, in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.growing", what, str(file)],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    measured: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return measured


def measure(what: str, file: Path) -> None:
    """Does one thing in this process, and prints what it took."""
    logging.disable(logging.WARNING)
    os.environ["LEAVEWELL_DATABASE_URL"] = location.sqlite_url(file)
    taken = _drawn(what) if what not in ways() else _done(what, file)
    print(json.dumps({"ms": taken, "MB": peak()}))


def peak() -> float:
    """The most memory that this process held, in MiB; getrusage counts what began it as well."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _drawn(what: str) -> float:
    at = AppTest.from_file(str(ROOT / "pages" / "_shell.py"), default_timeout=120)
    at.session_state["edits visit"] = "v"
    view = what.partition(": ")[2]
    if view:
        at.session_state["weeks view"] = view
    at.run().switch_page(PAGES.get(what, "our_weeks.py")).run()
    if view:
        choice = at.segmented_control(key=VIEWS[view])
        choice.set_value(0 if "All" in choice.options else 104).run()
    taken = min(timed(at.run) for _ in range(RUNS))
    if at.exception:
        raise RuntimeError(f"{what} was not drawn.")
    return taken


def _done(what: str, file: Path) -> float:
    store = open_store(location.sqlite_url(file))
    with TemporaryDirectory(prefix="leavewell-bench-") as folder:
        taken = ways()[what](store, Path(folder))
    store.engine.dispose()
    return taken


def _export(store: Store, _folder: Path) -> float:
    household = store.load_household()
    assert household is not None  # noqa: S101 - filled above
    today: date = local_time.local_day(datetime.now(UTC), household)
    newest = local_time.week_to_plan(today, household)
    weeks = [newest - back for back in range(EXPORTED)]

    def export() -> None:
        plans = list(store.load_plans(weeks).values())
        ledger = Ledger.of(household, Audience.SHARED, Route.FILE, (), store.load_rituals())
        pack(plans, ledger, Extent.WHOLE, datetime.now(UTC)).content()

    return timed(export)


def _zip_out(store: Store, _folder: Path) -> float:
    return timed(lambda: archive.export_archive(store, datetime.now(UTC)))


def _zip_in(store: Store, folder: Path) -> float:
    content = archive.export_archive(store, datetime.now(UTC))
    new = open_store(location.sqlite_url(folder / "new.db"))
    return timed(lambda: archive.restore(content, new))


def _backup(store: Store, folder: Path) -> float:
    return timed(lambda: backups.make(store, folder, datetime.now(UTC)))


def _check(store: Store, folder: Path) -> float:
    made = backups.make(store, folder, datetime.now(UTC))
    return timed(lambda: backups.check(made.file))


def _drawer(store: Store, _folder: Path) -> float:
    key = drawers.try_pin(store, ONE, PIN, datetime.now(UTC)).key
    assert key is not None  # noqa: S101 - the PIN of its own
    return timed(lambda: drawers.load(store, ONE, key))


def timed(do: Callable[[], object]) -> float:
    """Milliseconds of processor time that something takes, in all threads."""
    begun = time.process_time()
    do()
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    if sys.argv[1:]:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        sys.exit(main())
