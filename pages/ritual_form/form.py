"""Two ways to add rituals: the form of one, and a file with many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import time
from functools import partial
from typing import Literal, NamedTuple, TypeVar
from uuid import uuid4

import streamlit as st

from pages.publishing import guides
from pages.ritual_form import how_often, window_lines
from pages.session import context, edits, presses, who
from pages.session.presses import press
from pages.ui import markdown, notices
from pages.ui.choice import one_of, one_of_many
from rituals.model import wording
from rituals.model.household import Household, Kind
from rituals.model.ritual import Frequency, Needs, Ritual, Size, TakesPart
from rituals.model.time.lean import Lean, read_lean, write_lean
from rituals.model.time.rhythm import Rhythm
from rituals.model.time.window import Window
from rituals.planning import catalogue
from rituals.text import LONGEST_TITLE, single_line

OPEN = "our_rituals open"  # session: the id of the ritual whose form is open
TIMES = (
    "our_rituals times"  # session: how many forms and files there were; each has keys of its own
)
ADDED = "our_rituals came"  # session: whether something new has just been kept

TAKES_PART = {
    TakesPart.BOTH: "both of us",
    TakesPart.EITHER: "one of us",
    TakesPart.EACH: "each of us",
}
NEEDS = {
    Needs.NOTHING: "nothing",
    Needs.ASLEEP: "the children asleep",
    Needs.SITTER: "a sitter",
    Needs.CHILDREN: "only with children",
}
SIZES = {
    Size.SMALL: "a few minutes",
    Size.USUAL: "its own time",
    Size.EVENING: "takes the evening",
}
LEANS = {
    Lean.START.value: "At the beginning of its hours",
    Lean.MIDDLE.value: "In the middle of its hours",
    Lean.END.value: "At the end of its hours",
}
STEP, LONGEST = 5, 24 * 60  # minutes
LONGEST_WAY = 90  # characters, as in the catalogue
IN_TURNS = ""  # who thinks of it
NO_ALARM = -1
ALARMS = {
    NO_ALARM: "No alarm",
    0: "When it begins",
    **{minutes: f"{minutes} minutes before" for minutes in (5, 10, 15, 30, 60)},
    24 * 60: "1 day before",
}
FROM_THEN_ON = "It counts for what you take with you from then on."
E = TypeVar("E", bound=str)


class Edited(NamedTuple):
    """A ritual as it stands in the form, and the lines that become its windows."""

    ritual: Ritual
    lines: list[window_lines.Line]
    has_day: bool  # false while its rhythm is a date that nobody has chosen


def open_new() -> None:
    """From the next run on, an empty form is open."""
    _open(uuid4().hex, ())


def open_for(ritual: Ritual) -> None:
    """From the next run on, the form of this ritual is open."""
    _open(ritual.id, ritual.windows)


def draw(rituals: Mapping[str, Ritual], household: Household) -> None:
    """Draws the form over the page, while one is open."""
    id = st.session_state.get(OPEN)
    if id is None:
        return
    before = rituals.get(id)
    title = f"Change “{markdown.plain(before.title)}”" if before else "A ritual of our own"
    # Not dismissible: a click beside it would lose what was typed.
    over = st.dialog(title, width=760, position="right", dismissible=False)
    notices.rest()  # else the next news would close it
    over(_form)(before or _blank(id), household)


def draw_file(existing: Mapping[str, Ritual]) -> None:
    """Takes in a catalogue file: first it says what the file holds, then adds what is new."""
    key = f"our_rituals file {st.session_state.get(TIMES, 0)}"
    file = st.file_uploader("A catalogue file (.toml)", type="toml", key=key)
    rituals = _read(file.getvalue(), file.name) if file else {}
    if not rituals:
        return
    amount = "1 ritual" if len(rituals) == 1 else f"{len(rituals)} rituals"
    st.markdown(f"It holds {amount}: {_listed(r.title for r in rituals.values())}.")
    if here := [id for id in rituals if id in existing]:
        st.markdown(f"Already here, and left as they are: {_listed(here)}.")
    new = [ritual for ritual in rituals.values() if ritual.id not in existing]
    if new:
        add = press(partial(_keep, *new))
        st.button("Add them", key="our_rituals add", type="primary", on_click=add)


def _open(id: str, windows: tuple[Window, ...]) -> None:
    st.session_state[OPEN] = id
    window_lines.begin(windows)
    _begin_anew()


def _keep(*rituals: Ritual) -> None:
    existing = context.rituals()
    for ritual in rituals:
        edits.save_ritual(ritual)
    st.session_state[ADDED] = any(ritual.id not in existing for ritual in rituals)
    _begin_anew()
    _leave()


def _begin_anew() -> None:
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1


def _leave() -> None:
    st.session_state.pop(OPEN, None)


def _blank(id: str) -> Ritual:
    window, times = (), Frequency(1, 2)
    both = TakesPart.BOTH
    return Ritual(id, "", Kind.TOGETHER, both, 30, 60, window, times, in_person=True)


def _form(before: Ritual, household: Household) -> None:
    edited = _edited(before, household)
    message = st.container()

    def keep() -> bool:
        if mistakes := _all_mistakes(edited):
            message.info("  \n".join(markdown.plain(sentence) for sentence in mistakes))
            return False
        _keep(replace(edited.ritual, windows=tuple(row.window for row in edited.lines)))
        return True

    with st.container(horizontal=True):
        presses.submit("Save", keep, key=_key("keep"), type="primary")
        presses.submit("Not now", _leave, key=_key("leave"))


def _all_mistakes(edited: Edited) -> list[str]:
    mistakes = [*_mistakes(edited.ritual), *window_lines.mistakes(edited.lines)]
    if not edited.has_day:
        mistakes.append("Please choose the day on which it comes each year.")
    return mistakes


def _edited(before: Ritual, household: Household) -> Edited:
    """The ritual as it stands in the form."""
    title = st.text_input(
        "Title", before.title, key=_key("title"), on_change="ignore", autocomplete="off"
    )
    kinds = {kind: wording.KINDS[kind] for kind in household.kinds()}
    lines = window_lines.draw(household, _key)
    kind = _one_of("Kind", kinds, before.kind, "rerun")  # what else there is to ask hangs on it
    takes_part = _one_of("Who takes part", _may_take_part(kind), before.takes_part, "rerun")
    asked = replace(before, title=_tidy(title), kind=kind, takes_part=takes_part)
    with st.expander("More", key=_key("more")):
        ritual, has_day = _more(before, asked, household)
    return Edited(ritual, lines, has_day)


def _more(before: Ritual, asked: Ritual, household: Household) -> tuple[Ritual, bool]:
    """The ritual with the fields that may stay as they are, and whether its day is chosen."""
    kind = asked.kind
    thinks = _thinks(before.thinks, household) if kind is Kind.TOGETHER else before.thinks
    least, most = _minutes(before)
    frequency, rhythm = how_often.draw(before, _key)
    leans = _leans(before.leans)
    needs = before.needs
    if household.children:
        needs = _one_of("What it needs", _may_need(kind), before.needs)
    leaves, in_person = _marks(before, kind, asked.takes_part, household)
    secret = _secret(before, kind, asked.takes_part)
    size = _one_of("How much of the day", SIZES, before.size)
    alarm = _alarm(before.alarm)
    ways = _ways(before.ways)
    ritual = replace(
        asked,
        thinks=thinks,
        least_minutes=least,
        most_minutes=most,
        frequency=frequency,
        rhythm=rhythm or before.rhythm,
        kept=_is_kept(before, rhythm or before.rhythm),
        leans=leans,
        needs=needs,
        leaves=leaves,
        in_person=in_person,
        secret=secret,
        size=size,
        alarm=alarm,
        ways=ways,
    )
    return ritual, rhythm is not None


def _ways(before: tuple[str, ...]) -> tuple[str, ...]:
    written = st.text_area(
        "Ideas for it, one in each line",
        "\n".join(before),
        height=180,
        key=_key("ways"),
        on_change="ignore",
    )
    return tuple(way for way in map(_tidy, written.splitlines()) if way)


def _is_kept(before: Ritual, rhythm: Rhythm) -> bool:
    """True for what is made rare here, and where it was kept before."""
    return not rhythm.is_weekly and (before.kept or rhythm != before.rhythm)


def _may_take_part(kind: Kind) -> dict[TakesPart, str]:
    excluded = TakesPart.EACH if kind is Kind.TOGETHER else TakesPart.BOTH
    return {who: name for who, name in TAKES_PART.items() if who is not excluded}


def _may_need(kind: Kind) -> dict[Needs, str]:
    if kind is Kind.SOLO:
        return {Needs.CHILDREN: NEEDS[Needs.CHILDREN]}
    excluded = None if kind is Kind.TOGETHER else Needs.CHILDREN
    return {needs: name for needs, name in NEEDS.items() if needs is not excluded}


def _thinks(before: str, household: Household) -> str:
    """A choice of the one who books, buys and reminds; IN_TURNS for both."""
    return _one_of("Who looks after it", {IN_TURNS: "In turns", **who.names(household)}, before)


def _marks(
    before: Ritual, kind: Kind, takes_part: TakesPart, household: Household
) -> tuple[bool, bool]:
    """Leaving the house, and needing both in one place: asked where the planner goes by it.

    As they were, unless another kind or somebody else takes part: then as is usual for those.
    """
    leaves, in_person = before.leaves, before.in_person
    if (kind, takes_part) != (before.kind, before.takes_part):
        leaves, in_person = kind is Kind.OUT, takes_part is TakesPart.BOTH
    usual = f"{kind} {takes_part}"  # another usual is another widget
    if household.children and kind is not Kind.SOLO:
        leaves = _box("Leaves the house", leaves, usual)
    if kind is Kind.TOGETHER:
        in_person = _box("Needs you both in one place", in_person, usual)
    return leaves, in_person


def _secret(before: Ritual, kind: Kind, takes_part: TakesPart) -> bool:
    """True where it lives from surprise: asked of what one of the two does for the other."""
    if (kind, takes_part) != (Kind.TOGETHER, TakesPart.EITHER):
        return False
    return _box("A secret: each of you plans it for the other", before.secret, "secret")


def _box(label: str, begun: bool, usual: str) -> bool:
    return st.checkbox(label, begun, key=_key(f"{label} {usual}"), on_change="ignore")


def _one_of(
    label: str, names: Mapping[E, str], before: E, on_change: Literal["rerun", "ignore"] = "ignore"
) -> E:
    begun = before if before in names else next(iter(names))
    key = _key(f"{label} {' '.join(names)}")  # other options are another widget
    return one_of(label, names, begun, key, on_change=on_change)


def _minutes(before: Ritual) -> tuple[int, int]:
    fields = (("least", before.least_minutes), ("most", before.most_minutes))
    least, most = (
        column.number_input(
            f"Minutes at {name}", value=begun, step=STEP, key=_key(name), on_change="ignore"
        )
        for column, (name, begun) in zip(st.columns(2), fields, strict=True)
    )
    return least or 0, most or 0


def _leans(before: Lean | time) -> Lean | time:
    """The lean that is taken; an hour of the catalogue's is offered where it was that."""
    begun = write_lean(before)
    names = LEANS if begun in LEANS else {**LEANS, begun: f"At {begun}"}
    return read_lean(one_of_many("Rather", names, begun, _key("leans"), on_change="ignore"))


def _alarm(before: int | None) -> int | None:
    """Minutes before the start at which calendars ring, or None; any kept before is offered too."""
    begun = NO_ALARM if before is None else before
    names = dict(sorted(({begun: f"{begun} minutes before"} | ALARMS).items()))
    label = "Alarm in your calendars"
    chosen = one_of_many(label, names, begun, _key("alarm"), on_change="ignore")
    st.caption(f"{FROM_THEN_ON} {guides.alarm_line()}")
    return None if chosen == NO_ALARM else chosen


def _mistakes(ritual: Ritual) -> Iterator[str]:
    if not ritual.title:
        yield "Please give it a title."
    if len(ritual.title) > LONGEST_TITLE:
        yield f"A title of at most {LONGEST_TITLE} characters fits; please shorten it."
    least, most = ritual.least_minutes, ritual.most_minutes
    if any(m % STEP or not STEP <= m <= LONGEST for m in (least, most)):
        yield f"Minutes go in steps of {STEP}, from {STEP} to {LONGEST:,}."
    if least > most:
        yield "The minutes at least are more than those at most; please change one."
    for way in ritual.ways:
        if len(way) > LONGEST_WAY:
            yield f"An idea has at most {LONGEST_WAY} characters; please shorten “{way}”."


def _read(content: bytes, name: str) -> Mapping[str, Ritual]:
    """The file's rituals; where it cannot be read, none, and a sentence on the page."""
    try:
        return catalogue.read(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        st.info(markdown.plain(f"{name} is not a text written in UTF-8."))
    except catalogue.CatalogueError as unreadable:
        st.info(markdown.plain(str(unreadable)))
    return {}


def _listed(texts: Iterable[str]) -> str:
    return wording.listed([markdown.plain(text) for text in texts])


def _tidy(text: str) -> str:
    return single_line(text)


def _key(name: str) -> str:
    return f"our_rituals {st.session_state[TIMES]} {name}"
