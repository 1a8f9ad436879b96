"""The summary at the end of a closed recording: small, checked, and enough for a catalogue."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import BinaryIO, Final

from mcap.opcode import Opcode
from mcap.records import Channel, Schema, Statistics

from hipmonitor.io.session.framing import MAGIC, Torn, parse, split

_FOOTER = struct.Struct("<BQQQI")
"""Opcode, length, start of the summary, start of its offsets, CRC-32 of the summary and the fields before."""
_CRC_BYTES: Final = 4
_CHUNK_INDEX_OFFSET = struct.Struct("<16xQ")
"""Of a chunk index: where its chunk begins."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the end of the file tells about the rest."""

    start: int
    channels: dict[int, Channel]
    schemas: dict[int, Schema]
    statistics: Statistics
    data: bytes

    def block_after(self, position: int) -> int | None:
        """Where the next block after a damaged place begins, or the summary itself after the last one."""
        offsets = [self.start]
        for opcode, start, end in split(self.data):
            if opcode == Opcode.CHUNK_INDEX and end - start >= _CHUNK_INDEX_OFFSET.size:
                offsets.append(_CHUNK_INDEX_OFFSET.unpack_from(self.data, start)[0])
        return min((offset for offset in offsets if offset > position), default=None)


def read_summary(file: BinaryIO, size: int) -> Summary | None:
    """The summary, or None where the file was not closed or its end is damaged."""
    end = size - len(MAGIC) - _FOOTER.size
    if end < len(MAGIC):
        return None
    file.seek(end)
    footer = file.read(_FOOTER.size)
    opcode, _, start, _, crc = _FOOTER.unpack(footer)
    if opcode != Opcode.FOOTER or file.read(len(MAGIC)) != MAGIC or not 0 < start < end:
        return None
    file.seek(start)
    data = file.read(end - start)
    if zlib.crc32(footer[:-_CRC_BYTES], zlib.crc32(data)) != crc:
        return None
    return _summary(start, data)


def _summary(start: int, data: bytes) -> Summary | None:
    channels: dict[int, Channel] = {}
    schemas: dict[int, Schema] = {}
    statistics: Statistics | None = None
    try:
        for opcode, first, last in split(data):
            if opcode == Opcode.CHANNEL:
                channel = parse(Channel.read, data[first:last])
                channels[channel.id] = channel
            elif opcode == Opcode.SCHEMA:
                schema = parse(Schema.read, data[first:last])
                schemas[schema.id] = schema
            elif opcode == Opcode.STATISTICS:
                statistics = parse(Statistics.read, data[first:last])
    except Torn:
        return None
    if statistics is None:
        return None
    return Summary(start, channels, schemas, statistics, data)
