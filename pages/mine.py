"""What this screen set last, for as long as another one may have set it at the same time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from pages import shared, stores
from rituals import otherwise
from rituals.otherwise import Thing
from rituals.plan import Plan, Season
from rituals.week import Week

MINE = "mine"  # session: by thing, what it was set to here
AT_ONCE = timedelta(minutes=2)  # what is changed after that is changed later, not at once


@dataclass
class Mine:
    """What a thing was set to here, and when."""

    value: Any
    name: str
    at: datetime
    is_asked: bool = False  # it is otherwise now, and somebody is told so


def noting(about: Thing = ()) -> Callable[[Plan, Plan], None]:
    """Takes in a change made here, once there is one: the plan before it and after.

    Kept is what it is about, and what of ours moved along with it. Asked for ahead, for once the
    change is in the store no run may be cut short before it is noted: it would ask the session.
    """
    kept, title, household = _all(), _title(about), shared.household()

    def note(before: Plan, after: Plan) -> None:
        for thing, mine in kept.items():
            was, now = otherwise.is_at(before, thing), otherwise.is_at(after, thing)
            if _week(thing) == after.week and was == mine.value != now:
                mine.value = now
        value = otherwise.is_at(after, about)
        if about and (about in kept or value != otherwise.is_at(before, about)):
            name = otherwise.named(after, about, title, household)
            kept[about] = Mine(value, name, stores.now())

    return note


def is_otherwise() -> list[tuple[Thing, Mine, Plan]]:
    """What is not as it was set here, with its week's plan; the newest first."""
    if not _all():
        return []
    there = stores.store().load_plans(sorted({_week(thing) for thing in _all()}))
    for thing, mine in _all().items():
        mine.is_asked = _differs(there, thing, mine)
    asked = [
        (thing, mine)
        for thing, mine in _all().items()
        if mine.is_asked and not _is_at_rest(there[_week(thing)], thing)
    ]
    asked.sort(key=lambda one: one[1].at, reverse=True)
    return [(thing, mine, there[_week(thing)]) for thing, mine in asked]


def forget(thing: Thing) -> None:
    """What another screen set may stay so."""
    _all().pop(thing, None)


def forget_what_is_agreed(week: Week, only: Collection[str] | None) -> None:
    """Lets go of what was set here in a week once somebody here said yes to it as it is now."""
    about = [thing for thing in _all() if _week(thing) == week]
    for thing in about:
        if only is None or thing[-1] in only:
            forget(thing)


def forget_what_is_old(unseen: timedelta = timedelta()) -> None:
    """Lets go of what nobody set again at once; `unseen` is how long nobody looked."""
    since = stores.now() - AT_ONCE - unseen
    old = [thing for thing, mine in _all().items() if mine.at < since and not mine.is_asked]
    for thing in old:
        forget(thing)


def _differs(there: Mapping[Week, Plan], thing: Thing, mine: Mine) -> bool:
    plan = there.get(_week(thing))
    return plan is not None and otherwise.is_at(plan, thing) != mine.value


def _is_at_rest(plan: Plan, thing: Thing) -> bool:
    """Whether a thing asks for nothing now: of a week of grace there is the season alone."""
    return plan.season is Season.GRACE and thing[0] in ("hope", "times", "lies")


def _week(thing: Thing) -> Week:
    return Week.read(thing[1])


def _title(thing: Thing) -> str:
    ritual = shared.rituals().get(thing[2]) if thing[:1] == ("times",) else None
    return ritual.title if ritual else ""


def _all() -> dict[Thing, Mine]:
    kept: dict[Thing, Mine] = st.session_state.setdefault(MINE, {})
    return kept
