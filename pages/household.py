"""The household: who lives in it, what is usual, and where all of it is kept."""

from __future__ import annotations

import os
from glob import escape
from pathlib import Path

import streamlit as st

from pages.panels import observation
from pages.session import context, stores
from pages.settings import archive, home_network, usual_cards
from pages.ui import markdown
from rituals.backup import backups
from rituals.store import location

SAMPLES = """
This is the sample couple’s household. Change what you like: it is gone when the program ends, and
your own household is not touched.
"""
OWN = "Everything you tell Leavewell is in this file, and nothing of it leaves this machine:"
IN_FOLDER = {
    "{name}": "your household, rituals, weeks and what you said of them",
    "{name}-wal": "its newest changes, while Leavewell is open",
    "{name}-shm": "a bookmark in them, while Leavewell is open",
    "catalogue.toml": "the rituals we suggest; it belongs to the program",
}
SET_ASIDE = "what was there before something else was put in its place"
ADVICE = """
Each Sunday a copy of it goes into **{backups}**, and one before a newer Leavewell changes
it; the last eight stay. `python -m rituals restore`, with
Leavewell closed, puts one back.

**To begin anew**, close Leavewell and move **{name}**, with any file whose name begins like it, out
of the folder. The next start opens with the welcome, and what you moved is still yours.
"""
ELSEWHERE = """
Leavewell was started with a database of your own choice. Everything you tell it is there, and it
goes nowhere else:
"""
ADVICE_ELSEWHERE = """
**To take a copy**, use the tools of that database. **To begin anew**, start Leavewell with an empty
one. Each Sunday a copy of all of it goes into the folder **{backups}** on this machine as well.
"""


def show_data() -> None:
    """The place of the store, and the ways to copy it, put it back and begin anew."""
    st.header("Your data", anchor=False)
    url = stores.store().engine.url
    if url.get_backend_name() == "sqlite" and url.database:
        _show_folder(Path(url.database).absolute())
    else:
        st.markdown(ELSEWHERE)
        # Without its query, where some drivers take a password too.
        st.code(url.set(query={}).render_as_string(hide_password=True), None, wrap_lines=True)
        st.markdown(ADVICE_ELSEWHERE.format(backups=_backups()))


def _show_folder(file: Path) -> None:
    st.markdown(OWN)
    st.code(str(file), None, wrap_lines=True)
    files = {file.with_name(n.format(name=file.name)): what for n, what in IN_FOLDER.items()}
    aside = dict.fromkeys(sorted(file.parent.glob(f"{escape(file.stem)}-set-aside-*")), SET_ASIDE)
    st.markdown(
        "In its folder lie:\n\n"
        + "\n".join(
            f"- **{markdown.plain(f.name)}**: {what}"
            for f, what in (files | aside).items()
            if f.is_file()
        )
    )
    st.markdown(ADVICE.format(name=markdown.plain(file.name), backups=_backups()))


def _backups() -> str:
    return markdown.plain(str(backups.folder_of(location.address(os.environ))))


st.title("Household", anchor=False)
if stores.is_sample():
    st.caption(SAMPLES)
household = context.household()
usual_cards.show(household.lasting, context.today(household))
_, middle, _ = st.columns([1, 4, 1])
with middle:
    observation.show_put_aside()
    if not stores.is_sample():
        home_network.show()
        show_data()
        archive.show(context.household())
