"""libical's times of rules: a line of JSON for each line [rule, start, last day] on stdin."""

import json
import sys

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402 - the version has to be chosen first


def times(rule, start, last):
    """The times up to, not including, a day; None for a rule that is refused."""
    try:
        found = ICalGLib.RecurIterator.new(
            ICalGLib.Recurrence.new_from_string(rule), ICalGLib.Time.new_from_string(start)
        )
    except TypeError:
        return None
    walls = []
    while (at := found.next()) is not None and not at.is_null_time():
        wall = at.as_ical_string()
        if wall[:8] >= last:
            break
        walls.append(wall)
    return walls


for line in sys.stdin:
    sys.stdout.write(json.dumps(times(*json.loads(line))) + "\n")
