"""The weeks ahead, taken to a calendar on a server, and the changes made in it, taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

import streamlit as st

from pages.publishing import choices
from pages.session import edits, presses, stores
from pages.session.presses import press
from pages.ui import markdown, notices
from rituals.calendars.caldav import report
from rituals.calendars.caldav.diff import RemoteChange, SyncDiff
from rituals.calendars.caldav.errors import ServerError
from rituals.calendars.caldav.session import Side, StoppedError, SyncSession
from rituals.calendars.outgoing import checklist
from rituals.calendars.outgoing.ledger import meant_for
from rituals.model.calendar import Audience, Server
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.planning import agreement
from rituals.security import keyring
from rituals.store.errors import StoreError

LOOK = "Look there, then publish"
SIDES = {"there": "As it is there", "here": "As it is here"}
FEW = 3  # lines or choices that one sees at a glance
SEEN = "publishing seen"  # session: by audience, what the last look found, in words
REFUSED = "publishing refused"  # session: the audiences whose server did not do it
TYPED = "publishing typed"  # session: the audiences whose password is typed, keyring or not
TURN = "publishing asked"  # session: how often, so that a typed password has no field to stay in


def show(ahead: list[Plan], audience: Audience, household: Household) -> None:
    """The changes on either side, and a button that carries them over; nothing without a server."""
    server = None if stores.is_sample() else stores.own_store().load_servers().get(audience)
    if server is not None:
        with st.container(key="take-primary"):
            _one(server, ahead, household)


def _one(server: Server, ahead: list[Plan], household: Household) -> None:
    is_said = notices.show(f"publishing {server.audience}")
    if is_said and _state(REFUSED).get(server.audience) and _keyring_answers(server):
        st.button(
            "Type the password anew",
            type="tertiary",
            key=f"publishing anew {server.audience}",
            on_click=press(lambda: _state(TYPED).update({server.audience: True})),
        )
    seen = _state(SEEN).get(server.audience)
    if seen is None or seen["about"] != _about(server, ahead):
        kind = choices.weight(ahead)
        _button(server, LOOK, lambda word: _look(_session(server, word, ahead, household)), kind)
        st.caption(_through(server, ahead, household))
        return
    answers = _shown(seen, server.audience)
    if label := seen["label"]:
        carry = partial(_carry_out, answers=answers)
        _button(server, label, lambda word: carry(_session(server, word, ahead, household)))
    later = press(partial(_done, server.audience, ""))
    key = f"publishing later {server.audience}"
    st.button("Not now", type="tertiary", key=key, on_click=later)


def _through(server: Server, ahead: list[Plan], household: Household) -> str:
    whose = checklist.calendar_label(server.audience, household)
    count = sum(len(meant_for(agreement.ours(plan), server.audience)) for plan in ahead)
    waits = any(agreement.proposals(plan) for plan in ahead)
    rest = " · the rest once both of you said yes" if waits else ""
    name, label = markdown.plain(server.name), markdown.plain(whose)
    return f"through “{name}”, {label} · {checklist.events(count)}{rest}"


def _button(server: Server, label: str, do: Callable[[str], None], kind: str = "primary") -> None:
    """Does something with the password: the keyring's, else one that is typed."""
    key = f"publishing {label} {server.audience}"
    look: dict[str, Any] = {"type": kind, "width": "stretch"}

    def with_kept() -> None:
        kept = keyring.password_of(server)
        if kept is None:
            _state(TYPED)[server.audience] = True
        else:
            do(kept)

    if _keyring_answers(server):
        presses.submit(label, with_kept, key=key, **look)
        return
    turn = st.session_state.setdefault(TURN, 0)
    with st.form(f"publishing {server.audience}", border=False):
        typed = st.text_input(
            markdown.plain(f"Password of {server.login} at {urlsplit(server.url).hostname}"),
            type="password",
            autocomplete="one-time-code",
            key=f"publishing password {server.audience} {turn}",
        )

        def with_typed() -> None:
            if typed:
                do(typed)
            else:
                notices.say(f"publishing {server.audience}", "The password is needed for this.")

        presses.submit(label, with_typed, key=key, draw=st.form_submit_button, **look)


def _keyring_answers(server: Server) -> bool:
    return server.audience not in _state(TYPED) and keyring.is_available()


def _session(server: Server, password: str, ahead: list[Plan], household: Household) -> SyncSession:
    return SyncSession(stores.own_store(), household, server, password, tuple(ahead), stores.now())


def _look(session: SyncSession) -> None:
    """Keeps in words what is new on either side; the next step looks again by itself."""
    audience = session.server.audience
    try:
        with st.spinner("Looking there …"):
            diff = session.look()
    except (ServerError, StoreError) as why:
        _done(audience, str(why), refused=True)
        return
    if _state(TYPED).pop(audience, False):
        keyring.save_password(session.server, session.password)
    _state(SEEN)[audience] = _as_strings(diff, session)
    _next_turn()


def _as_strings(diff: SyncDiff, session: SyncSession) -> dict[str, Any]:
    """A diff as strings: classes change when a page is reloaded."""
    groups = report.groups(diff, session.household)
    pairs = [report.versions(changed, session.household) for changed in diff.conflicts]
    return {
        "about": _about(session.server, session.taking),
        "summary": report.summary(diff),
        "groups": [(group.heading, group.lines) for group in groups],
        "question": report.question(diff.conflicts),
        "both": [(pair.mark, pair.title, pair.remote, pair.local) for pair in pairs],
        "label": _label(diff),
    }


def _label(diff: SyncDiff) -> str:
    if diff.incoming and diff.steps:
        return "Take over and publish"
    if diff.incoming:
        return "Take it over"
    return "Publish" if diff.steps or diff.conflicts else ""


def _shown(seen: Mapping[str, Any], audience: Audience) -> dict[str, str]:
    """Draws what a look found; by mark, the side that stays where both were changed."""
    st.markdown(markdown.plain(seen["summary"]))
    answers = _conflicts(seen["question"], seen["both"], audience)
    for heading, lines in seen["groups"]:
        with st.expander(f"{heading} · {len(lines)}", expanded=len(lines) <= FEW):
            st.markdown("\n".join(f"- {markdown.plain(line)}" for line in lines))
    return answers


def _conflicts(
    question: str, both: list[tuple[str, str, str, str]], audience: Audience
) -> dict[str, str]:
    """By mark, the answers; many are answered all at once, or one by one."""
    if not both:
        return {}
    st.markdown(question)
    if len(both) <= FEW:
        return {pair[0]: side for pair in both if (side := _one_pair(*pair, audience))}
    of_all = _sides(f"All {len(both)} of them", f"publishing all {audience}")
    with st.expander("One by one"):
        sides = {pair[0]: _one_pair(*pair, audience) or of_all for pair in both}
    return {mark: side for mark, side in sides.items() if side}


def _one_pair(
    mark: str, title: str, version_there: str, version_here: str, audience: Audience
) -> str | None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{markdown.plain(title)}**")
        st.caption(
            f"There: {markdown.plain(version_there)}  \nHere: {markdown.plain(version_here)}"
        )
        return _sides(f"{title}: which one stays", f"publishing {audience} {mark}", hidden=True)


def _sides(label: str, key: str, *, hidden: bool = False) -> str | None:
    chosen: str | None = st.segmented_control(
        markdown.spoken(label),
        list(SIDES),
        format_func=SIDES.__getitem__,
        key=key,
        label_visibility="collapsed" if hidden else "visible",
    )
    return chosen


def _carry_out(session: SyncSession, answers: Mapping[str, str]) -> None:
    """Takes over the server's changes, then publishes the weeks; leaves a sentence about it."""

    def answer(changed: RemoteChange) -> Side | None:
        side = answers.get(report.mark(changed))
        return Side(side) if side else None

    bar = st.progress(0.0, "Looking there …")

    def progress(done: int, steps: int) -> None:
        bar.progress(done / steps, f"{done} of {steps}")

    refused = False
    try:
        what = session.both_ways(answer, progress)
        if what.pulled:
            edits.forget_steps()
        sentence = report.result_sentence(what, session.server.name)
    except StoppedError as why:
        sentence = report.stopped_sentence(why)
    except (ServerError, StoreError) as why:
        refused, sentence = True, str(why)
    _done(session.server.audience, sentence, refused=refused)


def _about(server: Server, ahead: list[Plan] | tuple[Plan, ...]) -> str:
    """A word for the weeks and their calendar: a look that found something is about these alone."""
    lying = [
        (str(plan.week), plan.sitter, o.id, o.sequence)
        for plan in ahead
        for o in agreement.ours(plan)
    ]
    return f"{server.calendar} {crc32(repr(lying).encode())}"


def _done(audience: Audience, sentence: str, *, refused: bool = False) -> None:
    _state(SEEN).pop(audience, None)
    _state(REFUSED)[audience] = refused
    notices.say(f"publishing {audience}", sentence)
    _next_turn()


def _next_turn() -> None:
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _state(name: str) -> dict[str, Any]:
    state: dict[str, Any] = st.session_state.setdefault(name, {})
    return state
