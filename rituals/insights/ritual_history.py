"""History of the rituals: those lived, those at rest and those never tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rituals.insights import balance
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.ritual import RESTED, Ritual, fitting
from rituals.model.summary import TimesLived
from rituals.model.time.week import Week

LATELY = 13  # weeks: a quarter of a year


class Dot(NamedTuple):
    """A ritual in a week in which it was lived."""

    label: str
    title: str
    kind: str
    times: int
    words: str
    week: str = ""  # in words
    often: str = ""


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
    """Rituals that were lived, those of most times lately first."""
    lately = dict.fromkeys(last, 0)
    for counted in times:
        if counted.ritual in lately and ahead - counted.week <= LATELY:
            lately[counted.ritual] += counted.times
    records = [
        _life(rituals[id], week, lately[id], ahead, household)
        for id, week in last.items()
        if id in rituals
    ]
    return sorted(
        records, key=lambda record: (-record.lately, ahead - record.last, record.ritual.title)
    )


def dots(
    times: Iterable[TimesLived], shown: Sequence[RitualRecord], ahead: Week, household: Household
) -> list[Dot]:
    """Weeks in which these rituals were lived, in the order of `shown`."""
    place = {record.ritual.id: number for number, record in enumerate(shown)}
    counts = [counted for counted in times if counted.ritual in place]
    counts.sort(key=lambda counted: (place[counted.ritual], counted.week))
    return [
        _dot(counted, shown[place[counted.ritual]].ritual, ahead, household) for counted in counts
    ]


def resting(records: Iterable[RitualRecord], ahead: Week) -> list[RitualRecord]:
    """Rituals not lived for some weeks, the longest rest last; retired ones left out."""
    rested = [record for record in records if _rests(record.last, ahead)]
    return sorted(
        (record for record in rested if not record.ritual.retired),
        key=lambda record: (ahead - record.last, record.ritual.title),
    )


def never_tried(
    rituals: Iterable[Ritual], records: Iterable[RitualRecord], household: Household
) -> list[Ritual]:
    """Rituals this household could choose and has not lived yet, by title."""
    tried = {record.ritual.id for record in records}
    could = fitting(rituals, household)
    return sorted((r for r in could if r.id not in tried), key=lambda ritual: ritual.title)


def _rests(last: Week, ahead: Week) -> bool:
    return ahead - last > RESTED


def _life(
    ritual: Ritual, last: Week, lately: int, ahead: Week, household: Household
) -> RitualRecord:
    of = balance.week_label(local_time.first_day(last, household), ahead, household.formats)
    text = f"last in the {of[0].lower()}{of[1:]}"
    if lately and not _rests(last, ahead):
        text = f"{_times(lately)} in the last {LATELY} weeks, {text}"
    return RitualRecord(ritual, last, lately, text)


def _dot(counted: TimesLived, ritual: Ritual, ahead: Week, household: Household) -> Dot:
    starts = local_time.first_day(counted.week, household)
    week, often = balance.week_label(starts, ahead, household.formats), _times(counted.times)
    in_words = f"{week} · {ritual.title} · {often}"
    label = balance.axis_label(starts, household.formats)
    return Dot(label, ritual.title, ritual.kind.value, counted.times, in_words, week, often)


def _times(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times) or f"{wording.number(times)} times"
