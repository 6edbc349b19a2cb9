"""The command about the season ahead: what is rare, and its weeks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

import click

from rituals.cli import context
from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.ritual import Ritual
from rituals.planning.season import season as planning
from rituals.planning.season import wording as sentences
from rituals.planning.season.season import MOST_WEEKS, THIRTEEN, Rare, SeasonAhead
from rituals.store.store import Store


@click.command()
@click.option(
    "--weeks",
    "count",
    type=click.IntRange(1, MOST_WEEKS),
    default=THIRTEEN,
    show_default=True,
    help="How many weeks from the one to plan on.",
)
@click.option("--keep", multiple=True, metavar="TITLE|ID", help="Keep something rare from now on.")
@click.option("--stop", multiple=True, metavar="TITLE|ID", help="Keep it no longer.")
@click.option(
    "--json", "as_json", is_flag=True, help="For programs: every thing with its week and reason."
)
def season(count: int, keep: tuple[str, ...], stop: tuple[str, ...], as_json: bool) -> None:
    """Show what is rare in the weeks ahead.

    Each comes as often as it is kept for, and its weeks stay put unless something changes.
    """
    with context.couple_store() as store:
        household = context.require_household(store)
        for which in keep:
            _keep(store, which, is_kept=True)
        for which in stop:
            _keep(store, which, is_kept=False)
        found = context.season_ahead(store, household, count)
    if as_json:
        click.echo(json.dumps(_as_json(found, household), ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(_as_text(found, household)))


def _keep(store: Store, which: str, *, is_kept: bool) -> None:
    named = context.ritual_named(which, context.all_rituals(store))
    if named.rhythm.is_weekly:
        raise click.ClickException(f"{named.title} is a ritual of any week; choose it on Sunday.")

    def kept(own: Mapping[str, Ritual]) -> Ritual:
        return planning.with_kept(own.get(named.id, named), is_kept)

    store.change_ritual(kept)


def _as_text(season: SeasonAhead, household: Household) -> Iterator[str]:
    if not season.kept:
        yield sentences.NOTHING
        return
    first = local_time.first_day(season.weeks[0], household)
    number = "One week" if len(season.weeks) == 1 else f"{len(season.weeks)} weeks"
    yield f"{number} from {household.formats.dated(first)} on"
    for week, entries in groupby(season.rare, key=lambda entry: entry.week):
        begins = household.formats.short_day(local_time.first_day(week, household))
        yield f"Week of {begins} · {week}"
        yield from (f"  {sentences.line(entry, household)}" for entry in entries)
    if later := sentences.not_in_it(season, household):
        yield "Not in these weeks"
        yield from (f"  {line}" for line in later)


def _as_json(season: SeasonAhead, household: Household) -> dict[str, Any]:
    name = partial(_name, household)
    return {
        "weeks": [str(week) for week in season.weeks],
        "rare": [_entry(entry, household) for entry in season.rare],
        "kept": [
            {
                "id": ritual.id,
                "title": ritual.title,
                "partner": name(partner),
                "rhythm": str(ritual.rhythm),
                "last": str(last) if last else None,
            }
            for ritual, partner, last in season.kept
        ],
        "proven": season.proven,
    }


def _entry(entry: Rare, household: Household) -> dict[str, Any]:
    return {
        "id": entry.ritual.id,
        "title": entry.ritual.title,
        "partner": _name(household, entry.partner),
        "week": str(entry.week),
        "day": entry.day.isoformat() if entry.day else None,
        "reason": sentences.why(entry.ritual, entry.week, entry.last, household),
        "decided": entry.decided.value if entry.decided else None,
        "left_out": entry.is_left_out,
        "sitter_known": entry.has_sitter,
        "other_weeks": [str(week) for week in entry.other_weeks],
    }


def _name(household: Household, partner: str | None) -> str | None:
    return household.name(partner) if partner else None
