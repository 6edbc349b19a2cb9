"""Command with which one of the two says yes to a week."""

from __future__ import annotations

import click

from rituals.calendars.outgoing import checklist, feeds
from rituals.cli import context
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.model.time.week import Week
from rituals.planning import agreement


@click.command()
@click.argument("name")
@context.week_option
def yes(name: str, week: Week | None) -> None:
    """Say NAME's yes to a week.

    Once both of you have said it, the week is at your addresses and in your folders, and “publish”
    takes it to a server. Say what is still open.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        partner = context.partner_named(name, household)
        target = week or context.week_to_plan(household)
        begun = store.load_plan(target) or context.starting_plan(store, target, household)
        if not standing(begun):
            raise click.ClickException(f"Nothing lies in {target} yet, so there is no yes to say.")
        saved = store.change_plan(begun, lambda plan: agreement.say_yes(plan, partner.key))
        feeds.record_week(store, saved, household, context.now())
    click.echo("\n".join(_agreement_as_text(saved, household)))


def _agreement_as_text(plan: Plan, household: Household) -> list[str]:
    """Lines that say that the week is agreed, or what it waits for."""
    if agreement.is_ours(plan):
        return [f"{plan.week} is yours: both of you said yes."]
    lines = []
    for partner in household.partners:
        waiting = agreement.awaiting_yes(plan, partner.key)
        if waiting:
            lines.append(f"{partner.name} has not said yes yet to:")
            lines += [f"  {checklist.new_line(o, household)}" for o in waiting]
    return lines
