"""Time that the export of a full week and of a year takes, beside what icalendar needs for it.

The floor adds the same properties to the same events, all values at hand, and serialises them. It
writes no zone, for a file can be made without; a second floor has icalendar add one.
"""

import gc
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from typing import Any

from icalendar import Alarm, Calendar, Component, Event, Timezone
from icalendar.prop import vCategory, vInt

from bench.machine import calibration, keep
from rituals.calendars.outgoing import ical
from rituals.model.household import Household
from rituals.model.plan import Occurrence
from rituals.planning import catalogue, sample

TODAY = date(2026, 11, 22)
LIVED = 26  # weeks of the sample couple, of which the fullest is taken
ROUNDS = {
    1: 100,
    52: 9,
}  # for so many weeks; all take turns, so that a busy machine hits them alike
LIMIT = 1.3


@dataclass(frozen=True)
class Plain:
    """A component as the plain values that it is made of."""

    kind: type[Component]
    values: tuple[tuple[str, Any], ...]
    inner: tuple["Plain", ...]


def main() -> int:
    """Measure, print and keep it; 1 where a ratio is above its limit."""
    machine: dict[str, Any] = {"cores": os.cpu_count(), "load before": os.getloadavg()[0]}
    machine["calibration"] = [calibration()]
    week, household = a_full_week()
    taken = {
        weeks: measure([later(one, n) for n in range(weeks) for one in week], household, rounds)
        for weeks, rounds in ROUNDS.items()
    }
    machine["calibration"].append(calibration())
    machine["load after"] = os.getloadavg()[0]
    rows = [row(weeks, rounds) for weeks, rounds in taken.items()]
    print_all(len(week), rows, machine)
    ratios = {
        f"export of {weeks} weeks": one["ratio"] for weeks, one in zip(taken, rows, strict=True)
    }
    result = {"machine": machine, "rows": rows, "taken": taken}
    return keep("ics", result, ratios, dict.fromkeys(ratios, LIMIT))


def a_full_week() -> tuple[list[Occurrence], Household]:
    """The fullest week of the sample couple, in the order of time."""
    couple = sample.couple(TODAY, LIVED, catalogue.load(catalogue.SUGGESTED))
    fullest = max((plan.occurrences for plan in couple.plans), key=len)
    return sorted(fullest, key=lambda one: one.start), couple.household


def measure(
    some: Sequence[Occurrence], household: Household, rounds: int
) -> list[dict[str, float]]:
    """The milliseconds of each way to write these occurrences, in every round."""
    whole = plain(Calendar.from_ical(ical.calendar(some, household)))
    days = some[0].start.date(), some[-1].end.date()
    ways: dict[str, Callable[[], bytes]] = {
        "floor": lambda: built(whole).to_ical(),
        "floor with a zone": lambda: with_a_zone(built(whole), *days).to_ical(),
        "product": lambda: ical.calendar(some, household),
    }
    check(ways["floor"](), ways["product"]())
    gc.collect()
    gc.freeze()  # what was there before is not looked through again
    return [{name: milliseconds(way) for name, way in ways.items()} for _ in range(rounds)]


def later(one: Occurrence, weeks: int) -> Occurrence:
    """The occurrence so many weeks later, as one of its own."""
    by = timedelta(weeks=weeks)
    return replace(one, id=f"{one.id}+{weeks}", start=one.start + by, end=one.end + by)


def plain(component: Component) -> Plain:
    """Plain values that a component is made of, but for its zone."""
    inner = tuple(plain(one) for one in component.subcomponents if not isinstance(one, Timezone))
    values = tuple((name, value(kept)) for name, kept in component.items())
    return Plain(KINDS[component.name or ""], values, inner)


KINDS: dict[str, type[Component]] = {"VCALENDAR": Calendar, "VEVENT": Event, "VALARM": Alarm}


def value(kept: Any) -> Any:
    """Plain value that icalendar was given for this property."""
    match kept:
        case vInt():
            return int(kept)
        case vCategory():
            return [str(one) for one in kept.cats]
        case object(dt=moment):
            return moment
        case _:
            return str(kept)


def built(whole: Plain) -> Component:
    """The component that icalendar makes of plain values."""
    component = whole.kind()
    for name, given in whole.values:
        component.add(name, given)
    for inner in whole.inner:
        component.add_component(built(inner))
    return component


def with_a_zone(calendar: Component, first: date, last: date) -> Component:
    """The calendar with the zone that icalendar adds when asked."""
    assert isinstance(calendar, Calendar)  # noqa: S101 - for mypy
    calendar.add_missing_timezones(first, last)
    return calendar


def check(floor: bytes, product: bytes) -> None:
    """Refuse to compare what does not hold the same."""
    begins, ends = product.index(b"BEGIN:VTIMEZONE"), product.index(b"BEGIN:VEVENT")
    if floor != product[:begins] + product[ends:]:
        raise ValueError("The floor does not write the same events.")


def milliseconds(export: Callable[[], bytes]) -> float:
    """The processor time of one export."""
    gc.collect()
    begun = time.process_time()
    export()
    return (time.process_time() - begun) * 1000


def row(weeks: int, rounds: list[dict[str, float]]) -> dict[str, float]:
    """The figures of so many weeks; the ratios are those of the rounds."""
    return {
        "weeks": weeks,
        "floor": median(one["floor"] for one in rounds),
        "product": median(one["product"] for one in rounds),
        "ratio": median(one["product"] / one["floor"] for one in rounds),
        "with a zone": median(one["product"] / one["floor with a zone"] for one in rounds),
    }


def print_all(a_week: int, rows: list[dict[str, float]], machine: dict[str, Any]) -> None:
    """The figures, a line each, and the machine they are of."""
    print(f"Export of {a_week} events a week, processor time:")
    print("weeks   floor, ms  product, ms  ratio  limit  ratio to a floor with a zone")
    for r in rows:
        above = "  above its limit" if r["ratio"] > LIMIT else ""
        print(
            f"{r['weeks']:5} {r['floor']:11.1f} {r['product']:12.1f} {r['ratio']:6.2f} {LIMIT:6.1f}"
            f" {r['with a zone']:29.2f}{above}"
        )
    print(
        f"Machine: {machine['cores']} cores, a fixed sum takes "
        f"{' and '.join(f'{one:.0f}' for one in machine['calibration'])} ms, "
        f"load {machine['load before']:.1f} before and {machine['load after']:.1f} after."
    )


if __name__ == "__main__":
    sys.exit(main())
