"""The season ahead: the weeks of what comes every second week, monthly, yearly or on a date.

Face: season.season(context, weeks, today) -> SeasonAhead; arrivals for what a week begins with.
"""
