"""Usual life, as one card a matter: closed its sentences, one at a time its fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TypeVar

import streamlit as st

from pages.session import calendar_refresh, context, presses, stores, widgets
from pages.session.presses import press
from pages.settings import household_form, turn_lines, usual_children, usual_holidays
from pages.settings.household_form import CLOCKS, DATES
from pages.settings.turn_lines import LETTERS, Edited
from pages.settings.usual_hours import IN_HOURS, edit_hours
from pages.settings.usual_work import edit_sitter, edit_work
from pages.ui import markdown, usual_week
from pages.ui.usual_week import Drawn
from rituals.model import local_time, wording
from rituals.model.household import ONE, TWO, Household, Partner
from rituals.model.time.formats import PAPERS
from rituals.model.usual import Holidays
from rituals.model.wording_of_weeks import holds_from, usual_sentences

OPEN = "household open"  # session: the card whose fields are shown
CHANGED = "household changed"  # session: whether they say something that is not kept
KEPT = "household kept"  # session: whether the run before this one kept a card
WAITS = "household waits"  # session: whether another card was asked for meanwhile
MOST_WEEKS = 4  # in the picture
NOBODY = Household("", (Partner(ONE, ""), Partner(TWO, "")), children=False, zone="UTC")
L = TypeVar("L")
WHO, CHILDREN, SITTER, HOURS, HOLIDAYS = "who", "children", "sitter", "hours", "holidays"
TITLED = {ONE, TWO, SITTER}  # whose fields begin with the heading
NEW_CHILDREN = """
With children at home there are also hopes for time alone with them; without, those hopes rest. What
you said of past weeks stays as it is.
"""
SECOND_HOME = "All nights at home. If they have a second home, it goes here."
FIRST = "This one is not kept yet: keep it first, or press “Not now”."


@dataclass(frozen=True)
class Card:
    """A matter: its heading and sentences, its fields, and what of the household they change."""

    key: str
    heading: str
    lines: tuple[str, ...]
    edit: Callable[[str], Edited]
    take: Callable[[Household, Household], Household]  # what is kept, with this matter as edited


def show(kept: Household, today: date) -> None:
    """The cards, and beside them a picture of the weeks as they say."""
    left, right = st.columns([10, 11], gap="medium")
    if st.session_state.pop(KEPT, False):
        st.toast("Kept.")
    edited, opened = Edited(kept), ""
    with left, st.container(key="usual-cards", gap=None):
        for card in _cards(kept, today):
            if card.key == st.session_state.get(OPEN):
                edited, opened = _open(card, kept, today), card.key
            else:
                _closed(card)
    with right, st.container(key="usual-weeks"):
        _picture(edited, opened, today)


def open_card(key: str) -> None:
    """Opens a card, unless the one that is open holds something that is not kept."""
    if st.session_state.get(CHANGED):
        st.session_state[WAITS] = True
        return
    _close()
    st.session_state[OPEN] = key


def _close() -> None:
    for key in (OPEN, CHANGED, WAITS):
        st.session_state.pop(key, None)
    turn_lines.forget_added()
    usual_children.forget_preset()


def _cards(kept: Household, today: date) -> Iterator[Card]:
    sentences = list(usual_sentences(kept, today))
    yield Card(WHO, *_who(kept), partial(_edit_who, kept), _take_who)
    for one in kept.partners:
        heading, lines = sentences.pop(0)
        if sentences[0][0] == f"{one.name} sleeps by day":
            lines = [*lines, "Asleep by day:", *sentences.pop(0)[1]]
        edit_one = partial(edit_work, kept, one.key, today=today)
        yield Card(one.key, heading, tuple(lines), edit_one, partial(_take_work, one.key))
    rest: list[tuple[str, Callable[[str], Edited], Callable[[Household, Household], Household]]] = [
        (HOURS, partial(edit_hours, kept), _take_hours),
        (
            HOLIDAYS,
            partial(usual_holidays.edit_holidays, kept),
            partial(_take_usual, ("holidays",)),
        ),
    ]
    if kept.children:
        edit_children = partial(usual_children.edit_children, kept, today=today)
        rest[:0] = [
            (CHILDREN, edit_children, _take_children),
            (SITTER, partial(edit_sitter, kept, today=today), partial(_take_usual, ("sitter",))),
        ]
    for (key, edit, take), (heading, lines) in zip(rest, sentences, strict=True):
        more = (SECOND_HOME,) if key == CHILDREN and not kept.usual.elsewhere else ()
        yield Card(key, heading, (*lines, *more), edit, take)


def _who(kept: Household) -> tuple[str, tuple[str, ...]]:
    one, two = kept.partners
    at_home = "children at home" if kept.children else "no children at home"
    zone = kept.zone.replace("_", " ")
    starts = f"the week starts on {wording.WEEKDAYS[kept.week_starts]}"
    hour, day = CLOCKS[kept.formats.twelve_hours], DATES[kept.formats.month_first]
    written = f"Hours as {hour}, days as {day}, paper {PAPERS[kept.paper]}"
    return f"{one.name} and {two.name}", (f"{zone}, {at_home}, {starts}", written)


def _edit_who(kept: Household, key: str) -> Edited:
    household = household_form.edit_names(kept, key)
    problem = household_form.of_names(household)
    if problem:
        st.info(problem)
    household = household_form.edit_home(household, key)
    household = household_form.edit_formats(household, key)
    if household.children != kept.children:
        st.caption(NEW_CHILDREN)
    return Edited(household, not problem)


def _closed(card: Card) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"usual-closed-{card.key}"):
        lines = "  \n".join(markdown.plain(line) for line in card.lines)
        st.markdown(f"**{markdown.plain(card.heading)}**  \n{lines}", width="stretch")
        st.button(
            f"Change **{markdown.plain(card.heading)}**",
            icon=":material/edit:",
            type="tertiary",
            key=f"change {card.key}",
            on_click=press(open_card),
            args=(card.key,),
        )


def _open(card: Card, kept: Household, today: date) -> Edited:
    """The fields of a card; once they are kept it closes."""
    key = widgets.key(f"household {card.key}", repr(card.take(NOBODY, kept)))
    with st.container(border=True, key="usual-open"):
        if card.key not in TITLED:
            st.header(markdown.plain(card.heading), anchor=False)
        edited = card.edit(key)

        def keep() -> bool:
            if edited.holds:
                _keep(card, edited.household)
            return edited.holds

        with st.container(horizontal=True, vertical_alignment="center"):
            presses.submit("Save", keep, key=f"{key} keep", type="primary")
            st.button("Not now", type="tertiary", key=f"{key} not now", on_click=press(_close))
        if since := _since(edited.household, today):
            st.caption(since)
        if st.session_state.get(WAITS):
            st.caption(FIRST)
    st.session_state[CHANGED] = edited.household != kept
    return edited


def _since(edited: Household, today: date) -> str:
    """From when on what was edited holds."""
    household = context.household()
    first = local_time.week_to_plan(today, household)
    return holds_from(household, edited, first, stores.store().unplanned_week(first))


def _keep(card: Card, edited: Household) -> None:
    """Keeps one matter; what else was kept meanwhile, on another screen, stays."""
    fresh = context.household()
    household = card.take(fresh, edited)
    stores.store().change_household(household, context.today(fresh))
    calendar_refresh.place_anew(calendar_refresh.weeks_ahead(context.household()))
    _close()
    st.session_state[KEPT] = True


def _picture(edited: Edited, opened: str, today: date) -> None:
    household = edited.household
    if opened == HOLIDAYS and (week := usual_holidays.next_week(household, today)):
        usual_week.show("The next public holiday", [Drawn(week)], household, today)
        return
    cycle = max(usual_week.weeks_in_turn(household), edited.cycle)
    count = min(MOST_WEEKS, cycle)
    title = f"Your {wording.number(count)} weeks in turn" if count > 1 else "Your week"
    if cycle > count:
        title = f"The first {wording.number(count)} weeks in turn"
    this = local_time.week_of(today, household)
    weeks = [Drawn(this + n, _letter(edited, n), opened == HOURS) for n in range(count)]
    without = replace(household, usual=replace(household.usual, holidays=Holidays()))
    usual_week.show(title, weeks, without, today)


def _letter(edited: Edited, later: int) -> str:
    return LETTERS[(edited.this + later) % edited.cycle] if edited.cycle > 1 else ""


def _take_who(fresh: Household, edited: Household) -> Household:
    return replace(
        fresh,
        partners=edited.partners,
        children=edited.children,
        zone=edited.zone,
        week_starts=edited.week_starts,
        formats=edited.formats,
    )


def _take_work(partner: str, fresh: Household, edited: Household) -> Household:
    hours = replace(fresh.hours, work=_with(fresh.hours.work, edited.hours.work, partner))
    usual = replace(
        fresh.usual,
        work=_with(fresh.usual.work, edited.usual.work, partner),
        asleep=_with(fresh.usual.asleep, edited.usual.asleep, partner),
        week_a=_letters(fresh, edited, {("work", partner)}),
    )
    return replace(fresh, hours=hours, usual=usual)


def _with(fresh: Mapping[str, L], edited: Mapping[str, L], partner: str) -> dict[str, L]:
    others = {key: lines for key, lines in fresh.items() if key != partner}
    return {**others, **{key: lines for key, lines in edited.items() if key == partner}}


def _take_children(fresh: Household, edited: Household) -> Household:
    hours = replace(fresh.hours, children_away=edited.hours.children_away)
    return _take_usual(("school", "elsewhere", "children"), replace(fresh, hours=hours), edited)


def _take_hours(fresh: Household, edited: Household) -> Household:
    clock = {name: getattr(edited.hours, name) for name in ("wake", "sleep", "bedtime", "supper")}
    hours = replace(fresh.hours, **clock)
    return _take_usual(IN_HOURS, replace(fresh, hours=hours), edited)


def _take_usual(names: Sequence[str], fresh: Household, edited: Household) -> Household:
    taken = {name: getattr(edited.usual, name) for name in names}
    week_a = _letters(fresh, edited, {(name, "") for name in names})
    return replace(fresh, usual=replace(fresh.usual, **taken, week_a=week_a))


def _letters(
    fresh: Household, edited: Household, taken: Collection[tuple[str, str]]
) -> dict[tuple[str, str], date]:
    """Days of week A, those of what was taken as they were edited."""
    sentences = {key: day for key, day in edited.usual.week_a.items() if key in taken}
    return {k: day for k, day in fresh.usual.week_a.items() if k not in taken} | sentences
