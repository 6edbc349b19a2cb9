"""Every change to a week as a pure function from a plan to the changed plan.

Face: changes, scheduling.scheduled, agreement, review, undo, conflicts, clashes, sitters; catalogue
of rituals; sample, an invented couple. In packages of their own: choices (suggested, dear, at
rest), placement (where things lie), season (weeks of what is rare), options (what could be else).
"""
