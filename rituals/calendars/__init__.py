"""Outside calendars: incoming busy times, outgoing weeks, and CalDAV both ways."""
