"""The five steps of the Sunday sitting; what is changed in them is kept by `pages.edits`."""
