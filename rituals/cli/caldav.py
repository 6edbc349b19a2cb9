"""The commands about a calendar on a server: weeks taken there, and what was changed there."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

import click

from rituals.calendars.outgoing import checklist
from rituals.cli import context
from rituals.model.calendar import Server
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.week import Week
from rituals.planning import agreement, changes, scheduling
from rituals.security import keyring
from rituals.store.store import Store

if TYPE_CHECKING:
    from rituals.calendars.caldav.session import Answer, SyncSession

WHERE_TO = "set one up on the Calendars page of Leavewell"
T = TypeVar("T")


@click.command()
@context.for_whom
@context.of_week
@context.how_many
@click.option("--dry-run", is_flag=True, help="Show what is new on both sides; nothing is changed.")
def publish(whose: str, week: Week | None, count: int, dry_run: bool) -> None:
    """Take weeks to a calendar on a server.

    What was changed there stays as it is: “pull” brings it back. The password comes from the
    system's keyring; where none keeps it, it is asked for, or read from standard input.
    """
    from rituals.calendars.caldav import report  # readers of calendars take a moment to load

    with context.the_store() as store:
        household = context.household(store)
        server = _server(store, whose, household)
        first = week or context.week_to_plan(household)
        going = _errand(store, household, server, _weeks(store, household, first, count))
        open_ = _open(sum(len(agreement.proposals(plan)) for plan in going.taking))
        if dry_run:
            diff = _told(going.look)
            _say([*report.as_text(diff, household), *open_])
            return
        what = _told(lambda: going.push(_count))
    _say([report.result_sentence(what, server.name), *open_])


@click.command()
@context.for_whom
@click.option("--theirs", "side", flag_value="there", help="Of two versions take the server's.")
@click.option("--ours", "side", flag_value="here", help="Of two versions keep the plan's.")
def pull(whose: str, side: str | None) -> None:
    """Bring back what was changed in a calendar on a server.

    Where something was changed on both sides, both versions are shown and left alone, unless
    one of the two options says which is to stay. The server hears of it with the next “publish”.
    """
    from rituals.calendars.caldav import report, session

    chosen: Answer = (lambda _: session.Side(side)) if side else session.nobody
    with context.the_store() as store:
        household = context.household(store)
        server = _server(store, whose, household)
        what = _told(lambda: _errand(store, household, server, ()).pull(chosen))
        both = report.conflicts_as_text(what.open, household)
    came = report.result_sentence(what, server.name, report.NOTHING_CAME)
    _say([came, *both])


def _open(count: int) -> list[str]:
    if not count:
        return []
    what = "One proposal stays" if count == 1 else f"{count} proposals stay"
    return [f"{what} here until both of you have said yes."]


def _server(store: Store, whose: str, household: Household) -> Server:
    asked = context.audience(whose, household)
    found = store.load_servers().get(asked)
    if found is None:
        of = checklist.calendar_label(asked, household)
        raise click.ClickException(f"There is no calendar server for {of} yet: {WHERE_TO}.")
    return found


def _errand(
    store: Store, household: Household, server: Server, taking: Iterable[Plan]
) -> SyncSession:
    from rituals.calendars.caldav.session import SyncSession

    return SyncSession(store, household, server, _password(server), tuple(taking), context.now())


def _password(server: Server) -> str:
    kept = keyring.password_of(server)
    if kept is not None:
        return kept
    if sys.stdin.isatty():
        asked = f"Password of {server.login} at {server.url}"
        return str(click.prompt(asked, hide_input=True, err=True))
    read = sys.stdin.readline().rstrip("\r\n")
    if not read:
        raise click.ClickException("No keyring keeps the password here: give it on standard input.")
    return read


def _weeks(store: Store, household: Household, first: Week, count: int) -> list[Plan]:
    """As kept, or each begun from the one before; nothing is kept by looking."""
    weeks = [first + n for n in range(count)]
    kept = store.load_plans(weeks)
    begun = kept.get(first) or context.begun(store, first, household)

    def begin(last: Plan, week: Week) -> Plan:
        return scheduling.starting_plan(
            last, week, context.life(store, week, household), context.now()
        )

    return changes.plans_ahead(begun, weeks[1:], kept, begin)


def _told(act: Callable[[], T]) -> T:
    from rituals.calendars.caldav import report
    from rituals.calendars.caldav.client import ServerError
    from rituals.calendars.caldav.session import StoppedError

    try:
        return act()
    except StoppedError as why:
        raise click.ClickException(report.stopped_sentence(why)) from None
    except ServerError as why:
        raise click.ClickException(str(why)) from None


def _count(done: int, steps: int) -> None:
    """So many of so many, for one who looks on."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {steps}", err=True, nl=done == steps)


def _say(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))
