"""Options beside the week at hand: what would have to give, other places and weeks.

Face: exchanges.exchanges, exchanges.exchanged, alternatives.alternatives,
other_place.other_place, first_week.first_week, swaps.swapped, swaps.others.
"""
