"""Time zones of the package tzdata, which is pinned, wherever a clock is asked.

A system's own data may be years old. Importing anything of ours imports this first.
"""

from zoneinfo import ZoneInfo, reset_tzpath

import tzdata

VERSION = tzdata.IANA_VERSION

reset_tzpath(to=())  # with no folder to look in, zoneinfo takes the package
ZoneInfo.clear_cache()
