"""The parts that stay in sight beside the steps of Sunday: a band of constant height, and the week.

Face: weeks, hopes, other_weeks (each fills the band), grid.
"""
