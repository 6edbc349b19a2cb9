"""The command line: what a page can do to the couple's data, for scripts and cron.

Whatever goes wrong ends as one sentence and status 2.
"""

from __future__ import annotations

import click

from rituals.commands import (
    agreeing,
    calendars,
    edge,
    export,
    feeds,
    keeping,
    looking_back,
    moving,
    papers,
    planning,
    servers,
)


@click.group(cls=edge.Edge)
def commands() -> None:
    """Leavewell on the command line: a couple's weeks for scripts and cron.

    The store is at LEAVEWELL_DATABASE_URL, or else data/leavewell.db beside the program.
    """


commands.add_command(planning.sample)
commands.add_command(planning.plan)
commands.add_command(planning.place)
commands.add_command(planning.balance)
commands.add_command(agreeing.yes)
commands.add_command(export.export)
commands.add_command(calendars.busy)
commands.add_command(feeds.feed)
commands.add_command(servers.publish)
commands.add_command(servers.pull)
commands.add_command(papers.print_)
commands.add_command(looking_back.look_back)
commands.add_command(looking_back.weeks)
commands.add_command(moving.move)
commands.add_command(keeping.keep)
commands.add_command(keeping.check)
commands.add_command(keeping.restore)


if __name__ == "__main__":
    commands(prog_name="python -m rituals")
