"""Widgets and markdown that know no store and no session."""
