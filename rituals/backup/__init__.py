"""Copies, the whole archive, moving, validating and wiping.

Face: backups, archive, transfer, wipe.
"""
