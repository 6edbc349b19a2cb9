"""What a guest on the network may not do: name files and folders of the server's machine."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.session import calendar_refresh, visitor
from rituals.model.household import ONE
from tests.support.notation import a_household


def folder_fields():
    from pages.publishing import feed_panel
    from rituals.model.calendar import Audience, Feed
    from tests.support.notation import a_household

    feed_panel._folder(Feed(Audience.SHARED), a_household())


@pytest.fixture(params=[True, False])
def guest(request, monkeypatch):
    monkeypatch.setattr(visitor, "is_guest", lambda: request.param)
    return request.param


def test_a_guest_names_no_file_of_this_machine(guest, tmp_path):
    said = calendar_refresh.add_place(ONE, str(tmp_path / "none.ics"), a_household())

    assert guest == (visitor.ONLY_HERE == said)


@pytest.mark.usefixtures("empty")
def test_a_guest_names_no_folder_of_this_machine(guest):
    at = AppTest.from_function(folder_fields).run()

    assert guest == (not at.text_input)
