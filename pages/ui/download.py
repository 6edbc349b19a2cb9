"""A button that brings a file: it is made when the browser asks for it, and not before.

Streamlit's own button keeps a file made that late only until pages were drawn anew twice, on this
screen or another: a browser that takes longer finds nothing. Here the answer is the file.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import NamedTuple
from urllib.parse import quote
from weakref import WeakValueDictionary

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rituals.store.errors import StoreError

HERE = Path(__file__).parent
QUIET = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
GONE = "This page is from before; please reload it and press once more."
BROKE = "The file could not be made just now. Please press once more."


class File(NamedTuple):
    """A file to be made, and the help text of its button."""

    name: str
    mime: str
    make: Callable[[], bytes]  # called in another thread, as often as somebody presses
    help: str = ""  # under a hand that rests on the button


@dataclass
class Offered:
    """The file that one button of one visit brings; it goes with the visit."""

    token: str
    file: File | None = None


def show(  # noqa: PLR0913 - all but the first three have a default
    label: str,
    file: File | None,
    key: str,
    kind: str = "secondary",
    icon: str = "download",
    *,
    large: bool = False,
) -> Offered:
    """Draws the button, grey without a file; `kind` and `icon` are Streamlit's own values.

    A large one takes the whole width. Without its file, what is offered answers no more.
    """
    offered = _offered(key)
    offered.file = file
    data = {
        "label": label,
        "where": f"{PLACE}/{offered.token}",
        "name": file.name if file else "",
        "told": file.help if file else "",
        "off": file is None,
        "kind": f"{kind} large" if large else kind,
        "icon": icon,
    }
    _BUTTON(key=key, data=data, width="stretch" if large else "content")
    return offered


def serve(request: Request) -> Response:
    """Answers with a button's file, or with one sentence: 404 gone, 503 no store, 500 failed."""
    offered = _OFFERED.get(request.path_params["token"])
    file = offered.file if offered else None
    if file is None:
        return _plain_answer(GONE, 404)
    try:
        content = file.make()
    except StoreError as refused:
        return _plain_answer(str(refused), 503)
    except Exception as error:  # whatever it is, the hand that waits is to hear of it
        logging.getLogger("leavewell").error("A file could not be made.", exc_info=error)
        return _plain_answer(BROKE, 500)
    named = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(file.name)}"}
    return Response(content, headers=QUIET | named, media_type=file.mime)


def _offered(key: str) -> Offered:
    """One offer for all runs of a visit: a press brings the newest run's file."""
    offered: Offered = st.session_state.setdefault(f"{key} offered", Offered(token_urlsafe(32)))
    _OFFERED[offered.token] = offered
    return offered


def _plain_answer(sentence: str, status: int) -> Response:
    return Response(sentence, status, QUIET, "text/plain; charset=utf-8")


PLACE = "/file"
ROUTE = Route(f"{PLACE}/{{token}}", serve)
_OFFERED: WeakValueDictionary[str, Offered] = WeakValueDictionary()
_BUTTON = st.components.v2.component(
    "leavewell_file",
    html='<button type="button"><i aria-hidden="true"></i><span></span></button>'
    '<p role="alert"></p>',
    css=(HERE / "download.css").read_text("utf-8"),
    js=(HERE / "download.js").read_text("utf-8"),
)
