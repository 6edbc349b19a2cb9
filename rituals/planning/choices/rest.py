"""Rituals that rest this week: in a hard week, and where nothing is hoped for.

It is a proposal: what was chosen by hand this week never rests, and one press takes it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from rituals.model import wording
from rituals.model.household import Household, Kind, Strand
from rituals.model.plan import Choice, Plan, Season, standing
from rituals.model.ritual import Ritual, Size, fitting
from rituals.planning.choices import secret
from rituals.text import single_line

# Of the times that a usual week has room for; some of these find no place in a usual week, and all
# of the few that a hard week asks for do, so that it holds at most three fifths of its blocks.
SHARE_OF_HARD_WEEK = 0.45
HAS_ROOM_FOR = 3  # times of one ritual: of a daily one few evenings take more beside all else
MOST_NAMED = 4
NOTHING = {
    Kind.TOGETHER: "Nothing together",
    Kind.ALONE: "Nothing alone",
    Kind.SOLO: "Nothing with the children",
    Kind.OUT: "No time out",
}


def awake(plan: Plan, rituals: Mapping[str, Ritual]) -> tuple[Choice, ...]:
    """The choices of a week that look for a place, each as often as it does.

    What is secret looks for none: whoever gives it plans it alone.
    """
    shared = _shared(plan, rituals)
    hoped_for = [replace(c, times=_hoped_times(c, plan, rituals)) for c in shared]
    left = _of_hard_week(hoped_for, rituals) if plan.season is Season.HARD else hoped_for
    return tuple(choice for choice in left if choice.times)


def resting(plan: Plan, rituals: Mapping[str, Ritual]) -> tuple[Choice, ...]:
    """The choices of a week that rest, each as often as it does; what is held lies there anyway."""
    up = {_key(c): c.times for c in awake(plan, rituals)}
    lying = Counter((o.ritual or "", o.partner) for o in standing(plan))
    shared = _shared(plan, rituals)
    there = {_key(c): max(up.get(_key(c), 0), lying[_key(c)]) for c in shared}
    rest = (replace(c, times=c.times - there[_key(c)]) for c in shared)
    return tuple(choice for choice in rest if choice.times > 0 and choice.ritual in rituals)


def woken(plan: Plan, choices: Collection[Choice]) -> Plan:
    """The plan with these choices made by hand, so that they rest no longer."""
    keys = {_key(c) for c in choices}
    return replace(
        plan,
        choices=tuple(replace(c, by_hand=True) if _key(c) in keys else c for c in plan.choices),
    )


def sentences(plan: Plan, rituals: Mapping[str, Ritual], household: Household) -> list[str]:
    """Sentences on what rests this week, one for each reason; none where nothing does."""
    ours = {ritual.id for ritual in fitting(rituals.values(), household)}
    rest = [choice for choice in resting(plan, rituals) if choice.ritual in ours]
    without = [c for c in rest if _hopes_for_nothing(plan, _strand(c, rituals))]
    found = []
    for kind, words in NOTHING.items():
        own = [c for c in without if rituals[c.ritual].kind is kind]
        if own:
            found.append(f"{words} is hoped for: {_rests(own, plan, rituals, household)}.")
    if hard := [c for c in rest if c not in without]:
        found.insert(0, f"A hard week: {_rests(hard, plan, rituals, household)}.")
    return found


def _shared(plan: Plan, rituals: Mapping[str, Ritual]) -> list[Choice]:
    return [choice for choice in plan.choices if not secret.is_secret(choice, rituals)]


def _hoped_times(choice: Choice, plan: Plan, rituals: Mapping[str, Ritual]) -> int:
    ritual = rituals.get(choice.ritual)
    if ritual is None or choice.by_hand:
        return choice.times
    return 0 if _hopes_for_nothing(plan, _strand(choice, rituals)) else choice.times


def _hopes_for_nothing(plan: Plan, strand: Strand) -> bool:
    """True where nothing is hoped for; in the season's own measure a little would round to that."""
    hope = plan.hopes.get(strand)
    return hope is not None and (hope.usual if hope.by_hand is None else hope.by_hand) == 0


def _strand(choice: Choice, rituals: Mapping[str, Ritual]) -> Strand:
    return Strand.of(rituals[choice.ritual].kind, choice.partner)


def _key(choice: Choice) -> tuple[str, str | None]:
    return choice.ritual, choice.partner


def _of_hard_week(choices: Iterable[Choice], rituals: Mapping[str, Ritual]) -> list[Choice]:
    """Choices of a hard week: what is dear and what was chosen by hand, and small moments.

    Of small moments only so many that the week is clearly lighter than usual; what was chosen by
    hand takes none of their room, or taking something in would let another one rest.
    """
    all_of_them = list(choices)
    room = int(SHARE_OF_HARD_WEEK * sum(min(c.times, HAS_ROOM_FOR) for c in all_of_them))
    held = [c for c in all_of_them if _stays(c, rituals)]
    room -= sum(c.times for c in held if not c.by_hand)
    small = [c for c in all_of_them if c not in held and _is_small(c, rituals)]
    fewer = {_key(c): times for c, times in _fewer(small, max(room, 0))}
    return [
        c if c in held else replace(c, most=0, times=fewer.get(_key(c), 0)) for c in all_of_them
    ]


def _fewer(small: list[Choice], room: int) -> Iterable[tuple[Choice, int]]:
    """Small choices, one time each and then again in turn, as long as there is room."""
    times = dict.fromkeys(range(len(small)), 0)
    while room and (left := [n for n, c in enumerate(small) if times[n] < c.times]):
        least = min(left, key=lambda n: (times[n], n))
        times[least] += 1
        room -= 1
    return ((choice, times[n]) for n, choice in enumerate(small))


def _stays(choice: Choice, rituals: Mapping[str, Ritual]) -> bool:
    ritual = rituals.get(choice.ritual)
    return choice.by_hand or (ritual is not None and ritual.dear)


def _is_small(choice: Choice, rituals: Mapping[str, Ritual]) -> bool:
    ritual = rituals.get(choice.ritual)
    return ritual is not None and ritual.size is Size.SMALL


def _rests(
    rest: Sequence[Choice], plan: Plan, rituals: Mapping[str, Ritual], household: Household
) -> str:
    """ "Date at home and Club rest; Goodnight kiss comes less often"."""
    chosen = {_key(c): c.times for c in plan.choices}
    whole = [c for c in rest if c.times == chosen[_key(c)]]
    parts = [
        (whole, "rests", "rest"),
        ([c for c in rest if c not in whole], "comes less often", "come less often"),
    ]
    return "; ".join(
        f"{_named(some, rituals, household)} {one if len(_titles(some)) == 1 else many}"
        for some, one, many in parts
        if some
    )


def _named(some: Sequence[Choice], rituals: Mapping[str, Ritual], household: Household) -> str:
    """Titles of rituals, each once; with a name where it is only one of the two's."""
    names = []
    for id, partners in _titles(some).items():
        whose = f" for {household.name(partners[0])}" if partners[0] and len(partners) == 1 else ""
        names.append(single_line(rituals[id].title) + whose)
    if more := len(names) - MOST_NAMED:
        names = [*names[:MOST_NAMED], f"{wording.number(more)} more"] if more > 1 else names
    return wording.listed(names)


def _titles(some: Iterable[Choice]) -> dict[str, list[str | None]]:
    """The rituals of choices, each with those whose it is."""
    found: dict[str, list[str | None]] = {}
    for choice in some:
        found.setdefault(choice.ritual, []).append(choice.partner)
    return found
