"""The launcher: `streamlit run app.py`.

The script that Streamlit runs is pages/_shell.py: were it beside the folder `pages`, a first visit
to a deep link on a fresh server would run the raw files of `pages` without it.
"""

import gc
import importlib
import pkgutil
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
import streamlit.net_util
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from pages.drawer import open_drawers
from pages.server import (
    connections,
    doorkeeper,
    feed_routes,
    garbage,
    left_sessions,
    scripts,
    weekly_backup,
)
from pages.server.admission import Admission
from pages.session import presses, stores
from pages.ui import download, lazy

FIRST_PAGE = 4  # seconds that the browser has the machine to itself
HERE = Path(__file__).resolve().parent


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Opens the store and loads what is heavy while the browser is still on its way.

    As long as it runs, what changes goes into the folders that feeds are written into, and each
    week's backup is made.
    """
    threading.Thread(target=_warm_up, daemon=True).start()
    async with open_drawers.closing_those_left(), left_sessions.letting_go():
        with (
            feed_routes.writing_folders(),
            weekly_backup.making_backups(),
            garbage.collecting(),
            OWN.by_links(),
        ):
            # It listens already, and a browser takes longer than what is left to do.
            threading.Thread(target=OWN.greet, daemon=True).start()
            yield


def _warm_up() -> None:
    for module in pkgutil.iter_modules([str(HERE / "pages" / "steps")], "pages.steps."):
        importlib.import_module(module.name)
    stores.suggested()
    importlib.import_module("pages.overview.weeks").warm_up()
    gc.freeze()  # else each full collection looks through what is loaded: 80 ms
    time.sleep(FIRST_PAGE)
    lazy.load_solver()  # the first change of a plan waits for it
    gc.freeze()


def _show_error(error: Exception) -> bool:
    from pages.frame import store_failure  # nobody waits for the page's parts before there is one

    return store_failure.show_error(error)


weekly_backup.say_if_changes_are_lost()
doorkeeper.require_passphrase()
connections.limit()
presses.take_up_every_request()
OWN = Admission()
# Else a foreign Origin has Streamlit ask a server elsewhere for this machine's address.
streamlit.net_util.get_external_ip = lambda: None

app = st.App(
    HERE / "pages" / "_shell.py",
    lifespan=lifespan,
    routes=[
        feed_routes.FEED_ROUTE,
        feed_routes.REVISION_ROUTE,
        download.ROUTE,
        open_drawers.ROUTE,
        scripts.ROUTE,
        Mount("/app/static", StaticFiles(directory=HERE / "static")),
    ],
    # `allowedHosts` alone guards nothing but the websocket.
    middleware=[
        Middleware(TrustedHostMiddleware, allowed_hosts=st.get_option("server.allowedHosts")),
        Middleware(doorkeeper.Doorway, own=OWN),
    ],
    on_script_error=_show_error,
)

if __name__ == "__main__":
    app.run()
