"""Simulated people on chairs of known height, and what the seat coach is given of them. For `tests.benchmarks.seat`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from firmware_sim.body import SEAT_FLEXION_DEG, Act, Manner, MovingBody, Person, Posture, Script, drawn, stand, walk
from firmware_sim.body.chair import Chair, SeatedLegs
from firmware_sim.imu import drawn_errors, drawn_mounting
from hipmonitor.core.arrays import Floats
from hipmonitor.core.days import DayBout, Days, DaysBlock, Minute
from hipmonitor.core.frames import inverse, rotate
from hipmonitor.core.inbound import Pose
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import Settings
from hipmonitor.runtime.analyze import analyze_slabs
from hipmonitor.runtime.slabs import Arrays, array_slabs
from tests.benchmarks.angles_simulated import _held, with_actions

RATE_HZ = 25.0
START_NS = 1_788_000_000 * NS_PER_S
DAY = START_NS // NS_PER_S // 86_400
G_MPS2 = 9.80665
SITS_S = 2700.0
"""In one piece; two of them on each chair."""
MEASURES_S = 180.0
"""One sits with both feet on the floor while somebody holds the tape."""
MANNERS: tuple[Manner, ...] = ("restless", "restless", "restless", "quiet", "lean_back", "slump", "knee_in", "crossed")
"""One sits mostly with both feet on the floor."""
MANNER_S = (60.0, 300.0)
JOINT_SD_CM = 0.2
"""Of where one person always takes a joint to be, against where it is: our guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitter:
    """One person, two chairs, and a day with both."""

    person: Person
    legs: SeatedLegs
    chairs: tuple[Chair, Chair]
    script: Script
    long: tuple[tuple[float, float], ...]
    """When the sittings on the first and second chair began and ended, in turn."""
    joints_cm: tuple[float, float]
    """How much too high this person takes knee and hip to be."""

    @property
    def length_cm(self) -> float:
        """As told to the coach: to whole centimetres."""
        return round(100 * self.legs.thigh_m)


def sitter(seed: int, *, walks: bool = True) -> Sitter:
    """Drawn: thighs of 36 to 48 cm, shanks, chairs of 38 to 54 cm, cushions, feet before or under the knees."""
    r = np.random.default_rng([seed, 0x5EA7])
    thigh = float(r.uniform(0.36, 0.48))
    person = replace(drawn(seed, side="left" if seed % 2 else "right"), thigh_m=thigh)
    # Winter 2009: shank .246 and thigh .245 of height; people differ by some hundredths.
    shank = float(thigh * np.clip(r.normal(1.0, 0.04), 0.92, 1.08))
    legs = SeatedLegs(
        thigh_m=thigh,
        shank_m=shank,
        ankle_m=float(r.uniform(0.07, 0.10)),
        hip_above_seat_m=float(r.uniform(0.075, 0.095)),
        shank_tilt_deg=float(r.normal(0.0, 8.0)),
    )
    level = legs.knee_m - legs.hip_above_seat_m
    chairs = tuple(
        Chair(seat_m=level + sinks + float(r.uniform(-0.08, 0.06)), sinks_m=sinks)
        for sinks in (float(r.uniform(0.005, 0.03)), float(r.uniform(0.03, 0.10)))
    )
    knee_cm, hip_cm, *_ = r.normal(0.0, JOINT_SD_CM, 6)  # as many as ever, so that a seed stays the same person
    script = _script(person, legs, chairs, r, walks=walks)
    return Sitter(
        person=person,
        legs=legs,
        chairs=(chairs[0], chairs[1]),
        script=script,
        long=_long(script),
        joints_cm=(float(knee_cm), float(hip_cm)),
    )


def _long(script: Script) -> tuple[tuple[float, float], ...]:
    """Stretches of sitting of more than ten minutes, each the acts between two of another kind."""
    found, now = list[tuple[float, float]](), 0.0
    for posture, acts in groupby(script, key=lambda act: act.posture):
        seconds = sum(act.seconds for act in acts)
        if posture is Posture.SIT and seconds > 600:
            found.append((now + 5.0, now + seconds))
        now += seconds
    return tuple(found)


def true_flexion_deg(one: Sitter, seed: int, chair: int) -> float:
    """Median of the bone's angle while sitting on this chair: hip and knee as high as they really were."""
    body = MovingBody(one.script, one.person, seed=seed)
    t_s = np.concatenate([np.arange(start, end, 5.0) for start, end in one.long[chair::2]])
    return float(np.median(body.truth(t_s).thigh_flexion_deg))


def _script(
    person: Person, legs: SeatedLegs, chairs: Sequence[Chair], r: np.random.Generator, *, walks: bool
) -> Script:
    if not walks:
        return tuple(_on(chairs[0], legs, person, r))
    return (
        stand(6),
        _sat(chairs[0], legs, person, person.sit_down_s + 25, "quiet"),
        walk(person.rise_s + 60),
        stand(20, "restless"),
        _sat(chairs[0], legs, person, MEASURES_S, "quiet"),
        *_on(chairs[0], legs, person, r),
        stand(30, "restless"),
        walk(90),
        *_on(chairs[1], legs, person, r),
        stand(40, "restless"),
        walk(60),
        *_on(chairs[0], legs, person, r),
        walk(120),
        *_on(chairs[1], legs, person, r),
        stand(30, "restless"),
        walk(60),
    )


def _on(chair: Chair, legs: SeatedLegs, person: Person, r: np.random.Generator) -> Iterator[Act]:
    left_s = SITS_S
    while left_s > 0:
        seconds = min(left_s, float(r.uniform(*MANNER_S)))
        seconds = left_s if left_s - seconds < 15 else seconds
        yield _sat(chair, legs, person, seconds, MANNERS[int(r.integers(len(MANNERS)))])
        left_s -= seconds


def _sat(chair: Chair, legs: SeatedLegs, person: Person, seconds: float, manner: Manner) -> Act:
    """On this chair, whatever its kind is usually like."""
    usual = SEAT_FLEXION_DEG["office_chair"] + person.seat_offset_deg
    raised = usual - legs.flexion_deg(chair)
    return Act(posture=Posture.SIT, seconds=seconds, seat="office_chair", manner=manner, raised_deg=raised)


# -- what a sensor makes of it -----------------------------------------------------------------------------------------


class Bouts:
    """A sink that counts days."""

    def __init__(self) -> None:
        self._days, self.bouts, self.minutes = Days(), list[DayBout](), list[Minute]()

    def accept(self, update: HipUpdate) -> None:
        """Count an update."""
        for piece in update.pieces:
            self._take(self._days.step(piece.exposure, piece.gaps))

    def ended(self) -> Bouts:
        """With what goes on."""
        self._take(self._days.flush())
        return self

    def _take(self, block: DaysBlock) -> None:
        self.bouts += block.bouts
        self.minutes += block.minutes


def settled_bouts(one: Sitter, seed: int, *, guided: bool) -> Bouts:
    """As settled, by a cheap sensor in any mounting."""
    bouts = Bouts()
    person = one.person
    poses = (_held(0.5, Pose.STAND), _held(6.0 + person.sit_down_s + 0.5, Pose.SIT)) if guided else ()
    arrays = _arrays(one, seed)
    settings = Settings(side=person.side)
    analyze_slabs(
        lambda: with_actions(array_slabs(arrays, settings), poses),
        input_t_ns=arrays.t_ns,
        per_sample=False,
        settled_sinks=[bouts],
    )
    return bouts.ended()


def _arrays(one: Sitter, seed: int) -> Arrays:
    mounting, errors = drawn_mounting(seed), drawn_errors(seed)
    body = MovingBody(one.script, one.person, seed=seed, along_m=mounting.along_m)
    t_s = np.arange(round(body.seconds * RATE_HZ)) / RATE_HZ
    parts = [_felt(body, t_s[k : k + 8192], mounting.quaternion) for k in range(0, len(t_s), 8192)]
    force_g, rate_dps = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    noise = np.random.default_rng([seed, 0x5EE]).standard_normal((len(t_s), 6)) * np.sqrt(RATE_HZ / 2)
    acc_g = errors.acc_g(force_g) + errors.spread.acc_noise_g_per_sqrt_hz * noise[:, :3]
    gyr_dps = errors.gyr_dps(rate_dps, force_g) + errors.spread.gyr_noise_dps_per_sqrt_hz * noise[:, 3:]
    t_ns = START_NS + np.rint(t_s * NS_PER_S).astype(np.int64)
    return Arrays(t_ns=t_ns, acc_mps2=acc_g * G_MPS2, gyr_radps=np.radians(gyr_dps), rate_hz=RATE_HZ)


def _felt(body: MovingBody, t_s: Floats, strap_from_sensor: Floats) -> tuple[Floats, Floats]:
    felt, to_sensor = body.felt(t_s), inverse(strap_from_sensor)
    return (
        rotate(to_sensor, felt.specific_force_mps2) / G_MPS2,
        np.degrees(rotate(to_sensor, felt.angular_rate_radps)),
    )
