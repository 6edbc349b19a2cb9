"""What the readers in Python share: a line of JSON on stdout for each file they are given."""

import json
import sys
from datetime import datetime
from pathlib import Path


def tell(events_in):
    """Write what a reader sees in each file, as [uid, start, end, summary] with Unix seconds."""
    for path in sys.argv[1:]:
        # Undecodable bytes are an error: many programs decode before they unfold.
        try:
            events = list(events_in(Path(path).read_bytes().decode("utf-8")))
        except Exception as error:
            error.add_note(f"in {path}")
            raise
        sys.stdout.write(json.dumps(events) + "\n")


def unix_seconds(moment):
    """An aware time as Unix seconds; a date or a floating time is refused."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone, or one the file does not hold")
    return int(moment.timestamp())
