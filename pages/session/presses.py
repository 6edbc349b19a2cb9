"""Presses that are never lost, whatever else a hand or another screen does meanwhile.

Streamlit ends the run of a page as soon as the next interaction arrives, and with it the callback
or the branch behind a button that this run was in. It does so on the thread of the script alone:
what runs beside that thread, with the same session, comes to its end. So every callback is handed
over as `on_click=press(do)`, and what a form keeps is kept by `submit`, which holds on to the
press until a run has come as far as the form. A press of a form that clears itself needs the
first: its fields are empty by the next run.

One and the same button, pressed again before the server has taken up the first press, counts
once: Streamlit joins the two in `ScriptRequests.request_rerun`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import wraps
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import (
    ScriptRunContext,
    add_script_run_ctx,
    get_script_run_ctx,
)
from streamlit.runtime.state import SafeSessionState

HELD = "presses held"  # session: the keys of buttons whose press no run has come to yet


def press(do: Callable[..., Any]) -> Callable[..., Any]:
    """A callback that does this to its end, although another interaction arrives meanwhile."""

    @wraps(do)
    def to_the_end(*args: Any, **kwargs: Any) -> Any:
        page, names = get_script_run_ctx(), copy_context()
        if page is None:
            return do(*args, **kwargs)

        def work() -> Any:
            add_script_run_ctx(ctx=page)
            with _unlocked(page):
                return names.run(do, *args, **kwargs)

        with ThreadPoolExecutor(1) as beside:
            return beside.submit(work).result()

    return to_the_end


def submit(
    label: str,
    do: Callable[[], Any],
    *,
    key: str,
    draw: Callable[..., Any] = st.button,
    then: Callable[[], Any] = st.rerun,
    **look: Any,
) -> None:
    """A button that does something with the fields above it, after which the page runs anew.

    Where `do` returns False the page stays as it stands, with what `do` drew; `then` leads to
    another page.
    """
    draw(label, key=key, on_click=press(_hold), args=(key,), **look)
    if key in _held() and press(_done)(key, do) is not False:
        then()


def take_up_every_request() -> None:
    """Has each run call its callbacks before it gives way to the next, once for the whole server.

    Streamlit's own gives way first, and with it goes what was pressed (seen with 1.67: about 4
    presses of 100 on a busy machine, followed by another within 20 ms).
    """
    setattr(SafeSessionState, SafeSessionState.on_script_will_rerun.__name__, _take_up)


def end_of_run() -> None:
    """Lets go of presses whose form a whole run has not shown any more."""
    st.session_state.pop(HELD, None)


def _take_up(session: SafeSessionState, *args: Any, **kwargs: Any) -> None:
    with session._lock:
        session._state.on_script_will_rerun(*args, **kwargs)


@contextmanager
def _unlocked(page: ScriptRunContext) -> Iterator[None]:
    """The session without its lock: the script's thread holds it in a callback, and waits."""
    locked = page.session_state
    page.session_state = SafeSessionState(locked._state, lambda: None)
    try:
        yield
    finally:
        page.session_state = locked


def _hold(key: str) -> None:
    st.session_state[HELD] = _held() | {key}


def _done(key: str, do: Callable[[], Any]) -> Any:
    st.session_state[HELD] = _held() - {key}
    return do()


def _held() -> frozenset[str]:
    held: frozenset[str] = st.session_state.get(HELD, frozenset())
    return held
