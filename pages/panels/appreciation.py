"""A line one of the two noticed about the other: written, kept or shared, and read again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from pages.session import presses, stores, who
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import local_time, note
from rituals.model.household import Household
from rituals.model.note import Note
from rituals.model.time.week import Week

MOST_READ = 12  # of the lines that were shared
IT_WAS_READ = "It is your own again; what was read is read."
CHANGING = "noticed changing"  # session: the line whose words are being changed
COURTESY = "This is courtesy, not a lock: whoever taps a name sees what it keeps."


def show(week: Week, household: Household) -> None:
    """A line that comes back after months, and a place for this week's."""
    lines = stores.store().load_noticed()
    if again := note.comes_back(lines, week):
        st.caption(f"From {_day(again.week, household)} · {_sentence(again, household)}")
    folded = st.expander(
        "Something I noticed", icon=":material/favorite:", key=f"noticed {week}", on_change="rerun"
    )
    if folded.open:
        with folded:
            _open(week, lines, household)


def _open(week: Week, lines: tuple[Note, ...], household: Household) -> None:
    st.caption("A line a week about the other. It is its writer's own until its writer shares it.")
    if writer := who.single_partner() or _writer(week, household):
        _of_writer(week, writer, lines)
    read = note.shared_notes(lines)[:MOST_READ]
    if read:
        st.markdown("**What we shared**")
    for line in read:
        st.markdown(f"{_sentence(line, household)} · {_day(line.week, household)}")


def _writer(week: Week, household: Household) -> str | None:
    """The key of the one who writes, asked where both sit here; None until it is chosen."""
    names = who.names(household)
    return st.pills(
        "From whom",
        list(names),
        format_func=lambda key: f"From {names[key]}",
        key=f"noticed writer {week}",
        label_visibility="collapsed",
    )


def _of_writer(week: Week, writer: str, lines: tuple[Note, ...]) -> None:
    own = note.of_writer(lines, writer)
    existing = next((n for n in lines if n.id == note.id_of(week, writer)), None)
    if own and st.toggle("Show mine", key=f"noticed show {week} {writer}"):
        st.caption(COURTESY)
        for line in own:
            _line(line)
    if existing is None:
        _write(week, writer)
    elif existing.shared:
        st.caption("This week's line is shared. There is room for another one next week.")
    else:
        st.caption("This week's line is kept.")


def _write(week: Week, writer: str) -> None:
    with st.form(f"noticed {week} {writer}", border=False):
        text = st.text_area(
            "What you noticed",
            max_chars=note.LETTERS,
            height=80,
            placeholder="You brought me coffee",
        )
        with st.container(horizontal=True):
            save, key = partial(_save, week, writer, text or ""), f"noticed {week} {writer}"
            presses.submit("Keep it for now", save, key=f"{key} keep", draw=st.form_submit_button)
            share = partial(save, shared=True)
            presses.submit(
                "Share it", share, key=f"{key} share", draw=st.form_submit_button, type="primary"
            )


def _save(week: Week, writer: str, text: str, *, shared: bool = False) -> None:
    if line := note.written(text):
        id = note.id_of(week, writer)
        stores.store().save_noticed(Note(id, week, writer, line, shared, stores.now()))


def _sentence(line: Note, household: Household) -> str:
    return f"{markdown.plain(household.name(line.writer))}: “{markdown.plain(line.text)}”"


def _day(week: Week, household: Household) -> str:
    first = local_time.first_day(week, household)
    return f"the week of {household.formats.dated(first)}"


def _line(line: Note) -> None:
    """The line and what its writer can do with it."""
    if st.session_state.get(CHANGING) == line.id:
        _change_line(line)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"“{markdown.plain(line.text)}”")
        if line.shared:
            back = partial(_keep_line, note.shared(line, False))
            _button("Take it back", f"back {line.id}", back, help=IT_WAS_READ)
        else:
            _button("Share it", f"share {line.id}", partial(_keep_line, note.shared(line, True)))
        change = partial(st.session_state.update, {CHANGING: line.id})
        _button("Change it", f"change {line.id}", change, type="tertiary")
        forget = partial(_keep_line, note.forgotten(line))
        _button("Forget it", f"forget {line.id}", forget, type="tertiary")


def _button(label: str, name: str, do: Callable[[], None], **look: Any) -> None:
    st.button(label, key=f"noticed {name}", on_click=press(do), **look)


def _change_line(line: Note) -> None:
    with st.form(f"noticed words {line.id}", border=False):
        text = st.text_area("Your words", line.text, max_chars=note.LETTERS, height=80)

        def keep() -> None:
            if words := note.written(text or ""):
                _keep_line(note.changed(line, words))

        with st.container(horizontal=True):
            key = f"noticed keep {line.id}"
            presses.submit(
                "Keep it like this", keep, key=key, draw=st.form_submit_button, type="primary"
            )
            leave = press(partial(_keep_line, line))
            st.form_submit_button("Leave it as it was", on_click=leave)


def _keep_line(line: Note) -> None:
    st.session_state.pop(CHANGING, None)
    stores.store().save_noticed(line)
