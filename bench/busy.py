"""Time that the import of an outside calendar takes, as a ratio to a plain read-and-scan of it.

Each figure comes from a fresh process: processor time of the import alone, with the libraries
loaded, and the peak of the whole process's memory.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bench.calendar_file import ZONE, calendar_file
from bench.machine import keep

TODAY = date(2026, 11, 22)
FIRST, LAST = TODAY - timedelta(days=7), TODAY + timedelta(weeks=60)
EVENTS = 20_000
DECADE = timedelta(days=3650)
CASES = {
    "ten years, mostly past": (TODAY - DECADE + timedelta(days=200), TODAY + timedelta(days=200)),
    "all of it ahead": (TODAY, LAST),
}
SECONDS, MEGABYTES = 3.0, 250  # the most for the first case


def main() -> int:
    """Measure, print and keep both cases; 1 where the first takes more than it may."""
    print(
        f"{'20,000 events':24}{'file':>8}{'import':>9}{'scan':>9}{'ratio':>8}{'peak':>9}{'busy':>8}"
    )
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (first, last) in CASES.items():
            file = Path(folder) / "calendar.ics"
            file.write_bytes(calendar_file(EVENTS, first, last))
            taken, scan = _apart("import", file), _apart("scan", file)
            size = file.stat().st_size / 2**20
            ratio = taken["seconds"] / scan["seconds"]
            print(
                f"{name:24}{size:6.1f}MB{taken['seconds']:8.2f}s{scan['seconds']:8.3f}s"
                f"{ratio:8.0f}{taken['peak']:7.0f}MB{taken['busy']:8.0f}"
            )
            figures |= {f"{name}, s": taken["seconds"], f"{name}, MB": taken["peak"]}
    held = next(iter(CASES))
    return keep("busy", {}, figures, {f"{held}, s": SECONDS, f"{held}, MB": MEGABYTES})


def _apart(what: str, file: Path) -> dict[str, float]:
    result = subprocess.run(
        [sys.executable, "-m", "bench.busy", what, str(file)],
        capture_output=True,
        check=True,
        text=True,
    )
    measured: dict[str, float] = json.loads(result.stdout)
    return measured


def _import(data: bytes) -> int:
    from rituals.calendars.incoming.busy_times import read  # here: the scan is measured without it
    from tests.support.notation import a_household

    begins = time.process_time()
    found = len(read(data, a_household(ZONE), FIRST, LAST).busy)
    _report(time.process_time() - begins, found)
    return 0


def _scan(file: Path) -> int:
    begins = time.process_time()
    found = sum(line.startswith(b"BEGIN:VEVENT") for line in file.read_bytes().splitlines())
    _report(time.process_time() - begins, found)
    return 0


def _report(seconds: float, busy: int) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak, "busy": busy}))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["import", file]:
            sys.exit(_import(Path(file).read_bytes()))
        case ["scan", file]:
            sys.exit(_scan(Path(file)))
        case _:
            sys.exit(main())
