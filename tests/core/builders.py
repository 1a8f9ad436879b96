"""Small readable inputs for the rooms of core: each builder says one thing and fills in the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.arrays import Floats, Quats, Vec3s
from hipmonitor.core.frames import tilt_from_up, unit
from hipmonitor.core.inbound import Action, Notification, Samples, SensorId, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2, ImuBlock
from hipmonitor.core.thigh import ThighBlock
from hipmonitor.core.wire import hip_protocol as hip

G = STANDARD_GRAVITY_MPS2
SENSOR = SensorId("C4:11:22:33:44:55")
OTHER_SENSOR = SensorId("C4:99:99:99:99:99")
T0 = HostNs(1_750_000_000 * NS_PER_S)


def at(seconds: float) -> HostNs:
    """The instant so many seconds after the beginning of the test's world."""
    return HostNs(T0 + round(seconds * NS_PER_S))


def times(n: int, rate_hz: float, start_s: float = 0.0) -> np.ndarray:
    """(n,) instants, one a sample."""
    return T0 + np.rint((start_s + np.arange(n) / rate_hz) * NS_PER_S).astype(np.int64)


def did(seconds: float, action: Action) -> UserAction:
    """What the wearer did, and when."""
    return UserAction(at=at(seconds), action=action)


# -- front door --------------------------------------------------------------------------------------------------------


def note(seconds: float, channel: str, payload: bytes, sensor: SensorId = SENSOR) -> Notification:
    """Bytes of the hip sensor."""
    return Notification(at=at(seconds), sensor=sensor, channel=channel, payload=payload)


def info_bytes(
    *,
    stream: int = 7,
    boot_id: int = 7000,
    rate_hz: float = 100.0,
    acc_range_g: int = 16,
    gyr_range_dps: int = 2000,
    tick_hz: int = 32768,
    version: tuple[int, int] = hip.VERSION,
) -> bytes:
    """Info of a sensor, 100 Hz, ±16 g, ±2000 °/s unless said otherwise."""
    info = hip.Info(
        stream=stream,
        boot_id=boot_id,
        tick_hz=tick_hz,
        rate_mhz=round(rate_hz * 1000),
        acc_range_g=acc_range_g,
        gyr_range_dps=gyr_range_dps,
        ring_samples=1000,
        slow_ring_samples=1000,
        slow_rate_cmhz=2500,
        most_samples=8,
        flags=1,
        version=version,
    )
    return hip.encode_info(info)


def data_bytes(
    counts: ArrayLike,
    *,
    first_index: int = 0,
    first_tick: int = 0,
    sequence: int = 0,
    stream: int = 7,
    kind: hip.Kind = hip.Kind.LIVE,
) -> bytes:
    """One data packet."""
    return hip.encode_data(
        kind=kind,
        sequence=sequence,
        stream=stream,
        status=0,
        first_index=first_index,
        first_tick=first_tick,
        counts=np.asarray(counts, np.int16),
    )


def arrays(
    acc_mps2: ArrayLike,
    gyr_radps: ArrayLike | None = None,
    *,
    rate_hz: float = 100.0,
    start_s: float = 0.0,
    sensor: SensorId = SENSOR,
) -> Samples:
    """Samples of a source that is not a radio."""
    acc = np.asarray(acc_mps2, np.float64)
    return Samples(
        at=at(start_s),
        sensor=sensor,
        rate_hz=rate_hz,
        t_ns=times(len(acc), rate_hz, start_s),
        acc_mps2=acc,
        gyr_radps=None if gyr_radps is None else np.asarray(gyr_radps, np.float64),
    )


# -- between the rooms -------------------------------------------------------------------------------------------------


def imu(
    acc_mps2: ArrayLike,
    gyr_radps: ArrayLike | None = None,
    *,
    rate_hz: float = 100.0,
    start_s: float = 0.0,
    segment: int = 0,
    clipped: Sequence[int] = (),
) -> ImuBlock:
    """Clean samples, one after the other; `clipped` names rows that were out of range."""
    acc = np.asarray(acc_mps2, np.float64)
    n = len(acc)
    out_of_range = np.zeros(n, np.bool_)
    out_of_range[list(clipped)] = True
    return ImuBlock(
        t_ns=times(n, rate_hz, start_s),
        acc_mps2=acc,
        gyr_radps=None if gyr_radps is None else np.asarray(gyr_radps, np.float64),
        measured=np.ones(n, np.bool_),
        clipped=out_of_range,
        index=np.arange(n),
        segment=np.full(n, segment, np.int64),
        rate_hz=rate_hz,
    )


def oriented_as(block: ImuBlock, up_sensor: ArrayLike | None = None) -> OrientationBlock:
    """Trusted orientations that see up where the test says, (n, 3), or where the accelerometer points."""
    up = unit(np.asarray(block.acc_mps2 if up_sensor is None else up_sensor, np.float64))
    true = np.ones(len(block), np.bool_)
    return OrientationBlock(t_ns=block.t_ns, world_from_sensor=tilt_from_up(up), at_rest=true, trusted=true)


def still(up_sensor: ArrayLike, seconds: float, *, rate_hz: float = 20.0, start_s: float = 0.0) -> ImuBlock:
    """A sensor at rest that feels 1 g along `up_sensor`, (3,)."""
    n = round(seconds * rate_hz)
    return imu(np.tile(G * unit(np.asarray(up_sensor, np.float64)), (n, 1)), rate_hz=rate_hz, start_s=start_s)


def about(axis: ArrayLike, degrees: float) -> Quats:
    """(4,) right-handed turn about an axis."""
    half = np.deg2rad(degrees) / 2
    return np.append(np.cos(half), np.sin(half) * unit(np.asarray(axis, np.float64)))


def turned_about_x(rate_dps: Callable[[Floats], Floats], seconds: float, rate_hz: float) -> tuple[Vec3s, Vec3s, Floats]:
    """(acc, gyr, angle in degrees) of a sensor turning about its own level x axis at the given rate of time."""
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    dps = rate_dps(t)
    angle = np.concatenate([[0.0], np.cumsum(dps[:-1] + np.diff(dps) / 2) / rate_hz])
    a = np.deg2rad(angle)
    acc = G * np.stack([0 * a, np.sin(a), np.cos(a)], axis=1)
    return acc, np.stack([np.deg2rad(dps), 0 * a, 0 * a], axis=1), angle


def thigh(
    flexion_deg: Sequence[float],
    *,
    rate_hz: float = 4.0,
    sd_deg: float = 0.0,
    trusted: bool | Sequence[bool] = True,
    start_s: float = 0.0,
) -> ThighBlock:
    """Four rows a second, each second at one flexion."""
    n = round(rate_hz)
    flexion = np.repeat(np.asarray(flexion_deg, np.float64), n)
    return ThighBlock(
        t_ns=times(len(flexion), rate_hz, start_s),
        thigh_flexion_deg=flexion,
        thigh_inclination_deg=np.abs(flexion),
        thigh_roll_deg=np.full(len(flexion), np.nan),
        trusted=np.repeat(np.broadcast_to(trusted, len(flexion_deg)), n),
        sd_deg=np.full(len(flexion), sd_deg),
    )


def felt(rows: ThighBlock) -> ImuBlock:
    """A sensor with a gyroscope that felt nothing of note in the same samples."""
    n = len(rows)
    acc = np.tile([0.0, G, 0.0], (n, 1))
    return replace(imu(acc, np.zeros((n, 3))), t_ns=rows.t_ns)


def activity(kinds: Sequence[ActivityKind], *, start_s: float = 0.0) -> ActivityBlock:
    """Decided seconds, one after the other."""
    return ActivityBlock(
        start_ns=T0 + (round(start_s) + np.arange(len(kinds))) * NS_PER_S,
        lasting_s=np.ones(len(kinds), np.int64),
        kind=np.array(kinds, np.int8),
        confidence=np.ones(len(kinds)),
    )
