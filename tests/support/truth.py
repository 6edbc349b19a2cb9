"""The sentences on placed rituals, held against a look of its own at the week by minutes.

`SAYS` has one row for each family of clauses. A clause of which no row knows is a fault, too: who
lets the planner say something new adds the row that says when it is true.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cached_property

from bench.households import Case
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Occurrence
from rituals.model.ritual import Needs, Size, TakesPart
from rituals.planning.placement.place import Placed, Placement
from tests.support.legality import THE_OTHER, room
from tests.support.life_by_minute import Life, Minutes, minutes_of, touched

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLOCK = re.compile(r"(half past |quarter past |quarter to |)(\w+)")
HOURS = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
PAST = {"": 0, "quarter past ": 15, "half past ": 30, "quarter to ": -15}
NOON = {"noon": 12 * 60, "midnight": 0}
NEAR = 30  # minutes, by which an hour that one is used to may be off
USED_TO = 2  # times


def untrue(case: Case, placement: Placement) -> Iterator[str]:
    """Each clause that is not so, or that nobody knows, with the ritual that it was said of."""
    week = _Week(case, placement)
    for one in placement.placed:
        look = _Look(one, week)
        for clause in one.reason.removesuffix(".").split("; "):
            if not is_true(look, clause):
                at = one.span.start.astimezone(case.household.tz)
                yield f"{one.wanted.ritual.title}, {at:%a %H:%M}: “{clause}”"


def is_true(look: "_Look", clause: str) -> bool:
    """True where a row knows the clause and finds it so."""
    for said in (clause, clause[:1].lower() + clause[1:]):
        for text, so in SAYS.items():
            if found := re.fullmatch(text, said):
                return so(look, *found.groups())
    return False


class _Week:
    """A placement and who is where in each minute around it."""

    def __init__(self, case: Case, placement: Placement) -> None:
        self.case, self.placement = case, placement
        self.life = Life(case.household, case.week)
        self.sitter = self.life.sitter | minutes_of(case.around.sitter)
        self.gone = {
            key: self.life.missing(key) | minutes_of(case.around.busy.get(key, ()))
            for key in (ONE, TWO)
        }
        self.keys = {partner.name: partner.key for partner in case.household.partners}

    def out(self, partner: str) -> Minutes:
        """The minutes in which something takes a partner alone from the children awake."""
        lying: list[Placed | Occurrence] = [*self.placement.placed, *self.case.around.standing]
        return frozenset().union(*(_apart(o, partner) for o in lying))


class _Look:
    """One placed ritual, in minutes."""

    def __init__(self, one: Placed, week: _Week) -> None:
        self.one, self.week, self.life = one, week, week.life
        self.ritual, self.partner = one.wanted.ritual, one.wanted.partner
        self.minutes = frozenset(touched(one.span.start, one.span.end))
        given = self.ritual.takes_part is TakesPart.EITHER and self.ritual.in_person
        self.people = {self.partner} if self.partner and not given else {ONE, TWO}
        self.at = one.span.start.astimezone(week.case.household.tz)
        self.at_home = self.minutes & self.life.at_home

    def is_named(self, who: str) -> bool:
        """True where a clause speaks of just those who take part."""
        if who == "you are both":
            return len(self.people) > 1
        return (
            len(self.people) == 1
            and self.partner is not None
            and self.week.keys.get(who.split()[0]) == self.partner
        )

    def is_evening(self) -> bool:
        return min(self.minutes) >= self.life.evening(self.at.date())

    @cached_property
    def starts(self) -> dict[date, list[int]]:
        """By day, the quarters at which it could begin and last as long; its own is among them."""
        case, length = self.week.case, len(self.minutes)
        free = room(self.one, self.week.placement, case.around, case.household, case.week)
        since, own = case.around.since.timestamp() / 60, min(self.minutes)
        found: dict[date, list[int]] = {self.at.date(): [own]}
        for minute in sorted(free):
            at = datetime.fromtimestamp(minute * 60, case.household.tz)
            fits = at.minute % 15 == 0 and free.issuperset(range(minute, minute + length))
            this_week = since <= minute and at.date() in self.life.days
            if fits and this_week and minute != own:
                found.setdefault(at.date(), []).append(minute)
        return found

    def days_apart(self) -> int:
        """The days to the nearest other time of the same ritual."""
        tz = self.week.case.household.tz
        days = [
            other.span.start.astimezone(tz).date()
            for other in self.week.placement.placed
            if other is not self.one and _key(other) == _key(self.one)
        ]
        days += [o.start.astimezone(tz).date() for o in self._same(self.week.case.around.standing)]
        return min(abs((day - self.at.date()).days) for day in days)

    def before(self) -> list[datetime]:
        """The local starts that it had in the weeks before."""
        tz = self.week.case.household.tz
        return [o.start.astimezone(tz) for o in self._same(self.week.case.around.past)]

    def _same(self, some: tuple[Occurrence, ...]) -> Iterator[Occurrence]:
        return (o for o in some if (o.ritual, o.partner) == _key(self.one))


def _free(look: _Look, who: str, *_: str) -> bool:
    """Those who take part, and nothing of theirs at that time."""
    at_work = look.ritual.size is Size.SMALL and not look.ritual.in_person
    busy = [minutes_of(look.week.case.around.busy.get(key, ())) for key in look.people]
    taken = frozenset[int]().union(*busy, *(look.life.day_sleep[key] for key in look.people))
    if not at_work:
        taken = taken.union(*(look.week.gone[key] for key in look.people))
    return look.is_named(who) and look.minutes.isdisjoint(taken)


def _first(look: _Look, unit: str, who: str) -> bool:
    named = unit == ("evening" if look.is_evening() else "day")
    return named and _free(look, who) and look.at.date() == min(look.starts)


def _only(look: _Look, unit: str, who: str) -> bool:
    alone = len(look.starts[look.at.date()]) == 1
    named = "time" if alone else "evening" if look.is_evening() else "day"
    return unit == named and _free(look, who) and [look.at.date()] == list(look.starts)


def _apart_by(look: _Look, who: str, between: str) -> bool:
    days = look.days_apart()
    return _free(look, who) and days >= 2 and between == ("a day" if days == 2 else "some days")


def _once_a_day(look: _Look, who: str) -> bool:
    return _free(look, who) and look.days_apart() == 1


def _at_work(look: _Look) -> bool:
    small = look.ritual.size is Size.SMALL and not look.ritual.in_person
    return small and any(look.minutes & look.life.work[key] for key in look.people)


def _handed(look: _Look, name: str) -> int | None:
    """The minutes in which the other has the children awake; None where not all of them."""
    other = THE_OTHER.get(look.partner or "")
    if other is None or look.week.keys.get(name) != other:
        return None
    awake = look.at_home - look.life.bed - look.week.sitter
    gone = look.week.gone[other] | look.week.out(other)
    return None if awake & gone else len(awake)


def _with(look: _Look, name: str) -> bool:
    return _handed(look, name) == len(look.minutes)


def _has_for(look: _Look, name: str, length: str) -> bool:
    hours, _, minutes = length.removesuffix(" min").rpartition(" h")
    asked = int(hours or 0) * 60 + int(minutes or 0)
    return _handed(look, name) == asked


def _asleep(look: _Look, word: str) -> bool:
    return look.at_home == look.minutes <= look.life.bed and (word == "after") is look.is_evening()


def _awake(look: _Look) -> bool:
    return look.minutes == look.at_home and look.minutes.isdisjoint(look.life.bed)


def _away(look: _Look) -> bool:
    return look.minutes <= look.life.elsewhere


def _baby(look: _Look) -> bool:
    usual = look.week.case.household.usual
    return usual.no_bedtime and look.ritual.needs is Needs.ASLEEP and bool(look.at_home)


def _sat(look: _Look) -> bool:
    return bool(look.at_home) and look.at_home <= look.week.sitter


def _not_yet_sat(look: _Look) -> bool:
    return not look.at_home <= look.week.sitter


def _used_to(look: _Look, day: str, clock: str) -> bool:
    """A weekday and an hour at which it was again and again, and is now."""
    lay = [at for at in look.before() if f"{DAYS[at.weekday()]}s" == day]
    near = [at for at in (*lay, look.at) if _is_near(at, clock)]
    return f"{DAYS[look.at.weekday()]}s" == day and look.at in near and len(near) > USED_TO


def _is_near(at: datetime, clock: str) -> bool:
    found = CLOCK.fullmatch(clock)
    if not found or found[2] not in (*HOURS, *NOON):
        return False
    hour = NOON[found[2]] if found[2] in NOON else (HOURS.index(found[2]) + 1) * 60
    off = (at.hour * 60 + at.minute - hour - PAST[found[1]]) % (12 * 60)
    return min(off, 12 * 60 - off) <= NEAR


def _turn(look: _Look, name: str) -> bool:
    """The one of the two who had no more of that kind of evening than the other."""
    key = look.week.keys.get(name)
    past = [o for o in look.week.case.around.past if o.kind is look.ritual.kind and o.partner]
    own = sum(o.partner == key for o in past)
    return key == look.partner and own <= len(past) - own


FREE = r"(\w+ is|you are both)"
SAYS: dict[str, Callable[..., bool]] = {
    rf"the first (day|evening) {FREE} free for it": _first,
    rf"the only (time|day|evening) {FREE} free for it": _only,
    rf"{FREE} free, with (a day|some days) between": _apart_by,
    rf"once a day, when {FREE} free": _once_a_day,
    rf"{FREE} free then": _free,
    r"short enough for a moment at work": _at_work,
    r"while (\w+) is with the children": _with,
    r"(\w+) has the children for (.+) of it": _has_for,
    r"(after|while) the children sleep": _asleep,
    r"when the baby sleeps, if it does": _baby,
    r"while the children are at home and awake": _awake,
    r"while the children are away": _away,
    r"with a sitter": _sat,
    r"if somebody is with the children": _not_yet_sat,
    r"(\w+days) at ([\w ]+), as (?:you like|\w+ likes) it": _used_to,
    r"it is (\w+)’s turn": _turn,
}


def _key(one: Placed) -> tuple[str, str | None]:
    return one.wanted.ritual.id, one.wanted.partner


def _apart(of: Placed | Occurrence, partner: str) -> Minutes:
    """The minutes of something that one does without the children, for oneself or out."""
    what = of.wanted.ritual if isinstance(of, Placed) else of
    when = of.span if isinstance(of, Placed) else of
    whose = of.wanted.partner if isinstance(of, Placed) else of.partner
    alone = what.kind in (Kind.ALONE, Kind.OUT) and what.size is not Size.SMALL
    if whose not in (None, partner) or what.with_children or not (alone or what.leaves):
        return frozenset()
    return frozenset(touched(when.start, when.end))
