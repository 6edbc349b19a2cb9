"""Changes of what is rare: kept or not, in another week, left out."""

from __future__ import annotations

from collections.abc import Sequence

from pages.session import context, edits, stores
from rituals.model.context import RareWeek
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week
from rituals.planning import changes
from rituals.planning.season import season
from rituals.planning.season.season import Rare
from rituals.store.context import save_rare_weeks


def keep(ritual: Ritual, is_kept: bool) -> None:
    """Keeps a rare ritual now and then, or no longer."""
    stores.store().change_ritual(lambda own: season.with_kept(own.get(ritual.id, ritual), is_kept))


def move(entry: Rare, to: Week) -> None:
    """Puts one time of something into another week; the plans of both follow."""
    rows = _rows()
    _choose(entry, entry.week, 0)
    _choose(entry, to, 1)
    save_rare_weeks(stores.store(), season.moved(rows, entry, to))


def leave_out(entry: Rare, out: bool) -> None:
    """Leaves one time of something out, or takes it in again."""
    rows = _rows()
    _choose(entry, entry.week, 0 if out else 1)
    save_rare_weeks(stores.store(), season.left_out(rows, entry, out=out))


def _rows() -> Sequence[RareWeek]:
    return context.season_ahead(context.household()).rows


def _choose(entry: Rare, week: Week, times: int) -> None:
    """Chooses it in a week that has a plan; any other begins with what is due in it."""
    if stores.store().load_plan(week):
        edits.replan(week, lambda p: changes.choose(p, entry.ritual.id, entry.partner, times))
