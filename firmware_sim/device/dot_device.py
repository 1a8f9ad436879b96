"""A Movella DOT's firmware: it measures when it is told to and heard, stamps with its own microseconds, and goes to sleep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from firmware_sim.device.crystal import GIGA, Crystal
from firmware_sim.device.sampler import Sampler
from firmware_sim.device.source import SampleSource
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
from hipmonitor.core.wire.dot_protocol import (
    ACC_RANGE_MPS2,
    CONTROL_LAYOUT,
    GYR_RANGE_DPS,
    INFO_LAYOUT,
    RATES_HZ,
    TICK_HZ,
    Mode,
    Report,
    Visit,
    decode_rate,
    encode_report,
    encode_sample,
    encode_start,
)

IDLE_WAKE_NS = 200_000_000
SAYS_GOODBYE_NS = 300_000_000
"""From a report of sleep or power-off to the end of the link."""
FULL_SCALE = 32_768
START, STOP = encode_start(Mode.RATE), encode_start(Mode.RATE, start=False)
"""The one mode that is simulated."""
FIRMWARE_VERSION, BUILT = (2, 0, 0), (2021, 10, 28, 12, 0, 0)
ADDRESS, SERIAL, TAG = bytes.fromhex("d422cd00a1b2"), 0xD422CD00A1B2, b"Xsens DOT"


@dataclass(frozen=True, slots=True, kw_only=True)
class DotModel:
    """What kind of one is simulated."""

    crystal: Crystal = field(default_factory=lambda: Crystal(tick_hz=TICK_HZ, error_ppb=30_000))
    sleeps_unconnected_ns: int = 10 * 60 * GIGA
    sleeps_idle_ns: int = 30 * 60 * GIGA
    """Connected, and not measuring."""
    battery_start_percent: float = 95.0
    battery_hours: float = 9.0


class DotDevice:
    """Measuring begins after somebody listens, and ends with the link. Asleep it waits for its button."""

    def __init__(self, source: SampleSource, *, model: DotModel | None = None) -> None:
        self._model = model or DotModel()
        crystal = replace(self._model.crystal, tick_hz=TICK_HZ)
        self._crystal = crystal
        self._sampler = Sampler(source, crystal=crystal, acc_range_g=16, gyr_range_dps=2000)
        self._reports: list[Outgoing] = []
        self.samples_made = self.samples_lost = self.writes_ignored = 0
        self._boot()

    # -- the contract with the radio -------------------------------------------------------------------------------

    def update(self, now_ns: int, inputs: Sequence[FirmwareInput]) -> FirmwareOutput:
        """Everything that is due at `now_ns`, given what happened since the last call."""
        self._sampler.time.advance(now_ns)
        room = 0
        for happened in inputs:
            if isinstance(happened, Room):
                room = happened.packets
            else:
                self._take(happened)
        self._grow_tired()
        reports, self._reports = self._reports, []
        data = self._data(room - len(reports))
        next_ns = self._sampler.next_ns()
        wake_ns = now_ns + IDLE_WAKE_NS
        return FirmwareOutput(
            send=(*reports, *data), wake_ns=wake_ns if next_ns is None else next_ns, asleep=self.is_asleep
        )

    def read(self, channel: str) -> bytes:
        """The present value of a characteristic that can be read."""
        if channel == "battery":
            return bytes((self._battery_percent(), 0))
        if channel == "info":
            radio = 0
            return INFO_LAYOUT.pack(ADDRESS, *FIRMWARE_VERSION, *BUILT, radio, SERIAL, b"XS-T02")
        if channel == "start":
            return encode_start(Mode.RATE, start=self._is_measuring)
        return CONTROL_LAYOUT.pack(0, 0, 0, bytes((10, 0)), bytes((30, 0)), len(TAG), TAG, self._rate_hz, 0, b"")

    def tally(self) -> dict[str, int]:
        """What is worth telling at the end of a run."""
        return {
            "samples_made": self.samples_made,
            "samples_lost": self.samples_lost,
            "writes_ignored": self.writes_ignored,
        }

    def reboot(self, now_ns: int) -> None:
        """Power off and on."""
        self._sampler.time.advance(now_ns)
        self._boot()

    def press(self, now_ns: int, *, long: bool = False) -> None:
        """Its button: wakes it; awake, a short press is reported as a click, and a long one switches it off."""
        self._sampler.time.advance(now_ns)
        if self.is_asleep:
            self._boot()
        elif long:
            self._say_goodbye(Report.POWER_OFF)
        else:
            self._report(Report.CLICK)

    @property
    def is_asleep(self) -> bool:
        """Its radio is off."""
        return self._sleeps_at_ns is not None and self._now_ns >= self._sleeps_at_ns

    @property
    def _now_ns(self) -> int:
        return self._sampler.time.now_ns

    def _boot(self) -> None:
        self._sampler.time.boot()
        self._rate_hz = RATES_HZ[0]
        self._is_measuring = self._is_connected = self._is_heard = False
        self._sleeps_at_ns: int | None = None
        self._idle_since_ns: int | None = None
        self._reports = []
        self._sampler.stop()

    # -- what arrives ----------------------------------------------------------------------------------------------

    def _take(self, happened: LinkUp | LinkDown | MtuChanged | Written | Subscribed | Unsubscribed) -> None:
        match happened:
            case LinkUp():
                self._is_connected = True
                self._idle_since_ns = self._now_ns
            case LinkDown():
                self._is_connected = self._is_heard = False
                self._stop()
            case Subscribed(channel="data"):
                self._is_heard = True
            case Unsubscribed(channel="data"):
                self._is_heard = False
                self._stop()
            case Written(channel="start", payload=payload):
                self._start(payload)
            case Written(channel="control", payload=payload):
                self._control(payload)

    def _start(self, payload: bytes) -> None:
        if payload == START and self._is_heard and not self._is_measuring:
            self._is_measuring = True
            self._sampler.begin(self._rate_hz * 1000)
        elif payload == STOP:
            self._stop()
        else:
            self.writes_ignored += 1

    def _stop(self) -> None:
        self._is_measuring = False
        self._sampler.stop()
        self._idle_since_ns = self._now_ns

    def _control(self, payload: bytes) -> None:
        rate_hz = decode_rate(payload)
        if rate_hz is None or not payload[0] & Visit.RATE or self._is_measuring:
            self.writes_ignored += 1
        else:
            self._rate_hz = rate_hz

    # -- sleep -----------------------------------------------------------------------------------------------------

    def _grow_tired(self) -> None:
        """Nobody measures with it: it saves power."""
        if self._is_measuring or self._sleeps_at_ns is not None:
            return
        if self._idle_since_ns is None:
            self._idle_since_ns = self._now_ns
        idle_ns = self._now_ns - self._idle_since_ns
        if self._is_connected and idle_ns >= self._model.sleeps_idle_ns:
            self._say_goodbye(Report.POWER_SAVING)
        elif not self._is_connected and idle_ns >= self._model.sleeps_unconnected_ns:
            self._sleeps_at_ns = self._now_ns

    def _say_goodbye(self, why: Report) -> None:
        self._report(why)
        self._stop()
        self._sleeps_at_ns = self._now_ns + SAYS_GOODBYE_NS

    def _report(self, what: Report) -> None:
        if self._is_connected:
            at_ms = self._sampler.time.own_ns // 1_000_000 & 0xFFFF_FFFF
            self._reports.append(Outgoing(channel="report", payload=encode_report(what, at_ms)))

    # -- what is sent ----------------------------------------------------------------------------------------------

    def _data(self, room: int) -> list[Outgoing]:
        """One notification a sample; those that the radio has no room for are lost, and their stamps missing."""
        due = self._sampler.due()
        if due is None:
            return []
        counts, own_ns = due
        self.samples_made += len(counts)
        sent = max(0, min(room, len(counts)))
        self.samples_lost += len(counts) - sent
        acc = (counts[:sent, :3] * (ACC_RANGE_MPS2 / FULL_SCALE)).astype(np.float32)
        gyr = (counts[:sent, 3:] * (GYR_RANGE_DPS / FULL_SCALE)).astype(np.float32)
        return [
            Outgoing(channel="data", payload=encode_sample(Mode.RATE, self._crystal.tick(own_ns[i]), acc[i], gyr[i]))
            for i in range(sent)
        ]

    def _battery_percent(self) -> int:
        hours = self._sampler.time.powered_ns / GIGA / 3600
        left = self._model.battery_start_percent - 100.0 * hours / self._model.battery_hours
        return max(0, min(100, round(left)))
