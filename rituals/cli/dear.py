"""Commands about the few rituals that are dear to both."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from rituals.cli import context
from rituals.model.ritual import Ritual
from rituals.planning.choices import dear as planning

which_argument = click.argument("which", metavar="TITLE|ID")


@click.group()
def dear() -> None:
    """Tell which rituals are dear to you: at most five."""


@dear.command()
@which_argument
def add(which: str) -> None:
    """Say that a ritual is dear to you; one that was set aside is back."""
    click.echo(f"{_kept(which, is_dear=True).title} is dear to you.")


@dear.command()
@which_argument
def remove(which: str) -> None:
    """Take the heart off a ritual."""
    click.echo(f"{_kept(which, is_dear=False).title} is a ritual like the others.")


@dear.command("list")
@click.option("--json", "as_json", is_flag=True, help="For programs: a list with id and title.")
def list_(as_json: bool) -> None:
    """Show what is dear to you."""
    with context.couple_store() as store:
        context.require_household(store)
        found = planning.dear(context.all_rituals(store))
    if as_json:
        rows = [{"id": ritual.id, "title": ritual.title} for ritual in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(r.title for r in found) or "Nothing has a heart yet.")


def _kept(which: str, *, is_dear: bool) -> Ritual:
    """The ritual as it is kept now."""
    with context.couple_store() as store:
        context.require_household(store)
        named = context.ritual_named(which, context.all_rituals(store))

        def change(own: Mapping[str, Ritual]) -> Ritual:
            return planning.with_heart(own.get(named.id, named), is_dear, own)

        return store.change_ritual(change)
