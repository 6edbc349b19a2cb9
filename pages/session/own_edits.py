"""What this screen set last, for as long as another one may have set it at the same time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from pages.session import context, stores
from rituals.model.plan import Plan, Season
from rituals.model.week import Week
from rituals.planning.conflicts import (
    HopeSetting,
    OccurrenceSetting,
    PlaceSetting,
    Setting,
    TimesSetting,
)

MINE = "mine"  # session: by setting, what it was set to here
REST_IN_GRACE = (HopeSetting, TimesSetting, PlaceSetting)
AT_ONCE = timedelta(minutes=2)  # what is changed after that is changed later, not at once


@dataclass
class Mine:
    """The value that a setting was given here, and when."""

    value: Any
    name: str
    at: datetime
    is_asked: bool = False  # it is otherwise now, and somebody is told so


def noting(about: Setting | None = None) -> Callable[[Plan, Plan], None]:
    """Takes in a change made here, once there is one: the plan before it and after.

    Kept is what it is about, and what of ours moved along with it. Asked for ahead, for once the
    change is in the store no run may be cut short before it is noted: it would ask the session.
    """
    kept, rituals, household = _all(), context.rituals(), context.household()

    def note(before: Plan, after: Plan) -> None:
        for setting, mine in kept.items():
            was, now = setting.read(before), setting.read(after)
            if setting.week == after.week and was == mine.value != now:
                mine.value = now
        if about and (about in kept or about.read(after) != about.read(before)):
            name = about.label(after, household, rituals)
            kept[about] = Mine(about.read(after), name, stores.now())

    return note


def is_otherwise() -> list[tuple[Setting, Mine, Plan]]:
    """What is not as it was set here, with its week's plan; the newest first."""
    if not _all():
        return []
    kept = stores.store().load_plans(sorted({setting.week for setting in _all()}))
    for setting, mine in _all().items():
        mine.is_asked = _differs(kept.get(setting.week), setting, mine)
    asked = [
        (setting, mine, kept[setting.week])
        for setting, mine in _all().items()
        if mine.is_asked and not _is_at_rest(kept[setting.week], setting)
    ]
    return sorted(asked, key=lambda one: one[1].at, reverse=True)


def forget(setting: Setting) -> None:
    """What another screen set may stay so."""
    _all().pop(setting, None)


def forget_what_is_agreed(week: Week, only: Collection[str] | None) -> None:
    """Lets go of what was set here in a week once somebody here said yes to it as it is now."""
    about = [setting for setting in _all() if setting.week == week]
    for setting in about:
        if only is None or (isinstance(setting, OccurrenceSetting) and setting.occurrence in only):
            forget(setting)


def forget_what_is_old(unseen: timedelta = timedelta()) -> None:
    """Lets go of what nobody set again at once; `unseen` is how long nobody looked."""
    since = stores.now() - AT_ONCE - unseen
    old = [setting for setting, mine in _all().items() if mine.at < since and not mine.is_asked]
    for setting in old:
        forget(setting)


def _differs(plan: Plan | None, setting: Setting, mine: Mine) -> bool:
    return plan is not None and setting.read(plan) != mine.value


def _is_at_rest(plan: Plan, setting: Setting) -> bool:
    """Whether nothing is asked now: of a week of grace there is the season alone."""
    return plan.season is Season.GRACE and isinstance(setting, REST_IN_GRACE)


def _all() -> dict[Setting, Mine]:
    kept: dict[Setting, Mine] = st.session_state.setdefault(MINE, {})
    return kept
