"""Files that never double: what is in each, and a calendar that takes one after the other."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from rituals.calendars.outgoing import export
from rituals.calendars.outgoing.export import Extent
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model.calendar import Audience, Route
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Season
from rituals.planning import changes
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    agreed_by_both,
    an_instant,
    an_occurrence,
)

HOME = a_household()
NOW = an_instant("Mon 12:00")
TALK = an_occurrence("Thu 20:00-21:00")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner=ONE)
CHOIR = an_occurrence("Fri 18:00-19:00", ritual="choir", title="Choir", partner=TWO)
NEXT = an_occurrence("Thu 20:00-21:00", week=WEEK + 1)


def a_ledger(*entries, audience=Audience.SHARED, rituals=()):
    by_id = {ritual.id: ritual for ritual in rituals}
    return Ledger.of(HOME, audience, Route.FILE, entries, by_id)


def packed(*occurrences, extent=Extent.WHOLE, before=(), rituals=(), **more):
    ledger = a_ledger(*before, audience=more.pop("audience", Audience.SHARED), rituals=rituals)
    return export.pack([a_plan(*occurrences)], ledger, extent, NOW, **more)


def moved(occurrence, when):
    span = a_span(when)
    return replace(
        occurrence, start=span.start, end=span.end, sequence=occurrence.sequence + 1, let_go=False
    )


def events(parcel):
    return Calendar.from_ical(parcel.content()).walk("VEVENT")


def uids(entries):
    return {entry.uid for entry in entries}


# -- what is inside


def test_the_first_file_holds_all_of_it_and_so_does_the_ledger():
    parcel = packed(TALK, WALK)

    assert (TALK, WALK) == parcel.occurrences
    assert {str(event["uid"]) for event in events(parcel)} == uids(parcel.entries())
    assert ((), ()) == (parcel.moved, parcel.gone)


def test_what_was_let_go_is_never_inside():
    parcel = packed(TALK, replace(WALK, let_go=True))

    assert (TALK,) == parcel.occurrences


@pytest.mark.parametrize(
    ("audience", "inside"),
    [
        (Audience.SHARED, (TALK, CHOIR, WALK)),
        (Audience.ONE, (WALK,)),
        (Audience.TWO, (CHOIR,)),
    ],
)
def test_a_partner_s_file_holds_that_partner_s_own_alone(audience, inside):
    assert inside == packed(TALK, CHOIR, WALK, audience=audience).occurrences


def test_changes_hold_what_is_new_and_what_moved_under_the_uid_it_had():
    before = packed(TALK, CHOIR).entries()
    later = moved(TALK, "Fri 20:30-21:30")
    parcel = packed(later, CHOIR, WALK, extent=Extent.CHANGES, before=before)
    (talk,) = (event for event in events(parcel) if event["summary"] == "Late talk")

    assert (later, WALK) == parcel.occurrences
    assert (before[0].uid, 1) == (str(talk["uid"]), talk["sequence"])
    assert later.start == talk["dtstart"].dt
    assert [later] == [pair.now for pair in parcel.moved]


def test_with_nothing_changed_changes_hold_nothing_and_are_nothing_to_keep():
    parcel = packed(TALK, extent=Extent.CHANGES, before=packed(TALK).entries())

    assert () == parcel.occurrences
    assert () == parcel.entries()


@pytest.mark.parametrize("extent", [Extent.CHANGES, Extent.WHOLE])
def test_what_was_let_go_is_to_be_deleted_by_hand_and_then_gone(extent):
    before = packed(TALK, WALK).entries()
    parcel = packed(replace(TALK, let_go=True), WALK, extent=extent, before=before)
    (gone,) = (entry for entry in parcel.entries() if entry.gone)

    assert before[:1] == parcel.gone
    assert (TALK.id, NOW) == (gone.occurrence, gone.at)


def test_in_a_grace_week_all_that_was_taken_is_to_be_deleted_by_hand():
    rests = a_plan(TALK, season=Season.GRACE)
    ledger = a_ledger(*packed(TALK).entries())
    parcel = export.pack([rests], ledger, Extent.CHANGES, NOW)

    assert ((), (TALK.id,)) == (parcel.occurrences, tuple(t.occurrence for t in parcel.gone))
    assert all(entry.gone for entry in parcel.entries())


def test_the_week_anew_has_uids_that_no_calendar_has_seen_and_says_what_to_delete_first():
    before = packed(TALK, WALK, CHOIR).entries()
    parcel = packed(TALK, moved(WALK, "Sat 18:00-19:00"), extent=Extent.ANEW, before=before)
    told = parcel.entries()

    assert set(before) == set(parcel.gone)
    assert () == parcel.moved
    assert not uids(before) & {str(event["uid"]) for event in events(parcel)}
    assert {TALK.id: False, WALK.id: False, CHOIR.id: True} == {t.occurrence: t.gone for t in told}


def test_what_is_left_out_stays_as_the_calendar_has_it():
    before = packed(TALK, WALK).entries()
    meant = (moved(TALK, "Sat 20:00-21:00"), WALK, CHOIR)
    changes = packed(*meant, extent=Extent.CHANGES, before=before, left_out={"Late talk"})
    anew = packed(*meant, extent=Extent.ANEW, before=before, left_out={"Late talk"})

    assert ((CHOIR,), ()) == (changes.occurrences, changes.moved)
    assert {WALK.id, CHOIR.id} == {o.id for o in anew.occurrences}
    assert [WALK.id] == [entry.occurrence for entry in anew.gone]
    assert TALK.id not in {entry.occurrence for entry in (*changes.entries(), *anew.entries())}


def test_each_entry_is_kept_with_its_week():
    parcel = export.pack([a_plan(TALK), a_plan(NEXT, week=WEEK + 1)], a_ledger(), Extent.WHOLE, NOW)

    assert {TALK.id: WEEK, NEXT.id: WEEK + 1} == {t.occurrence: t.week for t in parcel.entries()}
    assert 2 == len(events(parcel))


# -- the file


def test_the_same_week_gives_the_same_bytes_however_often_it_was_taken():
    first = packed(TALK, WALK)
    gone = packed(WALK, before=first.entries())
    back = packed(TALK, WALK, before=gone.entries())
    again = packed(TALK, WALK, before=back.entries())

    assert first.content() == packed(TALK, WALK, before=first.entries()).content()
    assert back.content() == again.content()
    assert first.content() != back.content()


def test_an_alarm_is_in_the_file_of_a_ritual_that_has_one():
    rituals = (a_ritual("late-talk", alarm=0), a_ritual("choir"), a_ritual("walk", alarm=30))
    rings = {
        str(event["summary"]): [alarm["trigger"].dt for alarm in event.walk("VALARM")]
        for event in events(packed(TALK, WALK, CHOIR, rituals=rituals))
    }

    assert {
        "Late talk": [timedelta()],
        "Maya: Walk": [-timedelta(minutes=30)],
        "Jonas: Choir": [],
    } == rings


@pytest.mark.parametrize(
    ("extent", "audience", "name"),
    [
        (Extent.WHOLE, Audience.SHARED, "leavewell-shared-week-from-2026-11-23.ics"),
        (Extent.ANEW, Audience.ONE, "leavewell-maya-week-from-2026-11-23.ics"),
        (Extent.CHANGES, Audience.TWO, "leavewell-jonas-week-from-2026-11-23-changes.ics"),
    ],
)
def test_a_file_s_name_says_for_whom_and_whether_it_is_changes_alone(extent, audience, name):
    assert name == packed(TALK, extent=extent, audience=audience).name()


def test_a_file_s_name_counts_the_weeks_asked_for():
    parcel = export.pack([a_plan(), a_plan(NEXT, week=WEEK + 1)], a_ledger(), Extent.WHOLE, NOW)

    assert "leavewell-shared-2-weeks-from-2026-11-23.ics" == parcel.name()


# -- a calendar that takes one file after the other


class Imported:
    """A calendar program: a file adds what is new to it; what it knows it refuses or takes."""

    def __init__(self, takes_changes):
        self.events = {}
        self.takes_changes = takes_changes

    def take(self, parcel):
        for event in events(parcel):
            uid, at = str(event["uid"]), (str(event["summary"]), event["dtstart"].dt)
            if uid not in self.events or self.takes_changes:
                self.events[uid] = at

    def obey(self, parcel):
        """What a person does with the checklist."""
        for entry in parcel.gone:
            del self.events[entry.uid]
        for pair in parcel.moved:
            self.events[pair.was.uid] = (pair.was.title, pair.now.start)

    def shows(self):
        return sorted(self.events.values())


STEPS = st.sampled_from(["move", "let go", "come back", "another", *Extent])


@given(st.lists(STEPS, max_size=14), st.booleans())
def test_a_calendar_with_every_file_and_list_obeyed_is_the_plan_and_nothing_twice(steps, takes):
    there, entries, imported = [TALK], {}, Imported(takes)
    for step in (*steps, Extent.CHANGES):
        match step:
            case "move":
                there[0] = replace(
                    moved(there[0], "Sat 20:00-21:00"),
                    start=there[0].start + timedelta(minutes=15),
                )
            case "let go":
                there[-1] = replace(there[-1], let_go=True)
            case "come back":
                there = [replace(o, let_go=False) for o in there]
            case "another":
                title = f"Walk {len(there)}"
                there.append(replace(WALK, id=title, title=title))
            case _:
                parcel = packed(*there, extent=step, before=entries.values())
                imported.obey(parcel)
                imported.take(parcel)
                entries |= {entry.occurrence: entry for entry in parcel.entries()}
    stands = [o for o in there if not o.let_go]
    titles = [o.title if o.partner is None else f"Maya: {o.title}" for o in stands]

    assert sorted(zip(titles, (o.start for o in stands), strict=True)) == imported.shows()


# -- what waits for a sitter

DATE = an_occurrence("Sat 19:00-22:00", ritual="date", title="Date", kind=Kind.OUT)


def taken(plan, *before):
    return export.pack([plan], a_ledger(*before), Extent.WHOLE, NOW)


def test_what_waits_for_a_sitter_is_tentative_though_both_said_yes_and_says_why():
    parcel = taken(agreed_by_both(a_plan(DATE)))
    (event,) = events(parcel)

    assert "TENTATIVE" == event["STATUS"]
    assert "Open until a sitter is found." == event["DESCRIPTION"]
    assert 0 == parcel.proposed


def test_found_it_is_confirmed_and_cancelled_tentative_each_time_in_a_higher_version():
    asked = agreed_by_both(a_plan(DATE))
    found = changes.with_sitter(asked, a_span("Sat 18:30-22:30"))
    first = taken(asked)
    second = taken(found, *first.entries())
    third = taken(asked, *second.entries())
    each = [events(parcel)[0] for parcel in (first, second, third)]

    assert ["TENTATIVE", "CONFIRMED", "TENTATIVE"] == [e["STATUS"] for e in each]
    assert each[0]["SEQUENCE"] < each[1]["SEQUENCE"] < each[2]["SEQUENCE"]
