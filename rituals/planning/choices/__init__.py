"""Choices of a week: what is suggested, what is dear, and what rests.

Face: suggestions, dear, rest.
"""
