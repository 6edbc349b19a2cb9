"""Encryption for one pair of eyes: sealed content, the locks of its key, hashed secrets.

The only home of the library `cryptography`. A key is drawn at random and locked as often as there
are ways to it: with a PIN, with recovery words. Sealed content is padded, so that its size says
next to nothing.
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
from typing import TYPE_CHECKING, Any

from rituals.paths import DATA

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

RECOVERY_WORDS = DATA / "recovery_words.txt"
WORD_COUNT = 8  # words: of 256 each, 64 bits
LEAST_BLOCK = 16 * 1024  # bytes of the smallest sealed piece; larger ones are doublings of it
KEY, SALT, NONCE, TAG = 32, 16, 12, 16  # bytes
LENGTH = 8  # bytes that say how much of a padded piece is content
VERSION = b"\x02"
OLDER = b"\x01"  # what was sealed before its owner was bound to it
BROKEN = "What is sealed here cannot be read, and it stays as it is."
MOST_LANES = 4
HASH = re.compile(
    r"\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,4}),p=(\d{1,4})(?:\$[\w+/]{11,86}){2}", re.ASCII
)


class SealError(Exception):
    """Something sealed cannot be read; the text is one sentence, and nothing was overwritten."""


@dataclass(frozen=True)
class Effort:
    """Cost of one try of a lock, as Argon2id counts it; memory in KiB."""

    memory: int = 256 * 1024  # about 0.4 s on the machine this was measured on, in 2026
    iterations: int = 1
    lanes: int = 1


USUAL = Effort()
Key = bytes | bytearray  # what is open can be overwritten
MOST = 2 * USUAL.memory * USUAL.iterations  # what a lock that was tampered with may ask for


def new_key() -> bytearray:
    """Random key of KEY bytes, which its holder can overwrite."""
    return bytearray(os.urandom(KEY))


def lock(key: Key, secret: str, about: str, effort: Effort = USUAL) -> str:
    """Key encrypted with a PIN or words, as JSON that also holds the salt and the cost of a try.

    It opens only as the lock it was made to be: `about` and the cost are bound to the key.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    public = {"version": 2, "salt": _text(salt), **asdict(effort)}
    sealed = AESGCM(_stretched(secret, salt, effort)).encrypt(nonce, key, _bound(public, about))
    return json.dumps(public | {"key": _text(nonce + sealed)})


def unlock(locked: str, secret: str, about: str) -> bytearray | None:
    """Key of a lock, None if the PIN or words are wrong; raises SealError for a broken lock."""
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
        key, bound = bytearray(KEY), _bound(written, about)
        AESGCM(stretched).decrypt_into(sealed[:NONCE], sealed[NONCE:], bound, key)
    except InvalidTag:
        return None
    return key


def seal(key: Key, content: bytes, about: str = "") -> bytes:
    """Content as one sealed piece, padded to the next doubling of LEAST_BLOCK.

    `about` is not in it and has to be the same when it is unsealed.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE)
    bound = VERSION + about.encode()
    return VERSION + nonce + AESGCM(key).encrypt(nonce, _padded(content), bound)


def unseal(key: Key, sealed: bytes, about: str = "") -> bytes:
    """Content of a sealed piece; raises SealError if it was changed or the key is another."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    bound = {VERSION: VERSION + about.encode(), OLDER: OLDER}.get(sealed[:1])
    try:
        if bound is None:
            raise ValueError("another version")
        whole = AESGCM(key).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], bound)
    except (InvalidTag, ValueError) as broken:
        raise SealError(BROKEN) from broken
    return whole[LENGTH : LENGTH + int.from_bytes(whole[:LENGTH])]


def key_of(token: str) -> bytes:
    """Key derived from a secret nobody can guess; a PIN is no such secret."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY, salt=None, info=b"leavewell feed").derive(_bytes(token))


def hash_secret(secret: str, effort: Effort = USUAL) -> str:
    """Argon2id hash of a secret in PHC format, which includes the cost of a try."""
    return _stretch(os.urandom(SALT), effort).derive_phc_encoded(_bytes(secret))


def verify(hash: str, secret: str) -> bool:
    """True if a secret is the one of a hash; raises SealError for a broken hash."""
    from cryptography.exceptions import InvalidKey
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        parts = HASH.fullmatch(hash)
        if parts is None or not _is_bearable(Effort(*(int(each) for each in parts.groups()))):
            raise ValueError(hash)
        Argon2id.verify_phc_encoded(_bytes(secret), hash)
    except InvalidKey:
        return False
    except ValueError:
        raise SealError(BROKEN) from None
    return True


def load_recovery_words(file: Path = RECOVERY_WORDS) -> tuple[str, ...]:
    """Words of a file, from which recovery words are drawn."""
    return tuple(file.read_text("utf-8").split())


def new_recovery_words(vocabulary: Sequence[str]) -> str:
    """Recovery words drawn at random, as they are written down."""
    return " ".join(secrets.choice(vocabulary) for _ in range(WORD_COUNT))


def normalized(typed: str) -> str:
    """Typed recovery words without case, punctuation and extra spaces."""
    return " ".join(re.findall(r"[^\W\d_]+", typed.casefold()))


def _stretched(secret: str, salt: bytes, effort: Effort) -> bytearray:
    stretched = bytearray(KEY)
    _stretch(salt, effort).derive_into(_bytes(secret), stretched)
    return stretched


def _stretch(salt: bytes, effort: Effort) -> Argon2id:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    memory, iterations, lanes = effort.memory, effort.iterations, effort.lanes
    return Argon2id(salt=salt, length=KEY, iterations=iterations, lanes=lanes, memory_cost=memory)


def _bound(written: dict[str, Any], about: str) -> bytes:
    """The data bound to a lock's key: all of the lock but the key, and what it is about."""
    if "version" not in written:
        return b"lock"  # made before anything was bound
    public = {name: value for name, value in written.items() if name != "key"}
    return json.dumps([about, public], sort_keys=True).encode()


def _is_bearable(effort: Effort) -> bool:
    least = min(effort.memory, effort.iterations, effort.lanes)
    return least > 0 and effort.memory * effort.iterations <= MOST and effort.lanes <= MOST_LANES


def _padded(content: bytes) -> bytes:
    whole = LEAST_BLOCK
    while whole < LENGTH + len(content):
        whole *= 2
    return (len(content).to_bytes(LENGTH) + content).ljust(whole, b"\0")


def _bytes(text: str) -> bytes:
    """Bytes of a text, equal for equal letters however a keyboard composes them."""
    return unicodedata.normalize("NFC", text).encode(errors="replace")


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
