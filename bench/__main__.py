"""All measurements, one after the other: `python -m bench`, or some by name.

Each is run to its end whatever the others found. The table at the end has every figure beside the
one that was kept before it, and names what is over its limit.
"""

import json
import subprocess
import sys
from typing import Any

from bench.machine import RESULTS, ROOT

PARTS = (
    "placement",
    "lookup",
    "sunday",
    "busy",
    "ics",
    "weeks",
    "growing",
    "season",
    "small_weeks",
    "exchanges",
    "alternatives",
)


def main(parts: list[str]) -> int:
    """Measure, print and keep it; 1 where something is over its limit or came to no end."""
    ended = {part: measured(part) for part in parts or PARTS}
    print(f"\n{'':12} {'':42} {'now':>9} {'before':>9} {'limit':>8}")
    for part in ended:
        for line in lines(part):
            print(f"{part:12} {line}")
    broken = [part for part, status in ended.items() if status not in (0, 1)]
    if broken:
        print(f"Came to no end: {', '.join(broken)}.")
    return int(any(ended.values()))


def measured(part: str) -> int:
    """Runs one measurement, which prints its own table; its exit status."""
    print(f"\n{part}\n{'-' * len(part)}", flush=True)
    return subprocess.run([sys.executable, "-m", f"bench.{part}"], cwd=ROOT, check=False).returncode


def lines(part: str) -> list[str]:
    """The figures of the newest kept run, each beside that of the run before it."""
    kept = [json.loads(file.read_text()) for file in sorted(RESULTS.glob(f"{part}-*.json"))[-2:]]
    if not kept:
        return []
    before: dict[str, Any] = kept[0].get("summary", {}) if len(kept) == 2 else {}
    return [
        f"{what:42} {figure:9.2f} {number(before.get(what, [None])[0])} {of_limit(figure, limit)}"
        for what, (figure, limit) in kept[-1]["summary"].items()
    ]


def number(figure: float | None) -> str:
    """A figure, or a dash where none was kept."""
    return f"{'–':>9}" if figure is None else f"{figure:9.2f}"


def of_limit(figure: float, limit: float | None) -> str:
    """A limit, and whether the figure is over it."""
    if limit is None:
        return ""
    return f"{limit:8.2f}{'  over' if figure > limit else ''}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
