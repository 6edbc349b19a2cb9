"""Command line of Leavewell: what a page can do to the couple's data, for scripts and cron.

Whatever goes wrong ends as one sentence and status 2.
"""

from __future__ import annotations

import click

from rituals.cli import (
    backup,
    busy,
    caldav,
    context,
    dear,
    different,
    export,
    opening,
    planning,
    printing,
    review,
    season,
    transfer,
    usual,
)


@click.group(cls=context.CommandGroup)
def commands() -> None:
    """Leavewell on the command line: a couple's weeks for scripts and cron.

    The store is at LEAVEWELL_DATABASE_URL, or else data/leavewell.db beside the program.
    """


commands.add_command(planning.sample)
commands.add_command(planning.plan)
commands.add_command(planning.place)
commands.add_command(planning.balance)
commands.add_command(planning.yes)
commands.add_command(export.export)
commands.add_command(busy.busy)
commands.add_command(export.feed)
commands.add_command(caldav.publish)
commands.add_command(caldav.pull)
commands.add_command(printing.print_)
commands.add_command(review.look_back)
commands.add_command(review.weeks)
commands.add_command(different.different)
commands.add_command(usual.usual)
commands.add_command(dear.dear)
commands.add_command(season.season)
commands.add_command(transfer.move)
commands.add_command(opening.open_)
commands.add_command(backup.keep)
commands.add_command(backup.check)
commands.add_command(backup.restore)


if __name__ == "__main__":
    commands(prog_name="python -m rituals")
