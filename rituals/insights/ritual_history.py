"""What became of the rituals: which are lived, which rest and which were never tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rituals.insights import balance
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.ritual import RESTED, Ritual, fitting
from rituals.model.summary import TimesLived
from rituals.model.week import Week

LATELY = 13  # weeks: a quarter of a year


class Dot(NamedTuple):
    """A ritual in a week in which it was lived."""

    label: str
    title: str
    kind: str
    times: int
    words: str


class RitualRecord(NamedTuple):
    """A ritual that was lived at least once: when last, and how many times lately."""

    ritual: Ritual
    last: Week
    lately: int
    words: str


def ritual_records(
    times: Iterable[TimesLived],
    last: Mapping[str, Week],
    rituals: Mapping[str, Ritual],
    ahead: Week,
    household: Household,
) -> list[RitualRecord]:
    """The rituals that were lived, those of most times lately first."""
    lately = dict.fromkeys(last, 0)
    for told in times:
        if told.ritual in lately and ahead - told.week <= LATELY:
            lately[told.ritual] += told.times
    known = [
        _life(rituals[id], week, lately[id], ahead, household)
        for id, week in last.items()
        if id in rituals
    ]
    return sorted(known, key=lambda life: (-life.lately, ahead - life.last, life.ritual.title))


def dots(
    times: Iterable[TimesLived], shown: Sequence[RitualRecord], ahead: Week, household: Household
) -> list[Dot]:
    """The weeks in which these rituals were lived, in their order."""
    place = {life.ritual.id: number for number, life in enumerate(shown)}
    mine = [told for told in times if told.ritual in place]
    mine.sort(key=lambda told: (place[told.ritual], told.week))
    return [_dot(told, shown[place[told.ritual]].ritual, ahead, household) for told in mine]


def resting(known: Iterable[RitualRecord], ahead: Week) -> list[RitualRecord]:
    """Those that were not lived for some weeks, the longest rest last; retired ones left out."""
    still = [life for life in known if _rests(life.last, ahead)]
    return sorted(
        (life for life in still if not life.ritual.retired),
        key=lambda life: (ahead - life.last, life.ritual.title),
    )


def never_tried(
    rituals: Iterable[Ritual], known: Iterable[RitualRecord], household: Household
) -> list[Ritual]:
    """Those this household could choose and has not lived yet, by title."""
    tried = {life.ritual.id for life in known}
    could = fitting(rituals, household)
    return sorted((r for r in could if r.id not in tried), key=lambda ritual: ritual.title)


def _rests(last: Week, ahead: Week) -> bool:
    return ahead - last > RESTED


def _life(
    ritual: Ritual, last: Week, lately: int, ahead: Week, household: Household
) -> RitualRecord:
    of = balance.week_label(local_time.first_day(last, household), ahead)
    told = f"last in the {of[0].lower()}{of[1:]}"
    if lately and not _rests(last, ahead):
        told = f"{_times(lately)} in the last {LATELY} weeks, {told}"
    return RitualRecord(ritual, last, lately, told)


def _dot(told: TimesLived, ritual: Ritual, ahead: Week, household: Household) -> Dot:
    starts = local_time.first_day(told.week, household)
    in_words = f"{balance.week_label(starts, ahead)} · {ritual.title} · {_times(told.times)}"
    return Dot(balance.axis_label(starts), ritual.title, ritual.kind.value, told.times, in_words)


def _times(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times) or f"{wording.number(times)} times"
