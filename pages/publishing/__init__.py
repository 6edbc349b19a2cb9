"""Weeks into calendars and onto paper: by file, by feed, by CalDAV, printed."""
