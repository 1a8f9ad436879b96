"""One pass over a recording's messages, front to back, that keeps going where it can and notes what is missing.

It never needs the summary: an unclosed or cut file is read by the same steps as a whole one. Where there is a summary,
it names the channels of lost blocks, tells where reading can go on, and how many events there should be.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from mcap.opcode import Opcode
from mcap.records import Channel, Schema, Statistics

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.instants import HostNs
from hipmonitor.io.session import layout
from hipmonitor.io.session.damage import Damage
from hipmonitor.io.session.framing import MAGIC, Message, Record, Torn, chunk_records, torn_until, unpack_chunk, walk
from hipmonitor.io.session.head import Head
from hipmonitor.io.session.ledger import Gap, Ledger, OrderChanged
from hipmonitor.io.session.sealed import damaged_pieces, opened
from hipmonitor.io.session.summary import Summary, read_summary

_DOOR_TOPICS = frozenset({layout.INBOUND_TOPIC, layout.SAMPLES_TOPIC})


def at_the_door(channel: Channel) -> bool:
    """Whether the channel's messages are Inbounds."""
    return channel.topic in _DOOR_TOPICS or channel.topic.startswith(f"{layout.RAW_TOPIC}/")


class Scan:
    """Reads one file once. After `blocks` is exhausted, `damage` and `gaps` are complete.

    Args:
        path: the recording.
        head: its beginning.
    """

    def __init__(self, path: Path, head: Head) -> None:
        self._path = path
        self._ledger = Ledger(head.known_gaps, head.first - head.opening)
        self.channels: dict[int, Channel] = {}
        self.schemas: dict[int, Schema] = {}
        self._door: set[int] = set()

    @property
    def damage(self) -> Damage | None:
        """What was found to be missing, or None for a whole file."""
        return self._ledger.damage

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Running numbers found missing, known ones too."""
        return tuple(self._ledger.gaps)

    @property
    def events(self) -> int:
        """Inbounds read so far."""
        return self._ledger.events

    @property
    def next(self) -> int:
        """The running number that would come next."""
        return self._ledger.next

    @property
    def latest(self) -> HostNs | None:
        """The latest instant read so far."""
        return self._ledger.latest

    def is_inbound(self, message: Message) -> bool:
        """Whether the message came through the door."""
        return message.channel_id in self._door

    def blocks(self) -> Iterator[list[Message]]:
        """The messages of one block after the other, in the order in which they were written.

        Raises:
            RecordingError: the file cannot be opened, or another tool changed the order of its events.
        """
        try:
            file, size = opened(self._path)
            with file:
                yield from self._blocks(file, size)
        except OSError as error:
            raise RecordingError(f"{self._path}: cannot be read ({error.strerror or error}); check the disk") from error
        except OrderChanged as error:
            raise RecordingError(
                f"{self._path}: another tool changed the order of its events; open the file as hipmonitor wrote it"
            ) from error

    def _blocks(self, file: BinaryIO, size: int) -> Iterator[list[Message]]:
        summary = read_summary(file, size)
        if summary is not None:
            self._learn_all(summary)
        begin: int | None = len(MAGIC)
        while begin is not None:
            position, begin = begin, None
            try:
                for record in walk(file, position, size):
                    position = record.end
                    yield from self._block(record)
                _check_end(file, position, size)
            except Torn as torn:
                self._ledger.trouble(str(torn), _instant(torn_until(file, position)))
                begin = None if summary is None else summary.block_after(position)
        damaged = damaged_pieces(file)
        if damaged:
            self._ledger.trouble(f"{damaged} of its encrypted pieces do not pass their check")
        self._close(summary)

    def _block(self, record: Record) -> Iterator[list[Message]]:
        if record.opcode != Opcode.CHUNK:
            return
        try:
            messages = self._messages(unpack_chunk(record.body))
        except Torn as torn:
            self._ledger.trouble(f"{torn} at byte {record.start}")
        else:
            yield messages

    def _messages(self, data: bytes) -> list[Message]:
        messages = []
        for item in chunk_records(data):
            if isinstance(item, Message):
                if self._count(item):
                    messages.append(item)
            elif isinstance(item, Channel):
                self._learn(item)
            else:
                self.schemas[item.id] = item
        return messages

    def _count(self, message: Message) -> bool:
        if message.channel_id in self._door:
            self._ledger.count(message.sequence, HostNs(message.at))
        elif message.channel_id not in self.channels:
            self._ledger.trouble("lost the description of a channel")
            return False
        return True

    def _learn(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        if at_the_door(channel):
            self._door.add(channel.id)

    def _learn_all(self, summary: Summary) -> None:
        self.schemas.update(summary.schemas)
        for channel in summary.channels.values():
            self._learn(channel)

    def _close(self, summary: Summary | None) -> None:
        if summary is None:
            self._ledger.close(written=None, until=None)
        else:
            until = _instant(summary.statistics.message_end_time)
            self._ledger.close(written=inbounds_written(summary.channels, summary.statistics), until=until)


def inbounds_written(channels: dict[int, Channel], statistics: Statistics) -> int:
    """How many Inbounds the summary counts."""
    counts = statistics.channel_message_counts
    return sum(counts.get(channel.id, 0) for channel in channels.values() if at_the_door(channel))


def _check_end(file: BinaryIO, end: int, size: int) -> None:
    file.seek(end)
    if file.read(len(MAGIC)) != MAGIC or end + len(MAGIC) != size:
        raise Torn(f"does not end where it was closed, at byte {end}")


def _instant(ns: int | None) -> HostNs | None:
    return None if ns is None else HostNs(ns)
