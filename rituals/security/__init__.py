"""Secrets: encrypted, hashed, or in the system's keyring.

Face: encryption, passphrase, keyring, heap.
"""
