"""The first step of the sitting: what is said of a week, and what rests."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from pages.session import widgets
from rituals.calendars.outgoing.ledger import Ledger
from rituals.insights import balance
from rituals.model import local_time, note, totals
from rituals.model.calendar import Audience, Route
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Choice, Hope, Said, Season, standing
from rituals.model.time.formats import STANDARD
from rituals.planning import catalogue, changes, review, sample
from tests.conftest import sample_couple
from tests.pages.test_pages import SHELL, STEPS, opened, pressed, slider, texts, the_week
from tests.support.notation import a_household, a_plan, an_occurrence, today_at_home

CATALOGUE = catalogue.load(catalogue.SUGGESTED)
HOME = a_household()
TOGETHER, HERS = Strand(Kind.TOGETHER), Strand(Kind.ALONE, ONE)
NEVER_SAID = ("failed", "missed", "behind", "overdue", "should", "streak", "score", "%")


@pytest.fixture
def lately(empty):
    """A week of an evening together and an hour of hers, of which nothing has been said."""
    last = the_week(empty) - 1
    evening = an_occurrence("Tue 20:00-21:30", week=last)
    hour = an_occurrence(
        "Wed 19:00-20:00", week=last, ritual="quiet-hour", kind=Kind.ALONE, partner=ONE
    )
    chosen = (Choice("late-talk", None, 1), Choice("quiet-hour", ONE, 1))
    hopes = changes.first_plan(last, HOME).hopes
    kept = a_plan(evening, hour, week=last, choices=chosen, hopes=hopes)
    empty.change_plan(kept, lambda plan: plan)
    return empty


def last_week(store):
    return store.load_plan(the_week(store) - 1)


def unfold(at, *keys):
    for key in keys:
        at.session_state[key] = True
    return at.run()


def looking_back(store, *folds, week=None):
    at = opened(step=STEPS[0])
    assert not at.error
    about = week or the_week(store) - 1
    return unfold(at, *(f"{fold} {about}" for fold in folds)) if folds else at


def box(at, label):
    return next(b for b in at.selectbox if b.label == label)


def labels(elements):
    return [element.label for element in elements]


# -- one by one


def test_nothing_said_is_open_without_a_word(lately):
    assert "open" not in texts(looking_back(lately))
    assert balance.lived_minutes(last_week(lately), TOGETHER, HOME) is None


def test_of_time_alone_the_one_who_had_it_says_how_it_was(lately):
    assert "For time alone, the one who had it knows best." in texts(
        looking_back(lately, "look back")
    )


def test_minutes_are_asked_for_once_something_was_said_and_kept_beside_the_plan(lately):
    at = looking_back(lately, "look back")
    evening = last_week(lately).occurrences[0]
    label = "Late talk, Tuesday 20:00, how long it was"
    before = labels(at.selectbox)
    at.segmented_control(key=f"said {the_week(lately) - 1} {evening.id} v 0").set_value(
        Said.A_LITTLE
    ).run()
    box(unfold(at, f"look back {the_week(lately) - 1}"), label).set_value(60).run()

    assert label not in before
    assert replace(evening, said=Said.A_LITTLE, lived=60) == last_week(lately).occurrences[0]
    assert 60 == box(looking_back(lately, "look back"), label).value
    assert "The others stay open." in texts(at)


def test_of_what_was_let_go_nobody_asks_how_long(lately):
    lately.change_plan(
        last_week(lately), lambda p: review.answer(p, p.occurrences[0].id, Said.LET_GO)
    )
    at = looking_back(lately, "look back")

    assert not [label for label in labels(at.selectbox) if "how long" in label]


def test_just_as_planned_says_the_rest_and_then_is_gone(lately):
    at = pressed(looking_back(lately), "Just as planned")

    assert "Just as planned" not in labels(at.button)
    assert "Everything is said" in texts(at)
    assert {60, 90} == {o.lived for o in last_week(lately).occurrences}


def test_just_as_planned_can_be_taken_back_and_what_was_said_by_hand_stays(lately):
    evening, hour = last_week(lately).occurrences
    lately.change_plan(last_week(lately), lambda p: review.answer(p, hour.id, Said.A_LITTLE))
    at = pressed(looking_back(lately, "look back"), "Just as planned")
    all_of_it = review.is_answered(last_week(lately))
    pressed(at, "Take it back")

    assert all_of_it
    assert (evening, replace(hour, said=Said.A_LITTLE, lived=30)) == last_week(lately).occurrences
    assert "Just as planned" in labels(at.button)
    assert "Take it back" not in labels(at.button)


def test_in_a_later_visit_just_as_planned_is_said_anew_one_by_one(lately):
    pressed(looking_back(lately), "Just as planned")

    assert "Take it back" not in labels(looking_back(lately).button)


def test_what_was_said_or_taken_out_leaves_no_step_to_undo(lately):
    at = looking_back(lately, "look back", "look back whole", "happened")
    evening = last_week(lately).occurrences[0]
    at.segmented_control(key=f"said {the_week(lately) - 1} {evening.id} v 0").set_value(
        Said.A_LITTLE
    ).run()
    box(at, "Late talk, Tuesday 20:00, how long it was").set_value(60).run()
    box(at, "Together").set_value(180).run()
    next(p for p in at.pills if p.label == "Together, about how long").set_value(30).run()
    pressed(at, "Take it out")
    pressed(at, "Just as planned")
    at.session_state["week"] = str(the_week(lately) - 1)
    at.segmented_control(key="sunday step").set_value(STEPS[3]).run()

    assert review.is_answered(last_week(lately))
    assert 2 == len(last_week(lately).occurrences)
    assert "Undo" not in [b.label for b in at.button]


# -- as a whole


def test_a_strand_said_roughly_counts_alone(lately):
    at = looking_back(lately, "look back whole")
    box(at, "Together").set_value(180).run()
    pressed(at, "Just as planned")
    kept = last_week(lately)

    assert {TOGETHER: 180} == kept.lived
    assert 180 == balance.lived_minutes(kept, TOGETHER, HOME)
    assert [None, Said.AS_PLANNED] == [o.said for o in kept.occurrences]
    assert 180 == box(looking_back(lately, "look back whole"), "Together").value


def test_what_was_said_roughly_can_be_taken_back(lately):
    lately.change_plan(last_week(lately), lambda p: review.answer_for_strand(p, TOGETHER, 180))
    at = looking_back(lately, "look back whole", "look back")
    said = texts(at)
    box(at, "Together").set_value(widgets.UNSAID).run()

    assert "what was said roughly counts" in said
    assert {} == last_week(lately).lived


def test_of_time_with_the_children_nothing_is_told_once_there_are_none(lately):
    for strand in (HERS, Strand(Kind.SOLO, ONE)):
        lately.change_plan(
            last_week(lately), lambda p, of=strand: review.answer_for_strand(p, of, 120)
        )
    lately.save_household(replace(lately.load_household(), children=False))
    said = texts(looking_back(lately, "look back"))

    assert r"Maya, alone\: what was said roughly counts there." in said
    assert "with the children" not in said


# -- what just happened


def test_what_just_happened_takes_two_taps(lately):
    at = looking_back(lately, "happened")
    next(p for p in at.pills if p.label == "Maya, alone, about how long").set_value(120).run()
    household = lately.load_household()
    today = local_time.local_day(datetime.now(UTC), household)
    own = local_time.days(the_week(lately) - 1, household)
    (happened,) = [o for o in last_week(lately).occurrences if o.spontaneous]

    assert (HERS, 120, Said.AS_PLANNED) == (happened.strand, happened.lived, happened.said)
    assert min(today, own[-1]) == local_time.local_day(happened.start, household)
    assert {None} == {p.value for p in at.pills}


def test_each_tap_is_one_more_and_can_be_taken_out(lately):
    at = looking_back(lately, "happened")
    for minutes in (30, 30):
        next(p for p in at.pills if p.label == "Together, about how long").set_value(minutes).run()
    both = [o for o in last_week(lately).occurrences if o.spontaneous]
    pressed(at, "Take it out")

    assert 2 == len(both)
    assert 1 == len([o for o in last_week(lately).occurrences if o.spontaneous])


def test_what_just_happened_may_have_another_day_part_and_word(lately):
    last = the_week(lately) - 1
    at = unfold(looking_back(lately), f"happened {last}", f"happened more {last}")
    tuesday = local_time.days(last, HOME)[1]
    at.selectbox(key=f"happened day {last}").set_value(tuesday).run()
    at.pills(key="happened part").set_value("Morning").run()
    at.text_input[0].set_value("  Rain,\tand *tea* ").run()
    next(p for p in at.pills if p.label == "Together, about how long").set_value(60).run()
    (happened,) = [o for o in last_week(lately).occurrences if o.spontaneous]
    start = happened.start.astimezone(HOME.tz)

    assert "Rain, and *tea*" == happened.title
    assert (tuesday, 8) == (start.date(), start.hour)
    assert "\\*tea\\*" in texts(at)


def test_a_week_still_begins_as_the_last_one_after_something_happened_in_it(empty):
    before = a_plan(week=the_week(empty) - 2, choices=(Choice("late-talk", None, 1),))
    empty.change_plan(before, lambda plan: plan)
    at = looking_back(empty, "happened")
    next(p for p in at.pills if p.label == "Together, about how long").set_value(30).run()

    assert before.choices == last_week(empty).choices


def test_what_just_happened_in_a_week_without_plans_leaves_the_rest_open(empty):
    at = looking_back(empty, "happened")
    next(p for p in at.pills if p.label == "Together, about how long").set_value(120).run()
    last = last_week(empty)
    known = {s: balance.lived_minutes(last, s, HOME) for s in HOME.strands()}

    assert "Everything is said" not in texts(at)
    assert "What you said is kept, and the rest stays open." in texts(at)
    assert {TOGETHER: 120} == {s: minutes for s, minutes in known.items() if minutes is not None}


def on_the_grid(at):
    told = [json.loads(component.proto.json) for component in at.get("bidi_component")]
    return json.dumps([one for one in told if "week" in one])


def test_the_grid_beside_holds_what_happened_and_not_what_was_let_go(lately):
    evening = last_week(lately).occurrences[0]
    before = on_the_grid(looking_back(lately))
    lately.change_plan(last_week(lately), lambda p: review.answer(p, evening.id, Said.LET_GO))
    happened = {"spontaneous": True, "said": Said.AS_PLANNED, "lived": 60, "id": "a walk"}
    walk = an_occurrence("Sat 15:00-16:00", week=the_week(lately) - 1, ritual=None, **happened)
    lately.change_plan(last_week(lately), lambda p: review.add_spontaneous(p, walk))
    after = on_the_grid(looking_back(lately))

    assert (True, False) == (evening.id in before, walk.id in before)
    assert (False, True) == (evening.id in after, walk.id in after)


# -- a week that has not begun


@pytest.fixture
def two_weeks_on(filled):
    """The sitting about the week after next, with a plan for the week before it."""
    ahead = the_week(filled) + 1
    lying = a_plan(an_occurrence(week=ahead), week=ahead)
    filled.change_plan(filled.load_plan(ahead) or lying, lambda plan: plan)
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.session_state["week"] = str(ahead + 1)
    return at.run()


def test_nobody_is_asked_how_a_week_was_that_has_not_begun(two_weeks_on):
    first = two_weeks_on.segmented_control(key="sunday step").value
    two_weeks_on.segmented_control(key="sunday step").set_value(STEPS[0]).run()

    assert STEPS[1] == first
    assert not two_weeks_on.exception
    assert "has not begun yet" in texts(two_weeks_on)
    assert "Just as planned" not in labels(two_weeks_on.button)


def test_no_week_ahead_is_offered_to_look_back_on(filled, two_weeks_on):
    two_weeks_on.segmented_control(key="sunday step").set_value(STEPS[0]).run()
    today = local_time.local_day(datetime.now(UTC), sample.HOUSEHOLD)
    told = filled.week_summaries(local_time.week_of(today, sample.HOUSEHOLD) + 1)

    assert len(told) == len(box(two_weeks_on, "Another week").options)


def test_of_a_week_that_has_not_begun_a_week_of_grace_can_still_be_told(two_weeks_on, filled):
    two_weeks_on.segmented_control(key="sunday step").set_value(STEPS[0]).run()
    this = local_time.week_of(
        local_time.local_day(datetime.now(UTC), sample.HOUSEHOLD), sample.HOUSEHOLD
    )
    pressed(unfold(two_weeks_on, f"grace {this}"), "Illness")

    assert "Illness" == filled.load_plan(this).grace


def test_nobody_tells_of_days_that_lie_ahead(two_weeks_on):
    two_weeks_on.segmented_control(key="sunday step").set_value(STEPS[0]).run()
    this = local_time.week_of(
        local_time.local_day(datetime.now(UTC), sample.HOUSEHOLD), sample.HOUSEHOLD
    )
    at = unfold(two_weeks_on, f"happened {this}", f"happened more {this}")
    today = local_time.local_day(datetime.now(UTC), sample.HOUSEHOLD)
    offered = at.selectbox(key=f"happened day {this}").options

    assert STANDARD.day(today) == offered[0]
    assert today.weekday() + 1 - sample.HOUSEHOLD.week_starts == len(offered)


def test_a_week_that_is_not_over_is_asked_for_how_it_is_so_far(filled):
    home = sample.HOUSEHOLD
    today = local_time.local_day(datetime.now(UTC), home)
    this = local_time.week_of(today, home)
    filled.change_plan(changes.first_plan(this, home), lambda plan: plan)
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.session_state["week"], at.session_state["sunday step"] = str(this + 1), STEPS[0]
    at.run()
    is_last_day = today == local_time.days(this, home)[-1]
    asked = f"How was the week of {day_of(this)}?", f"How is the week of {day_of(this)} so far?"

    assert asked[not is_last_day] in [header.value for header in at.header]


# -- an earlier week


def test_any_earlier_week_can_be_opened_and_mended(filled):
    week = the_week(filled)
    at = looking_back(filled)
    options = box(at, "Another week").options
    first = local_time.first_day(week - 15, sample.HOUSEHOLD)
    quiet = [option for option in options if "nothing said yet" in option]
    box(at, "Another week").set_value(str(week - 15)).run()
    heading = [header.value for header in at.header]
    pressed(at, "Just as planned")

    assert 29 == len(options), "every week with a plan, but for the one that is shown without it"
    assert quiet[0].startswith(f"Week of {first.day} {first:%B}")
    assert f"How was the week of {first.day} {first:%B}?" in heading
    assert review.is_answered(filled.load_plan(week - 15))
    assert not review.is_answered(filled.load_plan(week - 1))


def shown(at):
    return next(header.value for header in at.header if header.value.startswith("How was"))


def day_of(week):
    first = local_time.first_day(week, sample.HOUSEHOLD)
    return f"{first.day} {first:%B}"


def test_after_an_earlier_week_the_one_just_before_can_be_reached_again(filled):
    last = the_week(filled) - 1
    at = looking_back(filled)
    before = shown(at)
    box(at, "Another week").set_value(str(last - 3)).run()
    earlier = shown(at)
    pressed(at, f"Back to the week of {day_of(last)}")
    by_button = shown(at)
    box(at, "Another week").set_value(str(last - 3)).run()
    box(at, "Another week").set_value(str(last)).run()

    assert f"How was the week of {day_of(last)}?" == before == by_button == shown(at)
    assert f"How was the week of {day_of(last - 3)}?" == earlier
    assert 29 == len(box(at, "Another week").options)
    assert not [label for label in labels(at.button) if label.startswith("Back to")]


def test_an_earlier_week_stays_open_when_its_line_says_something_new(filled):
    week = the_week(filled) - 3
    at = looking_back(filled)
    box(at, "Another week").set_value(str(week)).run()
    before = box(at, "Another week").options
    pressed(unfold(at, f"grace {week}"), "Moving")
    after = box(at, "Another week").options

    assert before != after
    assert str(week) == box(at, "Another week").value
    assert "A week off · Moving." in texts(at)


def test_another_week_says_which_ones_rested(filled):
    at = looking_back(filled)

    assert 2 == sum("week off" in option for option in box(at, "Another week").options)


# -- grace


def test_a_week_rests_with_one_tap_and_comes_back_as_it_was(lately):
    hard = lately.change_plan(last_week(lately), lambda p: changes.in_season(p, Season.HARD))
    at = pressed(looking_back(lately, "grace"), "Illness")
    rests = last_week(lately)
    said = texts(at)

    assert (Season.GRACE, "Illness", hard.occurrences) == (
        rests.season, rests.grace, rests.occurrences,
    )  # fmt: skip
    assert "A week off · Illness." in said
    assert [] == [b for b in labels(at.button) if b == "Just as planned"]
    pressed(at, "Take it back")
    assert hard == last_week(lately)


def test_on_a_first_sunday_the_week_before_it_may_have_been_one_of_grace(empty):
    at = pressed(looking_back(empty, "grace"), "Moving")
    begun = opened(step=STEPS[1])

    assert "Moving" == last_week(empty).grace
    assert "A week off · Moving." in texts(at)
    assert not begun.error
    assert Season.USUAL is (empty.load_plan(the_week(empty)) or a_plan()).season


def test_several_weeks_rest_at_once_also_those_without_a_plan(lately):
    week = the_week(lately)
    at = looking_back(lately, "grace")
    box(at, "From the week of").set_value(str(week - 4))
    at.text_input[0].set_value("A *new* roof")
    pressed(at, "Let it rest")
    kept = lately.load_plans([week + n for n in range(-6, 1)])

    assert {week + n: "A *new* roof" for n in range(-4, 0)} == {w: p.grace for w, p in kept.items()}
    pressed(at, "Take all 4 weeks back")
    kept = lately.load_plans([week + n for n in range(-6, 1)])
    assert {Season.USUAL} == {plan.season for plan in kept.values()}


def test_the_week_at_hand_rests_for_as_long_as_it_takes(lately):
    week = the_week(lately)
    at = opened(step=STEPS[1])
    next(c for c in at.segmented_control if "Week off" in c.options).set_value(Season.GRACE).run()
    next(p for p in at.pills if "Newborn" in p.options).set_value("Newborn").run()
    box(at, "For how many weeks").set_value(6).run()
    ahead = [week + n for n in range(7)]
    six = [lately.load_plan(w) for w in ahead]
    box(at, "For how many weeks").set_value(2).run()
    two = [lately.load_plan(w) for w in ahead]

    assert [*["Newborn"] * 6, None] == [p and p.grace for p in six]
    assert [*[Season.GRACE] * 2, *[Season.USUAL] * 4, None] == [p and p.season for p in two]
    assert 2 == box(opened(step=STEPS[1]), "For how many weeks").value
    assert 2 == len(standing(two[2])), "what came back lies in its places"


def test_a_rest_longer_than_eight_weeks_is_shortened_to_one(lately):
    ahead = [the_week(lately) + n for n in range(10)]
    for week in ahead:
        lately.change_plan(a_plan(week=week), lambda plan: review.rest(plan, "Newborn"))
    at = opened(step=STEPS[1])
    shown = box(at, "For how many weeks").value
    box(at, "For how many weeks").set_value(1).run()

    assert 10 == shown
    assert [Season.GRACE, *[Season.USUAL] * 9] == [lately.load_plan(w).season for w in ahead]


def test_two_weeks_of_rest_are_both_taken_back(lately):
    for back in (1, 2):
        rests = a_plan(week=the_week(lately) - back)
        lately.change_plan(rests, lambda plan: review.rest(plan, "Newborn"))

    assert "Take both weeks back" in labels(looking_back(lately).button)


def test_a_long_rest_is_taken_back_as_a_whole(lately):
    for back in range(1, 13):
        rests = a_plan(week=the_week(lately) - back)
        lately.change_plan(rests, lambda plan: review.rest(plan, "Newborn"))

    assert "Take all 12 weeks back" in labels(looking_back(lately).button)


def test_grace_may_have_a_word_of_their_own(lately):
    at = opened(step=STEPS[1])
    next(c for c in at.segmented_control if "Week off" in c.options).set_value(Season.GRACE).run()
    next(p for p in at.pills if "Newborn" in p.options).set_value("Moving").run()
    next(t for t in at.text_input if "your own" in t.label).set_value("Grandmother is here").run()

    assert "Grandmother is here" == lately.load_plan(the_week(lately)).grace
    assert next(p for p in at.pills if "Newborn" in p.options).value is None


def test_a_week_after_grace_begins_from_the_last_week_before_it(lately):
    week = the_week(lately)
    quiet = (Choice("quiet-hour", ONE, 1),)
    before = a_plan(week=week - 3, hopes={TOGETHER: Hope(300, 450)}, choices=quiet)
    lately.change_plan(before, lambda plan: plan)
    for back in (-2, -1):
        other = a_plan(week=week + back, hopes={TOGETHER: Hope(300, 60)})
        lately.change_plan(other, lambda _, other=other: review.rest(other, "Illness"))
    at = opened(step=STEPS[1])
    hoped = slider(at, "Together").value
    slider(at, "Together").set_value(480).run()

    assert 450 == hoped
    assert quiet == lately.load_plan(week).choices


@pytest.mark.usefixtures("on_sunday")
def test_calendars_hear_of_grace_as_of_everything_that_was_let_go(filled):
    week = the_week(filled) + 1
    now = datetime.now(UTC)
    at = opened(step=STEPS[1])
    at.session_state["week"] = str(week)
    together = slider(at.run(), "Together")
    together.set_value(together.value + 30).run()
    lying = standing(filled.load_plan(week))
    ledger = Ledger(filled.load_household(), Audience.SHARED, Route.FILE)
    filled.save_exported(ledger.new_entries(week, lying, now))
    told = Ledger.of(ledger.household, ledger.audience, ledger.route, filled.load_exported())

    next(c for c in at.segmented_control if "Week off" in c.options).set_value(Season.GRACE).run()
    news = told.pending(standing(filled.load_plan(week)), now)
    assert {o.id for o in lying} == {t.occurrence for t in news.let_go}
    assert () == news.new == news.moved
    next(c for c in at.segmented_control if "Week off" in c.options).set_value(Season.USUAL).run()
    assert not told.pending(standing(filled.load_plan(week)), now)


# -- after a long time


@pytest.fixture
def long_ago(store):
    """A couple whose newest plan is seven weeks old."""
    couple = sample_couple(today_at_home() - local_time.ONE_DAY * 49, 3)
    store.fill(couple.household, (), couple.plans)
    return store


def test_after_six_empty_weeks_the_sitting_opens_on_this_week(long_ago):
    at = opened()
    first = local_time.first_day(the_week(long_ago), sample.HOUSEHOLD)

    assert STEPS[1] == at.segmented_control(key="sunday step").value
    assert f"The week of {first.day} {first:%B}" == at.title[0].value
    slider(at, "Together").set_value(90).run()
    assert 90 == totals.hoped(long_ago.load_plan(the_week(long_ago)), TOGETHER)


@pytest.mark.usefixtures("long_ago")
def test_after_six_empty_weeks_the_look_back_says_one_friendly_sentence():
    at = opened(step=STEPS[0])
    said = texts(at)

    assert "Good to see you." in said
    assert [] == [*at.error, *at.warning, *at.info]
    assert "Just as planned" not in labels(at.button)
    assert not [word for word in NEVER_SAID if word in said.lower()]
    pressed(at, "On to balance")
    assert STEPS[1] == at.segmented_control(key="sunday step").value


def test_the_empty_weeks_can_rest_with_one_tap(long_ago):
    week = the_week(long_ago)
    at = opened(step=STEPS[0])
    at = unfold(at, f"grace {week}") if f"grace {week}" in at.session_state else at
    unfold(at, f"grace {week - 1}")
    pressed(at, "Newborn")
    kept = long_ago.load_plans([week + n for n in range(-8, 1)])

    assert {week + n for n in range(-6, 0)} == {w for w, p in kept.items() if p.grace == "Newborn"}


# -- what was noticed


def writing(store, writer="From Maya"):
    at = looking_back(store, "noticed")
    next(p for p in at.pills if "From Maya" in p.options).set_value(
        ONE if writer == "From Maya" else TWO
    ).run()
    return at


def written(store, text, button):
    at = writing(store)
    at.text_area[0].set_value(text)
    return pressed(at, button)


def test_a_line_is_private_until_its_writer_shares_it(lately):
    at = written(lately, "you brought me *coffee*", "Keep it for now")
    hidden = texts(at)
    next(t for t in at.toggle if t.label == "Show mine").set_value(True).run()
    shown = texts(at)
    jonas = writing(lately, "From Jonas")

    assert "coffee" not in hidden
    assert "you brought me \\*coffee\\*" in shown
    assert "courtesy, not a lock" in shown
    assert "coffee" not in texts(jonas)
    assert "Show mine" not in labels(jonas.toggle)
    pressed(at, "Share it")
    assert "coffee" in texts(looking_back(lately, "noticed"))


def sitting_alone(at, key):
    at.get_by_key("who").set_value(key).run()
    return at


def test_who_sits_here_alone_writes_without_being_asked(lately):
    at = sitting_alone(looking_back(lately, "noticed"), TWO)
    at.text_area[0].set_value("you sang")
    pressed(at, "Keep it for now")
    (line,) = lately.load_noticed()

    assert [] == [p for p in at.pills if "From Maya" in p.options]
    assert (TWO, "you sang", False) == (line.writer, line.text, line.shared)


def test_from_the_other_s_seat_a_private_line_can_be_neither_read_nor_shared(lately):
    written(lately, "you brought me coffee", "Keep it for now")
    jonas = sitting_alone(looking_back(lately, "noticed"), TWO)
    maya = sitting_alone(looking_back(lately, "noticed"), ONE)

    assert "Show mine" not in labels(jonas.toggle)
    assert "coffee" not in texts(jonas)
    assert "Share it" not in [b.label for b in jonas.button if "noticed share" in (b.key or "")]
    assert "Show mine" in labels(maya.toggle)


def test_of_two_with_one_name_each_writes_a_line(lately):
    lately.save_household(a_household(names=("Sam", "Sam")))
    at = looking_back(lately, "noticed")
    asked = next(p for p in at.pills if any("From" in option for option in p.options))
    asked.set_value(TWO).run()
    at.text_area[0].set_value("you sang")
    pressed(at, "Share it")

    assert ["From Sam · one", "From Sam · two"] == asked.options
    assert [TWO] == [line.writer for line in lately.load_noticed()]


def test_lines_shown_on_one_s_own_go_when_the_other_sits_down(lately):
    written(lately, "you brought me coffee", "Keep it for now")
    at = sitting_alone(looking_back(lately, "noticed"), ONE)
    next(t for t in at.toggle if t.label == "Show mine").set_value(True).run()
    shown = texts(at)

    assert "coffee" in shown
    assert "coffee" not in texts(sitting_alone(at, TWO))
    assert "coffee" not in texts(sitting_alone(at, ""))


def test_there_is_one_line_a_week_from_each(lately):
    at = written(lately, "you sang", "Share it")
    (line,) = lately.load_noticed()

    assert (the_week(lately) - 1, ONE, "you sang", True) == (
        line.week, line.writer, line.text, line.shared,
    )  # fmt: skip
    assert [] == list(at.text_area)
    assert writing(lately, "From Jonas").text_area


def test_a_line_without_words_is_not_kept_and_a_long_one_ends(lately):
    written(lately, "   ", "Share it")
    nothing = lately.load_noticed()
    written(lately, "x" * 400, "Share it")

    assert () == nothing
    assert note.LETTERS == len(lately.load_noticed()[0].text)


def test_a_line_can_be_forgotten(lately):
    at = written(lately, "you sang", "Keep it for now")
    next(t for t in at.toggle if t.label == "Show mine").set_value(True).run()
    pressed(at, "Forget it")

    assert () == lately.load_noticed()


def mine(store):
    at = writing(store)
    next(t for t in at.toggle if t.label == "Show mine").set_value(True).run()
    return at


@pytest.mark.parametrize("button", ["Keep it for now", "Share it"])
def test_a_line_can_be_changed_by_its_writer(lately, button):
    written(lately, "you sang", button)
    (before,) = lately.load_noticed()
    at = pressed(mine(lately), "Change it")
    next(t for t in at.text_area if t.label == "Your words").set_value("you *hummed*")
    pressed(at, "Keep it like this")

    assert (replace(before, text="you *hummed*"),) == lately.load_noticed()
    assert "“you \\*hummed\\*”" in texts(at)


def test_a_change_can_be_left_and_empty_words_change_nothing(lately):
    written(lately, "you sang", "Share it")
    before = lately.load_noticed()
    at = pressed(mine(lately), "Change it")
    next(t for t in at.text_area if t.label == "Your words").set_value("  ")
    pressed(at, "Keep it like this")
    pressed(at, "Leave it as it was")

    assert before == lately.load_noticed()
    assert "Change it" in labels(at.button)


def test_a_shared_line_can_be_taken_back_by_its_writer(lately):
    written(lately, "you sang", "Share it")
    at = pressed(mine(lately), "Take it back")
    (line,) = lately.load_noticed()

    assert not line.shared
    assert "you sang" not in texts(writing(lately, "From Jonas"))
    assert "Share it" in labels(at.button)


def test_a_line_is_of_its_week(lately):
    written(lately, "you sang", "Share it")
    first = local_time.first_day(the_week(lately) - 1, HOME)

    assert f"“you sang” · the week of {first.day} {first:%B} {first.year}" in texts(
        looking_back(lately, "noticed")
    )


def test_a_shared_line_comes_back_after_months(lately):
    week = the_week(lately) + (-1 - note.WEEKS_LATER)
    line = note.Note("1", week, TWO, "you sang", True, datetime.now(UTC))
    lately.save_noticed(line)

    assert "Jonas: “you sang”" in texts(looking_back(lately))


# -- beside it


# -- all of it


@pytest.mark.parametrize("children", [True, False])
def test_everything_unfolded_opens_on_a_first_sunday(store, children):
    store.save_household(a_household(children=children))
    at = looking_back(store, "happened", "noticed")

    assert not at.error
    assert "nothing to catch up on" in texts(at)
    assert children is ("with the children" in texts(at))


def test_no_word_that_is_never_said_stands_on_the_step(filled):
    folds = ("look back", "look back whole", "happened", "grace", "noticed")
    at = looking_back(filled, *folds)
    shown = texts(at) + " ".join([*labels(at.button), *labels(at.selectbox), *labels(at.pills)])

    assert not [word for word in NEVER_SAID if word in shown.lower()]
