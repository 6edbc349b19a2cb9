"""Commands about outside calendars: added from a file, listed, removed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import click

from rituals.calendars.incoming.decode import MOST_BYTES, CalendarError
from rituals.calendars.incoming.intake import already_added, take_in
from rituals.calendars.incoming.invitations import written
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
@click.option(
    "--invited-as",
    "addresses",
    multiple=True,
    metavar="ADDRESS",
    help="Their address in invitations: what was declined takes no time. May be given again.",
)
@click.option("--accepted-only", is_flag=True, help="Invitations take time once they are accepted.")
def add(file: Path, whose: str, addresses: tuple[str, ...], **ticked: bool) -> None:
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
        calendar = _as_told(already_added(store, new), addresses, ticked)
        try:
            saved = take_in(store, calendar, data, household, context.now())
        except CalendarError as refused:
            raise click.ClickException(str(refused)) from refused
        context.place_anew(store)
        clashing = list(context.clash_lines(store))
    whose = "the children" if owner == CHILDREN else household.name(owner)
    click.echo(f"{saved.name} is taken in for {whose}.")
    if saved.addresses:
        click.echo(f"  Invited as {', '.join(saved.addresses)}.")
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


def _as_told(calendar: Calendar, addresses: Iterable[str], ticked: dict[str, bool]) -> Calendar:
    """A calendar with what the command line says of it; without addresses it keeps its own."""
    of_children = calendar.partner == CHILDREN
    return replace(
        calendar,
        titles=ticked["titles"] and not of_children,
        whole_days=ticked["whole_days"] or of_children,
        away=ticked["away"] and of_children,
        addresses=_addresses(addresses) or calendar.addresses,
        open_is_busy=not ticked["accepted_only"],
    )


def _addresses(typed: Iterable[str]) -> tuple[str, ...]:
    for one in typed:
        if not written(one):
            raise click.ClickException(
                f"“{one}” is not an address; write it like name@example.org."
            )
    return written(" ".join(typed))


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
