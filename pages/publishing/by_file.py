"""The week as a file: one button, what is in it, and what only a hand can do afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from threading import Lock

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.publishing import choices
from pages.session import context, stores
from pages.session.presses import press
from pages.ui import download, markdown
from pages.ui.choice import one_of
from rituals.calendars.outgoing import checklist, export
from rituals.calendars.outgoing.export import Extent, Parcel, live_entries
from rituals.calendars.outgoing.ledger import Ledger, PendingChanges, marked_gone
from rituals.model.calendar import Audience, ExportedEvent, Route
from rituals.model.household import Household
from rituals.model.plan import Plan

BY_HAND = "take by hand"  # session: by audience and occurrence, what is to be done by hand
TAKING = "take taking"  # session: what the button brought at the last runs, and for whom
MOST_OFFERED = 3  # a page may be drawn anew while the file of the one before is asked for
OF_A_TIME = re.compile(r"\\:(?= |\d\d\b)")  # as in "Late talk: Thursday 20:00", escaped
SHORT = 6  # lines: what is longer is folded up
HINTS = {
    "changes": "What is new, and what has moved or changed since you took it with you.",
    "whole": (
        "All of it once more. What your calendar has already may be refused there, or stand there "
        "twice."
    ),
    "anew": (
        "All of it as if for the first time, for a calendar that refused a file. Whatever it has "
        "of this is to be deleted first, or it stands there twice."
    ),
}
NO_FILE_DELETES = (
    "A file can only add events. What you leave out later, you delete in your calendar yourselves; "
    "that is easiest in a calendar of its own. What is in your calendar stays at its hour here, "
    "until one of you moves it."
)


def show(ahead: list[Plan], audience: Audience, household: Household) -> None:
    """The file, how much is in it, and what is left to do by hand."""
    _remember_what_was_taken()
    ledger = _ledger(ahead, audience, household)
    parcel, left_out = _parcel(ahead, ledger)
    if ledger.entries:
        _preview(parcel)
    if parcel.occurrences or left_out:
        _download(ahead, parcel, left_out)
    elif parcel.gone:
        _done_by_hand(parcel)
    else:
        _nothing(ahead, ledger)
    _what_is_left(household)


def show_choices(ahead: list[Plan], audience: Audience, household: Household) -> None:
    """The choices of a file: how much goes into it and which rituals, with a guide."""
    ledger = _ledger(ahead, audience, household)
    _how_much(ledger, len(ahead))
    _what_to_take(export.pack(ahead, ledger, _extent(ledger), stores.now()))
    parcel, _ = _parcel(ahead, ledger)
    if not ledger.entries:
        _preview(parcel)
    if sentence := checklist.proposals_sentence(parcel.proposed):
        st.caption(sentence)
    st.caption(NO_FILE_DELETES)


def _ledger(ahead: list[Plan], audience: Audience, household: Household) -> Ledger:
    taken = stores.store().load_exported([plan.week for plan in ahead])
    return Ledger.of(household, audience, Route.FILE, taken, context.rituals())


def _parcel(ahead: list[Plan], ledger: Ledger) -> tuple[Parcel, frozenset[str]]:
    """The contents of a file, and the titles that are not to be taken now."""
    extent, now = _extent(ledger), stores.now()
    whole = export.pack(ahead, ledger, extent, now)
    titles = _titles(whole)
    taken = st.session_state.get(_titles_key(whole), titles)
    left_out = frozenset(titles) - frozenset(taken)
    return export.pack(ahead, ledger, extent, now, left_out), left_out


def _extent(ledger: Ledger) -> Extent:
    """All of it the first time; then the changes, unless something else was chosen."""
    if not live_entries(ledger):
        return Extent.WHOLE
    chosen: Extent = st.session_state.get(_extent_key(ledger), Extent.CHANGES)
    return chosen


def _extent_key(ledger: Ledger) -> str:
    """Another one after each taking: the choice begins anew with it."""
    newest = max(entry.at for entry in ledger.entries.values())
    return f"take how much {ledger.audience} {newest}"


def _how_much(ledger: Ledger, count: int) -> None:
    if not live_entries(ledger):
        return
    week = "The whole week" if count == 1 else f"All {count} weeks"
    names = {
        Extent.CHANGES: "Changes only",
        Extent.WHOLE: week,
        Extent.ANEW: f"{week.replace('The whole', 'The')} anew",
    }
    extent = one_of(
        "How much",
        names,
        Extent.CHANGES,
        _extent_key(ledger),
        wrap=True,
        persist_state="session",
    )
    st.caption(HINTS[extent])


def _what_to_take(whole: Parcel) -> None:
    """The titles in a file: all of them, unless some are tapped away."""
    titles = _titles(whole)
    if len(titles) > 1:
        st.pills(
            "What to take",
            titles,
            selection_mode="multi",
            default=titles,
            format_func=markdown.plain,
            key=_titles_key(whole),
            wrap=True,
            persist_state="session",
        )


def _titles(whole: Parcel) -> list[str]:
    return list(dict.fromkeys(o.title for o in whole.occurrences))


def _titles_key(whole: Parcel) -> str:
    return f"take {whole.extent} {_titles(whole)}"


def _preview(parcel: Parcel) -> None:
    household = parcel.ledger.household
    if parcel.extent is Extent.ANEW:
        first = checklist.before_importing(parcel.gone, household)
        _lines(f"{len(first)} to delete before you import", list(first.values()))
    elif parcel.pending:
        _news(parcel.pending, household)


def _news(news: PendingChanges, household: Household) -> None:
    lines = {
        "New": [checklist.new_line(o, household) for o in news.new],
        "Moved": [checklist.moved_line(pair, household) for pair in news.moved],
        "Changed": [checklist.new_line(pair.now, household) for pair in news.changed],
        "Let go": [checklist.entry_line(entry, household) for entry in news.let_go],
    }
    sentences = [f"{word} · {line}" for word, each in lines.items() for line in each]
    _lines(checklist.summary(news), sentences)


def _lines(heading: str, lines: list[str]) -> None:
    """A few lines as they are, many of them folded up."""
    if lines:
        with _folded(heading, lines):
            st.markdown("\n".join(f"- {markdown.plain(line)}" for line in lines))


def _folded(heading: str, lines: Sized) -> DeltaGenerator:
    return st.expander(heading) if len(lines) > SHORT else st.container()


def _download(ahead: list[Plan], parcel: Parcel, left_out: frozenset[str]) -> None:
    household, audience = parcel.ledger.household, parcel.ledger.audience
    file = _file(ahead, parcel, left_out) if parcel.occurrences else None
    label, kind = checklist.into_calendar(audience, household), choices.weight(ahead)
    with st.container(key="take-primary"):
        download.show(label, file, "take file", kind, "event_available", large=True)
        st.caption(_through(len(parcel.occurrences), len(ahead)))


def _file(ahead: list[Plan], parcel: Parcel, left_out: frozenset[str]) -> download.File:
    """The file of a parcel; the page looks at each run whether it was taken."""
    taking = _Taking(_take(ahead, parcel, left_out))
    offered = st.session_state.setdefault(TAKING, [])
    offered.append((taking, parcel.ledger.audience))
    del offered[:-MOST_OFFERED]
    return download.File(parcel.name(), "text/calendar", taking.file)


def _through(count: int, weeks: int) -> str:
    of_weeks = f" of {weeks} weeks" if weeks > 1 else ""
    return f"a file · {checklist.events(count)}{of_weeks}"


class _Taking:
    """The file that one look at the page offers, taken only once the browser asks for it.

    The ledger records it then, and the page lists what is left to a hand. Whoever asks once more
    gets the same file.
    """

    def __init__(self, take: Callable[[], tuple[bytes, dict[str, str]]]) -> None:
        self._take, self._lock = take, Lock()
        self._taken: tuple[bytes, dict[str, str]] | None = None

    def file(self) -> bytes:
        """The file."""
        with self._lock:
            self._taken = self._taken or self._take()
            return self._taken[0]

    def by_hand(self) -> dict[str, str] | None:
        """By occurrence, what only a hand can do; None as long as nobody asked for the file."""
        with self._lock:
            return self._taken[1] if self._taken else None


def _take(
    ahead: list[Plan], parcel: Parcel, left_out: frozenset[str]
) -> Callable[[], tuple[bytes, dict[str, str]]]:
    """Takes what is in the store by then: the plans are kept first, then what was taken of them."""
    store, before = stores.store(), parcel.ledger

    def take() -> tuple[bytes, dict[str, str]]:
        kept = [store.change_plan(plan, lambda stored: stored) for plan in ahead]
        rituals, packed = store.load_rituals(), []

        def pack(taken: tuple[ExportedEvent, ...]) -> tuple[ExportedEvent, ...]:
            ledger = Ledger.of(before.household, before.audience, Route.FILE, taken, rituals)
            packed.append(export.pack(kept, ledger, parcel.extent, stores.now(), left_out))
            return packed[0].entries()

        store.change_exported([plan.week for plan in kept], pack)
        (now,) = packed
        if parcel.extent is export.Extent.ANEW:
            by_hand = checklist.before_importing(now.gone, before.household)
        else:
            by_hand = checklist.by_hand(now.moved, now.gone, before.household)
        return now.content(), by_hand

    return take


def _done_by_hand(parcel: Parcel) -> None:
    """Only what was let go is left: there is nothing to download."""
    store = stores.store()
    st.write("There is nothing to download: only a hand takes these out of your calendar.")
    st.button(
        "Done by hand",
        key="take done by hand",
        type="primary",
        on_click=press(lambda: store.save_exported(marked_gone(parcel.gone, stores.now()))),
    )


def _nothing(ahead: list[Plan], ledger: Ledger) -> None:
    """Says that nothing is new, and brings once more what was taken: a file may be lost."""
    if not ledger.entries:
        st.write("Nothing lies in the plan yet, so there is nothing to take.")
        return
    st.write("Nothing has changed since you took it with you.")
    whole = export.pack(ahead, ledger, Extent.WHOLE, stores.now())
    if whole.occurrences:
        file = _file(ahead, whole, frozenset())._replace(help=HINTS["whole"])
        download.show("The file once more", file, "take file again")


def _remember_what_was_taken() -> None:
    """Looks whether something that was offered has been taken since."""
    offered = st.session_state.get(TAKING, [])
    for taking, audience in offered[:]:
        lines = taking.by_hand()
        if lines is not None:
            offered.remove((taking, audience))
            _remember(lines, audience)


def _remember(lines: Mapping[str, str], audience: Audience) -> None:
    """Keeps what is to be done by hand on the page; what is ticked there is done."""
    before = st.session_state.get(BY_HAND, {})
    still = {name: line for name, line in before.items() if not st.session_state.get(name)}
    st.session_state[BY_HAND] = still | {
        f"take by hand {audience} {occurrence}": line for occurrence, line in lines.items()
    }


def _what_is_left(household: Household) -> None:
    """The list of what no file can do, to be ticked."""
    left = st.session_state.get(BY_HAND, {})
    if not left:
        return
    with st.container(border=True):
        for audience in Audience:
            own = {n: line for n, line in left.items() if n.startswith(f"take by hand {audience} ")}
            if own:
                _to_tick(own, checklist.calendar_label(audience, household))
        if any(line.startswith("Move ") for line in left.values()):
            st.caption(checklist.WHAT_MOVED)
        st.caption("This list stays until you put it away or close this page.")
        away = press(lambda: st.session_state.pop(BY_HAND, None))
        st.button("Put this list away", key="take list away", type="tertiary", on_click=away)


def _to_tick(lines: Mapping[str, str], whose: str) -> None:
    st.markdown(f"**By hand, in {markdown.plain(whose)}**")
    with _folded(f"{len(lines)} by hand", lines):
        for name, line in lines.items():
            # A label is also read aloud: markdown takes no such colon for its own.
            st.checkbox(OF_A_TIME.sub(":", markdown.plain(line)), key=name)
