"""One partner's drawer, secret until revealed.

Face: surprise, drawers, ideas.
"""
