"""A file is made when it is asked for, and whoever gets none gets a sentence."""

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from pages.ui import download
from rituals.store.errors import StoreError


def script():
    import streamlit as st

    from pages.ui import download

    made = st.session_state.setdefault("made", [])
    number = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    file = download.File("week.txt", "text/plain", lambda: made.append(1) or b"run %d" % number)
    download.show("Take it", None if number == 3 else file, "take")


@pytest.fixture
def visit():
    return AppTest.from_function(script).run()


def asked(token):
    request = Request({"type": "http", "path_params": {"token": token}})
    return download.serve(request)


def token(visit):
    return visit.session_state["take offered"].token


def test_nothing_is_made_before_it_is_asked_for(visit):
    assert [] == visit.session_state["made"]
    assert (200, b"run 1") == (asked(token(visit)).status_code, asked(token(visit)).body)


def test_the_newest_run_has_the_last_word(visit):
    before = token(visit)
    visit.run()

    assert b"run 2" == asked(before).body


def test_a_file_comes_under_its_name_and_is_kept_nowhere(visit):
    told = asked(token(visit)).headers

    assert "attachment; filename*=utf-8''week.txt" == told["content-disposition"]
    assert "no-store" == told["cache-control"]


def test_a_button_that_is_grey_or_unknown_brings_a_sentence(visit):
    visit.run().run()

    for word in (token(visit), "unknown"):
        assert (404, download.GONE) == (asked(word).status_code, asked(word).body.decode())


def test_it_goes_with_the_visit(visit):
    before = token(visit)
    del visit.session_state["take offered"]

    assert 404 == asked(before).status_code


@pytest.mark.parametrize(
    ("fault", "expected"),
    [(StoreError("The store is away."), "The store is away."), (ValueError(), download.BROKE)],
)
def test_what_goes_wrong_is_one_sentence(visit, fault, expected):
    def breaks():
        raise fault

    offered = visit.session_state["take offered"]
    offered.file = offered.file._replace(make=breaks)

    assert expected == asked(offered.token).body.decode()
