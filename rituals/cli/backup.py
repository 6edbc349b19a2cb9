"""Commands of safe keeping: a backup, a look at what there is, and the way back."""

from __future__ import annotations

import os
from pathlib import Path

import click

from rituals.backup import archive, backups, readable
from rituals.cli import context
from rituals.model.time.formats import STANDARD
from rituals.store import files, location, snapshots

THIS_PROGRAM = "python -m rituals"
ZIP = ".zip"


@click.command()
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder it goes into; else the one in which the others lie.",
)
@click.option(
    "-o",
    "--output",
    "zip",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Take everything out instead: one zip, for people and programs to read.",
)
def keep(folder: Path | None, zip: Path | None) -> None:
    """Make a backup of everything.

    It is compared with the store before it counts. Leavewell makes one itself each week.
    """
    with context.couple_store() as store:
        context.require_any_household(store)
        if zip:
            context.write_file(archive.export_archive(store, context.now()), zip)
            files.make_private(zip)
            click.echo(f"Everything is in {zip}.")
            return
        target = folder.absolute() if folder else backups.folder_of(_address())
        made = backups.make(store, target, context.now())
    click.echo(f"Everything is in {made.file}, the same, row by row.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--set-aside", is_flag=True, help="Take out of the store what cannot be read.")
@click.pass_context
def check(at: click.Context, file: Path | None, set_aside: bool) -> None:
    """Look whether the store and its backups are whole.

    Or one FILE. All of it is read. Where something is wrong, it is said in one sentence and the
    status is 1. What cannot be read can be set aside, and all else is kept.
    """
    if set_aside:
        _set_rows_aside()
    looked_at = [file.absolute()] if file else _all_files()
    found = [_checked(each) for each in looked_at]
    for checked in found:
        click.echo(checked.sentence, err=not checked.whole)
    if not file and found and not found[0].whole:
        click.echo(_way_back())
    if not all(checked.whole for checked in found):
        at.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Without asking.")
def restore(file: Path, yes: bool) -> None:
    """Put a backup, or a zip with everything, in the place of the store.

    What is there now is set aside and stays.
    """
    if file.suffix == ZIP:
        _restore_zip(file, yes)
        return
    backup, address = file.absolute(), _address()
    checked = backups.check(backup)
    if not checked.whole:
        raise click.ClickException(checked.sentence)
    click.echo("\n".join(_contents(backup)))
    _confirm_unless(yes)
    _print_restored(backups.restore(backup, address, context.now()))


def _restore_zip(file: Path, yes: bool) -> None:
    content = _content(file)
    inside = archive.inspect(content)
    click.echo("\n".join([archive.description(inside), *inside.leads_to]))
    _confirm_unless(yes)
    with context.couple_store() as store:
        aside = backups.set_aside(store, context.now())
        archive.restore(content, store)
    _print_restored(aside)


def _confirm_unless(yes: bool) -> None:
    if not yes:
        click.confirm("Put it back? What is there now is set aside and stays.", abort=True)


def _print_restored(aside: Path | None) -> None:
    click.echo("All of it is back.")
    if aside:
        click.echo(f"What was there before is in {aside}.")


def _content(zip: Path) -> bytes:
    try:
        return zip.read_bytes()
    except OSError as error:
        raise click.ClickException(f"{zip} cannot be read: {error.strerror}.") from error


def _checked(file: Path) -> backups.Checked:
    """Result of the check of one file, a zip or a store."""
    if file.suffix != ZIP:
        return backups.check(file)
    try:
        inside = archive.inspect(_content(file))
    except archive.ArchiveError as refused:
        return backups.Checked(False, f"{file}: {refused}")
    return backups.Checked(True, f"{file} is whole; it holds {archive.description(inside)}")


def _address() -> str:
    return location.address(os.environ)


def _all_files() -> list[Path]:
    """The store's file, if it is one, and the backups, the newest first."""
    address = _address()
    file = location.file_of(address)
    if file is None:
        with context.couple_store() as store:  # says in a sentence what is wrong
            store.revision()
    stored = [kept.file for kept in snapshots.existing(backups.folder_of(address))]
    return [file, *stored] if file else stored


def _set_rows_aside() -> None:
    file = location.file_of(_address())
    found = backups.unreadable_rows(file) if file else ()
    if file and found:
        aside = backups.set_rows_aside(file, context.now())
        click.echo(f"All else is kept without {readable.named(found)}; {aside} still holds them.")


def _way_back() -> str:
    file = location.file_of(_address())
    if file and readable.can_be_set_aside(backups.unreadable_rows(file)):
        click.echo(f"“{THIS_PROGRAM} check --set-aside” keeps all else without them.")
    whole = backups.newest_whole(backups.folder_of(_address()))
    if whole is None:
        return "There is no backup that could be put back."
    return (
        f"“{THIS_PROGRAM} restore {whole.file}” puts back what was kept on {backups.day_of(whole)}."
    )


def _contents(backup: Path) -> list[str]:
    holds = snapshots.contents(backup)
    named = " and ".join(holds.partners) or "Nobody yet"
    weeks = f"weeks: {holds.weeks}"
    facts = [f"  of {named}", f"  {weeks}{f', the newest {holds.newest}' if holds.newest else ''}"]
    made = [k for k in snapshots.existing(backup.parent) if k.file == backup]
    when = [f"  kept on {backups.day_of(k)} {k.at.year} at {STANDARD.clock(k.at)}" for k in made]
    return [f"{backup} holds", *facts, *when]
