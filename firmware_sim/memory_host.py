"""The host at the other end of the in-memory link: it connects, reads, asks, and notes what the BLE client would record."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from firmware_sim.memory_air import AirParams, MemoryAir, Outage
from firmware_sim.ports import FirmwareInput, LinkDown, LinkUp, MtuChanged, Outgoing, Room, WholeFirmware, Written
from hipmonitor.core.inbound import Inbound, LinkChange, LinkState, Notification, SensorId, Tick
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.wire.hip_protocol import (
    BACKFILL_ARGUMENTS,
    CONTROL,
    CONTROL_WRITTEN,
    DATA,
    HEADER,
    HEADER_BYTES,
    INFO,
    SYNC,
    SYNC_ASK,
    SYNC_WRITTEN,
    BackfillDone,
    Kind,
    Op,
    decode_control,
    decode_info,
    encode_command,
)

MS = 1_000_000
CHANNELS = {"data": DATA, "control": CONTROL, "sync": SYNC}
DEFAULT_SENSOR = SensorId("F0:0D:00:00:00:01")
CONNECT_NS = 900 * MS
"""From the first advertisement heard to a usable link: discovery costs two connection events a round trip."""
MTU = 247
"""Fits one link-layer packet with data length extension; BlueZ, Windows and macOS agree on this or more."""
QUICK_ROUND_TRIPS, QUICK_SPACING_NS = 8, 30 * MS
ROUND_TRIP_PERIOD_S = 1.0
"""As the BLE client: quick round trips before START, then about one a second, at random phase."""
ABOUT = (
    ("dis/manufacturer", b"hipmonitor"),
    ("dis/model", b"HIP-1 simulated"),
    ("dis/serial", b"000001"),
    ("dis/hardware", b"none"),
    ("dis/firmware", b"1.0"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What happens to the link, in seconds after the start."""

    outages_s: Sequence[tuple[float, float]] = ()
    """Out of range from, until."""
    reboots_s: Sequence[float] = ()
    """The sensor restarts: its link is lost a supervision timeout later, with a new boot id on return."""
    backfill: bool = True
    """Whether the host asks for what it missed once it is back."""
    mtu: int = MTU
    utc_offset_s: int = 0
    sensor: SensorId = DEFAULT_SENSOR
    air: AirParams = field(default_factory=AirParams)
    round_trip_s: float = ROUND_TRIP_PERIOD_S
    """Between two looks at the sensor's clock, on average."""


def civil_tick(at_ns: int, utc_offset_s: int) -> Tick:
    """The civil time of an instant, for a place that far east of UTC."""
    local_s = at_ns // NS_PER_S + utc_offset_s
    day = local_s // 86_400
    return Tick(
        at=HostNs(at_ns),
        civil_day=day,
        minute_of_day=local_s % 86_400 // 60,
        weekday=(day + 3) % 7,  # 1970-01-01 was a Thursday
        utc_offset_s=utc_offset_s,
    )


class MemoryHost:
    """Work waits in a heap by time; so does what has arrived. Every random draw comes from `seed`."""

    def __init__(self, device: WholeFirmware, *, start_ns: int, end_ns: int, seed: int, scene: Scene) -> None:
        self.end_ns = end_ns
        self._device, self._scene = device, scene
        reboots = [(s, s + 2.5) for s in scene.reboots_s]
        self._outages = [
            Outage(start_ns=start_ns + int(a * NS_PER_S), end_ns=start_ns + int(b * NS_PER_S))
            for a, b in sorted([*scene.outages_s, *reboots])
        ]
        self._air = MemoryAir(start_ns=start_ns, outages=self._outages, params=scene.air, seed=seed)
        self._random = np.random.default_rng([seed, 0x405])
        self._work: list[tuple[int, int, Callable[[int], None]]] = []
        self._arrived: list[tuple[int, int, Inbound]] = []
        self._order = self._request = self._connection = 0
        self._connected = False
        self._next_wanted: int | None = None
        self._asked_for: tuple[int, int] = (0, 0)
        """Samples that the last backfill at full rate is to bring: [first, end)."""
        self._slow_every = 0
        self._quick_rounds_left = 0
        self._boot_id = 0
        self._wake_ns = start_ns
        self._at(start_ns, self._connect)
        self._at(-(-start_ns // NS_PER_S) * NS_PER_S, self._civil_second)
        for second in scene.reboots_s:
            self._at(start_ns + int(second * NS_PER_S), self._device.reboot)

    def run(self, until_ns: int) -> list[Inbound]:
        """Simulate up to `until_ns` and hand out what had arrived by then, in order."""
        while True:
            now = min(self._wake_ns, self._work[0][0]) if self._work else self._wake_ns
            if now > until_ns:
                break
            self._update(now, ())
            while self._work and self._work[0][0] <= now:
                heapq.heappop(self._work)[2](now)
        events: list[Inbound] = []
        while self._arrived and self._arrived[0][0] <= until_ns:
            events.append(heapq.heappop(self._arrived)[2])
        return events

    # -- time --------------------------------------------------------------------------------------------------------

    def _at(self, at_ns: int, work: Callable[[int], None]) -> None:
        self._order += 1
        heapq.heappush(self._work, (at_ns, self._order, work))

    def _note(self, event: Inbound) -> None:
        self._order += 1
        heapq.heappush(self._arrived, (event.at, self._order, event))

    def _civil_second(self, now: int) -> None:
        self._note(civil_tick(now, self._scene.utc_offset_s))
        self._at(now + NS_PER_S, self._civil_second)

    # -- the link ------------------------------------------------------------------------------------------------------

    def _link_is(self, now: int, state: LinkState, detail: str) -> None:
        self._note(LinkChange(at=HostNs(now), sensor=self._scene.sensor, state=state, detail=detail))

    def _connect(self, now: int) -> None:
        self._link_is(now, LinkState.SEARCHING, "Looking for the sensor.")
        heard = self._in_range_from(now) + int(self._random.integers(50, 250)) * MS
        self._at(heard, lambda t: self._link_is(t, LinkState.CONNECTING, "Connecting to the simulated sensor."))
        self._at(heard + CONNECT_NS, self._connected_now)

    def _in_range_from(self, now: int) -> int:
        return max([now, *(o.end_ns for o in self._outages if o.start_ns <= now < o.end_ns)])

    def _connected_now(self, now: int) -> None:
        self._connection += 1
        self._connected = True
        self._air.reset(now)
        self._update(now, (LinkUp(mtu=23), MtuChanged(mtu=self._scene.mtu)))
        self._link_is(now, LinkState.CONNECTED, "Connected to the simulated sensor.")
        self._read_info(now)
        for channel, payload in (*ABOUT, ("battery/level", self._device.read("battery"))):
            self._note(self._notification(now, channel, payload))
        self._quick_rounds_left = QUICK_ROUND_TRIPS
        self._round_trip(now)
        lost = self._air.lost_at_ns(now)
        if lost is not None:
            self._at(lost, self._only_while(self._lost))

    def _lost(self, now: int) -> None:
        self._connected = False
        self._update(now, (LinkDown(),))
        self._link_is(now, LinkState.LOST, "The sensor is out of reach.")
        self._connect(now)

    def _only_while(self, work: Callable[[int], None]) -> Callable[[int], None]:
        """The work, unless by then the connection it was meant for is gone."""
        meant = self._connection

        def guarded(now: int) -> None:
            if self._connected and self._connection == meant:
                work(now)

        return guarded

    # -- what the host writes and reads ------------------------------------------------------------------------------

    def _read_info(self, now: int) -> None:
        payload = self._device.read("info")
        info = decode_info(payload)
        if info and info.slow_rate_cmhz:
            self._slow_every = info.rate_mhz // (info.slow_rate_cmhz * 10)
        if info and info.boot_id != self._boot_id:
            self._boot_id, self._next_wanted = info.boot_id, None
        self._note(self._notification(now, INFO, payload))

    def _notification(self, at: int, channel: str, payload: bytes) -> Notification:
        return Notification(at=HostNs(at), sensor=self._scene.sensor, channel=channel, payload=payload)

    def _command(self, now: int, op: Op, arguments: bytes = b"") -> None:
        self._request = (self._request + 1) & 0xFF
        self._write(now, CONTROL_WRITTEN, encode_command(op, self._request, arguments))

    def _write(self, now: int, channel: str, payload: bytes) -> None:
        self._note(self._notification(now, channel, payload))
        arrives = self._air.host_writes(now)
        if arrives is not None:
            written = Written(channel="sync" if channel == SYNC_WRITTEN else "control", payload=payload)
            self._at(arrives, self._only_while(lambda t: self._update(t, (written,))))

    def _round_trip(self, now: int) -> None:
        self._write(now, SYNC_WRITTEN, SYNC_ASK.pack(int(self._random.integers(0, 2**32))))

    def _clock_answered(self, now: int) -> None:
        """The quick round trips come one after the other; after the last of them the stream is started."""
        if self._quick_rounds_left == 0:
            return
        self._quick_rounds_left -= 1
        pause = now + int(self._random.integers(0, QUICK_SPACING_NS))
        if self._quick_rounds_left:
            self._at(pause, self._only_while(self._round_trip))
        else:
            self._at(pause, self._only_while(lambda t: self._command(t, Op.START)))

    def _steady_round(self, now: int, *, since: int) -> None:
        if now > since:
            self._round_trip(now)
        again = now + int(self._scene.round_trip_s * self._random.uniform(0.5, 1.5) * NS_PER_S)
        self._at(again, self._only_while(partial(self._steady_round, since=since)))

    # -- what the sensor sends ---------------------------------------------------------------------------------------

    def _update(self, now: int, inputs: tuple[FirmwareInput, ...]) -> None:
        room = self._air.room(now) if self._connected else 0
        output = self._device.update(now, (*inputs, Room(packets=room)))
        self._wake_ns = max(output.wake_ns, now + 1)
        for message in output.send:
            self._sent(now, message)

    def _sent(self, now: int, message: Outgoing) -> None:
        at = self._air.sensor_sends(now)
        if at is None:
            return
        self._note(self._notification(at, CHANNELS[message.channel], message.payload))
        if message.channel == "control":
            self._at(at, self._only_while(partial(self._answered, payload=message.payload)))
        elif message.channel == "sync":
            self._at(at, self._only_while(self._clock_answered))
        elif message.payload[0] == Kind.LIVE:
            self._heard_live(at, message.payload)

    def _answered(self, now: int, *, payload: bytes) -> None:
        if payload[0] == Op.START | 0x80 and payload[2] == 0:
            self._link_is(now, LinkState.STREAMING, "The sensor is sending.")
            self._steady_round(now, since=now)

        ended = decode_control(payload)
        if isinstance(ended, BackfillDone) and ended.kind == Kind.BACKFILL:
            self._ask_slow_memory(now, ended)

    def _ask_slow_memory(self, now: int, ended: BackfillDone) -> None:
        """For what was asked for and is older than the full-rate memory."""
        first, end = self._asked_for
        held_from = ended.first if ended.count else end
        if self._slow_every and first < held_from:
            slow_first, slow_end = -(-first // self._slow_every), -(-held_from // self._slow_every)
            arguments = BACKFILL_ARGUMENTS.pack(Kind.SLOW_BACKFILL, slow_first, slow_end - slow_first)
            self._command(now, Op.BACKFILL, arguments)

    def _heard_live(self, at: int, payload: bytes) -> None:
        header = np.frombuffer(payload[:HEADER_BYTES], HEADER)[0]
        first, end = int(header["first_index"]), int(header["first_index"]) + int(header["n"])
        missing_from = self._next_wanted
        self._next_wanted = end
        if self._scene.backfill and missing_from is not None and first > missing_from:
            self._asked_for = missing_from, first
            arguments = BACKFILL_ARGUMENTS.pack(Kind.BACKFILL, missing_from, first - missing_from)
            self._at(at, self._only_while(lambda t: self._command(t, Op.BACKFILL, arguments)))
