"""Command that writes a feed into a folder, for calendars that read a file."""

from __future__ import annotations

from pathlib import Path

import click

from rituals.calendars.outgoing import feeds
from rituals.cli import context


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
