"""The ways to look at Our weeks, a module each; query has what every one of them is given."""
