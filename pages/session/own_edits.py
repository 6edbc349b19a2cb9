"""Values this screen set last, as long as another may have set them at the same time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from pages.session import context, stores
from rituals.model.plan import Plan, Season
from rituals.model.time.week import Week
from rituals.planning.conflicts import (
    HopeSetting,
    OccurrenceSetting,
    PlaceSetting,
    Setting,
    TimesSetting,
)

OWN_EDITS = "mine"  # session: by setting, what it was set to here
REST_IN_GRACE = (HopeSetting, TimesSetting, PlaceSetting)
AT_ONCE = timedelta(minutes=2)  # what is changed after that is changed later, not at once


@dataclass
class OwnEdit:
    """The value that a setting was given here, and when."""

    value: Any
    name: str
    at: datetime
    is_overwritten: bool = False  # another screen changed it, and the card shows that


def remember(about: Setting | None = None) -> Callable[[Plan, Plan], None]:
    """A function to call with the plan before and after a change made here; it remembers it.

    Remembered is what it is about, and what of ours moved along with it. Made ahead, for once the
    change is in the store no run may be cut short before it is noted: it would read the session.
    """
    kept, rituals, household = _own_edits(), context.rituals(), context.household()

    def note(before: Plan, after: Plan) -> None:
        for setting, own in kept.items():
            was, now = setting.read(before), setting.read(after)
            if setting.week == after.week and was == own.value != now:
                own.value = now
        if about and (about in kept or about.read(after) != about.read(before)):
            name = about.label(after, household, rituals)
            kept[about] = OwnEdit(about.read(after), name, stores.now())

    return note


def overwritten() -> list[tuple[Setting, OwnEdit, Plan]]:
    """Settings that another screen has changed since, with their week's plan; newest first."""
    if not _own_edits():
        return []
    kept = stores.store().load_plans(sorted({setting.week for setting in _own_edits()}))
    for setting, own in _own_edits().items():
        own.is_overwritten = _differs(kept.get(setting.week), setting, own)
    asked = [
        (setting, own, kept[setting.week])
        for setting, own in _own_edits().items()
        if own.is_overwritten and not _is_at_rest(kept[setting.week], setting)
    ]
    return sorted(asked, key=lambda one: one[1].at, reverse=True)


def forget(setting: Setting) -> None:
    """Forgets a setting: its value from another screen may stay."""
    _own_edits().pop(setting, None)


def forget_what_is_agreed(week: Week, only: Collection[str] | None) -> None:
    """Forgets settings of a week once somebody here agreed to it as it is now."""
    about = [setting for setting in _own_edits() if setting.week == week]
    for setting in about:
        if only is None or (isinstance(setting, OccurrenceSetting) and setting.occurrence in only):
            forget(setting)


def forget_what_is_old(unseen: timedelta = timedelta()) -> None:
    """Forgets settings older than `AT_ONCE`; `unseen` is for how long nobody looked."""
    since = stores.now() - AT_ONCE - unseen
    old = [
        setting
        for setting, own in _own_edits().items()
        if own.at < since and not own.is_overwritten
    ]
    for setting in old:
        forget(setting)


def _differs(plan: Plan | None, setting: Setting, own: OwnEdit) -> bool:
    return plan is not None and setting.read(plan) != own.value


def _is_at_rest(plan: Plan, setting: Setting) -> bool:
    """True if a setting does not matter now: in a week of grace only the season does."""
    return plan.season is Season.GRACE and isinstance(setting, REST_IN_GRACE)


def _own_edits() -> dict[Setting, OwnEdit]:
    kept: dict[Setting, OwnEdit] = st.session_state.setdefault(OWN_EDITS, {})
    return kept
