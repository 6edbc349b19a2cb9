"""Time that Our weeks takes with ten full years behind it, beside the same page with eight weeks.

The pages run as Streamlit runs them, without a browser. The two stores take turns, and of all runs
the shortest counts, so that a busy machine says little.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from streamlit.testing.v1 import AppTest

from bench import long_life
from bench.machine import ROOT, calibration, keep
from rituals.insights import years
from rituals.model import local_time
from rituals.store import aggregates, location
from rituals.store.store import open_store

FEW, MANY = 8, 520
RUNS = 12
FRAME = 50  # milliseconds at most, for the year view's rows of all the weeks
RATIO = 1.5  # at most, for a page that draws as many weeks
LENGTHS = {"weeks length": (8, 26, 104, 0), "weeks years": (52, 104, 0)}
# By the key of the choice: the length that both stores are measured with, and others.
ALSO_HELD = {("A year", 104)}  # all ten years are told, and draw ten times as much


def main() -> int:
    """Measure, print and keep it; 1 where something is above its limit."""
    logging.disable(logging.WARNING)
    with TemporaryDirectory(prefix="leavewell-bench-") as folder:
        few, many = (filled(Path(folder) / f"{count}.db", count) for count in (FEW, MANY))
        frames, held = year_frames(many)
        rows = list(pages(few, many))
    print(f"year view, rows of {MANY} weeks ({held} occurrences): {median(frames):.1f} ms,")
    print(f"  the slowest of {len(frames)} {max(frames):.1f} ms, at most {FRAME} ms")
    print(f"\n{'a page, ms':26} {'8 weeks':>9} {'520 weeks':>10} {'ratio':>6}")
    for row in rows:
        limit = f"  at most {RATIO}" if row["held"] else ""
        figures = f"{row['few']:9.0f} {row['many']:10.0f} {row['ratio']:6.2f}"
        print(f"{row['page']:26} {figures}{limit}")
    machine = {"calibration": calibration(), "load": os.getloadavg()[0], "cores": os.cpu_count()}
    result = {"machine": machine, "frames": frames, "occurrences": held, "pages": rows}
    ratios = {f"{row['page']}, 520 weeks": row["ratio"] for row in rows}
    limits = {f"{row['page']}, 520 weeks": RATIO for row in rows if row["held"]}
    year = {"year view, rows, ms": median(frames)}
    return keep("weeks", result, ratios | year, limits | dict.fromkeys(year, FRAME))


def filled(file: Path, count: int) -> str:
    """The address of a store with so many full weeks behind the one to plan."""
    address = location.sqlite_url(file)
    store = open_store(address)
    long_life.fill(store, count, datetime.now(UTC).date())
    store.engine.dispose()
    return address


def year_frames(address: str) -> tuple[list[float], int]:
    """The milliseconds that the year view's rows take, and how many occurrences lie behind them."""
    store = open_store(address)
    household = store.load_household()
    assert household is not None  # noqa: S101 - filled above
    ahead = local_time.week_to_plan(datetime.now(UTC).date(), household)
    shown = [ahead - n for n in range(MANY, -1, -1)]

    def frame() -> list[years.WeekCell]:
        sums = aggregates.sums_together(store, shown[0], shown[-1])
        return years.week_cells(sums, shown, household, ahead)

    taken = [timed(frame) for _ in range(RUNS)]
    held = sum(len(plan.occurrences) for plan in store.load_plans(shown).values())
    store.engine.dispose()
    return taken, held


def pages(few: str, many: str) -> Iterator[dict[str, Any]]:
    """Each view: as many weeks from both stores, and then more from the one that has more."""
    for view in views(few):
        key, (same, *more) = lengths_of(few, view)
        with looking(few, view, key, same) as one, looking(many, view, key, same) as other:
            taken = [(one(), other()) for _ in range(RUNS)]
        base = min(ms for ms, _ in taken)
        yield row(view, same, base, min(ms for _, ms in taken), held=True)
        for length in more:
            with looking(many, view, key, length) as run:
                took = min(run() for _ in range(RUNS))
                yield row(view, length, base, took, held=(view, length) in ALSO_HELD)


def row(view: str, length: int, few: float, many: float, *, held: bool) -> dict[str, Any]:
    """A line of the table; `held` where it must not be above the limit."""
    page = f"{view}, {length} weeks" if length else f"{view}, all"
    return {"page": page, "few": few, "many": many, "ratio": many / few, "held": held}


def views(address: str) -> list[str]:
    """Names of the views that the page offers."""
    return list(opened(address).segmented_control(key="weeks view").options)


def lengths_of(address: str, view: str) -> tuple[str, tuple[int, ...]]:
    """Key of a view's choice of lengths, and the weeks that it is measured with."""
    offered = {choice.key for choice in opened(address, view).segmented_control}
    return next((key, lengths) for key, lengths in LENGTHS.items() if key in offered)


def opened(address: str, view: str = "") -> AppTest:
    """Our weeks on a store, at one of its views."""
    os.environ["LEAVEWELL_DATABASE_URL"] = address
    at = AppTest.from_file(str(ROOT / "pages" / "_shell.py"), default_timeout=120)
    at.session_state["edits visit"] = "v"
    if view:
        at.session_state["weeks view"] = view
    return at.run().switch_page("our_weeks.py").run()


@contextmanager
def looking(address: str, view: str, key: str, length: int) -> Iterator[Callable[[], float]]:
    """Yields a call that runs a page on a store once more; it returns milliseconds."""

    def run() -> float:
        os.environ["LEAVEWELL_DATABASE_URL"] = address
        return timed(at.run)

    at = opened(address, view)
    offered = at.segmented_control(key=key)
    at.segmented_control(key=key).set_value(length if length or "All" in offered.options else 104)
    run()
    if at.exception or not at.get("vega_lite_chart"):
        raise RuntimeError(f"{view} was not drawn.")
    yield run


def timed(do: Callable[[], object]) -> float:
    """The milliseconds that something takes."""
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    sys.exit(main())
