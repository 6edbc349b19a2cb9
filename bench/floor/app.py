"""The floor's launcher, tuned like Leavewell's: a warm-up beside the first visit, then a freeze."""

import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

HERE = Path(__file__).resolve().parent


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Loads what is heavy while the browser is still on its way."""
    threading.Thread(target=_warm_up, daemon=True).start()
    yield


def _warm_up() -> None:
    import altair  # noqa: F401  imported here so that the first page need not wait for it
    import pandas  # noqa: F401  the same

    gc.collect()
    gc.freeze()  # else a full collection after every run costs 80 ms per slider move


app = st.App(HERE / "_shell.py", lifespan=lifespan)
