"""Points that each wish gives or takes; the package says what outranks what, and why."""

from __future__ import annotations

DEAR = 4000
A_PLACE = 400
A_SMALL_PLACE = 320
ONCE_MORE = 25
WENT_WITHOUT = 24  # for each week that it waits
WAITS_AT_MOST = 4  # weeks that count
HABIT = 100
OF_ITSELF = 40  # a weekday that came to be one without a hand
WITH_SITTER = 80
KEPT = 60
KEPT_START = 58  # at the same hour, but longer or shorter: less than one slot of hopes unmet
KEPT_DAY = 25
TWO_AN_EVENING = 90
HURRIED = 50
EVENING_FREE = 35
WHITE_EVENING = 30
REST = 24
TOO_NEAR = 20
LEAN = 2
LEAN_TO_THE_END = 6  # a good night long before sleep is none
LET_GO = 20  # a weekday on which it is let go again and again
FAIR = 8  # for the partner who lately had less time alone and out
EARLY = 2  # for each quarter of an hour too early on a morning off
SAME_DAY_AGAIN = 6  # on the weekday where it lay last; less, the longer ago
UNDER, OVER = 3, 1  # a slot shorter or longer than the hopes ask for
ENDS_TOO_SOON = 40  # an evening out that is over within the hour after the children's bedtime
