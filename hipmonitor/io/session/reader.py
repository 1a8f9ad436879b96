"""Reads a session back: the same Inbounds in the same order, in bounded memory, from whole and from damaged files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from mcap.records import Channel

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.inbound import Inbound, Notification, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.io.session import layout
from hipmonitor.io.session.codec import decode_json, decode_samples
from hipmonitor.io.session.damage import Damage
from hipmonitor.io.session.framing import Message
from hipmonitor.io.session.head import Head, session_heads
from hipmonitor.io.session.mended import Mended
from hipmonitor.io.session.scan import Scan
from hipmonitor.io.session.session_scan import SessionScan
from hipmonitor.io.session.versions import program

BATCH: Final = 4096
"""Inbounds handed out at a time: some minutes of a session, a few MB."""

Decoder = Callable[[Message], Inbound]


def read_session(path: Path) -> SessionReader:
    """Open a recording: the whole session, of whichever of its parts this is the path.

    Raises:
        RecordingError: it is not there, is no recording of hipmonitor, or is newer than this program.
    """
    return SessionReader(path, session_heads(path))


class SessionReader:
    """One recording; iterate it as often as needed, each time from its start."""

    def __init__(self, path: Path, files: Mapping[Path, Head]) -> None:
        self.path = path
        self._files = files
        self._head = next(iter(files.values()))
        self._damage: Damage | None = None
        self._is_checked = False
        self._mended = Mended()

    @property
    def metadata(self) -> Mapping[str, Mapping[str, str]]:
        """Metadata records by name."""
        return self._head.metadata

    @property
    def sensor(self) -> SensorId:
        """The thigh sensor, or empty where it cannot be read."""
        return SensorId(self._head.sensor)

    @property
    def started_at(self) -> HostNs | None:
        """When the session began, or None where it cannot be read."""
        return self._head.started_at

    @property
    def repaired(self) -> str | None:
        """What an earlier repair found missing, as a sentence, or None for a file as it was recorded."""
        return " ".join(head.repaired for head in self._files.values() if head.repaired) or None

    @property
    def mended(self) -> str:
        """What was left out of what was read so far, for nobody can mean it, as a sentence; empty where nothing was."""
        return self._mended.sentence

    @property
    def damage(self) -> Damage | None:
        """What is missing, or None for a whole file. Before the first complete iteration this reads the file once."""
        if not self._is_checked:
            scan = self._scan()
            for _ in scan.blocks():
                pass
            self._keep_verdict(scan)
        return self._damage

    def __iter__(self) -> Iterator[Inbound]:
        """Every Inbound in door order.

        Raises:
            RecordingError: it holds something this version does not know. Damage is told by `damage` instead.
        """
        return chain.from_iterable(self._blocks())

    def batches(self, size: int = BATCH) -> Iterator[list[Inbound]]:
        """The same, `size` at a time; the last batch is shorter."""
        waiting: list[Inbound] = []
        for block in self._blocks():
            waiting.extend(block)
            while len(waiting) >= size:
                yield waiting[:size]
                waiting = waiting[size:]
        if waiting:
            yield waiting

    def _blocks(self) -> Iterator[list[Inbound]]:
        all_of_them = self._scan()
        decoders: dict[int, Decoder] = {}
        file: Scan | None = None
        for scan, block in all_of_them.blocks():
            if scan is not file:
                file, decoders = scan, {}
            for message in block:
                if message.channel_id not in decoders and scan.is_inbound(message):
                    decoders[message.channel_id] = _decoder(self.path, scan.channels[message.channel_id], self._mended)
            yield self._decoded(block, decoders)
        self._keep_verdict(all_of_them)

    def _decoded(self, block: list[Message], decoders: dict[int, Decoder]) -> list[Inbound]:
        try:
            return [decoders[message.channel_id](message) for message in block if message.channel_id in decoders]
        except RecordingError as error:
            raise RecordingError(f"{self.path}: {error}") from error

    def _scan(self) -> SessionScan:
        return SessionScan(self._files)

    def _keep_verdict(self, scan: SessionScan) -> None:
        self._damage, self._is_checked = scan.damage, True


def _decoder(path: Path, channel: Channel, mended: Mended) -> Decoder:
    if channel.topic == layout.INBOUND_TOPIC and channel.message_encoding == layout.JSON_ENCODING:
        return lambda message: decode_json(message.data, mended)
    if channel.topic == layout.SAMPLES_TOPIC and channel.message_encoding == layout.SAMPLES_ENCODING:
        return lambda message: decode_samples(HostNs(message.at), message.data)
    if channel.message_encoding == layout.PACKET_ENCODING and {"sensor", "channel"} <= channel.metadata.keys():
        return _notifications(SensorId(channel.metadata["sensor"]), channel.metadata["channel"])
    raise RecordingError(
        f"{path}: holds {channel.topic} as {channel.message_encoding}, which {program()} does not know: "
        "update hipmonitor to read it"
    )


def _notifications(sensor: SensorId, channel: str) -> Decoder:
    def decode(message: Message) -> Notification:
        return Notification(at=HostNs(message.at), sensor=sensor, channel=channel, payload=message.data)

    return decode
