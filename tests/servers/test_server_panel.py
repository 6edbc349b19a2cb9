"""Setting up a calendar on a server, as the Calendars page does it, at a real one."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from rituals.model.calendar import Audience, Server
from rituals.security import keyring

SCRIPT = """
from pages.publishing import caldav_panel
from pages.session import context
caldav_panel.show(context.household())
"""


@pytest.fixture
def ours(empty, keyring_file):
    del keyring_file
    return empty


def opened():
    at = AppTest.from_string(SCRIPT, default_timeout=30).run()
    assert not at.exception
    return at


def pressed(at, label, number=0):
    [b for b in at.button if b.label == label][number].click().run()
    assert not at.exception
    return at


def looked(account, *, url="", typed="", audience=Audience.SHARED):
    """The panel after somebody has typed what their server asks for."""
    at = opened()
    at.get_by_key(f"server url {audience}").set_value(url or account.url)
    at.get_by_key(f"server login {audience}").set_value(account.user)
    field = next(f for f in at.text_input if f.key.startswith(f"server password {audience}"))
    field.set_value(typed or account.password)
    at.get_by_key(f"server look {audience}").click().run()
    assert not at.exception
    return at


def held(at):
    """All that the session holds, whatever it is called."""
    state = vars(at.session_state)["_state"]._state
    return f"{state._new_session_state} {state._new_widget_state.states} {state._old_state}"


def secret(account):
    """The part of a password that no way of writing changes."""
    return account.password.split()[1]


def said(at):
    return [info.value.replace("\\", "") for info in at.info]


def shown(at):
    """Everything there is to read."""
    return " ".join(
        e.value.replace("\\", "") for e in (*at.markdown, *at.caption, *at.info, *at.subheader)
    )


def test_it_offers_the_calendars_that_may_be_written_and_names_the_others(ours, account):
    del ours
    at = looked(account)

    assert ["Us", "Work"] == at.radio[0].options
    assert "“Holidays” can only be read with this login." in shown(at)


def test_a_calendar_called_us_is_proposed_and_kept_where_somebody_takes_it(ours, account):
    at = pressed(looked(account), "Take this one")

    assert {
        Audience.SHARED: Server(Audience.SHARED, account.url, account.user, account.us, "Us")
    } == ours.load_servers()
    assert ["Weeks go to “Us” from now on, when you publish them."] == said(at)
    assert "Weeks go to **Us**." in shown(at)


def test_each_partner_has_a_server_of_their_own(ours, account):
    pressed(looked(account, audience=Audience.TWO), "Take this one")

    assert [Audience.TWO] == list(ours.load_servers())


def test_the_password_is_in_the_keyring_alone(ours, account, keyring_file, caplog):
    caplog.set_level("DEBUG")
    at = pressed(looked(account), "Take this one")
    (kept,) = ours.load_servers().values()

    assert [account.password] == list(json.loads(keyring_file.read_text()).values())
    assert secret(account) not in held(at) + repr(kept) + caplog.text


def test_right_after_looking_the_session_no_longer_holds_the_password(ours, account):
    del ours
    refused = looked(account, typed="not-the-one")
    found = looked(account)

    assert "not-the-one" not in held(refused)
    assert secret(account) not in held(found)
    assert account.user in held(found)


def test_what_the_server_refuses_is_one_sentence_and_what_was_typed_stays_but_the_password(
    ours, account, keyring_file
):
    at = looked(account, typed="not-the-one")

    assert 1 == len(said(at))
    assert "did not take this name and password" in said(at)[0]
    assert (account.url, account.user, "") == tuple(f.value for f in at.text_input[:3])
    assert ({}, False) == (ours.load_servers(), keyring_file.exists())


@pytest.mark.parametrize(
    "typed",
    ["http://127.0.0.1:1/", "nowhere", "http://[::1", "ftp://x/", "maya:tea@nowhere.invalid"],
)
def test_an_address_without_a_server_is_one_sentence(ours, account, typed):
    del ours
    at = looked(account, url=typed)

    assert 1 == len(said(at))
    assert "tea" not in shown(at)


def test_a_password_typed_into_the_address_is_left_out_of_it(ours, account):
    pressed(looked(account, url=account.url.replace("//", "//maya:tea@")), "Take this one")

    assert [account.url] == [server.url for server in ours.load_servers().values()]


def test_nothing_is_asked_without_address_name_and_password(ours):
    del ours
    at = pressed(opened(), "Look there")

    assert ["An address, a login name and a password are needed to look there."] == said(at)


def test_not_now_keeps_nothing(ours, account, keyring_file):
    at = pressed(looked(account), "Not now")

    assert ({}, {}) == (ours.load_servers(), json.loads(keyring_file.read_text()))
    assert 3 == [b.label for b in at.button].count("Look there")


def test_forgetting_a_server_forgets_its_password_too(ours, account):
    at = pressed(looked(account), "Take this one")
    (server,) = ours.load_servers().values()
    at = pressed(at, "Forget it")

    assert ({}, None) == (ours.load_servers(), keyring.password_of(server))
    assert ["Us is forgotten; what lies there stays there."] == said(at)


def test_a_login_that_another_calendar_goes_by_keeps_its_password(ours, account):
    pressed(looked(account), "Take this one")
    at = pressed(looked(account, audience=Audience.ONE), "Take this one")
    pressed(at, "Forget it")
    (left,) = ours.load_servers().values()

    assert account.password == keyring.password_of(left)


def test_a_system_without_a_keyring_is_said_before_and_after(empty, account, no_keyring):
    del empty, no_keyring
    before = shown(opened())
    at = pressed(looked(account), "Take this one")

    assert "This machine has no keyring: the password is kept nowhere" in before
    assert "No keyring keeps the password here, so you are asked for it each time." in shown(at)


def test_names_of_calendars_are_shown_as_they_are(ours, account):
    del ours
    odd = account.url + f"{account.user}/odd/"
    account.in_calendar(odd).make("Us :red[{0}] &lt;b&gt;")
    at = looked(account)

    assert "Us :red[{0}] <b>" in [option.replace("\\", "") for option in at.radio[0].options]


def test_the_sample_couple_has_no_server(store):
    del store
    at = AppTest.from_string(SCRIPT, default_timeout=60)
    at.session_state["sample"] = True
    at.run()

    assert not at.exception
    assert [] == list(at.button)
