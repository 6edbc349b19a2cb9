"""The guides on the screen: how a week gets into the calendar program the two use already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import streamlit as st

from rituals.calendars.outgoing import guides
from rituals.calendars.outgoing.guides import REPORT, WAYS, Guide, Guides, Statement

CHOSEN = "guides chosen"  # session: the key of the program whose guide is shown
COOKIE = "leavewell_program"  # the same, kept by the browser: each machine has a program of its own
TITLES = {
    "us": "A calendar of its own, “Us”",
    "file": "With a file",
    "address": "With an address",
    "server": "With a calendar server",
    "empty": "To empty “Us”",
}
LATER = ("again", "gone", "alarms")
NAMES_MOVE = "Names of menus move now and then; what is meant is close by."
REPORTED = "People report these steps; we have not tried all of them."
USUAL = (  # what a browser says of its machine, and the program most people have there
    ("iPhone", "apple"),
    ("iPad", "apple"),
    ("Macintosh", "apple"),
    ("Android", "google"),
    ("Windows", "outlook"),
    ("Linux", "thunderbird"),
)


def show(way: str = "") -> None:
    """A choice of calendar program and its guide; before a choice, the three ways.

    The way that suits the program is open, or the one at hand.
    """
    try:
        written = _written()
    except guides.GuidesError as unreadable:
        st.error(str(unreadable))
        return
    chosen = st.segmented_control(
        "Which calendar do you use?",
        list(written.programs),
        default=_begun(written),
        format_func=lambda key: written.programs[key].name,
        key=CHOSEN,
        wrap=True,
        persist_state="session",
    )
    if chosen is None:
        _section(written.ways)
        return
    _REMEMBER(key="guides remember", data={"cookie": f"{COOKIE}={chosen}"})
    _guide(written.programs[chosen], way)
    reported = any(s.kind == REPORT for s in _statements(written.programs[chosen]))
    st.caption(f"{REPORTED} {NAMES_MOVE}" if reported else NAMES_MOVE)


def usual(machine: str, programs: Sequence[str]) -> str | None:
    """The program most people have on a machine, as its browser names it; of a phone, or None."""
    named = next((program for name, program in USUAL if name in machine), None)
    is_phone = any(word in machine for word in ("Mobi", "Phone"))
    return programs[0] if is_phone and named not in ("apple", "google") else named


def alarm_line() -> str:
    """One sentence: which programs keep the alarms of a file, and which leave them out."""
    named = {fate: _named(fate) for fate in guides.ALARMS}
    parts = {
        "kept": f"kept by {named['kept']}",
        "dropped": f"left out by {named['dropped']}",
        "untried": f"and with {named['untried']} we have not tried",
    }
    return f"Alarms in a file: {', '.join(parts[fate] for fate in parts if named[fate])}."


def _begun(written: Guides) -> str | None:
    """The program chosen last on this machine, else the usual one on such a machine or phone."""
    if CHOSEN in st.session_state:
        return None  # then the choice of this visit alone holds
    kept = st.context.cookies.get(COOKIE, "")
    machine = st.context.headers.get("User-Agent", "")
    return kept if kept in written.programs else usual(machine, list(written.programs))


@cache
def _written() -> Guides:
    return guides.load(guides.WRITTEN)


def _guide(guide: Guide, way: str) -> None:
    """A guide with one way open, step by step; the other ways are folded away."""
    _section(guide.sections["why"], flowing=bool(guide.best))
    if not guide.best:
        return
    open_ = way or guide.best
    for name in ("us", open_):
        _section(guide.sections[name], TITLES[name])
    _section([each for name in LATER for each in guide.sections[name]], "Later on")
    for name in (*(each for each in WAYS if each != open_), "empty"):
        with st.expander(TITLES[name]):
            _section(guide.sections[name])


def _section(statements: Sequence[Statement], title: str = "", *, flowing: bool = False) -> None:
    """A list under its title, or flowing text."""
    lines = [each.text for each in statements]
    heading = f"**{title}**\n\n" if title else ""
    st.markdown(heading + (" ".join(lines) if flowing else _list(lines)))


def _statements(guide: Guide) -> list[Statement]:
    return [each for section in guide.sections.values() for each in section]


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _named(fate: str) -> str:
    """The programs with which a file's alarms meet this fate, as one reads them."""
    programs = [g for g in _written().programs.values() if g.alarms_in_a_file == fate]
    return " and ".join(
        f"{each.name} (people report it)"
        if each.sections["alarms"][0].kind == REPORT
        else each.name
        for each in programs
    )


_REMEMBER = st.components.v2.component(
    "leavewell_program",
    js="""export default function ({ data }) {
  document.cookie = `${data.cookie}; path=/; max-age=31536000; SameSite=Strict`;
}""",
)
