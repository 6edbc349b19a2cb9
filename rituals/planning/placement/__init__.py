"""Placement of rituals: a CP-SAT model over a bit grid, its objective, its explanations.

Face: place.place(requests, surroundings, household, week) -> Placement.

Points count bother: one is about what a quarter of an hour in the wrong place is worth, and the
week with the fewest wins. What outranks what, the most first; of each of these more than one can
come together, and then they add up:

    DEAR             what is dear to the two outranks all that could lie there in its stead
    FULL_EVENING     a second long thing for two on one evening, or a third: rather no place
    TWICE_TO_BED     the children are put to bed by one of them: by both in turn rather no place
    TWO_AN_EVENING   a second thing for the two of them on one evening: rather another week for it,
                     but what lies there stays
    A_PLACE          a place for what was chosen, before any one wish about where it lies
    A_SMALL_PLACE    the same for a few minutes: what takes its own time goes before them
    A_SITTER         asking somebody: more than another hour, less than going without
    AFTER_NIGHT      sleep after a night at work, and three hours before one
    TOO_LATE         an evening out that begins when it should be over
    DISTURBED        an exchange touches as little as it can
    HABIT            what a couple moves by hand outranks what the planner finds nice, sitters too
    WITH_SITTER      an evening with a sitter who is known, before any other
    KEPT             what lies somewhere moves only for more than this
    KEPT_START       the same hour at another length, nearly as much
    AFTER_LATE_WORK  something for the two of them, or going out, once work ended late
    LATE_FOR_TWO     an hour or so for two that begins when the evening ends
    ON_A_TRIP        a few minutes on a trip
    SUPPER           supper with the children, by how much of it is taken
    TWO_EVENINGS     a second thing that takes the evening of one of them
    HURRIED          no time for the way home
    OF_ITSELF        a weekday that came to be one without a hand yields to a sitter
    ENDS_TOO_SOON    an evening out that is over when the evening has just begun
    EMPHASIS         an evening more that is free, in another week that is asked for
    A_THIRD_OUTING   a third time out of the house on one day
    EVENING_FREE     an evening that one of them would rather keep free
    ANOTHER_WEEK     how much less good another week may be: less than staying is worth
    CHILDREN_COME    something else while the children come home from elsewhere
    AT_WORK          a few minutes at work
    WHITE_EVENING    a sixth evening of a week that holds something
    ONCE_MORE        the first time of one thing before the second of another, for each time more
    KEPT_DAY         at least the same day, where its hour is taken
    WENT_WITHOUT     what had no place lately goes first, for each week that it waits: after five
                     it outranks a habit, so that nobody waits for ever
    REST             half an hour before and after work
    TOO_NEAR         two times of one ritual close together
    LET_GO           a weekday on which it is let go again and again
    BEFORE_WORK      an evening for two is rather before a morning off
    FAIR             the partner who lately had less time alone and out, where nobody waits longer
    LEAN_TO_THE_END  a good night long before sleep is none, for each quarter of an hour
    SAME_DAY_AGAIN   the weekday of last week, where there is no habit; less, the longer ago
    UNDER            shorter than the hopes ask, for each five minutes
    LEAN             elsewhere in its hours than it likes to lie, for each quarter of an hour
    EARLY            too early on a morning off, for each quarter of an hour
    OVER             longer than the hopes ask, for each five minutes: rather that than shorter
"""
