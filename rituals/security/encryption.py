"""Sealing what one pair of eyes may read, and the locks of its key.

The only home of the library `cryptography`. A key is drawn at random and locked as often as there
are ways to it: with a PIN, with recovery words. What is sealed with it is padded, so that its size
says next to nothing.
"""

from __future__ import annotations

import base64
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rituals.paths import DATA

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

RECOVERY_WORDS = DATA / "recovery_words.txt"
HOW_MANY = 8  # words: of 256 each, 64 bits
LEAST_BLOCK = 16 * 1024  # bytes of the smallest sealed piece; larger ones are doublings of it
KEY, SALT, NONCE, TAG = 32, 16, 12, 16  # bytes
LENGTH = 8  # bytes that say how much of a padded piece is content
VERSION = b"\x01"
BROKEN = "What is sealed here cannot be read, and it stays as it is."
MOST_MEMORY = 2 * 1024 * 1024  # KiB: what a lock that was tampered with may ask for
MOST_ITERATIONS, MOST_LANES = 16, 16
HASH = re.compile(
    r"\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,4})(?:\$[\w+/]{11,86}){2}", re.ASCII
)


class SealError(Exception):
    """Something sealed cannot be read; the text is one sentence, and nothing was overwritten."""


@dataclass(frozen=True)
class Effort:
    """What one try of a lock costs, as Argon2id counts it; memory in KiB."""

    memory: int = 256 * 1024  # about 0.4 s on the machine this was measured on, in 2026
    iterations: int = 1
    lanes: int = 1


USUAL = Effort()


def new_key() -> bytes:
    """A random key."""
    return os.urandom(KEY)


def lock(key: bytes, secret: str, effort: Effort = USUAL) -> str:
    """A key, locked with a PIN or words; beside it stands what a try costs."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    sealed = AESGCM(_stretched(secret, salt, effort)).encrypt(nonce, key, b"lock")
    written = {"salt": _text(salt), "key": _text(nonce + sealed), **asdict(effort)}
    return json.dumps(written)


def unlock(locked: str, secret: str) -> bytes | None:
    """The key; None where the PIN or the words are other ones. Raises SealError for no lock."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        written = json.loads(locked)
        effort = Effort(*(int(written[name]) for name in ("memory", "iterations", "lanes")))
        salt, sealed = (base64.b64decode(written[n], validate=True) for n in ("salt", "key"))
        if not _is_bearable(effort) or len(sealed) != NONCE + KEY + TAG:
            raise ValueError(effort)
        stretched = _stretched(secret, salt, effort)
    except (ValueError, TypeError, KeyError) as broken:
        raise SealError(BROKEN) from broken
    try:
        return AESGCM(stretched).decrypt(sealed[:NONCE], sealed[NONCE:], b"lock")
    except InvalidTag:
        return None


def seal(key: bytes, content: bytes) -> bytes:
    """Content as one sealed piece; all that its size says is which doubling it needs."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, _padded(content), VERSION)


def opened(key: bytes, sealed: bytes) -> bytes:
    """The content of a sealed piece; raises SealError where it is not as it was sealed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        if sealed[:1] != VERSION:
            raise ValueError("another version")
        whole = AESGCM(key).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], VERSION)
    except (InvalidTag, ValueError) as broken:
        raise SealError(BROKEN) from broken
    return whole[LENGTH : LENGTH + int.from_bytes(whole[:LENGTH])]


def key_of(token: str) -> bytes:
    """The key that follows from a secret nobody can guess; a PIN is no such secret."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY, salt=None, info=b"leavewell feed").derive(_bytes(token))


def hashed(secret: str, effort: Effort = USUAL) -> str:
    """A secret's argon2id hash, which says beside it what a try costs."""
    return _stretch(os.urandom(SALT), effort).derive_phc_encoded(_bytes(secret))


def is_that(hash: str, secret: str) -> bool:
    """Whether a secret is the one of a hash; raises SealError for no hash."""
    from cryptography.exceptions import InvalidKey
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        known = HASH.fullmatch(hash)
        if known is None or not _is_bearable(Effort(*(int(each) for each in known.groups()))):
            raise ValueError(hash)
        Argon2id.verify_phc_encoded(_bytes(secret), hash)
    except InvalidKey:
        return False
    except ValueError:
        raise SealError(BROKEN) from None
    return True


def load_words(file: Path = RECOVERY_WORDS) -> tuple[str, ...]:
    """The words that recovery words are drawn from."""
    return tuple(file.read_text("utf-8").split())


def new_words(known: Sequence[str]) -> str:
    """Recovery words as they are written down."""
    return " ".join(secrets.choice(known) for _ in range(HOW_MANY))


def words_read(typed: str) -> str:
    """Recovery words as somebody typed them, without what does not matter."""
    return " ".join(re.findall(r"[^\W\d_]+", typed.casefold()))


def _stretched(secret: str, salt: bytes, effort: Effort) -> bytes:
    return _stretch(salt, effort).derive(_bytes(secret))


def _stretch(salt: bytes, effort: Effort) -> Argon2id:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    memory, iterations, lanes = effort.memory, effort.iterations, effort.lanes
    return Argon2id(salt=salt, length=KEY, iterations=iterations, lanes=lanes, memory_cost=memory)


def _is_bearable(effort: Effort) -> bool:
    return (
        0 < effort.memory <= MOST_MEMORY
        and 0 < effort.iterations <= MOST_ITERATIONS
        and 0 < effort.lanes <= MOST_LANES
    )


def _padded(content: bytes) -> bytes:
    whole = LEAST_BLOCK
    while whole < LENGTH + len(content):
        whole *= 2
    return (len(content).to_bytes(LENGTH) + content).ljust(whole, b"\0")


def _bytes(text: str) -> bytes:
    """The same letters are the same bytes, however a keyboard composes them."""
    return unicodedata.normalize("NFC", text).encode(errors="replace")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
