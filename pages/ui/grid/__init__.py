"""The grid of a week, and what hands do on it.

Face: week_grid. What it draws comes from shape, hour_scale and facts.
"""
