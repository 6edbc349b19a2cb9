"""Who sits here: the choice above each page."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.session import stores, who
from pages.ui import markdown
from rituals.model.household import ONE, TWO
from tests.pages.test_pages import PAGES, SHELL, opened
from tests.support.notation import a_household

pytestmark = pytest.mark.usefixtures("store")

NAMES = ("Maya", "Jonas")
LONG = "Maximiliane " * 6 + "Montague"  # 80 letters


def choice(at):
    return at.get_by_key(who.WHO)


def sits(at, label):
    """Somebody sits down: the choice that bears this label is tapped."""
    options = choice(at).options
    choice(at).set_value((who.BOTH, ONE, TWO)[options.index(label)]).run()
    assert not at.exception
    return at


def at_home(store, *names, **more):
    store.save_household(a_household(names=names or NAMES, **more))
    return opened()


def sitting(at):
    chosen = at.session_state[who.WHO]
    return (chosen,) if chosen else (ONE, TWO)


def test_both_sit_here_until_a_name_is_tapped(store):
    at = at_home(store)

    assert ["Both of us", "Maya", "Jonas"] == choice(at).options
    assert (ONE, TWO) == sitting(at)
    assert (TWO,) == sitting(sits(at, "Jonas"))
    assert (ONE, TWO) == sitting(sits(at, "Both of us"))


def test_who_sits_here_stays_on_every_page(store):
    at = sits(at_home(store), "Maya")
    by_page = {page: sitting(at.switch_page(page).run()) for page in PAGES}

    assert dict.fromkeys(PAGES, (ONE,)) == by_page


@pytest.mark.parametrize("name", ["*Maya* :red[x]", "![](http://evil.invalid/z.png)", LONG, "1."])
def test_a_name_is_shown_as_it_is_written(store, name):
    at = at_home(store, name, "Jonas")

    assert ["Both of us", markdown.plain(name), "Jonas"] == choice(at).options
    assert (ONE,) == sitting(sits(at, markdown.plain(name)))


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("Sam", "Sam"), ["Sam · one", "Sam · two"]),
        (("Sam", " Sam"), ["Sam · one", "Sam · two"]),
        (("Both of us", "Sam"), ["Both of us · one", "Sam · two"]),
    ],
)
def test_two_names_alike_can_be_told_apart(store, names, shown):
    at = at_home(store, *names)

    assert ["Both of us", *shown] == choice(at).options
    assert (TWO,) == sitting(sits(at, shown[1]))
    assert (ONE,) == sitting(sits(at, shown[0]))


def test_a_partner_who_gets_another_name_still_sits_here(store):
    at = sits(at_home(store), "Jonas")
    store.save_household(a_household(names=("Maya", "Johannes")))
    at.run()

    assert ["Both of us", "Maya", "Johannes"] == choice(at).options
    assert (TWO,) == sitting(at)


@pytest.mark.parametrize(
    ("address", "expected"),
    [("Maya", (ONE,)), ("Jonas", (TWO,)), ("xyz", (ONE, TWO)), ("", (ONE, TWO))],
)
def test_an_address_says_who_sits_here_and_an_unknown_one_is_for_both(store, address, expected):
    store.save_household(a_household(names=NAMES))
    at = AppTest.from_file(str(SHELL), default_timeout=60)
    at.query_params["who"] = address
    at.run()

    assert not at.exception
    assert expected == sitting(at)


def test_nobody_is_asked_on_the_welcome():
    assert [] == [group for group in opened().button_group if group.key == who.WHO]


def test_one_who_looks_around_sits_with_the_sample_couple(store):
    at = at_home(store, "Ada", "Bo")
    at.session_state[stores.SAMPLE] = True
    at.run()

    assert ["Both of us", "Maya", "Jonas"] == choice(at).options
    assert (TWO,) == sitting(sits(at, "Jonas"))
    next(b for b in at.button if b.label == "Back to our own").click().run()
    assert ["Both of us", "Ada", "Bo"] == choice(at).options
    assert (ONE, TWO) == sitting(at)
