"""The Surprises page behind its lock: opening a drawer, its form, its address."""
