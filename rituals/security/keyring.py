"""Passwords of calendar servers, in the system's own keyring and nowhere else.

Without a keyring, or with a locked one, nothing is kept and the password is typed each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rituals.model.calendar import Server

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

OURS = "Leavewell"  # under which the keyring shows them


def is_available() -> bool:
    """True if the system has a keyring that people are advised to use."""
    return _keyring() is not None


def password_of(server: Server) -> str | None:
    """Password of a server; None if no keyring has it or gives it."""
    at = _keyring()
    try:
        return at.get_password(OURS, _name(server)) or None if at else None
    except Exception:  # each system's keyring has errors of its own, and all of them say no
        return None


def save_password(server: Server, password: str) -> bool:
    """Saves a password; true if the keyring has taken it and gives it again."""
    at = _keyring()
    try:
        if at:
            at.set_password(OURS, _name(server), password)
    except Exception:  # as above
        return False
    return password_of(server) == password


def delete_password(server: Server, others: Iterable[Server] = ()) -> bool:
    """Deletes a server's password unless one of `others` shares it; true if it is gone."""
    at = _keyring()
    if _name(server) in map(_name, others):
        return False
    try:
        if at and password_of(server) is not None:
            at.delete_password(OURS, _name(server))
    except Exception:  # as above
        return False
    return password_of(server) is None


def _keyring() -> KeyringBackend | None:
    """Keyring of the system; None if there is none, or only a file that anybody can read."""
    import keyring  # finding the system's one takes a moment

    try:
        at = keyring.get_keyring()
        return at if keyring.core.recommended(at) else None
    except Exception:  # as above
        return None


def _name(server: Server) -> str:
    return f"{server.login}@{urlsplit(server.url).netloc.rpartition('@')[2].lower()}"
