"""The page shown in place of every other while the couple's store is damaged, with remedies."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from pages.frame import live_reload
from pages.session import stores
from pages.session.presses import press
from pages.ui import markdown, notices
from rituals.backup import backups, readable
from rituals.store import location, snapshots
from rituals.store.errors import DamagedError, StoreError

OUTCOME = "no store said"  # session: what came of putting a backup back
DAMAGED = """
The file that holds your weeks is damaged. It stays exactly as it is, and nothing new is kept in it.
"""
IT_STAYS = """
What is there now is set aside under a new name beside it, so nothing is lost by trying. What you
kept since that day is not in the backup.
"""
REST = "What cannot be read is set aside with a copy of the whole file."
AS_IT_IS = """
All of it can be read. A disk may have done that, or another program. If you know what it was, or it
looks right to you, go on with it.
"""
NO_BACKUP = """
There is no backup that could be put back. If you have a copy of your own, close Leavewell and put
that in its place. To begin anew, close it and move the file to another folder.
"""


def replaces_page() -> bool:
    """True if the store is damaged; this page is then drawn."""
    place = st.container()  # always there, else Streamlit counts what follows anew
    if sentence := st.session_state.pop(OUTCOME, ""):
        place.info(sentence)
    if stores.is_sample():
        return False
    try:
        if not stores.own_store().damaged.is_set():
            return False
    except DamagedError:
        pass
    show()
    return True


def show_error(error: Exception) -> bool:
    """Shows this page if an error comes from a damaged store, else one sentence; always True."""
    if isinstance(error, DamagedError) and not stores.is_sample():
        show()
        return True
    notices.show_error(error)
    live_reload.watch_for_store()
    return True


def show() -> None:
    """The sentence, where the file is, and the newest whole backup to put back."""
    address = location.address(os.environ)
    _, middle, _ = st.columns([1, 4, 1])
    with middle:
        st.title("Your weeks cannot be opened", anchor=False)
        st.error(" ".join(DAMAGED.split()))
        if file := location.file_of(address):
            st.code(str(file), None, wrap_lines=True)
        newest = backups.newest_whole(backups.folder_of(address))
        if newest is None:
            st.markdown(NO_BACKUP)
        else:
            st.button(
                f"Put back the week as kept on {backups.day_of(newest)}",
                type="primary",
                key="no store put back",
                on_click=press(_put_back),
                args=(newest,),
            )
            st.caption(" ".join(IT_STAYS.split()))
        _offer_the_rest(location.file_of(address))
        _offer_it_as_it_is(location.file_of(address))
        st.button("Look again", key="no store look", on_click=press(_look_again))


def _offer_the_rest(file: Path | None) -> None:
    """A button that keeps all else, where single rows cannot be read."""
    found = backups.unreadable_rows(file) if file else ()
    if file and readable.can_be_set_aside(found):
        st.markdown(f"What cannot be read: {markdown.plain(readable.named(found))}.")
        st.button(
            "Keep all else", key="no store rest", on_click=press(_keep_the_rest), args=(file,)
        )
        st.caption(REST)


def _offer_it_as_it_is(file: Path | None) -> None:
    """A button that goes on with rows that were altered, where all can be read."""
    if file and (found := backups.altered_rows(file)):
        names = markdown.plain(readable.named(found))
        st.markdown(f"What is not as Leavewell kept it: {names}.")
        st.button("Go on with it", key="no store as is", on_click=press(_go_on), args=(file,))
        st.caption(" ".join(AS_IT_IS.split()))


def _go_on(file: Path) -> None:
    stores.close_store()
    try:
        backups.keep_altered(file)
    except StoreError as refused:
        st.session_state[OUTCOME] = markdown.plain(str(refused))


def _keep_the_rest(file: Path) -> None:
    stores.close_store()
    try:
        aside = backups.set_rows_aside(file, stores.now())
    except StoreError as refused:
        st.session_state[OUTCOME] = markdown.plain(str(refused))
        return
    beside = f"The file from before is beside it as {markdown.plain(aside.name)}."
    st.session_state[OUTCOME] = f"All else is here again. {beside}"


def _look_again() -> None:
    """Opens what lies there now, unless that is the same damaged file: it stays as it is."""
    file = location.file_of(location.address(os.environ))
    if file is None or not (snapshots.is_damaged(file) or _is_not_as_kept(file)):
        stores.close_store()


def _is_not_as_kept(file: Path) -> bool:
    return bool(backups.unreadable_rows(file) or backups.altered_rows(file))


def _put_back(backup: snapshots.Snapshot) -> None:
    try:
        aside = backups.restore(backup.file, location.address(os.environ), stores.now())
    except StoreError as refused:
        st.session_state[OUTCOME] = markdown.plain(str(refused))
        return
    finally:
        stores.close_store()  # not before: SQLite would write into the damaged file once more
    beside = f" What was there is beside it as {markdown.plain(aside.name)}." if aside else ""
    st.session_state[OUTCOME] = f"The week as kept on {backups.day_of(backup)} is back.{beside}"
