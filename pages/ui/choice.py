"""Options by name, in a row or a list, one of which is always taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import streamlit as st

K = TypeVar("K")


def one_of(label: str, names: Mapping[K, str], begun: K, key: str, **how: Any) -> K:
    """The option that is taken, from the beginning `begun`; `how` goes to Streamlit as it is.

    The names are markdown, and no two may be alike: a browser names an option by the text it shows.
    """
    taken: K = st.segmented_control(
        label,
        list(names),
        default=begun,
        format_func=names.__getitem__,
        key=key,
        required=True,
        **how,
    )
    return taken


def quietly_one_of(label: str, names: Mapping[K, str], begun: K, key: str, **how: Any) -> K:
    """The option that is taken, as `one_of` draws it, with a label that is only read aloud."""
    return one_of(label, names, begun, key, label_visibility="collapsed", **how)


def one_of_many(label: str, names: Mapping[K, str], begun: K, key: str, **how: Any) -> K:
    """The option that is taken from a list, which has room for more of them than a row."""
    options = list(names)
    taken: K = st.selectbox(
        label,
        options,
        index=options.index(begun),
        format_func=names.__getitem__,
        key=key,
        **how,
    )
    return taken
