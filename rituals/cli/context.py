"""Clock, store, options and errors that all commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from rituals.calendars.outgoing import feeds
from rituals.model import local_time, wording
from rituals.model.calendar import Audience
from rituals.model.context import PlanningContext
from rituals.model.difference import DifferenceError
from rituals.model.household import Household, Partner
from rituals.model.plan import Plan, standing
from rituals.model.public_holidays import RegionError
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week
from rituals.model.time.window import NotationError
from rituals.planning import catalogue, clashes, scheduling
from rituals.planning.catalogue import CatalogueError
from rituals.planning.choices.dear import DearError
from rituals.planning.season import arrivals
from rituals.planning.season.season import THIRTEEN, SeasonAhead, season, weeks_from
from rituals.planning.usual_checks import UsualError
from rituals.store import files, location
from rituals.store.context import load_context, load_season_context, save_rare_weeks
from rituals.store.errors import StoreError
from rituals.store.store import Store, open_store
from rituals.text import for_terminal, quoted

SHARED = Audience.SHARED.value
SENTENCES = (
    StoreError,
    CatalogueError,
    NotationError,
    DifferenceError,
    RegionError,
    DearError,
    UsualError,
)
MOST_LINES = 5  # about what meets something
MOST_AT_ONCE = 4  # weeks into a calendar; beyond that a plan is a guess


class CommandGroup(click.Group):
    """Group of commands whose errors end as one sentence on standard error and status 2."""

    def main(self, *args: Any, **settings: Any) -> Any:
        """Runs one command and ends the program."""
        try:
            sys.exit(super().main(*args, **settings | {"standalone_mode": False}))
        except click.Abort:
            sys.exit(1)
        except click.ClickException as refused:
            why = refused.format_message()
        except SENTENCES as refused:
            why = str(refused)
        click.echo(for_terminal(why), err=True)
        sys.exit(2)


class WeekName(click.ParamType[Week]):
    """A week written like 2026-W48."""

    name = "week"

    def convert(self, value: Any, param: object, ctx: object) -> Week:  # noqa: ARG002 - click's signature
        """The ISO week of its notation; raises NotationError."""
        week = value if isinstance(value, Week) else Week.read(value)
        if week.year not in local_time.YEARS:
            raise NotationError(f"The year {week.year} is too far away to be planned.")
        return week


week_option = click.option(
    "--week", type=WeekName(), help="Written like 2026-W48; else the week to plan."
)

file_option = click.option(
    "-o", "file", type=click.Path(path_type=Path, allow_dash=True), required=True, metavar="FILE",
    help="Where the file goes; - is standard output.",
)  # fmt: skip


audience_option = click.option(
    "--for",
    "whose",
    default=SHARED,
    show_default=True,
    metavar="shared|NAME",
    help="What is in the calendar you share, or one partner's own, by name.",
)

weeks_option = click.option(
    "--weeks",
    "count",
    type=click.IntRange(1, MOST_AT_ONCE),
    default=1,
    show_default=True,
    help="How many weeks from that one on.",
)


MOST_BACK = 520  # weeks: ten years of them

weeks_back_option = click.option(
    "--weeks",
    "back",
    type=click.IntRange(0, MOST_BACK),
    default=26,
    show_default=True,
    help="How many weeks before the week to plan, which is always there.",
)

csv_option = click.option(
    "--csv", is_flag=True, required=True, expose_value=False, help="As comma-separated values."
)


def now() -> datetime:
    """Current time in UTC: the clock is read here and nowhere else."""
    return datetime.now(UTC)


def today(household: Household) -> date:
    """Local date of the household."""
    return local_time.local_day(now(), household)


def week_to_plan(household: Household) -> Week:
    """ISO week that a sitting now is about."""
    return local_time.week_to_plan(today(household), household)


@contextmanager
def couple_store() -> Iterator[Store]:
    """The couple's store, closed at the end; what changed is written into the feeds' folders."""
    store = open_store(location.address(os.environ))
    try:
        yield store
        if store.changed.is_set():
            for sentence in feeds.write_out(store, now()):
                click.echo(sentence, err=True)
    finally:
        store.engine.dispose()


def require_household(store: Store) -> Household:
    """The stored household; raises StoreError, with what to do, without one or its time zone."""
    found = require_any_household(store)
    if not found.zone_is_known:
        raise StoreError(
            f"Your time zone, {found.zone}, is not known here: open Leavewell to choose another."
        )
    return found


def require_any_household(store: Store) -> Household:
    """The stored household, wherever it lives; raises StoreError if there is none yet."""
    found = store.load_household()
    if found is None:
        raise StoreError(
            "There is no household yet: open Leavewell to begin, or run “python -m rituals sample”."
        )
    return found


def require_one(values: Sequence[str], none: bool) -> None:
    """Raises ClickException unless something was told, or --none, and not both."""
    if bool(values) == none:
        raise click.ClickException(
            "Say what is usual or --none, and not both."
            if none
            else "Say what is usual, or --none."
        )


def require_children(household: Household) -> None:
    """Raises ClickException where there are no children."""
    if not household.children:
        raise click.ClickException("There are no children at home; the Household page can say so.")


def ritual_named(which: str, rituals: Mapping[str, Ritual]) -> Ritual:
    """The ritual of an id, or the only one of a title; raises ClickException."""
    if which in rituals:
        return rituals[which]
    found = [r for r in rituals.values() if r.title.casefold() == which.strip().casefold()]
    if len(found) > 1:
        ids = " or ".join(ritual.id for ritual in found)
        raise click.ClickException(f"More than one is called “{quoted(which)}”: say {ids}.")
    if not found:
        raise click.ClickException(f"There is no ritual “{quoted(which)}”; say its title or id.")
    return found[0]


def partner_named(name: str, household: Household, *others: str) -> Partner:
    """Partner of that name, or of "one" and "two"; `others` are names that would do as well."""
    partners = household.partners
    found = [p for p in partners if name.strip().casefold() == p.name.casefold()]
    found = found or [p for p in partners if name == p.key]
    if len(found) == 1:
        return found[0]
    if found:
        raise click.ClickException(f"Both of you are called {name}: say one or two instead.")
    *first, last = [*(p.name for p in partners), *others]
    names = f"{', '.join(first)} or {last}"
    raise click.ClickException(f"Nobody here is called “{name}”: say {names}.")


def audience_named(name: str, household: Household) -> Audience:
    """Audience of a calendar: "shared", or one of the partners by name."""
    if name == SHARED:
        return Audience.SHARED
    return Audience(partner_named(name, household, SHARED).key)


def planning_context(store: Store, week: Week, household: Household) -> PlanningContext:
    """Everything that a week is planned around; hints are hours here, for anybody may read this."""
    found = load_context(store, week, household, all_rituals(store))
    return replace(found, covers=(), appointments=None)


def all_rituals(store: Store) -> Mapping[str, Ritual]:
    """Every ritual by id: the catalogue's, with the couple's own and changed ones over them."""
    return catalogue.with_own(catalogue.load(catalogue.SUGGESTED), store.load_rituals())


def starting_plan(store: Store, week: Week, household: Household) -> Plan:
    """Plan that a week without one begins with; nothing is stored but the season it is in."""
    season_ahead(store, household)
    return scheduling.starting_plan(
        store.load_last_plan(week), week, planning_context(store, week, household), now()
    )


def stored_plan(store: Store, week: Week, household: Household) -> Plan:
    """Plan of a week; one that just begins is stored, so that the next command finds it."""
    plan = store.load_plan(week) or starting_plan(store, week, household)
    return store.change_plan(plan, lambda plan: plan) if standing(plan) else plan


def plan_unstored(store: Store, week: Week, household: Household) -> Plan:
    """Plan of a week, or what it would begin with; nothing is stored."""
    return store.load_plan(week) or starting_plan(store, week, household)


def season_ahead(store: Store, household: Household, count: int = THIRTEEN) -> SeasonAhead:
    """The season from the week to plan on; its weeks are kept, and what is planned already has it.

    Fewer weeks than usual are only looked at.
    """
    weeks = weeks_from(week_to_plan(household), count)
    life = load_season_context(store, weeks, household, all_rituals(store))
    found = season(life, weeks, today(household))
    if count >= THIRTEEN:
        for week, some in arrivals.missing(found, life.plans, today(household), household).items():
            store.change_plan(life.plans[week], partial(arrivals.with_choices, some=some))
            _place_anew(store, life.plans[week], household)
        save_rare_weeks(store, found.rows)
    return found


def place_anew(store: Store) -> None:
    """Places the weeks ahead that have a plan anew, around what was just told of them."""
    household = require_household(store)
    for plan in store.load_plans(scheduling.weeks_ahead(today(household), household)).values():
        _place_anew(store, plan, household)


def clash_lines(store: Store) -> Iterator[str]:
    """A line for what is ahead, stays where it is and meets something; MOST_LINES at most."""
    household = require_household(store)
    ahead = scheduling.weeks_ahead(today(household), household)
    found = [
        clashes.sentence(clash, household, dated=True)
        for plan in store.load_plans(ahead).values()
        for clash in clashes.clashes(plan, planning_context(store, plan.week, household), now())
    ]
    yield from found[:MOST_LINES]
    if more := len(found[MOST_LINES:]):
        yield f"And {wording.number(more)} more."


def _place_anew(store: Store, plan: Plan, household: Household) -> None:
    life, at = planning_context(store, plan.week, household), now()
    store.change_plan(plan, lambda stored: scheduling.scheduled(stored, life, at))


def write_file(content: bytes, file: Path) -> None:
    """Writes a file into its place, or to standard output if it is called -."""
    if str(file) == "-":
        click.echo(content, nl=False)
        return
    try:
        files.write_atomically(content, file.resolve())
    except OSError as refused:
        raise click.ClickException(f"{file} cannot be written: {refused.strerror}.") from refused
