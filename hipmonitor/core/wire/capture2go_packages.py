"""Notifications of a Capture2Go to packages: the bytes of its stream are put together again, and after a loss found anew."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.wire.capture2go_protocol import (
    FRAME,
    MOST_PAYLOAD,
    MOST_REAL_TIME,
    NO_REAL_TIME,
    START_BYTE,
    Package,
    decode_package,
)

SIZE_AT = 5


@dataclass(slots=True, kw_only=True)
class Unpacker:
    """What is carried from one notification to the next."""

    stream: bytes = b""
    """The part of a package that has come; less than one whole."""
    skipped: int = 0
    """Bytes that belonged to no whole package, since it was asked last."""

    def packages(self, payload: bytes) -> list[Package]:
        """The packages that this notification completes."""
        count = NO_REAL_TIME - payload[0] if payload else 0
        if count > MOST_REAL_TIME:
            self.skipped += len(payload)
            return []
        at, found = 1, list[Package]()
        for _ in range(count):
            package = decode_package(payload, at)
            if package is None:  # where the stream goes on behind it is not known
                self.skipped += len(payload) - at
                return found
            found.append(package)
            at += FRAME.size + len(package.payload)
        self.stream += payload[at:]
        return found + self._from_stream()

    def _from_stream(self) -> list[Package]:
        data, at, found = self.stream, 0, list[Package]()
        while len(data) - at >= FRAME.size:
            package = decode_package(data, at)
            if package is not None:
                found.append(package)
                at += FRAME.size + len(package.payload)
                continue
            begins = _next_whole(data, at)
            if begins is None and _may_become_one(data, at):
                break
            begins = _next_start(data, at + 1) if begins is None else begins
            self.skipped += begins - at
            at = begins
        self.stream = data[at:]
        return found

    def take_skipped(self) -> int:
        """Bytes skipped since it was asked last."""
        skipped, self.skipped = self.skipped, 0
        return skipped


def _may_become_one(data: bytes, at: int) -> bool:
    """Whether a package may begin there of which the end has not come."""
    size = data[at + SIZE_AT]
    return data[at] == START_BYTE and size <= MOST_PAYLOAD and len(data) < at + FRAME.size + size


def _next_whole(data: bytes, at: int) -> int | None:
    """Where a whole package begins behind this place: then what seems to begin here is none."""
    begins = _next_start(data, at + 1)
    while begins < len(data):
        if decode_package(data, begins) is not None:
            return begins
        begins = _next_start(data, begins + 1)
    return None


def _next_start(data: bytes, at: int) -> int:
    begins = data.find(START_BYTE, at)
    return len(data) if begins < 0 else begins
