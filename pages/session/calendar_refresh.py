"""The couple's calendars, added and read again, with the weeks ahead placed around them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import streamlit as st

from pages.session import context, edits, stores, visitor
from pages.ui import markdown
from rituals.calendars.incoming import download, intake
from rituals.calendars.incoming.decode import MOST_BYTES, CalendarError
from rituals.model.calendar import Calendar, Origin
from rituals.model.household import CHILDREN, Household
from rituals.model.time.week import Week
from rituals.planning import scheduling
from rituals.text import LONGEST_TITLE, single_line

CHECKED = "busy times asked"  # session: whether the addresses were read in this visit
SCHEMES = ("http://", "https://", "webcal://", "webcals://")


def add_file(partner: str, name: str, data: bytes, household: Household) -> str:
    """Adds a file's busy times; returns a sentence about the outcome."""
    return _take_in(_new(partner, name, Origin.FILE, name), data, household)


def add_place(partner: str, where: str, household: Household) -> str:
    """Adds a path or an address and reads it; returns a sentence about the outcome."""
    origin = Origin.ADDRESS if where.lower().startswith(SCHEMES) else Origin.PATH
    if origin is Origin.PATH and visitor.is_guest():
        return visitor.ONLY_HERE
    name = Path(where).name if origin is Origin.PATH else where.partition("://")[2].split("/")[0]
    return refresh(_new(partner, name.rpartition("@")[2], origin, where), household)


def refresh(calendar: Calendar, household: Household) -> str:
    """Reads a path or an address again; where that is refused everything stays as it was."""
    try:
        data = (
            download.fetch(calendar.where) if _is_address(calendar) else _bytes_of(calendar.where)
        )
    except download.FetchError as refused:
        return str(refused)
    except OSError as refused:
        return _why_not(calendar, refused)
    return _take_in(calendar, data, household)


def refresh_on_opening() -> None:
    """Reads the addresses that are to be read whenever Sunday opens, once a visit."""
    if CHECKED in st.session_state:
        return
    st.session_state[CHECKED] = True
    due = [c for c in stores.store().load_calendars() if c.on_opening and _is_address(c)]
    if due:
        household = context.household()
        with st.spinner("Looking into your calendars …"):
            for calendar in due:
                sentence = refresh(calendar, household)
                if calendar.name not in sentence:
                    st.toast(f"{markdown.plain(calendar.name)}: {markdown.plain(sentence)}")


def weeks_ahead(household: Household) -> list[Week]:
    """The running week and those after it that are placed anew around what is new."""
    return scheduling.weeks_ahead(context.today(household), household)


def place_anew(some: Iterable[Week]) -> None:
    """Places those of these weeks that have a plan anew, around what is busy or covered now."""
    for week in stores.store().load_plans(list(some)):
        edits.replan(week, lambda plan: plan)


def _take_in(calendar: Calendar, data: bytes, household: Household) -> str:
    try:
        as_stored = intake.already_added(stores.store(), calendar)
        kept = intake.take_in(stores.store(), as_stored, data, household, stores.now())
    except CalendarError as refused:
        return f"{calendar.name}: {refused}"
    place_anew(weeks_ahead(household))
    return f"{kept.name} is read."


def _new(partner: str, name: str, origin: Origin, where: str) -> Calendar:
    return Calendar(
        str(uuid4()),
        partner,
        single_line(name)[:LONGEST_TITLE],
        origin,
        single_line(where),
        whole_days=partner == CHILDREN,
    )


def _is_address(calendar: Calendar) -> bool:
    return calendar.origin is Origin.ADDRESS


def _bytes_of(path: str) -> bytes:
    with Path(path).expanduser().open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _why_not(calendar: Calendar, refused: OSError) -> str:
    if isinstance(refused, FileNotFoundError):
        return f"There is no file at {calendar.where}."
    return f"{calendar.where} cannot be read: {refused.strerror or refused}."
