"""Options beside the week at hand: what would have to give, and other whole weeks.

Face: exchanges.exchanges, exchanges.exchanged, alternatives.alternatives.
"""
