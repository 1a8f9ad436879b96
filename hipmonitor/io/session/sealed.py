"""A closed recording that only this computer's owner can read: encrypted in pieces, read as if it were plain.

AES-256-GCM over pieces of 64 KiB, numbered and the last one marked, so that none can be left out, exchanged or added
unnoticed (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár 2015). Every file has a key of its own, from the one in the system's
keyring and 32 random bytes (HKDF-SHA256). A piece that does not pass its check is read as what it holds, and counted: a
flipped bit then costs what it costs in a plain recording, and whoever changed one on purpose is named as damage.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import struct
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.io.places import private_file
from hipmonitor.io.session import seal_key
from hipmonitor.io.session.disk import Disk
from hipmonitor.io.session.lock import is_held
from hipmonitor.io.session.naming import SUFFIX

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC: Final = b"HIPSEAL1"
HEAD: Final = struct.Struct("<8sI8s32s")
"""Magic, bytes of a piece, which key (a fingerprint), the file's own random bytes."""
PIECE_BYTES: Final = 1 << 16
SMALLEST_PIECE, LARGEST_PIECE = 1 << 10, 1 << 24
TAG_BYTES: Final = 16
NONCE: Final = struct.Struct(">3xQB")
"""Number of the piece, and whether it is the last."""
UNFINISHED: Final = ".sealing"


def is_sealed(path: Path) -> bool:
    """Whether the file is encrypted by us; False also where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def closed_recordings(folder: Path, *, sealed: bool) -> tuple[Path, ...]:
    """Recordings in a folder that nobody writes any more: those that are encrypted, or those that are not."""
    files = sorted(file for file in folder.glob(f"*{SUFFIX}") if file.is_file())
    return tuple(file for file in files if is_sealed(file) == sealed and not is_held(file))


def opened(path: Path) -> tuple[BinaryIO, int]:
    """A recording to read, plain or sealed, and its size when plain.

    Raises:
        OSError: it cannot be opened.
        RecordingError: it is sealed, and there is no key for it here.
    """
    file = path.open("rb")
    try:
        size = os.fstat(file.fileno()).st_size
        head = file.read(HEAD.size)
        if not head.startswith(MAGIC):
            file.seek(0)
            return file, size
        raw = _Sealed(path, file, size, head)
    except BaseException:
        file.close()
        raise
    return io.BufferedReader(raw, raw.piece_bytes), raw.plain_bytes


def seal(path: Path, key: bytes) -> None:
    """Encrypt a closed recording in place: the plain one goes when the sealed one is whole on the disk and was read back.

    Raises:
        OSError: the disk refuses; the plain one stays.
    """
    if is_sealed(path):
        return
    new = path.with_name(path.name + UNFINISHED)
    new.unlink(missing_ok=True)
    try:
        with path.open("rb") as plain, open(new, "xb", opener=private_file) as target:
            _write_sealed(plain, target, key)
            target.flush()
            os.fsync(target.fileno())
        _check_same(path, new)
        Disk().rename(new, path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def unseal(path: Path, target: Path) -> None:
    """Write the plain recording to a new file that only its owner can read; `target` may be the file itself.

    Raises:
        RecordingError: no key for it, or a piece of it is damaged; nothing is written then.
    """
    new = target.with_name(target.name + UNFINISHED)
    new.unlink(missing_ok=True)
    try:
        file, _ = opened(path)
        with file, open(new, "xb", opener=private_file) as plain:
            while piece := file.read(PIECE_BYTES):
                plain.write(piece)
            _check_whole(path, file)
            plain.flush()
            os.fsync(plain.fileno())
        Disk().rename(new, target)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def damaged_pieces(file: BinaryIO) -> int:
    """Of what was read so far, how many pieces do not pass their check; 0 of a plain file."""
    raw = getattr(file, "raw", None)
    return len(raw.damaged) if isinstance(raw, _Sealed) else 0


def _check_same(path: Path, new: Path) -> None:
    if _digest(path) != _digest(new):
        raise OSError(f"{new}: reads back otherwise than it was written")


def _check_whole(path: Path, file: BinaryIO) -> None:
    damaged = damaged_pieces(file)
    if damaged:
        raise RecordingError(
            f"{path}: {damaged} of its pieces do not pass their check, so it stays as it is; "
            "`hipmonitor recordings repair` keeps what can be read"
        )


def _write_sealed(plain: BinaryIO, target: BinaryIO, key: bytes) -> None:
    head = HEAD.pack(MAGIC, PIECE_BYTES, seal_key.fingerprint(key), secrets.token_bytes(32))
    cipher = _cipher(key, head)
    target.write(head)
    number, piece = 0, plain.read(PIECE_BYTES)
    while True:
        following = plain.read(PIECE_BYTES)
        target.write(cipher.encrypt(NONCE.pack(number, not following), piece, head))
        if not following:
            return
        number, piece = number + 1, following


def _digest(path: Path) -> bytes:
    file, _ = opened(path)
    digest = hashlib.sha256()
    with file:
        while piece := file.read(PIECE_BYTES):
            digest.update(piece)
    return digest.digest()


def _cipher(key: bytes, head: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - an extra: only sealed files need it

    return AESGCM(_own_key(key, head))


def _own_key(key: bytes, head: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(algorithm=SHA256(), length=32, salt=head[-32:], info=b"hipmonitor recording").derive(key)


def _unchecked(own_key: bytes, nonce: bytes, stored: bytes) -> bytes:
    """What a piece holds, whatever its tag says: GCM counts from 2 in counter mode (NIST SP 800-38D, 7.1)."""
    from cryptography.hazmat.primitives.ciphers import Cipher  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.algorithms import AES  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.modes import CTR  # noqa: PLC0415

    return Cipher(AES(own_key), CTR(nonce + (2).to_bytes(4, "big"))).decryptor().update(stored[:-TAG_BYTES])


class _Sealed(io.RawIOBase):
    """The plain bytes of a sealed file, at any place."""

    def __init__(self, path: Path, file: BinaryIO, size: int, head: bytes) -> None:
        if len(head) < HEAD.size:
            raise RecordingError(
                f"{path}: is sealed and cut off within its first {HEAD.size} bytes; nothing can be read"
            )
        _, self.piece_bytes, fingerprint, _ = HEAD.unpack(head)
        if not SMALLEST_PIECE <= self.piece_bytes <= LARGEST_PIECE:
            raise RecordingError(
                f"{path}: is sealed with pieces of {self.piece_bytes} bytes, which no version of ours writes"
            )
        self._file, self._head = file, head
        key = _key_for(path, fingerprint)
        self._own_key, self._cipher = _own_key(key, head), _cipher(key, head)
        stored = size - HEAD.size
        self._pieces = -(-stored // (self.piece_bytes + TAG_BYTES))
        self.plain_bytes = max(0, stored - self._pieces * TAG_BYTES)
        self._at, self._held, self._plain = 0, -1, b""
        self.damaged: set[int] = set()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.plain_bytes}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._at >= self.plain_bytes:
            return 0
        number, offset = divmod(self._at, self.piece_bytes)
        part = self._piece(number)[offset : offset + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _piece(self, number: int) -> bytes:
        if number != self._held:
            self._held, self._plain = number, self._decrypted(number)
        return self._plain

    def _decrypted(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above

        self._file.seek(HEAD.size + number * (self.piece_bytes + TAG_BYTES))
        stored = self._file.read(self.piece_bytes + TAG_BYTES)
        nonce = NONCE.pack(number, number == self._pieces - 1)
        try:
            return self._cipher.decrypt(nonce, stored, self._head)
        except (InvalidTag, ValueError):
            self.damaged.add(number)
            return _unchecked(self._own_key, nonce, stored)


def _key_for(path: Path, fingerprint: bytes) -> bytes:
    try:
        key = seal_key.kept()
    except UsageError as error:
        raise RecordingError(f"{path}: is encrypted, and its key cannot be had: {error}") from error
    if key is None:
        raise RecordingError(
            f"{path}: is encrypted, and this computer's keyring has no key of ours; open it where it was made, or there "
            "take a plain copy with `hipmonitor recordings decrypt`"
        )
    if seal_key.fingerprint(key) != fingerprint:
        raise RecordingError(f"{path}: is encrypted with another key than the one in this computer's keyring")
    return key
