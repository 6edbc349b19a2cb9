"""Two-way sync with one calendar on a CalDAV server.

Face: session.SyncSession (look, pull, push, both_ways); report puts its outcome into sentences.
"""
