"""Whether a placement keeps every rule of a week: walked minute by minute, in sets of minutes.

Nothing here comes from `rituals.weeks`, from the algebra of spans or from what places rituals:
two who work the same thing out in two ways seldom make the same mistake.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from rituals.model.household import ONE, TWO, Household, Kind
from rituals.model.plan import Occurrence
from rituals.model.ritual import Needs, Ritual, Size, TakesPart
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning.placement.place import Placed, Placement
from rituals.planning.placement.request import Request, Surroundings
from tests.support.life_by_minute import Life, Minutes, minutes_of, touched

STEP, QUARTER = 5, 15  # minutes
THE_OTHER = {ONE: TWO, TWO: ONE}
AWAY = (Kind.ALONE, Kind.OUT)


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
    taken: set[int] = set()
    for other in beside:
        clash = household.children and _both_have_them(lying, other)
        taken |= set(other.minutes) if clash or lying.people & other.people else set()
    for key in lying.people:
        taken |= world.busy[key] | world.sleep[key]
        taken |= set() if lying.is_possible_apart else world.life.work[key] | world.life.away[key]
    if household.children:
        taken |= world.dream | world.elsewhere if lying.with_children else set()
        taken |= _without_cover(lying, world)
    days = [d for d in world.days if not any(lying.is_again(o) and o.day == d for o in beside)]
    lies = world.life.lie(one.wanted.ritual.windows, days, lying.partner or "")
    quiet = household.children and lying.needs is Needs.ASLEEP
    return (lies & world.hush if quiet else lies) - taken


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
            self.in_person = of.wanted.ritual.in_person
            given = self.in_person and of.wanted.ritual.takes_part is TakesPart.EITHER
        else:
            given = False
            what, when, self.partner = of, of, of.partner
            self.ritual, self.needs = of.ritual, Needs.NOTHING  # what it needed is not known
            self.in_person = False
        self.title, self.kind, self.size = what.title, what.kind, what.size
        self.leaves, self.with_children = what.leaves, what.with_children
        self.start, self.end = when.start, when.end
        self.minutes = touched(when.start, when.end)
        self.people = {self.partner} if self.partner and not given else {ONE, TWO}
        self.begins = when.start.astimezone(household.tz)

    def __str__(self) -> str:
        return f"{self.title} of {self.partner or 'both'}, {self.begins:%a %H:%M},"

    @property
    def day(self) -> date:
        return self.begins.date()

    @property
    def is_possible_apart(self) -> bool:
        """Whether there is room for it at work and on a trip: small, and nobody need be near."""
        return self.size is Size.SMALL and not self.in_person

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
        self.life = life = Life(household, week)
        self.days = life.days
        self.sleep = {key: life.nights[key] | life.day_sleep[key] for key in (ONE, TWO)}
        self.busy = {key: minutes_of(around.busy.get(key, ())) for key in (ONE, TWO)}
        self.dream, self.elsewhere = life.bed, life.elsewhere
        self.hush = life.bed | life.elsewhere | life.may_sleep
        self.placed = [_Lying(placed, household) for placed in placement.placed]
        self.standing = [_Lying(stands, household) for stands in around.standing]
        self.sitter = (minutes_of(around.sitter) | life.sitter).union(
            *(lying.minutes for lying in self.placed if lying.needs is Needs.SITTER)
        )

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
        """The minutes in which a partner is busy, at work, on a trip or asleep by day."""
        return self.busy[partner] | self.life.missing(partner)


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
    if set(lying.minutes) - world.life.lie(want.ritual.windows, world.days, lying.partner or ""):
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
        if not lying.is_possible_apart and minutes & world.life.work[key]:
            yield f"takes {key} out of work"
        if not lying.is_possible_apart and minutes & world.life.away[key]:
            yield f"takes {key} away from a trip"
    if any(minutes & world.sleep[key] for key in lying.people):
        yield "takes of somebody's sleep"


def _faults_with_the_children(lying: _Lying, world: _World) -> Iterator[str]:
    minutes = set(lying.minutes)
    if lying.with_children and minutes & (world.dream | world.elsewhere):
        yield "finds the children asleep or away"
    if lying.needs is Needs.ASLEEP and minutes - world.hush:
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
