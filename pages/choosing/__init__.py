"""Rituals as one chooses them: those of a week, more of them, and the marks each can have."""
