"""A Capture2Go IMU as a firmware: packages in a send buffer that is emptied notification by notification, wherever they end.

What it streams goes on into the buffer when the link is lost; what does not fit is lost and told. Its clock begins with its power,
runs a little fast or slow, and goes on unless it is set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from firmware_sim.device import battery
from firmware_sim.device.crystal import Crystal, SampleClock
from firmware_sim.device.model import Model
from firmware_sim.device.source import AHEAD_S, BlockAhead, SampleSource, StreamShape
from firmware_sim.device.uptime import Uptime
from firmware_sim.ports import (
    FirmwareInput,
    FirmwareOutput,
    LinkDown,
    LinkUp,
    MtuChanged,
    Outgoing,
    Room,
    Subscribed,
    Unsubscribed,
    Written,
)
from hipmonitor.core.wire import capture2go_protocol as c2g
from hipmonitor.core.wire.capture2go_protocol import Flag, Header, State, Trouble

ATT_HEADER_BYTES = 3
COLLECT_NS = 200_000_000
"""Data wait so long for a full notification; answers do not."""
BUFFER_BYTES = 16_384
IDLE_WAKE_NS = 1_000_000_000
STATUS_NS = 1_000_000_000
COUNTS_MOST = 32_767
QUATERNION = c2g.encode_quaternion((1.0, 0.0, 0.0, 0.0))
HEADERS = {rate: header for header, rate in c2g.RATES_HZ.items()}
ABOUT = c2g.DEVICE_INFO.pack(1, b"1234ab", b"2.1", b"1.4", b"1.4.2", b"2025-05-02")
BLE_CONNECTED = 2


class Capture2GoDevice:
    """Its power comes on with the first update."""

    def __init__(self, source: SampleSource, *, crystal: Crystal, model: Model, ahead_s: float = AHEAD_S) -> None:
        self._source = BlockAhead(source, block_s=ahead_s)
        self._model, self._crystal, self._time = model, crystal, Uptime(crystal)
        self._bytes_lost = 0
        self._commands: dict[int, Callable[[bytes], None]] = {
            Header.GET_DEVICE_INFO: lambda _: self._put(Header.DEVICE_INFO, ABOUT),
            Header.GET_STATUS: lambda _: self._put_status(),
            Header.GET_MODE: lambda _: self._put(Header.MODE, self._mode),
            Header.SET_MODE: self._set_mode,
            Header.SET_TIME: self._set_time,
            Header.START: self._start,
            Header.STOP: self._stop,
            Header.STOP_AND_CLEAR: self._stop_and_clear,
            Header.ROUND_TRIP: self._round_trip,
        }
        self._boot()

    def _boot(self) -> None:
        self._time.boot()
        self._mtu, self._listened = 23, False
        self.state = State.IDLE
        self._clock_ahead_ns = 0
        self._time_was_set = False
        self._mode = c2g.encode_mode(packed=c2g.SamplingMode.HZ_100, status_every_s=1)
        self._buffer, self._real_time = b"", list[bytes]()
        self._is_urgent = False
        self._collecting_since_ns = 0
        self._status_due_own_ns = 0
        self._next_index = 0
        self._begin()

    def _begin(self) -> None:
        """A new mode: another rate, from now on."""
        clock = SampleClock(
            crystal=self._crystal,
            rate_mhz=round(c2g.rate_of_mode(self._mode) * 1000),
            start_own_ns=self._time.own_ns,
            boot_true_s=self._time.boot_true_s,
        )
        self._clock = clock
        self._source.begin(
            StreamShape(clock=clock, acc_range_g=int(c2g.FULL_RANGE_G), gyr_range_dps=int(c2g.FULL_RANGE_DPS))
        )

    # --- the contract with the radio ----------------------------------------------------------------------------------
    def read(self, channel: str) -> bytes:
        """Nothing of it can be read."""
        raise KeyError(channel)

    def reboot(self, now_ns: int) -> None:
        """Switched off and on."""
        self._time.advance(now_ns)
        self._boot()

    def tally(self) -> Mapping[str, int]:
        """What did not fit into the send buffer."""
        return {"bytes_lost": self._bytes_lost}

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        """Everything that is due."""
        self._time.advance(now_ns)
        room = 0
        for happened in inputs:
            if isinstance(happened, Room):
                room = happened.packets
            else:
                self._take(happened)
        self._measure()
        send = tuple(Outgoing(channel="data", payload=payload) for payload in self._notifications(room))
        return FirmwareOutput(send=send, wake_ns=self._wake_ns())

    def _wake_ns(self) -> int:
        wake = [self._time.now_ns + IDLE_WAKE_NS]
        if self.state is State.STREAMING:
            wake.append(self._time.host_ns(self._clock.own_ns(self._next_index + c2g.SAMPLES - 1)))
        if self._buffer and self._listened:
            wake.append(self._collecting_since_ns + COLLECT_NS)
        return min(wake)

    # --- what arrives -------------------------------------------------------------------------------------------------
    def _take(self, happened: LinkUp | LinkDown | MtuChanged | Written | Subscribed | Unsubscribed) -> None:
        match happened:
            case LinkUp(mtu=mtu) | MtuChanged(mtu=mtu):
                self._mtu = mtu
            case LinkDown():
                self._listened, self._real_time = False, []
            case Subscribed():
                self._listened = True
            case Unsubscribed():
                self._listened = False
            case Written(payload=payload):
                self._obey(payload)

    def _obey(self, payload: bytes) -> None:
        package = c2g.decode_package(payload)
        if package is None:
            self._complain(Trouble.PACKAGE, Header.ERROR)
        elif package.header not in self._commands or len(package.payload) != COMMAND_BYTES.get(package.header, 0):
            self._complain(Trouble.UNKNOWN_COMMAND, package.header)
        else:
            self._commands[package.header](package.payload)
        self._is_urgent = True

    def _complain(self, trouble: Trouble, command: int) -> None:
        self._put(Header.ERROR, c2g.ERROR.pack(trouble, command))

    def _set_mode(self, payload: bytes) -> None:
        if self.state is not State.IDLE:
            self._complain(Trouble.WRONG_STATE, Header.SET_MODE)
            return
        self._mode = payload
        if c2g.rate_of_mode(payload):
            self._begin()
        self._put(Header.MODE, payload)

    def _set_time(self, payload: bytes) -> None:
        self._clock_ahead_ns = c2g.TIME.unpack(payload)[0] - self._time.own_ns
        self._time_was_set = True
        self._put(Header.TIME, payload)

    def _start(self, _payload: bytes) -> None:
        if self.state is not State.IDLE or not c2g.rate_of_mode(self._mode):
            self._complain(Trouble.WRONG_STATE, Header.START)
            return
        self.state = State.STREAMING
        self._next_index = self._clock.taken(self._time.own_ns)
        self._status_due_own_ns = self._time.own_ns
        self._put(Header.STARTED)

    def _stop(self, _payload: bytes) -> None:
        if self.state is not State.STREAMING:
            self._complain(Trouble.WRONG_STATE, Header.STOP)
            return
        self.state = State.IDLE
        self._put(Header.STOPPED)

    def _stop_and_clear(self, _payload: bytes) -> None:
        """The beginning of a package may have been sent already; its end never will be."""
        if self.state is not State.STREAMING:
            self._complain(Trouble.WRONG_STATE, Header.STOP_AND_CLEAR)
            return
        self.state, self._buffer = State.IDLE, b""
        self._put(Header.STOPPED_AND_CLEARED)

    def _round_trip(self, payload: bytes) -> None:
        """Received and sent in one instant: it is sent ahead of everything else."""
        now_ns = self._own_clock_ns(self._time.own_ns)
        answer = c2g.ROUND_TRIP.pack(c2g.ROUND_TRIP.unpack(payload)[0], now_ns, now_ns, 0)
        self._real_time.append(c2g.encode_package(Header.ROUND_TRIP, answer))

    def _own_clock_ns(self, own_ns: int) -> int:
        return own_ns + self._clock_ahead_ns

    # --- what is measured ---------------------------------------------------------------------------------------------
    def _measure(self) -> None:
        while self.state is State.STREAMING and self._next_index + c2g.SAMPLES <= self._clock.taken(self._time.own_ns):
            self._put(HEADERS[c2g.rate_of_mode(self._mode)], self._packed(self._next_index))
            self._next_index += c2g.SAMPLES
        if self.state is State.STREAMING and self._time.own_ns >= self._status_due_own_ns:
            self._status_due_own_ns += STATUS_NS
            self._put_status()

    def _packed(self, first: int) -> bytes:
        counts = self._source.samples(first, c2g.SAMPLES)
        acc = np.rint(counts[:, :3] * (9.80665 / c2g.SENSOR_G_MPS2))
        flags = Flag.TIME_GAP if self._time_was_set else Flag(0)
        flags |= Flag.ACC_CLIPPED if np.abs(counts[:, :3]).max() >= COUNTS_MOST else Flag(0)
        flags |= Flag.GYR_CLIPPED if np.abs(counts[:, 3:]).max() >= COUNTS_MOST else Flag(0)
        self._time_was_set = False
        first_ns = self._own_clock_ns(self._clock.own_ns(first))
        return c2g.encode_packed(first_ns, counts[:, 3:], acc.astype(np.int16), QUATERNION, flags)

    def _put_status(self) -> None:
        percent = battery.percent(self._model, self._time.powered_ns)
        now_ns = self._own_clock_ns(self._time.own_ns)
        self._put(Header.STATUS, c2g.STATUS.pack(now_ns, self.state, BLE_CONNECTED, 12, -7, 3, True, percent, 97))

    # --- what is sent -------------------------------------------------------------------------------------------------
    def _put(self, header: int, payload: bytes = b"") -> None:
        package = c2g.encode_package(header, payload)
        if not self._buffer:
            self._collecting_since_ns = self._time.now_ns
        if len(self._buffer) + len(package) > BUFFER_BYTES:
            self._bytes_lost += len(package)
        else:
            self._buffer += package

    def _notifications(self, room: int) -> list[bytes]:
        """Full ones; and the rest, where an answer is in it or it has waited long enough."""
        out: list[bytes] = []
        most = min(self._mtu, c2g.MOST_PAYLOAD + ATT_HEADER_BYTES + len(c2g.encode_package(0))) - ATT_HEADER_BYTES - 1
        waited = self._time.now_ns - self._collecting_since_ns >= COLLECT_NS
        while self._listened and len(out) < room:
            first = self._real_time[: 1 if self._real_time else 0]
            del self._real_time[: len(first)]
            ahead = b"".join(first)
            is_due = self._is_urgent or waited or len(self._buffer) >= most
            if not (first or (self._buffer and is_due)):
                break
            part, self._buffer = self._buffer[: most - len(ahead)], self._buffer[max(0, most - len(ahead)) :]
            self._collecting_since_ns = self._time.now_ns
            out.append(bytes([c2g.NO_REAL_TIME - len(first)]) + ahead + part)
        self._is_urgent = self._is_urgent and bool(self._buffer or self._real_time)
        return out


COMMAND_BYTES: dict[int, int] = {
    Header.SET_MODE: c2g.MODE.size,
    Header.SET_TIME: c2g.TIME.size,
    Header.ROUND_TRIP: c2g.ROUND_TRIP.size,
}
"""Payloads of commands; the others have none."""
