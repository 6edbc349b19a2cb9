"""Rows of a household: its people and hours, what is usual beside them, what is different."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

import sqlalchemy as sa

from rituals.model import local_time
from rituals.model.difference import Difference, What
from rituals.model.household import (
    CHILDREN,
    ONE,
    TWO,
    Earlier,
    Hours,
    Household,
    Partner,
    earlier_after,
)
from rituals.model.time.formats import Formats, Paper
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.week import Week
from rituals.model.time.window import Window, read_days, write_days
from rituals.model.usual import WAY_HOME, Child, DayHours, Elsewhere, Holidays, Usual
from rituals.store.calendar_rows import read_from_calendars
from rituals.store.plan_rows import Row, columns, insert, read_fields, written_fields
from rituals.store.schema import DIFFERENCES, EARLIER, HOURS, HOUSEHOLD, PARTNERS, USUAL, WEEKS

OF_OTHER_ROWS = (
    *("partners", "hours", "formats", "usual"),
    *("differences", "from_calendars", "earlier"),
)
HOUSEHOLD_COLUMNS = columns(Household, HOUSEHOLD, *OF_OTHER_ROWS)
FORMATS_COLUMNS = columns(Formats, HOUSEHOLD)
HOURS_COLUMNS = columns(Hours, HOUSEHOLD, "work", "children_away")
PARTNER_COLUMNS = columns(Partner, PARTNERS)
WAY, EVENINGS = ("way home", ""), "free evenings"  # in the column "what"
DIFFERENCE_COLUMNS = columns(Difference, DIFFERENCES)


def read_household(at: sa.Connection) -> Household | None:
    """Household with all that is different, or None before the first visit is done.

    What the children's calendars say is worked out anew.
    """
    row = at.execute(sa.select(HOUSEHOLD)).mappings().first()
    if row is None:
        return None
    partners = at.execute(sa.select(PARTNERS)).mappings().all()
    one, two = sorted((Partner(**read_fields(p, PARTNER_COLUMNS)) for p in partners), key=_by_key)
    hours = at.execute(sa.select(HOURS).order_by(HOURS.c.position)).mappings()
    usual = at.execute(sa.select(USUAL).order_by(USUAL.c.position)).mappings()
    household = Household(
        **read_fields(row, HOUSEHOLD_COLUMNS),
        partners=(one, two),
        hours=_hours(read_fields(row, HOURS_COLUMNS), hours),
        formats=_formats(row),
        usual=read_usual(usual),
        differences=read_differences(at),
        earlier=tuple(
            read_earlier(one)
            for one in at.execute(sa.select(EARLIER).order_by(EARLIER.c.week)).mappings()
        ),
    )
    return replace(household, from_calendars=read_from_calendars(at, household))


def change_household(at: sa.Connection, household: Household, today: date) -> None:
    """Replaces the household from the week to plan on; the weeks before it stay as they were."""
    before = read_household(at)
    write_household(at, household)
    after = read_household(at)
    if before and after:
        first = local_time.week_to_plan(today, before)
        earlier = earlier_after(before, after, first, unplanned_week(at, first))
        if earlier != before.earlier:
            at.execute(sa.delete(EARLIER))
            insert(at, EARLIER, [_earlier_row(one) for one in earlier])


def unplanned_week(at: sa.Connection, first: Week) -> Week:
    """The first week, from one on, after all that have a plan."""
    newest = at.execute(sa.select(sa.func.max(WEEKS.c.week))).scalar()
    return first if newest is None else max(first, Week.read(newest) + 1)


def read_earlier(row: Mapping[Any, Any]) -> Earlier:
    """Earlier habits of a household, read from their row; raises an error of errors.OF_A_ROW."""
    try:
        told = json.loads(row["usual"])
    except RecursionError:
        raise ValueError("nested too deep") from None
    children, zone, week_starts = told["children"], told["zone"], told["week_starts"]
    if (type(children), type(zone), type(week_starts)) != (bool, str, int):
        raise ValueError("no such household")
    if week_starts not in range(7):
        raise ValueError("no such day")
    clock = {column.key: time.fromisoformat(told["clock"][column.key]) for column in HOURS_COLUMNS}
    hours, usual = _hours(clock, told["hours"]), read_usual(told["usual"])
    return Earlier(Week.read(row["week"]), children, zone, week_starts, hours, usual)


def _earlier_row(earlier: Earlier) -> dict[str, str]:
    clock = written_fields(earlier.hours, HOURS_COLUMNS)
    told = {
        "children": earlier.children,
        "zone": earlier.zone,
        "week_starts": earlier.week_starts,
        "clock": {name: hour.isoformat() for name, hour in clock.items()},
        "hours": _hours_rows(earlier.hours),
        "usual": [*usual_lines(earlier.usual)],
    }
    return {"week": str(earlier.until), "usual": json.dumps(told, ensure_ascii=False)}


def write_household(at: sa.Connection, household: Household) -> None:
    """Replaces the household in the store, but for what is different and what was earlier."""
    for table in (HOUSEHOLD, PARTNERS, HOURS):
        at.execute(sa.delete(table))
    values = written_fields(household, HOUSEHOLD_COLUMNS)
    values |= written_fields(household.hours, HOURS_COLUMNS)
    values |= written_fields(household.formats, FORMATS_COLUMNS)
    at.execute(sa.insert(HOUSEHOLD), values)
    at.execute(
        sa.insert(PARTNERS), [written_fields(p, PARTNER_COLUMNS) for p in household.partners]
    )
    insert(at, HOURS, _hours_rows(household.hours))
    write_usual(at, household.usual)


def _hours(clock: Mapping[str, time], lines: Iterable[Row]) -> Hours:
    windows: dict[str, tuple[Window, ...]] = {}
    for line in lines:
        whose = line["whose"]
        windows[whose] = (*windows.get(whose, ()), Window.read(line["window"]))
    return Hours(**clock, children_away=windows.pop(CHILDREN, ()), work=windows)


def _formats(row: Row) -> Formats:
    values = read_fields(row, FORMATS_COLUMNS)
    return Formats(**values | {"paper": Paper(values["paper"]) if values["paper"] else None})


def read_usual(rows: Iterable[Row]) -> Usual:
    """Usual turns and hours, read from their lines in the order of the positions."""
    lines: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        lines.setdefault((row["what"], row["whose"]), []).append(row)

    def recurring(what: str, whose: str = "") -> tuple[Recurrence, ...]:
        return tuple(Recurrence.read(row["text"]) for row in lines.get((what, whose), ()))

    def of_each(what: str) -> dict[str, tuple[Recurrence, ...]]:
        return {whose: found for whose in (ONE, TWO) if (found := recurring(what, whose))}

    return Usual(
        work=of_each("work"),
        asleep=of_each("asleep"),
        days=tuple(
            DayHours.read(row["text"], whose)
            for whose in ("", ONE, TWO)
            for row in lines.get(("hours", whose), ())
        ),
        school=recurring("school"),
        elsewhere=tuple(
            Elsewhere(Recurrence.read(row["text"]), row["name"])
            for row in lines.get(("elsewhere", ""), ())
        ),
        sitter=recurring("sitter"),
        children=tuple(
            Child(row["name"], int(row["text"]) if row["text"] else None)
            for row in lines.get(("child", ""), ())
        ),
        holidays=_holidays(lines),
        no_bedtime=("no bedtime", "") in lines,
        week_a=_week_a(lines),
        way_home=int(lines[WAY][0]["text"]) if WAY in lines else WAY_HOME,
        free_evenings={
            whose: read_days(lines[EVENINGS, whose][0]["text"])
            for whose in (ONE, TWO)
            if (EVENINGS, whose) in lines
        },
    )


def usual_lines(usual: Usual) -> Iterator[dict[str, Any]]:
    """The rows of what is usual."""
    lines: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for what, of_each in (("work", usual.work), ("asleep", usual.asleep)):
        for whose, stretches in of_each.items():
            lines[what, whose] = [(str(stretch), "") for stretch in stretches]
    for hours in usual.days:
        lines.setdefault(("hours", hours.partner), []).append((str(hours), ""))
    lines["school", ""] = [(str(stretch), "") for stretch in usual.school]
    lines["elsewhere", ""] = [(str(place.when), place.place) for place in usual.elsewhere]
    lines["sitter", ""] = [(str(stretch), "") for stretch in usual.sitter]
    lines["child", ""] = [(str(child.born or ""), child.name) for child in usual.children]
    lines["no bedtime", ""] = [("", "")] if usual.no_bedtime else []
    lines |= _holiday_lines(usual.holidays)
    for (what, whose), day in usual.week_a.items():
        lines.setdefault(("week A", whose), []).append((day.isoformat(), what))
    lines[WAY] = [(str(usual.way_home), "")] if usual.way_home != WAY_HOME else []
    for whose, days in usual.free_evenings.items():
        lines[EVENINGS, whose] = [(write_days(days), "")] if days else []
    for (what, whose), texts in lines.items():
        for position, (text, name) in enumerate(texts):
            yield {
                "what": what,
                "whose": whose,
                "position": position,
                "text": text,
                "name": name,
            }


def write_usual(at: sa.Connection, usual: Usual) -> None:
    """Replaces what is usual in the store."""
    at.execute(sa.delete(USUAL))
    insert(at, USUAL, list(usual_lines(usual)))


def read_differences(at: sa.Connection) -> tuple[Difference, ...]:
    """All that is or was different, in the order of its days."""
    order = (DIFFERENCES.c.first, DIFFERENCES.c.last, DIFFERENCES.c.id)
    rows = at.execute(sa.select(DIFFERENCES).order_by(*order)).mappings()
    return tuple(read_difference(row) for row in rows)


def read_difference(row: Row) -> Difference:
    """A difference read from its row."""
    return Difference(**read_fields(row, DIFFERENCE_COLUMNS) | {"what": What(row["what"])})


def write_difference(at: sa.Connection, difference: Difference) -> None:
    """Inserts a difference, or replaces the one with its id."""
    delete_difference(at, difference.id)
    at.execute(sa.insert(DIFFERENCES), written_fields(difference, DIFFERENCE_COLUMNS))


def delete_difference(at: sa.Connection, id: str) -> None:
    """Deletes a difference, if there is one of this id."""
    at.execute(sa.delete(DIFFERENCES).where(DIFFERENCES.c.id == id))


def _by_key(partner: Partner) -> str:
    return partner.key


def _hours_rows(hours: Hours) -> list[dict[str, Any]]:
    return [
        {"whose": whose, "position": position, "window": str(window)}
        for whose, windows in {**hours.work, CHILDREN: hours.children_away}.items()
        for position, window in enumerate(windows)
    ]


def _week_a(lines: dict[tuple[str, str], list[Row]]) -> dict[tuple[str, str], date]:
    return {
        (row["name"], whose): date.fromisoformat(row["text"])
        for whose in ("", ONE, TWO)
        for row in lines.get(("week A", whose), ())
    }


def _holidays(lines: dict[tuple[str, str], list[Row]]) -> Holidays:
    found = lines.get(("holidays", ""), [])
    off = tuple(whose for whose in (ONE, TWO) if ("off", whose) in lines)
    return Holidays(found[0]["text"] if found else "", off, ("school goes on", "") not in lines)


def _holiday_lines(holidays: Holidays) -> dict[tuple[str, str], list[tuple[str, str]]]:
    lines = {("off", whose): [("", "")] for whose in holidays.off}
    if holidays.region:
        lines["holidays", ""] = [(holidays.region, "")]
    if not holidays.no_school:
        lines["school goes on", ""] = [("", "")]
    return lines
