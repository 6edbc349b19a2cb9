"""The five steps of the Sunday sitting; each shows its part and returns the plan as it is then."""
