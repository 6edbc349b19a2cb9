"""Every change to a week as a pure function from a plan to the changed plan.

Face: changes, scheduling.scheduled, agreement, review, undo, conflicts; catalogue and suggestions
of rituals; sample, an invented couple.
"""
