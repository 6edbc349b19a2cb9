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
    """A file to be made, and what is said of it."""

    name: str
    mime: str
    make: Callable[[], bytes]  # called in another thread, as often as somebody presses
    told: str = ""  # under a hand that rests on the button


@dataclass
class Offered:
    """What one button of one visit brings; it goes with the visit."""

    token: str
    file: File | None = None


def show(
    label: str, file: File | None, key: str, kind: str = "secondary", icon: str = "download"
) -> None:
    """Draws the button, grey where there is no file; `kind` and `icon` are Streamlit's words."""
    there = _offered(key)
    there.file = file
    data = {
        "label": label,
        "where": f"{PLACE}/{there.token}",
        "name": file.name if file else "",
        "told": file.told if file else "",
        "off": file is None,
        "kind": kind,
        "icon": icon,
    }
    _BUTTON(key=key, data=data, width="content")


def bring(request: Request) -> Response:
    """The file that a button brings, or one sentence that says why there is none."""
    there = _OFFERED.get(request.path_params["token"])
    file = there.file if there else None
    if file is None:
        return _told(GONE, 404)
    try:
        content = file.make()
    except StoreError as refused:
        return _told(str(refused), 503)
    except Exception as error:  # whatever it is, the hand that waits is to hear of it
        logging.getLogger("leavewell").error("A file could not be made.", exc_info=error)
        return _told(BROKE, 500)
    named = {"Content-Disposition": f"attachment; filename*=utf-8''{quote(file.name)}"}
    return Response(content, headers=QUIET | named, media_type=file.mime)


def _offered(key: str) -> Offered:
    """The same for all runs of a visit: a press brings what the newest of them would."""
    there: Offered = st.session_state.setdefault(f"{key} offered", Offered(token_urlsafe(32)))
    _OFFERED[there.token] = there
    return there


def _told(sentence: str, status: int) -> Response:
    return Response(sentence, status, QUIET, "text/plain; charset=utf-8")


PLACE = "/file"
ROUTE = Route(f"{PLACE}/{{token}}", bring)
_OFFERED: WeakValueDictionary[str, Offered] = WeakValueDictionary()
_BUTTON = st.components.v2.component(
    "leavewell_file",
    html='<button type="button"><i aria-hidden="true"></i><span></span></button>'
    '<p role="alert"></p>',
    css=(HERE / "download.css").read_text("utf-8"),
    js=(HERE / "download.js").read_text("utf-8"),
)
