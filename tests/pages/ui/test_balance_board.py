"""The balance board: what it is told of a plan, and what is kept of what it brings."""

import json
import subprocess
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from pages.steps import balance
from pages.ui import balance_board
from rituals.model import local_time, totals, wording
from rituals.model.household import Kind, Strand
from rituals.model.plan import Season, comfortable
from tests.clients import readers
from tests.support.notation import a_household, a_plan, an_occurrence
from tests.support.paths import SHELL

STEPS = list(range(0, totals.MOST_HOPED + 1, totals.HALF_HOUR))
TOGETHER, HER_TIME = Strand(Kind.TOGETHER), Strand(Kind.ALONE, "one")


def opened():
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.session_state["edits visit"] = "v"
    at.session_state["sunday step"] = "2 · Balance"
    at.run()
    assert not at.exception
    return at


def told(at):
    """What the board was told of each strand, by what a screen reader calls it."""
    (slides,) = boards(at)
    return {slide["spoken"]: slide for slide in slides}


def boards(at):
    """The slides of each board there is."""
    every = (json.loads(component.proto.json) for component in at.get("bidi_component"))
    return [data["slides"] for data in every if "slides" in data]


def move(at, spoken, minutes):
    at.session_state["board v"] = {"moved": {told(at)[spoken]["name"]: minutes}}
    at.run()


def kept(store):
    household = store.load_household()
    week = local_time.week_to_plan(local_time.local_day(datetime.now(UTC), household), household)
    return store.load_plan(week)


def hoped(store, strand):
    return totals.hoped(kept(store), strand)


@pytest.mark.outside
def test_hours_are_written_on_the_board_as_everywhere():
    every = [*STEPS, 5, 45, 65, 615]
    asked = f"{balance_board.SCRIPT}\nconsole.log(JSON.stringify({every}.map(hours)));"
    node = [readers.NODE or "node", "--input-type=module"]
    answer = subprocess.run(node, input=asked, capture_output=True, text=True, check=True)

    assert [wording.hours(minutes) for minutes in every] == json.loads(answer.stdout)


def test_the_script_stays_small_for_it_travels_with_every_answer():
    assert 8000 > len(balance_board.SCRIPT.encode())


def test_each_strand_is_told_as_the_plan_has_it(filled):
    at = opened()
    plan, household = kept(filled), filled.load_household()

    assert any(totals.planned(plan, strand, household) for strand in household.strands())
    for strand, slide in zip(household.strands(), told(at).values(), strict=True):
        hoped = totals.hoped(plan, strand)
        numbers = (hoped, totals.planned(plan, strand, household), *comfortable(hoped))
        assert numbers == tuple(slide[name] for name in ("hoped", "planned", "low", "high"))
        assert wording.strand(strand, household) == slide["spoken"]


def test_without_children_there_are_five(store):
    store.save_household(a_household(children=False))

    assert 5 == len(told(opened()))


def test_under_together_one_line_tells_its_two_shades_and_without_children_there_is_none():
    pancakes = an_occurrence("Sun 08:30-10:00", with_children=True, number=2)
    plan = a_plan(an_occurrence(), pancakes)
    shades = [slide_of(plan, a_household(children=children)).shades for children in (True, False)]

    assert [{"the two of us": 60, "all of us": 90}, {}] == shades
    assert {} == slide_of(a_plan(), a_household()).shades


def test_the_scale_of_one_partners_time_ends_at_ten_hours_and_of_together_at_twenty():
    usual = [balance._slide(a_plan(), s, a_household()).usual for s in (TOGETHER, HER_TIME)]

    assert [1200, 600] == usual


def slide_of(plan, household):
    return balance._slide(plan, TOGETHER, household)


def test_a_name_is_told_as_it_was_written(store):
    store.save_household(a_household(names=("*Ma* <b>ya</b>", "Jonas")))

    assert "*Ma* <b>ya</b>" == told(opened())["*Ma* <b>ya</b>, alone"]["group"]


def test_what_is_moved_is_kept_and_the_slide_keeps_its_name(empty):
    at = opened()
    before = told(at)["Maya, alone"]
    move(at, "Maya, alone", 330)
    after = told(at)["Maya, alone"]

    assert 330 == hoped(empty, HER_TIME)
    assert (330, before["name"]) == (after["hoped"], after["name"])


def test_only_what_is_moved_is_kept_by_hand(empty):
    at = opened()
    move(at, "Maya, alone", 330)

    by_hand = {s for s, hope in kept(empty).hopes.items() if hope.by_hand is not None}
    assert {HER_TIME} == by_hand


def test_an_echo_of_what_was_moved_before_undoes_nothing(empty):
    mine, theirs = opened(), opened()
    move(mine, "Together", 420)
    move(theirs, "Together", 360)
    before = told(mine)["Together"]
    mine.run()  # with all that its browser last brought
    after = told(mine)["Together"]

    assert 360 == hoped(empty, TOGETHER)
    assert 360 == after["hoped"]
    assert before["name"] != after["name"], "a new name is what makes a board show it"
    mine.run()
    assert 360 == hoped(empty, TOGETHER)


def test_one_moves_one_slide_and_the_other_another_and_both_are_kept(empty):
    mine, theirs = opened(), opened()
    move(mine, "Together", 420)
    move(theirs, "Maya, alone", 90)
    move(mine, "Together", 450)
    move(theirs, "Maya, alone", 60)

    assert (450, 60) == (hoped(empty, TOGETHER), hoped(empty, HER_TIME))
    assert 450 == told(theirs)["Together"]["hoped"]


def test_what_is_moved_while_much_news_is_on_its_way_is_kept_once(empty):
    mine, theirs = opened(), opened()
    drawn = told(mine)["Together"]["name"]
    for minutes in (360, 390, 420):
        move(theirs, "Together", minutes)
        mine.run()  # of which the browser has drawn nothing yet
    mine.session_state["board v"] = {"moved": {drawn: 330}}
    mine.run()

    assert 330 == hoped(empty, TOGETHER)
    move(theirs, "Together", 480)
    mine.run()  # with all that its browser last brought
    assert 480 == hoped(empty, TOGETHER)


@pytest.mark.usefixtures("empty")
def test_a_season_gives_new_names_to_what_it_changes_and_to_nothing_else():
    at = opened()
    move(at, "Together", 600)
    before = told(at)
    next(c for c in at.segmented_control if "Hard" in c.options).set_value(Season.HARD).run()
    after = told(at)

    assert ["Together"] == [s for s in after if after[s]["name"] == before[s]["name"]]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("brought", [{}, {"moved": None}, {"moved": {"of another week": 30}}])
def test_what_says_nothing_of_a_slide_moves_none(brought):
    at = opened()
    before = told(at)
    at.session_state["board v"] = brought
    at.run()

    assert before == told(at)


def test_what_is_no_number_is_not_kept(empty):
    at = opened()
    move(at, "Together", "many")

    assert kept(empty) is None


def test_no_more_is_kept_than_a_slide_holds(empty):
    at = opened()
    move(at, "Together", 99_999)

    assert totals.MOST_HOPED == hoped(empty, TOGETHER)


@pytest.mark.usefixtures("empty")
def test_a_grace_week_has_no_board():
    at = opened()
    next(c for c in at.segmented_control if "Week off" in c.options).set_value(Season.GRACE).run()

    assert [] == boards(at)
