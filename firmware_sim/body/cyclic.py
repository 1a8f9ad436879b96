"""Running, stairs and cycling: published curves of the thigh, the hip's path, and one's own style on them.

Compared with people as walking.py tells, five seconds at a time: running and stairs of HARTH at 50 Hz, cycling of HARTH and
SENS. What was compared: SD along and across the mean direction of up below 5 Hz, root mean square of all, 99th percentile of
|acceleration|, and the strongest frequency. Only ranges were matched; no curve of anybody was copied.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from firmware_sim.body import gait
from firmware_sim.body.choreography import Round
from firmware_sim.body.person import Person
from firmware_sim.body.script import Posture
from firmware_sim.body.walking import STYLE_DPS, STYLE_MPS2, STYLE_SPREAD
from hipmonitor.core.arrays import Floats, Ints

Harmonics = np.ndarray[tuple[int, ...], np.dtype[np.complex128]]
ROWS = (
    "flexion_deg",
    "abduction_deg",
    "rotation_deg",
    "forward_m",
    "left_m",
    "up_m",
    "tilt_deg",
    "list_deg",
    "turn_deg",
)
FAMILIAR = {Posture.RUN: 1, Posture.STAIRS_UP: 2, Posture.STAIRS_DOWN: 3, Posture.CYCLE: 4}
"""Keys of the random draws."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One cyclic movement as everybody makes it. Phase 0: the worn leg's foot meets the ground, its pedal is on top."""

    thigh_by_tenth_deg: tuple[float, ...]
    """Sagittal thigh angle against the vertical at each tenth of the cycle."""
    scale_sd: float
    offset_sd_deg: float
    hz: tuple[float, float]
    """Cycles of one leg a second, between these from person to person."""
    speed_mps: float
    climb_mps: float = 0.0
    abduction_deg: float
    rotation_deg: float
    bob_m: float
    """Half the hip's path up and down, twice a cycle."""
    lowest_at: float
    lateral_m: float
    fore_aft_m: float
    tilt_deg: float
    list_deg: float
    turn_deg: float
    """Half the ranges of the pelvis: sagittal twice a cycle; frontal and transverse once."""
    lean_deg: tuple[float, float]
    """The pelvis tipped forward, against standing: mean and SD between people."""
    strike: float
    """Size of a foot's strike against that of walking."""
    style_rate: float
    style_path: float
    """Size of one's own style against that of walking."""


KINDS = {
    # Novacheck 1998 (running 3.2 m/s, from memory): hip 35-40 flexed at contact, -5 to -10 at toe-off (38 %), 45-50 in swing,
    # on a pelvis tipped 10-15 further than standing; the thigh is less flexed by that. 150 to 180 steps a minute; the body
    # rises and falls 8 to 10 cm and flies for a third of each step; 2.5 to 3.3 m/s is an easy jog.
    Posture.RUN: Kind(
        thigh_by_tenth_deg=(26.0, 20.0, 8.0, -7.0, -17.0, -17.0, -2.0, 20.0, 36.0, 35.0),
        scale_sd=0.1,
        offset_sd_deg=4.0,
        hz=(1.26, 1.48),
        speed_mps=2.8,
        abduction_deg=4.0,
        rotation_deg=6.0,
        bob_m=0.036,
        lowest_at=0.17,
        lateral_m=0.014,
        fore_aft_m=0.012,
        tilt_deg=3.0,
        list_deg=4.0,
        turn_deg=6.0,
        lean_deg=(12.0, 4.0),
        strike=1.9,
        style_rate=1.3,
        style_path=1.7,
    ),
    # McFadyen and Winter 1988, Riener 2002 (from memory): the hip is most flexed (60 to 70 at 30 degrees of slope) just before
    # the foot is put down and straightens to 5-10 at its push-off; 90 to 110 steps a minute, 17 cm and 28 cm a step.
    Posture.STAIRS_UP: Kind(
        thigh_by_tenth_deg=(46.0, 37.0, 27.0, 16.0, 6.0, 0.0, 1.0, 20.0, 50.0, 59.0),
        scale_sd=0.07,
        offset_sd_deg=3.0,
        hz=(0.76, 0.91),
        speed_mps=0.46,
        climb_mps=0.28,
        abduction_deg=3.5,
        rotation_deg=4.0,
        bob_m=0.018,
        lowest_at=0.05,
        lateral_m=0.025,
        fore_aft_m=0.012,
        tilt_deg=2.0,
        list_deg=4.0,
        turn_deg=5.0,
        lean_deg=(6.0, 3.0),
        strike=0.7,
        style_rate=0.5,
        style_path=0.8,
    ),
    # As above: 15 to 20 flexed at contact, held while the knee bends, 35 to 40 when the foot leaves, then reaching down.
    Posture.STAIRS_DOWN: Kind(
        thigh_by_tenth_deg=(13.0, 11.0, 12.0, 13.0, 15.0, 20.0, 30.0, 38.0, 35.0, 22.0),
        scale_sd=0.1,
        offset_sd_deg=3.0,
        hz=(0.80, 0.97),
        speed_mps=0.48,
        climb_mps=-0.29,
        abduction_deg=4.0,
        rotation_deg=5.0,
        bob_m=0.022,
        lowest_at=0.12,
        lateral_m=0.02,
        fore_aft_m=0.008,
        tilt_deg=2.0,
        list_deg=3.0,
        turn_deg=4.0,
        lean_deg=(1.0, 2.0),
        strike=0.9,
        style_rate=0.9,
        style_path=1.35,
    ),
    # The thigh swings through 40 to 45 degrees, 18-20 to 58-62 against the vertical; 50 to 100 turns a minute (labelled
    # cycling: 60 to 90); the pelvis is tipped 10 to 40 forward on an upright to a sporty bicycle.
    Posture.CYCLE: Kind(
        thigh_by_tenth_deg=(59.0, 55.5, 45.0, 32.0, 22.0, 18.5, 21.0, 31.0, 45.0, 56.0),
        scale_sd=0.08,
        offset_sd_deg=4.0,
        hz=(0.95, 1.45),
        speed_mps=4.6,
        abduction_deg=2.0,
        rotation_deg=2.0,
        bob_m=0.003,
        lowest_at=0.1,
        lateral_m=0.008,
        fore_aft_m=0.003,
        tilt_deg=1.0,
        list_deg=2.5,
        turn_deg=2.0,
        lean_deg=(22.0, 7.0),
        strike=0.0,
        style_rate=0.35,
        style_path=0.6,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Form:
    """How one person makes one of these movements."""

    kind: Kind
    hz: float
    mean_deg: float
    """Mean flexion of the thigh over a cycle."""
    lean_deg: float
    shared: Harmonics
    """(9, N_HARMONICS) in the rows of ROWS."""
    style: Harmonics


def form_of(posture: Posture, person: Person) -> Form:
    """One person's way; the same person has the same."""
    kind, r = KINDS[posture], np.random.default_rng([person.gait_style, 0xF02, FAMILIAR[posture]])
    curve, scale = np.array(kind.thigh_by_tenth_deg), float(np.clip(r.normal(1.0, kind.scale_sd), 0.8, 1.2))
    hz = float(r.uniform(*kind.hz))
    return Form(
        kind=kind,
        hz=hz,
        mean_deg=float(curve.mean() + np.clip(r.normal(0.0, kind.offset_sd_deg), -8.0, 8.0)),
        lean_deg=float(max(0.0, r.normal(*kind.lean_deg))),
        shared=_shared(kind, curve - curve.mean(), scale),
        style=_style(kind, hz, person.gait_roughness, r),
    )


def _shared(kind: Kind, swing_deg: Floats, scale: float) -> Harmonics:
    c = np.zeros((9, gait.N_HARMONICS), np.complex128)
    c[0, :4] = scale * np.fft.rfft(swing_deg)[1:5] / 5.0
    lowest = np.exp(-2j * gait.TURN * kind.lowest_at)
    c[1, 0] = 1j * kind.abduction_deg * np.exp(0.05j * gait.TURN)
    c[2, 0] = kind.rotation_deg * np.exp(-0.1j * gait.TURN)
    c[3, 1] = 1j * kind.fore_aft_m * lowest
    c[4, 0] = -1j * kind.lateral_m
    c[5, 1] = -kind.bob_m * lowest
    if kind is KINDS[Posture.RUN]:  # in flight nothing but gravity: flat troughs, high peaks
        c[5, 3] = -0.06 * kind.bob_m * lowest**2
    c[6, 1] = kind.tilt_deg
    c[7, 0] = -1j * kind.list_deg * np.exp(0.05j * gait.TURN)
    c[8, 0] = kind.turn_deg
    return c


def _style(kind: Kind, hz: float, roughness: float, r: np.random.Generator) -> Harmonics:
    radps = gait.TURN * np.arange(1, gait.N_HARMONICS + 1) * hz
    sizes = np.sqrt(2.0) * np.concatenate(
        [kind.style_rate * STYLE_DPS / radps, kind.style_path * STYLE_MPS2 / radps**2, 0.3 * STYLE_DPS / radps]
    )
    spread = np.exp(STYLE_SPREAD * r.standard_normal(sizes.shape))
    style: Harmonics = roughness * sizes * spread * np.exp(1j * r.uniform(0.0, gait.TURN, sizes.shape))
    return style


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Turning:
    """What a cyclic movement adds at the k of n instants where it goes on."""

    where: Ints
    amount: Floats
    phase: Floats
    hz: Floats
    vigour: Floats
    added: Floats
    """(9, k) as in ROWS, the amount in it."""


class Cyclic:
    """One cyclic movement of one person in one script. A pure function of time."""

    def __init__(self, form: Form, turning: Round, *, seed: int) -> None:
        self.form, self._round = form, turning
        r = np.random.default_rng([seed, 0x57B])
        self._stray_phase = r.uniform(0.0, gait.TURN, (2, 3))

    def at(self, t_s: Floats, *, shift: float = 0.0) -> Turning | None:
        """What it adds; the leg is `shift` cycles ahead of the worn one. None where nothing goes on."""
        if not self._round.amount.moves:
            return None
        everywhere = self._round.amount.at(t_s)
        where = np.flatnonzero(everywhere > 0.0)
        if not len(where):
            return None
        t_s, amount, vigour = t_s[where], everywhere[where], self._round.vigour.at(t_s[where])
        phase, hz = self._round.strides.phase(t_s)
        added = amount * self._added(t_s, phase + shift, vigour)
        return Turning(where=where, amount=amount, phase=phase, hz=hz, vigour=vigour, added=added)

    def _added(self, t_s: Floats, phase: Floats, vigour: Floats) -> Floats:
        size, timing = (self._stray(t_s, row) for row in (0, 1))
        waves = _waves(phase)
        own = _waves(phase + 0.012 * timing)
        style = (1.0 + 0.2 * size) * vigour
        longer = np.sqrt(vigour) if self.form.kind.strike else np.ones_like(vigour)  # a crank is as long as it is
        rows = np.stack([np.real(_sum(c, waves)) for c in self.form.shared])
        rows[:3] *= longer
        rows[3:] *= vigour
        return rows + style * np.stack([np.real(_sum(c, own)) for c in self.form.style])

    def _stray(self, t_s: Floats, row: int) -> Floats:
        total = np.zeros_like(t_s)
        for hz, start in zip((0.12, 0.29, 0.44), self._stray_phase[row], strict=True):
            total = total + np.sin(gait.TURN * hz * t_s + start)
        return total


def _waves(phase: Floats) -> Harmonics:
    """exp(2 pi i n phase) for n of 1 to N_HARMONICS, (N_HARMONICS, k)."""
    waves = np.empty((gait.N_HARMONICS, len(phase)), np.complex128)
    waves[0] = np.exp(1j * gait.TURN * phase)
    for n in range(1, gait.N_HARMONICS):
        waves[n] = waves[n - 1] * waves[0]
    return waves


def _sum(c: np.ndarray[tuple[int], np.dtype[np.complex128]], waves: Harmonics) -> Harmonics:
    total = np.zeros(waves.shape[1], np.complex128)
    for n in np.flatnonzero(c):
        total = total + c[n] * waves[n]
    return total
