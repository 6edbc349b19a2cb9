"""The form of one ritual, with its windows of time."""
