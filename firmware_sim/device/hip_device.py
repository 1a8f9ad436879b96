"""The hip sensor's firmware: what it does with time, the link and what the host writes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np

from firmware_sim.device import battery
from firmware_sim.device.backfill import Backfill, Wanted
from firmware_sim.device.commands import Command, Refusal, read_command
from firmware_sim.device.crystal import SampleClock
from firmware_sim.device.link import Link
from firmware_sim.device.live import Live
from firmware_sim.device.model import SLOW_RATE_MHZ, Model
from firmware_sim.device.source import AHEAD_S, BlockAhead, SampleSource, StreamShape
from firmware_sim.device.stream import Stream
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
from hipmonitor.core.wire.hip_protocol import (
    BACKFILL_ARGUMENTS,
    SYNC_ANSWER,
    SYNC_ASK,
    AckStatus,
    Info,
    InfoFlag,
    Kind,
    Op,
    encode_ack,
    encode_info,
)

IDLE_WAKE_NS = 1_000_000_000
"""Without anything to send the firmware still wants to be called once a second, to take its samples into memory."""
BACKFILL_WAKE_NS = 10_000_000
"""While a backfill waits for room: less than the shortest connection interval that is asked for."""
PATTERNS = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vibration:
    """The motor ran: when, which pattern, how strong."""

    at_ns: int
    pattern: int
    strength_percent: int


class HipDevice:
    """A thigh sensor that speaks PROTOCOL.md. Its power comes on with the first update.

    Nothing in it is random except the boot id and the stream tags, which come from `seed`.
    """

    def __init__(
        self, source: SampleSource, *, model: Model | None = None, seed: int = 0, ahead_s: float = AHEAD_S
    ) -> None:
        """`ahead_s`: the source is read in blocks so long; longer ones make a long simulation quicker, and change no bit."""
        self._model = model or Model()
        self._source = BlockAhead(source, block_s=ahead_s)
        self._random = np.random.default_rng([seed, 0xB007])
        self._settings = (self._model.rate_mhz, self._model.acc_range_g, self._model.gyr_range_dps)
        self._time = Uptime(self._model.crystal)
        self._boot_id = self._tag = 0
        self._link: Link | None = None
        self._outbox: list[Outgoing] = []
        self.vibrations: list[Vibration] = []
        self.malformed_writes = 0
        self.live_packets_dropped = 0
        self._commands: dict[Op, Callable[[Command], AckStatus]] = {
            Op.START: self._start,
            Op.STOP: self._stop,
            Op.SET_RATE: self._set_rate,
            Op.SET_RANGES: self._set_ranges,
            Op.BACKFILL: self._begin_backfill,
            Op.CANCEL_BACKFILL: self._cancel_backfill,
            Op.VIBRATE: self._vibrate,
        }
        self._boot()

    # -- the contract with the radio -------------------------------------------------------------------------------

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        """Everything that is due at `now_ns`, given what happened since the last call."""
        self._advance(now_ns)
        room = 0
        for happened in inputs:
            if isinstance(happened, Room):
                room = happened.packets
            else:
                self._take(happened)
        send = (*self._outbox, *self._data_due(room - len(self._outbox), room))
        self._outbox.clear()
        return FirmwareOutput(send=send, wake_ns=self._wake_ns())

    def read(self, channel: str) -> bytes:
        """The present value of a characteristic that can be read."""
        return bytes([self.battery_percent]) if channel == "battery" else self.info()

    def tally(self) -> dict[str, int]:
        """What is worth telling at the end of a run."""
        return {"vibrations": len(self.vibrations), "live_dropped": self.live_packets_dropped}

    def info(self) -> bytes:
        """The value of the Info characteristic."""
        rate, acc_range, gyr_range = self._settings
        link = self._link
        flags = InfoFlag.VIBRATION if self._model.has_vibration else 0
        return encode_info(
            Info(
                stream=self._tag,
                boot_id=self._boot_id,
                tick_hz=self._model.crystal.tick_hz,
                rate_mhz=rate,
                acc_range_g=acc_range,
                gyr_range_dps=gyr_range,
                ring_samples=self._stream.memory.full.capacity,
                slow_ring_samples=self._stream.memory.slow.capacity,
                slow_rate_cmhz=SLOW_RATE_MHZ // 10,
                most_samples=link.most_samples(self._stream) if link else 0,
                flags=flags | (InfoFlag.STREAMING if link and link.live else 0),
            )
        )

    @property
    def battery_percent(self) -> int:
        """State of charge, 0 to 100."""
        return battery.percent(self._model, self._time.powered_ns)

    # -- power and time --------------------------------------------------------------------------------------------

    def reboot(self, now_ns: int) -> None:
        """Power off and on: memory, link and counters are gone, settings are the model's, the boot id is new."""
        self._advance(now_ns)
        self._settings = (self._model.rate_mhz, self._model.acc_range_g, self._model.gyr_range_dps)
        self._boot()

    def _boot(self) -> None:
        self._time.boot()
        self._boot_id = int(self._random.integers(1, 2**32))
        self._link = None
        self._sequences = {Kind.BACKFILL: 0, Kind.SLOW_BACKFILL: 0}
        self._outbox.clear()
        self._new_stream()

    def _advance(self, now_ns: int) -> None:
        self._time.advance(now_ns)
        self._stream.sample_until(self._time.own_ns)

    def _new_stream(self) -> None:
        old = self._tag
        while self._tag in {0, old}:
            self._tag = int(self._random.integers(1, 2**16))
        rate, acc_range, gyr_range = self._settings
        clock = SampleClock(
            crystal=self._model.crystal,
            rate_mhz=rate,
            start_own_ns=self._time.own_ns,
            boot_true_s=self._time.boot_true_s,
        )
        shape = StreamShape(clock=clock, acc_range_g=acc_range, gyr_range_dps=gyr_range)
        self._stream = Stream(tag=self._tag, shape=shape, model=self._model, source=self._source)

    def _wake_ns(self) -> int:
        link, now = self._link, self._time.now_ns
        wake = now + IDLE_WAKE_NS
        if link and link.live:
            own_ns = self._stream.shape.clock.own_ns(link.live.due_index())
            wake = min(wake, self._time.host_ns(own_ns))
        if link and link.backfill:
            wake = min(wake, now + BACKFILL_WAKE_NS)
        return wake

    # -- what arrives ----------------------------------------------------------------------------------------------

    def _take(self, happened: LinkUp | LinkDown | MtuChanged | Written | Subscribed | Unsubscribed) -> None:
        match happened:
            case LinkUp(mtu=mtu):
                self._link = Link(mtu=mtu, sequences=self._sequences)
            case LinkDown():
                self._link = None
                self._outbox.clear()
            case MtuChanged(mtu=mtu):
                if self._link:
                    self._link.mtu = mtu
            case Written(channel="sync", payload=payload):
                self._answer_sync(payload)
            case Written(payload=payload):
                self._answer_command(payload)
            case Subscribed() | Unsubscribed():
                pass  # START is what it waits for
            case _:
                assert_never(happened)

    def _answer_sync(self, payload: bytes) -> None:
        if len(payload) != SYNC_ASK.size:
            self.malformed_writes += 1
            return
        (nonce,) = SYNC_ASK.unpack(payload)
        tick = self._time.tick
        self._outbox.append(Outgoing(channel="sync", payload=SYNC_ANSWER.pack(nonce, tick, tick)))

    def _answer_command(self, payload: bytes) -> None:
        command = read_command(payload)
        if command is None or self._link is None:
            self.malformed_writes += 1
            return
        if isinstance(command, Refusal):
            self.malformed_writes += 1
            status = command.status
        else:
            status = self._commands[command.op](command)
        self._outbox.append(Outgoing(channel="control", payload=encode_ack(command.op, command.request, status)))

    # -- commands --------------------------------------------------------------------------------------------------

    def _start(self, _command: Command) -> AckStatus:
        link = self._connected
        fits = link.most_samples(self._stream)
        if not fits:
            return AckStatus.MTU_TOO_SMALL
        link.live = Live(next_index=self._stream.taken, batch=min(fits, self._model.live_batch))
        return AckStatus.DONE

    def _stop(self, _command: Command) -> AckStatus:
        self._connected.live = self._connected.backfill = None
        return AckStatus.DONE

    def _set_rate(self, command: Command) -> AckStatus:
        (rate,) = struct.unpack("<I", command.arguments)
        return self._change((rate, *self._settings[1:]), possible=rate in self._model.rates_mhz)

    def _set_ranges(self, command: Command) -> AckStatus:
        acc_range, gyr_range = struct.unpack("<HH", command.arguments)
        possible = acc_range in self._model.acc_ranges_g and gyr_range in self._model.gyr_ranges_dps
        return self._change((self._settings[0], acc_range, gyr_range), possible=possible)

    def _change(self, settings: tuple[int, int, int], *, possible: bool) -> AckStatus:
        if self._connected.live or self._connected.backfill:
            return AckStatus.NOT_NOW
        if not possible:
            return AckStatus.NOT_POSSIBLE
        self._settings = settings
        self._new_stream()
        return AckStatus.DONE

    def _begin_backfill(self, command: Command) -> AckStatus:
        kind, first, count = BACKFILL_ARGUMENTS.unpack(command.arguments)
        if kind not in (Kind.BACKFILL, Kind.SLOW_BACKFILL):
            return AckStatus.NOT_POSSIBLE
        if not self._connected.most_samples(self._stream):
            return AckStatus.MTU_TOO_SMALL
        wanted = Wanted(request=command.request, kind=Kind(kind), first=first, count=count)
        self._connected.backfill = Backfill(wanted, self._stream)
        return AckStatus.DONE

    def _cancel_backfill(self, _command: Command) -> AckStatus:
        self._connected.backfill = None
        return AckStatus.DONE

    def _vibrate(self, command: Command) -> AckStatus:
        pattern, strength = command.arguments
        if not self._model.has_vibration or pattern not in PATTERNS or strength > 100:
            return AckStatus.NOT_POSSIBLE
        self.vibrations.append(Vibration(at_ns=self._time.now_ns, pattern=pattern, strength_percent=strength))
        return AckStatus.DONE

    # -- what is sent ----------------------------------------------------------------------------------------------

    @property
    def _connected(self) -> Link:
        if self._link is None:
            raise RuntimeError("a command was run without a link")
        return self._link

    def _data_due(self, free: int, room: int) -> list[Outgoing]:
        link = self._link
        if link is None:
            return []
        dropped = link.live.dropped_packets if link.live else 0
        status = battery.status(self._model, self._time.powered_ns)
        messages = link.due(self._stream, room=room, free=free, status=status)
        self.live_packets_dropped += (link.live.dropped_packets if link.live else 0) - dropped
        return messages
