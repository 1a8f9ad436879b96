"""The key of sealed recordings: 32 random bytes in the system's keyring, never in a file of ours."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Final

from hipmonitor.core.errors import UsageError

if TYPE_CHECKING:
    from types import ModuleType

SERVICE, NAME = "hipmonitor", "recordings"
KEY_BYTES: Final = 32
INSTALL = 'pip install "hipmonitor[encrypt]"'
NO_KEYRING = "this system has no keyring that can be used ({}). On Linux: install and unlock GNOME Keyring or KWallet, in a desktop session"


def kept() -> bytes | None:
    """The key, or None where none was made yet.

    Raises:
        UsageError: the keyring cannot be used; it says what to do.
    """
    keyring = _keyring()
    try:
        text = keyring.get_password(SERVICE, NAME)
    except keyring.errors.KeyringError as error:
        raise UsageError(NO_KEYRING.format(str(error) or type(error).__name__)) from error
    if text is None:
        return None
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise UsageError(f"the keyring's entry {SERVICE}/{NAME} is not a key of ours; somebody changed it")
    return key


def made() -> bytes:
    """The key; a new one where there was none, and only once the keyring gives it back.

    Raises:
        UsageError: as for `kept`.
    """
    key = kept()
    if key is not None:
        return key
    keyring = _keyring()
    try:
        keyring.set_password(SERVICE, NAME, secrets.token_hex(KEY_BYTES))
    except keyring.errors.KeyringError as error:
        raise UsageError(NO_KEYRING.format(str(error) or type(error).__name__)) from error
    key = kept()
    if key is None:
        raise UsageError("the keyring took the key and does not give it back; recordings stay as they are")
    return key


def forget() -> None:
    """Take the key away, where there is one; what it sealed can never be read again."""
    try:
        keyring = _keyring()
    except UsageError:
        return
    try:
        keyring.delete_password(SERVICE, NAME)
    except keyring.errors.KeyringError:
        return


def fingerprint(key: bytes) -> bytes:
    """Tells keys apart, and nothing about them."""
    return hashlib.sha256(b"hipmonitor seal" + key).digest()[:8]


def _keyring() -> ModuleType:
    try:
        import cryptography  # noqa: F401, PLC0415 - an extra
        import keyring  # noqa: PLC0415
        import keyring.errors  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed: {INSTALL}") from error
    return keyring
