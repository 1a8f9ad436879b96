"""A system's keyring in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
import keyring.backend
import keyring.errors

KEY = bytes(range(32))


class OwnKeyring(keyring.backend.KeyringBackend):
    """In memory; `locked` refuses as a keyring does that nobody unlocked."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("nobody unlocked it")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept.pop((service, username), None)


@contextmanager
def own_keyring() -> Iterator[OwnKeyring]:
    """Instead of this computer's, with a key in it."""
    before, own = keyring.get_keyring(), OwnKeyring()
    own.kept["hipmonitor", "recordings"] = KEY.hex()
    keyring.set_keyring(own)
    try:
        yield own
    finally:
        keyring.set_keyring(before)
