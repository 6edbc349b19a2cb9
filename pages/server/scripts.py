"""Our own scripts for the browser, loaded once and looked for anew with each page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

FOLDER = Path(__file__).resolve().parents[2] / "static" / "scripts"


class _Scripts(StaticFiles):
    """Files that a browser asks for again, so that none outlives its version of the pages."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


ROUTE = Mount("/app/scripts", _Scripts(directory=FOLDER))
