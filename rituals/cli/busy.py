"""Commands about outside calendars: added from a file, listed, removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import click

from rituals.calendars.incoming.decode import MOST_BYTES, CalendarError
from rituals.calendars.incoming.intake import already_added, take_in
from rituals.cli import context
from rituals.model.calendar import Calendar, Origin
from rituals.model.household import CHILDREN, Household
from rituals.text import LONGEST_TITLE, single_line

ORIGINS = {Origin.FILE: "a file", Origin.PATH: "a path", Origin.ADDRESS: "an address"}


@click.group()
def busy() -> None:
    """Tell when your calendars say you are busy."""


@busy.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--partner", "whose", required=True, metavar="NAME", help="Whose it is; or “children”."
)
@click.option("--titles", is_flag=True, help="Keep what it says in words, for its owner's eyes.")
@click.option("--whole-days", is_flag=True, help="Whole days marked as busy take the day.")
@click.option("--away", is_flag=True, help="The children’s: what has hours takes them from home.")
def add(file: Path, whose: str, titles: bool, whole_days: bool, away: bool) -> None:
    """Take in a calendar file (.ics).

    Only when it is busy is kept, and the weeks ahead are placed anew around it. The same file of
    the same partner takes its own place again. In the children’s calendar whole days mean that
    there is no school.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        owner = _owner(whose, household)
        data = _bytes(file, MOST_BYTES + 1)
        name = single_line(file.name) or file.suffix
        new = Calendar(str(uuid4()), owner, name[:LONGEST_TITLE], Origin.FILE, name)
        calendar = replace(
            already_added(store, new),
            titles=titles and owner != CHILDREN,
            whole_days=whole_days or owner == CHILDREN,
            away=away and owner == CHILDREN,
        )
        try:
            saved = take_in(store, calendar, data, household, context.now())
        except CalendarError as refused:
            raise click.ClickException(str(refused)) from refused
        context.place_anew(store)
        clashing = list(context.clash_lines(store))
    whose = "the children" if owner == CHILDREN else household.name(owner)
    click.echo(f"{saved.name} is taken in for {whose}.")
    for sentence in saved.skipped:
        click.echo(f"  {sentence}")
    for line in clashing:
        click.echo(line)


@busy.command("list")
def list_() -> None:
    """Show the calendars that are taken in."""
    with context.couple_store() as store:
        household = context.require_household(store)
        calendars = store.load_calendars()
    for calendar in calendars:
        click.echo(_as_line(calendar, household))
        for sentence in calendar.skipped:
            click.echo(f"  {sentence}")
    if not calendars:
        click.echo("No calendars are taken in yet.")


@busy.command()
@click.argument("calendar", metavar="ID_OR_NAME")
def remove(calendar: str) -> None:
    """Forget a calendar and its busy times."""
    with context.couple_store() as store:
        context.require_household(store)
        found = [c for c in store.load_calendars() if calendar in (c.id, c.name)]
        if not found:
            raise click.ClickException(f"There is no calendar “{calendar}” here.")
        if len(found) > 1:
            raise click.ClickException(
                f"{len(found)} calendars are called “{calendar}”: name one by its id."
            )
        store.remove_calendar(found[0].id)
        context.place_anew(store)
    click.echo(f"{found[0].name} is forgotten.")


def _bytes(file: Path, most: int) -> bytes:
    try:
        if file.exists() and not file.is_file():
            raise OSError(0, "it is not a file")
        with file.open("rb") as content:
            return content.read(most)
    except OSError as refused:
        raise click.ClickException(f"{file} cannot be read: {refused.strerror}.") from refused


def _as_line(calendar: Calendar, household: Household) -> str:
    read_on = calendar.read and household.formats.short_day(
        calendar.read.astimezone(household.tz).date()
    )
    when = f"read on {read_on}" if read_on else "not read yet"
    is_theirs = calendar.partner == CHILDREN
    owner = "The children" if is_theirs else household.name(calendar.partner)
    return f"{owner} · {calendar.name} · {ORIGINS[calendar.origin]}, {when} · {calendar.id}"


def _owner(whose: str, household: Household) -> str:
    names = [partner.name.casefold() for partner in household.partners]
    if household.children and whose.casefold() == CHILDREN and CHILDREN not in names:
        return CHILDREN
    others = (CHILDREN,) if household.children else ()
    return context.partner_named(whose, household, *others).key
