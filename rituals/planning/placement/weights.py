"""Points that each wish gives or takes, the most first; the package says why."""

from __future__ import annotations

DEAR = 4000
FULL_EVENING = 600  # more than a place for what waits
TWICE_TO_BED = 450  # the same children, by one and then the other: rather no place
TWO_AN_EVENING = 450  # more than a place, less than one where something lies already
A_PLACE = 400
A_SMALL_PLACE = 320
A_SITTER = 250  # asked for in an exchange, which no week is placed by
AFTER_NIGHT = 150
TOO_LATE = 150
DISTURBED = 150  # by an exchange
HABIT = 118
WITH_SITTER = 98
KEPT = 96
KEPT_START = 94  # at the same hour, but longer or shorter: less than one slot of hopes unmet
AFTER_LATE_WORK = 64  # a talk, or going out, once one of them comes home late
LATE_FOR_TWO = 64  # an hour that begins when the evening ends
ON_A_TRIP = 64  # a few minutes there
SUPPER = 63  # all of it; a part by its length: more than what is taken off a shorter time of it
TWO_EVENINGS = 55  # out, or with a film, twice on one evening
HURRIED = 50
OF_ITSELF = 40  # a weekday that came to be one without a hand
ENDS_TOO_SOON = 40  # an evening out that is over within the hour after the children's bedtime
EMPHASIS = 40  # on an evening more that is free, in another week that is asked for
A_THIRD_OUTING = 40  # of one of them on one day
EVENING_FREE = 35
ANOTHER_WEEK = 35  # less good: less than staying is worth, so that it is left as it is
CHILDREN_COME = 35  # home from elsewhere, within the hour
AT_WORK = 34  # a few minutes there
WHITE_EVENING = 30
ONCE_MORE = 25
KEPT_DAY = 25
WENT_WITHOUT = 24  # for each week that it waits
REST = 24
TOO_NEAR = 20
LET_GO = 20  # a weekday on which it is let go again and again
BEFORE_WORK = 16  # an evening out before a day that begins early
FAIR = 8  # for the partner who lately had less time alone and out
LEAN_TO_THE_END = 6  # a good night long before sleep is none
SAME_DAY_AGAIN = 6  # on the weekday where it lay last; less, the longer ago
UNDER = 3  # a slot shorter than the hopes ask for
LEAN = 2
EARLY = 2  # for each quarter of an hour too early on a morning off
OVER = 1  # a slot longer than the hopes ask for
