"""Our rituals: the catalogue and the couple's own, one kind at a time, and how to change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from pages.choosing import dear, evidence, now_and_then, wishlist
from pages.ritual_form import form
from pages.session import choices, context, edits, stores
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import local_time, wording
from rituals.model.household import Household, Kind
from rituals.model.plan import Plan, Season
from rituals.model.ritual import Needs, Ritual, by_age, possible
from rituals.model.time.week import Week
from rituals.planning import catalogue

WHAT_IT_IS = (
    "A ritual is something small you come back to, together or apart, with a new idea each time."
)
OWN, RETIRED = "own", "retired"
SHOWN = "our_rituals shown"  # session: the kind whose rituals are shown, OWN or RETIRED
NAMES = {
    **{str(kind): name for kind, name in wording.KINDS.items()},
    OWN: "Our own",
    RETIRED: "Set aside",
}
SENTENCES = {
    OWN: "What you made or changed yourselves.",
    RETIRED: "What is set aside is not offered for new weeks; its history stays in every chart.",
}
NEEDED = {
    Needs.ASLEEP: "while the children sleep",
    Needs.SITTER: "with a sitter",
    Needs.CHILDREN: "with the children",
}


def draw() -> None:
    """Draws the cards of one kind, and over them the form while one is open."""
    household, rituals = context.household(), context.rituals()
    title, new = st.columns([4, 1], vertical_alignment="bottom")
    title.title("Our rituals", anchor=False)
    new.button(
        "A ritual of our own", type="primary", width="stretch", on_click=press(form.open_new)
    )
    st.caption(WHAT_IT_IS)
    wishlist.show_common(household)
    shown = _choose(household)
    st.header(NAMES[shown], anchor=False)
    if shown in SENTENCES:
        st.markdown(SENTENCES[shown])
    of_kind = [r for r in _fitting(rituals, household) if _is_shown(r, shown)]
    _cards(by_age(of_kind, household, context.today(household).year), household)
    if shown == OWN:
        with st.expander("Rituals from a file"):
            form.draw_file(rituals)
    form.draw(rituals, household)


def _choose(household: Household) -> str:
    names = [name for name in NAMES if household.children or name != Kind.SOLO]
    if st.session_state.pop(form.ADDED, False):
        st.session_state[SHOWN] = OWN
    st.session_state.setdefault(SHOWN, Kind.TOGETHER.value)
    shown = st.segmented_control(
        "Which rituals",
        names,
        required=True,
        format_func=NAMES.__getitem__,
        key=SHOWN,
        label_visibility="collapsed",
    )
    return shown or Kind.TOGETHER


def _fitting(rituals: Mapping[str, Ritual], household: Household) -> list[Ritual]:
    """Those that suit this household, the retired ones too."""
    all_of_them = (replace(ritual, retired=False) for ritual in rituals.values())
    return [rituals[ritual.id] for ritual in possible(all_of_them, household)]


def _is_shown(ritual: Ritual, shown: str) -> bool:
    if ritual.retired or shown == RETIRED:
        return ritual.retired and shown == RETIRED
    return _is_own(ritual) if shown == OWN else ritual.kind == shown


def _is_own(ritual: Ritual) -> bool:
    return replace(ritual, retired=False, dear=False, kept=False) != _suggested().get(ritual.id)


def _cards(rituals: list[Ritual], household: Household) -> None:
    if not rituals:
        st.caption("Nothing here yet.")
        return
    wish, plan = wishlist.hearts(), _plan(household)
    grid = st.grid(3, min_column_width=300, border=True)
    for ritual in rituals:
        with grid.cell():
            _card(ritual, household)
            if not ritual.retired:
                _to_the_week(ritual, plan, household)
                now_and_then.draw_switch(ritual)
                dear.draw_heart(ritual)
                wish(ritual)
            _changes(ritual)


def _card(ritual: Ritual, household: Household) -> None:
    st.subheader(markdown.plain(ritual.title), anchor=False)
    if ritual.what:
        st.markdown(markdown.plain(ritual.what))
    st.markdown(_in_words(ritual, household))
    windows = "  \n".join(wording.window(window, household) for window in ritual.windows)
    st.markdown(f":small[{windows}]")
    if fact := evidence.in_markdown(ritual):
        st.caption(fact)
    if ideas := evidence.ideas(ritual):
        with st.expander("1 idea" if len(ritual.ways) == 1 else f"{len(ritual.ways)} ideas"):
            st.markdown(ideas)


def _plan(household: Household) -> Plan:
    """The week that Sunday is about, as far as it is kept."""
    week = context.week(household)
    return stores.store().load_plan(week) or Plan(week)


def _to_the_week(ritual: Ritual, plan: Plan, household: Household) -> None:
    if any(choice.ritual == ritual.id for choice in plan.choices):
        st.caption(f":material/check: in {_named(plan.week, household)}")
    elif plan.season is not Season.GRACE:
        st.button(
            f"Add to {_named(plan.week, household)}",
            key=f"our_rituals week {ritual.id}",
            icon=":material/add:",
            on_click=press(choices.add),
            args=(plan.week, ritual.id),
        )


def _named(week: Week, household: Household) -> str:
    if week == local_time.week_of(context.today(household), household):
        return "this week"
    return f"the week of {household.formats.short_day(local_time.first_day(week, household))}"


def _in_words(ritual: Ritual, household: Household) -> str:
    minutes = wording.minutes_from_to(ritual.least_minutes, ritual.most_minutes)
    parts = [
        f"{markdown.dot(ritual.kind)} {wording.KINDS[ritual.kind]}",
        form.TAKES_PART[ritual.takes_part],
        f"{minutes}, {_how_often(ritual, household)}",
    ]
    if household.children and ritual.kind is not Kind.SOLO and ritual.needs in NEEDED:
        parts.append(NEEDED[ritual.needs])
    if _is_own(ritual) and ritual.id in _suggested():
        parts.append("our own version")
    return " · ".join(parts)


def _how_often(ritual: Ritual, household: Household) -> str:
    if ritual.rhythm.is_weekly:
        return wording.frequency(ritual.frequency)
    return wording.rhythm(ritual.rhythm, household.formats)


def _changes(ritual: Ritual) -> None:
    key = f"our_rituals change {ritual.id}"
    with st.container(horizontal=True):
        st.button("Change", key=key, on_click=press(form.open_for), args=(ritual,))
        if ritual.retired:
            _button("Bring back", ritual, replace(ritual, retired=False))
        else:
            _button(
                "Set aside",
                ritual,
                replace(ritual, retired=True, dear=False, kept=False),
                SENTENCES[RETIRED],
            )
        suggested = _suggested().get(ritual.id)
        if suggested and _is_own(ritual):
            again = replace(suggested, retired=ritual.retired, dear=ritual.dear, kept=ritual.kept)
            _button("As in the catalogue again", ritual, again)


def _button(label: str, ritual: Ritual, changed: Ritual, help: str | None = None) -> None:
    key = f"our_rituals {label} {ritual.id}"
    st.button(label, key=key, help=help, on_click=press(edits.save_ritual), args=(changed,))


@st.cache_resource(show_spinner=False)
def _suggested() -> dict[str, Ritual]:
    return catalogue.load(catalogue.SUGGESTED)


draw()
