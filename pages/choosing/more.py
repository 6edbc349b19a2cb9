"""More rituals for a week: all there are, found by words, kind and length, and added at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from pages.choosing import evidence, lines, now_and_then, wishlist
from pages.session import choices, context, stores
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import wording
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.ritual import Ritual, by_age, fitting, possible, suits
from rituals.planning.choices import shelf, suggestions
from rituals.planning.choices.shelf import Length, Search

WISHED, NEW, RARE = "You both wished for this", "Something new", "Now and then"
OPEN = "more rituals"  # session: whether they are shown
SHOWN = "sunday rituals shown"  # session: the kind that is shown, or one of the above
WORDS, LENGTH, NO_SITTER = "more words", "more length", "more no sitter"
AS_FAR = "more as far"  # session: what was looked for, and how many of it are shown
AT_ONCE = 8


def show(plan: Plan, household: Household) -> None:
    """The closed section, and in it, once it is open, what one looks for and finds."""
    closed = st.expander("More rituals", icon=":material/search:", key=OPEN, on_change="rerun")
    if not closed.open:
        return
    with closed, st.container(key="more", gap="xsmall"):
        search, rituals = _search(household), _of_kind(plan, household)
        _cards(search.found(rituals), (search, st.session_state.get(SHOWN)), plan, household)


def _search(household: Household) -> Search:
    words = st.text_input(
        "Search",
        key=WORDS,
        placeholder="Search",
        label_visibility="collapsed",
        max_chars=80,
        autocomplete="off",
    )
    length = st.pills("How long", [*Length], key=LENGTH, label_visibility="collapsed", wrap=True)
    no_sitter = household.children and st.checkbox("Needs no sitter", key=NO_SITTER)
    return Search(words, length, no_sitter)


def _of_kind(plan: Plan, household: Household) -> list[Ritual]:
    """The rituals of the kind that is taken; of every kind where none is."""
    year, all_of_them = plan.week.year, context.rituals().values()
    ours = by_age(fitting(all_of_them, household), household, year)
    if away := shelf.away_all_week(plan.week, household):
        name = markdown.plain(household.name(away))
        st.caption(f"{name} is away this week: what needs the two of you waits.")
        ours = shelf.possible_while_away(ours)
    wished, rare = wishlist.common(household), _rare(all_of_them, household)
    kinds = {wording.KINDS[kind]: [r for r in ours if r.kind is kind] for kind in household.kinds()}
    new = [r for r in ours if suits(r, household, year) and not r.secret]  # no week tells of those
    offered = {**kinds, **({WISHED: wished} if wished else {}), RARE: rare, NEW: new}
    shown = _choose(offered)
    if shown == NEW:
        return _something_new(plan, new)
    if shown == RARE:
        st.caption("What you switch on comes into its weeks by itself, as often as it says.")
    return offered[shown] if shown else ours


def _choose(offered: Mapping[str, object]) -> str | None:
    """The kind that is shown: as it was, unless it is no longer offered."""
    if st.session_state.get(SHOWN) not in offered:
        st.session_state[SHOWN] = None
    shown: str | None = st.pills(
        "Show", list(offered), key=SHOWN, label_visibility="collapsed", wrap=True
    )
    return shown


def _rare(rituals: Iterable[Ritual], household: Household) -> list[Ritual]:
    """Rituals that come less often than every week, those that are kept first."""
    ours = possible(rituals, household)
    return sorted((r for r in ours if not r.rhythm.is_weekly), key=lambda r: not r.kept)


def _something_new(plan: Plan, fitting: list[Ritual]) -> list[Ritual]:
    """One that has rested and one that never was, each with a sentence."""
    last = stores.store().last_times(plan.week)
    rested, never = suggestions.something_new(fitting, last, plan.week)
    if rested:
        st.caption(f"{markdown.plain(rested.title)} has rested for a while.")
    if never:
        st.caption(f"{markdown.plain(never.title)} would be a first.")
    return [ritual for ritual in (rested, never) if ritual]


def _cards(
    found: list[Ritual], looked_for: tuple[Search, object], plan: Plan, household: Household
) -> None:
    if not found:
        st.caption("Nothing like that. Fewer words may find it.")
    before, many = st.session_state.get(AS_FAR, (None, 0))
    shown = many if before == looked_for else AT_ONCE
    chosen = {choice.ritual for choice in plan.choices}
    for ritual in found[:shown]:
        _card(ritual, plan, household, chosen=ritual.id in chosen)
    if len(found) > shown:
        further = looked_for, shown + AT_ONCE
        st.button(
            "Show more",
            key="more show more",
            type="tertiary",
            on_click=press(lambda: st.session_state.update({AS_FAR: further})),
        )


def _card(ritual: Ritual, plan: Plan, household: Household, *, chosen: bool) -> None:
    with st.container(key=f"more-line {ritual.id}", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(lines.strong_title(ritual, household), width="stretch")
            if chosen:
                where = ", planned under Surprises" if ritual.secret else ""
                st.caption(f"in this week{where}", width="content")
            else:
                _add(ritual, plan)
        st.caption(lines.what_it_is(ritual, plan))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(_how_long_and_often(ritual, household))
            _why(ritual)
        now_and_then.draw_switch(ritual)


def _add(ritual: Ritual, plan: Plan) -> None:
    st.button(
        f"**Add {markdown.plain(ritual.title)}**",
        key=f"add {plan.week} {ritual.id}",
        icon=":material/add:",
        on_click=press(choices.add),
        args=(plan.week, ritual.id),
    )


def _why(ritual: Ritual) -> None:
    """The fact behind a ritual, where there is one, and its ideas."""
    fact, ideas = evidence.in_markdown(ritual), evidence.ideas(ritual)
    if not (fact or ideas):
        return
    label = f"{'Why this?' if fact else 'Ideas'} {lines.only_read(ritual)}"
    with st.popover(label, type="tertiary", key=f"more why {ritual.id}"):
        if fact:
            st.markdown(fact)
        st.markdown(ideas)


def _how_long_and_often(ritual: Ritual, household: Household) -> str:
    minutes = wording.minutes_from_to(ritual.least_minutes, ritual.most_minutes)
    if ritual.rhythm.is_weekly:
        return f"{minutes} · {wording.frequency(ritual.frequency)}"
    return f"{minutes} · {wording.rhythm(ritual.rhythm, household.formats)}"
