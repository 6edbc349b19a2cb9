"""libical's times of rules: a line of JSON for each line [rule, start, last day] on stdin.

Some rules keep libical from ever ending, so each is worked out in a process of its own.
"""

import json
import os
import signal
import sys

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402 - the version has to be chosen first

MOST_SECONDS = 2
TOO_LONG = "takes too long"


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


def say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


for line in sys.stdin:
    child = os.fork()
    if not child:
        signal.alarm(MOST_SECONDS)  # whatever the library does, this ends the process
        say(times(*json.loads(line)))
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        say(TOO_LONG)
