"""The commands about a week that lies ahead, and the invented couple to try them on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click

from rituals.cli import context, output
from rituals.model import wording
from rituals.model.plan import standing
from rituals.model.week import Week
from rituals.planning import catalogue, scheduling

for_programs = click.option(
    "--json", "as_json", is_flag=True, help="For programs; all lengths are in minutes."
)


@click.command()
@click.option(
    "--weeks",
    "lived",
    type=click.IntRange(0, context.MOST_BACK),
    default=26,
    show_default=True,
    help="How many weeks they have lived so far.",
)
def sample(lived: int) -> None:
    """Fill an empty store with an invented couple.

    Maya and Jonas are there to look around in; a used store stays as it is.
    """
    from rituals.planning import sample as example

    suggested = catalogue.load(catalogue.SUGGESTED)
    made = example.couple(context.today(example.HOUSEHOLD), lived, suggested)
    chosen = {choice.ritual: suggested[choice.ritual] for p in made.plans for choice in p.choices}
    with context.the_store() as store:
        store.fill(made.household, chosen.values(), made.plans)
    names = wording.listed([partner.name for partner in made.household.partners])
    click.echo(f"{names} are here, and a week to plan.")


@click.command()
@context.of_week
@for_programs
def plan(week: Week | None, as_json: bool) -> None:
    """Show a week, day by day.

    A week without a plan shows what it would begin with; nothing is kept.
    """
    with context.the_store() as store:
        household = context.household(store)
        asked = week or context.week_to_plan(household)
        kept = store.load_plan(asked)
        shown = kept or context.begun(store, asked, household)
    if as_json:
        _say_as_json(output.as_json(shown, household))
    else:
        _say(output.as_text(shown, household, is_kept=kept is not None))


@click.command()
@context.of_week
@for_programs
def place(week: Week | None, as_json: bool) -> None:
    """Find the places of a week anew and keep them.

    Each with its reason, also what found none. What is fixed, in a calendar, spoken of or under
    way stays where it is.
    """
    with context.the_store() as store:
        household = context.household(store)
        asked = week or context.week_to_plan(household)
        life, now = context.life(store, asked, household), context.now()
        known = store.load_plan(asked)
        laid = begun = known or context.begun(store, asked, household)
        if known or standing(begun):
            laid = store.change_plan(begun, lambda plan: scheduling.scheduled(plan, life, now))
    without = scheduling.unplaced(laid, life, now)
    if as_json:
        unplaced = output.without_as_json(without, household)
        _say_as_json({**output.as_json(laid, household), "unplaced": unplaced})
        return
    _say(output.as_text(laid, household, reasons=True))
    if without:
        _say(["", "Without a place", *output.without_as_text(without, household)])


@click.command()
@context.how_many_back
@context.as_csv
def balance(back: int) -> None:
    """Write the hours of each week.

    Hoped, planned and lived, for each strand; what is unknown is empty.
    """
    from rituals.insights.balance import frame, rows

    with context.the_store() as store:
        household = context.household(store)
        newest = context.week_to_plan(household)
        shown = [newest + n for n in range(-back, 1)]
        hours = frame(rows(store.load_plans(shown), shown, household))
    click.echo(output.as_csv(hours, household), nl=False)


def _say(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))


def _say_as_json(told: dict[str, Any]) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))
