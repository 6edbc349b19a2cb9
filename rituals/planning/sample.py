"""One invented couple and some weeks of their life: the demo, and the tests' common example.

Nothing is drawn from chance or a clock: the same day and the same rituals give the same weeks.
Each week is laid by our own placement, as seen from the Sunday before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import blake2b

from rituals.model import totals
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Hours, Household, Kind, Partner
from rituals.model.local_time import ONE_DAY, days, first_day, instant, week_to_plan
from rituals.model.plan import (
    SHARE_OF_HOPES,
    Choice,
    Occurrence,
    Plan,
    Said,
    Season,
    clash,
    standing,
)
from rituals.model.ritual import Ritual
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.model.time.window import Window
from rituals.planning import changes, review, scheduling


@dataclass(frozen=True)
class Sample:
    """A household and its weeks, the oldest first; the last is the week to plan."""

    household: Household
    plans: tuple[Plan, ...]


def couple(today: date, weeks: int, rituals: Mapping[str, Ritual]) -> Sample:
    """Maya and Jonas with so many weeks lived, and the week to plan."""
    newest = week_to_plan(today, HOUSEHOLD)
    life: list[Plan] = []
    for back in range(weeks, -1, -1):
        plan = _scheduled(life[-1] if life else None, newest - back, back, rituals)
        life.append(plan if back in UNSAID else _lived(plan))
    return Sample(HOUSEHOLD, tuple(life))


HOUSEHOLD = Household(
    id="6f1d2c1e-5f0b-4a8e-9c53-0b8f6f1f7a10",
    partners=(Partner(ONE, "Maya"), Partner(TWO, "Jonas")),
    children=True,
    zone="Europe/Berlin",
    hours=Hours(
        wake=time(6, 30),
        sleep=time(22, 30),
        bedtime=time(19, 30),
        work={
            ONE: (
                Window.read("Mon,Wed 08:30-15:00"),
                Window.read("Tue,Thu 08:30-17:00"),
                Window.read("Fri 08:30-14:00"),
            ),
            TWO: (Window.read("Mon-Thu 08:15-17:00"), Window.read("Fri 08:15-13:00")),
        },
        children_away=(Window.read("Mon-Fri 08:00-16:00"),),
    ),
)

SITTING = time(21)  # Sunday night, when the children sleep
CHAPTER = 7  # weeks for which the same few rituals are the ones they like
WHIM = 0.4  # how much of a choice is this week's mood, beside the chapter's liking
MOVED = 0.08  # how often a slider is moved by hand
STEPS = (-30, 30, 60)  # minutes by which it is moved
WRITTEN_DOWN = 0.45  # how often they write down something that just happened

# By weeks ago, seen from the week to plan.
SEASONS = {
    4: Season.HARD,
    8: Season.GRACE,
    9: Season.GRACE,
    12: Season.CALM,
    34: Season.CALM,
    41: Season.HARD,
    57: Season.GRACE,
    58: Season.GRACE,
    66: Season.CALM,
    79: Season.HARD,
    95: Season.CALM,
}
GRACE = {8: "Illness", 9: "Illness", 57: "Holiday", 58: "Holiday"}  # what for, by weeks ago
# The week to plan and the one to look back on; weeks nobody wrote down; weeks of grace.
UNSAID = {0, 1, 15, 49, 50, 87} | {ago for ago, season in SEASONS.items() if season is Season.GRACE}


@dataclass(frozen=True)
class _Pool:
    """Rituals of which a usual week holds so many; a part of one is one in some weeks."""

    picks: float
    choices: tuple[Choice, ...]


def _pool(picks: float, partner: str | None, **times: int) -> _Pool:
    chosen = (Choice(name.replace("_", "-"), partner, times[name]) for name in times)
    return _Pool(picks, tuple(chosen))


def _weekend(*rituals: str) -> _Pool:
    return _Pool(1, tuple(Choice(ritual, key, 1) for ritual in rituals for key in (ONE, TWO)))


POOLS = (
    _pool(2, None, send_off=5),  # in a hard week, too, of which little else lies in the open
    _pool(1, None, goodnight_kiss=4, reunion=3, first_cup=2),
    _pool(0.8, ONE, unexpected_text=2, note_in_the_bag=1, small_act_of_love=1),
    _pool(0.8, TWO, i_noticed=1, note_in_the_bag=1, unexpected_text=1),
    _pool(1.2, None, late_talk=1, weekly_talk=1, read_aloud=2, early_night=1, phones_away=1),
    _pool(1, None, date_at_home=1, date_night=1, two_at_the_stove=1, long_walk=1),
    _pool(1, None, table_night=1, kitchen_radio=2),
    _pool(1.5, ONE, quiet_hour=1, run_or_swim=1, hands_busy=1, book_and_blanket=1, honest_nap=1),
    _pool(1.5, TWO, run_or_swim=2, hour_out_of_the_house=1, book_and_blanket=1, slow_morning=1),
    _weekend("saturday-adventure", "early-shift", "build-something"),
    _pool(1.6, ONE, their_own_evening=1, bedtime_solo=2, one_at_a_time=1, long_way_home=2),
    _pool(1.6, TWO, bedtime_solo=2, small_cooks=1, any_weather_walk=1, their_own_evening=1),
    _pool(0.8, ONE, night_with_friends=1, evening_class=1, one_old_friend=1, something_live=1),
    _pool(0.8, TWO, team_or_club=1, one_old_friend=1, cinema_alone=1, night_with_friends=1),
)


@dataclass(frozen=True)
class _Spontaneous:
    """Something that just happened and was written down afterwards."""

    title: str
    kind: Kind
    partner: str | None
    weekday: int
    hour: time
    minutes: int
    with_children: bool = False


JUST_HAPPENED = (
    _Spontaneous("Feeding the ducks on the way home", Kind.SOLO, ONE, 2, time(16, 15), 45),
    _Spontaneous("Rained in, with a film", Kind.TOGETHER, None, 6, time(15), 90, True),
    _Spontaneous("The neighbours rang, and it got late", Kind.OUT, TWO, 4, time(20), 120),
    _Spontaneous("Up far too late, talking", Kind.TOGETHER, None, 5, time(22), 90),
    _Spontaneous("An hour lost in the bookshop", Kind.ALONE, ONE, 5, time(11, 30), 60),
    _Spontaneous("Mending bikes in the yard", Kind.SOLO, TWO, 6, time(10, 30), 75),
    _Spontaneous("Both home early, coffee on the steps", Kind.TOGETHER, None, 4, time(14, 30), 60),
    _Spontaneous("A nap that nobody disturbed", Kind.ALONE, TWO, 6, time(13), 60),
    _Spontaneous("Met an old friend at the tram stop", Kind.OUT, ONE, 3, time(18), 75),
)


def _scheduled(last: Plan | None, week: Week, back: int, rituals: Mapping[str, Ritual]) -> Plan:
    if last is None:
        begun = changes.first_plan(week, HOUSEHOLD)
    else:
        begun = changes.carried_over(last, week, HOUSEHOLD)
    plan = changes.in_season(begun, SEASONS.get(back, Season.USUAL))
    plan = review.rest(plan, GRACE[back]) if back in GRACE else plan
    if plan.season is not Season.GRACE:
        plan = replace(_hoped_by_hand(plan), choices=_chosen(plan, rituals, 0 if back else 1))
    past = last.occurrences if last else ()
    around = PlanningContext(HOUSEHOLD, rituals, past=past)
    # Only what is still to come is worth the time that every quarter of an hour takes.
    return scheduling.scheduled(plan, around, _sitting_before(week), at_rest=not back)


def _hoped_by_hand(plan: Plan) -> Plan:
    for strand in HOUSEHOLD.strands():
        where = plan.week, strand.kind, strand.partner
        if _draw("slider", *where) < MOVED:
            step = STEPS[int(len(STEPS) * _draw("step", *where))]
            plan = changes.with_hope(plan, strand, totals.FIRST_HOPES[strand.kind] + step)
    return plan


def _chosen(plan: Plan, rituals: Mapping[str, Ritual], least: int) -> tuple[Choice, ...]:
    """The liked best of each pool now; one ritual is both partners' only where it is secret."""
    chosen: dict[str, Choice] = {}
    for number, pool in enumerate(POOLS):
        usual = pool.picks * SHARE_OF_HOPES[plan.season]
        picks = max(int(usual + _draw(plan.week, "picks", number)), least)
        possible = [c for c in pool.choices if c.ritual in rituals and c.ritual not in chosen]
        best = sorted(possible, key=lambda choice: _liking(choice, plan.week), reverse=True)
        chosen |= {c.ritual: c for c in best[:picks]}
    each = (one for choice in chosen.values() for one in _by_whom(choice, rituals))
    return tuple(_within_rhythm(choice, rituals) for choice in each)


def _by_whom(choice: Choice, rituals: Mapping[str, Ritual]) -> list[Choice]:
    """The choice of a ritual, or that of both where each has it for the other in secret."""
    if not rituals[choice.ritual].secret:
        return [choice]
    return [replace(choice, partner=partner) for partner in (ONE, TWO)]


def _liking(choice: Choice, week: Week) -> float:
    chapter = (week.ordinal + int(CHAPTER * _draw(choice.ritual))) // CHAPTER
    who = choice.ritual, choice.partner
    return _draw(chapter, *who) + WHIM * _draw(week, *who)


def _within_rhythm(choice: Choice, rituals: Mapping[str, Ritual]) -> Choice:
    return replace(choice, times=min(choice.times, rituals[choice.ritual].frequency.most))


def _lived(plan: Plan) -> Plan:
    for occurrence in standing(plan):
        plan = review.answer(plan, occurrence.id, _answer(plan, occurrence))
    if _draw(plan.week, "told") < WRITTEN_DOWN:
        happened = next(_happened(plan), None)
        plan = plan if happened is None else review.add_spontaneous(plan, happened)
    return plan


def _answer(plan: Plan, occurrence: Occurrence) -> Said:
    """Mostly as planned; less so in a week that went its own way, or a hard one."""
    as_planned = 0.65 + 0.33 * _draw(plan.week, "mood")
    if plan.season is Season.HARD:
        as_planned -= 0.2
    drawn = _draw(occurrence.id, "said")
    if drawn < as_planned:
        return Said.AS_PLANNED
    return Said.A_LITTLE if drawn < (1 + as_planned) / 2 else Said.LET_GO


def _happened(plan: Plan) -> Iterator[Occurrence]:
    """Spontaneous occurrences that fit into a week: nobody had anything else at that time."""
    first = int(len(JUST_HAPPENED) * _draw(plan.week, "happened"))
    for event in (*JUST_HAPPENED[first:], *JUST_HAPPENED[:first]):
        occurrence = _occurrence(event, plan.week)
        if clash(plan, occurrence, Span(occurrence.start, occurrence.end)) is None:
            yield occurrence


def _occurrence(event: _Spontaneous, week: Week) -> Occurrence:
    day = next(d for d in days(week, HOUSEHOLD) if d.weekday() == event.weekday)
    start = instant(day, event.hour, HOUSEHOLD)
    written = _sitting_before(week + 1)
    return Occurrence(
        id=f"{week}/happened/1",
        title=event.title,
        kind=event.kind,
        partner=event.partner,
        start=start,
        end=start + timedelta(minutes=event.minutes),
        created=written,
        changed=written,
        leaves=event.kind is Kind.OUT,
        with_children=event.with_children or event.kind is Kind.SOLO,
        spontaneous=True,
        said=Said.AS_PLANNED,
        lived=event.minutes,
    )


def _sitting_before(week: Week) -> datetime:
    return instant(first_day(week, HOUSEHOLD) - ONE_DAY, SITTING, HOUSEHOLD)


def _draw(*what: object) -> float:
    """A number from 0 up to 1 that looks like chance and is always the same for the same words."""
    digest = blake2b("|".join(map(str, what)).encode(), digest_size=6).digest()
    return int.from_bytes(digest) / 2**48
