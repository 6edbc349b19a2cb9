"""Commands about what is usual: shown, and told part by part."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

import click

from rituals.cli import context, notation, output
from rituals.cli.notation import Lines, Moment
from rituals.model import public_holidays, wording_of_weeks
from rituals.model.household import Hours, Household
from rituals.model.time.recurrence import MOST_WEEKS, Recurrence
from rituals.model.usual import DayHours, Elsewhere, Holidays
from rituals.planning import usual_checks, usual_turns

Change = Callable[[Household], Household]
Line = TypeVar("Line")


def _for_instance(*lines: str) -> str:
    return "\b\nFor instance:\n" + "\n".join(f"  usual set {line}" for line in lines)


none_option = click.option("--none", is_flag=True, help="Forget what was told of it.")
weeks_option = click.option(
    "--weeks",
    type=click.IntRange(1, MOST_WEEKS),
    default=1,
    show_default=True,
    help="How many weeks take turns; a line begins with the letter of its week, or is of A.",
)
from_option = click.option(
    "--from", "first", metavar="DAY", help="A day of week A, where weeks take turns."
)
lines_argument = click.argument("lines", nargs=-1, metavar="LINE...")
who_argument = click.argument("who")


def turn_options(command: Callable[..., None]) -> Callable[..., None]:
    """Lines of a week, or of weeks that take turns, or none."""
    return lines_argument(weeks_option(from_option(none_option(command))))


@click.group()
def usual() -> None:
    """Tell what is usual: hours, work, school, a sitter, holidays."""


@usual.command()
@click.option(
    "--json", "as_json", is_flag=True,
    help="For programs: an object with hours (wake, supper, bedtime or null, sleep), other_hours "
    "(who, line), work (who, weekly, turns), asleep (who, turns), school (weekly, turns), "
    "sitter (turns), way_home (minutes), free_evenings (who, days), elsewhere (turn, at), "
    "children (name, born) and holidays (region, off, school); a line or a turn is as “set” "
    "reads it.",
)  # fmt: skip
def show(as_json: bool) -> None:
    """Show what is usual."""
    with context.couple_store() as store:
        household = context.require_household(store)
    if as_json:
        click.echo(json.dumps(output.usual_as_json(household), ensure_ascii=False, indent=2))
        return
    for heading, lines in wording_of_weeks.usual_sentences(household, context.today(household)):
        click.echo("\n  ".join([heading, *lines]))


@usual.group("set")
def set_() -> None:
    """Tell one part of it; it takes the place of what was told before.

    The weeks ahead are placed anew around it.
    """


@set_.command(
    epilog=_for_instance(
        'work Jonas "Mon-Fri 09:00-17:00"',
        'work Maya --weeks 2 --from 2026-11-30 "A: Mon-Thu 08:30-15:00" "B: Mon-Wed 12:00-20:00"',
    ),
    short_help="When one of you works.",
)
@who_argument
@turn_options
def work(who: str, lines: tuple[str, ...], weeks: int, first: str | None, none: bool) -> None:
    """Tell when WHO works: every week, or in turns of up to eight.

    A line may also be a rule, as “usual show --json” writes it.
    """

    def change(household: Household) -> Household:
        partner = context.partner_named(who, household)
        told = _lines(lines, weeks, first, none, household)
        hours = replace(household.hours, work=_with(household.hours.work, partner.key, told.weekly))
        turns = _with(household.usual.work, partner.key, told.turns)
        after = replace(household, hours=hours, usual=replace(household.usual, work=turns))
        return _lettered(after, ("work", partner.key), told.turns, (weeks, first))

    _keep(change)


@set_.command(
    epilog=_for_instance('asleep Jonas "Tue-Fri 08:00-14:00"'),
    short_help="When one of you sleeps by day.",
)
@who_argument
@turn_options
def asleep(who: str, lines: tuple[str, ...], weeks: int, first: str | None, none: bool) -> None:
    """Tell when WHO sleeps by day, as after night shifts."""

    def change(household: Household) -> Household:
        partner = context.partner_named(who, household)
        told = _turns(lines, weeks, first, none, household)
        turns = _with(household.usual.asleep, partner.key, told)
        return replace(household, usual=replace(household.usual, asleep=turns))

    _keep(change)


@set_.command(
    epilog=_for_instance('school "Mon-Fri 08:00-15:00"'),
    short_help="When the children are away by day.",
)
@turn_options
def school(lines: tuple[str, ...], weeks: int, first: str | None, none: bool) -> None:
    """Tell when the children are away by day: school, and what is like it."""

    def change(household: Household) -> Household:
        context.require_children(household)
        told = _lines(lines, weeks, first, none, household)
        hours = replace(household.hours, children_away=told.weekly)
        after = replace(household, hours=hours, usual=replace(household.usual, school=told.turns))
        return _lettered(after, ("school", ""), told.turns, (weeks, first))

    _keep(change)


@set_.command(
    epilog=_for_instance(
        'elsewhere "2026-12-12T10:00/2026-12-13T18:00" --weeks 2 --at "Oma’s"',
    ),
    short_help="Where the children are with their nights.",
)
@click.argument("stretches", nargs=-1, metavar="STRETCH...")
@click.option(
    "--weeks", type=click.IntRange(1, MOST_WEEKS), default=1, show_default=True,
    help="Again every so many weeks.",
)  # fmt: skip
@click.option("--at", "place", default="", metavar="PLACE", help="Where they are.")
@click.option("--also", is_flag=True, help="Beside what was told before.")
@none_option
def elsewhere(stretches: tuple[str, ...], weeks: int, place: str, also: bool, none: bool) -> None:
    """Tell where the children are again and again, with their nights.

    A STRETCH goes from an hour to an hour, on the days of one of its turns.
    """

    def change(household: Household) -> Household:
        context.require_children(household)
        context.require_one(stretches, none)
        at = notation.place(place)
        new = tuple(Elsewhere(told, at) for told in notation.stretches(stretches, weeks))
        before = household.usual.elsewhere if also and not none else ()
        after = replace(household, usual=replace(household.usual, elsewhere=(*before, *new)))
        return after if before else _lettered(after, ("elsewhere", ""), (), (1, None))

    _keep(change)


@set_.command(
    epilog=_for_instance('sitter "Fri 19:00-23:00" --weeks 2 --from 2026-12-11'),
    short_help="When a sitter comes.",
)
@turn_options
def sitter(lines: tuple[str, ...], weeks: int, first: str | None, none: bool) -> None:
    """Tell when a sitter usually comes."""

    def change(household: Household) -> Household:
        context.require_children(household)
        told = _turns(lines, weeks, first, none, household)
        after = replace(household, usual=replace(household.usual, sitter=told))
        return _lettered(after, ("sitter", ""), told, (weeks, first))

    _keep(change)


@set_.command(
    epilog=_for_instance('hours "Fri,Sat bedtime 20:30 sleep 00:30" --who Jonas'),
    short_help="Other hours on some days.",
)
@lines_argument
@click.option("--who", metavar="NAME", help="Of one of you alone.")
@none_option
def hours(lines: tuple[str, ...], who: str | None, none: bool) -> None:
    """Tell other hours than the usual ones on some days: wake, supper, bedtime, sleep."""

    def change(household: Household) -> Household:
        whose = context.partner_named(who, household).key if who is not None else ""
        context.require_one(lines, none)
        new = [DayHours.read(line, whose) for line in lines]
        days = [*(d for d in household.usual.days if d.partner != whose), *new]
        keys = ["", *(p.key for p in household.partners)]
        days.sort(key=lambda d: keys.index(d.partner))
        return replace(household, usual=replace(household.usual, days=tuple(days)))

    _keep(change)


@set_.command(epilog=_for_instance("wake 06:30"))
@click.argument("hour")
def wake(hour: str) -> None:
    """Tell when you usually wake up."""
    _keep_hours(lambda kept: replace(kept, wake=notation.hour(hour)))


@set_.command(epilog=_for_instance("supper 18:30"))
@click.argument("hour")
def supper(hour: str) -> None:
    """Tell when you usually have supper."""
    _keep_hours(lambda kept: replace(kept, supper=notation.hour(hour)))


@set_.command(epilog=_for_instance("sleep 23:00"))
@click.argument("hour")
def sleep(hour: str) -> None:
    """Tell when you usually go to sleep."""
    _keep_hours(lambda kept: replace(kept, sleep=notation.hour(hour)))


@set_.command(
    epilog=_for_instance("bedtime 19:30", "bedtime none"),
    short_help="The children’s bedtime, or that there is none.",
)
@click.argument("hour", required=False, metavar="HOUR|none")
@click.option("--none", is_flag=True, help="A baby has none: it sleeps when it sleeps.")
def bedtime(hour: str | None, none: bool) -> None:
    """Tell the children’s bedtime; without children, when the evening begins."""

    def change(household: Household) -> Household:
        context.require_one([hour] if hour else [], none)
        if none or hour == "none":
            context.require_children(household)
            return replace(household, usual=replace(household.usual, no_bedtime=True))
        told = replace(household.hours, bedtime=notation.hour(str(hour)))
        return replace(household, hours=told, usual=replace(household.usual, no_bedtime=False))

    _keep(change)


@set_.command(epilog=_for_instance('children "Mia 2019" Ben'))
@click.argument("children", nargs=-1, metavar="NAME...")
@none_option
def children(children: tuple[str, ...], none: bool) -> None:
    """Tell the children’s names, each with a birth year if you like."""

    def change(household: Household) -> Household:
        context.require_children(household)
        context.require_one(children, none)
        today = context.today(household)
        told = tuple(notation.child(text, today) for text in children)
        return replace(household, usual=replace(household.usual, children=told))

    _keep(change)


@set_.command(
    epilog=_for_instance("holidays DE-BY --off Maya --off Jonas"),
    short_help="Whose public holidays there are.",
)
@click.argument("region", required=False)
@click.option("--off", multiple=True, metavar="NAME", help="Who is off then.")
@click.option("--school", "goes_on", is_flag=True, help="There is school then.")
@none_option
def holidays(region: str | None, off: tuple[str, ...], goes_on: bool, none: bool) -> None:
    """Tell whose public holidays there are: REGION is a country like DE, or a part like DE-BY."""

    def change(household: Household) -> Household:
        context.require_one([region] if region else [], none)
        if none and (off or goes_on):
            raise click.ClickException("Without public holidays nobody is off then.")
        keys = {context.partner_named(name, household).key for name in off}
        known = tuple(p.key for p in household.partners if p.key in keys)
        told = Holidays(public_holidays.known(region or ""), known, not goes_on)
        return replace(household, usual=replace(household.usual, holidays=told))

    _keep(change)


@set_.command("way-home", epilog=_for_instance("way-home 20"))
@click.argument("minutes", type=int)
def way_home(minutes: int) -> None:
    """Tell how many minutes a way home takes you."""
    _keep(lambda household: _with_usual(household, way_home=minutes))


@set_.command(
    "free-evenings",
    epilog=_for_instance("free-evenings Maya Mon,Thu", "free-evenings Maya --none"),
    short_help="Evenings one of you would rather keep free.",
)
@who_argument
@click.argument("days", required=False)
@none_option
def free_evenings(who: str, days: str | None, none: bool) -> None:
    """Tell the weekdays whose evenings WHO would rather keep free: DAYS like Mon,Thu."""

    def change(household: Household) -> Household:
        partner = context.partner_named(who, household)
        context.require_one([days] if days else [], none)
        told = _with(household.usual.free_evenings, partner.key, notation.weekdays(days or ""))
        return _with_usual(household, free_evenings=told)

    _keep(change)


def _keep_hours(how: Callable[[Hours], Hours]) -> None:
    _keep(lambda household: replace(household, hours=how(household.hours)))


def _keep(change: Change) -> None:
    """Changes the household, places the weeks ahead anew and says what is usual now."""
    with context.couple_store() as store:
        household = context.require_household(store)
        before, first = household.lasting, context.week_to_plan(household)
        after = usual_checks.checked(change(before))
        since = wording_of_weeks.holds_from(household, after, first, store.unplanned_week(first))
        if after != before:
            store.change_household(after, context.today(household))
            context.place_anew(store)
    click.echo("\n".join(output.usual_changed(before, after, context.today(after), since)))


def _lines(
    lines: tuple[str, ...], weeks: int, first: str | None, none: bool, household: Household
) -> Lines:
    context.require_one(lines, none)
    if first is not None and weeks == 1:
        raise click.ClickException(
            "--from is for weeks that take turns: say with --weeks how many."
        )
    begins = Moment.read(first).day if first is not None else None
    return Lines((), ()) if none else notation.lines(lines, weeks, begins, household)


def _turns(
    lines: tuple[str, ...], weeks: int, first: str | None, none: bool, household: Household
) -> tuple[Recurrence, ...]:
    found = _lines(lines, weeks, first, none, household)
    return notation.all_turns(found, context.today(household), household)


def _lettered(
    household: Household,
    what: tuple[str, str],
    turning: tuple[Recurrence, ...],
    told: tuple[int, str | None],
) -> Household:
    """A household in which week A is that of the day that was told, if one was."""
    weeks, first = told
    today = Moment.read(first).day if first is not None else context.today(household)
    turns = turning if first is not None else ()
    return usual_turns.with_letters(household, what, turns, (weeks, 0), today)


def _with(
    before: Mapping[str, tuple[Line, ...]], partner: str, lines: tuple[Line, ...]
) -> dict[str, tuple[Line, ...]]:
    """Lines by partner, with those of one of them; a partner without lines is absent."""
    return {key: held for key, held in {**before, partner: lines}.items() if held}


def _with_usual(household: Household, **told: object) -> Household:
    return replace(household, usual=replace(household.usual, **told))  # type: ignore[arg-type]
