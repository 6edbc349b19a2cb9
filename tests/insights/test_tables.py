"""A chart's numbers as rows and columns: the same numbers, and unknown is an empty cell."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from math import nan

from rituals.insights import balance, tables
from rituals.insights.ritual_history import Dot
from rituals.insights.trends import Side, StrandWeek
from rituals.insights.weekday_hours import WeekdayCell as PartOfWeek
from rituals.insights.years import WeekCell as WeekOfYear
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Hope
from rituals.model.wording import Caption
from rituals.planning import review
from tests.support.notation import WEEK, a_household, a_plan, an_occurrence

SHADES = ("The two of us", "All of us")
OUT = "Nights out and friends"
HERS, HIS = Strand(Kind.ALONE, ONE), Strand(Kind.ALONE, TWO)


def read(sheet):
    return list(csv.reader(io.StringIO(tables.as_csv_file(sheet).decode())))


def of_weeks(*plans, household=None):
    """The sheet of these plans, with the week ahead."""
    by_week = {plan.week: plan for plan in plans}
    return tables.weeks(balance.rows(by_week, list(by_week), household or a_household()), WEEK)


def test_a_gap_keeps_its_row_between_the_weeks():
    rests = review.rest(a_plan(week=WEEK - 2), "holiday")
    told = replace(a_plan(week=WEEK - 1), lived={HERS: 90, HIS: 0})

    assert [
        ["Week of", "", "Together", *SHADES, "Alone", "With the children", OUT],
        ["9 Nov 2026", "holiday", "", "", "", "", "", ""],
        ["16 Nov 2026", "happened", "", "", "", "1.5", "", ""],
    ] == read(of_weeks(rests, told))


def test_a_kind_nobody_spoke_of_is_empty_and_one_that_was_let_go_is_none():
    told = replace(a_plan(week=WEEK - 1), lived={Strand(Kind.TOGETHER): 120, HERS: 0})

    assert ["16 Nov 2026", "happened", "2", "2", "0", "0", "", ""] == read(of_weeks(told))[1]


def test_of_the_week_ahead_planned_and_hoped_stand_under_each_other():
    plan = a_plan(an_occurrence(), hopes={Strand(Kind.TOGETHER): Hope(300)})

    assert [
        ["23 Nov 2026", "planned", "1", "1", "0", "0", "0", "0"],
        ["23 Nov 2026", "hoped for", "5", "", "", "", "", ""],
    ] == read(of_weeks(plan))[1:]


def test_behind_together_stand_its_two_shades_and_they_add_up_to_it():
    pancakes = an_occurrence("Sun 08:30-10:00", with_children=True, number=2)
    head, planned = read(of_weeks(a_plan(an_occurrence(), pancakes)))

    assert ["2.5", "1", "1.5"] == [planned[head.index(name)] for name in ("Together", *SHADES)]


def test_every_number_of_a_shade_stands_behind_the_old_columns():
    pancakes = an_occurrence("Sun 08:30-10:00", with_children=True, number=2)
    plan = review.answer_all_as_planned(a_plan(an_occurrence(), pancakes))
    told, alone = (
        list(csv.reader(io.StringIO(tables.all_strands_csv(of_one(plan, home), home))))
        for home in (a_household(), a_household(children=False))
    )

    assert [
        ("Together, the two of us: happened", "1.00"),
        ("Together, the two of us: planned", "1.00"),
        ("Together, all of us: happened", "1.50"),
        ("Together, all of us: planned", "1.50"),
    ] == list(zip(*told, strict=True))[4 + 3 * 7 : -1]
    assert ("Together: happened", "2.50") == (told[0][4], told[1][4])
    assert 4 + 3 * 5 + 1 == len(alone[0])


def test_what_was_different_stands_in_the_last_column():
    told = datetime(2026, 11, 1, tzinfo=UTC)
    trip = Difference("1", What.OFF, WEEK.monday, WEEK.monday, told, ONE)
    household = replace(a_household(names=("=Maya", "Jonas")), differences=(trip,))
    lines = tables.all_strands_csv(of_one(a_plan(), household), household).splitlines()

    assert ("different", "'=Maya off Mon") == tuple(line.split(",")[-1] for line in lines)


def of_one(plan, household):
    return balance.rows({plan.week: plan}, [plan.week], household)


def test_a_household_without_children_has_no_column_for_them():
    household = a_household(children=False)

    assert ["Week of", "", "Together", "Alone", OUT] == read(
        of_weeks(a_plan(an_occurrence()), household=household)
    )[0]


def test_a_strand_has_its_own_rows_and_what_is_unknown_is_empty():
    week = StrandWeek("9 Nov 2026", 4, 6, nan, nan, 5.25, "")

    assert ["Together", "9 Nov 2026", "4", "6", "", "", "5.25"] == read(
        tables.strands({"Together": [week]})
    )[1]


def test_the_two_stand_side_by_side_and_no_column_sets_one_against_the_other():
    sides = [Side("alone", "Alone", name, hours, 0, "", "", is_left=False) for name, hours in
             (("Maya", 2.0), ("Jonas", 3.0))]  # fmt: skip

    assert [["Hours in a usual week", "Maya", "Jonas"], ["Alone", "2", "3"]] == read(
        tables.two_of_us(sides, a_household())
    )


def test_the_rhythm_is_a_table_of_days_and_parts_of_the_day():
    cells = [PartOfWeek("Monday", part, 1.0, "") for part in
             ("Morning", "Midday", "Afternoon", "Evening")]  # fmt: skip

    assert ["Morning", "1"] == read(tables.rhythm(cells))[1]
    assert 1 == len(read(tables.rhythm([])))


def test_rituals_and_years_have_a_row_for_each_mark():
    dot = Dot("9 Nov 2026", "Late talk", "together", 2, "")
    cell = WeekOfYear(
        "2026-W46", "2026", 46, nan, "open", Caption("Week of 9 November", "not written down")
    )

    assert ["Late talk", "9 Nov 2026", "2"] == read(tables.rituals([dot]))[1]
    assert ["Week of 9 November", "2026-W46", "", "not written down"] == read(tables.year([cell]))[
        1
    ]


def test_no_text_of_ours_is_a_formula_in_a_spreadsheet():
    dot = Dot("9 Nov 2026", "=1+1", "together", 2, "")

    assert "'=1+1" == read(tables.rituals([dot]))[1][0]


def test_read_from_above_the_newest_week_comes_first_for_each_name():
    rows = (("Talk", "9 Nov", 1), ("Talk", "16 Nov", 2), ("Walk", "9 Nov", 1))

    assert [rows[1], rows[0], rows[2]] == list(
        tables.Table(
            ("Ritual", "Week of", "Times"), rows, by_week=True, of_each=True
        ).newest_first()
    )
    assert [*reversed(rows)] == list(tables.Table((), rows, by_week=True).newest_first())
    assert [*rows] == list(tables.Table((), rows).newest_first())


def test_a_text_that_a_spreadsheet_would_calculate_stays_a_text():
    for begins in ("=", "+", "-", "@", "\t=", "\r=", " =", "\uff1d", "\u202e="):
        assert tables.spreadsheet_safe(f"{begins}1").startswith("'")

    assert "tea;'=1+1" == tables.spreadsheet_safe("tea;=1+1")
    assert ("Tea - for two", "5-7") == (
        tables.spreadsheet_safe("Tea - for two"),
        tables.spreadsheet_safe("5-7"),
    )


def test_a_cell_is_one_line():
    sheet = tables.Table(("a\r\nb",), (("c\x1b\nd",),))

    assert [["a b"], ["c d"]] == read(sheet)
