"""A page of its own for a calendar that talks back: its panel, and what Sunday has of it."""

import streamlit as st

from pages import shared
from pages.out import by_server, server_panel
from rituals.model import Week
from rituals.taken import Audience

household = shared.household()
plan = shared.store().load_plan(Week.read(st.query_params["week"]))
server_panel.show(household)
by_server.show([plan], Audience.SHARED, household)
