"""What the weeks behind say, as tidy rows and one true sentence.

Face: balance.rows, looking_back, observations.observation, trends, tables.
"""
