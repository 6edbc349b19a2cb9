"""Years at a glance: a cell for each week, and none that says zero where nobody knows."""

from math import isnan

from rituals.insights import years
from rituals.model.plan import Season
from rituals.model.summary import TogetherSums
from tests.support.notation import WEEK, a_household

HOUSEHOLD = a_household()
LIVED = TogetherSums("usual", "", True, 2, 2, 90, None)


def cells(shown, **sums):
    """Cells of so many weeks back; `_3=sums` is the week three back."""
    told = {WEEK - int(name[1:]): one for name, one in sums.items()}
    return years.week_cells(told, [WEEK - n for n in range(shown, -1, -1)], HOUSEHOLD, WEEK)


def test_there_is_a_cell_for_each_week_from_the_first_with_a_plan_up_to_the_last_one_behind():
    told = cells(9, _3=LIVED, _1=LIVED)

    assert [str(WEEK - n) for n in (3, 2, 1)] == [cell.week for cell in told]
    assert ["lived", "open", "lived"] == [cell.state for cell in told]


def test_no_week_has_no_cell():
    assert [] == cells(51)


def test_a_week_nobody_wrote_down_is_open_and_never_zero():
    (cell,) = cells(1, _1=LIVED._replace(answered=0, minutes=0))

    assert isnan(cell.hours)
    assert ("open", "Week of 16 November · not written down") == (cell.state, str(cell.words))


def test_a_week_that_held_no_time_together_is_zero():
    (cell,) = cells(1, _1=LIVED._replace(counted=0, answered=0, minutes=0))

    assert ("lived", 0.0) == (cell.state, cell.hours)


def test_a_week_that_held_no_time_together_is_open_as_long_as_something_is_unsaid():
    (cell,) = cells(1, _1=LIVED._replace(settled=False, counted=0, answered=0, minutes=0))

    assert isnan(cell.hours)
    assert "open" == cell.state


def test_a_grace_week_has_its_name_and_no_hours():
    (cell,) = cells(1, _1=LIVED._replace(season=Season.GRACE, grace="holiday"))

    assert isnan(cell.hours)
    assert ("grace", "Week of 16 November · holiday") == (cell.state, str(cell.words))


def test_a_week_stands_in_its_own_year():
    (cell,) = cells(52, _48=LIVED)[:1]

    assert ("2025", 52) == (cell.year, cell.number)
    assert "Week of 22 December 2025 · 1 h 30 together" == str(cell.words)
