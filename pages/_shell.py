"""The script Streamlit runs: the page's frame, the navigation, and one page inside it."""

from pathlib import Path

import streamlit as st

from pages.drawer import session
from pages.frame import (
    conflict_card,
    live_reload,
    page_setup,
    store_failure,
    unknown_zone,
)
from pages.server import garbage
from pages.session import calendar_refresh, grid_moves, presses, stores, who, widgets
from pages.session.presses import press
from pages.ui import notices
from rituals.version import VERSION

HERE = Path(__file__).resolve().parent
PAGES = [
    st.Page("sunday.py", title="Sunday", icon=":material/wb_sunny:", default=True),
    st.Page("our_weeks.py", title="Our weeks", icon=":material/bar_chart:", url_path="our-weeks"),
    st.Page(
        "our_rituals.py", title="Our rituals", icon=":material/menu_book:", url_path="our-rituals"
    ),
    st.Page("surprises.py", title="Surprises", icon=":material/redeem:", url_path="surprises"),
    st.Page(
        "calendars.py",
        title="Calendars",
        icon=":material/calendar_month:",
        url_path="calendars",
    ),
    st.Page("household.py", title="Household", icon=":material/home:", url_path="household"),
]

ICON = str(HERE.parent / "static" / "icon.png")

st.set_page_config(
    page_title="Leavewell",
    page_icon=ICON,
    layout="wide",
    menu_items={"About": f"Leavewell {VERSION}"},
)
st.html(HERE / "ui" / "look.css")

if store_failure.replaces_page():
    st.navigation(PAGES, position="hidden")
    st.stop()
grid_moves.save_moves()
widgets.save_changes()
live_reload.mark_drawn()
household = stores.store().load_household()
if household is None:
    from pages.frame import welcome  # reading archives takes a moment to load, and it comes once

    st.navigation(PAGES, position="hidden")
    live_reload.watch()
    welcome.show()
elif not household.zone_is_known:
    st.navigation(PAGES, position="hidden")
    live_reload.watch()
    unknown_zone.show(household)
else:
    page = st.navigation(PAGES, position="top")
    st.set_page_config(page_title=f"{page.title} · Leavewell")
    stores.keep_looking_around()  # after the navigation, which has the last word on the address
    if stores.is_sample():
        line, leave = st.columns([4, 1], vertical_alignment="center")
        line.markdown(
            "You are looking around with a sample couple. Nothing that you try here is kept."
        )
        leave.button("Back to our own", on_click=press(stores.go_home), width="stretch")
    who.show(household)
    session.guard(is_its_page=page.url_path == "surprises")
    if page == PAGES[0]:
        calendar_refresh.refresh_on_opening()
    conflict_card.show(household)
    page_setup.set_up()
    page.run()
    live_reload.watch()
presses.end_of_run()
notices.end_of_run()
garbage.run_ended()
