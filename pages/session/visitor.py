"""The place of this visit's browser: the machine that Leavewell runs on, or another one."""

from __future__ import annotations

import streamlit as st

GUEST = "x-leavewell-guest"  # the header that the doorkeeper gives to each request of a guest
ONLY_HERE = "Files and folders of this machine can be named at the machine itself."


def is_guest() -> bool:
    """True for a browser that came by the passphrase, and by no link at the machine itself."""
    return GUEST in st.context.headers
