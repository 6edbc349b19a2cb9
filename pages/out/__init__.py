"""What goes out: the ways of a week into calendars, and where each is set up."""
