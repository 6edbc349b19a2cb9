"""Safe keeping: everything taken out as one file, put back, and deleted."""

from __future__ import annotations

import os
from collections.abc import Callable
from secrets import token_hex

import streamlit as st

from pages.session import stores
from pages.session.presses import press
from pages.ui import download, markdown, notices
from rituals import time_zones
from rituals.backup import archive, backups, wipe
from rituals.backup.archive import ArchiveContents
from rituals.model import wording
from rituals.model.household import Household
from rituals.security import passphrase
from rituals.store import location
from rituals.store.errors import StoreError
from rituals.store.store import Store

VISIT = "safe keeping visit"  # session: a word of its own, so that no older file comes back
PLACE = "safe keeping"  # where a sentence about the last click stands
OUT = """
One zip with all that Leavewell knows of you: to keep, to read, or to go on with on another machine.
It holds tables, a sheet of your weeks and calendar files, and says itself what it is.
"""
CURTAIN = """
What each of you keeps to yourself is folded up in it, and drawers stay sealed; still, keep it where
only the two of you look.
"""
REPLACED = """
**All that is here now is replaced by it.** What is here is kept among the backups, and can be put
back from there.
"""
NO_DOOR = "It holds no passphrase for your home network: other machines are let in no longer."
DELETED = """
Your household, your weeks, your rituals, your drawers and the backups beside them are deleted, for
good. The passwords of your calendar servers are forgotten, and the passphrase of your home network:
other machines are let in no longer. Nobody can bring them back; only a file that you took out
could. What lies in other calendars stays there.
"""
BACK = "Everything is back, as it was taken out."


def show(household: Household) -> None:
    """The section of the Household page."""
    st.header("Safe keeping", anchor=False)
    show_news()
    st.markdown(OUT)
    st.caption(CURTAIN)
    _take_out(household, "safe take out")
    show_put_back(household)
    _delete(household)
    st.caption(f"Time zones: {time_zones.VERSION}")


def show_put_back(household: Household | None) -> None:
    """A field for a zip: first it says what is in it, then a button puts it back."""
    name = "Put back what you took out before" if household is None else "Put it back"
    with st.expander(name, icon=":material/upload:", key=f"{_visit()} put back"):
        file = st.file_uploader(
            "A zip that was taken out of Leavewell", type=["zip"], key=f"{_visit()} file"
        )
        if file is None:
            return
        try:
            inside = archive.inspect(file.getvalue())
        except archive.ArchiveError as refused:
            st.info(markdown.plain(str(refused)))
            return
        _preview(inside)
        if household is not None:
            st.markdown(REPLACED)
            if passphrase.load(stores.own_store()) and not inside.rows["door"]:
                st.markdown(NO_DOOR)
            _take_out(household, "safe take out first")
        label = "Put it back" if household is None else "Replace what is here"
        put = press(lambda: _put_back(file.getvalue()))
        st.button(label, type="primary", key=f"{_visit()} put it back", on_click=put)


def _take_out(household: Household, key: str) -> None:
    name = archive.file_name(stores.now(), household)
    file = download.File(name, "application/zip", _taking(stores.store()))
    download.show("Take everything out (.zip)", file, key)


def _taking(store: Store) -> Callable[[], bytes]:
    """Takes out what is in the store by the time the browser asks for it."""
    return lambda: archive.export_archive(store, stores.now())


def _preview(inside: ArchiveContents) -> None:
    st.markdown(markdown.plain(archive.description(inside)))
    if inside.leads_to:
        st.markdown("Once it is back:")
        st.markdown("\n".join(f"- {markdown.plain(line)}" for line in inside.leads_to))


def _put_back(content: bytes) -> None:
    """Puts it back, and forgets whatever this browser still had of the household before."""
    store = stores.own_store()
    try:
        aside = backups.set_aside(store, stores.now())
        archive.restore(content, store)
    except StoreError as refused:
        notices.say(PLACE, str(refused))
        return
    _begin_anew([BACK, *([f"What was here before is kept as {aside}."] if aside else [])])


def _delete(household: Household) -> None:
    names = wording.listed([markdown.plain(partner.name) for partner in household.partners])
    with st.expander("Delete everything", icon=":material/delete:", key=f"{_visit()} delete"):
        st.markdown(DELETED)
        _take_out(household, "safe take out before")
        sure = st.checkbox(
            f"Yes, delete everything of {names}, for good", key=f"{_visit()} delete sure"
        )
        st.button(
            "Delete everything",
            key=f"{_visit()} delete it",
            disabled=not sure,
            on_click=press(_delete_everything),
        )


def _delete_everything() -> None:
    folder = backups.folder_of(location.address(os.environ))
    _begin_anew(["Everything is deleted.", *wipe.delete_everything(stores.own_store(), folder)])


def _begin_anew(sentences: list[str]) -> None:
    """The next run knows nothing of the household before but these sentences."""
    stores.go_home()
    notices.say(PLACE, *sentences)


def show_news() -> None:
    """Shows what came of the last click, once."""
    notices.show(PLACE)


def _visit() -> str:
    word: str = st.session_state.setdefault(VISIT, token_hex(4))
    return f"safe {word}"
