"""Whether a placement keeps every rule of a week: walked minute by minute, in sets of minutes.

Nothing here comes from `rituals.weeks`, from the algebra of spans or from what places rituals:
two who work the same thing out in two ways seldom make the same mistake.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations
from math import ceil

from rituals.model.household import ONE, TWO, Household, Kind
from rituals.model.plan import Occurrence
from rituals.model.ritual import Needs, Ritual, Size
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.model.time.window import DAYS, Anchor, Window
from rituals.planning.placement.place import Placed, Placement
from rituals.planning.placement.request import Request, Surroundings

STEP, QUARTER = 5, 15  # minutes
THE_OTHER = {ONE: TWO, TWO: ONE}
AWAY = (Kind.ALONE, Kind.OUT)
EVERY_DAY = tuple(range(len(DAYS)))
MARGIN = 2  # days before and after the week whose nights and shifts may reach into it

Minutes = frozenset[int]  # since the epoch, so that no zone is in them


@dataclass(frozen=True)
class Fault:
    """A broken rule: one sentence, and the placed rituals that break it."""

    sentence: str
    of: tuple[Placed, ...] = ()


def faults(
    placement: Placement,
    wanted: Iterable[Request],
    around: Surroundings,
    household: Household,
    week: Week,
) -> list[str]:
    """One sentence for each broken rule; nothing where the placement is legal."""
    return [fault.sentence for fault in broken(placement, wanted, around, household, week)]


def broken(
    placement: Placement,
    wanted: Iterable[Request],
    around: Surroundings,
    household: Household,
    week: Week,
) -> list[Fault]:
    """Each broken rule, with the placed rituals that break it."""
    world = _World(placement, around, household, week)
    found = [Fault(sentence) for sentence in _unanswered(placement, wanted)]
    for lying in world.placed:
        by = tuple(filter(None, [lying.placed]))
        found += [Fault(f"{lying} {what}.", by) for what in _own_faults(lying, world)]
    for one, other in world.pairs():
        both = tuple(lying.placed for lying in (one, other) if lying.placed)
        shared = _shared_faults(one, other, world)
        found += [Fault(f"{one} {what} {str(other).rstrip(',')}.", both) for what in shared]
    return found


def room(
    one: Placed, placement: Placement, around: Surroundings, household: Household, week: Week
) -> Minutes:
    """The minutes in which a placed ritual could lie, were all others where they are."""
    others = replace(placement, placed=tuple(p for p in placement.placed if p is not one))
    world, lying = _World(others, around, household, week), _Lying(one, household)
    beside = (*world.placed, *world.standing)
    taken = set(world.sleep)
    for other in beside:
        clash = household.children and _both_have_them(lying, other)
        taken |= set(other.minutes) if clash or lying.people & other.people else set()
    for key in lying.people:
        taken |= world.busy[key] | (world.work[key] if lying.size is not Size.SMALL else set())
    if household.children:
        taken |= world.dream | world.elsewhere if lying.with_children else set()
        taken |= _without_cover(lying, world)
    days = [d for d in world.days if not any(lying.is_again(o) and o.day == d for o in beside)]
    lies = world.lie(one.wanted.ritual.windows, days)
    awake = household.children and lying.needs is Needs.ASLEEP
    return (lies & world.dream if awake else lies) - taken


class _Lying:
    """An occurrence of the week, newly placed or standing, as the minutes it takes."""

    def __init__(self, of: Placed | Occurrence, household: Household) -> None:
        self.placed: Placed | None = of if isinstance(of, Placed) else None
        what: Ritual | Occurrence
        when: Span | Occurrence
        self.partner: str | None
        self.ritual: str | None
        if isinstance(of, Placed):
            what, when, self.partner = of.wanted.ritual, of.span, of.wanted.partner
            self.ritual, self.needs = of.wanted.ritual.id, of.wanted.ritual.needs
        else:
            what, when, self.partner = of, of, of.partner
            self.ritual, self.needs = of.ritual, Needs.NOTHING  # what it needed is not known
        self.title, self.kind, self.size = what.title, what.kind, what.size
        self.leaves, self.with_children = what.leaves, what.with_children
        self.start, self.end = when.start, when.end
        self.minutes = _between(when.start, when.end)
        self.people = {self.partner} if self.partner else {ONE, TWO}
        self.begins = when.start.astimezone(household.tz)

    def __str__(self) -> str:
        return f"{self.title} of {self.partner or 'both'}, {self.begins:%a %H:%M},"

    @property
    def day(self) -> date:
        return self.begins.date()

    def is_again(self, other: "_Lying") -> bool:
        """Whether the other is the same ritual of the same people."""
        return (self.ritual, self.partner) == (other.ritual, other.partner)

    def takes_away(self, *, asleep: bool) -> bool:
        """Whether its people are not there for the children; alone at home they hear them sleep."""
        if self.with_children:
            return False
        alone = self.kind in AWAY and self.size is not Size.SMALL
        return self.leaves or (alone and not asleep)


class _World:
    """Who is where in each minute of a week, and what the clocks say."""

    def __init__(
        self, placement: Placement, around: Surroundings, household: Household, week: Week
    ) -> None:
        self.around, self.household = around, household
        first = week.monday - timedelta(days=-household.week_starts % len(DAYS))
        self.days = _run(first, 0, len(DAYS))
        near = _run(first, -MARGIN, len(DAYS) + MARGIN)
        hours = household.hours
        self.sleep = self.lie((Window(EVERY_DAY, hours.sleep, hours.wake),), near)
        self.work = {key: self.lie(hours.work.get(key, ()), near) for key in (ONE, TWO)}
        self.busy = {key: _minutes(around.busy.get(key, ())) for key in (ONE, TWO)}
        self.dream = self.lie((Window(EVERY_DAY, hours.bedtime, hours.wake),), near)
        self.elsewhere = self.lie(hours.children_away, near)
        self.placed = [_Lying(placed, household) for placed in placement.placed]
        self.standing = [_Lying(stands, household) for stands in around.standing]
        self.sitter = _minutes(around.sitter).union(
            *(lying.minutes for lying in self.placed if lying.needs is Needs.SITTER)
        )

    def lie(self, windows: Iterable[Window], days: Sequence[date]) -> Minutes:
        """The minutes of windows that begin on some days."""
        return frozenset().union(
            *(
                self._window(window, day)
                for window in windows
                for day in days
                if day.weekday() in window.days
            )
        )

    def _window(self, window: Window, day: date) -> range:
        hours = self.household.hours
        named = {
            Anchor.WAKE: hours.wake,
            Anchor.SUPPER: hours.supper,
            Anchor.BEDTIME: hours.bedtime,
            Anchor.SLEEP: hours.sleep,
        }
        start, end = (
            named[edge] if isinstance(edge, Anchor) else edge for edge in (window.start, window.end)
        )
        last = day if end > start else day + timedelta(days=1)
        tz = self.household.tz
        return _between(datetime.combine(day, start, tz), datetime.combine(last, end, tz))

    def pairs(self) -> Iterator[tuple[_Lying, _Lying]]:
        """Every two of which at least one was placed just now."""
        yield from combinations(self.placed, 2)
        yield from ((new, stands) for new in self.placed for stands in self.standing)

    def absent(self, partner: str, *, asleep: bool) -> Minutes:
        """The minutes in which an occurrence takes a partner from the children as they are."""
        return frozenset().union(
            *(
                lying.minutes
                for lying in (*self.placed, *self.standing)
                if partner in lying.people and lying.takes_away(asleep=asleep)
            )
        )

    def taken(self, partner: str) -> Minutes:
        """The minutes that a partner's calendar or work has."""
        return self.busy[partner] | self.work[partner]


def _unanswered(placement: Placement, wanted: Iterable[Request]) -> Iterator[str]:
    asked = Counter(wanted)
    answers = Counter([one.wanted for one in placement.placed])
    answers += Counter([one.wanted for one in placement.unplaced])
    for want in asked | answers:
        named = f"{want.ritual.title} {want.number} of {want.partner or 'both'}"
        if answers[want] > asked[want]:
            yield f"{named} has more answers than it was asked for."
        elif answers[want] < asked[want] and not want.extra:
            yield f"{named} has no answer."


def _own_faults(lying: _Lying, world: _World) -> Iterator[str]:
    """What is wrong with a placed ritual beside its clashes with others."""
    yield from _faults_of_its_slot(lying, world)
    yield from _faults_of_its_people(lying, world)
    if world.household.children:
        yield from _faults_with_the_children(lying, world)
        yield from _faults_of_cover(lying, world)


def _faults_of_its_slot(lying: _Lying, world: _World) -> Iterator[str]:
    assert lying.placed is not None
    want = lying.placed.wanted
    if set(lying.minutes) - world.lie(want.ritual.windows, world.days):
        yield "lies outside its windows"
    if lying.start < world.around.since:
        yield "begins in the past"
    if not _begins_well(lying, want.lay, world.around):
        yield "begins neither at a quarter nor where something ends"
    length = (lying.end - lying.start).total_seconds() / 60
    lay = (want.lay.end - want.lay.start).total_seconds() / 60 if want.lay else None
    fits = want.ritual.least_minutes <= length <= want.ritual.most_minutes and length % STEP == 0
    if not (fits or length == lay):
        yield "lasts other minutes than it may"


def _begins_well(lying: _Lying, lay: Span | None, around: Surroundings) -> bool:
    at = lying.begins
    ends = {stands.end for stands in around.standing}
    ends |= {span.end for spans in around.busy.values() for span in spans}
    at_a_quarter = (at.minute % QUARTER, at.second, at.microsecond) == (0, 0, 0)
    return at_a_quarter or lying.start in ends or (lay is not None and lying.start == lay.start)


def _faults_of_its_people(lying: _Lying, world: _World) -> Iterator[str]:
    minutes = set(lying.minutes)
    for key in sorted(lying.people):
        if minutes & world.busy[key]:
            yield f"takes {key} out of what their calendar holds"
        if lying.size is not Size.SMALL and minutes & world.work[key]:
            yield f"takes {key} out of work"
    if minutes & world.sleep:
        yield "takes of the night's sleep"


def _faults_with_the_children(lying: _Lying, world: _World) -> Iterator[str]:
    minutes = set(lying.minutes)
    if lying.with_children and minutes & (world.dream | world.elsewhere):
        yield "finds the children asleep or away"
    if lying.needs is Needs.ASLEEP and minutes - world.dream:
        yield "finds the children awake"


def _faults_of_cover(lying: _Lying, world: _World) -> Iterator[str]:
    alone = set(lying.minutes) - world.sitter - world.elsewhere
    for other in sorted(THE_OTHER[key] for key in lying.people):
        away = world.absent(other, asleep=False) | world.taken(other)
        out = world.absent(other, asleep=True) | world.taken(other)
        if lying.takes_away(asleep=False) and (alone - world.dream) & away:
            yield f"leaves the children without anybody, as {other} is away"
        if lying.takes_away(asleep=True) and alone & world.dream & out:
            yield f"leaves the sleeping children without anybody, as {other} is out"


def _without_cover(lying: _Lying, world: _World) -> Minutes:
    """The minutes in which the children would have nobody, were this one anywhere."""
    away: Minutes = frozenset()
    asleep: Minutes = frozenset()
    if lying.needs is Needs.SITTER:
        return away
    for other in sorted(THE_OTHER[key] for key in lying.people):
        if lying.takes_away(asleep=False):
            away |= world.absent(other, asleep=False) | world.taken(other)
        if lying.takes_away(asleep=True):
            asleep |= world.absent(other, asleep=True) | world.taken(other)
    return ((away - world.dream) | (asleep & world.dream)) - world.sitter - world.elsewhere


def _shared_faults(one: _Lying, other: _Lying, world: _World) -> Iterator[str]:
    """What is wrong between two of the week."""
    at_once = set(one.minutes) & set(other.minutes)
    share = one.people & other.people
    if at_once and share:
        yield "asks for the same person as"
    same = one.ritual is not None and (one.ritual, one.partner) == (other.ritual, other.partner)
    if same and one.begins.date() == other.begins.date():
        yield "lies on the same day as"
    if world.household.children and at_once and not share and _both_have_them(one, other):
        yield "asks for the children at the same time as"


def _both_have_them(one: _Lying, other: _Lying) -> bool:
    return one.with_children and other.with_children and Kind.SOLO in (one.kind, other.kind)


def _between(start: datetime, end: datetime) -> range:
    """The minutes that a stretch of time touches."""
    return range(int(start.timestamp() // 60), ceil(end.timestamp() / 60))


def _minutes(spans: Iterable[Span]) -> Minutes:
    return frozenset().union(*(_between(span.start, span.end) for span in spans))


def _run(first: date, start: int, end: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(start, end)]
