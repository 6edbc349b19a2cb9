"""One of somebody's own lines: read, changed, shared, taken back or forgotten."""

from __future__ import annotations

import streamlit as st

from pages import markdown, stores
from rituals import noticed
from rituals.noticed import Noticed

CHANGING = "noticed changing"  # session: the line whose words are being changed


def show(line: Noticed) -> None:
    """The line and what its writer can do with it."""
    if st.session_state.get(CHANGING) == line.id:
        _change(line)
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
        _keep(noticed.shared(line, share))
    if forget:
        _keep(noticed.forgotten(line))


def _change(line: Noticed) -> None:
    with st.form(f"noticed words {line.id}", border=False):
        text = st.text_area("Your words", line.text, max_chars=noticed.LETTERS, height=80)
        with st.container(horizontal=True):
            keep = st.form_submit_button("Keep it like this", type="primary")
            leave = st.form_submit_button("Leave it as it was")
    words = noticed.written(text or "")
    if keep and words:
        _keep(noticed.changed(line, words))
    if leave:
        _keep(line)


def _keep(line: Noticed) -> None:
    st.session_state.pop(CHANGING, None)
    stores.store().save_noticed(line)
    st.rerun()
