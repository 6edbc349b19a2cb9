"""What lies in a drawer, before it is sealed: kept, changed, covered, revealed."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.calendars.outgoing import ical
from rituals.insights import balance
from rituals.model import totals
from rituals.model.calendar import Audience
from rituals.model.context import Cover, PlanningContext
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Said, standing
from rituals.planning import changes, scheduling
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Drawer, Part, Reveal, State, Surprise
from tests.support.notation import WEEK, a_household, a_plan, a_span, an_instant, an_occurrence

HOME = a_household()
NOW = an_instant("Mon 12:00")
TOGETHER = Strand(Kind.TOGETHER)


def a_surprise(when="Thu 19:00-22:00", **more):
    span = a_span(when)
    told = {"id": "s1", "giver": ONE, "title": "Dance class", "kind": Kind.TOGETHER, **more}
    told = {"partner": None, "created": NOW, "changed": NOW} | told
    return Surprise(start=span.start, minutes=span.length // timedelta(minutes=1), **told)


def a_drawer(*lying):
    return Drawer(lying)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
years = st.timedeltas(timedelta(0), timedelta(days=9_000))
instants = st.builds(datetime(2020, 1, 1, tzinfo=UTC).__add__, years)
any_surprise = st.builds(
    Surprise,
    id=texts,
    giver=st.sampled_from([ONE, TWO]),
    title=texts,
    kind=st.sampled_from(Kind),
    partner=st.sampled_from([None, ONE, TWO]),
    start=instants,
    minutes=st.integers(5, 24 * 60),
    created=instants,
    changed=instants,
    ritual=texts,
    act=texts,
    way=texts,
    shopping=texts,
    line=texts,
    covers=st.sampled_from(Part),
    called=texts,
    reveal=st.sampled_from(Reveal),
    every_weeks=st.sampled_from([0, 2, 52]),
    reveal_on=st.none() | st.dates(),
    sequence=st.integers(0, 99),
    state=st.sampled_from(State),
    leaves=st.booleans(),
)


@given(st.lists(any_surprise, max_size=4), texts)
def test_a_drawer_is_the_same_after_it_was_written_and_read(lying, token):
    drawer = Drawer(tuple(lying), token)

    assert drawer == surprises.from_json(surprises.to_json(drawer))


@pytest.mark.parametrize(("kind", "leaves"), [(Kind.TOGETHER, False), (Kind.OUT, True)])
def test_what_was_sealed_without_a_mark_has_the_usual_one_of_its_kind(kind, leaves):
    content = json.loads(surprises.to_json(a_drawer(a_surprise(kind=kind))))
    del content["surprises"][0]["leaves"]
    (lying,) = surprises.from_json(json.dumps(content).encode()).lying

    assert a_surprise(kind=kind, leaves=leaves) == lying


@pytest.mark.parametrize("called", ["", "Dentist"])
def test_neither_its_cover_nor_a_calendar_tells_that_it_leaves_the_house(called):
    home = a_surprise(line="Keep Thursday evening free", called=called)
    outside = replace(home, leaves=True)

    def told(surprise):
        there = surprises.calendar_occurrences(a_drawer(surprise), NOW)
        file = ical.calendar(there, HOME, Audience.ONE, uids=surprises.uids(there))
        return surprises.cover(surprise, HOME), file

    assert told(home) == told(outside)


@pytest.mark.parametrize("broken", [b"", b"[]", b"{}", b'{"surprises": [{}], "token": ""}', b"1"])
def test_what_is_no_drawer_is_refused(broken):
    with pytest.raises(ValueError, match="no drawer"):
        surprises.from_json(broken)


def test_what_lies_there_comes_in_the_order_of_time():
    later, sooner = a_surprise("Sat 10:00-11:00", id="a"), a_surprise(id="b")

    drawer = surprises.with_surprise(surprises.with_surprise(a_drawer(), later, NOW), sooner, NOW)

    assert ("b", "a") == tuple(s.id for s in drawer.lying)


def test_a_changed_surprise_is_heard_by_calendars():
    drawer = surprises.with_surprise(a_drawer(), a_surprise(), NOW)
    later = NOW + timedelta(hours=1)

    (kept,) = surprises.with_surprise(drawer, a_surprise("Fri 19:00-22:00"), later).lying

    assert (1, NOW, later) == (kept.sequence, kept.created, kept.changed)


def test_keeping_it_as_it_was_changes_nothing():
    drawer = surprises.with_surprise(a_drawer(), a_surprise(), NOW)

    assert drawer is surprises.with_surprise(drawer, a_surprise(), NOW + timedelta(hours=1))


def test_nothing_is_left_of_what_is_let_go():
    assert a_drawer() == surprises.without_surprise(a_drawer(a_surprise()), "s1")


def test_it_is_revealed_once_it_has_happened():
    drawer = a_drawer(a_surprise("Thu 19:00-22:00"))

    assert () == surprises.due(drawer, HOME, an_instant("Thu 21:59"))
    assert drawer.lying == surprises.due(drawer, HOME, an_instant("Thu 22:00"))


def test_it_is_revealed_from_its_day_on():
    on = a_surprise("Sat 19:00-22:00", reveal=Reveal.ON, reveal_on=date(2026, 11, 25))

    assert () == surprises.due(a_drawer(on), HOME, an_instant("Tue 23:59"))
    assert (on,) == surprises.due(a_drawer(on), HOME, an_instant("Wed 00:00"))


def test_what_stays_between_them_is_never_due_and_was_given_once_it_is_over():
    quiet = a_surprise(reveal=Reveal.NEVER)
    over = an_instant("Sun 12:00")

    assert () == surprises.due(a_drawer(quiet), HOME, over)
    assert (State.GIVEN,) == tuple(
        s.state for s in surprises.after_opening(a_drawer(quiet), (), over).surprises
    )


def test_what_was_given_is_forgotten_after_half_a_year():
    given_then = a_drawer(a_surprise(state=State.GIVEN))
    years_later = NOW + timedelta(weeks=30)

    assert a_drawer() == surprises.after_opening(given_then, (), years_later)


def test_revealed_ahead_it_lies_fixed_in_the_plan_and_its_hours_count():
    plan = a_plan()
    after = surprises.revealed(plan, a_surprise(), NOW)
    (told,) = standing(after)

    assert 0 == totals.planned(plan, TOGETHER, HOME)
    assert 180 == totals.planned(after, TOGETHER, HOME)
    assert (True, "Dance class", None) == (told.fixed, told.title, told.said)


def test_revealed_afterwards_it_is_something_that_happened():
    over = an_instant("Sun 12:00")
    after = surprises.revealed(a_plan(), a_surprise(), over)
    (told,) = after.occurrences
    lived = {r.kind: r.lived for r in balance.rows({WEEK: after}, [WEEK], HOME) if not r.partner}

    assert (True, Said.AS_PLANNED, 180) == (told.spontaneous, told.said, told.lived)
    assert {Kind.TOGETHER: 3.0} == lived


def test_it_is_revealed_once():
    once = surprises.revealed(a_plan(), a_surprise(), NOW)

    assert once == surprises.revealed(once, a_surprise(), NOW)


def test_when_it_was_planned_and_what_was_bought_is_not_told():
    surprise = a_surprise(shopping="Two tickets", called="Dentist", line="Keep Thursday free")
    later = NOW + timedelta(days=1)
    (told,) = surprises.revealed(a_plan(), surprise, later).occurrences

    assert later == told.created == told.changed
    assert not any(word in repr(told) for word in ("tickets", "Dentist", "Keep"))


def test_what_was_revealed_stays_when_the_week_is_placed_anew():
    two = a_surprise(), a_surprise("Sat 10:00-11:00", id="s2", title="Market")
    plan = a_plan()
    for surprise in two:
        plan = surprises.revealed(plan, surprise, NOW)

    anew = scheduling.scheduled(plan, PlanningContext(HOME, {}), NOW)

    assert ("Dance class", "Market") == tuple(o.title for o in standing(anew))


def test_a_step_back_does_not_hide_it_again():
    before = a_plan()
    after = surprises.revealed(before, a_surprise(), NOW)

    assert 1 == len(standing(changes.back_to(after, before, NOW)))


def test_a_cover_holds_the_hours_of_the_day_and_never_its_own():
    surprise = a_surprise("Thu 19:15-22:40", line="Keep Thursday evening free")
    expected = Cover("s1", ONE, surprise.line, WEEK, a_span("Thu 17:00-00:00"))

    assert expected == surprises.cover(surprise, HOME)


@pytest.mark.parametrize(
    ("part", "when"),
    [
        (Part.MORNING, "Thu 06:00-12:00"),
        (Part.AFTERNOON, "Thu 12:00-18:00"),
        (Part.WHOLE, "Thu 00:00-00:00"),
    ],
)
def test_other_parts_of_the_day_can_be_covered(part, when):
    assert a_span(when) == surprises.covered_span(a_surprise(covers=part), HOME)


@pytest.mark.parametrize("state", [State.GIVEN, State.REVEALED])
def test_a_cover_goes_with_its_surprise(state):
    assert surprises.cover(a_surprise(line="Keep it free", state=state), HOME) is None


def test_without_a_line_there_is_no_cover():
    assert surprises.cover(a_surprise(), HOME) is None


def test_the_line_is_suggested_for_the_day():
    thursday = date(2026, 11, 26)

    assert "Keep Thursday evening free" == surprises.suggested_line(thursday, Part.EVENING)
    assert "Keep Thursday free" == surprises.suggested_line(thursday, Part.WHOLE)


def test_the_giver_s_calendar_knows_all_of_it():
    there = surprises.calendar_occurrences(a_drawer(a_surprise(way="Tango", shopping="Shoes")), NOW)
    file = ical.calendar(there, HOME, Audience.ONE, uids=surprises.uids(there)).decode()

    assert "SUMMARY:Dance class" in file
    assert "Tango" in file
    assert "Shoes" in file
    assert "UID:s1@leavewell" in file


def test_under_a_cover_title_nothing_else_tells_of_it():
    hidden = a_surprise(way="Tango", shopping="Shoes", called="Dentist", kind=Kind.OUT)
    there = surprises.calendar_occurrences(a_drawer(hidden), NOW)
    file = ical.calendar(there, HOME, Audience.ONE, uids=surprises.uids(there)).decode()

    assert "SUMMARY:Dentist" in file
    assert not any(word in file for word in ("Dance", "Tango", "Shoes", "out", "indigo"))


def test_what_is_revealed_leaves_the_giver_s_own_calendar():
    drawer = surprises.after_opening(a_drawer(a_surprise()), ["s1"], NOW)

    assert () == surprises.calendar_occurrences(drawer, NOW)


def test_texts_are_cut_to_what_the_store_holds():
    long = a_surprise(title="x\n" * 200, line="y" * 300)

    (kept,) = surprises.with_surprise(a_drawer(), long, NOW).lying

    assert 120 >= len(kept.title)
    assert 120 == len(kept.line)
    assert "\n" not in kept.title


def test_other_things_in_the_plan_stay_as_they_are():
    there = an_occurrence("Tue 20:00-21:00")

    assert there in surprises.revealed(a_plan(there), a_surprise(), NOW).occurrences


def test_a_surprise_alone_is_nobody_else_s_time():
    alone = a_surprise(kind=Kind.ALONE, partner=TWO)
    after = surprises.revealed(a_plan(), alone, NOW)

    assert 180 == totals.planned(after, Strand(Kind.ALONE, TWO), HOME)
    assert 0 == totals.planned(after, TOGETHER, HOME)


def test_its_giver_hears_what_lies_there_already():
    talk = an_occurrence("Thu 20:00-21:00")

    assert talk == surprises.conflicting(a_plan(talk), a_surprise("Thu 19:00-22:00"), NOW)
    assert surprises.conflicting(a_plan(talk), a_surprise("Thu 21:00-22:00"), NOW) is None
