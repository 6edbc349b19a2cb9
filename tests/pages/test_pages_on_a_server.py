"""The pages of a household in PostgreSQL: each opens, also after it was away."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.session import stores
from tests.conftest import sample_couple
from tests.support.notation import today_at_home
from tests.support.paths import SHELL
from tests.support.postgres import empty

PAGES = {
    "our_weeks.py": "Our weeks",
    "our_rituals.py": "Our rituals",
    "surprises.py": "Surprises",
    "calendars.py": "Calendars",
    "household.py": "Household",
}


@pytest.fixture
def there(ready, monkeypatch):
    """The sample couple on a server, in the store that the pages take for their own."""
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", ready)
    store = stores.own_store()
    couple = sample_couple(today_at_home())
    store.fill(couple.household, (), couple.plans)
    yield store
    empty(store.engine)
    store.engine.dispose()


def opened():
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.context["timezone"] = "Europe/Berlin"
    return at.run()


def test_every_page_opens(there):
    at = opened()

    assert ["The week of"] == [at.title[0].value[:11]]
    for page, title in PAGES.items():
        at.switch_page(page).run()

        assert (title, [], []) == (at.title[0].value, list(at.exception), list(at.error))
    assert there.engine.url.database in at.code[0].value


def test_the_household_page_tells_where_the_store_is_without_its_password(there, monkeypatch):
    hidden = "rosemary"
    address = there.engine.url.set(password=hidden)
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", address.render_as_string(hide_password=False))
    at = opened().switch_page("household.py").run()

    assert ([], 1) == (list(at.exception), len(at.code))
    assert f"us:***@/{address.database}" in at.code[0].value
    assert hidden not in str(at)


def test_a_page_is_there_again_once_its_server_is_back(there, postgres):
    postgres.stop()
    away = opened()
    postgres.start()
    back = opened()

    assert "postgresql" == there.engine.dialect.name
    assert 1 == len(away.exception)  # which the launcher turns into its one sentence
    assert [] == [*back.error, *back.exception]
    assert "The week of" == back.title[0].value[:11]
