"""Weeks as iCalendar: a file, a feed, and the ledger of what calendars were told.

Face: export.pack, feeds.write_out, ledger.Ledger, guides.
"""
