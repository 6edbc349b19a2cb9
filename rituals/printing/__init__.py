"""Weeks on paper, each a PDF of one page.

Face: week_page.week, quarter_page.season.
"""
