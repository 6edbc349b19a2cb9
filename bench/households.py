"""Invented households with a week to place, the same ones in every run.

They are busier than a usual couple: half of what their calendars hold lies outside their work.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from random import Random

from rituals.model import local_time
from rituals.model.household import ONE, TWO, Hours, Household, Partner
from rituals.model.plan import Occurrence, Said
from rituals.model.ritual import Ritual, TakesPart, fitting
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.time.window import Window
from rituals.planning import catalogue
from rituals.planning.placement.request import Request, Surroundings

SIZES = ((10, 20), (20, 40), (30, 60), (40, 60), (40, 80))  # occurrences and busy spans a week
OF_EACH = 20
# The zones with the weeks on whose Sunday their clocks change, and one in which nothing does.
ZONES = {
    "Europe/Berlin": (Week(2026, 13), Week(2026, 43), Week(2026, 48)),
    "America/New_York": (Week(2026, 10), Week(2026, 44), Week(2026, 48)),
    "Australia/Lord_Howe": (Week(2026, 14), Week(2026, 40), Week(2026, 48)),
}
# What came into the catalogue after the first figures: without it the hundred weeks stay the same.
LATER = frozenset(
    [
        "pancake-morning",
        "everyone-cooks",
        "board-game",
        "den-of-blankets",
        "sofa-cinema",
        "kitchen-disco",
        "something-growing",
        "supper-and-a-walk",
        "bike-tour",
        "library-together",
        "swim-together",
        "picnic",
        "pram-walk",
        "skin-and-song",
        "down-on-the-rug",
        "nap-time-tea",
        "baby-swim",
        "all-in-one-bed",
        "tea-at-their-door",
        "their-playlist",
        "their-dish",
        "one-series",
        "breakfast-at-noon",
        "something-fried",
    ]
)
DAYTIME = (time(7), time(22))
APPOINTMENTS = (15, 30, 30, 45, 45, 60, 60, 90, 120)  # minutes
LAST_WEEKS = 4
KNOWN = datetime(2026, 1, 4, 20, tzinfo=UTC)
TRIES = 400  # to find room for one more appointment


@dataclass(frozen=True)
class Case:
    """A household, its week, what it wants to place and what that is placed around."""

    name: str
    household: Household
    week: Week
    wanted: tuple[Request, ...]
    around: Surroundings


def cases() -> list[Case]:
    """The hundred weeks that are measured, evenly of each size."""
    return [
        generate(seed, occurrences, busy) for occurrences, busy in SIZES for seed in range(OF_EACH)
    ]


def generate(seed: int, occurrences: int, busy: int) -> Case:
    """The week of this seed: so many wanted occurrences, so many busy spans of the two."""
    chance = Random(f"{seed}-{occurrences}-{busy}")  # noqa: S311 - nothing secret is drawn
    household, week = a_household(chance)
    rituals = own_rituals(chance, household, but=LATER)
    around = Surroundings(
        since=a_sitting(chance, household, week),
        standing=tuple(what_stands(chance, rituals, household, week)),
        busy=calendars(chance, household, week, busy),
        sitter=a_sitter(chance, household, week),
        hopes={strand: chance.randrange(0, 420, 30) for strand in household.strands()},
        past=tuple(last_weeks(chance, rituals, household, week)),
    )
    wanted = tuple(choices(chance, rituals, occurrences))
    return Case(f"{occurrences}-{busy}/{seed}", household, week, wanted, around)


def a_household(chance: Random) -> tuple[Household, Week]:
    """Two partners, mostly with children, and their week; one in three weeks moves the clocks."""
    zone = chance.choices(list(ZONES), [5, 4, 1])[0]
    spring, autumn, usual = ZONES[zone]
    week = chance.choices([spring, autumn, usual], [1, 1, 4])[0]
    partners = (Partner(ONE, "Maya"), Partner(TWO, "Jonas"))
    hours = Hours(
        wake=chance.choice([time(6), time(6, 30), time(7)]),
        sleep=chance.choice([time(22), time(22, 30), time(23), time(0, 30)]),
        bedtime=chance.choice([time(19), time(19, 30), time(20)]),
        work={key: tuple(a_working_week(chance)) for key in (ONE, TWO)},
        children_away=(Window.read(chance.choice(["Mon-Fri 08:00-15:30", "Mon-Fri 08:30-13:00"])),),
    )
    children = chance.random() < 0.85
    starts = chance.choice([0, 0, 5, 6])
    household = Household(f"bench-{zone}", partners, children, zone, starts, hours)
    return household, local_time.week_of(week.monday + timedelta(days=6), household)


def a_working_week(chance: Random) -> Iterator[Window]:
    """Office hours, a half week, shifts of which one ends in the morning, or none."""
    written = chance.choice(
        [
            ("Mon-Fri 09:00-17:00",),
            ("Mon-Thu 08:30-16:30", "Fri 08:30-13:00"),
            ("Mon,Tue,Thu 08:30-15:00",),
            ("Mon,Wed 14:00-22:00", "Fri 22:00-06:00"),
            (),
        ]
    )
    yield from (Window.read(text) for text in written)


@cache
def suggested() -> dict[str, Ritual]:
    """The rituals of our catalogue, read once."""
    return catalogue.load(catalogue.SUGGESTED)


def own_rituals(chance: Random, household: Household, but: Collection[str] = ()) -> list[Ritual]:
    """The catalogue's rituals for this household, a third of them in its own length and hours."""
    ours = fitting((ritual for ritual in suggested().values() if ritual.id not in but), household)
    return [a_variant(chance, ritual) if chance.random() < 0.3 else ritual for ritual in ours]


def a_variant(chance: Random, ritual: Ritual) -> Ritual:
    """The ritual as a couple has made it its own: longer or shorter, on fewer days."""
    least = max(5, round(ritual.least_minutes * chance.choice([0.5, 0.75, 1.25]) / 5) * 5)
    days = chance.choice(["Mon-Fri", "Tue-Thu,Sat", "Fri-Sun", "daily"])
    kept = tuple(
        replace(window, days=both)
        for window in ritual.windows
        if (both := tuple(sorted(set(window.days) & set(Window.read(f"{days} 00:00-01:00").days))))
    )
    return replace(
        ritual,
        id=f"{ritual.id}-of-ours",
        least_minutes=least,
        most_minutes=max(least, ritual.most_minutes),
        windows=kept or ritual.windows,
    )


def choices(chance: Random, rituals: Sequence[Ritual], occurrences: int) -> Iterator[Request]:
    """So many occurrences of rituals in their rhythm; about one in eight is an extra."""
    pairs = [(ritual, partner) for ritual in rituals for partner in for_whom(chance, ritual)]
    chance.shuffle(pairs)
    left = occurrences
    for ritual, partner in pairs:
        times = min(left, chance.randint(ritual.frequency.least, ritual.frequency.most))
        extras = sum(chance.random() < 1 / 8 for _ in range(times))
        for number in range(1, times + 1):
            yield Request(ritual, partner, number, times, extra=number > times - extras)
        left -= times


def for_whom(chance: Random, ritual: Ritual) -> tuple[str | None, ...]:
    """Both at once, one of the two, or each."""
    if ritual.takes_part is TakesPart.BOTH:
        return (None,)
    return (ONE, TWO) if ritual.takes_part is TakesPart.EACH else (chance.choice([ONE, TWO]),)


def a_sitting(chance: Random, household: Household, week: Week) -> datetime:
    """Instant at which the week is planned: the evening before it, or in its middle."""
    begins = local_time.week_span(week, household).start
    if chance.random() < 0.8:
        return begins - timedelta(hours=3)
    return begins + timedelta(minutes=chance.randrange(24 * 60, 4 * 24 * 60))


def calendars(chance: Random, household: Household, week: Week, busy: int) -> dict[str, Spans]:
    """Both partners' appointments: so many spans that neither touch nor overlap."""
    taken: dict[str, list[Span]] = {ONE: [], TWO: []}
    for number in range(busy):
        partner = (ONE, TWO)[number % 2]
        works = bool(household.hours.work[partner]) and number % 4 < 2
        span = an_appointment(chance, household, week, partner, taken[partner], works)
        taken[partner].append(span)
    return {partner: Spans(spans) for partner, spans in taken.items()}


def an_appointment(  # noqa: PLR0913 - whose, when, and what else they have
    chance: Random,
    household: Household,
    week: Week,
    partner: str,
    taken: Sequence[Span],
    at_work: bool,
) -> Span:
    """One more appointment, within work or outside; one in six begins at an odd minute."""
    work = local_time.window_spans(household.hours.work[partner], week, household)
    for number in range(TRIES):
        span = somewhere(chance, household, week, chance.choice(APPOINTMENTS))
        touching = Span(span.start - timedelta(minutes=1), span.end + timedelta(minutes=1))
        free = not any(touching.overlaps(other) for other in taken)
        full = number > TRIES // 2  # where it was looked for; then anywhere
        if free and (full or at_work is any(span.overlaps(shift) for shift in work)):
            return span
    raise RuntimeError(f"There is no room for one more appointment of {partner}.")


def somewhere(chance: Random, household: Household, week: Week, minutes: int) -> Span:
    """A stretch of so many minutes in the daytime of some day."""
    day = chance.choice(local_time.days(week, household))
    first, last = (hour.hour * 60 for hour in DAYTIME)
    step = 5 if chance.random() < 1 / 6 else 15
    start = local_time.instant(
        day, time(*divmod(chance.randrange(first, last, step), 60)), household
    )
    return Span(start, start + timedelta(minutes=minutes))


def a_sitter(chance: Random, household: Household, week: Week) -> Spans:
    """An evening or two when somebody else has the children, in most households with some."""
    if not household.children or chance.random() < 0.4:
        return Spans()
    evenings = chance.sample(["Wed 17:00-21:00", "Fri 17:30-23:30", "Sat 14:00-23:00"], 2)
    return local_time.window_spans([Window.read(text) for text in evenings], week, household)


def what_stands(
    chance: Random, rituals: Sequence[Ritual], household: Household, week: Week
) -> Iterator[Occurrence]:
    """Up to three more than a rhythm asks for, fixed, none in the way of another."""
    spans: list[Span] = []
    for ritual in chance.sample(rituals, chance.randint(0, 3)):
        for occurrence in held(chance, ritual, household, week, ritual.frequency.most + 1):
            span = Span(occurrence.start, occurrence.end)
            if not any(span.overlaps(other) for other in spans):
                spans.append(span)
                yield replace(occurrence, fixed=True)


def last_weeks(
    chance: Random, rituals: Sequence[Ritual], household: Household, week: Week
) -> Iterator[Occurrence]:
    """Occurrences of the last weeks, more of them lived by one of the two."""
    for back in range(1, LAST_WEEKS + 1):
        for ritual in chance.sample(rituals, min(12, len(rituals))):
            for occurrence in held(chance, ritual, household, week - back, 1):
                said = chance.choice([Said.AS_PLANNED, Said.AS_PLANNED, Said.LET_GO])
                lived = occurrence.minutes if said is Said.AS_PLANNED else 0
                yield replace(occurrence, said=said, lived=lived)


def held(
    chance: Random, ritual: Ritual, household: Household, week: Week, number: int
) -> Iterator[Occurrence]:
    """A ritual at some quarter of its windows, if its least fits there."""
    length = timedelta(minutes=ritual.least_minutes)
    rooms = [
        span
        for span in local_time.window_spans(ritual.windows, week, household)
        if span.length >= length
    ]
    partner = chance.choice(for_whom(chance, ritual))
    for room in chance.sample(rooms, min(1, len(rooms))):
        quarters = (room.length - length) // timedelta(minutes=15)
        start = room.start + chance.randint(0, quarters) * timedelta(minutes=15)
        yield Occurrence(
            id=f"{week}/{ritual.id}/{partner or 'both'}/{number}",
            title=ritual.title,
            kind=ritual.kind,
            partner=partner,
            start=start,
            end=start + length,
            created=KNOWN,
            changed=KNOWN,
            ritual=ritual.id,
            number=number,
            size=ritual.size,
            leaves=ritual.leaves,
            with_children=ritual.with_children,
        )
