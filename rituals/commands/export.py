"""The command that takes weeks along as a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rituals import atomic, checklist, plans
from rituals.commands import edge
from rituals.model import Household, Plan, Week
from rituals.storage import Store
from rituals.taken import Ledger, Route

if TYPE_CHECKING:
    from rituals.files import Parcel


@click.command()
@edge.of_week
@edge.how_many
@edge.for_whom
@click.option("--changes", is_flag=True, help="Only what is new or moved since it was taken.")
@click.option(
    "-o", "file", type=click.Path(path_type=Path, allow_dash=True), required=True, metavar="FILE",
    help="Where the file goes; - is standard output.",
)  # fmt: skip
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
        there = [_kept(store, first + n, household) for n in range(count)]
        taken = store.load_taken([plan.week for plan in there])
        ledger = Ledger.of(household, audience, Route.FILE, taken)
        extent = files.Extent.CHANGES if changes else files.Extent.WHOLE
        parcel = files.pack(there, ledger, extent, edge.now())
        if parcel.occurrences:
            _write(parcel.content(store.load_rituals().values()), file)
        elif not (parcel.gone or changes):
            raise click.ClickException(
                "Nothing lies in the plan there, so there is no file to write."
            )
        store.save_taken(parcel.entries())
    _say_what_is_left(parcel, household)


def _kept(store: Store, week: Week, household: Household) -> Plan:
    """A week's plan; one that just begins is kept, so that the next export is the same."""
    there = store.load_plan(week) or edge.begun(store, week, household)
    return store.change_plan(there, lambda plan: plan) if plans.standing(there) else there


def _write(content: bytes, file: Path) -> None:
    if str(file) == "-":
        click.echo(content, nl=False)
        return
    try:
        atomic.put(content, file.resolve())
    except OSError as refused:
        raise click.ClickException(f"{file} cannot be written: {refused.strerror}.") from refused


def _say_what_is_left(parcel: Parcel, household: Household) -> None:
    """On standard error, for standard output may be the file."""
    lines = checklist.by_hand(parcel.moved, parcel.gone, household)
    if not parcel.occurrences:
        click.echo("There is nothing new for a file, so none is written.", err=True)
    if lines:
        click.echo("By hand, because no file can:", err=True)
    for line in lines.values():
        click.echo(f"  {line}", err=True)
    if parcel.moved:
        click.echo(checklist.WHAT_MOVED, err=True)
