"""A week or a quarter as a PDF of one page.

Face: week_page.week, quarter_page.season.
"""
