"""The couple's own store, the sample couple's, and the dashboard's only clock."""

from __future__ import annotations

import atexit
import os
import tempfile
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from threading import Lock

import streamlit as st

from rituals.model.ritual import Ritual
from rituals.planning import catalogue
from rituals.store import location
from rituals.store.store import Store, open_store

SAMPLE = "sample"  # session: whether one looks around with the sample couple
LOOK, AROUND = "look", "around"  # the query parameter that keeps a reload with the sample couple
SAMPLE_WEEKS = 26


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


def hour() -> datetime:
    """The beginning of this hour, within which what takes a moment to find is found once."""
    return now().replace(minute=0, second=0, microsecond=0)


def store() -> Store:
    """The couple's own store, or the sample couple's for one who looks around."""
    if is_sample():
        return sample_store()
    return own_store()


def is_sample() -> bool:
    """True while one looks around with the sample couple."""
    return SAMPLE in st.session_state or st.query_params.get(LOOK) == AROUND


def look_around() -> None:
    """From the next run on, everything is the sample couple's."""
    st.session_state.clear()
    st.session_state[SAMPLE] = True


def go_home() -> None:
    """From the next run on, everything is the couple's own again."""
    st.session_state.clear()
    st.query_params.clear()


def keep_looking_around() -> None:
    """Lets looking around survive a reload and a change of page."""
    if is_sample():
        st.session_state[SAMPLE] = True
        st.query_params[LOOK] = AROUND


def own_store() -> Store:
    """The couple's own store, whoever looks around."""
    address = location.address(os.environ)
    with _OPENING:
        if address not in _OPEN:
            _OPEN[address] = open_store(address)
        return _OPEN[address]


def close_store() -> None:
    """Closes the couple's own store; the next look opens what lies there then."""
    address = location.address(os.environ)
    with _OPENING:
        opened = _OPEN.pop(address, None)
    if opened:
        opened.engine.dispose()
        opened.changed.set()  # whoever waits for news of it looks again


def sample_store() -> Store:
    """The sample couple's store, in a folder that goes with the program."""
    with _OPENING:
        return _sample_of(now().date())


@cache
def suggested() -> dict[str, Ritual]:
    """The catalogue's rituals by id."""
    return catalogue.load(catalogue.SUGGESTED)


@cache
def _sample_of(today: date) -> Store:
    """A store of its own in a folder that goes when the program ends."""
    from rituals.planning import sample  # with all that plans, which nobody need wait for

    folder = tempfile.TemporaryDirectory(prefix="leavewell-sample-")
    atexit.register(folder.cleanup)
    sample_store = open_store(location.sqlite_url(Path(folder.name) / "sample.db"))
    couple = sample.couple(today, SAMPLE_WEEKS, suggested())
    sample_store.fill(couple.household, (), couple.plans)
    return sample_store


_OPEN: dict[str, Store] = {}
_OPENING = Lock()
