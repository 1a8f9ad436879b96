"""A crystal and a radio link by themselves: true sampling instants, what the sensor says of them, and when the host hears it.

Nothing here is taken from the pipeline. Sampling instants and tick readings come from one crystal and drift together, so
that the phase of packets against connection events moves; a packet crosses at a connection event, later where the link
layer had to repeat it, and waits for the host's operating system now and then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hipmonitor.core.inbound import SensorId
from hipmonitor.core.instants import DeviceTicks, HostNs
from hipmonitor.core.wire import ClockPair, ImuPackets, PacketKind, SensorInfo

SENSOR = SensorId("C4:00:00:00:00:01")
BEGIN_NS = 1_788_000_000 * 1_000_000_000
Heard = SensorInfo | ClockPair | ImuPackets


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkModel:
    """One case; times in seconds of the host's clock unless the name says otherwise."""

    ppm: float
    """How fast the sensor's crystal runs."""
    packet_samples: int = 8
    round_trips: bool = True
    tick_hz: int = 32768
    """0 = packets carry no ticks."""
    minutes: float = 90.0
    reboot_min: float | None = 45.0
    wrap_min: float = 30.0
    rate_hz: float = 100.0
    wander_ppm: float = 3.0
    wander_period_s: float = 600.0
    interval_s: float = 0.030
    interval_ppm: float = 0.0
    """How slow the host radio's clock runs against the host's own."""
    packet_error: float = 0.05
    trip_every_s: float = 1.0
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Boot:
    """What one boot of the sensor brings: packets and answers, each with its arrival, and the true sampling instants."""

    info: SensorInfo
    true_s: np.ndarray
    first_tick: np.ndarray
    at_s: np.ndarray
    trips: list[tuple[float, ClockPair]]


def boots(model: LinkModel) -> list[Boot]:
    """All boots of a recording."""
    chance = np.random.default_rng(model.seed)
    phase = chance.uniform(0, 2 * np.pi)
    if model.reboot_min is None:
        spans = [(0.0, model.minutes * 60)]
    else:
        spans = [(0.0, model.reboot_min * 60), (model.reboot_min * 60 + 3.1, model.minutes * 60)]
    return [_boot(model, number, span, phase, chance) for number, span in enumerate(spans)]


def _own_s(model: LinkModel, t: np.ndarray, phase: float) -> np.ndarray:
    """The crystal's elapsed time at host times t."""
    w = 2 * np.pi / model.wander_period_s
    return t * (1 + model.ppm * 1e-6) - model.wander_ppm * 1e-6 / w * (np.cos(w * t + phase) - np.cos(phase))


def _true_s(model: LinkModel, own: np.ndarray, phase: float) -> np.ndarray:
    """The inverse, by fixed-point steps that each gain four digits."""
    t = own / (1 + model.ppm * 1e-6)
    for _ in range(5):
        t = t + (own - _own_s(model, t, phase))
    return t


def _crossed(model: LinkModel, ready: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Instants of the connection events at which what is ready then has crossed, in order."""
    interval = model.interval_s * (1 + model.interval_ppm * 1e-6)
    event = np.ceil(ready / interval) + chance.geometric(1 - model.packet_error, len(ready)) - 1
    return np.maximum.accumulate(event) * interval


def _delivered(at: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """After the air: interrupts, scheduling, and a stall of the host in two of a thousand."""
    at = at + 0.0009 + chance.exponential(0.0015, len(at))
    stalled = chance.random(len(at)) < 0.002
    return np.maximum.accumulate(at + np.where(stalled, chance.uniform(0.05, 0.2, len(at)), 0.0))


def _boot(model: LinkModel, number: int, span: tuple[float, float], phase: float, chance: np.random.Generator) -> Boot:
    begin, end = span
    size = model.packet_samples
    own_begin = float(_own_s(model, np.array([begin]), phase)[0])
    n = int((end - begin) * (1 + model.ppm * 1e-6) * model.rate_hz) // size * size
    own = own_begin + 0.0137 + np.arange(n) / model.rate_hz
    true = _true_s(model, own, phase)
    ready = true[size - 1 :: size] + 0.0006 + chance.exponential(0.0002, n // size)
    at = _delivered(_crossed(model, ready, chance), chance)
    tick_zero = (1 << 32) - round(model.wrap_min * 60 * model.tick_hz) if number == 0 else 977
    read = lambda own_s: tick_zero + np.floor((own_s - own_begin) * model.tick_hz).astype(np.int64)  # noqa: E731
    info = SensorInfo(
        at=HostNs(BEGIN_NS + round(begin * 1e9)),
        sensor=SENSOR,
        stream=11 + number,
        boot_id=900 + number,
        tick_hz=float(model.tick_hz),
        rate_hz=model.rate_hz,
        acc_range_g=16.0,
        gyr_range_dps=2000.0,
        ring_samples=0,
        slow_ring_samples=0,
        slow_rate_hz=25.0,
        most_samples=size,
        has_vibration=False,
    )
    trips = _trips(model, span, phase, read, chance) if model.round_trips else []
    return Boot(info=info, true_s=true, first_tick=read(own[::size]) % (1 << 32), at_s=at, trips=trips)


def _trips(
    model: LinkModel, span: tuple[float, float], phase: float, read: object, chance: np.random.Generator
) -> list[tuple[float, ClockPair]]:
    asked = span[0] + 0.05 + np.cumsum(model.trip_every_s * chance.uniform(0.5, 1.5, int((span[1] - span[0]) * 2)))
    asked = asked[asked < span[1] - 1]
    reached = _crossed(model, asked + 0.0004, chance) + 0.0003
    received = reached + chance.uniform(0.0001, 0.0006, len(asked))
    answered = received + chance.uniform(0.0002, 0.0015, len(asked))
    back = _delivered(_crossed(model, answered, chance), chance)
    ticks = [read(_own_s(model, t, phase)) % (1 << 32) for t in (received, answered)]  # type: ignore[operator]
    return [
        (
            float(back[i]),
            ClockPair(
                sensor=SENSOR,
                t1=HostNs(BEGIN_NS + round(asked[i] * 1e9)),
                ticks_received=DeviceTicks(int(ticks[0][i])),
                ticks_answered=DeviceTicks(int(ticks[1][i])),
                t4=HostNs(BEGIN_NS + round(back[i] * 1e9)),
                tick_hz=float(model.tick_hz),
            ),
        )
        for i in range(len(asked))
    ]


ONE_G_COUNTS = 2048
"""At a range of 16 g."""


def packets(boot: Boot, which: slice) -> ImuPackets:
    """Some consecutive packets of a boot, of a sensor at rest: 1 g and a little noise."""
    first = np.arange(len(boot.at_s))[which]
    size = boot.info.most_samples
    noise = np.random.default_rng(int(first[0])).integers(-3, 4, (len(first) * size, 3))
    counts = noise.astype(np.int16)
    return ImuPackets(
        sensor=SENSOR,
        kind=PacketKind.LIVE,
        info=boot.info,
        at_ns=BEGIN_NS + np.rint(boot.at_s[which] * 1e9).astype(np.int64),
        sequence=first & 0xFFFF,
        first_index=first * size,
        first_tick=boot.first_tick[which],
        count=np.full(len(first), size, np.int64),
        status=np.zeros(len(first), np.int64),
        acc_counts=counts + np.array([0, 0, ONE_G_COUNTS], np.int16),
        gyr_counts=counts,
    )


def heard(boot: Boot) -> Sequence[Heard]:
    """What the host hears of a boot, in the order of arrival."""
    out: list[Heard] = [boot.info]
    done = 0
    for at, pair in boot.trips:
        until = int(np.searchsorted(boot.at_s, at))
        if until > done:
            out.append(packets(boot, slice(done, until)))
            done = until
        out.append(pair)
    if done < len(boot.at_s):
        out.append(packets(boot, slice(done, None)))
    return out
