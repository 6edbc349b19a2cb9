"""The pages a couple plans with, through the shell that shows them: empty and filled."""

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from itertools import count

import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from bench import long_life
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model import local_time, totals
from rituals.model.calendar import Audience, Route
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Choice, Said, Season, standing
from rituals.model.time.formats import STANDARD
from rituals.model.time.span import Span
from rituals.model.usual import Child, Usual
from rituals.planning import catalogue
from tests.conftest import sample_couple
from tests.support.notation import a_household, a_plan, an_occurrence, today_at_home
from tests.support.paths import SHELL
from tests.support.visits import at_its_address

PAGES = {
    "sunday.py": "The week of",
    "our_weeks.py": "Our weeks",
    "our_rituals.py": "Our rituals",
    "surprises.py": "Surprises",
    "calendars.py": "Calendars",
    "household.py": "Household",
}
STEPS = ["1 · Look back", "2 · Balance", "3 · Rituals", "4 · The week", "5 · Take it with you"]
CATALOGUE = catalogue.load(catalogue.SUGGESTED)
TOGETHER = Strand(Kind.TOGETHER)


pytestmark = pytest.mark.usefixtures("store")


def opened(page="sunday.py", step=None):
    at = at_its_address(page)
    at.session_state["edits visit"] = "v"
    at.context["timezone"] = "Europe/Berlin"
    if step:
        at.session_state["sunday step"] = step
    at.run()
    assert not at.exception
    return at


def with_more(words=""):
    """Step 3 with all the rituals one can add, or those that some words find."""
    at = opened(step=STEPS[2])
    at.session_state["more rituals"] = True
    at.session_state["more words"] = words
    at.run()
    assert not at.exception
    return at


def the_week(store):
    household = store.load_household()
    return local_time.week_to_plan(local_time.local_day(datetime.now(UTC), household), household)


MARKS = count(1)  # of what hands did, each a new one


@dataclass
class Slider:
    """One slide of the balance board, moved as a browser would move it."""

    at: AppTest
    slide: dict

    @property
    def value(self):
        return self.slide["hoped"]

    def set_value(self, minutes):
        self.at.session_state["board v"] = {"moved": {self.slide["name"]: minutes}}
        return self.at


def slides(at):
    """What the board was told, or nothing where there is none."""
    told = [json.loads(component.proto.json) for component in at.get("bidi_component")]
    return next((data["slides"] for data in told if "slides" in data), [])


def slider(at, spoken):
    return next(Slider(at, slide) for slide in slides(at) if spoken == slide["spoken"])


def hand(at, week, **gesture):
    """Does on the grid of a week what a browser would tell of it."""
    mark = next(MARKS)
    at.session_state[f"grid {week} v"] = {"done": [{"mark": mark, **gesture}]}
    return at.run()


def offered(visit, key):
    """The file that the button with this key brings, by the visit's session state."""
    return visit[f"{key} offered"].file


def files(at):
    """What the buttons say that bring a file now."""
    told = [json.loads(component.proto.json) for component in at.get("bidi_component")]
    return [data["label"] for data in told if "where" in data and data.get("off") is False]


def texts(at):
    shown = [*at.markdown, *at.caption, *at.title, *at.header, *at.info, *at.warning]
    written = [
        *(element.value for element in shown),
        *(words(h.proto.body) for h in at.get("html")),
    ]
    return " ".join(written).replace("\u00a0", " ")


def words(html):
    return re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL)


def chart(at, number=0):
    """A chart's grammar and the rows of all its data."""
    proto = at.get("vega_lite_chart")[number].proto
    rows = []
    for dataset in proto.datasets:
        rows += pa.ipc.open_stream(BytesIO(dataset.data.data)).read_all().to_pylist()
    return json.loads(proto.spec), rows


def grammar(at):
    """A chart's grammar; its data is named by a hash, which the browser takes no notice of."""
    return re.sub('"name": "[0-9a-f]{32}"', "", at.get("vega_lite_chart")[0].proto.spec)


def rows_of(at, **where):
    _, rows = chart(at)
    return [row for row in rows if all(row.get(k) == v for k, v in where.items())]


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_on_a_first_sunday(page):
    at = opened(page)

    assert not at.error
    assert at.title[0].value.startswith(PAGES[page])


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_with_weeks_behind(page):
    at = opened(page)

    assert not at.error
    assert at.title[0].value.startswith(PAGES[page])


@pytest.mark.parametrize("page", PAGES)
def test_without_a_household_every_page_is_the_welcome(page):
    at = opened(page)

    assert [] == slides(at)
    assert "Begin" in [button.label for button in at.button]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("children", [True, False])
def test_every_step_opens_on_a_first_sunday(store, step, children):
    store.save_household(a_household(children=children))

    at = opened(step=step)

    assert not at.error
    assert children is ("with the children" in texts(at).lower())


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("step", STEPS)
def test_every_step_opens_with_weeks_behind(step):
    assert not opened(step=step).error


@pytest.mark.usefixtures("empty")
def test_there_is_a_slider_for_each_strand_with_the_couples_names():
    shown = slides(opened(step=STEPS[1]))
    headings = [slide["group"] for slide in shown]

    assert ["", *["Maya"] * 3, *["Jonas"] * 3] == headings
    assert ["Together", "Maya, alone"] == [slide["spoken"] for slide in shown[:2]]


def test_a_moved_slider_is_kept(empty):
    at = opened(step=STEPS[1])

    slider(at, "Together").set_value(420).run()

    assert 420 == totals.hoped(empty.load_plan(the_week(empty)), TOGETHER)


@pytest.mark.usefixtures("filled")
def test_a_moved_slider_moves_the_outline_in_the_chart_and_not_the_charts_grammar():
    at = opened(step=STEPS[1])
    before = grammar(at)
    slider(at, "Together").set_value(420).run()
    after = grammar(at)

    assert [7.0] == [row["hours"] for row in rows_of(at, state="hoped", kind="together")]
    assert before == after


@pytest.mark.usefixtures("empty")
def test_hopes_survive_a_change_of_page_and_a_new_session():
    at = opened(step=STEPS[1])
    slider(at, "Maya, alone").set_value(330).run()
    at.switch_page("our_weeks.py").run()
    at.switch_page("sunday.py").run()
    at.segmented_control(key="sunday step").set_value(STEPS[1]).run()

    assert 330 == slider(at, "Maya, alone").value
    assert 330 == slider(opened(step=STEPS[1]), "Maya, alone").value


def test_what_another_browser_moved_is_shown_and_what_this_one_moves_next_is_kept(empty):
    mine, theirs = opened(step=STEPS[1]), opened(step=STEPS[1])
    slider(mine, "Together").set_value(420).run()
    slider(theirs, "Jonas, alone").set_value(60).run()
    slider(mine, "Maya, alone").set_value(90).run()

    kept = empty.load_plan(the_week(empty))
    assert [420, 60, 90] == [
        totals.hoped(kept, strand)
        for strand in (TOGETHER, Strand(Kind.ALONE, "two"), Strand(Kind.ALONE, "one"))
    ]
    assert 60 == slider(mine, "Jonas, alone").value


def test_a_hard_week_hopes_for_less_and_leaves_what_was_set_by_hand(empty):
    at = opened(step=STEPS[1])
    slider(at, "Together").set_value(600).run()
    usual = slider(at, "Maya, alone").value
    season = next(c for c in at.segmented_control if "Hard" in c.options)
    season.set_value(Season.HARD).run()

    assert 600 == slider(at, "Together").value
    assert usual > slider(at, "Maya, alone").value
    assert Season.HARD is empty.load_plan(the_week(empty)).season


@pytest.mark.usefixtures("on_sunday")
def test_a_grace_week_asks_nothing_and_gives_everything_back(filled):
    at = opened(step=STEPS[2])
    before = as_they_lie(filled)
    season = next(c for c in at.segmented_control if "Week off" in c.options)
    season.set_value(Season.GRACE).run()

    assert "A week off asks nothing" in texts(at)
    season = next(c for c in at.segmented_control if "Week off" in c.options)
    season.set_value(Season.USUAL).run()
    assert before == as_they_lie(filled)


def as_they_lie(store):
    """The week to plan without its reasons, which are worked out anew whenever they are shown."""
    return [replace(o, reason="") for o in standing(store.load_plan(the_week(store)))]


def test_a_new_week_is_prefilled_from_the_last(filled):
    week = the_week(filled)
    at = opened(step=STEPS[2])
    next(b for b in at.button if b.label == "Later").click().run()

    last = filled.load_plan(week)
    chosen = {choice.ritual for choice in last.choices}
    counted = [number.label for number in at.number_input]
    assert chosen == {r for r in chosen if any(CATALOGUE[r].title in label for label in counted)}
    assert filled.load_plan(week + 1) is None, "looking at a week keeps nothing"


@pytest.mark.parametrize("step", STEPS)
def test_a_week_that_is_over_opens_on_every_step(filled, step):
    over = the_week(filled) - 3
    at = opened(step=step)
    at.session_state["week"] = str(over)
    at.run()

    assert not at.exception
    assert [] == [error.value for error in at.error]
    first = local_time.first_day(over, filled.load_household())
    assert [f"The week of {STANDARD.short_day(first)}"] == [title.value for title in at.title]


@pytest.mark.usefixtures("on_sunday")
def test_a_chosen_ritual_lies_in_the_week_and_is_copied_from_the_catalogue(empty):
    at = with_more(words="late talk")
    at.button(key=f"add {the_week(empty)} late-talk").click().run()
    at.number_input(key=f"times {the_week(empty)} late-talk  v 0").set_value(2).run()

    kept = empty.load_plan(the_week(empty))
    assert ["Late talk", "Late talk"] == [o.title for o in kept.occurrences]
    assert "late-talk" in empty.load_rituals()


def test_what_is_chosen_less_often_leaves_the_week(empty):
    at = with_more(words="late talk")
    at.button(key=f"add {the_week(empty)} late-talk").click().run()
    key = f"times {the_week(empty)} late-talk  v 0"
    at.number_input(key=key).set_value(2).run()
    at.number_input(key=key).set_value(0).run()

    assert () == standing(empty.load_plan(the_week(empty)))


@pytest.mark.usefixtures("filled")
def test_something_new_offers_one_that_rested_and_one_never_chosen():
    at = with_more()
    at.pills(key="sunday rituals shown").set_value("Something new").run()

    assert "has rested for a while" in texts(at)
    assert "would be a first" in texts(at)


def test_what_suits_the_children_s_ages_is_offered_first(empty):
    born = the_week(empty).year - 15
    teenager = Usual(children=(Child("Mia", born),))
    empty.save_household(replace(empty.load_household(), usual=teenager))
    at = with_more()
    at.pills(key="sunday rituals shown").set_value("Together").run()
    while any(button.key == "more show more" for button in at.button):
        at.button(key="more show more").click().run()
    titles = re.findall(r"\*\*(.+?)\*\*", " ".join(m.value.replace("\\", "") for m in at.markdown))
    ages = {ritual.title: ritual.ages for ritual in CATALOGUE.values()}
    offered = [ages[title] for title in titles if title in ages]

    assert ((13, 19), (0, 2)) == (offered[0], offered[-1])


def a_free_hour(plan, occurrence, household):
    """An hour of the week's last day at which nothing else lies, as long as the occurrence."""
    day = local_time.days(plan.week, household)[6]
    hours = [time(hour, quarter) for hour in range(8, 20) for quarter in (15, 45)]
    others = [Span(o.start, o.end) for o in standing(plan) if o.id != occurrence.id]

    def span(hour):
        start = local_time.instant(day, hour, household)
        return Span(start, start + timedelta(minutes=occurrence.minutes))

    return next(hour for hour in hours if not any(span(hour).overlaps(o) for o in others))


@pytest.mark.usefixtures("on_sunday")
def test_an_occurrence_moves_by_hand(filled):
    week, household = the_week(filled), filled.load_household()
    at = opened(step=STEPS[3])
    plan = filled.load_plan(week)
    picked = next(o for o in plan.occurrences if o.ritual == "long-walk" or o.minutes >= 60)
    hour, sunday = a_free_hour(plan, picked, household), local_time.days(week, household)[6]
    start = f"{sunday}T{hour:%H:%M}"
    hand(at, week, id=picked.id, what="move", start=start, minutes=picked.minutes)

    moved = next(o for o in filled.load_plan(week).occurrences if o.id == picked.id)
    local = moved.start.astimezone(household.tz)
    assert (hour, 6) == (local.time(), local.weekday())
    assert picked.sequence + 1 == moved.sequence


def test_what_is_left_out_leaves_the_grid_and_can_come_back(filled):
    week = the_week(filled)
    at = opened(step=STEPS[3])
    first = standing(filled.load_plan(week))[0]
    hand(at, week, id=first.id, what="leave out")

    assert first.id not in {o.id for o in standing(filled.load_plan(week))}
    next(b for b in at.button if b.label == "Bring it back").click().run()
    assert first.id in {o.id for o in standing(filled.load_plan(week))}


def test_what_cannot_come_back_says_in_a_sentence_what_lies_there(empty):
    week = the_week(empty)
    gone = an_occurrence("Wed 20:00-21:00", week=week, let_go=True)
    walk = an_occurrence("Wed 20:30-21:30", week=week, ritual="walk", title="Long walk")
    plan = a_plan(gone, walk, week=week)
    empty.change_plan(plan, lambda _: plan)
    at = opened(step=STEPS[3])
    next(b for b in at.button if b.label == "Bring it back").click().run()

    assert "Long walk is there already, from Wednesday 20:30." in texts(at)
    assert kept_of(empty, week, gone.id).let_go


def kept_of(store, week, id):
    return next(o for o in store.load_plan(week).occurrences if o.id == id)


def test_another_idea_comes_at_one_press_and_goes_back_at_another(filled):
    week = the_week(filled)
    at = opened(step=STEPS[3])
    ways = {id: ritual.ways for id, ritual in CATALOGUE.items()}
    first = next(o for o in standing(filled.load_plan(week)) if len(ways.get(o.ritual, ())) > 1)
    hand(at, week, id=first.id, what="another idea")
    another = kept_of(filled, week, first.id)
    hand(at, week, id="", what="undo")

    assert another.way in ways[first.ritual]
    assert first.way != another.way
    assert first.way == kept_of(filled, week, first.id).way


def test_without_a_change_there_is_nothing_to_take_back(filled):
    at = opened(step=STEPS[3])
    hand(at, the_week(filled), id="", what="undo")

    assert "There is nothing to take back." == grid_of(at)["why"]


def grid_of(at):
    """What the grid was told last."""
    told = [json.loads(c.proto.json) for c in at.get("bidi_component") if c.proto.json]
    return next(data["week"][0] for data in told if "week" in data)


def test_just_as_planned_says_everything_of_last_week(filled):
    at = opened()
    next(b for b in at.button if b.label == "Just as planned").click().run()

    before = filled.load_plan(the_week(filled) - 1)
    assert {Said.AS_PLANNED} == {o.said for o in standing(before)}


def test_one_thing_said_leaves_the_others_unsaid(filled):
    at = opened()
    at.session_state[f"look back {the_week(filled) - 1}"] = True
    at.run()
    before = standing(filled.load_plan(the_week(filled) - 1))
    at.segmented_control(key=f"said {the_week(filled) - 1} {before[0].id} v 0").set_value(
        Said.A_LITTLE
    ).run()

    said = [o.said for o in standing(filled.load_plan(the_week(filled) - 1))]
    assert [Said.A_LITTLE, *[None] * (len(before) - 1)] == said


def test_six_forgotten_weeks_ask_for_nothing(store):
    long_ago = today_at_home() - local_time.ONE_DAY * 42
    couple = sample_couple(long_ago, 3)
    store.fill(couple.household, (), couple.plans)

    assert STEPS[1] == opened().segmented_control(key="sunday step").value


@pytest.mark.parametrize("count", [0, 1, 2, 104])
def test_our_weeks_shows_any_number_of_weeks(store, count):
    long_life.fill(store, count, today_at_home(), full=8)
    at = opened("our_weeks.py")
    lengths = at.segmented_control(key="weeks length")
    if "2 years" in lengths.options:  # fewer weeks are all in sight
        lengths.set_value(104).run()

    spec, rows = chart(at)
    labels = spec["layer"][-1]["encoding"]["x"]["scale"]["domain"]
    assert len(set(labels)) == len(labels) == max(min(count + 1, 104), 8)
    assert {row["label"] for row in rows} <= set(labels)


@pytest.mark.usefixtures("filled")
def test_a_week_nobody_wrote_down_keeps_its_place_and_has_no_bar():
    at = opened("our_weeks.py")
    spec, rows = chart(at)
    unwritten = {row["label"] for row in rows if row.get("grace") is False}

    assert unwritten <= set(spec["layer"][-1]["encoding"]["x"]["scale"]["domain"])
    assert unwritten
    assert not [row for row in rows if row["label"] in unwritten and row.get("state") == "lived"]


@pytest.mark.usefixtures("empty")
def test_an_empty_chart_says_what_will_be_there():
    assert "Here your weeks will stand side by side" in texts(opened("our_weeks.py"))


@pytest.mark.usefixtures("filled")
def test_one_partners_weeks_hold_theirs_and_what_is_together():
    at = opened("our_weeks.py")
    at.segmented_control(key="weeks view").set_value("Each kind of time").run()
    at.segmented_control(key="weeks partner").set_value("one").run()

    assert 4 == len(at.get("vega_lite_chart"))
    assert "Jonas, alone" not in texts(at)


def test_looking_around_leaves_the_couples_own_store_empty(store):
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.session_state["edits visit"] = "v"
    at.query_params["look"] = "around"
    at.run()
    at.segmented_control(key="sunday step").set_value(STEPS[1]).run()
    slider(at, "Together").set_value(60).run()

    assert "sample couple" in texts(at)
    assert store.load_household() is None
    assert store.first_week() is None


def pressed(at, label):
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def places(store):
    return {o.id: (o.start, o.end) for o in standing(store.load_plan(the_week(store)))}


def test_another_week_is_a_step_that_can_be_taken_back(filled):
    before = places(filled)
    at = pressed(opened(step="4 · The week"), "Other weeks")
    pressed(at, "Take this week")
    another = places(filled)
    pressed(at, "Undo")

    assert set(before) == set(another)
    assert before != another
    assert before == places(filled)


def test_every_step_can_be_taken_back_one_after_the_other(filled):
    at = opened(step="2 · Balance")
    kept = filled.load_plan(the_week(filled))
    for minutes in (30, 600):
        slider(at, "Together").set_value(minutes).run()
        at.session_state["edits steps back"][-1].last -= timedelta(minutes=1)
    at.session_state["sunday step"] = "4 · The week"
    hoped = [totals.hoped(filled.load_plan(kept.week), TOGETHER)]
    for _ in range(2):
        pressed(at.run(), "Undo")
        hoped.append(totals.hoped(filled.load_plan(kept.week), TOGETHER))

    assert [600, 30, totals.hoped(kept, TOGETHER)] == hoped
    assert "Undo" not in [b.label for b in at.button]


def test_a_hand_that_goes_on_moving_is_one_step(filled):
    at = opened(step="2 · Balance")
    kept = filled.load_plan(the_week(filled))
    for minutes in (330, 360, 390):
        slider(at, "Together").set_value(minutes).run()
    at.session_state["sunday step"] = "4 · The week"
    pressed(at.run(), "Undo")

    assert totals.hoped(kept, TOGETHER) == totals.hoped(filled.load_plan(kept.week), TOGETHER)


def both_out(store):
    """A plan in which both are out at once: by hand, for no placement would do that."""
    week = the_week(store)
    evening = {"week": week, "kind": Kind.OUT, "fixed": True}
    hers = an_occurrence("Thu 20:00-22:00", ritual="hers", partner=ONE, **evening)
    his = an_occurrence("Thu 20:00-21:00", ritual="his", partner=TWO, **evening)
    chosen = (Choice("hers", ONE, 1), Choice("his", TWO, 1))
    kept = a_plan(hers, his, week=week, choices=chosen)
    return store.change_plan(kept, lambda _: kept)


@pytest.mark.usefixtures("on_sunday")
def test_where_both_are_away_one_question_asks_who_is_with_the_children(empty):
    both_out(empty)
    at = opened(step="4 · The week")
    asked = [text.value for text in at.markdown if "Is somebody with them?" in text.value]
    pressed(at, "Yes, somebody is")
    answered = empty.load_plan(the_week(empty)).sitter

    assert 1 == len(asked)
    assert asked[0].startswith("Thursday 20:00–21:00")
    assert 1 == len(answered)
    assert [] == [text for text in at.markdown if "Is somebody with them?" in text.value]
    pressed(at, "Not after all")
    assert () == empty.load_plan(the_week(empty)).sitter


@pytest.mark.usefixtures("on_sunday")
@pytest.mark.parametrize("step", STEPS[3:])
def test_the_question_is_asked_where_one_says_yes_too_and_can_wait(empty, step):
    both_out(empty)
    at = opened(step=step)
    asked = [text for text in at.markdown if "Is somebody with them?" in text.value]
    pressed(at, "Not now")

    assert 1 == len(asked)
    assert [] == [text for text in at.markdown if "Is somebody with them?" in text.value]
    assert () == empty.load_plan(the_week(empty)).sitter


def test_without_children_nobody_is_asked_about_them(empty):
    empty.save_household(a_household(children=False))
    both_out(empty)
    at = opened(step="4 · The week")

    assert [] == [text for text in at.markdown if "children" in text.value]
    assert [] == [text for text in at.caption if "children" in text.value]


def test_a_week_that_is_all_taken_along_offers_no_other(filled):
    week = the_week(filled)
    lying = standing(filled.load_plan(week))
    ledger = Ledger(filled.load_household(), Audience.SHARED, Route.FILE)
    filled.save_exported(ledger.new_entries(week, lying, datetime.now(UTC)))
    at = opened(step="4 · The week")
    (suggest,) = [b for b in at.button if b.label == "Other weeks"]

    assert suggest.disabled
    assert "it stays" in suggest.help


def test_a_week_that_has_not_begun_is_no_gap_however_far_one_looks_ahead(filled):
    week = the_week(filled)
    at = opened(step="2 · Balance")
    at.session_state["week"] = str(week + 2)
    at.run()
    first = local_time.first_day(week, filled.load_household())
    gaps = [
        row
        for data in at.get("vega_lite_chart")[0].proto.datasets
        for row in pa.ipc.open_stream(BytesIO(data.data.data)).read_all().to_pylist()
        if "note" in row
    ]

    assert gaps
    assert f"{first.day} {first:%b} {first.year}" not in {gap["label"] for gap in gaps}
