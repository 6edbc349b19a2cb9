"""Address at which Leavewell is reached: on this machine alone, or at home too."""

from __future__ import annotations

import socket

import streamlit as st

HERE = ("127.0.0.1", "localhost", "::1")
ANYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 what to look for, not where to listen
USUAL_PORT = 8501
NOWHERE = ("192.0.2.1", 9)  # an address that is nobody's (RFC 5737)


def is_local_only() -> bool:
    """True if it answers to this machine alone."""
    return st.get_option("server.address") in HERE


def own_address() -> str:
    """Address under which a browser at the machine itself finds it."""
    address = st.get_option("server.address") or ""
    host = HERE[0] if address in ANYWHERE else address
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    port = st.get_option("server.port")
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"


def home_address() -> str:
    """Host and port under which the home network finds it."""
    address = st.get_option("server.address") or ""
    host = (_guessed() or HERE[0]) if address in ANYWHERE else address
    return f"{host}:{st.get_option('server.port')}"


def planned_home_address() -> str:
    """Host and port under which it would be found once started with `start_command`."""
    return f"{_likely_address()}:{st.get_option('server.port')}"


def start_command() -> str:
    """Shell command that starts it so that the home network finds it."""
    port = st.get_option("server.port")
    more = "" if port == USUAL_PORT else f" PORT={port}"
    return f"make run ADDRESS={_likely_address()}{more}"


def _likely_address() -> str:
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
