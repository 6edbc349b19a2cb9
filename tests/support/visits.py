"""A browser's visit to one of the pages."""

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.support.paths import SHELL


def at_its_address(page: str) -> AppTest:
    """The visit of somebody who opens a page at its own address; its first run is still to come.

    AppTest itself knows the addresses after a first run only, which is one of the Sunday page.
    """
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    if page != "sunday.py":  # the one without a name in its address
        at._page_hash = calc_hash(page.removesuffix(".py").replace("_", "-"))
    return at
