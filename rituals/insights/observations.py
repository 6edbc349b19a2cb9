"""One true sentence about past weeks, which the two may not have noticed themselves.

It rests on what was said, and on nothing else. A week that nobody looked back on and a week of
grace count neither for nor against; where something unsaid could make a sentence untrue, its rule
stays silent. What is named is what both took part in: no rule sets one beside the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from statistics import fmean
from typing import NamedTuple

from rituals.insights.looking_back import (
    HALF_A_YEAR,
    LIVED,
    QUARTER,
    RECENT,
    TOGETHER,
    Moment,
    PastWeeks,
    ReviewedWeek,
    past_weeks,
    reviewed_week,
)
from rituals.model import wording
from rituals.model.household import Household, Kind
from rituals.model.plan import Occurrence, Plan
from rituals.model.ritual import RESTED, Size
from rituals.model.time.week import Week
from rituals.text import single_line

RULE_TITLES = {  # by rule
    "first_after_grace": "What came first after a week off",
    "came_back": "A ritual that came back after weeks of rest",
    "something_new": "A ritual that was there for the first time",
    "keeps_happening": "Something that keeps happening by itself",
    "part_of_a_day_together": "A part of a day that was yours together again and again",
    "together_unplanned": "Time together that nobody had planned",
    "more_together": "A week of the last three months beside the three before",
    "whenever_planned": "A ritual that happened whenever it was in the plan",
    "calmest_evening": "The quietest evening of your weeks",
}


MOST = 5  # of these: below, the others would be the news
SOME = 3  # times that make a habit of what nobody planned
OFTEN = 4  # times in the plan, below which "whenever" is too big a word
LEAST_WEEKS = 8  # weeks looked back on, below which everything is new
LEAST_OF_A_QUARTER = 6  # of a quarter's weeks, below which its mean is chance
A_LITTLE, CLEARLY = 1.05, 1.25  # times as much: below the one the same, from the other on "more"
AN_HOUR = 60  # minutes a week, below which "as much" is no news
MONTH = 4  # weeks until a rule that still holds may speak again
PARTS = ("evening", "morning", "afternoon")  # the first is told first


class Observation(NamedTuple):
    """A sentence, the rule it comes from, and on how many weeks it rests."""

    rule: str
    sentence: str
    weeks: int


Rule = Callable[[PastWeeks], Observation | None]


def weeks_considered(week: Week) -> list[Week]:
    """Weeks an observation may rest on, or on which one may have been made before."""
    return [week - back for back in range(HALF_A_YEAR + 2, 0, -1)]


def observation(
    plans_by_week: Mapping[Week, Plan],
    week: Week,
    household: Household,
    dismissed: frozenset[str] = frozenset(),
) -> Observation | None:
    """Observation for the Sunday before a week, never by the rule of a Sunday before; or None.

    What has just become true comes first; what has long been so is told again in its turn.
    """
    weeks = [
        reviewed_week(plans_by_week[w], household)
        for w in weeks_considered(week)
        if w in plans_by_week
    ]
    now, before, earlier = (_holding(past_weeks(weeks, week - back)) for back in range(3))
    just_now = [rule for rule in now if rule not in before]
    long_so = [rule for rule in now if rule in before and rule in earlier and _in_turn(rule, week)]
    return next((now[rule] for rule in (*just_now, *long_so) if rule not in dismissed), None)


def first_after_grace(past: PastWeeks) -> Observation | None:
    """Names the ritual that both took up first when a time of grace was over."""
    rested = _run_of_grace(past)
    if past.last is None or not rested:
        return None
    before = {r for w in past.between(rested + 2, HALF_A_YEAR) for r in w.shared_rituals()}
    both = [m for m in past.last.moments if m.of_both and m.occurrence.ritual]
    first = next((m for m in both if m.lived or m.is_open), None)
    if first is None or first.is_open or first.occurrence.ritual not in before:
        return None
    rest = "the week off" if rested == 1 else f"{wording.number(rested)} weeks off"
    sentence = f"After {rest}, the two of you came back to {_quoted(first.occurrence)} first."
    return Observation("first_after_grace", sentence, 1)


def came_back(past: PastWeeks) -> Observation | None:
    """Names a ritual of both that returned after weeks without it."""
    if past.last is None:
        return None
    rests = {id: _rest(past, id) for id in sorted(past.last.shared_rituals())}
    longest = max(rests, key=rests.__getitem__, default="")
    if rests.get(longest, 0) < RESTED:
        return None
    title, rest = _quoted(past.last.shared_rituals()[longest]), wording.number(rests[longest])
    sentence = f"{title} came back last week, after {rest} weeks of rest."
    return Observation("came_back", sentence, rests[longest] + 2)


def something_new(past: PastWeeks) -> Observation | None:
    """Names a ritual of both that was lived for the first time in all these weeks."""
    weeks = past.between(1, HALF_A_YEAR)
    if past.last is None or len(weeks) <= LEAST_WEEKS:
        return None
    seen = {ritual for w in weeks[1:] for ritual in (*w.shared_rituals(), *w.unclear_rituals())}
    new = [o for ritual, o in past.last.shared_rituals().items() if ritual not in seen]
    if not new:
        return None
    title = _quoted(max(new, key=lambda o: (o.minutes, o.id)))
    sentence = f"{title} was there last week, for the first time in {past.phrase(weeks)}."
    return Observation("something_new", sentence, len(weeks))


def keeps_happening(past: PastWeeks) -> Observation | None:
    """Names something of both that nobody plans and that happens again and again."""
    weeks = past.between(1, QUARTER)
    if not past.recent:
        return None
    happened = {(_name(o), o.start): o for w in weeks for o in _by_itself(w) if _name(o)}
    times = Counter(name for name, _ in happened)
    recent = {_name(o) for w in past.recent for o in _by_itself(w)}
    often = [name for name, n in times.most_common() if n >= SOME and name in recent]
    if not often:
        return None
    title = _quoted(max((o for (n, _), o in happened.items() if n == often[0]), key=_start))
    sentence = (
        f"{title} just happened {wording.number(times[often[0]])} times in {past.phrase(weeks)}."
    )
    return Observation("keeps_happening", sentence, len(weeks))


def part_of_a_day_together(past: PastWeeks) -> Observation | None:
    """Names a part of one weekday that was together in most of the last weeks."""
    found: list[tuple[int, int, int]] = []
    for slot in {m.slot for w in past.recent for m in w.moments if _is_together(m)}:
        were = [_were_together(w, slot) for w in past.recent]
        if slot[1] and None not in were and were.count(True) >= MOST:
            found.append((-were.count(True), PARTS.index(slot[1]), slot[0]))
    if not found:
        return None
    times, part, day = min(found)
    when = f"{wording.WEEKDAYS[day]} {PARTS[part]}s"
    sentence = f"{when} were yours together in {_so_many(-times, past)}."
    return Observation("part_of_a_day_together", sentence, RECENT)


def together_unplanned(past: PastWeeks) -> Observation | None:
    """Counts recent weeks with time together that nobody had planned."""
    brought = sum(any(o.size is not Size.SMALL for o in _by_itself(w)) for w in past.recent)
    if brought < SOME:
        return None
    sentence = f"Time together that nobody had planned came in {_so_many(brought, past)}."
    return Observation("together_unplanned", sentence, RECENT)


def more_together(past: PastWeeks) -> Observation | None:
    """Compares the time together of three months with the three before, unless it was less."""
    near, far = past.between(1, QUARTER), past.between(QUARTER + 1, HALF_A_YEAR)
    lately, before = ([w.together for w in half if w.together is not None] for half in (near, far))
    if not past.recent or min(len(lately), len(before)) < LEAST_OF_A_QUARTER:
        return None
    now, then = fmean(lately), fmean(before)
    if now < max(then / A_LITTLE, AN_HOUR):
        return None
    held = f"held {_more(now, then)} time together"
    than = "as" if now < then * A_LITTLE else "than"
    sentence = f"In the last three months a week {held} {than} in the three before."
    return Observation("more_together", sentence, len(lately) + len(before))


def whenever_planned(past: PastWeeks) -> Observation | None:
    """Names a ritual of both that was lived every time it was in the plan."""
    planned: dict[str, list[Occurrence]] = {}
    for occurrence in (o for w in past.recent for o in w.plan.occurrences):
        if occurrence.ritual and (occurrence.chosen or occurrence.said):
            planned.setdefault(occurrence.ritual, []).append(occurrence)
    always = {id: each for id, each in planned.items() if _always_lived(each)}
    if not always:
        return None
    often = max(sorted(always), key=lambda id: len(always[id]))
    times, title = len(always[often]), _quoted(max(always[often], key=_start))
    in_all = f"{wording.number(times)} times in {past.phrase(past.recent)}"
    sentence = f"Whenever {title} was in the plan, it happened: {in_all}."
    return Observation("whenever_planned", sentence, RECENT)


def calmest_evening(past: PastWeeks) -> Observation | None:
    """Names the one evening of the week that was left free more often than any other."""
    free = {day: [_was_free(w, day) for w in past.recent] for day in range(7)}
    sure = {day: f.count(True) for day, f in free.items()}
    best = max(sure, key=sure.__getitem__)
    others = [len(f) - f.count(False) for day, f in free.items() if day != best]
    if None in free[best] or sure[best] < MOST or max(others) >= sure[best]:
        return None
    when, times = wording.WEEKDAYS[best], _so_many(sure[best], past)
    sentence = f"{when} evenings were the quiet ones: small moments at most, in {times}."
    return Observation("calmest_evening", sentence, RECENT)


# The most surprising first. Their names are kept where a couple put one aside.
RULES: tuple[Rule, ...] = (
    first_after_grace,
    came_back,
    something_new,
    keeps_happening,
    part_of_a_day_together,
    together_unplanned,
    more_together,
    whenever_planned,
    calmest_evening,
)
NAMES = [rule.__name__ for rule in RULES]


def _holding(past: PastWeeks) -> dict[str, Observation]:
    """Every observation that holds before a week, by rule, the most surprising first."""
    return {found.rule: found for rule in RULES if (found := rule(past))}


def _in_turn(rule: str, week: Week) -> bool:
    return (week.ordinal + NAMES.index(rule)) % MONTH == 0


def _run_of_grace(past: PastWeeks) -> int:
    """Number of weeks of grace before last week, one after the other."""
    back = 2
    while past.week - back in past.grace:
        back += 1
    return back - 2


def _rest(past: PastWeeks, ritual: str) -> int:
    """Number of weeks without a ritual before last week; 0 where that is unknown."""
    for back in range(2, HALF_A_YEAR + 1):
        reviewed = past.at(past.week - back)
        if reviewed is None or ritual in reviewed.unclear_rituals():
            return 0
        if ritual in reviewed.shared_rituals():
            return back - 2
    return 0


def _by_itself(reviewed: ReviewedWeek) -> Iterable[Occurrence]:
    """Spontaneous occurrences together that both lived in a week."""
    return (
        m.occurrence
        for m in reviewed.moments
        if m.occurrence.spontaneous and m.lived and m.occurrence.strand == TOGETHER
    )


def _is_together(moment: Moment) -> bool:
    return moment.occurrence.kind is Kind.TOGETHER and moment.occurrence.size is not Size.SMALL


def _were_together(reviewed: ReviewedWeek, slot: tuple[int, str]) -> bool | None:
    """True if the two were together in that slot, False if not, None while unsaid."""
    moments = [m for m in reviewed.moments if m.slot == slot and _is_together(m)]
    if any(m.lived for m in moments):
        return True
    may_have_been = any(m.is_open for m in moments) or TOGETHER in reviewed.plan.lived
    return None if may_have_been else False


def _was_free(reviewed: ReviewedWeek, day: int) -> bool | None:
    """True if that evening held small moments at most, False if not, None while unsaid."""
    moments = [
        m for m in reviewed.moments if day in m.evenings and m.occurrence.size is not Size.SMALL
    ]
    if any(m.lived for m in moments):
        return False
    may_have_been = any(m.is_open for m in moments) or reviewed.plan.lived
    return None if may_have_been else True


def _more(now: float, then: float) -> str:
    if now < then * A_LITTLE:
        return "about as much"
    return "a little more" if now < then * CLEARLY else "more"


def _always_lived(each: Sequence[Occurrence]) -> bool:
    """True if each was lived by both and none let go, and there were enough of them."""
    lived = all(o.said in LIVED and not o.let_go and o.partner is None for o in each)
    return lived and len(each) >= OFTEN


def _so_many(times: int, past: PastWeeks) -> str:
    """Share of the last weeks in words: "five of the last six weeks"."""
    part = "each" if times == RECENT else wording.number(times)
    return f"{part} of {past.phrase(past.recent)}"


def _quoted(occurrence: Occurrence) -> str:
    return f"“{single_line(occurrence.title)}”"


def _name(occurrence: Occurrence) -> str:
    """Folded name of something that just happened; empty where it was given none."""
    return "" if occurrence.title == wording.UNTITLED else single_line(occurrence.title).casefold()


def _start(occurrence: Occurrence) -> tuple[datetime, str]:
    return occurrence.start, occurrence.id
