"""A thigh that stands, walks, sits, lies on its side or takes the sensor off, felt by an accelerometer in any mounting."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise

import numpy as np

from hipmonitor.core.activity import Activity, ActivityBlock
from hipmonitor.core.arrays import Floats, Quats, Vec3s
from hipmonitor.core.frames import inverse, rotate, unit
from hipmonitor.core.inbound import Action, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.samples import ImuBlock
from hipmonitor.core.thigh import Placement, PlacementMethod, ThighBlock

START_NS = 1_750_000_000_000_000_000
G = 9.80665
FLEXION_DEG = {
    "stand": 0.0,
    "walk": 6.0,
    "chair": 65.0,
    "sit": 80.0,
    "side": 85.0,
    "table": 85.0,
    "pillow": 100.0,
    "sofa": 100.0,
    "sofa, feet nearer": 105.0,
}
"""Walking's mean flexion is the 6 deg that people show; a pillow lies under the knees of somebody on the back; the others are
what the name says."""
Script = Sequence[tuple[str, float]]


def felt(script: Script, *, rate_hz: float = 50.0, noise_g: float = 0.002, seed: int = 0) -> Vec3s:
    """(n, 3) specific force in the thigh frame, m/s²."""
    random = np.random.default_rng(seed)
    t = np.arange(round(sum(seconds for _, seconds in script) * rate_hz)) / rate_hz
    flexion, side, worn = np.zeros_like(t), np.zeros_like(t), np.ones_like(t)
    steps, begin = np.zeros((len(t), 3)), 0.0
    before = 0.0
    for name, seconds in script:
        now = (t >= begin) & (t < begin + seconds)
        share = np.clip((t[now] - begin) / 1.5, 0, 1)
        flexion[now] = before + (FLEXION_DEG[name] - before) * (0.5 - 0.5 * np.cos(np.pi * share))
        side[now] = 85.0 * share if name == "side" else 0.0
        worn[now] = 0.0 if name == "table" else 1.0
        if name == "walk":
            steps[now] = _steps(t[now])
        before, begin = FLEXION_DEG[name], begin + seconds
    flexion, side = flexion + worn * _restless(t, random), side + worn * _restless(t, random)
    f, s = np.deg2rad(flexion), np.deg2rad(side)
    up = np.stack([np.sin(f) * np.cos(s), np.cos(f), np.sin(f) * np.sin(s)], axis=1)
    acc: Vec3s = G * (up + steps + noise_g * random.standard_normal(up.shape))
    return acc


def _steps(t: Floats) -> Vec3s:
    """Two steps a second, as thigh sensors feel them: a swing, a lift, and the strike that shakes both (g)."""
    forward = 0.3 * _wave(t, 1.0) + 0.4 * _wave(t, 2.0, 1.0) + 0.35 * _wave(t, 3.0, 0.3)
    return np.stack([forward, 0.4 * _wave(t, 2.0) + 0.2 * _wave(t, 4.0, 0.5), 0.15 * _wave(t, 3.0, 0.8)], axis=1)


def _wave(t: Floats, hz: float, phase: float = 0.0) -> Floats:
    return np.asarray(np.sin(2 * np.pi * hz * t + phase))


def _restless(t: Floats, random: np.random.Generator) -> Floats:
    """Degrees: breathing and sway of some tenths, and a stir of some degrees every twenty seconds."""
    sway = sum(0.25 * np.sin(2 * np.pi * hz * t + random.uniform(0, 6)) for hz in (0.07, 0.13, 0.26, 0.41))
    stir = np.where(t % 20 < 1.5, 4.0 * np.sin(2 * np.pi * 0.8 * (t % 20)), 0.0)
    return np.asarray(sway + stir)


def mounting(seed: int) -> Quats:
    """Any thigh_from_sensor at all, evenly."""
    q = np.random.default_rng([seed, 77]).standard_normal(4)
    return np.asarray(q / np.sqrt(np.sum(q * q)))


def imu_block(
    acc: Vec3s, *, rate_hz: float = 50.0, start_ns: int = START_NS, thigh_from_sensor: Quats | None = None
) -> ImuBlock:
    """The sensor's samples, without gyroscope, evenly in time."""
    n = len(acc)
    if thigh_from_sensor is not None:
        acc = rotate(inverse(thigh_from_sensor), acc)
    return ImuBlock(
        t_ns=start_ns + np.rint(np.arange(n) / rate_hz * 1e9).astype(np.int64),
        acc_mps2=acc,
        gyr_radps=None,
        measured=np.ones(n, np.bool_),
        clipped=np.zeros(n, np.bool_),
        index=np.arange(n),
        segment=np.zeros(n, np.int64),
        rate_hz=rate_hz,
    )


def rows(imu: ImuBlock, at: slice | np.ndarray) -> ImuBlock:
    """Some of the samples."""
    columns = ("t_ns", "acc_mps2", "measured", "clipped", "index", "segment")
    return ImuBlock(**{name: getattr(imu, name)[at] for name in columns}, gyr_radps=None, rate_hz=imu.rate_hz)


def oriented(imu: ImuBlock) -> OrientationBlock:
    """An orientation that nobody looks at."""
    n = len(imu)
    return OrientationBlock(
        t_ns=imu.t_ns,
        world_from_sensor=np.tile([1.0, 0.0, 0.0, 0.0], (n, 1)),
        at_rest=np.zeros(n, np.bool_),
        trusted=np.zeros(n, np.bool_),
    )


def gravity(imu: ImuBlock) -> Vec3s:
    """(n, 3) the mean of the second around each sample: what a filter's up is like while a walking thigh shakes."""
    if not len(imu):
        return imu.acc_mps2
    width = round(imu.rate_hz)
    padded = np.pad(imu.acc_mps2, ((width // 2, width - 1 - width // 2), (0, 0)), "edge")
    return np.stack([np.convolve(axis, np.full(width, 1 / width), "valid") for axis in padded.T], axis=1)


def thigh_block(
    imu: ImuBlock, thigh_from_sensor: Quats | None, up: Vec3s | None = None, *, since_ns: int = START_NS
) -> ThighBlock:
    """Inclination from the accelerometer alone, with a known placement or with none. `up`: from the whole stream."""
    n, nan = len(imu), np.full(len(imu), np.nan)
    if thigh_from_sensor is None:
        placements: tuple[Placement, ...] = ()
        inclination, sd = nan, np.full(n, np.inf)
    else:
        upward = rotate(thigh_from_sensor, unit(gravity(imu) if up is None else up))
        inclination, sd = np.rad2deg(np.arccos(np.clip(upward[:, 1], -1, 1))), np.full(n, 2.0)
        method = PlacementMethod.GIVEN
        placements = (
            Placement(since=HostNs(since_ns), thigh_from_sensor=thigh_from_sensor, method=method, sd_deg=2.0),
        )
    return ThighBlock(
        t_ns=imu.t_ns,
        thigh_flexion_deg=inclination,
        thigh_inclination_deg=inclination,
        thigh_roll_deg=nan,
        trusted=np.isfinite(inclination),
        sd_deg=sd,
        placements=placements,
    )


def cuts(n: int, seed: int) -> list[slice]:
    """Pieces of all sizes, single samples among them."""
    random = np.random.default_rng(seed)
    at = np.unique(np.concatenate([[0, n], random.integers(0, n, 40), n // 2 + np.arange(60)]))
    return [slice(a, b) for a, b in pairwise(at.tolist())]


def interrupted(imu: ImuBlock, row: int, lost_s: int) -> ImuBlock:
    """The same, with that many seconds in which nothing came before a row."""
    t_ns = imu.t_ns + np.where(np.arange(len(imu)) >= row, lost_s * NS_PER_S, 0)
    return replace(imu, t_ns=t_ns)


def interrupted_for(imu: ImuBlock, begins_s: float, lost_s: float) -> ImuBlock:
    """The same without the samples of that time."""
    since_s = (imu.t_ns - START_NS) / NS_PER_S
    kept = np.flatnonzero((since_s < begins_s) | (since_s >= begins_s + lost_s))
    return rows(imu, kept)


def did(second: float, action: Action) -> UserAction:
    """An action of the wearer, so long after the start."""
    return UserAction(at=HostNs(START_NS + round(second * NS_PER_S)), action=action)


def decided_by(
    stage: Activity,
    imu: ImuBlock,
    thigh_from_sensor: Quats | None,
    *,
    actions: Sequence[UserAction] = (),
    at: Sequence[int] = (),
    moves: bool = False,
) -> ActivityBlock:
    """What the room says of a whole stream. It is cut at actions, and at rows; `moves`: saved and loaded at every cut."""
    action_rows = np.searchsorted(imu.t_ns, [event.at for event in actions]).tolist()
    blocks, up = [], gravity(imu)
    for a, b in pairwise(sorted({0, len(imu), *at, *action_rows})):
        part = rows(imu, slice(a, b))
        due = [event for event, row in zip(actions, action_rows, strict=True) if row == a]
        blocks.append(stage.step(part, thigh_block(part, thigh_from_sensor, up[a:b]), due))
        if moves:
            stage = Activity(stage.params, pickle.loads(pickle.dumps(stage.state)))  # noqa: S301 - our own bytes
    return reduce(ActivityBlock.followed_by, [*blocks, stage.flush()])
