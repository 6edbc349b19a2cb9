"""The five steps of the Sunday sitting, a module each."""
