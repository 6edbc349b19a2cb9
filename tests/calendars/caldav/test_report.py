"""What a server and the plans do not agree on, as a couple reads it."""

from dataclasses import replace

import pytest

from rituals.calendars.caldav import report
from rituals.calendars.caldav.diff import RemoteChange, SyncDiff
from rituals.calendars.caldav.errors import ServerError
from rituals.calendars.caldav.report import Group, Versions
from rituals.calendars.caldav.session import StoppedError, SyncResult
from rituals.calendars.outgoing.ledger import Ledger, Moved
from rituals.model.calendar import Audience, RemoteEvent, RemoteObject, Route
from tests.support.notation import WEEK, a_household, a_span, an_instant, an_occurrence

HOME = a_household()
TALK = an_occurrence("Thu 20:00-21:00")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner="one")
LEDGER = Ledger.of(HOME, Audience.SHARED, Route.SERVER, ())
TOLD, TOLD_WALK = (LEDGER.entry(WEEK, o, an_instant("Mon 12:00")) for o in (TALK, WALK))
THURSDAY = "Thursday 26 November 20:00"
MET = "One change met a newer one there: please look again."


def at(occurrence, when, **more):
    span = a_span(when)
    return replace(occurrence, start=span.start, end=span.end, **more)


def changed(when="Thu 20:00-21:00", *, title="Late talk", local=TALK, stands=True, was=TOLD):
    span = a_span(when)
    seen = RemoteEvent(was.uid, title, span.start, span.end, 1, stands)
    return RemoteChange(was, RemoteObject("talk.ics", '"2"', seen), local)


def gone(local=TALK, *, is_new_here=False):
    return RemoteChange(TOLD, None, local, is_new_here=is_new_here)


def lines(**fields):
    """The lines of the only group."""
    (group,) = report.groups(SyncDiff(**fields), HOME)
    return group.lines


def test_where_nothing_is_new_one_sentence_says_so():
    assert "Nothing is new: that calendar and the plan agree." == report.summary(SyncDiff())
    assert () == report.groups(SyncDiff(), HOME)


def test_a_summary_counts_what_there_is_in_the_order_of_the_groups():
    diff = SyncDiff(
        add=((WEEK, TALK), (WEEK, WALK)),
        move=(Moved(TOLD, at(TALK, "Wed 20:00-21:00")),),
        remove=(TOLD,),
        incoming=(changed("Fri 20:00-21:00"),),
        conflicts=(gone(),),
        unclear=(TOLD,),
    )

    assert (
        "2 to add · 1 to move or rename · 1 to take away · 1 comes back from there · "
        "1 changed on both sides · 1 left as it is there"
    ) == report.summary(diff)
    assert ["To add", "To move or rename", "To take away", "Comes back from there"] == [
        group.heading for group in report.groups(diff, HOME)
    ][:4]


def test_several_come_back():
    both = (changed("Fri 20:00-21:00"), gone())

    assert "2 come back from there" == report.summary(SyncDiff(incoming=both))


def test_what_is_to_add_names_whose_it_is_and_when():
    walk = "Maya: Walk: Friday 27 November 18:00"

    assert (f"Late talk: {THURSDAY}", walk) == lines(add=((WEEK, TALK), (WEEK, WALK)))


def test_what_is_taken_away_says_where_it_lay():
    assert (Group("To take away", (f"Late talk: {THURSDAY}",)),) == report.groups(
        SyncDiff(remove=(TOLD,)), HOME
    )


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (
            at(TALK, "Wed 20:00-21:00"),
            f"Late talk: {THURSDAY} → Wednesday 25 November 20:00",
        ),
        (replace(TALK, title="Wine"), f"Late talk, now Wine: {THURSDAY}"),
        (
            at(TALK, "Thu 20:00-22:00", title="Wine"),
            f"Late talk, now Wine: {THURSDAY}–21:00 → 20:00–22:00",
        ),
        (replace(TALK, sequence=3), f"Late talk: {THURSDAY}"),
    ],
)
def test_what_moves_or_is_renamed_says_what_is_new_about_it(now, told):
    assert (told,) == lines(move=(Moved(TOLD, now),))


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (
            changed("Fri 21:00-22:00"),
            f"Late talk: {THURSDAY} → Friday 27 November 21:00",
        ),
        (changed(title="Wine"), f"Late talk, now Wine: {THURSDAY}"),
        (gone(), f"Late talk: {THURSDAY} · let go there"),
        (changed(stands=False), f"Late talk: {THURSDAY} · let go there"),
    ],
)
def test_what_comes_back_says_what_somebody_did_there(there, told):
    assert (told,) == lines(incoming=(there,))


def test_what_is_left_says_why():
    assert (f"Late talk: {THURSDAY} · it became a whole day there, or repeats",) == lines(
        unclear=(TOLD,)
    )


@pytest.mark.parametrize(
    ("pair", "remote", "local"),
    [
        (
            changed("Fri 21:00-22:00", local=at(TALK, "Wed 20:00-21:00")),
            "Friday 27 November 21:00–22:00",
            "Wednesday 25 November 20:00–21:00",
        ),
        (changed(title="Wine"), f"“Wine”, {THURSDAY}–21:00", f"{THURSDAY}–21:00"),
        (gone(), "let go there", f"{THURSDAY}–21:00"),
        (
            changed("Fri 21:00-22:00", local=None),
            "Friday 27 November 21:00–22:00",
            "let go in the plan",
        ),
    ],
)
def test_both_versions_of_what_was_changed_on_both_sides_are_told(pair, remote, local):
    told = report.versions(pair, HOME)

    assert Versions(report.mark(pair), "Late talk", remote, local) == told


def test_a_calendar_that_was_emptied_is_asked_about_in_other_words():
    emptied, usual = (
        SyncDiff(conflicts=(gone(), gone(), gone())),
        SyncDiff(conflicts=(gone(), gone())),
    )
    asked = "All of it is gone there. Did you let it go, or is it to go there again?"

    assert (asked, "3 gone there all at once") == (
        report.question(emptied.conflicts),
        report.summary(emptied),
    )
    assert ("Changed on both sides: which one stays?", "2 changed on both sides") == (
        report.question(usual.conflicts),
        report.summary(usual),
    )


@pytest.mark.parametrize(
    "other",
    [changed("Fri 20:00-21:00"), gone(None, is_new_here=True), gone(is_new_here=True)],
)
def test_a_calendar_with_something_else_in_it_was_not_emptied(other):
    assert report.question((gone(), gone(), gone(), other)).startswith("Changed on both")


def test_a_mark_is_another_one_whenever_either_side_is_changed_again():
    pairs = (
        changed("Fri 21:00-22:00"),
        changed("Fri 21:30-22:00"),
        changed("Fri 21:00-22:00", local=replace(TALK, sequence=2)),
        changed("Fri 21:00-22:00", local=None),
        gone(),
        changed("Fri 21:00-22:00", was=TOLD_WALK),
    )

    assert len(pairs) == len({report.mark(pair) for pair in pairs})
    assert report.mark(pairs[0]) == report.mark(changed("Fri 21:00-22:00"))


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (SyncResult(), "Nothing is new: that calendar and the plan agree."),
        (SyncResult(written=12, steps=12), "12 changes went to “Us {0}”."),
        (
            SyncResult(pulled=1, written=1, steps=1),
            "One change came back into the plan. One change went to “Us {0}”.",
        ),
        (
            SyncResult(written=1, steps=2),
            f"One change went to “Us {{0}}”. {MET}",
        ),
        (SyncResult(kept=1), "One change ended as the plan has it."),
        (SyncResult(waiting=2), "2 changes there can still come back into the plan."),
        (SyncResult(open=(gone(),)), "One change on both sides still waits: say which one stays."),
    ],
)
def test_what_came_of_an_errand_is_told(what, told):
    assert told == report.result_sentence(what, "Us {0}")


def test_an_interruption_says_how_far_it_came():
    why = ServerError("The connection to cloud.example did not hold, or there is none.")

    assert (
        "The connection to cloud.example did not hold, or there is none. "
        "12 of 23 are in your calendar; the rest follows when you publish again."
    ) == report.stopped_sentence(StoppedError(why, 12, 23))
    assert str(why) == report.stopped_sentence(StoppedError(why, 0, 23))
