"""Our weeks as a couple meets it: six ways to look, one at a time, for any number of weeks."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bench import long_life
from pages.week_views import query
from rituals.insights import balance
from rituals.model import local_time, wording
from rituals.model.difference import Difference, What
from rituals.model.household import TWO, Kind, Strand
from rituals.model.plan import Said, Season, standing
from rituals.model.ritual import fitting
from rituals.planning import catalogue, review
from rituals.store import aggregates
from tests.pages.test_pages import chart, files, offered, opened, texts, the_week
from tests.support.notation import a_household, a_plan, an_occurrence, today_at_home

VIEWS = ["Weeks", "Each kind of time", "The two of us", "Our rhythm", "Our rituals", "A year"]

pytestmark = pytest.mark.usefixtures("store")


def looking(view="Weeks", length=None):
    at = opened("our_weeks.py")
    at.segmented_control(key="weeks view").set_value(view).run()
    lengths = at.segmented_control(key="weeks years" if view == "A year" else "weeks length")
    if length == 0 or (length and "2 years" in lengths.options):  # fewer weeks are all in sight
        lengths.set_value(length).run()
    assert not at.exception
    assert not at.error
    return at


def a_life(store, count):
    """So many weeks behind, with a gap and weeks of grace where they are many."""
    long_life.fill(store, count, today_at_home(), full=8)


def labels_in(store, *back):
    household = store.load_household()
    first = the_week(store)
    return [
        balance.axis_label(local_time.first_day(first - n, household), household.formats)
        for n in back
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 104])
def test_every_view_opens_with_any_number_of_weeks_and_asks_one_question(store, count):
    a_life(store, count)
    drawn, asked = {}, {}
    for view in VIEWS:
        at = looking(view, 104)
        drawn[view] = bool(at.get("vega_lite_chart"))
        asked[view] = len([text for text in at.markdown if text.value.endswith("?*")])

    assert {view: count > 0 or view in VIEWS[:2] for view in VIEWS} == drawn
    assert {view: 1 for view in VIEWS if drawn[view]} == {
        view: asked[view] for view in VIEWS if drawn[view]
    }


@pytest.mark.parametrize(
    ("count", "question"),
    [
        (1, "What do you look forward to in the week ahead?"),
        (20, "Which of these weeks would you like to have again?"),
    ],
)
def test_a_new_couple_is_asked_about_the_week_ahead(store, count, question):
    a_life(store, count)

    assert f"*{question}*" in texts(looking("Weeks", 104))


def test_all_is_offered_where_there_are_more_than_two_years(store):
    a_life(store, 110)
    at = looking("Our rhythm")

    assert ["8 weeks", "26 weeks", "2 years", "All"] == at.segmented_control(
        key="weeks length"
    ).options
    for view in VIEWS:
        looking(view, 0)


@pytest.mark.parametrize(
    ("count", "lengths"),
    [
        (1, ["8 weeks"]),
        (12, ["8 weeks", "All"]),
        (26, ["8 weeks", "26 weeks"]),
        (40, ["8 weeks", "26 weeks", "All"]),
    ],
)
def test_no_length_is_offered_that_the_weeks_do_not_fill(store, count, lengths):
    a_life(store, count)

    assert lengths == looking().segmented_control(key="weeks length").options


def test_two_years_and_no_more_offer_no_more(store):
    a_life(store, 104)

    assert "All" not in looking().segmented_control(key="weeks length").options


def test_only_the_chosen_view_is_drawn(store):
    a_life(store, 3)

    assert [1, 7, 1, 1, 1, 1] == [len(looking(v).get("vega_lite_chart")) for v in VIEWS]


def test_the_rhythm_draws_no_zeros_that_nobody_said(store):
    store.save_household(a_household())
    week = the_week(store) - 1
    plan = replace(a_plan(an_occurrence(week=week), week=week), lived={Strand(Kind.TOGETHER): 300})
    store.change_plan(plan, lambda _: plan)
    at = looking("Our rhythm")

    assert not at.get("vega_lite_chart")
    assert "once you have looked back on a week one by one." in texts(at)


def test_a_household_without_children_has_no_time_with_them(store):
    store.save_household(a_household(children=False))
    week = the_week(store)
    spoken = an_occurrence(week=week - 1, said=Said.AS_PLANNED, lived=60)
    plan = a_plan(spoken, week=week - 1)
    store.change_plan(plan, lambda _: plan)

    assert [1, 5, 1] == [len(looking(v).get("vega_lite_chart")) for v in VIEWS[:3]]
    assert "With the children" not in json.dumps(chart(looking("The two of us")))


def test_a_grace_week_is_a_band_with_its_name_and_keeps_its_place(store):
    a_life(store, 26)
    at = looking()
    spec, rows = chart(at)
    (grace,) = labels_in(store, long_life.GRACE)

    assert [True] == [row["grace"] for row in rows if row["label"] == grace and "grace" in row]
    assert grace in spec["layer"][-1]["encoding"]["x"]["scale"]["domain"]
    assert [] == [row for row in rows if row["label"] == grace and row.get("hours")]


def test_each_strand_marks_a_week_of_grace_and_no_other(store):
    a_life(store, 26)
    spec, rows = chart(looking("Each kind of time"))
    (grace,) = labels_in(store, long_life.GRACE)

    assert [grace] == [row["label"] for row in rows if row["grace"]]
    assert "datum.grace" == spec["layer"][0]["transform"][0]["filter"]


def test_an_unwritten_week_has_no_dot_and_leaves_the_line_where_it_was(store):
    a_life(store, 26)
    _, rows = chart(looking("Each kind of time"))
    before, gap = labels_in(store, long_life.UNWRITTEN + 1, long_life.UNWRITTEN)
    told = {row["label"]: row for row in rows}

    assert told[gap].get("lived") is None
    assert told[before]["line"] == told[gap]["line"]


def test_a_week_picked_from_the_list_is_opened_under_the_chart(store):
    a_life(store, 3)
    at = looking()
    (label,) = labels_in(store, 2)
    at.selectbox(key="weeks open").set_value(label).run()
    household, week = store.load_household(), the_week(store) - 2
    happened = [o for o in store.load_plan(week).occurrences if o.lived]

    assert f"The week of {local_time.first_day(week, household).day} " in at.subheader[0].value
    assert happened
    assert all(o.title in texts(at) for o in happened)


def opened_week(store, back):
    at = looking()
    at.selectbox(key="weeks open").set_value(labels_in(store, back)[0]).run()
    return at


def followed(at, label):
    next(b for b in at.button if b.label == label).click().run()
    assert not at.exception
    assert not at.error
    return at


@pytest.mark.parametrize("back", [1, 2])
def test_from_a_week_that_is_over_a_button_leads_to_looking_back_on_it(store, back):
    a_life(store, 3)
    at = followed(opened_week(store, back), "Look back on this week")
    household, ahead = store.load_household(), the_week(store)
    at_hand, then = (local_time.first_day(week, household) for week in (ahead, ahead - back))

    assert f"The week of {at_hand.day} {at_hand:%B}" == at.title[0].value
    assert f"How was the week of {then.day} {then:%B}?" in [h.value for h in at.header]
    assert "1 · Look back" == at.segmented_control(key="sunday step").value


def test_from_the_week_to_plan_a_button_leads_to_its_sunday(store):
    a_life(store, 3)
    at = followed(opened_week(store, 0), "Go to this week")

    assert str(the_week(store)) == at.session_state["week"]
    assert at.title[0].value.startswith("The week of")


def test_a_week_without_a_plan_can_be_looked_back_on_too(empty):
    week = the_week(empty) - 2
    for kept in (week - 1, week + 2):
        empty.change_plan(a_plan(week=kept), lambda plan: plan)
    led = followed(opened_week(empty, 2), "Look back on this week").session_state
    at = opened(step="1 · Look back")
    at.session_state[f"look back at {week + 2}"] = led[f"look back at {week + 2}"]
    at.session_state[f"happened {week}"] = True
    at.run()
    next(p for p in at.pills if p.label == "Together, about how long").set_value(60).run()

    assert [60] == [o.lived for o in empty.load_plan(week).occurrences if o.spontaneous]


def test_a_week_with_a_trip_alone_names_what_the_trip_brings(empty):
    week = the_week(empty)
    days = (local_time.first_day(week, empty.load_household()) + timedelta(days=n) for n in (1, 3))
    now = datetime.now(UTC)
    empty.save_difference(Difference("1", What.AWAY, *days, now, TWO, nights=True))
    empty.change_plan(a_plan(week=week), lambda plan: plan)
    one = empty.load_household().partners[0].name
    said = texts(opened_week(empty, 0))

    assert f"{one}, with the children · " in said
    assert "while the other is away" in said
    assert "Nothing is written down here" not in said


def roughly(store, *occurrences, **whole):
    week = the_week(store) - 1
    strands = {Strand(Kind(kind), None if kind == "together" else "one"): minutes
               for kind, minutes in whole.items()}  # fmt: skip
    plan = replace(a_plan(*occurrences, week=week), lived=strands)
    store.change_plan(plan, lambda _: plan)
    return texts(opened_week(store, 1))


def test_an_open_week_that_was_said_roughly_says_so(store):
    store.save_household(a_household())
    said = roughly(store, together=300, alone=0)

    assert "Together · about 5 h, said roughly" in said
    assert r"Maya, alone · none this time, said roughly" in said
    assert "Nothing is written down here" not in said


def test_an_open_week_that_was_said_both_ways_says_which_counts(store):
    store.save_household(a_household())
    talk = an_occurrence(week=the_week(store) - 1, said=Said.AS_PLANNED, lived=60)
    said = roughly(store, talk, together=300)

    assert "Together · about 5 h, said roughly" in said
    assert "Late talk · Thursday 20:00 · 1 h" in said
    assert r"Together\: what was said roughly counts there." in said


def test_an_open_week_of_grace_says_its_name_and_that_it_rested(store):
    store.save_household(a_household())
    week = the_week(store) - 1
    talk = an_occurrence(week=week, said=Said.AS_PLANNED, lived=60)
    rests = review.rest(a_plan(talk, week=week), "Illness")
    store.change_plan(rests, lambda _: rests)
    said = texts(opened_week(store, 1))

    assert "A week off · Illness. Everything rested." in said
    assert "Late talk · " not in said
    assert "Nothing is written down here" not in said


def test_a_week_that_is_said_in_part_says_so_where_it_stands_and_where_it_is_opened(store):
    store.save_household(a_household())
    week = the_week(store) - 1
    talk = an_occurrence(week=week, said=Said.AS_PLANNED, lived=60)
    quiet = an_occurrence("Mon 10:00-11:00", week=week, kind=Kind.ALONE, partner="one", id="q")
    plan = a_plan(talk, quiet, week=week)
    store.change_plan(plan, lambda _: plan)
    before = texts(opened_week(store, 1))
    store.change_plan(plan, review.answer_all_as_planned)
    after = texts(opened_week(store, 1))

    assert "Some of it is not said yet." in before
    assert "Dots above a week: some of it is not said yet." in before
    assert "not said yet" not in after


def test_an_open_week_of_which_nothing_was_lived_says_whether_that_was_said(store):
    store.save_household(a_household())
    week = the_week(store) - 1
    plan = a_plan(an_occurrence(week=week), week=week)
    store.change_plan(plan, lambda _: plan)
    before = texts(opened_week(store, 1))
    store.change_plan(plan, lambda plan: review.answer(plan, plan.occurrences[0].id, Said.LET_GO))

    assert "Nothing is said of it yet." in before
    assert "All of it was let go." in texts(opened_week(store, 1))


def test_a_week_that_is_no_longer_shown_is_closed(store):
    a_life(store, 20)
    at = looking()
    at.selectbox(key="weeks open").set_value(labels_in(store, 12)[0]).run()
    at.segmented_control(key="weeks length").set_value(8).run()

    assert at.selectbox(key="weeks open").value is None
    assert not at.subheader


def test_the_table_is_made_when_it_is_opened_and_holds_the_same_numbers(store):
    a_life(store, 3)
    at = looking("A year")
    assert not at.get("arrow_table")
    at.session_state["weeks table"] = True
    at.run()
    _, rows = chart(at)
    (table,) = at.table
    told = [wording.hours(round(row["hours"] * 60)) for row in reversed(rows)
            if row.get("hours") is not None]  # fmt: skip

    assert told == list(table.value["Hours together"])


@pytest.mark.parametrize("view", ["Weeks", "A year"])
def test_a_long_table_begins_with_the_newest_week_and_says_that_there_is_more(store, view):
    a_life(store, 20)
    at = looking(view)
    at.session_state["weeks table"] = True
    at.run()
    (table,) = at.table
    newest = labels_in(store, 0 if view == "Weeks" else 1)[0]

    assert newest.rsplit(" ", 1)[0].split()[0] in table.value.iloc[0, 0].split()
    assert "The newest week first" in texts(at)


def test_each_view_can_be_taken_along_as_numbers_and_as_a_picture(store):
    a_life(store, 3)
    for view in VIEWS:
        at = looking(view)
        made = [offered(at.session_state, f"weeks file {name}").make() for name in files(at)]

        assert ["CSV", "PNG", "SVG"] == files(at)
        assert made[1].startswith(b"\x89PNG")
        assert made[2].startswith(b"<svg")


def test_a_picture_is_read_as_its_chart_is(store, monkeypatch):
    a_life(store, 3)
    taken = []
    monkeypatch.setattr(query, "show", lambda _question, _sheet, picture: taken.append(picture))
    for view in VIEWS:
        said = texts(looking(view))

        assert taken[-1].key, view
        assert taken[-1].key in said, view


def test_a_picture_is_of_the_weeks_it_names(store):
    a_life(store, 3)
    household, ahead = store.load_household(), the_week(store)
    asked = query.ViewQuery(household, ahead, tuple(ahead - n for n in (2, 1, 0)), "")
    first, last = (local_time.first_day(week, household) for week in (ahead - 2, ahead))

    assert query.period(asked) == (
        f"From the week of {first.day} {first:%B} {first.year} "
        f"to that of {last.day} {last:%B} {last.year}"
    )


def test_what_people_wrote_is_text_wherever_it_is_shown(store):
    names = ("*Maya*", "[Jonas](x)")
    store.save_household(a_household(names=names))
    week = the_week(store)
    told = an_occurrence(week=week - 1, title="**Talk**", said=Said.AS_PLANNED, lived=60)
    solo = an_occurrence("Mon 10:00-11:00", week=week - 1, kind=Kind.ALONE, partner="one", id="a",
                         said=Said.AS_PLANNED, lived=60)  # fmt: skip
    plan = a_plan(told, solo, week=week - 1)
    store.change_plan(plan, lambda _: plan)
    at = looking()
    at.selectbox(key="weeks open").set_value(labels_in(store, 1)[0]).run()

    assert r"\*\*Talk\*\*" in texts(at)
    at = looking("The two of us")
    at.session_state["weeks table"] = True
    at.run()
    assert [r"\*Maya\*", r"\[Jonas\](x)"] == list(at.table[0].value.columns)[1:]


def test_what_rests_and_what_would_be_new_leads_to_our_rituals(store):
    a_life(store, 30)
    at = looking("Our rituals", 8)

    assert "would be a first" in texts(at)
    assert ["Look at our rituals"] == [link.proto.label for link in at.get("page_link")]


def test_what_would_be_a_first_is_not_one_of_the_others_to_try(store):
    a_life(store, 30)
    at = looking("Our rituals", 8)
    there = catalogue.load(catalogue.SUGGESTED) | store.load_rituals()
    ours = fitting(there.values(), store.load_household())
    tried = aggregates.last_lived(store, there, the_week(store))
    others = len([ritual for ritual in ours if ritual.id not in tried]) - 1

    assert f"would be a first. {others} others are there to try." in texts(at)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (2, "would be a first. One other is there to try."),
        (1, "would be a first."),
    ],
)
def test_of_the_last_ones_that_were_never_lived_each_is_told_once(store, wanted, sentence):
    a_life(store, 30)
    there = catalogue.load(catalogue.SUGGESTED) | store.load_rituals()
    ours = fitting(there.values(), store.load_household())
    tried = aggregates.last_lived(store, there, the_week(store))
    for ritual in [ritual for ritual in ours if ritual.id not in tried][wanted:]:
        store.save_ritual(replace(ritual, retired=True))
    told = [m.value for m in looking("Our rituals", 8).markdown if "would be a first" in m.value]

    assert [True] == [one.endswith(sentence) for one in told]


def test_a_grace_season_has_no_word_of_its_own_without_one(store):
    a_life(store, 2)
    ahead = the_week(store)
    rests = replace(store.load_plan(ahead), season=Season.GRACE, grace="")
    store.change_plan(rests, lambda _: rests)
    _, rows = chart(looking())

    assert ["week off"] == [row["note"] for row in rows if row.get("grace")]
    assert () == standing(store.load_plan(ahead))
