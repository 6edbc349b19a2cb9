"""The last answer that was given somewhere on a page, and its way back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from pages.session import edits
from pages.session.presses import press
from pages.ui import markdown
from rituals.model.plan import Plan


@dataclass(frozen=True)
class _Answer:
    """A sentence on what was answered, and the week after it."""

    sentence: str
    after: Plan


def keep(where: str, sentence: str, after: Plan) -> None:
    """Keeps an answer given somewhere, in place of the one before."""
    st.session_state[_key(where)] = _Answer(sentence, after)


def show(where: str, shown: Iterable[Plan]) -> None:
    """Draws the last answer given there, with its way back, while its week is as it left it.

    `shown` are the weeks that one sees beside it.
    """
    answer: _Answer | None = st.session_state.get(_key(where))
    if answer is None or answer.after not in shown:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(markdown.plain(answer.sentence), width="content")
        st.button(
            "Undo",
            key=f"{where} undo",
            icon=":material/undo:",
            on_click=press(edits.go_back),
            args=(answer.after.week,),
        )


def _key(where: str) -> str:
    return f"{where} answered"
