"""Readings of the weeks that were: tidy rows, means, and one true sentence.

Face: balance.rows, looking_back, observations.observation, trends, tables.
"""
