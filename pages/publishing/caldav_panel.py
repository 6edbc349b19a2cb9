"""The panel of the Calendars page where a calendar on a server is set up, and forgotten."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages.session import context, presses, stores
from pages.session.presses import press
from pages.ui import markdown, notices
from rituals.calendars.caldav.errors import ServerError
from rituals.calendars.caldav.server import list_calendars
from rituals.model import wording
from rituals.model.calendar import Audience, Server
from rituals.model.household import Household
from rituals.security import keyring
from rituals.text import single_line

if TYPE_CHECKING:
    from rituals.calendars.caldav.client import OfferedCalendar

INTRO = """
Weeks can go straight into a calendar on a server, and what one of you moves, renames or lets go
there comes back into the plan. It is asked when you press a button here or on Sunday, never else.
"""
HINTS = """
- **iCloud**: `https://caldav.icloud.com`, with an app-specific password
- **Nextcloud**: `https://cloud.example/remote.php/dav`, with an app password
- **Fastmail**: `https://caldav.fastmail.com`, with an app password
- **Google** lets nobody in this way: take a file there.
"""
ADVICE = "One of its own is best, perhaps called “Us”: then what is ours is easy to tell apart."
KEPT = "This machine’s keyring keeps the password."
NOT_KEPT = "No keyring keeps the password here, so you are asked for it each time."
KEEPS = "Once it was taken there, the password lies in this machine’s keyring and nowhere else."
KEEPS_NOT = "This machine has no keyring: the password is kept nowhere and asked for each time."
WHAT_FORGETTING_MEANS = """
Its address, the password and what was taken there are forgotten here. What lies in that calendar
stays there.
"""
AT_HOME_ONLY = (
    "The sample couple keeps its weeks to itself; with your own, a server is set up here."
)
ANSWERED = "server answered"  # session: by audience, what was typed and the calendars found
TURN = "server asked"  # session: how often, so that a typed password has no field to stay in


def show(household: Household) -> None:
    """For each audience its calendar on a server, or a place to set one up."""
    st.markdown(INTRO)
    if stores.is_sample():
        st.caption(AT_HOME_ONLY)
        return
    servers = stores.own_store().load_servers()
    names = [markdown.plain(context.audience_name(audience, household)) for audience in Audience]
    for tab, audience in zip(st.tabs(names), Audience, strict=True):
        with tab:
            others = [server for of, server in servers.items() if of is not audience]
            _one(audience, servers.get(audience), others)


def _one(audience: Audience, server: Server | None, others: list[Server]) -> None:
    notices.show(f"server {audience}")
    if server is not None:
        _kept(server, others)
    elif audience in _answered():
        _choose(audience)
    else:
        _set_up(audience)


def _kept(server: Server, others: list[Server]) -> None:
    st.markdown(f"Weeks go to **{markdown.plain(server.name)}**.")
    st.caption(f"As {markdown.plain(server.login)} at {markdown.plain(server.url)}")
    st.caption(KEPT if keyring.is_available() else NOT_KEPT)
    with st.popover("Forget this server", key=f"server forgetting {server.audience}"):
        st.markdown(WHAT_FORGETTING_MEANS)
        key = f"server forget {server.audience}"
        st.button("Forget it", key=key, on_click=press(_forget), args=(server, others))


def _forget(server: Server, others: list[Server]) -> None:
    stores.own_store().remove_server(server.audience)
    keyring.delete_password(server, others)
    _say(server.audience, f"{server.name} is forgotten; what lies there stays there.")


def _set_up(audience: Audience) -> None:
    turn = st.session_state.setdefault(TURN, 0)
    with st.form(f"server {audience}", border=False):
        url = st.text_input(
            "Address of the server",
            placeholder="https://…",
            key=f"server url {audience}",
            autocomplete="off",
        )
        login = st.text_input("Login name", key=f"server login {audience}", autocomplete="off")
        password = st.text_input(
            "Password, or app password",
            type="password",
            key=f"server password {audience} {turn}",
            autocomplete="one-time-code",
        )
        presses.submit(
            "Look there",
            lambda: _look(audience, url.strip(), login.strip(), password),
            key=f"server look {audience}",
            draw=st.form_submit_button,
            icon=":material/search:",
        )
    st.caption(KEEPS if keyring.is_available() else KEEPS_NOT)
    with st.popover("What is my server’s address?", key=f"server addresses {audience}"):
        st.markdown(HINTS)


def _look(audience: Audience, typed: str, login: str, password: str) -> None:
    """Asks the server for its calendars; the password goes into the keyring, or is gone."""
    if not (typed and login and password):
        _say(audience, "An address, a login name and a password are needed to look there.")
        return
    url = _address(typed)
    try:
        with st.spinner("Looking there …"):
            found = list_calendars(url, login, password)
    except ServerError as refused:
        _say(audience, str(refused))
    else:
        _answered()[audience] = _as_strings(url, login, found)
        keyring.save_password(Server(audience, url, login, "", ""), password)
        _say(audience, "")


def _address(typed: str) -> str:
    """An address with its https, and without a login in it: it is kept, and a password is not."""
    scheme, apart, rest = typed.rpartition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme or 'https'}{apart or '://'}{host.rpartition('@')[2]}{slash}{path}"


def _as_strings(url: str, login: str, found: tuple[OfferedCalendar, ...]) -> dict[str, Any]:
    """The calendars found, as strings: classes change when a page is reloaded."""
    return {
        "url": url,
        "login": login,
        "offered": {f.calendar: single_line(f.name) for f in found if f.writable},
        "read only": [single_line(f.name) for f in found if not f.writable],
    }


def _choose(audience: Audience) -> None:
    """The calendars found on the server, one of them to be kept."""
    answer = _answered()[audience]
    offered: dict[str, str] = answer["offered"]
    st.caption(f"As {markdown.plain(answer['login'])} at {markdown.plain(answer['url'])}")
    if read_only := answer["read only"]:
        names = wording.listed([f"“{name}”" for name in read_only])
        st.caption(markdown.plain(f"{names} can only be read with this login."))
    chosen = None
    if offered:
        chosen = st.radio(
            "Into which calendar",
            list(offered),
            format_func=lambda calendar: markdown.plain(offered[calendar]),
            index=_like_us(offered),
            key=f"server calendar {audience}",
        )
        st.caption(ADVICE)
    else:
        st.markdown("Make one there that this login may write to, and look again.")
    with st.container(horizontal=True):
        at, key = (audience, answer["url"], answer["login"]), f"server take {audience}"
        if chosen:
            take = press(partial(_keep, Server(*at, chosen, offered[chosen])))
            st.button("Take this one", type="primary", key=key, on_click=take)
        leave = press(partial(_leave, Server(*at, "", "")))
        st.button("Not now", key=f"server not {audience}", on_click=leave)


def _keep(server: Server) -> None:
    stores.own_store().save_server(server)
    del _answered()[server.audience]
    _say(server.audience, f"Weeks go to “{server.name}” from now on, when you publish them.")


def _leave(server: Server) -> None:
    del _answered()[server.audience]
    keyring.delete_password(server, stores.own_store().load_servers().values())
    _say(server.audience, "")


def _like_us(offered: dict[str, str]) -> int | None:
    """The calendar that seems to be made for this; else none is taken for granted."""
    names = [name.casefold() for name in offered.values()]
    return next((n for n, name in enumerate(names) if name in ("us", "leavewell")), None)


def _answered() -> dict[str, dict[str, Any]]:
    answered: dict[str, dict[str, Any]] = st.session_state.setdefault(ANSWERED, {})
    return answered


def _say(audience: Audience, sentence: str) -> None:
    notices.say(f"server {audience}", sentence)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
