"""Time without people: spans, weeks, weekly windows, what comes again, the parts of a day.

Face: span, week, window, recurrence, day_parts.
"""
