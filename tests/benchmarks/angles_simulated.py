"""Simulated people for `tests.benchmarks.angles`: a strap on soft tissue, a cheap sensor, any mounting, some minutes of life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from firmware_sim.body import Activity, MovingBody, Person, Script, drawn, sit, stand, walk
from firmware_sim.body.choreography import ACTIVITIES
from firmware_sim.imu import drawn_errors, drawn_mounting
from hipmonitor.core.arrays import Floats
from hipmonitor.core.frames import inverse, rotate
from hipmonitor.core.inbound import HoldPose, Inbound, Pose, Samples, SensorId, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import Placement
from hipmonitor.runtime.analyze import analyze_slabs
from hipmonitor.runtime.slabs import Arrays, array_slabs

RATE_HZ = 50.0
START_NS = 1_788_000_000 * NS_PER_S
G_MPS2 = 9.80665
STANDS_S, SEATED_S = 6.0, 25.0
SETTLED_S = 0.5


def life(person: Person) -> Script:
    """Stands and sits for a calibration that may be asked for, then walks, sits on four seats and stands in between."""
    return (
        stand(STANDS_S),
        sit(person.sit_down_s + SEATED_S, "office_chair"),
        walk(person.rise_s + 50),
        stand(20, "restless"),
        sit(120, "kitchen_chair", "restless"),
        stand(30, "restless"),
        walk(40, "slow"),
        sit(120, "low_sofa", "restless"),
        stand(20),
        walk(60, "fast"),
        sit(150, "office_chair", "restless"),
        stand(25, "restless"),
        walk(30),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class Worn:
    """What a sensor gave, and what was so."""

    arrays: Arrays
    flexion_deg: Floats
    standing: np.ndarray
    sitting: np.ndarray
    poses: tuple[UserAction, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Read:
    """Errors of one person's thigh flexion in one reading."""

    error_deg: Floats
    """(n,) of every trusted row."""
    standing_deg: float
    """Median error while standing, trusted or not: the placement's."""
    sitting_deg: float
    placement: Placement


def worn(seed: int) -> Worn:
    """One person, sensor and mounting."""
    person = drawn(seed, side="left" if seed % 2 else "right")
    script = life(person)
    body = MovingBody(script, person, seed=seed, along_m=drawn_mounting(seed).along_m)
    t_s = np.arange(round(sum(act.seconds for act in script) * RATE_HZ)) / RATE_HZ
    truth = body.truth(t_s)
    return Worn(
        arrays=sensed(body, seed, t_s, RATE_HZ),
        flexion_deg=truth.thigh_flexion_deg,
        standing=truth.activity == ACTIVITIES.index(Activity.STAND),
        sitting=truth.activity == ACTIVITIES.index(Activity.SIT),
        poses=(_held(0.5, Pose.STAND), _held(STANDS_S + person.sit_down_s + SETTLED_S, Pose.SIT)),
    )


def sensed(body: MovingBody, seed: int, t_s: Floats, rate_hz: float) -> Arrays:
    """What the cheap sensor of this seed, mounted any way round, reads at these times."""
    mounting, errors, felt = drawn_mounting(seed), drawn_errors(seed), body.felt(t_s)
    noise = np.random.default_rng([seed, 0x5EE]).standard_normal((len(t_s), 6)) * np.sqrt(rate_hz / 2)
    to_sensor = inverse(mounting.quaternion)
    force_g = rotate(to_sensor, felt.specific_force_mps2) / G_MPS2
    rate_dps = np.degrees(rotate(to_sensor, felt.angular_rate_radps))
    acc_g = errors.acc_g(force_g) + errors.spread.acc_noise_g_per_sqrt_hz * noise[:, :3]
    gyr_dps = errors.gyr_dps(rate_dps, force_g) + errors.spread.gyr_noise_dps_per_sqrt_hz * noise[:, 3:]
    t_ns = START_NS + np.rint(t_s * NS_PER_S).astype(np.int64)
    return Arrays(t_ns=t_ns, acc_mps2=acc_g * G_MPS2, gyr_radps=np.radians(gyr_dps), rate_hz=rate_hz)


def _held(at_s: float, pose: Pose) -> UserAction:
    return UserAction(at=HostNs(START_NS + round(at_s * NS_PER_S)), action=HoldPose(pose=pose))


def read(person: Worn, reading: Literal["as_lived", "settled"], *, guided: bool) -> Read:
    """Analysed, the poses held or not."""
    poses = person.poses if guided else ()
    analysis = analyze_slabs(
        lambda: with_actions(array_slabs(person.arrays, Settings()), poses),
        reading=reading,
        input_t_ns=person.arrays.t_ns,
    )
    error = analysis.thigh_flexion_deg - person.flexion_deg
    late = np.arange(len(error)) > len(error) // 2 if reading == "as_lived" else np.ones(len(error), np.bool_)
    return Read(
        error_deg=error[analysis.trusted & np.isfinite(error)],
        standing_deg=float(np.nanmedian(error[person.standing & late])),
        sitting_deg=float(np.nanmedian(error[person.sitting & late])),
        placement=analysis.calibration,
    )


def with_actions(slabs: Iterator[Sequence[Inbound]], actions: tuple[UserAction, ...]) -> Iterator[Sequence[Inbound]]:
    """The same slabs, the samples cut where the wearer did something."""
    waiting = list(actions)
    for slab in slabs:
        out: list[Inbound] = []
        for event in slab:
            rest: Inbound = event
            while isinstance(rest, Samples) and waiting and waiting[0].at <= rest.t_ns[-1]:
                row = int(np.searchsorted(rest.t_ns, waiting[0].at))
                out += [_rows(rest, slice(0, row)), waiting.pop(0)]
                rest = _rows(rest, slice(row, len(rest.t_ns)))
            out.append(rest)
        yield out


def _rows(samples: Samples, at: slice) -> Samples:
    return Samples(
        at=HostNs(int(samples.t_ns[at][-1])),
        sensor=SensorId(samples.sensor),
        rate_hz=samples.rate_hz,
        t_ns=samples.t_ns[at],
        acc_mps2=samples.acc_mps2[at],
        gyr_radps=None if samples.gyr_radps is None else samples.gyr_radps[at],
    )
