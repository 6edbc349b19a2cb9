"""Weeks as iCalendar: a file, a feed, and the ledger of what was exported.

Face: export.pack, feeds.write_out, ledger.Ledger, guides.
"""
