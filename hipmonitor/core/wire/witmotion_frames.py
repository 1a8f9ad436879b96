"""WitMotion's byte stream cut into frames: they carry no number and no checksum, and may span notifications.

A frame is believed where a header stands directly behind it, or where it is one of those that fill a notification exactly: the
radio hands over a notification whole or not at all. Anything else is a false header after a loss. What can be decided only
by the next bytes waits for them; so the frames do not depend on how the stream is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hipmonitor.core.arrays import Nanoseconds
from hipmonitor.core.inbound import Notification
from hipmonitor.core.wire.witmotion_protocol import (
    CALENDAR,
    DATA_HEADER,
    FRAME_BYTES,
    REPLY_HEADER,
    STAMPED_BYTES,
    Reply,
    decode_reply,
    is_calendar,
)

HEADERS = (DATA_HEADER, REPLY_HEADER)
FORGET_AFTER = 4 * STAMPED_BYTES
"""A search that takes longer is for frames of another length."""


class DataFrames(NamedTuple):
    """Consecutive data frames: when the last byte of each arrived, and their bytes (m, 20) without any calendar."""

    at_ns: Nanoseconds
    rows: NDArray[np.uint8]


class HeardReply(NamedTuple):
    """A register was told."""

    at_ns: int
    reply: Reply


class OutOfStep(NamedTuple):
    """What should have been a header is none: bytes were lost."""

    at_ns: int


Found = DataFrames | HeardReply | OutOfStep


class Piece(NamedTuple):
    """One notification, from whose front so many bytes were taken."""

    at_ns: int
    payload: bytes
    taken: int = 0


class _Verdict(NamedTuple):
    """Of the bytes from a place on: length > 0 a frame, 0 more bytes are needed, < 0 no frame, as byte `disproof` shows."""

    length: int
    disproof: int = 0


MORE_NEEDED = _Verdict(0)


@dataclass(slots=True, kw_only=True)
class FrameStream:
    """One connection's stream: bytes that wait, and how long its data frames are."""

    held: list[Piece] = field(default_factory=list)
    frame_bytes: int = 0
    """0 = not known: two frames in a row will tell."""
    in_step: bool = True
    in_a_row: int = 0
    """Data frames of this length; one alone may have been a false header."""
    searched: int = 0
    """Places since it was in step."""

    def take(self, notes: Sequence[Notification]) -> list[Found]:
        """The frames that these notifications complete, in order."""
        pieces = [*self.held, *(Piece(note.at, note.payload) for note in notes if note.payload)]
        stretch = _Stretch(pieces)
        found: list[Found] = []
        at = 0
        while (verdict := self._verdict(stretch, at)) != MORE_NEEDED:
            if verdict.length < 0:
                if self.in_step:
                    found.append(OutOfStep(stretch.arrival_ns(verdict.disproof + 1)))
                at += self._search_on()
                continue
            self.in_step, self.searched = True, 0
            frames = self._frames(stretch, at, verdict.length)
            found.append(frames)
            at += verdict.length * (len(frames.at_ns) if isinstance(frames, DataFrames) else 1)
        self.held = stretch.rest(at)
        return found

    def _search_on(self) -> int:
        """Bytes to go on by; none where the length may be the mistake: a sensor's frames are all of one, but is it this?"""
        self.in_step, self.searched = False, self.searched + 1
        if not self.frame_bytes or (self.in_a_row > 1 and self.searched < FORGET_AFTER):
            return 1
        self.frame_bytes = self.in_a_row = 0
        return 0

    def _frames(self, stretch: _Stretch, at: int, length: int) -> DataFrames | HeardReply:
        """The frame that stands here, with the data frames behind it that are believed for the same reason."""
        if stretch.has(at, REPLY_HEADER):
            frame = stretch.stream[at : at + length]
            return HeardReply(stretch.arrival_ns(at + length), decode_reply(frame))
        rows = stretch.rows(at, length)
        headed = (rows[:, 0] == DATA_HEADER[0]) & (rows[:, 1] == DATA_HEADER[1])
        in_a_row = len(rows) if headed.all() else int(np.argmin(headed))
        believed = max(1, in_a_row - 1)
        self.in_a_row = believed + (self.in_a_row if length == self.frame_bytes else 0)
        self.frame_bytes = length
        return DataFrames(stretch.arrivals_ns(at, length, believed), rows[:believed, :FRAME_BYTES])

    def _verdict(self, stretch: _Stretch, at: int) -> _Verdict:
        shown = stretch.header(at)
        if shown is not None:
            return shown
        if stretch.has(at, REPLY_HEADER):
            return self._of_length(stretch, at, FRAME_BYTES)
        if self.frame_bytes:
            return self._of_length(stretch, at, self.frame_bytes)
        return _of_unknown_length(stretch, at)

    def _of_length(self, stretch: _Stretch, at: int, length: int) -> _Verdict:
        if at + length > len(stretch.stream):
            return MORE_NEEDED
        if stretch.is_sound(at, length):
            return _Verdict(length)
        return stretch.header(at + length) or _Verdict(length)


def _of_unknown_length(stretch: _Stretch, at: int) -> _Verdict:
    """A data frame is as long as the way to the next header; the longer kind ends in a calendar."""
    shown = stretch.header(at + FRAME_BYTES)
    if shown is None:
        return _Verdict(FRAME_BYTES)
    if shown == MORE_NEEDED:
        return shown
    stamp = stretch.stream[at + FRAME_BYTES : at + STAMPED_BYTES]
    if len(stamp) < CALENDAR.size:
        return MORE_NEEDED
    return (stretch.header(at + STAMPED_BYTES) or _Verdict(STAMPED_BYTES)) if is_calendar(stamp) else shown


class _Stretch:
    """Bytes in a row, and of which notification each is."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self.stream = b"".join([piece.payload[piece.taken :] for piece in pieces])
        self._bytes = np.frombuffer(self.stream, np.uint8)
        self._ends = np.cumsum([len(piece.payload) - piece.taken for piece in pieces], dtype=np.int64)
        self._at_ns = np.array([piece.at_ns for piece in pieces], np.int64)

    def has(self, at: int, header: bytes) -> bool:
        """Whether this header stands here."""
        return self.stream.startswith(header, at)

    def header(self, at: int) -> _Verdict | None:
        """None where one stands; else what that shows."""
        if self.stream.startswith(HEADERS, at):
            return None
        if at >= len(self.stream):
            return MORE_NEEDED
        if self.stream[at] != DATA_HEADER[0]:
            return _Verdict(-1, at)
        return MORE_NEEDED if at + 1 == len(self.stream) else _Verdict(-1, at + 1)

    def rows(self, at: int, length: int) -> NDArray[np.uint8]:
        """Everything from here on in rows of so many bytes."""
        whole = (len(self.stream) - at) // length
        return self._bytes[at : at + whole * length].reshape(whole, length)

    def arrivals_ns(self, at: int, length: int, n: int) -> Nanoseconds:
        """(n,) when the last byte of each of n frames arrived."""
        return self._at_ns[np.searchsorted(self._ends, at + length * np.arange(1, n + 1))]

    def arrival_ns(self, end: int) -> int:
        """When the byte before this place arrived."""
        return int(self._at_ns[np.searchsorted(self._ends, end)])

    def is_sound(self, at: int, length: int) -> bool:
        """Whether this is one of the frames of this length that fill a notification exactly."""
        which = int(np.searchsorted(self._ends, at + length))
        whole = len(self.pieces[which].payload)
        offset = at - (int(self._ends[which]) - whole)
        return offset >= 0 and offset % length == 0 and whole % length == 0

    def rest(self, at: int) -> list[Piece]:
        """What is left from here on."""
        first = int(np.searchsorted(self._ends, at, side="right"))
        if first == len(self.pieces):
            return []
        piece = self.pieces[first]
        left = int(self._ends[first]) - at
        return [piece._replace(taken=len(piece.payload) - left), *self.pieces[first + 1 :]]
