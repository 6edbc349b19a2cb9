"""Placement of rituals: a CP-SAT model over a bit grid, its objective, its explanations.

Face: place.place(requests, surroundings, household, week) -> Placement.
"""
