"""Simulated people who sit plainly, and who cross their legs, let a knee fall in or lean forward: who is given a hint.

For `tests.benchmarks.seat`. Everybody sits half an hour plainly first, restless, leaning back and slumped; after a walk twelve minutes
more, and then, the others, twenty-five minutes in a manner of their own. Thigh and pelvis sensors in any mounting, placed
automatically; as lived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from firmware_sim.body import Act, Manner, MovingBody, Script, Where, sit, stand, walk
from firmware_sim.imu import drawn_errors, drawn_mounting
from firmware_sim.scenarios import wearer
from firmware_sim.worn_sensor import sensor_seed
from hipmonitor.core.alerts import AlertKind
from hipmonitor.core.frames import inverse, rotate
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.runtime.analyze import analyze
from tests.benchmarks.seat_people import G_MPS2, RATE_HZ, START_NS

PLAIN: tuple[Manner, ...] = ("restless", "lean_back", "restless", "slump")
HINTS = (AlertKind.CROSSED_LEGS, AlertKind.KNEE_IN, AlertKind.LEANING)
MEANT: Mapping[Manner, AlertKind] = {
    "ankle_on_knee": AlertKind.CROSSED_LEGS,
    "crossed": AlertKind.CROSSED_LEGS,
    "knee_in": AlertKind.KNEE_IN,
    "lean_forward": AlertKind.LEANING,
}
PLAIN_S, MANNER_S = 450.0, 1500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinted:
    """One person."""

    manner: Manner | None
    """None: sat plainly all the time."""
    given: tuple[AlertKind, ...]

    @property
    def rightly(self) -> bool:
        """The hint that was meant."""
        return self.manner is not None and MEANT[self.manner] in self.given

    @property
    def wrongly(self) -> bool:
        """One that nobody asked for."""
        return bool(set(self.given) - ({MEANT[self.manner]} if self.manner is not None else set()))


def hinted(seed: int, manner: Manner | None) -> Hinted:
    """What one person is told, as lived."""
    script = sitting(manner)
    pelvis = samples(script, seed, "pelvis")
    thigh = samples(script, seed, "thigh")
    result = analyze(**thigh, side=wearer(seed).side, pelvis=pelvis, reading="as_lived", per_sample=False)
    return Hinted(manner=manner, given=tuple(alert.kind for alert in result.alerts if alert.kind in HINTS))


def sitting(manner: Manner | None) -> Script:
    """Plainly on an office chair, up and down again, then in this manner."""
    plain: list[Act] = [sit(PLAIN_S, "office_chair", each) for each in PLAIN]
    own = manner or "restless"
    return (
        stand(20, "restless"),
        walk(90),
        stand(20),
        *plain,
        stand(30, "restless"),
        walk(60),
        sit(700, "office_chair", "restless"),
        *(sit(MANNER_S / 5, "office_chair", own) for _ in range(5)),
        stand(20),
    )


def samples(script: Script, seed: int, where: Where) -> dict[str, object]:
    """What a cheap sensor at this place gives."""
    own = sensor_seed(seed, where)
    mounting, errors = drawn_mounting(own, where), drawn_errors(own)
    body = MovingBody(
        script, wearer(seed), seed=seed, along_m=mounting.along_m, where=where, around_deg=mounting.around_deg
    )
    t_s = np.arange(round(body.seconds * RATE_HZ)) / RATE_HZ
    to_sensor, noise = inverse(mounting.quaternion), np.random.default_rng([own, 0x5EE])
    acc, gyr = np.zeros((len(t_s), 3)), np.zeros((len(t_s), 3))
    for k in range(0, len(t_s), 8192):
        rows = slice(k, k + 8192)
        felt = body.felt(t_s[rows])
        force_g = rotate(to_sensor, felt.specific_force_mps2) / G_MPS2
        rate_dps = np.degrees(rotate(to_sensor, felt.angular_rate_radps))
        acc[rows], gyr[rows] = errors.acc_g(force_g) * G_MPS2, np.radians(errors.gyr_dps(rate_dps, force_g))
    acc += errors.spread.acc_noise_g_per_sqrt_hz * G_MPS2 * np.sqrt(RATE_HZ / 2) * noise.standard_normal(acc.shape)
    t_ns = START_NS + np.rint(t_s * NS_PER_S).astype(np.int64)
    return {"acc_mps2": acc, "gyr_radps": gyr, "t_ns": t_ns}
