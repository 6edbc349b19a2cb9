"""What every command shares: the clock, the store, and how whatever goes wrong ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from rituals.calendars.outgoing import feeds
from rituals.model import local_time
from rituals.model.calendar import Audience
from rituals.model.context import PlanningContext
from rituals.model.household import Household, Partner
from rituals.model.plan import Plan, standing
from rituals.model.ritual import Ritual
from rituals.model.text import for_terminal as said
from rituals.model.week import Week
from rituals.model.window import NotationError
from rituals.planning import catalogue, scheduling
from rituals.planning.catalogue import CatalogueError
from rituals.store import files, location
from rituals.store.context import load_context
from rituals.store.errors import StoreError
from rituals.store.store import Store, open_store

SHARED = Audience.SHARED.value
MOST_AT_ONCE = 4  # weeks into a calendar; beyond that a plan is a guess


class Edge(click.Group):
    """Commands whose errors end as one sentence on standard error and status 2."""

    def main(self, *args: Any, **settings: Any) -> Any:
        """Runs one command and ends the program."""
        try:
            sys.exit(super().main(*args, **settings | {"standalone_mode": False}))
        except click.Abort:
            sys.exit(1)
        except click.ClickException as refused:
            why = refused.format_message()
        except (StoreError, CatalogueError, NotationError) as refused:
            why = str(refused)
        click.echo(said(why), err=True)
        sys.exit(2)


class WeekName(click.ParamType[Week]):
    """A week written like 2026-W48."""

    name = "week"

    def convert(self, value: Any, param: object, ctx: object) -> Week:  # noqa: ARG002 - click's signature
        """The week of its notation."""
        week = value if isinstance(value, Week) else Week.read(value)
        if week.year not in local_time.YEARS:
            raise NotationError(f"The year {week.year} is too far away to be planned.")
        return week


of_week = click.option(
    "--week", type=WeekName(), help="Written like 2026-W48; else the week to plan."
)

to_file = click.option(
    "-o", "file", type=click.Path(path_type=Path, allow_dash=True), required=True, metavar="FILE",
    help="Where the file goes; - is standard output.",
)  # fmt: skip


for_whom = click.option(
    "--for",
    "whose",
    default=SHARED,
    show_default=True,
    metavar="shared|NAME",
    help="What is in the calendar you share, or one partner's own, by name.",
)

how_many = click.option(
    "--weeks",
    "count",
    type=click.IntRange(1, MOST_AT_ONCE),
    default=1,
    show_default=True,
    help="How many weeks from that one on.",
)


MOST_BACK = 520  # weeks: ten years of them

how_many_back = click.option(
    "--weeks",
    "back",
    type=click.IntRange(0, MOST_BACK),
    default=26,
    show_default=True,
    help="How many weeks before the week to plan, which is always there.",
)

as_csv = click.option(
    "--csv", is_flag=True, required=True, expose_value=False, help="As comma-separated values."
)


def now() -> datetime:
    """The clock: read here and nowhere else."""
    return datetime.now(UTC)


def today(household: Household) -> date:
    """The day it is at home."""
    return local_time.local_day(now(), household)


def week_to_plan(household: Household) -> Week:
    """The week a sitting is about now."""
    return local_time.week_to_plan(today(household), household)


@contextmanager
def the_store() -> Iterator[Store]:
    """The couple's store, closed again at the end; what changed goes into the feeds' folders."""
    store = open_store(location.address(os.environ))
    try:
        yield store
        if store.changed.is_set():
            for sentence in feeds.write_out(store, now()):
                click.echo(sentence, err=True)
    finally:
        store.engine.dispose()


def household(store: Store) -> Household:
    """The household; raises StoreError, with what to do, where there is none yet."""
    found = store.load_household()
    if found is None:
        raise StoreError(
            "There is no household yet: open Leavewell to begin, or run “python -m rituals sample”."
        )
    return found


def partner(name: str, household: Household, *others: str) -> Partner:
    """The partner of that name, or of "one" and "two"; `others` are names that would do as well."""
    there = household.partners
    found = [p for p in there if name.strip().casefold() == p.name.casefold()]
    found = found or [p for p in there if name == p.key]
    if len(found) == 1:
        return found[0]
    if found:
        raise click.ClickException(f"Both of you are called {name}: say one or two instead.")
    *first, last = [*(p.name for p in there), *others]
    names = f"{', '.join(first)} or {last}"
    raise click.ClickException(f"Nobody here is called “{name}”: say {names}.")


def audience(name: str, household: Household) -> Audience:
    """Who a calendar is for: "shared", or one of the partners by name."""
    if name == SHARED:
        return Audience.SHARED
    return Audience(partner(name, household, SHARED).key)


def life(store: Store, week: Week, household: Household) -> PlanningContext:
    """What a week is planned around."""
    return load_context(store, week, household, rituals(store))


def rituals(store: Store) -> Mapping[str, Ritual]:
    """Every ritual by id: the catalogue's, with the couple's own and changed ones over them."""
    return {**catalogue.load(catalogue.SUGGESTED), **store.load_rituals()}


def begun(store: Store, week: Week, household: Household) -> Plan:
    """What a week without a plan begins with."""
    return scheduling.starting_plan(
        store.load_last_plan(week), week, life(store, week, household), now()
    )


def kept(store: Store, week: Week, household: Household) -> Plan:
    """A week's plan; one that just begins is kept, so that the same command says it again."""
    there = store.load_plan(week) or begun(store, week, household)
    return store.change_plan(there, lambda plan: plan) if standing(there) else there


def shown(store: Store, week: Week, household: Household) -> Plan:
    """A week's plan, or what it would begin with; nothing is kept."""
    return store.load_plan(week) or begun(store, week, household)


def write(content: bytes, file: Path) -> None:
    """A file in its place, or on standard output where it is called -."""
    if str(file) == "-":
        click.echo(content, nl=False)
        return
    try:
        files.write_atomically(content, file.resolve())
    except OSError as refused:
        raise click.ClickException(f"{file} cannot be written: {refused.strerror}.") from refused
