"""A keyring for tests: kept in a file of their own, named by KEYRING_FILE.

Chosen like any other, by PYTHON_KEYRING_BACKEND=tests.support.keyring_in_a_file.Keyring; no
system's own keyring is ever touched. A file that is a folder is a keyring that stays locked.
"""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class Keyring(KeyringBackend):
    """What is kept, by service and name."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept().get(f"{service}|{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._file.write_text(json.dumps(self._kept() | {f"{service}|{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        kept = self._kept()
        if kept.pop(f"{service}|{username}", None) is None:
            raise PasswordDeleteError("not found")
        self._file.write_text(json.dumps(kept))

    @property
    def _file(self) -> Path:
        return Path(os.environ["KEYRING_FILE"])

    def _kept(self) -> dict[str, str]:
        if self._file.is_dir():
            raise KeyringLocked("locked")
        return json.loads(self._file.read_text()) if self._file.exists() else {}
