"""The guides on the screen: how a week gets into the calendar program the two use already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import streamlit as st

from rituals.calendars.outgoing import guides
from rituals.calendars.outgoing.guides import REPORT, UNVERIFIED, WAYS, Guide, Guides, Statement

CHOSEN = "guides chosen"  # session: the key of the program whose guide is shown
TITLES = {
    "us": "A calendar of its own, “Us”",
    "file": "With a file",
    "address": "With an address",
    "server": "With a calendar server",
    "empty": "To empty “Us”",
}
LATER = ("again", "gone", "alarms")
# What is said of statements by the kind of their source, of several and of one; else nothing.
MARKS = {
    REPORT: ("People report this; we have not tried it.", "people report it"),
    UNVERIFIED: ("We have not tried this.", "we have not tried this"),
}
NAMES_MOVE = "Names of menus move now and then; what is meant is close by."


def show() -> None:
    """A choice of calendar program and its guide; before a choice, the three ways."""
    try:
        written = _written()
    except guides.GuidesError as unreadable:
        st.error(str(unreadable))
        return
    chosen = st.segmented_control(
        "Which calendar do you use?",
        list(written.programs),
        format_func=lambda key: written.programs[key].name,
        key=CHOSEN,
        wrap=True,
        persist_state="session",
    )
    if chosen is None:
        _section(written.ways)
        return
    _guide(written.programs[chosen])
    st.caption(NAMES_MOVE)


def alarm_line() -> str:
    """One sentence: which programs keep the alarms of a file, and which leave them out."""
    named = {fate: _named(fate) for fate in guides.ALARMS}
    parts = {
        "kept": f"kept by {named['kept']}",
        "dropped": f"left out by {named['dropped']}",
        "untried": f"and with {named['untried']} we have not tried",
    }
    return f"Alarms in a file: {', '.join(parts[fate] for fate in parts if named[fate])}."


@cache
def _written() -> Guides:
    return guides.load(guides.WRITTEN)


def _guide(guide: Guide) -> None:
    """A guide with its best way open, step by step; the other ways are folded away."""
    _section(guide.sections["why"], flowing=bool(guide.best))
    if not guide.best:
        return
    for name in ("us", guide.best):
        _section(guide.sections[name], TITLES[name])
    _section([each for name in LATER for each in guide.sections[name]], "Later on")
    for name in (*(way for way in WAYS if way != guide.best), "empty"):
        with st.expander(TITLES[name]):
            _section(guide.sections[name])


def _section(statements: Sequence[Statement], title: str = "", *, flowing: bool = False) -> None:
    """A list under its title, or flowing text; what is not tried says so."""
    lines, of_all = _lines(statements)
    heading = f"**{title}**\n\n" if title else ""
    st.markdown(heading + (" ".join(lines) if flowing else _list(lines)))
    if of_all:
        st.caption(of_all)


def _lines(statements: Sequence[Statement]) -> tuple[list[str], str]:
    """The lines, and what is said once of all of them."""
    kinds = {each.kind for each in statements}
    if len(kinds) > 1 or not kinds & set(MARKS):
        return [_marked(each) for each in statements], ""
    return [each.text for each in statements], MARKS[statements[0].kind][0]


def _marked(statement: Statement) -> str:
    mark = MARKS.get(statement.kind)
    return f"{statement.text} :small[({mark[1]})]" if mark else statement.text


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _named(fate: str) -> str:
    """The programs with which a file's alarms meet this fate, as one reads them."""
    programs = [g for g in _written().programs.values() if g.alarms_in_a_file == fate]
    return " and ".join(
        f"{each.name} ({MARKS[REPORT][1]})"
        if each.sections["alarms"][0].kind == REPORT
        else each.name
        for each in programs
    )
