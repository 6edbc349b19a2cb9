"""Commands that take weeks along: a calendar file, and a feed in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from rituals.calendars.outgoing import checklist, feeds
from rituals.calendars.outgoing.export import Extent, Parcel, pack
from rituals.calendars.outgoing.ledger import Ledger
from rituals.cli import context
from rituals.model.calendar import ExportedEvent, Route
from rituals.model.household import Household
from rituals.model.time.week import Week


@click.command()
@context.week_option
@context.weeks_option
@context.audience_option
@click.option("--changes", is_flag=True, help="Only what is new or moved since it was taken.")
@context.file_option
def export(week: Week | None, count: int, whose: str, changes: bool, file: Path) -> None:
    """Write weeks as a calendar file.

    A week without a plan gets one, and it is kept: the same command gives the same file again.
    What is to be moved or deleted by hand, because no file can, is said on standard error.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        audience = context.audience_named(whose, household)
        first = week or context.week_to_plan(household)
        plans = [context.stored_plan(store, first + n, household) for n in range(count)]
        extent = Extent.CHANGES if changes else Extent.WHOLE
        rituals = store.load_rituals()

        def write(exported: tuple[ExportedEvent, ...]) -> tuple[ExportedEvent, ...]:
            ledger = Ledger.of(household, audience, Route.FILE, exported, rituals)
            parcel = pack(plans, ledger, extent, context.now())
            _write(parcel, file)
            _print_manual_steps(parcel, household)
            return parcel.entries()

        store.change_exported([plan.week for plan in plans], write)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@context.audience_option
def feed(folder: Path, whose: str) -> None:
    """Write a feed into a folder, once.

    It holds what both of you said yes to, from twelve weeks back on. A folder that is to follow
    every change is chosen on the page Calendars.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        audience = context.audience_named(whose, household)
        try:
            file = feeds.write_file(store, audience, folder, household, context.now())
        except feeds.FeedError as refused:
            raise click.ClickException(str(refused)) from refused
    click.echo(file)


def _write(parcel: Parcel, file: Path) -> None:
    if parcel.occurrences:
        context.write_file(parcel.content(), file)
    elif not (parcel.gone or parcel.extent is parcel.extent.CHANGES):
        raise click.ClickException("Nothing lies in the plan there, so there is no file to write.")


def _print_manual_steps(parcel: Parcel, household: Household) -> None:
    """Prints to standard error, because standard output may be the file."""
    lines = checklist.by_hand(parcel.moved, parcel.gone, household)
    if not parcel.occurrences:
        click.echo("There is nothing new for a file, so none is written.", err=True)
    if proposed := checklist.proposals_sentence(parcel.proposed):
        click.echo(proposed, err=True)
    if lines:
        click.echo("By hand, because no file can:", err=True)
    for line in lines.values():
        click.echo(f"  {line}", err=True)
    if parcel.moved:
        click.echo(checklist.WHAT_MOVED, err=True)
