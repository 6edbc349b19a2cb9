"""The commands of safe keeping: a backup, a look at what there is, and the way back."""

from __future__ import annotations

import os
from pathlib import Path

import click

from rituals import backups, copies, storage
from rituals.commands import edge

THIS_PROGRAM = "python -m rituals"


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder it goes into; else the one in which the others lie.",
)
def keep(folder: Path | None) -> None:
    """Make a backup of everything.

    It is compared with the store before it counts. Leavewell makes one itself each week.
    """
    with edge.the_store() as store:
        edge.household(store)
        there = folder.absolute() if folder else backups.folder_of(_address())
        made = backups.keep(store, there, edge.now())
    click.echo(f"Everything is in {made.file}, the same, row by row.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.pass_context
def check(at: click.Context, file: Path | None) -> None:
    """Look whether the store and its backups are whole.

    Or one FILE. Where something is wrong, it is said in one sentence and the status is 1.
    """
    looked_at = [file.absolute()] if file else _all_there_is()
    found = [backups.check(each) for each in looked_at]
    for checked in found:
        click.echo(checked.said, err=not checked.whole)
    if not file and found and not found[0].whole:
        click.echo(_way_back())
    if not all(checked.whole for checked in found):
        at.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Without asking.")
def restore(file: Path, yes: bool) -> None:
    """Put a backup in the place of the store.

    What is there now is set aside and stays.
    """
    backup, address = file.absolute(), _address()
    checked = backups.check(backup)
    if not checked.whole:
        raise click.ClickException(checked.said)
    click.echo("\n".join(_held(backup)))
    if not yes:
        click.confirm("Put it back? What is there now is set aside and stays.", abort=True)
    aside = backups.put_back(backup, address, edge.now())
    click.echo("All of it is back.")
    if aside:
        click.echo(f"What was there before is in {aside}.")


def _address() -> str:
    return storage.address(os.environ)


def _all_there_is() -> list[Path]:
    """The store's file, where it is one, and the backups, the newest first."""
    address = _address()
    file = storage.file_of(address)
    if file is None:
        with edge.the_store() as store:  # says in a sentence what is wrong
            store.revision()
    there = [kept.file for kept in backups.kept(backups.folder_of(address))]
    return [file, *there] if file else there


def _way_back() -> str:
    whole = backups.newest_whole(backups.folder_of(_address()))
    if whole is None:
        return "There is no backup that could be put back."
    return (
        f"“{THIS_PROGRAM} restore {whole.file}” puts back what was kept on {backups.day_of(whole)}."
    )


def _held(backup: Path) -> list[str]:
    holds = copies.holds(backup)
    named = " and ".join(holds.partners) or "Nobody yet"
    weeks = f"weeks: {holds.weeks}"
    said = [f"  of {named}", f"  {weeks}{f', the newest {holds.newest}' if holds.newest else ''}"]
    made = [k for k in backups.kept(backup.parent) if k.file == backup]
    when = [f"  kept on {backups.day_of(k)} {k.at.year} at {k.at:%H:%M}" for k in made]
    return [f"{backup} holds", *said, *when]
