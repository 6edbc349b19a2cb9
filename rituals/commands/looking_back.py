"""The commands about weeks that were lived: said as planned, and told one by one."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import groupby
from math import isnan

import click

from rituals import lived, words
from rituals.commands import edge
from rituals.model import Household, Plan, Season, Week
from rituals.weeks import first_day, week_span

NUMBERS = ("lived", "planned", "hoped")


@click.command("lived")
@click.option(
    "--week",
    type=edge.WeekName(),
    help="Written like 2026-W48; else the one before the week to plan.",
)
@click.option(
    "--as-planned", is_flag=True, required=True, expose_value=False,
    help="Everything unsaid was just as planned.",
)  # fmt: skip
def look_back(week: Week | None) -> None:
    """Look back on a week.

    What was said before stays as it was said.
    """
    with edge.the_store() as store:
        household = edge.household(store)
        asked = week or edge.week_to_plan(household) + -1
        if week_span(asked, household).start > edge.now():
            raise click.ClickException(f"{asked} still lies ahead: nobody can look back on it yet.")
        plan = store.load_plan(asked)
        unsaid = () if plan is None else lived.unsaid(plan)
        if plan is not None and unsaid:
            store.change_plan(plan, lived.say_all_as_planned)
    first = first_day(asked, household)
    click.echo(f"The week of {words.short_day(first)} {first.year} · {asked}")
    click.echo(_what_was_done(plan, len(unsaid), sum(o.minutes for o in unsaid)))


@click.command()
@edge.how_many_back
@edge.as_csv
def weeks(back: int) -> None:
    """Write one line for each week.

    Hours lived, planned and hoped for, strand by strand; what is unknown is empty.
    """
    from rituals.balance import rows
    from rituals.sheets import safe

    with edge.the_store() as store:
        household = edge.household(store)
        newest = edge.week_to_plan(household)
        shown = [newest + n for n in range(-back, 1)]
        plans = store.load_plans(shown)
    told = StringIO()
    write = csv.writer(told, lineterminator="\n")
    write.writerow(["week", "first_day", "season", "grace", *map(safe, _columns(household))])
    for week, of_week in groupby(rows(plans, shown, household), lambda row: row.week):
        strands = list(of_week)
        plan = plans.get(Week.read(week))
        grace = plan.grace if plan else ""
        hours = (_hours(getattr(row, name)) for row in strands for name in NUMBERS)
        write.writerow([week, strands[0].starts, strands[0].season, safe(grace), *hours])
    click.echo(told.getvalue(), nl=False)


def _what_was_done(plan: Plan | None, count: int, minutes: int) -> str:
    if plan is None:
        return "Nothing was planned in it, so nothing was said."
    if plan.season is Season.GRACE:
        return "A grace week: everything rests."
    if not count:
        return "Nothing in it was unsaid."
    things = "1 ritual is" if count == 1 else f"{count} rituals are"
    return f"{things} said to have been just as planned, {words.hours(minutes)}."


def _columns(household: Household) -> Iterator[str]:
    for strand in household.strands():
        for number in NUMBERS:
            yield f"{words.strand(strand, household)}: {number}"


def _hours(value: float) -> str:
    return "" if isnan(value) else f"{value:.2f}"
