"""Vega-Lite grammars by altair for the rows of insights, and PNG or SVG of them.

Face: weeks, overviews, images; theme has what all of them share.
"""
