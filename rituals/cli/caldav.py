"""Commands about a calendar on a server: weeks published, and changes brought back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TypeVar

import click

from rituals.calendars.caldav import report
from rituals.calendars.caldav.errors import ServerError
from rituals.calendars.caldav.session import Answer, Side, StoppedError, SyncSession, nobody
from rituals.calendars.outgoing import checklist
from rituals.cli import context
from rituals.model.calendar import Server
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.planning import agreement, changes, scheduling
from rituals.security import keyring
from rituals.store.store import Store

WHERE_TO = "set one up on the Calendars page of Leavewell"
T = TypeVar("T")


@click.command()
@context.audience_option
@context.week_option
@context.weeks_option
@click.option("--dry-run", is_flag=True, help="Show what is new on both sides; nothing is changed.")
def publish(whose: str, week: Week | None, count: int, dry_run: bool) -> None:
    """Take weeks to a calendar on a server.

    What was changed there stays as it is: “pull” brings it back. The password comes from the
    system's keyring; where none keeps it, it is asked for, or read from standard input.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        server = _server(store, whose, household)
        first = week or context.week_to_plan(household)
        session = _sync_session(store, household, server, _weeks(store, household, first, count))
        unpublished = _proposals_left(
            sum(len(agreement.proposals(plan)) for plan in session.taking)
        )
        if dry_run:
            diff = _run(session.look)
            _print_lines([*report.as_text(diff, household), *unpublished])
            return
        outcome = _run(lambda: session.push(_count))
    _print_lines([report.result_sentence(outcome, server.name), *unpublished])


@click.command()
@context.audience_option
@click.option("--theirs", "side", flag_value="there", help="Of two versions take the server's.")
@click.option("--ours", "side", flag_value="here", help="Of two versions keep the plan's.")
def pull(whose: str, side: str | None) -> None:
    """Bring back what was changed in a calendar on a server.

    Where something was changed on both sides, both versions are shown and left alone, unless
    one of the two options says which is to stay. The server hears of it with the next “publish”.
    """
    chosen: Answer = (lambda _: Side(side)) if side else nobody
    with context.couple_store() as store:
        household = context.require_household(store)
        server = _server(store, whose, household)
        outcome = _run(lambda: _sync_session(store, household, server, ()).pull(chosen))
        both = report.conflicts_as_text(outcome.open, household)
    came = report.result_sentence(outcome, server.name, report.NOTHING_CAME)
    _print_lines([came, *both])


def _proposals_left(count: int) -> list[str]:
    if not count:
        return []
    what = (
        "One is not agreed yet and stays" if count == 1 else f"{count} are not agreed yet and stay"
    )
    return [f"{what} here until both of you have said yes."]


def _server(store: Store, whose: str, household: Household) -> Server:
    audience = context.audience_named(whose, household)
    found = store.load_servers().get(audience)
    if found is None:
        owner = checklist.calendar_label(audience, household)
        raise click.ClickException(f"There is no calendar server for {owner} yet: {WHERE_TO}.")
    return found


def _sync_session(
    store: Store, household: Household, server: Server, taking: Iterable[Plan]
) -> SyncSession:
    return SyncSession(store, household, server, _password(server), tuple(taking), context.now())


def _password(server: Server) -> str:
    kept = keyring.password_of(server)
    if kept is not None:
        return kept
    if sys.stdin.isatty():
        prompt = f"Password of {server.login} at {server.url}"
        return str(click.prompt(prompt, hide_input=True, err=True))
    read = sys.stdin.readline().rstrip("\r\n")
    if not read:
        raise click.ClickException("No keyring keeps the password here: give it on standard input.")
    return read


def _weeks(store: Store, household: Household, first: Week, count: int) -> list[Plan]:
    """Plans of these weeks, stored or each begun from the one before; nothing is stored."""
    weeks = [first + n for n in range(count)]
    kept = store.load_plans(weeks)
    begun = kept.get(first) or context.starting_plan(store, first, household)

    def begin(last: Plan, week: Week) -> Plan:
        return scheduling.starting_plan(
            last, week, context.planning_context(store, week, household), context.now()
        )

    return changes.plans_ahead(begun, weeks[1:], kept, begin)


def _run(act: Callable[[], T]) -> T:
    try:
        return act()
    except StoppedError as why:
        raise click.ClickException(report.stopped_sentence(why)) from None
    except ServerError as why:
        raise click.ClickException(str(why)) from None


def _count(done: int, steps: int) -> None:
    """Progress on standard error, where somebody looks on."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} of {steps}", err=True, nl=done == steps)


def _print_lines(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))
