"""The form of one surprise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, TypeVar

import streamlit as st

from pages.drawer import session
from pages.session import context, presses, stores, who
from pages.session.presses import press
from pages.ui import fields, markdown, notices
from pages.ui.choice import one_of, one_of_many
from rituals import text
from rituals.model import local_time, wording
from rituals.model.household import Household, Kind
from rituals.model.ritual import Ritual, by_age
from rituals.surprises import foreseen
from rituals.surprises import surprise as surprises
from rituals.surprises.repeats import ONCE
from rituals.surprises.surprise import Part, Reveal, Surprise

K = TypeVar("K")
OWN = ""  # the choice of no ritual
NOTHING = ""  # no cover
NO_IDEA = ""
LENGTHS = (15, 30, 45, 60, 90, 120, 150, 180, 240, 300, 360, 480, 600, 720)  # minutes
COVERS = {
    NOTHING: "Nothing at all",
    Part.MORNING: "The morning",
    Part.AFTERNOON: "The afternoon",
    Part.EVENING: "The evening",
    Part.WHOLE: "The whole day",
}
REVEALS = {
    Reveal.AFTER: "After it happened",
    Reveal.ON: "On a day",
    Reveal.NEVER: "It stays here",
}
AGAIN = {weeks: name for weeks, name in wording.RHYTHMS.items() if weeks > 1}
KNOWN = "surprises known"  # session: what was said of it before it is kept
TIMES = "surprises times"  # session: how many forms there were; each has keys of its own


def open_form(id: str, begun: Surprise | None = None) -> None:
    """From the next run on, the form of this surprise is open; for "" of a new one, as begun."""
    st.session_state[session.FORM] = id
    st.session_state[session.BEGUN] = begun
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1


def close_form() -> None:
    """From the next run on, no form is open."""
    st.session_state.pop(session.FORM, None)
    st.session_state.pop(session.BEGUN, None)
    st.session_state.pop(KNOWN, None)


def blank(giver: str, household: Household) -> Surprise:
    """A new surprise with nothing in it yet, tomorrow evening."""
    return surprises.new_surprise(giver, _soon(household), stores.now())


def draw(
    before: Surprise | None, giver: str, household: Household, keep: Callable[[Surprise], None]
) -> None:
    """Draws the form; once somebody keeps the surprise, `keep` has it."""
    begun = before or st.session_state.get(session.BEGUN) or blank(giver, household)
    with st.form(_key("form")):
        written = _written(begun, household)
        message = st.empty()

        def kept() -> bool:
            if sentence := _mistake(written, before) or _to_know(written, household):
                message.info(sentence)
                notices.rest()
                return False
            close_form()
            keep(written)
            return True

        with st.container(horizontal=True):
            label, key = "Put it into the drawer", _key("keep")
            presses.submit(label, kept, key=key, draw=st.form_submit_button, type="primary")
            st.form_submit_button("Not now", on_click=press(close_form))


def _written(before: Surprise, household: Household) -> Surprise:
    other = next(p.key for p in household.partners if p.key != before.giver)
    title, ritual = _what(before, context.rituals(), household)
    idea = _idea(before) if ritual == before.ritual else ""
    start, minutes = _when(before, household)
    covers, line = _cover(before, local_time.local_day(start, household), household.name(other))
    asked = replace(before, title=title, ritual=ritual, way=idea, start=start, minutes=minutes)
    with st.expander("More"):
        return _more(before, replace(asked, covers=covers, line=line), household)


def _more(before: Surprise, asked: Surprise, household: Household) -> Surprise:
    """The surprise with the fields that may stay as they are, which it draws."""
    often = {ONCE: "once", **AGAIN}
    every_weeks = one_of_many("How often", often, before.every_weeks, _key("how often"))
    kind, partner = _who(before, household)
    leaves = _leaves(before, kind, asked.ritual, household)
    own = "" if before.way in _ideas(before) else before.way
    way = _line("An idea for it, if you like", own, "way")
    shopping = st.text_area(
        "What to get for it", before.shopping, key=_key("shopping"), height=80, max_chars=2000
    )
    reveal, on = _reveal(before, household)
    about = "Its name in your own calendar, if not its own"
    called = _line(about, before.called, "called", placeholder="Something to do")
    return replace(
        asked,
        kind=kind,
        partner=partner,
        leaves=leaves,
        every_weeks=every_weeks,
        way=way or asked.way,
        shopping=shopping or "",
        reveal=reveal,
        reveal_on=on,
        called=called,
    )


def _what(before: Surprise, rituals: Mapping[str, Ritual], household: Household) -> tuple[str, str]:
    offered = by_age(rituals.values(), household, context.today(household).year)
    names = {OWN: "–", **{r.id: r.title for r in offered if not r.retired}}
    own = before.title if before.ritual not in names or not before.ritual else ""
    title = _line("What is it?", own, "title", placeholder="In your own words")
    begun = before.ritual if before.ritual in names else next(iter(names))
    ritual = one_of_many("Or one of your rituals", names, begun, _key("ritual"))
    if text.single_line(title):
        return title, ""
    return (names[ritual], ritual) if ritual else ("", "")


def _idea(before: Surprise) -> str:
    """An idea of the ritual it was picked from; "" where it has none, or none is taken."""
    some = _ideas(before)
    if not some:
        return ""
    names = {NO_IDEA: "–", **{way: way for way in some}}
    begun = before.way if before.way in some else NO_IDEA
    return one_of_many("The idea", names, begun, _key("idea"))


def _ideas(before: Surprise) -> tuple[str, ...]:
    ritual = context.rituals().get(before.ritual)
    return ritual.ways if ritual else ()


def _when(before: Surprise, household: Household) -> tuple[datetime, int]:
    local = before.start.astimezone(household.tz)
    day, hour, length = st.columns(3)
    chosen = day.date_input(
        "Day", local.date(), key=_key("day"), format=fields.day(household.formats)
    )
    at = hour.time_input(
        "Hour", local.time(), key=_key("hour"), format=fields.hour(household.formats)
    )
    lengths = sorted({before.minutes, *LENGTHS})
    minutes = length.selectbox(
        "How long",
        lengths,
        index=lengths.index(before.minutes),
        format_func=wording.hours,
        key=_key("length"),
    )
    return local_time.instant(chosen or local.date(), at or local.time(), household), minutes


def _who(before: Surprise, household: Household) -> tuple[Kind, str | None]:
    kinds = {kind: wording.KINDS[kind] for kind in household.kinds()}
    kind = _one_of("Kind of time", kinds, before.kind, "kind")
    names = who.names(household)
    begun = before.partner or next(key for key in names if key != before.giver)
    chosen = _one_of("Whose time it is, if it is not together", names, begun, "who")
    return Kind(kind), None if kind == Kind.TOGETHER else chosen


def _leaves(before: Surprise, kind: Kind, ritual: str, household: Household) -> bool:
    """True where it leaves the house: as ticked, and as what was newly picked usually does.

    A form runs only once it is kept: what its box begins with cannot follow the kind.
    """
    ticked = before.leaves
    if household.children:
        ticked = st.checkbox("It takes you out of the house", ticked, key=_key("leaves"))
    newly_out = kind is Kind.OUT and before.kind is not Kind.OUT
    picked = context.rituals()[ritual] if ritual and ritual != before.ritual else None
    return ticked or newly_out or (picked is not None and picked.leaves)


def _cover(before: Surprise, day: date, other: str) -> tuple[Part, str]:
    label = f"The hint: what {markdown.plain(other)} is asked to keep free"
    begun = before.covers if before.line else NOTHING
    chosen = _one_of(label, COVERS, begun, "covers")
    ready = surprises.suggested_line(day, before.covers)
    own = "" if before.line == ready else before.line
    line = _line(
        "In which words",
        own,
        "line",
        placeholder="Keep Thursday evening free",
        help="Leave it empty, and it says just that, with the day you chose.",
    )
    if not chosen:
        return before.covers, ""
    part = Part(chosen)
    return part, text.single_line(line) or surprises.suggested_line(day, part)


def _reveal(before: Surprise, household: Household) -> tuple[Reveal, date | None]:
    chosen = Reveal(_one_of("When it is revealed", REVEALS, before.reveal, "reveal"))
    day = before.reveal_on or local_time.local_day(before.start, household)
    on = st.date_input(
        "The day, if it is one", day, key=_key("reveal on"), format=fields.day(household.formats)
    )
    return chosen, on if chosen is Reveal.ON else None


def _line(label: str, begun: str, name: str, **how: Any) -> str:
    """Text typed in one line; the browser keeps none of it to offer it again."""
    typed = st.text_input(
        label,
        begun,
        key=_key(name),
        autocomplete="off",
        max_chars=text.LONGEST_TITLE,
        **how,
    )
    return typed or ""


def _one_of(label: str, names: Mapping[K, str], before: K, name: str) -> K:
    return one_of(label, names, before if before in names else next(iter(names)), _key(name))


def _mistake(written: Surprise, before: Surprise | None) -> str:
    if not text.single_line(written.title):
        return "Please give it a name, or pick one of your rituals."
    moved = before is None or before.start != written.start
    if moved and written.start <= stores.now():
        return "This hour is over. Please choose one ahead."
    return ""


def _to_know(written: Surprise, household: Household) -> str:
    """Sentences on what a surprise meets and its hint will move; "" where they were said before."""
    busy = context.busy(surprises.week_of(written, household), household)
    found = [*foreseen.sentences(written, household, busy), *_moves(written, household)]
    told = " ".join([*found, "Press once more if that is fine."])
    if not found or st.session_state.get(KNOWN) == told:
        return ""
    st.session_state[KNOWN] = told
    return told


def _moves(written: Surprise, household: Household) -> Iterator[str]:
    hint = surprises.cover(written, household)
    if hint and (moves := session.moved_by(hint, household)):
        named = [
            f"{wording.title(o, household)} ({wording.moment(o.start, household)})" for o in moves
        ]
        yield f"{wording.listed(named)} will give way to this hint."


def _soon(household: Household) -> datetime:
    """Tomorrow evening: an hour to begin with."""
    return local_time.instant(context.today(household) + local_time.ONE_DAY, time(19), household)


def _key(name: str) -> str:
    return f"surprises {st.session_state.get(TIMES, 0)} {name}"
