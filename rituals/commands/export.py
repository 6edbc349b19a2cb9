"""The command that takes weeks along as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rituals import checklist
from rituals.calendar import Route
from rituals.commands import edge
from rituals.household import Household
from rituals.taken import Ledger
from rituals.week import Week

if TYPE_CHECKING:
    from rituals.files import Parcel


@click.command()
@edge.of_week
@edge.how_many
@edge.for_whom
@click.option("--changes", is_flag=True, help="Only what is new or moved since it was taken.")
@edge.to_file
def export(week: Week | None, count: int, whose: str, changes: bool, file: Path) -> None:
    """Write weeks as a calendar file.

    A week without a plan gets one, and it is kept: the same command gives the same file again.
    What is to be moved or deleted by hand, because no file can, is said on standard error.
    """
    from rituals import files

    with edge.the_store() as store:
        household = edge.household(store)
        audience = edge.audience(whose, household)
        first = week or edge.week_to_plan(household)
        there = [edge.kept(store, first + n, household) for n in range(count)]
        taken = store.load_taken([plan.week for plan in there])
        ledger = Ledger.of(household, audience, Route.FILE, taken)
        extent = files.Extent.CHANGES if changes else files.Extent.WHOLE
        parcel = files.pack(there, ledger, extent, edge.now())
        if parcel.occurrences:
            edge.write(parcel.content(store.load_rituals().values()), file)
        elif not (parcel.gone or changes):
            raise click.ClickException(
                "Nothing lies in the plan there, so there is no file to write."
            )
        store.save_taken(parcel.entries())
    _say_what_is_left(parcel, household)


def _say_what_is_left(parcel: Parcel, household: Household) -> None:
    """On standard error, for standard output may be the file."""
    lines = checklist.by_hand(parcel.moved, parcel.gone, household)
    if not parcel.occurrences:
        click.echo("There is nothing new for a file, so none is written.", err=True)
    if proposed := checklist.proposed(parcel.proposed):
        click.echo(proposed, err=True)
    if lines:
        click.echo("By hand, because no file can:", err=True)
    for line in lines.values():
        click.echo(f"  {line}", err=True)
    if parcel.moved:
        click.echo(checklist.WHAT_MOVED, err=True)
