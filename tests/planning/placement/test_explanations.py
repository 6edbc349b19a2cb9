"""Each sentence is true: held against a look of its own over invented households."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import cache

import pytest

from bench.households import cases
from rituals.model import wording
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Needs, Size, TakesPart
from rituals.model.time.formats import Formats
from rituals.model.time.span import Span, Spans
from rituals.model.usual import Usual
from rituals.model.wording import WEEKDAYS
from rituals.planning.placement.place import Placed, Placement, place
from rituals.planning.placement.request import Group, Request, Surroundings
from tests.support.legality import faults, room
from tests.support.notation import (
    WEEK,
    a_household,
    a_ritual,
    a_span,
    an_instant,
    an_occurrence,
    hours_of,
    spans,
    windows,
)

LONG_AGO = an_instant("Mon 00:00", WEEK - 52)
MINUTE = timedelta(minutes=1)
CASES = {case.name: case for case in cases()[2::5]}
OTHER = {ONE: TWO, TWO: ONE}
LONGEST = 120
FORBIDDEN = ("failed", "missed", "behind", "overdue", "should", "streak", "score", "%", "user")


@cache
def solved(name):
    """A case and its placement."""
    case = CASES[name]
    return case, place(case.wanted, case.around, case.household, case.week)


every_case = pytest.mark.parametrize("name", CASES)


# What the sentences of placed rituals say, and an independent look at whether it is so.


class Look:
    """One placed ritual and the week around it, in minutes."""

    def __init__(self, one, case, placement):
        self.one, self.case, self.placement = one, case, placement
        self.tz, hours = case.household.tz, case.household.hours
        self.minutes = [one.span.start + n * MINUTE for n in range(one.span.length // MINUTE)]
        self.names = {p.name: p.key for p in case.household.partners}
        self.bedtime, self.wake = hours.bedtime, hours.wake

    def local(self, instant):
        return instant.astimezone(self.tz)

    def asleep(self, instant):
        """Whether the children's hours say they sleep; an hour that is skipped has no minutes."""
        return not self.wake <= self.local(instant).time() < self.bedtime

    def away(self, instant):
        return self.within(self.case.household.hours.children_away, instant)

    def working(self, partner, instant):
        return self.within(self.case.household.hours.work.get(partner, ()), instant)

    def within(self, some, instant):
        """Whether an instant lies in windows, walked on the clock."""
        at = self.local(instant)
        for window in some:
            if window.start < window.end:
                inside = at.weekday() in window.days and window.start <= at.time() < window.end
            else:
                begun = at.weekday() in window.days and at.time() >= window.start
                inside = begun or ((at.weekday() - 1) % 7 in window.days and at.time() < window.end)
            if inside:
                return True
        return False

    def there(self, partner, instant):
        """Whether somebody is neither busy, nor at work, nor away for themselves."""
        busy = any(s.start <= instant < s.end for s in self.case.around.busy[partner])
        lying = [(p.wanted.ritual, p.wanted.partner, p.span) for p in self.placement.placed]
        lying += [(o, o.partner, Span(o.start, o.end)) for o in self.case.around.standing]
        gone = any(
            who == partner
            and what.kind in (Kind.ALONE, Kind.OUT)
            and what.size is not Size.SMALL
            and span.start <= instant < span.end
            for what, who, span in lying
        )
        return not (busy or gone or self.working(partner, instant))

    def with_sitter(self, instant):
        return any(s.start <= instant < s.end for s in self.case.around.sitter)

    def has_children(self, name):
        """The minutes in which the children of this week are somebody's."""
        return [
            m
            for m in self.minutes
            if not (self.asleep(m) or self.away(m) or self.with_sitter(m))
            and self.there(self.names[name], m)
        ]

    def starts(self):
        """Where else it could begin and last as long: quarters of the clock."""
        case = self.case
        free = room(self.one, self.placement, case.around, case.household, case.week)
        since, length = case.around.since.timestamp() / 60, len(self.minutes)
        own = int(self.one.span.start.timestamp() // 60)
        begins = {m for m in free if all(m + n in free for n in (0, length // 2, length - 1))}
        return {
            m
            for m in begins
            if m >= since and self.at(m).minute % 15 == 0 and free.issuperset(range(m, m + length))
        } | {own}

    def at(self, minute):
        return datetime.fromtimestamp(minute * 60, self.tz)

    def other_days(self):
        """The days from it to each other time of the same ritual."""
        want, own = self.one.wanted, self.local(self.one.span.start).date()
        lying = [
            self.local(p.span.start).date()
            for p in self.placement.placed
            if p is not self.one
            and (p.wanted.ritual, p.wanted.partner) == (want.ritual, want.partner)
        ]
        lying += [
            self.local(o.start).date()
            for o in self.case.around.standing
            if (o.ritual, o.partner) == (want.ritual.id, want.partner)
        ]
        return [abs((day - own).days) for day in lying]


def free(look, who, *_):
    ritual, partner = look.one.wanted.ritual, look.one.wanted.partner
    if ritual.in_person and ritual.takes_part is TakesPart.EITHER:  # the other is there, too
        partner = None
    people = [ONE, TWO] if who == "you are both" else [look.names[who.removesuffix(" is")]]
    assert people == ([partner] if partner else [ONE, TWO])
    small = look.one.wanted.ritual.size is Size.SMALL
    for person in people:
        busy = look.case.around.busy[person]
        assert not any(s.overlaps(look.one.span) for s in busy)
        assert small or not any(look.working(person, m) for m in look.minutes)


def first(look, unit, who):
    free(look, who)
    own = look.local(look.one.span.start)
    assert unit == ("evening" if own.time() >= look.bedtime else "day")
    assert own.date() == min(look.at(m).date() for m in look.starts())


def only(look, unit, who):
    free(look, who)
    own, starts = look.local(look.one.span.start), look.starts()
    assert {own.date()} == {look.at(m).date() for m in starts}
    assert (unit == "time") is (len(starts) == 1)
    assert unit != "evening" or own.time() >= look.bedtime


def apart(look, who, what):
    free(look, who)
    assert what == {2: "a day"}.get(min(look.other_days()), "some days")
    assert min(look.other_days()) >= 2


def once_a_day(look, who):
    free(look, who)
    assert 1 == min(look.other_days())


def while_with(look, name):
    assert look.names[name] == OTHER[look.one.wanted.partner]
    assert look.minutes == look.has_children(name)


def has_for(look, name, length):
    assert look.names[name] == OTHER[look.one.wanted.partner]
    assert length == wording.hours(len(look.has_children(name)))


def children_asleep(look, word):
    assert all(look.asleep(m) and not look.away(m) for m in look.minutes)
    assert (word == "after") is (look.local(look.one.span.start).time() >= look.bedtime)


def children_awake(look):
    assert not any(look.asleep(m) or look.away(m) for m in look.minutes)


def children_away(look):
    assert all(look.away(m) for m in look.minutes)


def sat(look):
    assert Needs.SITTER is look.one.wanted.ritual.needs
    assert not all(look.away(m) for m in look.minutes)
    assert all(look.away(m) or look.with_sitter(m) for m in look.minutes)


def not_yet_sat(look):
    assert Needs.SITTER is look.one.wanted.ritual.needs
    assert not all(look.away(m) or look.with_sitter(m) for m in look.minutes)


def at_work(look):
    partner = look.one.wanted.partner
    assert Size.SMALL is look.one.wanted.ritual.size
    assert any(look.working(p, m) for p in ([partner] if partner else OTHER) for m in look.minutes)


def used_to(look, day):
    wanted = look.one.wanted
    days = [look.local(look.one.span.start).weekday()]
    days += [
        look.local(o.start).weekday()
        for o in look.case.around.past
        if (o.ritual, o.partner) == (wanted.ritual.id, wanted.partner) and not o.let_go
    ]
    assert day == f"{WEEKDAYS[days[0]]}s"
    assert 3 <= days.count(days[0]), "this week and two before"


FREE = r"(\w+ is|you are both)"
SAYS = {
    rf"the first (day|evening) {FREE} free for it": first,
    rf"the only (time|day|evening) {FREE} free for it": only,
    rf"{FREE} free, with (a day|some days) between": apart,
    rf"once a day, when {FREE} free": once_a_day,
    rf"{FREE} free then": free,
    r"short enough for a moment at work": at_work,
    r"while (\w+) is with the children": while_with,
    r"(\w+) has the children for (.+) of it": has_for,
    r"(after|while) the children sleep": children_asleep,
    r"while the children are at home and awake": children_awake,
    r"while the children are away": children_away,
    r"with a sitter": sat,
    r"if somebody is with the children": not_yet_sat,
    r"(\w+days) at [\w ]+, as (?:you like|\w+ likes) it": used_to,
}


def parts(reason):
    """What a sentence says, part by part, with the look that checks it."""
    for part in reason.removesuffix(".").split("; "):
        begins = part.split()[0]
        is_name = begins in {"Maya", "Jonas"} or begins.removesuffix("s") in WEEKDAYS
        said = part if is_name else part[:1].lower() + part[1:]
        found = [(check, m) for text, check in SAYS.items() if (m := re.fullmatch(text, said))]
        assert 1 == len(found), part
        yield found[0][0], found[0][1].groups()


@every_case
def test_why_it_lies_there_is_true(name):
    case, placement = solved(name)

    for one in placement.placed:
        look = Look(one, case, placement)
        for check, said in parts(one.reason):
            check(look, *said)


def test_every_kind_of_sentence_was_said_and_looked_at():
    said = {
        check for name in CASES for one in solved(name)[1].placed for check, _ in parts(one.reason)
    }

    assert set(SAYS.values()) == said


@every_case
def test_every_sentence_is_short_and_kind(name):
    _, placement = solved(name)

    for one in (*placement.placed, *placement.unplaced):
        assert one.reason.endswith(".")
        assert len(one.reason) <= LONGEST
        assert not any(word in one.reason.lower() for word in FORBIDDEN)


# What is in the way of those without a place: taken out of it, they have one.


def without(case, placement, unplaced):
    """The household and the week's ground without what is said to be in the way."""
    hints = unplaced.in_the_way
    standing = [o for o in case.around.standing if not any(is_it(o, x) for x in hints)]
    for one in placement.placed:
        o = as_standing(one, case.week)
        if not any(is_it(o, x) for x in hints):
            standing.append(replace(o, partner=Group(one.wanted.ritual, o.partner, ()).whose))
    busy = {
        key: own - Spans(x.span for x in hints if (x.sort, x.partner) == ("busy", key))
        for key, own in case.around.busy.items()
    }
    sat = Spans(p.span for p in placement.placed if p.wanted.ritual.needs is Needs.SITTER)
    around = replace(
        case.around, standing=tuple(standing), busy=busy, sitter=case.around.sitter | sat
    )
    return around, off_work(case.household, hints)


def as_standing(one, week):
    ritual, want = one.wanted.ritual, one.wanted
    return an_occurrence(
        one.span,
        week=week,
        ritual=ritual.id,
        partner=want.partner,
        number=want.number,
        kind=ritual.kind,
        size=ritual.size,
        title=ritual.title,
    )


def is_it(occurrence, hint):
    there = (occurrence.title, occurrence.partner, Span(occurrence.start, occurrence.end))
    return hint.sort in {"placed", "fixed"} and there == (hint.title, hint.partner, hint.span)


def off_work(household, hints):
    """The same household, each free on the days whose work is in the way."""
    shifts = {
        key: tuple(
            kept
            for window in own
            if (kept := replace(window, days=tuple(d for d in window.days if d not in off))).days
        )
        for key, own in household.hours.work.items()
        for off in [{day_of(x, household) for x in hints if (x.sort, x.partner) == ("work", key)}]
    }
    return replace(household, hours=replace(household.hours, work=shifts))


def day_of(hint, household):
    return hint.span.start.astimezone(household.tz).weekday()


@every_case
def test_without_what_is_in_the_way_it_has_its_place(name):
    case, placement = solved(name)

    for one in placement.unplaced:
        if one.nearest is None:
            continue
        around, household = without(case, placement, one)
        there = Placement((Placed(one.wanted, one.nearest, ""),), (), True, 0)

        assert one.in_the_way
        assert [] == faults(there, [one.wanted], around, household, case.week)
        again = place([one.wanted], around, household, case.week)
        assert [one.wanted] == [p.wanted for p in again.placed]
        assert [] == faults(again, [one.wanted], around, household, case.week)


@every_case
def test_with_all_but_one_of_it_out_of_the_way_it_still_has_no_place_there(name):
    case, placement = solved(name)

    for one in placement.unplaced:
        for hint in one.in_the_way:
            rest = replace(one, in_the_way=tuple(x for x in one.in_the_way if x is not hint))
            around, household = without(case, placement, rest)
            there = Placement((Placed(one.wanted, one.nearest, ""),), (), True, 0)

            assert [] != faults(there, [one.wanted], around, household, case.week)


@every_case
def test_the_sentence_names_the_first_two_in_the_way(name):
    case, placement = solved(name)

    for one in placement.unplaced:
        for hint in one.in_the_way[:2]:
            whose = f"{case.household.name(hint.partner)}’s " if hint.partner else ""
            clock = f"{hint.span.start.astimezone(case.household.tz):%H:%M}"
            what = {"busy": clock, "work": "work"}.get(hint.sort, f"“{hint.title}”")

            assert re.search(rf"{whose}(\w+day )?{re.escape(what)}", one.reason)
        more = len(one.in_the_way) - 2
        assert (f"and {more} more" in one.reason) is (more > 0)


# The sentences, one by one.


def wanted(ritual, partner=None, times=1):
    return [Request(ritual, partner, number, times) for number in range(1, times + 1)]


def said(some, *standing, household=None, since=LONG_AGO, **around):
    """The reasons of a week: of what is placed in the order of time, then of what is not."""
    busy = {ONE: spans(around.pop("busy", "")), TWO: spans(around.pop("his_busy", ""))}
    beside = Surroundings(since, standing, busy, **around)
    placement = place(some, beside, household or a_household(), WEEK)
    return [one.reason for one in (*placement.placed, *placement.unplaced)]


@pytest.mark.parametrize(
    ("lay", "busy", "reason"),
    [
        ("Mon 20:00-21:00", "", "the first evening you are both free for it"),
        ("Thu 20:00-21:00", "", "you are both free then"),
        ("Thu 20:00-21:00", "Mon 20:00-22:00", "the only evening you are both free for it"),
        (
            "Thu 20:00-21:00",
            "Mon 20:00-22:00, Thu 21:00-22:00, Thu 19:30-19:50",
            "the only time you are both free for it",
        ),
    ],
)
def test_after_the_children_sleep(lay, busy, reason):
    (want,) = wanted(a_ritual(window="Mon,Thu 19:30-22:00"))

    assert [f"After the children sleep; {reason}."] == said(
        [replace(want, lay=a_span(lay))], busy=busy
    )


def test_while_the_other_is_with_the_children():
    ritual = a_ritual(window="Thu 16:00-18:00", kind=Kind.ALONE)

    assert ["While Jonas is with the children; the only day Maya is free for it."] == said(
        wanted(ritual, ONE)
    )


def test_until_the_children_sleep_the_other_has_them():
    ritual = a_ritual(window="Thu 18:45-20:15", minutes=90, kind=Kind.OUT)

    assert ["Maya has the children for 45 min of it; the only time Jonas is free for it."] == said(
        wanted(ritual, TWO), sitter=spans("Thu 19:30-21:00")
    )


def test_while_the_children_are_away():
    household = a_household(hours=hours_of(away="Mon-Fri 08:00-15:00"))
    ritual = a_ritual(window="Thu 10:00-11:00", kind=Kind.ALONE)

    assert ["While the children are away; the only time Maya is free for it."] == said(
        wanted(ritual, ONE), household=household
    )


def test_with_a_sitter():
    ritual = a_ritual(window="Thu 18:00-19:00", needs=Needs.SITTER)
    alone = "the only time you are both free for it."

    assert [f"If somebody is with the children; {alone}"] == said(wanted(ritual))
    for sitter in ("Thu 18:00-18:55", "Wed 18:00-19:00"):
        found = said(wanted(ritual), sitter=spans(sitter))
        assert [f"If somebody is with the children; {alone}"] == found
    assert [f"With a sitter; {alone}"] == said(wanted(ritual), sitter=spans("Thu 18:00-19:00"))


def test_without_children_nothing_is_said_of_them():
    household = a_household(children=False)
    some = wanted(a_ritual(window="Thu 20:00-21:00", kind=Kind.OUT, needs=Needs.SITTER), ONE)

    assert ["The only time Maya is free for it."] == said(some, household=household)


def test_every_day_and_every_other_day():
    small = a_ritual(window="daily 07:00-08:00", minutes=5, size=Size.SMALL)
    talk = a_ritual("talk", window="Mon,Wed,Sat 20:00-21:00")
    daily = {"Once a day, when you are both free."}
    apart = "After the children sleep; you are both free, with {} between."

    assert daily == set(said(wanted(small, times=7)))
    assert [apart.format("a day"), apart.format("a day"), apart.format("some days")] == said(
        wanted(talk, times=3)
    )


def test_a_moment_at_work():
    household = a_household(hours=hours_of(work="Thu 09:00-17:00"))
    small = a_ritual(window="Thu 12:00-12:05", minutes=5, size=Size.SMALL, in_person=False)

    assert ["Short enough for a moment at work."] == said(wanted(small, ONE), household=household)


@pytest.mark.parametrize(
    ("minutes", "more", "reason"),
    [
        (90, {"busy": "Fri 20:00-21:00"}, "90 minutes in its hours: Maya’s Friday 20:00 is taken."),
        (60, {"busy": "Fri 20:00-21:00"}, "hour in its hours: Maya’s Friday 20:00 is taken."),
        (
            120,
            {"busy": "Fri 20:00-21:00", "his_busy": "Fri 21:10-22:00"},
            "2 hours in its hours: on Friday, Maya’s 20:00 and Jonas’s 21:10 are taken.",
        ),
    ],
)
def test_what_is_taken_in_a_calendar(minutes, more, reason):
    window = "Fri 20:00-22:00" if minutes > 60 else "Fri 20:00-21:00"
    ritual = a_ritual(window=window, minutes=minutes)

    assert [f"No shared free {reason}"] == said(wanted(ritual), **more)


def test_with_the_hours_of_a_twelve_hour_clock_a_day_is_named_once():
    household = replace(a_household(), formats=Formats(twelve_hours=True))
    told = {"busy": "Fri 20:00-21:00", "his_busy": "Fri 21:10-22:00"}
    ritual = a_ritual(window="Fri 20:00-22:00", minutes=120)

    assert [
        "No shared free 2 hours in its hours: on Friday, Maya’s 8:00\xa0pm and Jonas’s 9:10\xa0pm "
        "are taken."
    ] == said(wanted(ritual), household=household, **told)


def test_what_is_fixed_or_work_is_named():
    household = a_household(hours=hours_of(work="Fri 20:30-22:00"))
    stands = an_occurrence("Fri 19:30-20:30", ritual="film", title="Film night", with_children=True)
    ritual = a_ritual(window="Fri 20:00-21:00")
    apart = an_occurrence("Fri 19:30-20:30", ritual="film", title="Film night", partner=TWO)

    assert ["No shared free hour in its hours: Friday has “Film night” and Maya’s work."] == said(
        wanted(ritual), stands, household=household
    )
    assert ["No shared free hour in its hours: Friday has Jonas’s “Film night”."] == said(
        wanted(ritual), apart
    )


def test_what_is_easier_to_move_is_what_is_named():
    stands = an_occurrence("Mon 20:00-21:00", ritual="film", title="Film night", fixed=True)
    ritual = a_ritual(window="Mon,Tue 20:00-21:00")

    assert ["No shared free hour in its hours: Maya’s Tuesday 20:00 is taken."] == said(
        wanted(ritual), stands, busy="Tue 20:00-21:00"
    )


@pytest.mark.parametrize(
    ("window", "times", "since", "reason"),
    [
        ("Thu 20:00-20:45", 1, "Mon 08:00", "Its hours have no room for 1 hour this week."),
        ("", 1, "Mon 08:00", "Its hours have no room for 1 hour this week."),
        ("Mon 20:00-21:00", 1, "Tue 08:00", "Its hours of this week are over."),
        ("Mon 20:00-21:00", 1, "Mon 20:10", "Too little of its hours is left this week."),
    ],
)
def test_where_its_hours_hold_no_place(window, times, since, reason):
    since = an_instant(since)

    assert [reason] == said(wanted(a_ritual(window=window), times=times), since=since)


@pytest.mark.parametrize(
    ("ritual", "more", "reason"),
    [
        (
            {"leaves": True},
            {},
            "Nobody is with the children in its hours; with a sitter there is room.",
        ),
        (
            {"leaves": True},
            {"busy": "Fri 20:00-21:00"},
            "Nobody is with the children in its hours.",
        ),
        (
            {"needs": Needs.CHILDREN},
            {},
            "The children are away or asleep in its hours this week.",
        ),
        (
            {"needs": Needs.ASLEEP, "window": "Fri 17:00-18:00"},
            {},
            "The children are awake in its hours this week.",
        ),
    ],
)
def test_where_only_the_children_leave_no_room_it_says_so(ritual, more, reason):
    some = wanted(a_ritual(**{"window": "Fri 20:00-21:00"} | ritual))

    assert [reason] == said(some, **more)


def test_a_baby_is_named_where_it_keeps_something_from_its_hours():
    baby = replace(a_household(), usual=Usual(no_bedtime=True))
    ritual = a_ritual(window="Fri 13:00-14:00", needs=Needs.ASLEEP)
    baby_sleeps = "It waits until the children sleep, and a baby sleeps when it sleeps."

    assert [baby_sleeps] == said(wanted(ritual), household=baby)


def test_more_times_than_days():
    ritual = a_ritual(window="Mon,Thu 20:00-21:00")
    stands = an_occurrence("Thu 20:00-21:00")
    full = "It already lies on every day that is left for it."

    assert full == said(wanted(ritual, times=3))[-1]
    assert [full] == said(wanted(ritual), stands, since=an_instant("Tue 08:00"))


def test_the_nearest_place_is_a_span_of_its_hours():
    ritual = a_ritual(window="Fri 20:00-22:00", minutes=(60, 120))
    around = Surroundings(LONG_AGO, busy={ONE: spans("Fri 20:00-22:00")})
    (none,) = place(wanted(ritual), around, a_household(), WEEK).unplaced

    assert a_span("Fri 20:00-21:00") == none.nearest
    assert [(ONE, a_span("Fri 20:00-22:00"), "busy")] == [
        (x.partner, x.span, x.sort) for x in none.in_the_way
    ]
    assert windows("Fri 20:00-22:00") == none.wanted.ritual.windows
    assert time(20) == none.nearest.start.astimezone(a_household().tz).time()
