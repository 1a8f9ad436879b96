"""How data come in: the link, the rate, what was lost, and the battery."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

from hipmonitor.core.inbound import LinkChange, LinkState
from hipmonitor.core.instants import NS_PER_S, HostNs, seconds_between
from hipmonitor.core.pipeline import Products
from hipmonitor.core.wire import FaultKind, ImuPackets

NS_PER_MS = 1_000_000
WINDOW_S = 10.0
"""Figures are of the last ten seconds (views 0)."""
LEAST_RATE_S = 0.5
"""A rate is told of no less than this."""
GAP_AFTER_S, NO_DATA_AFTER_S = 1.0, 5.0
"""Views 3.1: the last value stands for 1 s; from 5 s on it is no data."""
SOME_PERCENT, MANY_PERCENT = 1.0, 5.0
"""Lost samples from which on it says some, and many. Losses up to a second are bridged; these are for the eye only."""


BEHIND_FOR_S = 60.0
"""That packets were dropped here is said for so long."""


class Flow(StrEnum):
    """What comes from the sensor."""

    NONE_YET = "none_yet"
    FLOWING = "flowing"
    GAP = "gap"
    NO_DATA = "no_data"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkNow:
    """The last that the link told."""

    state: LinkState | None
    sentence: str
    sensor: str = ""
    """The one it is about; empty before any was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamNow:
    """Figures of the stream."""

    flow: Flow
    silent_s: float
    """Since the last sample; 0 while none came yet."""
    rate_hz: float
    lost_percent: float
    packets: int
    """In the whole session."""
    lost: int
    """Samples lost in the whole session."""
    battery_percent: int | None
    boxes: int
    """0 to 4."""
    word: str
    fell_behind: str = ""
    """This computer could not keep up within the last minute, in a sentence with how much was dropped."""
    delay_ms: float | None = None
    """From a packet's last sample to its arrival: the median of the last ten seconds. None = not known."""


class _Arrival(NamedTuple):
    at_ns: int
    samples: int
    lost: int


class StreamTracker:
    """Follows blocks, faults and links."""

    def __init__(self) -> None:
        self._recent: deque[_Arrival] = deque()
        self._newest_ns: int | None = None
        self._delays: deque[tuple[int, int]] = deque()
        """(arrival, delay) of packets, in ns."""
        self._packets = 0
        self._lost = 0
        self._overflow: LinkChange | None = None
        self.battery_percent: int | None = None
        self.link = LinkNow(state=None, sentence="")

    def take_links(self, links: Sequence[LinkChange]) -> None:
        """Changes of the link, in order."""
        for change in links:
            if change.state is LinkState.OVERFLOW:
                self._overflow = change
                continue  # the link stands as it stood
            if change.state is LinkState.LOST and self.link.sensor not in {"", change.sensor}:
                continue  # another one, that lost its place
            self.link = LinkNow(state=change.state, sentence=change.detail, sensor=change.sensor)

    def take(self, piece: Products) -> None:
        """One piece of the stream."""
        self._packets += sum(len(item.at_ns) for item in piece.decoded if isinstance(item, ImuPackets))
        for fault in piece.faults:
            if fault.kind is FaultKind.SAMPLES_LOST:
                self._lost += fault.count
                self._recent.append(_Arrival(int(fault.at), 0, fault.count))
        if not len(piece.imu):
            return
        self._newest_ns = newest = int(piece.imu.t_ns[-1])
        self._take_delay(piece, newest)
        self._recent.extend(_by_second(piece))
        while self._recent[0].at_ns < newest - WINDOW_S * NS_PER_S:
            self._recent.popleft()

    def _take_delay(self, piece: Products, newest_ns: int) -> None:
        arrived = max((int(item.at_ns[-1]) for item in piece.decoded if isinstance(item, ImuPackets)), default=None)
        if arrived is None or arrived < newest_ns:
            return
        self._delays.append((arrived, arrived - newest_ns))
        while self._delays[0][0] < arrived - WINDOW_S * NS_PER_S:
            self._delays.popleft()

    def stream(self, now: HostNs) -> StreamNow:
        """What to show at that moment."""
        silent_s = 0.0 if self._newest_ns is None else max(0.0, seconds_between(HostNs(self._newest_ns), now))
        flow = self._flow(silent_s)
        recent = [arrival for arrival in self._recent if arrival.at_ns >= now - WINDOW_S * NS_PER_S]
        samples, lost = sum(a.samples for a in recent), sum(a.lost for a in recent)
        lost_percent = 100 * lost / (samples + lost) if samples + lost else 0.0
        behind = self._fell_behind(now)
        boxes, word = self._quality(flow, lost_percent, behind=bool(behind))
        return StreamNow(
            flow=flow,
            silent_s=silent_s,
            rate_hz=_rate_hz(recent),
            lost_percent=lost_percent,
            packets=self._packets,
            lost=self._lost,
            battery_percent=self.battery_percent,
            boxes=boxes,
            word=word,
            fell_behind=behind,
            delay_ms=median(delay for _, delay in self._delays) / NS_PER_MS if self._delays else None,
        )

    def _flow(self, silent_s: float) -> Flow:
        if self.link.state is LinkState.ENDED:
            return Flow.ENDED
        if self._newest_ns is None:
            return Flow.NONE_YET
        if silent_s >= NO_DATA_AFTER_S:
            return Flow.NO_DATA
        return Flow.GAP if silent_s > GAP_AFTER_S else Flow.FLOWING

    def _fell_behind(self, now: HostNs) -> str:
        lately = self._overflow is not None and seconds_between(self._overflow.at, now) < BEHIND_FOR_S
        return self._overflow.detail if self._overflow is not None and lately else ""

    def _quality(self, flow: Flow, lost_percent: float, *, behind: bool) -> tuple[int, str]:
        if flow is Flow.NONE_YET:
            searching = self.link.state in {None, LinkState.SEARCHING}
            return 0, "Searching" if searching else "Connecting"
        if flow is Flow.ENDED:
            return 0, "Ended"
        if flow is Flow.NO_DATA or flow is Flow.GAP:
            return 0, "No data"
        if behind:
            return 2, "Computer busy"
        if lost_percent >= MANY_PERCENT:
            return 2, "Many drops"
        return (3, "Some drops") if lost_percent >= SOME_PERCENT else (4, "Good")


def _rate_hz(recent: Sequence[_Arrival]) -> float:
    """Of what came after the first arrival, whose samples are of before: the same in whatever pieces they came."""
    came = [arrival for arrival in recent if arrival.samples]
    passed_s = (came[-1].at_ns - came[0].at_ns) / NS_PER_S if came else 0.0
    return sum(arrival.samples for arrival in came[1:]) / passed_s if passed_s > LEAST_RATE_S else 0.0


def _by_second(piece: Products) -> Iterator[_Arrival]:
    """A piece may be long where a recording is gone through."""
    t_ns = piece.imu.t_ns
    starts = np.flatnonzero(np.diff(t_ns // NS_PER_S, prepend=-1)).tolist()
    for a, b in pairwise([*starts, len(t_ns)]):
        yield _Arrival(int(t_ns[b - 1]), int(np.count_nonzero(piece.imu.measured[a:b])), 0)
