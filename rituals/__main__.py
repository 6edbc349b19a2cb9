"""The command line: what a page can do to the couple's data, for scripts and cron.

An edge: the clock is read here, and whatever goes wrong ends as one sentence and status 2.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rituals import catalogue, plans, storage, weeks, words
from rituals.catalogue import CatalogueError
from rituals.model import Household, NotationError, Occurrence, Plan, Ritual, Season, Strand, Week
from rituals.storage import Store, StoreError

if TYPE_CHECKING:
    import pandas as pd

MOST_AT_ONCE = 4  # weeks in one calendar file; beyond that a plan is a guess
MOST_BACK = 520  # weeks: ten years of them
YEARS = range(1970, 3000)  # what time zones are known for, with room on both sides
AUDIENCES = ["shared"]


class Edge(click.Group):
    """Commands whose errors end as one sentence on standard error and status 2."""

    def main(self, *args: Any, **settings: Any) -> Any:
        """Runs one command and ends the program."""
        try:
            sys.exit(super().main(*args, **settings | {"standalone_mode": False}))
        except click.Abort:
            sys.exit(1)
        except click.ClickException as refused:
            sentence = refused.format_message()
        except (StoreError, CatalogueError, NotationError) as refused:
            sentence = str(refused)
        click.echo(sentence, err=True)
        sys.exit(2)


class WeekName(click.ParamType[Week]):
    """A week written like 2026-W48."""

    name = "week"

    def convert(self, value: Any, param: object, ctx: object) -> Week:  # noqa: ARG002 - click's signature
        """The week of its notation."""
        week = value if isinstance(value, Week) else Week.read(value)
        if week.year not in YEARS:
            raise NotationError(f"The year {week.year} is too far away to be planned.")
        return week


of_week = click.option(
    "--week", type=WeekName(), help="Written like 2026-W48; else the week to plan."
)


@click.group(cls=Edge)
def commands() -> None:
    """Leavewell on the command line: a couple's weeks for scripts and cron.

    The store is at LEAVEWELL_DATABASE_URL, or else data/leavewell.db beside the program.
    """


@commands.command()
@click.option(
    "--weeks",
    "lived",
    type=click.IntRange(0, MOST_BACK),
    default=26,
    show_default=True,
    help="How many weeks they have lived so far.",
)
def sample(lived: int) -> None:
    """Fill an empty store with an invented couple.

    Maya and Jonas are there to look around in; a used store stays as it is.
    """
    from rituals import sample as example

    suggested = catalogue.load(catalogue.SUGGESTED)
    made = example.couple(_today(example.HOUSEHOLD), lived, suggested)
    chosen = {choice.ritual: suggested[choice.ritual] for p in made.plans for choice in p.choices}
    with _store() as store:
        store.fill(made.household, chosen.values(), made.plans)
    names = words.listed([partner.name for partner in made.household.partners])
    click.echo(f"{names} are here, and a week to plan.")


@commands.command()
@of_week
@click.option("--json", "as_json", is_flag=True, help="For programs; all lengths are in minutes.")
def plan(week: Week | None, as_json: bool) -> None:
    """Show a week, day by day.

    A week without a plan shows what it would begin with; nothing is kept.
    """
    with _store() as store:
        household = _household(store)
        asked = week or _week_to_plan(household)
        kept = store.load_plan(asked)
        shown = kept or _begun(store, asked, household)
    if as_json:
        click.echo(json.dumps(_as_json(shown, household), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_as_text(shown, household, is_kept=kept is not None)))


@commands.command()
@of_week
@click.option(
    "--weeks",
    "count",
    type=click.IntRange(1, MOST_AT_ONCE),
    default=1,
    show_default=True,
    help="How many weeks from that one on.",
)
@click.option(
    "--for",
    "audience",
    type=click.Choice(AUDIENCES),
    default=AUDIENCES[0],
    show_default=True,
    help="Who the file is for.",
)
@click.option(
    "-o", "file", type=click.Path(path_type=Path, allow_dash=True), required=True, metavar="FILE",
    help="Where the file goes; - is standard output.",
)  # fmt: skip
def export(week: Week | None, count: int, audience: str, file: Path) -> None:
    """Write weeks as a calendar file.

    A week without a plan gets one, and it is kept: the same command gives the same file again.
    """
    from rituals import ics

    with _store() as store:
        household = _household(store)
        first = week or _week_to_plan(household)
        kept = [_kept(store, first + n, household) for n in range(count)]
    there = [occurrence for one in kept for occurrence in plans.standing(one)]
    if not there:
        raise click.ClickException("Nothing lies in the plan there, so there is no file to write.")
    _write(ics.calendar(there, household, ics.Audience(audience)), file)


@commands.command()
@click.option(
    "--weeks",
    "back",
    type=click.IntRange(0, MOST_BACK),
    default=26,
    show_default=True,
    help="How many weeks before the week to plan, which is always there.",
)
@click.option(
    "--csv", is_flag=True, required=True, expose_value=False, help="As comma-separated values."
)
def balance(back: int) -> None:
    """Write the hours of each week.

    Hoped, planned and lived, for each strand; what is unknown is empty.
    """
    from rituals.balance import frame, rows

    with _store() as store:
        household = _household(store)
        newest = _week_to_plan(household)
        shown = [newest + n for n in range(-back, 1)]
        hours = frame(rows(store.load_plans(shown), shown, household))
    click.echo(_as_csv(hours, household), nl=False)


def _now() -> datetime:
    return datetime.now(UTC)


def _today(household: Household) -> date:
    return weeks.local_day(_now(), household)


def _week_to_plan(household: Household) -> Week:
    return weeks.week_to_plan(_today(household), household)


@contextmanager
def _store() -> Iterator[Store]:
    store = storage.open_store(storage.address(os.environ))
    try:
        yield store
    finally:
        store.engine.dispose()


def _household(store: Store) -> Household:
    household = store.load_household()
    if household is None:
        raise StoreError(
            "There is no household yet: open Leavewell to begin, or run “python -m rituals sample”."
        )
    return household


def _rituals(store: Store) -> Mapping[str, Ritual]:
    return {**catalogue.load(catalogue.SUGGESTED), **store.load_rituals()}


def _begun(store: Store, week: Week, household: Household) -> Plan:
    last = store.load_last_plan(week)
    life = store.load_life(week, household, _rituals(store))
    return plans.begun(last, week, life, _now())


def _kept(store: Store, week: Week, household: Household) -> Plan:
    """A week's plan; one that just begins is kept, so that the next export is the same."""
    there = store.load_plan(week) or _begun(store, week, household)
    return store.change_plan(there, lambda plan: plan) if plans.standing(there) else there


def _as_json(plan: Plan, household: Household) -> dict[str, Any]:
    return {
        "week": str(plan.week),
        "season": plan.season.value,
        "hopes": [
            {
                "kind": strand.kind.value,
                "partner": _name(strand.partner, household),
                "hoped": plans.hoped(plan, strand),
                "planned": plans.planned(plan, strand, household),
            }
            for strand in _strands(plan, household)
        ],
        "occurrences": [_occurrence_as_json(o, household) for o in plans.standing(plan)],
    }


def _occurrence_as_json(occurrence: Occurrence, household: Household) -> dict[str, Any]:
    return {
        "id": occurrence.id,
        "title": occurrence.title,
        "kind": occurrence.kind.value,
        "partner": _name(occurrence.partner, household),
        "start": occurrence.start.astimezone(household.tz).isoformat(),
        "end": occurrence.end.astimezone(household.tz).isoformat(),
        "minutes": occurrence.minutes,
        "way": occurrence.way,
        "fixed": occurrence.fixed,
    }


def _name(partner: str | None, household: Household) -> str | None:
    return None if partner is None else household.name(partner)


def _strands(plan: Plan, household: Household) -> list[Strand]:
    """The household's strands that this plan knows; it may be older than the children."""
    return [strand for strand in household.strands() if strand in plan.hopes]


def _as_text(plan: Plan, household: Household, *, is_kept: bool) -> Iterator[str]:
    first = weeks.first_day(plan.week, household)
    yield f"The week of {words.short_day(first)} {first.year} · {plan.week}"
    if not is_kept:
        yield "Not planned yet; it would begin like this."
    if plan.season is Season.GRACE:
        yield "A grace week: everything rests."
        return
    yield f"Season: {plan.season}"
    yield ""
    yield from _balance_as_text(plan, household)
    yield from _days_as_text(plans.standing(plan), household)


def _balance_as_text(plan: Plan, household: Household) -> Iterator[str]:
    rows = [("", "hoped", "planned")]
    for strand in _strands(plan, household):
        numbers = plans.hoped(plan, strand), plans.planned(plan, strand, household)
        hoped, planned = map(words.hours, numbers)
        rows.append((words.strand(strand, household), hoped, planned))
    wide = max(len(name) for name, _, _ in rows)
    for name, hoped, planned in rows:
        yield f"{name:{wide}}  {hoped:>8}  {planned:>8}"


def _days_as_text(occurrences: Iterable[Occurrence], household: Household) -> Iterator[str]:
    def day(occurrence: Occurrence) -> date:
        return weeks.local_day(occurrence.start, household)

    there = False
    for that_day, on_it in groupby(occurrences, day):
        there = True
        yield f"\n{words.day(that_day)}"
        for occurrence in on_it:
            yield from _occurrence_as_text(occurrence, household)
    if not there:
        yield "\nNothing is planned."


def _occurrence_as_text(occurrence: Occurrence, household: Household) -> Iterator[str]:
    start, end = (t.astimezone(household.tz) for t in (occurrence.start, occurrence.end))
    yield f"  {start:%H:%M}–{end:%H:%M}  {words.title(occurrence, household)}"
    if occurrence.way:
        yield f"               {occurrence.way}"


def _as_csv(hours: pd.DataFrame, household: Household) -> str:
    names = {partner.key: partner.name for partner in household.partners}
    named = hours.assign(partner=hours["partner"].replace(names))
    return named.to_csv(
        index=False, float_format="%.2f", date_format="%Y-%m-%d", lineterminator="\n"
    )


def _write(content: bytes, file: Path) -> None:
    if str(file) == "-":
        click.echo(content, nl=False)
        return
    try:
        _put_in_place(content, file.resolve())
    except OSError as refused:
        raise click.ClickException(f"{file} cannot be written: {refused.strerror}.") from refused


def _put_in_place(content: bytes, file: Path) -> None:
    """The whole file or none: written beside its place, then moved there."""
    if file.exists() and not file.is_file():
        raise OSError(0, "it is not a file")
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with beside.open("wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


if __name__ == "__main__":
    commands(prog_name="python -m rituals")
