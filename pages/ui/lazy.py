"""Libraries that are heavy, loaded when they are first waited for."""

from __future__ import annotations

from threading import Lock

LOADING = Lock()  # held while pandas is half loaded


def load_solver() -> None:
    """Loads what placing a week waits for, and pandas with it."""
    with LOADING:
        import ortools.sat.python.cp_model  # noqa: F401
