"""An open MCAP file with hipmonitor's channels in it."""

from __future__ import annotations

from typing import BinaryIO

from mcap.writer import LIBRARY_IDENTIFIER, CompressionType, Writer

from hipmonitor.core.errors import UsageError
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.io.session import layout
from hipmonitor.io.session.versions import program, versions


def new_mcap(file: BinaryIO) -> Writer:
    """An MCAP writer that has begun: compressed, each block with its own checksum."""
    writer = Writer(file, chunk_size=layout.PARAMS.chunk_bytes, compression=CompressionType.ZSTD)
    writer.start(profile=layout.PROFILE, library=f"{program()}; {LIBRARY_IDENTIFIER}")
    return writer


def end_mcap(writer: Writer) -> None:
    """Write the summary; what the file held before is not touched."""
    writer.finish()  # type: ignore[no-untyped-call]  # mcap leaves its result open


def checked_text(text: str, what: str) -> str:
    """The text, if it can be written at all."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"{what} {text!r} holds half a character; give a name that is valid Unicode") from error
    return text


class McapFile:
    """The channels of one session, made when they are first needed, and messages on them."""

    def __init__(self, file: BinaryIO, session: dict[str, str]) -> None:
        self.file = file
        self._writer = new_mcap(file)
        self._writer.add_metadata(layout.PROGRAM_METADATA, {"format": str(layout.FORMAT)} | versions())
        self._writer.add_metadata(layout.SESSION_METADATA, session)
        self.inbound = self._described(layout.INBOUND_TOPIC, "hipmonitor.Inbound", layout.INBOUND_SCHEMA)
        self.hip = self._described(layout.HIP_TOPIC, "hipmonitor.Hip", layout.HIP_SCHEMA)
        self.events = self._described(layout.EVENTS_TOPIC, "hipmonitor.Event", layout.EVENT_SCHEMA)
        self._raw: dict[tuple[SensorId, str], int] = {}
        self._samples: int | None = None

    def raw(self, sensor: SensorId, channel: str) -> int:
        """The MCAP channel of a sensor's radio channel."""
        known = self._raw.get((sensor, channel))
        return known if known is not None else self._add_raw(sensor, channel)

    def samples(self) -> int:
        """The MCAP channel of Samples."""
        if self._samples is None:
            self._samples = self._writer.register_channel(layout.SAMPLES_TOPIC, layout.SAMPLES_ENCODING, 0)
        return self._samples

    def add(self, channel: int, *, at: HostNs, data: bytes, sequence: int) -> None:
        """One message."""
        self._writer.add_message(channel, at, data, at, sequence)

    def flush(self) -> None:
        """Close the block in progress and hand everything to the operating system."""
        self._writer.flush()  # type: ignore[no-untyped-call]  # mcap leaves its result open

    def finish(self) -> None:
        """Write the summary; the file is whole after this."""
        end_mcap(self._writer)
        self.file.flush()

    def _add_raw(self, sensor: SensorId, channel: str) -> int:
        described = {"sensor": checked_text(sensor, "sensor"), "channel": checked_text(channel, "channel")}
        number = self._writer.register_channel(layout.raw_topic(channel), layout.PACKET_ENCODING, 0, described)
        self._raw[sensor, channel] = number
        return number

    def _described(self, topic: str, name: str, schema: bytes) -> int:
        number = self._writer.register_schema(name, layout.SCHEMA_ENCODING, schema)
        return self._writer.register_channel(topic, layout.JSON_ENCODING, number)
