"""What the programs in Python share: a line of JSON for each line [path, first day, last day]."""

import json
import sys
import warnings
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Europe/Berlin")


def tell(times_in):
    """Write each file's busy times as [start, end] in Unix seconds, or the name of an error."""
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        path, first, last = json.loads(line)
        since, until = (
            datetime.combine(date.fromisoformat(d), time(), HOME) for d in (first, last)
        )
        try:
            text = Path(path).read_bytes().decode("utf-8")
            told = sorted(set(_clipped(times_in(text, since, until), since, until)))
        except Exception as error:
            told = type(error).__name__
        sys.stdout.write(json.dumps(told) + "\n")


def is_busy(status, transparency, start):
    """The rules that a reader of busy times has whatever the program: a birthday is free."""
    if str(status).upper() == "CANCELLED" or str(transparency).upper() == "TRANSPARENT":
        return False
    return isinstance(start, datetime) or str(transparency).upper() == "OPAQUE"


def _clipped(times, since, until):
    for start, end in times:
        begins, ends = _seconds(start), _seconds(end)
        if begins < ends and begins < until.timestamp() and since.timestamp() < ends:
            yield begins, ends


def _seconds(moment):
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return int((moment if moment.tzinfo else moment.replace(tzinfo=HOME)).timestamp())
