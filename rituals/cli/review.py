"""The commands about weeks that were lived: said as planned, and told one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from rituals.cli import context
from rituals.model import wording
from rituals.model.household import Household
from rituals.model.local_time import first_day, week_span
from rituals.model.plan import Plan, Season
from rituals.model.week import Week
from rituals.planning import review

if TYPE_CHECKING:
    from rituals.insights.balance import Row
    from rituals.insights.tables import Value


@click.command("lived")
@click.option(
    "--week",
    type=context.WeekName(),
    help="Written like 2026-W48; else the one before the week to plan.",
)
@click.option("--as-planned", is_flag=True, help="Everything unsaid was just as planned.")
def look_back(week: Week | None, as_planned: bool) -> None:
    """Look back on a week: what is said of it.

    With --as-planned the rest is said too; what was said before stays as it was said.
    """
    with context.the_store() as store:
        household = context.household(store)
        asked = week or context.week_to_plan(household) - 1
        if week_span(asked, household).start > context.now():
            raise click.ClickException(f"{asked} still lies ahead: nobody can look back on it yet.")
        plan = store.load_plan(asked)
        unsaid = () if plan is None else review.unanswered(plan)
        if plan is not None and unsaid and as_planned:
            store.change_plan(plan, review.answer_all_as_planned)
    first = first_day(asked, household)
    click.echo(f"The week of {wording.short_day(first)} {first.year} · {asked}")
    if as_planned:
        click.echo(_what_was_done(plan, len(unsaid), sum(o.minutes for o in unsaid)))
    else:
        click.echo("\n".join(_what_is_said(plan, household)))


@click.command()
@context.how_many_back
@click.option(
    "--csv", "as_csv", is_flag=True,
    help="As comma-separated values: lived, planned and hoped for, strand by strand.",
)  # fmt: skip
def weeks(back: int, as_csv: bool) -> None:
    """Write one line for each week.

    Hours by kind of time: lived, and for the week to plan planned and hoped for. What is unknown
    is empty.
    """
    from rituals.insights.balance import rows

    with context.the_store() as store:
        household = context.household(store)
        newest = context.week_to_plan(household)
        shown = [newest + n for n in range(-back, 1)]
        plans = store.load_plans(shown)
    told = rows(plans, shown, household)
    if as_csv:
        from rituals.insights.tables import all_strands_csv

        click.echo(all_strands_csv(told, household), nl=False)
    else:
        click.echo("\n".join(_as_table(told, newest)))


def _as_table(told: Sequence[Row], newest: Week) -> Iterator[str]:
    """The weeks for people, in columns as wide as what they hold."""
    from rituals.insights import tables

    sheet = tables.weeks(told, newest)
    lines = [sheet.columns, *(tuple(map(_cell, row)) for row in sheet.rows)]
    wide = [max(len(line[place]) for line in lines) for place in range(len(sheet.columns))]
    for line in lines:
        texts = [cell.ljust(room) for cell, room in zip(line[:2], wide[:2], strict=True)]
        texts += [cell.rjust(room) for cell, room in zip(line[2:], wide[2:], strict=True)]
        yield "  ".join(texts).rstrip()


def _cell(value: Value) -> str:
    if isinstance(value, float):
        return wording.hours(round(value * 60))
    return "" if value is None else str(value)


def _what_is_said(plan: Plan | None, household: Household) -> Iterator[str]:
    """What is known of each strand, and whether some of it is not said yet."""
    from rituals.insights import balance

    if plan is None or plan.season is Season.GRACE or review.has_no_answer(plan):
        yield _nothing_said(plan)
        return
    wide = max(len(wording.strand(strand, household)) for strand in household.strands())
    for strand in household.strands():
        known = balance.lived_minutes(plan, strand, household)
        said = "not said" if known is None else wording.hours(known)
        yield f"{wording.strand(strand, household):{wide}}  {said:>8}"
    if review.unanswered(plan):
        yield "Some of it is not said yet."


def _nothing_said(plan: Plan | None) -> str:
    if plan is None:
        return "Nothing was planned in it, and nothing is said of it."
    if plan.season is Season.GRACE:
        return "A grace week: everything rests."
    return "Nothing is said of it yet."


def _what_was_done(plan: Plan | None, count: int, minutes: int) -> str:
    if plan is None:
        return "Nothing was planned in it, so nothing was said."
    if plan.season is Season.GRACE:
        return "A grace week: everything rests."
    if not count:
        return "Nothing in it was unsaid."
    things = "1 ritual is" if count == 1 else f"{count} rituals are"
    return f"{things} said to have been just as planned, {wording.hours(minutes)}."
