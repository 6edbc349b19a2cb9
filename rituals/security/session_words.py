"""Words that a browser keeps in its cookie once it was let in; nothing of them is kept here."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime
from secrets import token_urlsafe


def new_word(secret: bytes, about: str, until: datetime) -> str:
    """Word good until then, on the machine of this secret and for this matter alone."""
    begun = f"{int(until.timestamp())}.{token_urlsafe(16)}"
    return f"{begun}.{signature(begun, secret, about)}"


def is_good_word(word: str, secret: bytes, about: str, now: datetime) -> bool:
    """True if a word was given on this machine for this matter, and is not too old."""
    begun, _, signed = word.rpartition(".")
    until = begun.partition(".")[0]
    return (
        is_signed(begun, signed, secret, about)
        and until.isdecimal()
        and now.timestamp() < int(until)
    )


def is_signed(begun: str, signed: str, secret: bytes, about: str) -> bool:
    """True if that is the signature."""
    expected = signature(begun, secret, about).encode()
    return hmac.compare_digest(signed.encode(errors="replace"), expected)


def signature(begun: str, secret: bytes, about: str) -> str:
    """Signature of the beginning of a word: a hash that nobody can make without the secret."""
    text = f"{begun} {about}".encode(errors="replace")
    return hmac.new(secret, text, hashlib.sha256).hexdigest()
