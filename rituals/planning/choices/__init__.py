"""Choices of a week: what is suggested, what is dear, what rests, and what is secret.

Face: suggestions, dear, rest, secret.
"""
