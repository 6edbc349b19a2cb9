"""Speed of this machine now, and the file in which figures are kept."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results"


def calibration() -> float:
    """The milliseconds of a fixed sum: runs compare only where these are alike."""
    begun = time.perf_counter()
    sum(number & 7 for number in range(1_000_000))
    return (time.perf_counter() - begun) * 1000


def p95(values: list[float]) -> float:
    """Value that 95 of 100 stay below."""
    return quantiles(values, n=20, method="inclusive")[-1]


def keep(
    name: str,
    result: Mapping[str, Any],
    figures: Mapping[str, float],
    limits: Mapping[str, float],
) -> int:
    """Writes a result as JSON named after what was measured; 1 where a figure is over its limit."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}-{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    summary = {what: [figure, limits.get(what)] for what, figure in figures.items()}
    file.write_text(json.dumps({**result, "summary": summary}, indent=1))
    print(f"Kept in {file.relative_to(ROOT)}.")
    return int(any(figures[what] > limit for what, limit in limits.items()))
