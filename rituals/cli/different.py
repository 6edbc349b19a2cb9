"""Commands about what is different for a day or a stretch of days: told, listed, taken back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import click

from rituals.cli import context, notation
from rituals.cli.notation import Moment
from rituals.model import wording_of_weeks
from rituals.model.difference import (
    CAN_HAVE_NIGHTS,
    OF_A_PARTNER,
    Difference,
    DifferenceError,
    What,
    checked,
    overridden,
)
from rituals.model.household import Household
from rituals.text import quoted

CAN_BE_TOLD = [what for what in What if what is not What.NOTHING]
OF_THE_CHILDREN = frozenset(CAN_BE_TOLD) - OF_A_PARTNER
SHORTEST_ID = 4  # letters of an id that are shown, if nothing else begins with them


@click.group()
def different() -> None:
    """Tell what is different for a day or a stretch of days.

    It ends by itself, and the weeks ahead are placed anew around it.
    """


@different.command(
    epilog="\b\nFor instance:\n"
    "  different add away Jonas 2026-12-01 2026-12-03 --nights\n"
    "  different add off Maya 2026-12-04\n"
    "  different add work Jonas 2026-12-01T14:00 2026-12-03T22:00\n"
    "  different add children-away 2026-12-05T10:00 2026-12-06T18:00 --nights\n"
    "  different add sitter 2026-12-04T19:00 2026-12-04T23:30\n"
    "  different add bedtime 2026-12-04T21:00"
)
@click.argument("what")
@click.argument("words", nargs=-1, metavar="[WHO] FROM [TO]")
@click.option("--nights", is_flag=True, help="Away over night too, and not only by day.")
@click.option("--at", "place", default="", metavar="PLACE", help="Where somebody is who is away.")
def add(what: str, words: tuple[str, ...], nights: bool, place: str) -> None:
    """Tell one thing that is different, up to a year ahead.

    WHAT is off, away, home or work, of the partner WHO; or no-school, children-away,
    children-home, bedtime, sitter or no-sitter. FROM and TO are days, both included, or days with
    an hour; working hours are those of each day.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        new = _read(_what(what), words, household)
        new = replace(new, nights=nights, place=notation.place(place), told=context.now())
        new = _alike(_checked(new, household), household.differences)
        before = overridden(new, household.differences)
        store.save_difference(new)
        context.place_anew(store)
        clashing = list(context.clash_lines(store))
    click.echo(f"{wording_of_weeks.difference(new, household)}.")
    if before:
        click.echo(wording_of_weeks.overridden(before, household))
    for line in clashing:
        click.echo(line)


@different.command("list")
@click.option("--all", "everything", is_flag=True, help="What is over as well.")
@click.option(
    "--json", "as_json", is_flag=True,
    help="For programs: a list of objects with id, what, who (a name or null), from and to (as "
    "“add” reads them), nights, at, told and sentence.",
)  # fmt: skip
def list_(everything: bool, as_json: bool) -> None:
    """Show what is different from today on, each with what “remove” takes."""
    with context.couple_store() as store:
        household = context.require_household(store)
    today, known = context.today(household), _told(household)
    shown = [d for d in known if everything or d.last >= today]
    if as_json:
        found = [_as_json(d, household) for d in shown]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for difference in shown:
        id = _short_id(difference, known)
        click.echo(f"{id}  {wording_of_weeks.difference(difference, household)}")
    if not shown:
        click.echo("Nothing is different.")


@different.command(epilog="\b\nFor instance:\n  different remove 3f2a")
@click.argument("id")
def remove(id: str) -> None:
    """Take back what was different, by the beginning of its id."""
    with context.couple_store() as store:
        household = context.require_household(store)
        found = [d for d in _told(household) if id and d.id.startswith(id)]
        if not found:
            raise click.ClickException(f"Nothing different has the id “{quoted(id)}”.")
        if len(found) > 1:
            raise click.ClickException(f"{len(found)} ids begin with “{quoted(id)}”: say more.")
        store.remove_difference(found[0].id)
        context.place_anew(store)
    click.echo(f"Taken back: {wording_of_weeks.difference(found[0], household)}.")


def _what(text: str) -> What:
    if text not in CAN_BE_TOLD:
        *first, last = CAN_BE_TOLD
        raise click.ClickException(
            f"“{quoted(text)}” cannot be told: say {', '.join(first)} or {last}."
        )
    return What(text)


def _read(what: What, words: Sequence[str], household: Household) -> Difference:
    """A difference as it is typed: of a partner, from a day to a day."""
    partner, days = "", list(words)
    if what in OF_A_PARTNER and days:
        partner = context.partner_named(days.pop(0), household).key
    if len(days) not in (1, 2):
        raise click.ClickException(
            f"“{what}” needs a day, and may have a last one: "
            "write them like “2026-12-01 2026-12-03”."
        )
    start, *rest = map(Moment.read, days)
    end = rest[0] if rest else Moment(start.day)
    new = Difference(
        str(uuid4()), what, start.day, end.day, context.now(), partner, start.hour, end.hour
    )
    return _on_days_of_shifts(new) if what is What.WORK else new


def _on_days_of_shifts(known: Difference) -> Difference:
    """Working hours on the days on which they begin: the last one ends on the day after."""
    over_midnight = (
        known.start and known.end and known.end <= known.start and known.first < known.last
    )
    return replace(known, last=known.last - timedelta(days=1)) if over_midnight else known


def _checked(new: Difference, household: Household) -> Difference:
    if new.what in OF_THE_CHILDREN and not household.children:
        raise DifferenceError("There are no children at home; the Household page can say so.")
    if new.what is What.BEDTIME and new.end is not None:
        raise DifferenceError("A bedtime is one hour; please say the last day without one.")
    if new.place and new.what not in CAN_HAVE_NIGHTS:
        raise DifferenceError("Only who is away is at a place.")
    found = checked(new, context.today(household))
    if new.nights and new.first == new.last:
        raise DifferenceError("There is no night in one day; please say the last day as well.")
    return found


def _alike(new: Difference, known: Iterable[Difference]) -> Difference:
    """The difference, in place of one that says the very same."""
    same = (d for d in known if replace(new, id=d.id, told=d.told, event=d.event) == d)
    found = next(same, new)
    return replace(new, id=found.id, event=found.event)


def _told(household: Household) -> list[Difference]:
    return [d for d in household.differences if d.what is not What.NOTHING]


def _short_id(difference: Difference, known: Iterable[Difference]) -> str:
    """The beginning of an id that no other one has."""
    others = [d.id for d in known if d.id != difference.id]
    for letters in range(SHORTEST_ID, len(difference.id)):
        short = difference.id[:letters]
        if not any(other.startswith(short) for other in others):
            return short
    return difference.id


def _as_json(difference: Difference, household: Household) -> dict[str, Any]:
    last = difference.last
    if difference.what is What.WORK and difference.start and difference.end:
        last += timedelta(days=difference.end <= difference.start)
    return {
        "id": difference.id,
        "what": difference.what.value,
        "who": household.name(difference.partner) if difference.partner else None,
        "from": str(Moment(difference.first, difference.start)),
        "to": str(Moment(last, difference.end)),
        "nights": difference.nights,
        "at": difference.place,
        "told": difference.told.astimezone(household.tz).isoformat(timespec="seconds"),
        "sentence": wording_of_weeks.difference(difference, household),
    }
