"""A line one of the two noticed about the other: written, kept or shared, and read again."""

from __future__ import annotations

import streamlit as st

from pages.session import stores, who
from pages.ui import markdown
from rituals.model import local_time, note
from rituals.model.household import Household
from rituals.model.note import Note
from rituals.model.time.week import Week

MOST_READ = 12  # of the lines that were shared
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
            keep = st.form_submit_button("Keep it for now")
            share = st.form_submit_button("Share it", type="primary")
    line = note.written(text or "")
    if line and (keep or share):
        id = note.id_of(week, writer)
        stores.store().save_noticed(Note(id, week, writer, line, share, stores.now()))
        st.rerun()


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
        share = not line.shared and st.button("Share it", key=f"noticed share {line.id}")
        back = line.shared and st.button(
            "Take it back",
            key=f"noticed back {line.id}",
            help="It is your own again; what was read is read.",
        )
        change = st.button("Change it", key=f"noticed change {line.id}", type="tertiary")
        forget = st.button("Forget it", key=f"noticed forget {line.id}", type="tertiary")
    if change:
        st.session_state[CHANGING] = line.id
        st.rerun()
    if share or back:
        _keep_line(note.shared(line, share))
    if forget:
        _keep_line(note.forgotten(line))


def _change_line(line: Note) -> None:
    with st.form(f"noticed words {line.id}", border=False):
        text = st.text_area("Your words", line.text, max_chars=note.LETTERS, height=80)
        with st.container(horizontal=True):
            keep = st.form_submit_button("Keep it like this", type="primary")
            leave = st.form_submit_button("Leave it as it was")
    words = note.written(text or "")
    if keep and words:
        _keep_line(note.changed(line, words))
    if leave:
        _keep_line(line)


def _keep_line(line: Note) -> None:
    st.session_state.pop(CHANGING, None)
    stores.store().save_noticed(line)
    st.rerun()
