"""Options by name, in a row or a list, one of which is always taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import streamlit as st

K = TypeVar("K")
REMEMBERED = "choices remembered"  # session: by key, what was taken last


def one_of(
    label: str, names: Mapping[K, str], begun: K, key: str, *, remembers: bool = False, **how: Any
) -> K:
    """The option that is taken, from the beginning `begun`; `how` goes to Streamlit as it is.

    The names are markdown, and no two may be alike: a browser names an option by the text it shows.
    One that `remembers` is the same when its page was left and is back. Streamlit's `persist_state`
    tells the browser which one that is, and so overrides what is pressed meanwhile.
    """
    if remembers and (was := remembered(key)) in names:
        begun = was
    taken: K = st.segmented_control(
        label,
        list(names),
        default=begun,
        format_func=names.__getitem__,
        key=key,
        required=True,
        **how,
    )
    if remembers:
        _remember(key, taken)
    return taken


def remembered(key: str) -> Any:
    """The option that one of the choices that remember had last; None before the first."""
    return st.session_state.get(REMEMBERED, {}).get(key)


def take(key: str, option: object) -> None:
    """Takes an option of a choice that remembers, whether it is drawn or not."""
    _remember(key, option)
    if key in st.session_state:
        st.session_state[key] = option


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


def _remember(key: str, option: object) -> None:
    st.session_state[REMEMBERED] = st.session_state.get(REMEMBERED, {}) | {key: option}
