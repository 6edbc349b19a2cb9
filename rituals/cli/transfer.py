"""Command that moves a household from a file to a server, or back."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import click

from rituals.backup import transfer as movers
from rituals.cli import context
from rituals.store import engines
from rituals.store.store import open_store

HIDDEN = "***"


@click.command()
@click.option(
    "--to",
    "address",
    required=True,
    metavar="ADDRESS",
    help="postgresql+psycopg://us@our-machine/leavewell, or sqlite:////home/us/leavewell.db.",
)
def move(address: str) -> None:
    """Copy everything into another, empty store.

    All of it is compared row by row. The store you have stays as it is.
    """
    if address in ("sqlite://", "sqlite:///:memory:"):
        raise click.ClickException("A store without a file is gone with this command; name one.")
    with context.couple_store() as old:
        context.require_household(old)
        new = open_store(address)
        try:
            counts = movers.move(old, new)
        finally:
            new.engine.dispose()
    click.echo("\n".join(_summary(counts, engines.redacted(engines.absolute(new.engine.url)))))


def _summary(counts: dict[str, int], address: str) -> Iterator[str]:
    yield "All of it is there too, and the same, row by row:"
    words_by_table = {
        words: table for table, words in movers.WORDS.items() if table not in movers.PRIVATE
    }
    moved = {words: counts[table] for words, table in words_by_table.items() if counts[table]}
    yield from (f"  {count:>6}  {words}" for words, count in moved.items())
    yield "From now on, start Leavewell with this line in its environment:"
    yield f"  LEAVEWELL_DATABASE_URL={shlex.quote(address)}"
    if HIDDEN in address:
        yield f"There, the password takes the place of {HIDDEN}."
    if counts["servers"]:
        yield "On another machine, each calendar server asks once for its password."
    if counts["feeds"]:
        yield "Folders for calendars are written by the machine that has them."
    yield "The store you moved from stays as it is; nothing new reaches it."
