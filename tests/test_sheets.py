"""A chart's numbers as rows and columns: the same numbers, and unknown is an empty cell."""

import csv
import io
from math import nan

from rituals import sheets
from rituals.balance import Bar, Gap
from rituals.history import Dot
from rituals.rhythm import Cell as PartOfWeek
from rituals.strands import Side, StrandWeek
from rituals.years import Cell as WeekOfYear
from tests.notation import a_household

LABELS = ("9 Nov 2026", "16 Nov 2026")


def read(sheet):
    return list(csv.reader(io.StringIO(sheets.written(sheet).decode())))


def test_a_gap_keeps_its_row_between_the_weeks():
    bars = [Bar("16 Nov 2026", "alone", 1, 1.5, "lived", "")]
    gap = Gap("9 Nov 2026", True, "", "Week of 9 November · holiday")

    assert [
        ["Week of", "", "Together", "Alone", "With the children", "Night out"],
        ["9 Nov 2026", "holiday", "", "", "", ""],
        ["16 Nov 2026", "lived", "0", "1.5", "0", "0"],
    ] == read(sheets.weeks(bars, [gap], LABELS))


def test_a_strand_has_its_own_rows_and_what_is_unknown_is_empty():
    week = StrandWeek("9 Nov 2026", 4, 6, nan, nan, 5.25, "")

    assert ["Together", "9 Nov 2026", "4", "6", "", "", "5.25"] == read(
        sheets.strands({"Together": [week]})
    )[1]


def test_the_two_stand_side_by_side_and_no_column_sets_one_against_the_other():
    sides = [Side("alone", "Alone", name, hours, 0, "") for name, hours in
             (("Maya", 2.0), ("Jonas", 3.0))]  # fmt: skip

    assert [["Hours in a usual week", "Maya", "Jonas"], ["Alone", "2", "3"]] == read(
        sheets.two_of_us(sides, a_household())
    )


def test_the_rhythm_is_a_table_of_days_and_parts_of_the_day():
    cells = [PartOfWeek("Monday", part, 1.0, "") for part in
             ("Morning", "Midday", "Afternoon", "Evening")]  # fmt: skip

    assert ["Morning", "1"] == read(sheets.rhythm(cells))[1]
    assert 1 == len(read(sheets.rhythm([])))


def test_rituals_and_years_have_a_row_for_each_mark():
    dot = Dot("9 Nov 2026", "Late talk", "together", 2, "")
    cell = WeekOfYear("2026-W46", "2026", 46, nan, "open", "Week of 9 November · not written down")

    assert ["Late talk", "9 Nov 2026", "2"] == read(sheets.rituals([dot]))[1]
    assert ["Week of 9 November", "2026-W46", "", "not written down"] == read(sheets.year([cell]))[
        1
    ]


def test_no_text_of_ours_is_a_formula_in_a_spreadsheet():
    dot = Dot("9 Nov 2026", "=1+1", "together", 2, "")

    assert "'=1+1" == read(sheets.rituals([dot]))[1][0]
