"""Commands about weeks that are over: reviewed as planned, or listed one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from rituals.cli import context
from rituals.insights import balance, tables
from rituals.insights.balance import Row, rows
from rituals.insights.tables import Value, all_strands_csv
from rituals.model import wording
from rituals.model.household import Household
from rituals.model.local_time import first_day, week_span
from rituals.model.plan import Plan, Season
from rituals.model.time.week import Week
from rituals.planning import review


@click.command("happened")
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
    with context.couple_store() as store:
        household = context.require_household(store)
        target = week or context.week_to_plan(household) - 1
        if week_span(target, household).start > context.now():
            raise click.ClickException(
                f"{target} still lies ahead: nobody can look back on it yet."
            )
        plan = store.load_plan(target)
        unsaid = () if plan is None else review.unanswered(plan)
        if plan is not None and unsaid and as_planned:
            store.change_plan(plan, review.answer_all_as_planned)
    first = first_day(target, household)
    click.echo(f"The week of {household.formats.dated(first)} · {target}")
    if as_planned:
        click.echo(_outcome(plan, len(unsaid), sum(o.minutes for o in unsaid)))
    else:
        click.echo("\n".join(_hours_as_text(plan, household)))


@click.command()
@context.weeks_back_option
@click.option(
    "--csv", "as_csv", is_flag=True,
    help="As comma-separated values: happened, planned and hoped for, each kind of time.",
)  # fmt: skip
def weeks(back: int, as_csv: bool) -> None:
    """Write one line for each week.

    Hours by kind of time: what happened, and for the week to plan what is planned and hoped for.
    What is unknown is empty.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        newest = context.week_to_plan(household)
        shown = [newest + n for n in range(-back, 1)]
        plans = store.load_plans(shown)
    week_rows = rows(plans, shown, household)
    if as_csv:
        click.echo(all_strands_csv(week_rows, household), nl=False)
    else:
        click.echo("\n".join(_as_table(week_rows, newest)))


def _as_table(week_rows: Sequence[Row], newest: Week) -> Iterator[str]:
    """Lines of a table for people, each column as wide as what it holds."""
    sheet = tables.weeks(week_rows, newest)
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


def _hours_as_text(plan: Plan | None, household: Household) -> Iterator[str]:
    """Lived hours of each strand, and a line if some of it is not said yet."""
    if plan is None or plan.season is Season.GRACE or review.has_no_answer(plan):
        yield _silence_as_text(plan)
        return
    strands = household.in_week(plan.week).strands()
    wide = max(len(wording.strand(strand, household)) for strand in strands)
    for strand in strands:
        minutes = balance.lived_minutes(plan, strand, household)
        amount = "not said" if minutes is None else wording.hours(minutes)
        yield f"{wording.strand(strand, household):{wide}}  {amount:>8}"
    if review.unanswered(plan):
        yield "Some of it is not said yet."


def _silence_as_text(plan: Plan | None) -> str:
    if plan is None:
        return "Nothing was planned in it, and nothing is said of it."
    if plan.season is Season.GRACE:
        return "A week off: everything rests."
    return "Nothing is said of it yet."


def _outcome(plan: Plan | None, count: int, minutes: int) -> str:
    if plan is None:
        return "Nothing was planned in it, so nothing was said."
    if plan.season is Season.GRACE:
        return "A week off: everything rests."
    if not count:
        return "Nothing in it was unsaid."
    things = "1 ritual is" if count == 1 else f"{count} rituals are"
    return f"{things} said to have been just as planned, {wording.hours(minutes)}."
