"""The servers' passwords, in the system's own keyring and nowhere else.

Where the system has none, or it stays locked, nothing is kept: whoever asks is asked each time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rituals.model.calendar import Server

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

OURS = "Leavewell"  # under which the keyring shows them


def there_is_a_keyring() -> bool:
    """Whether the system has a keyring that people are advised to use."""
    return _keyring() is not None


def kept(server: Server) -> str | None:
    """The password of a server; None where no keyring has it or gives it."""
    at = _keyring()
    try:
        return at.get_password(OURS, _name(server)) or None if at else None
    except Exception:  # each system's keyring has errors of its own, and all of them say no
        return None


def keep(server: Server, password: str) -> bool:
    """Whether the keyring has taken a password, and gives it again."""
    at = _keyring()
    try:
        if at:
            at.set_password(OURS, _name(server), password)
    except Exception:  # as above
        return False
    return kept(server) == password


def forget(server: Server, others: Iterable[Server] = ()) -> bool:
    """Whether the keyring has a server's password no longer; one that others go by stays."""
    at = _keyring()
    if _name(server) in map(_name, others):
        return False
    try:
        if at and kept(server) is not None:
            at.delete_password(OURS, _name(server))
    except Exception:  # as above
        return False
    return kept(server) is None


def _keyring() -> KeyringBackend | None:
    """The system's keyring; None where there is none, or but a file that anybody can read."""
    import keyring  # finding the system's one takes a moment

    try:
        at = keyring.get_keyring()
        return at if keyring.core.recommended(at) else None
    except Exception:  # as above
        return None


def _name(server: Server) -> str:
    return f"{server.login}@{urlsplit(server.url).netloc.rpartition('@')[2].lower()}"
