"""Where Leavewell is reached: on this machine alone, or at home too."""

from __future__ import annotations

import socket

import streamlit as st

HERE = ("127.0.0.1", "localhost", "::1")
ANYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 what to look for, not where to listen
USUAL_PORT = 8501
NOWHERE = ("192.0.2.1", 9)  # an address that is nobody's (RFC 5737)


def is_here_alone() -> bool:
    """Whether it answers to this machine alone."""
    return st.get_option("server.address") in HERE


def home() -> str:
    """The name and port under which the home network finds it."""
    address = st.get_option("server.address") or ""
    known = (_guessed() or HERE[0]) if address in ANYWHERE else address
    return f"{known}:{st.get_option('server.port')}"


def home_to_be() -> str:
    """The same, as it would be once it is started with the command."""
    return f"{_address()}:{st.get_option('server.port')}"


def command() -> str:
    """What starts it so that the home network finds it."""
    port = st.get_option("server.port")
    more = "" if port == USUAL_PORT else f" PORT={port}"
    return f"make run ADDRESS={_address()}{more}"


def _address() -> str:
    return _guessed() or "192.168.…"


def _guessed() -> str:
    """The likely address of this machine at home, or "": which one it would speak from.

    Connecting a socket of this kind only looks that up; nothing is sent.
    """
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            one.connect(NOWHERE)
            found = str(one.getsockname()[0])
    except OSError:
        return ""
    return "" if found in (*HERE, *ANYWHERE) else found
