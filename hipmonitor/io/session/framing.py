"""MCAP records out of any bytes: every length is checked against the file before it is believed.

The mcap package's readers trust lengths and stop at the first surprise; here a surprise is a `Torn` that says where.
Layout of records: the MCAP specification, version 0 (mcap.dev/spec).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final, NamedTuple, TypeVar

import zstandard
from mcap.data_stream import ReadDataStream
from mcap.exceptions import McapError
from mcap.opcode import Opcode
from mcap.records import Channel, Header, Metadata, Schema, Statistics

from hipmonitor.io.session import layout

MAGIC: Final = b"\x89MCAP0\r\n"

_HEAD = struct.Struct("<BQ")
_CHUNK_HEAD = struct.Struct("<QQQII")
"""Start, end, uncompressed size, its CRC-32, and the length of the name of the compression that follows."""
_U64 = struct.Struct("<Q")
_MESSAGE_HEAD = struct.Struct("<HIQQ")
_READ: Final = frozenset(
    {Opcode.HEADER, Opcode.SCHEMA, Opcode.CHANNEL, Opcode.CHUNK, Opcode.METADATA, Opcode.STATISTICS, Opcode.FOOTER}
)
"""Records whose content is wanted; others are stepped over."""

Parsed = TypeVar("Parsed", Channel, Header, Metadata, Schema, Statistics)


class Torn(Exception):  # noqa: N818 - a state of the bytes, caught by the scan and told as damage
    """The bytes are not what they should be; the text goes on from "the file"."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the file; `body` is empty where its content is not wanted."""

    start: int
    opcode: int
    body: bytes
    end: int


class Message(NamedTuple):
    """One message of a block; a tuple, because a day holds a million."""

    channel_id: int
    sequence: int
    at: int
    data: bytes


def walk(file: BinaryIO, position: int, size: int) -> Iterator[Record]:
    """The records from a position up to the footer.

    Raises:
        Torn: the next bytes are no whole record. Everything before was handed out.
    """
    file.seek(position)
    while True:
        head = file.read(_HEAD.size)
        if not head:
            raise Torn("was not closed, so what came in its last seconds never reached the disk")
        opcode, length = _HEAD.unpack(head) if len(head) == _HEAD.size else (Opcode.CHUNK, size)
        start, position = position, position + _HEAD.size + length
        if opcode == 0:
            raise Torn(f"holds bytes that are no record at byte {start}")
        if position > size:
            raise Torn(f"ends in the middle of a block at byte {start}")
        yield Record(start, opcode, _body(file, opcode, length, position), position)
        if opcode == Opcode.FOOTER:
            return


def _body(file: BinaryIO, opcode: int, length: int, end: int) -> bytes:
    if opcode in _READ and length <= layout.PARAMS.largest_chunk_bytes:
        return file.read(length)
    file.seek(end)
    return b""


def parse(read: Callable[[ReadDataStream], Parsed], body: bytes) -> Parsed:
    """One of mcap's record types from its bytes.

    Raises:
        Torn: they are not one.
    """
    try:
        return read(ReadDataStream(BytesIO(body)))
    except (McapError, struct.error, ValueError, OverflowError) as error:
        raise Torn("holds a record that cannot be read") from error


def torn_until(file: BinaryIO, start: int) -> int | None:
    """The latest instant in the block that begins here and is not whole, where its head is still there."""
    file.seek(start)
    head = file.read(_HEAD.size + _CHUNK_HEAD.size)
    if len(head) < _HEAD.size + _CHUNK_HEAD.size or head[0] != Opcode.CHUNK:
        return None
    return int(_CHUNK_HEAD.unpack_from(head, _HEAD.size)[1])


def unpack_chunk(body: bytes) -> bytes:
    """The content of a block, checked.

    Raises:
        Torn: a checksum or a length is wrong.
    """
    try:
        _, _, size, crc, name_bytes = _CHUNK_HEAD.unpack_from(body)
        data_at = _CHUNK_HEAD.size + name_bytes + _U64.size
        name = body[_CHUNK_HEAD.size : data_at - _U64.size]
        (data_bytes,) = _U64.unpack_from(body, data_at - _U64.size)
        data = _decompressed(name, body[data_at : data_at + data_bytes], size)
    except (struct.error, zstandard.ZstdError) as error:
        raise Torn("holds a block that cannot be unpacked") from error
    if len(data) != size or (crc and zlib.crc32(data) != crc):
        raise Torn("holds a block whose checksum does not fit")
    return data


def _decompressed(name: bytes, data: bytes, size: int) -> bytes:
    if name == b"":
        return data
    if name != b"zstd":
        raise Torn("holds a block in a compression that hipmonitor does not write")
    if not 0 < zstandard.frame_content_size(data) == size <= layout.PARAMS.largest_chunk_bytes:
        raise Torn("holds a block whose size does not fit")
    return zstandard.decompress(data)


def split(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Opcode, start and end of the body of each record in these bytes.

    Raises:
        Torn: a length does not fit.
    """
    position, size = 0, len(data)
    while position < size:
        start = position + _HEAD.size
        if start > size:
            raise Torn("holds a record cut short")
        opcode, length = _HEAD.unpack_from(data, position)
        position = start + length
        if position > size:
            raise Torn("holds a record cut short")
        yield opcode, start, position


def chunk_records(data: bytes) -> Iterator[Schema | Channel | Message]:
    """What a block holds, in order.

    Raises:
        Torn: the block contradicts itself.
    """
    for opcode, start, end in split(data):
        if opcode == Opcode.MESSAGE:
            yield _message(data, start, end)
        elif opcode == Opcode.CHANNEL:
            yield parse(Channel.read, data[start:end])
        elif opcode == Opcode.SCHEMA:
            yield parse(Schema.read, data[start:end])


def _message(data: bytes, start: int, end: int) -> Message:
    body = start + _MESSAGE_HEAD.size
    if body > end:
        raise Torn("holds a block with a message cut short")
    channel_id, sequence, at, _ = _MESSAGE_HEAD.unpack_from(data, start)
    return Message(channel_id, sequence, at, data[body:end])
