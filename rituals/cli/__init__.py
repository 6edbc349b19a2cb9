"""Commands of `python -m rituals`, one module for each matter.

Face: the click commands that rituals/__main__.py adds; context holds the store and the clock.
"""
