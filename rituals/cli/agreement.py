"""The command with which one of the two says yes to a week."""

from __future__ import annotations

import click

from rituals.calendars.outgoing import checklist, feeds
from rituals.cli import context
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.model.week import Week
from rituals.planning import agreement


@click.command()
@click.argument("name")
@context.of_week
def yes(name: str, week: Week | None) -> None:
    """Say NAME's yes to a week.

    Once both of you have said it, the week is at your addresses and in your folders, and “publish”
    takes it to a server. Say what is still open.
    """
    with context.the_store() as store:
        household = context.household(store)
        partner = context.partner(name, household)
        asked = week or context.week_to_plan(household)
        begun = store.load_plan(asked) or context.begun(store, asked, household)
        if not standing(begun):
            raise click.ClickException(f"Nothing lies in {asked} yet, so there is no yes to say.")
        kept = store.change_plan(begun, lambda plan: agreement.say_yes(plan, partner.key))
        feeds.record_week(store, kept, household, context.now())
    click.echo("\n".join(_as_it_stands(kept, household)))


def _as_it_stands(plan: Plan, household: Household) -> list[str]:
    """Whether the week is ours, or what it waits for."""
    if agreement.is_ours(plan):
        return [f"{plan.week} is yours: both of you said yes."]
    lines = []
    for partner in household.partners:
        open_ = agreement.awaiting_yes(plan, partner.key)
        if open_:
            lines.append(f"{partner.name} has not said yes yet to:")
            lines += [f"  {checklist.new_line(o, household)}" for o in open_]
    return lines
