"""Placement of rituals: a CP-SAT model over a bit grid, its objective, its explanations.

Face: place.place(requests, surroundings, household, week) -> Placement.

Points count bother: one is about what a quarter of an hour in the wrong place is worth, and the
week with the fewest wins. What outranks what:

    DEAR            what is dear to the two outranks all that could lie there in its stead
    A_PLACE         a place for what was chosen outranks every wish about where it lies
    A_SMALL_PLACE   what takes its own time goes before a few minutes
    ONCE_MORE       the first time of one thing before the second of another, for each time more
    WENT_WITHOUT    what had no place lately goes first: nobody waits twice for the same evening
    HABIT           what a couple moves by hand outranks what the planner finds nice, sitters too
    WITH_SITTER     an evening with a sitter who is known, before any other
    KEPT            what lies somewhere moves only for more than this
    TWO_AN_EVENING  a second thing for the two of them on one evening
    HURRIED         no time for the way home
    EVENING_FREE    an evening that one of them would rather keep free
    WHITE_EVENING   a sixth evening of a week that holds something
    REST            half an hour after work, and supper
    TOO_NEAR        two times of one ritual close together
    LEAN            where in its hours it likes to lie, for each quarter of an hour
"""
