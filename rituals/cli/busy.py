"""Commands about outside calendars: added from a file, listed, removed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import click

from rituals.calendars.incoming.decode import MOST_BYTES, CalendarError
from rituals.cli import context
from rituals.model import wording
from rituals.model.calendar import Calendar, Origin
from rituals.model.household import Household
from rituals.text import LONGEST_TITLE, single_line

ORIGINS = {Origin.FILE: "a file", Origin.PATH: "a path", Origin.ADDRESS: "an address"}


@click.group()
def busy() -> None:
    """Tell when your calendars say you are busy."""


@busy.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--partner", "whose", required=True, metavar="NAME", help="Whose calendar it is.")
@click.option("--titles", is_flag=True, help="Keep what it says in words, for its owner's eyes.")
@click.option("--whole-days", is_flag=True, help="Whole days marked as busy take the day.")
def add(file: Path, whose: str, titles: bool, whole_days: bool) -> None:
    """Take in a calendar file (.ics).

    Only when it is busy is kept. The same file of the same partner takes its own place again.
    """
    from rituals.calendars.incoming.intake import already_added, take_in

    with context.couple_store() as store:
        household = context.require_household(store)
        partner = context.partner_named(whose, household)
        data = _bytes(file, MOST_BYTES + 1)
        name = single_line(file.name) or file.suffix
        new = Calendar(str(uuid4()), partner.key, name[:LONGEST_TITLE], Origin.FILE, name)
        calendar = replace(already_added(store, new), titles=titles, whole_days=whole_days)
        try:
            saved = take_in(store, calendar, data, household, context.now())
        except CalendarError as refused:
            raise click.ClickException(str(refused)) from refused
    click.echo(f"{saved.name} is taken in for {partner.name}.")
    for sentence in saved.skipped:
        click.echo(f"  {sentence}")


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
    read_on = calendar.read and wording.short_day(calendar.read.astimezone(household.tz).date())
    when = f"read on {read_on}" if read_on else "not read yet"
    owner = household.name(calendar.partner)
    return f"{owner} · {calendar.name} · {ORIGINS[calendar.origin]}, {when} · {calendar.id}"
