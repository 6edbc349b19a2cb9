"""Command that lets a browser in at the machine itself."""

from __future__ import annotations

import os

import click

from rituals.security import links
from rituals.store import location

NOT_RUNNING = "No Leavewell runs here on your store: start it first, with “make run”."


@click.command(name="open")
def open_() -> None:
    """Open Leavewell in the browser, with a new link.

    A link lets one browser in, once; that browser then stays let in. It is printed as well, for
    another browser on this machine.
    """
    store = location.own_file(os.environ)
    running = links.runs(store)
    if not running:
        raise click.ClickException(NOT_RUNNING)
    for run in running:
        click.echo(run.new_link())
    links.open_browser(running[0], store)
