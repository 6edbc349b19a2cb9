"""Tables of a chart's numbers: to read on a page, and to save as CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from math import isnan, nan

from rituals.insights import balance
from rituals.insights.balance import Row
from rituals.insights.ritual_history import Dot
from rituals.insights.trends import Side, StrandWeek
from rituals.insights.weekday_hours import WeekdayCell as PartOfWeek
from rituals.insights.years import WeekCell as WeekOfYear
from rituals.model import wording, wording_of_weeks
from rituals.model.household import Household, Kind, Shade, Tone
from rituals.model.time.day_parts import PARTS
from rituals.model.time.week import Week
from rituals.text import single_line

Value = str | float | int | None
NUMBERS = ("lived", "planned", "hoped")
PARTED = ("lived", "planned")  # what is hoped for has no shades
# How a text begins that a spreadsheet would calculate; in some countries it parts lines at ";".
FORMULA = re.compile(r"(^|; ?)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


@dataclass(frozen=True)
class Table:
    """Named columns and rows; unknown values are None, fractions are hours."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    by_week: bool = False  # whether the rows follow the weeks, the oldest first
    of_each: bool = False  # whether they do for each name in the first column

    def newest_first(self) -> Iterator[tuple[Value, ...]]:
        """The rows as one reads them: what is newest is on top."""
        if not self.by_week:
            yield from self.rows
            return
        for _, rows in groupby(self.rows, key=lambda row: row[0] if self.of_each else None):
            yield from reversed(list(rows))


def as_csv_file(sheet: Table) -> bytes:
    """CSV file of a table, as UTF-8; what is unknown is an empty cell."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerows([_texts(sheet.columns), *(_texts(row) for row in sheet.rows)])
    return file.getvalue().encode()


def spreadsheet_safe(text: str) -> str:
    """Text on one line that no spreadsheet takes for a formula."""
    return FORMULA.sub(r"\1'", single_line(text))


def weeks(week_rows: Sequence[Row], ahead: Week) -> Table:
    """Hours by week and kind; a gap keeps its row, and a kind nobody spoke of its empty cell.

    With children, the two shades of together stand behind their sum.
    """
    tones = _tones(week_rows)
    notes = {gap.label: gap.words.text for gap in balance.week_gaps(week_rows, ahead)}
    hours = _by_week_and_state(week_rows, ahead)
    rows: list[tuple[Value, ...]] = []
    for label in balance.axis_labels(week_rows):
        if label in notes:
            rows.append((label, notes[label], *(None for _ in tones)))
        for state in balance.NUMBERS[::-1]:
            if found := hours.get((label, state)):
                rows.append(
                    (label, wording.STATES[state], *(_hours(found.get(tone)) for tone in tones))
                )
    return Table(("Week of", "", *map(wording.heading, tones)), tuple(rows), by_week=True)


def all_strands_csv(week_rows: Sequence[Row], household: Household) -> str:
    """Every known number as CSV: a row a week, three columns for each strand.

    With children, two columns for each shade of together stand behind all others; the last one
    tells what was different.
    """
    file = StringIO()
    write = csv.writer(file, lineterminator="\n")
    named = household.over(Week.read(row.week) for row in week_rows)
    parted = [(shade, state) for shade in Shade for state in PARTED if named.children]
    names = [
        *(
            f"{wording.strand(s, household)}: {wording.STATES[name]}"
            for s in named.strands()
            for name in NUMBERS
        ),
        *(f"{wording.shade(shade)}: {wording.STATES[state]}" for shade, state in parted),
    ]
    about = ("week", "first_day", "season", "grace")
    write.writerow([*about, *map(spreadsheet_safe, names), "different"])
    for week, of_week in groupby(week_rows, lambda row: row.week):
        by_strand = {(row.kind, row.partner): row for row in of_week}
        first = next(iter(by_strand.values()))
        found = [by_strand.get((s.kind, s.partner or "")) for s in named.strands()]
        hours = [
            *(getattr(row, name, nan) for row in found for name in NUMBERS),
            *(dict(balance.by_tone(first, state)).get(shade, nan) for shade, state in parted),
        ]
        this = [week, first.starts, first.season, spreadsheet_safe(first.grace)]
        facts = wording_of_weeks.named_facts(Week.read(week), household)
        different = spreadsheet_safe(" · ".join(fact.text for fact in facts))
        write.writerow([*this, *map(_two_digits, hours), different])
    return file.getvalue()


def strands(weeks_by_name: Mapping[str, Sequence[StrandWeek]]) -> Table:
    """Hours of each strand by its name, week by week."""
    hopes = "Hoped for, from", "Hoped for, to"
    columns = ("Kind of time", "Week of", *hopes, "Planned", "Happened", "Without ups and downs")
    return Table(
        columns,
        tuple(
            (name, week.label, *map(_hours, (week.low, week.high, week.planned)),
             *map(_hours, (week.lived, week.line)))
            for name, weeks_of_it in weeks_by_name.items()
            for week in weeks_of_it
        ),
        by_week=True,
        of_each=True,
    )  # fmt: skip


def two_of_us(sides: Iterable[Side], household: Household) -> Table:
    """Hours of each partner's usual week, by kind."""
    names = tuple(partner.name for partner in household.partners)
    by_kind: dict[str, dict[str, float]] = {}
    for side in sides:
        by_kind.setdefault(side.name, {})[side.partner] = side.hours
    rows = ((kind, *(_hours(found.get(n)) for n in names)) for kind, found in by_kind.items())
    return Table(("Hours in a usual week", *names), tuple(rows))


def rhythm(cells: Sequence[PartOfWeek]) -> Table:
    """Hours together by part of the day and weekday."""
    days = tuple(dict.fromkeys(cell.day for cell in cells))
    hours = {(cell.part, cell.day): cell.hours for cell in cells}
    rows = tuple((part, *(_hours(hours[part, day]) for day in days)) for part in PARTS if days)
    return Table(("Hours together", *days), rows)


def rituals(dots: Iterable[Dot]) -> Table:
    """Times that each ritual was lived in a week."""
    rows = tuple((dot.title, dot.label, dot.times) for dot in dots)
    return Table(("Ritual", "Week of", "Times"), rows, by_week=True, of_each=True)


def year(cells: Iterable[WeekOfYear]) -> Table:
    """Hours together by week."""
    rows = tuple((cell.words.of, cell.week, _hours(cell.hours), _note(cell)) for cell in cells)
    return Table(("", "Week", "Hours together", "Note"), rows, by_week=True)


def _by_week_and_state(
    week_rows: Iterable[Row], ahead: Week
) -> dict[tuple[str, str], dict[str, float]]:
    """Both partners' hours of each kind and shade, by week and state, as far as they are known."""
    summed: dict[tuple[str, str], dict[str, float]] = {}
    for row in week_rows:
        for state in balance.states(row, ahead):
            hours: float = getattr(row, state)
            if not isnan(hours):
                label = balance.axis_label(row.starts, row.formats)
                found = summed.setdefault((label, state), {})
                found[row.kind] = found.get(row.kind, 0.0) + hours
                found |= {
                    tone: of for tone, of in balance.by_tone(row, state) if isinstance(tone, Shade)
                }
    return summed


def _tones(week_rows: Sequence[Row]) -> list[Tone]:
    """The kinds in these rows; behind together its shades, where it has any."""
    kinds = [kind for kind in Kind if any(row.kind == kind for row in week_rows)]
    parted = list(Shade) if balance.has_shades(week_rows) else []
    return [*kinds[:1], *parted, *kinds[1:]]


def _note(cell: WeekOfYear) -> str:
    return "" if cell.state == "lived" else cell.words.text


def _two_digits(hours: float) -> str:
    return "" if isnan(hours) else f"{hours:.2f}"


def _hours(hours: float | None) -> float | None:
    return None if hours is None or isnan(hours) else round(hours, 2)


def _texts(values: Iterable[Value]) -> list[str]:
    return ["" if value is None else _text(value) for value in values]


def _text(value: Value) -> str:
    if isinstance(value, str):
        return spreadsheet_safe(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
