"""Calendar files with an oddity each, which say of themselves how people mean them.

X-EXPECT is a busy time of the week that begins on X-WEEK, X-SAID a sentence about what is left out,
X-INVITED an address of the calendar's owner; with X-OPEN-IS-FREE open invitations take no time.
"""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from tests.support.paths import DATA

READING = sorted((DATA / "reading").glob("*.ics"))  # broken or rare, made by hand
ALL = sorted([*DATA.glob("*.ics"), *READING])
MARK = re.compile(r"X-(WEEK|INVITED|OPEN-IS-FREE|EXPECT|SAID) ?(.*)")


def told(file: Path) -> dict[str, list[str]]:
    """Values that a file says of itself, by the name of the line."""
    found = defaultdict(list)
    for line in file.read_text("utf-8").splitlines():
        if mark := MARK.fullmatch(line):
            found[mark[1]].append(mark[2].strip())
    return found


def monday(marks: dict[str, list[str]]) -> date:
    """The first day of the week that is expected."""
    return date.fromisoformat(*marks["WEEK"] or ["2026-11-23"])


def without_marks(file: Path) -> bytes:
    """A file as other programs may read it."""
    return re.sub(
        rb"(?m)^X-(WEEK|INVITED|OPEN-IS-FREE|EXPECT|SAID)[^\n]*\n", b"", file.read_bytes()
    )
