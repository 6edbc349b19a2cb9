"""A page of its own for a calendar that talks back: its panel, and what Sunday has of it."""

import streamlit as st

from pages import publishing, server_panel, shared
from rituals.model import Week
from rituals.taken import Audience

household = shared.household()
plan = shared.store().load_plan(Week.read(st.query_params["week"]))
server_panel.show(household)
publishing.show([plan], Audience.SHARED, household)
