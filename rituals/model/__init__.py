"""Frozen values and pure time arithmetic; imports nothing of ours.

Face: household, ritual, plan, week, window, span, local_time, wording, totals, context.

Glossary
strand        one kind of time of one person, or of both: "alone, Jonas" (on screens: kind of time)
shade         together as the two of us or, with the children, as all of us; tone: any of these
hope          the minutes a couple wishes for a strand in a week; never a target
season        how much a week may ask: calm, usual, hard or grace
rare          what comes less often than every week; the season ahead chooses its weeks
grace         a week that rests: it holds no duties and is not counted
sitting       the five minutes on Sunday in which a week is planned
drawer        one partner's private list of surprises, behind a PIN
secret        a ritual that each plans for the other in a drawer; no week places or shows it
cover         the hours a surprise keeps free, with the hint that the other may see
agreed        what both partners said yes to; only that leaves the house
ledger        what calendars last received of each occurrence, and in which sequence
placed        given a start and an end by the planner, with a reason
lived         what happened of an occurrence, in the couple's own answer afterwards
spontaneous   an occurrence that nobody planned and that happened all the same
"""
