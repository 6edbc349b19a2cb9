"""Command about paper: a week for the fridge, or a quarter, as a PDF of one page."""

from __future__ import annotations

from pathlib import Path

import click

from rituals.cli import context
from rituals.insights import balance
from rituals.model.time.formats import Paper
from rituals.model.time.week import Week
from rituals.planning import sitters
from rituals.printing import quarter_page
from rituals.printing.fonts import system_font_folders
from rituals.printing.week_page import week as on_paper


@click.command("print")
@context.week_option
@context.file_option
@click.option("--season", is_flag=True, help="The thirteen weeks that end with that one instead.")
@click.option(
    "--paper",
    type=click.Choice([paper.value for paper in Paper]),
    help="Else what is usual where you live.",
)
def print_(week: Week | None, file: Path, season: bool, paper: str | None) -> None:
    """Write a week for the fridge (PDF, one page).

    The week to plan begins with it, where it has no plan yet; of any other week nothing is kept. A
    season shows what is there.
    """
    content = _season(week, paper) if season else _week(week, paper)
    context.write_file(content, file)


def _week(week: Week | None, paper: str | None) -> bytes:
    with context.couple_store() as store:
        household = context.require_household(store)
        ahead = context.week_to_plan(household)
        target = week or ahead
        load = context.stored_plan if target == ahead else context.plan_unstored
        plan, rituals = load(store, target, household), context.all_rituals(store)
    waiting = sitters.ids(plan, household, rituals, context.now())
    folders = system_font_folders(Path.home())
    return on_paper(plan, household, _paper(paper), folders, rituals, waiting)


def _season(week: Week | None, paper: str | None) -> bytes:
    with context.couple_store() as store:
        household = context.require_household(store)
        ahead = context.week_to_plan(household)
        shown = quarter_page.quarter_weeks(week or ahead)
        plans = store.load_plans(shown)
    if balance.is_empty(balance.rows(plans, shown, household)):
        raise click.ClickException("Nothing is known of those weeks, so there is no page to print.")
    last = shown[-1]
    folders = system_font_folders(Path.home())
    return quarter_page.quarter(plans, (last, ahead), household, _paper(paper), folders)


def _paper(name: str | None) -> Paper | None:
    return Paper(name) if name else None
