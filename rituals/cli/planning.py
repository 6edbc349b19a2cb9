"""Commands about a week that lies ahead, up to its yes, and the invented couple to try them on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import click

from rituals.calendars.outgoing import checklist, feeds
from rituals.cli import context, output
from rituals.insights.balance import frame, rows
from rituals.model import wording
from rituals.model.context import PlanningContext
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.model.time.week import Week
from rituals.planning import agreement, catalogue, clashes, scheduling, sitters
from rituals.planning import sample as example
from rituals.planning.choices import rest
from rituals.planning.options import alternatives, exchanges, other_place

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
    help="How many weeks they have had so far.",
)
def sample(lived: int) -> None:
    """Fill an empty store with an invented couple.

    Maya and Jonas are there to look around in; a used store stays as it is.
    """
    suggested = catalogue.load(catalogue.SUGGESTED)
    made = example.couple(context.today(example.HOUSEHOLD), lived, suggested)
    chosen = {choice.ritual: suggested[choice.ritual] for p in made.plans for choice in p.choices}
    with context.couple_store() as store:
        store.fill(made.household, chosen.values(), made.plans)
    names = wording.listed([partner.name for partner in made.household.partners])
    click.echo(f"{names} are here, and a week to plan.")


@click.command()
@context.week_option
@for_programs
def plan(week: Week | None, as_json: bool) -> None:
    """Show a week, day by day.

    A week without a plan shows what it would begin with; nothing is kept.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        target = week or context.week_to_plan(household)
        stored = store.load_plan(target)
        plan_shown = stored or context.starting_plan(store, target, household)
        life, now = context.planning_context(store, target, household), context.now()
    plan_shown = scheduling.explained(plan_shown, life, now)
    found = _clashes(plan_shown, life, now)
    if as_json:
        clashing = output.clashes_as_json(found, household)
        _print_json({**_as_json(plan_shown, life, now), "clashes": clashing})
        return
    waiting = sitters.ids(plan_shown, household, life.rituals, now)
    kept = stored is not None
    _print_lines(output.plan_as_text(plan_shown, household, is_kept=kept, waiting=waiting))
    _print_clashes(found, household)


@click.command()
@context.week_option
@click.option("--alternatives", "others", is_flag=True, help="Other weeks about as good, too.")
@for_programs
def place(week: Week | None, others: bool, as_json: bool) -> None:
    """Find the places of a week anew and keep them.

    Each with its reason, also what found none, and what would have to give for it. What is pinned,
    in a calendar, spoken of or under way stays where it is.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        target = week or context.week_to_plan(household)
        stored = store.load_plan(target)
        placed = begun = stored or context.starting_plan(store, target, household)
        life, now = context.planning_context(store, target, household), context.now()
        if stored or standing(begun):
            placed = store.change_plan(begun, lambda plan: scheduling.scheduled(plan, life, now))
    leftover, found = scheduling.unplaced(placed, life, now), _clashes(placed, life, now)
    offered = [(u, exchanges.exchanges(placed, u.wanted, life, now)) for u in leftover]
    beside = alternatives.alternatives(placed, life, now) if others else ()
    placed = scheduling.explained(placed, life, now)
    rests = rest.sentences(placed, life.rituals, household)
    if as_json:
        unplaced = output.unplaced_as_json(leftover, household)
        clashing = output.clashes_as_json(found, household)
        shown = _as_json(placed, life, now)
        gives = output.exchanges_as_json(offered, placed, household)
        more = {"alternatives": output.alternatives_as_json(beside, household)} if others else {}
        answers = {"unplaced": unplaced, "exchanges": gives, "clashes": clashing, "resting": rests}
        _print_json({**shown, **answers, **more})
        return
    waiting = sitters.ids(placed, household, life.rituals, now)
    _print_lines(output.plan_as_text(placed, household, reasons=True, waiting=waiting))
    _print_clashes(found, household)
    if rests:
        _print_lines(["", *rests])
    if leftover:
        _print_lines(["", "Without a place", *output.unplaced_as_text(leftover, household)])
        if given := list(output.exchanges_as_text(offered, placed, household)):
            _print_lines(given)
    if others:
        _print_lines(output.alternatives_as_text(beside))


@click.command()
@context.weeks_back_option
@context.csv_option
def balance(back: int) -> None:
    """Write the hours of each week.

    Hoped for, planned and happened, for each kind of time; what is unknown is empty.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        newest = context.week_to_plan(household)
        plan_shown = [newest + n for n in range(-back, 1)]
        hours = frame(rows(store.load_plans(plan_shown), plan_shown, household))
    click.echo(output.balance_as_csv(hours, household), nl=False)


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


def _clashes(plan: Plan, life: PlanningContext, now: datetime) -> list[output.Solvable]:
    """The clashes of a plan, each with the best other place."""
    return [
        output.Solvable(clash, other_place.other_place(plan, clash.occurrence.id, life, now))
        for clash in clashes.clashes(plan, life, now)
    ]


def _print_clashes(found: Sequence[output.Solvable], household: Household) -> None:
    if found:
        _print_lines(["", "Two things at once", *output.clashes_as_text(found, household)])


def _as_json(plan: Plan, life: PlanningContext, now: datetime) -> dict[str, Any]:
    """A plan for programs, with what it still asks."""
    asked = sitters.questions(plan, life.busy, life.household, now, life.rituals)
    questions = output.questions_as_json(asked, life.household)
    return {**output.plan_as_json(plan, life.household), "open questions": questions}


def _print_lines(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))


def _print_json(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


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
