"""Sets of exercises as people really do them: who, in which start pose, and every repetition with its times, drawn from one seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

SETTLES_S = 1.0
"""After the last repetition the limb comes to lie."""
LONG_STOP_S, COMPOSED_S = 8.0, 4.0
"""Who stops for longer is back in the pose, and still, so long before going on."""


class Movement(StrEnum):
    """What is repeated, or held."""

    DONKEY_KICK = "donkey_kick"
    SIDE_LEG_RAISE = "side_leg_raise"
    CLAM = "clam"
    BRIDGE = "bridge"
    BIRD_DOG = "bird_dog"
    DEAD_BUG = "dead_bug"
    SIT_TO_STAND = "sit_to_stand"
    SQUAT = "squat"
    HIP_FLEXOR_STRETCH = "hip_flexor_stretch"
    FIGURE_FOUR = "figure_four"
    KNEE_LIFT = "knee_lift"
    """Standing: for a set that has no name."""


class Start(StrEnum):
    """How the body is before the first repetition."""

    ALL_FOURS = "all_fours"
    SIDE_STRAIGHT = "side_straight"
    """On the side that is not worn, legs straight."""
    SIDE_BENT = "side_bent"
    """Likewise, hips and knees bent."""
    WORN_SIDE = "worn_side"
    """The other side on top."""
    SUPINE_BENT = "supine_bent"
    """On the back, feet on the floor."""
    SUPINE_STRAIGHT = "supine_straight"
    TABLETOP = "tabletop"
    """On the back, thighs upright, shanks level."""
    PRONE = "prone"
    SITTING_BACK = "sitting_back"
    """On the heels, the chest on the thighs."""
    SEATED = "seated"
    STANDING = "standing"


BEGINS_IN = {
    Movement.DONKEY_KICK: Start.ALL_FOURS,
    Movement.SIDE_LEG_RAISE: Start.SIDE_STRAIGHT,
    Movement.CLAM: Start.SIDE_BENT,
    Movement.BRIDGE: Start.SUPINE_BENT,
    Movement.BIRD_DOG: Start.ALL_FOURS,
    Movement.DEAD_BUG: Start.TABLETOP,
    Movement.SIT_TO_STAND: Start.SEATED,
    Movement.SQUAT: Start.STANDING,
    Movement.HIP_FLEXOR_STRETCH: Start.SEATED,
    Movement.FIGURE_FOUR: Start.SEATED,
    Movement.KNEE_LIFT: Start.STANDING,
}
WRONG = {
    Movement.DONKEY_KICK: (Start.PRONE, Start.SITTING_BACK, Start.SIDE_BENT, Start.SEATED),
    Movement.SIDE_LEG_RAISE: (Start.STANDING, Start.SUPINE_STRAIGHT, Start.WORN_SIDE, Start.SEATED),
    Movement.CLAM: (Start.STANDING, Start.SUPINE_STRAIGHT, Start.WORN_SIDE, Start.SUPINE_BENT),
    Movement.BRIDGE: (Start.SUPINE_STRAIGHT, Start.STANDING, Start.SIDE_BENT, Start.SEATED),
    Movement.BIRD_DOG: (Start.PRONE, Start.SITTING_BACK, Start.SIDE_STRAIGHT, Start.SEATED),
    Movement.DEAD_BUG: (Start.SUPINE_BENT, Start.SUPINE_STRAIGHT, Start.STANDING, Start.SEATED),
    Movement.SIT_TO_STAND: (Start.STANDING, Start.SUPINE_BENT),
    Movement.SQUAT: (Start.SEATED, Start.SUPINE_STRAIGHT, Start.SIDE_STRAIGHT),
    Movement.HIP_FLEXOR_STRETCH: (Start.STANDING, Start.SUPINE_BENT),
    Movement.FIGURE_FOUR: (Start.STANDING, Start.SUPINE_BENT),
}
"""Mistakes that a thigh against gravity can show. It cannot tell standing from kneeling from all fours, nor sitting from lying on
the back with straight legs, nor on the side how far the hips are bent."""
RANGES_DEG = {
    # What goniometers and videos of these exercises give healthy people and patients, from memory: mean, SD, least, most.
    Movement.DONKEY_KICK: (78.0, 11.0, 50.0, 102.0),
    Movement.SIDE_LEG_RAISE: (33.0, 7.0, 18.0, 50.0),
    Movement.CLAM: (40.0, 9.0, 22.0, 62.0),
    Movement.BRIDGE: (33.0, 6.0, 20.0, 46.0),
    Movement.BIRD_DOG: (76.0, 9.0, 52.0, 95.0),
    Movement.DEAD_BUG: (55.0, 11.0, 32.0, 80.0),
    Movement.SIT_TO_STAND: (84.0, 3.0, 76.0, 90.0),
    Movement.SQUAT: (78.0, 14.0, 45.0, 110.0),
    Movement.HIP_FLEXOR_STRETCH: (80.0, 9.0, 58.0, 100.0),
    Movement.FIGURE_FOUR: (46.0, 8.0, 30.0, 62.0),
    Movement.KNEE_LIFT: (68.0, 11.0, 40.0, 92.0),
}
"""At the joint that makes the movement; what that turns the thigh against gravity is for the body to say."""
BOUNCED = frozenset(Movement) - {Movement.SIT_TO_STAND}
HELD = frozenset({Movement.HIP_FLEXOR_STRETCH, Movement.FIGURE_FOUR})
ALTERNATING = frozenset({Movement.BIRD_DOG, Movement.DEAD_BUG})
FASTEST_DPS = 170.0
"""Nobody's exercise is quicker than this in the mean of its way up or down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exerciser:
    """How one person exercises. Shares are of the range, unless it says otherwise."""

    seed: int
    able: float
    """Range against what others reach, in SDs."""
    fade: float
    """Lost within ten repetitions."""
    tires: float
    """Slower by this share within ten repetitions."""
    tempo_s: float
    """A whole repetition."""
    pieces: float
    """A movement comes in so many pushes: 1 smooth, 4 laboured."""
    late: float
    """How often a way up or down begins slowly and ends fast, against the other way round."""
    overshoot: float
    recoil: float
    """What the limb springs back after it came down, on a mat, a knee or a band."""
    sag: float
    """Sinks so far in a hold at the far end."""
    slack: float
    """Does not come down all the way, up to this."""
    tremor_hz: float
    tremor_deg: float
    sway_deg: float
    rocks: float
    """The pelvis rolls along, against the movement."""
    halves: float
    pulses: float
    """How often a repetition is only half of one, and how often one bounces at the far end."""
    scratches: float
    """How often one stops after a repetition to scratch, drink or put the mat right."""
    rests_s: float
    """Between repetitions; 0: one flows into the next."""
    alternates: bool
    """Leg by leg, where both take part."""
    skin_lag: float
    """Share of the thigh's axial turn that the strap does not follow."""
    bulge_deg: float
    """The contracting muscle tilts the strap."""
    floor: float
    """Getting down, turning over and getting up take so many times the usual."""
    raised_deg: float
    """The chair against an ordinary one, in degrees of the thigh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """One repetition as it is made; `reach` and `returns_to` are shares of the set's range."""

    reach: float
    rises_s: float
    holds_s: float
    falls_s: float
    rests_s: float
    returns_to: float = 0.0
    half: bool = False
    """On purpose."""
    pulses: int = 0
    sinks: float = 0.0
    own: bool = True
    """Of the worn leg."""
    pause_s: float = 0.0
    """Of scratching, after it."""

    @property
    def moves_s(self) -> float:
        """There and back."""
        return self.rises_s + self.holds_s + self.falls_s

    @property
    def seconds(self) -> float:
        """Until the next one."""
        return self.moves_s + self.rests_s + self.pause_s


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlan:
    """One set: the pose, quiet for `lead_s`, the repetitions, and quiet again."""

    movement: Movement
    start: Start
    exerciser: Exerciser
    range_deg: float
    strokes: tuple[Stroke, ...]
    lead_s: float
    tail_s: float
    mat_s: float
    """Putting the mat right, before the pose."""
    seed: int

    @property
    def seconds(self) -> float:
        """In the pose."""
        return self.lead_s + sum(one.seconds for one in self.strokes) + SETTLES_S + self.tail_s

    @property
    def gets_there_s(self) -> float:
        """Enough for the way into the pose from any other act; what is over is lain or stood still."""
        return 15.0 + 13.0 * self.exerciser.floor + self.mat_s


def drawn_exerciser(seed: int) -> Exerciser:
    """How the person of this seed exercises; from weak and laboured to strong and hasty."""
    r = np.random.default_rng([seed, 0xE8E])
    weak = float(r.uniform())
    tremor_hz = float(r.uniform(3.0, 12.0))
    return Exerciser(
        seed=seed,
        able=float(r.normal(0.5 - weak, 0.7)),
        fade=float(r.uniform(0.0, 0.05 + 0.3 * weak)),
        tires=float(r.uniform(0.0, 0.4)),
        # One to eight seconds, as physiotherapists ask for and as people make of it.
        tempo_s=float(np.exp(r.uniform(np.log(1.3), np.log(7.5)))),
        pieces=float(1.0 + 3.0 * weak * r.uniform()),
        late=float(r.uniform(0.0, 0.7)),
        overshoot=float(r.uniform(0.0, 0.1)),
        recoil=float(r.uniform(0.0, 0.07)),
        sag=float(r.uniform(0.0, 0.05 + 0.15 * weak)),
        slack=float(r.uniform(0.0, 0.25)),
        tremor_hz=tremor_hz,
        # Of even strength as an acceleration: 0.1 to 0.8 degrees at 4 Hz, a tenth of that at 12 (physiological to laboured).
        tremor_deg=float(np.exp(r.uniform(np.log(0.1), np.log(0.8))) * (4.0 / tremor_hz) ** 2),
        sway_deg=float(r.uniform(0.2, 1.8)),
        rocks=float(r.uniform(0.0, 0.4)),
        halves=float(r.choice([0.0, 0.08, 0.2])),
        pulses=float(r.choice([0.0, 0.0, 0.1, 0.3])),
        scratches=float(r.choice([0.0, 0.03, 0.1])),
        rests_s=float(r.choice([0.0, r.uniform(0.3, 2.5)], p=[0.3, 0.7])),
        alternates=bool(r.random() < 0.6),
        # Fiorentino 2017 (dual fluoroscopy): skin markers show hip rotation 22 degrees short of the bone's, a third of it or
        # more; a strap all round the middle of the thigh follows better than they do (a guess).
        skin_lag=float(r.uniform(0.1, 0.35)),
        bulge_deg=float(r.normal(0.0, 1.2)),
        floor=float(np.exp(r.uniform(np.log(0.7), np.log(2.2)))),
        raised_deg=float(r.uniform(-6.0, 12.0)),
    )


def drawn_set(
    movement: Movement, exerciser: Exerciser, *, seed: int, wrong: Start | None = None, repetitions: int | None = None
) -> SetPlan:
    """One set of this person, of so many repetitions or as many as they feel like.

    `wrong`: that pose is held instead, and nothing is done in it.
    """
    r = np.random.default_rng([exerciser.seed, seed, list(Movement).index(movement), 0x5E7])
    mean, sd, least, most = RANGES_DEG[movement]
    reached = float(np.clip(mean + sd * (0.8 * exerciser.able + 0.5 * r.normal()), least, most))
    strokes: tuple[Stroke, ...] = ()
    if wrong is None:
        held = movement in HELD
        strokes = _held(r, exerciser) if held else _repeated(r, movement, exerciser, reached, repetitions)
    return SetPlan(
        movement=movement,
        start=wrong or BEGINS_IN[movement],
        exerciser=exerciser,
        range_deg=reached,
        strokes=strokes,
        lead_s=float(r.uniform(4.0, 9.0)),
        tail_s=float(r.uniform(3.0, 8.0)),
        mat_s=float(r.choice([0.0, r.uniform(2.0, 9.0)])),
        seed=int(r.integers(1 << 31)),
    )


def _held(r: np.random.Generator, who: Exerciser) -> tuple[Stroke, ...]:
    """Two or three holds; who is weak lets go early, or sinks."""
    return tuple(
        Stroke(
            reach=float(np.clip(r.normal(1.0, 0.05), 0.85, 1.1)),
            rises_s=float(r.uniform(1.2, 5.0)),
            holds_s=float(r.uniform(8.0, 35.0)),
            falls_s=float(r.uniform(0.9, 3.5)),
            rests_s=float(r.uniform(2.0, 8.0)),
            sinks=float(who.sag * r.uniform(0.3, 1.5)),
        )
        for _ in range(int(r.integers(2, 4)))
    )


def _repeated(
    r: np.random.Generator, movement: Movement, who: Exerciser, range_deg: float, repetitions: int | None
) -> tuple[Stroke, ...]:
    tempo_s = float(np.clip(who.tempo_s * np.exp(0.2 * r.normal()), 1.0, 8.0))
    shares = np.array([r.uniform(0.25, 0.45), r.uniform(0.03, 0.4), r.uniform(0.25, 0.45)])
    shares = shares / np.sum(shares)
    both = movement in ALTERNATING and who.alternates
    count = int(r.integers(5, 13 if tempo_s < 5.0 else 9)) if repetitions is None else repetitions
    count *= 2 if both else 1
    return tuple(
        _one(
            r,
            who if movement in BOUNCED else replace(who, pulses=0.0),
            range_deg,
            tempo_s * shares,
            done=k / (2 if both else 1),
            own=not both or k % 2 == 0,
        )
        for k in range(count)
    )


def _one(
    r: np.random.Generator,
    who: Exerciser,
    range_deg: float,
    times_s: np.ndarray[tuple[int], np.dtype[np.float64]],
    *,
    done: float,
    own: bool,
) -> Stroke:
    """The next repetition of somebody who has done so many."""
    half, bounces = bool(r.random() < who.halves), bool(r.random() < who.pulses)
    faded = (1.0 - who.fade * done / 10.0) * (1.0 + 0.04 * r.normal())
    reach = float(r.uniform(0.38, 0.6) if half else np.clip(faded, 0.55, 1.15))
    rises, holds, falls = (1.0 + who.tires * done / 10.0) * times_s * np.exp(0.1 * r.normal(size=3))
    quickest = reach * range_deg / FASTEST_DPS
    pulses = int(r.integers(2, 5)) if bounces and not half else 0
    rests_s, low = float(who.rests_s * np.exp(0.3 * r.normal())), float(r.uniform(0.0, who.slack))
    sinks = float(who.sag * r.uniform(0.3, 1.5))
    pause_s = float(r.uniform(4.0, 12.0)) if r.random() < who.scratches else 0.0
    return Stroke(
        reach=reach,
        rises_s=float(max(rises, quickest, 0.35)),
        holds_s=float(max(holds, 0.7 * pulses)),
        falls_s=float(max(falls, quickest, 0.35)),
        rests_s=rests_s,
        returns_to=0.0 if pause_s else low * (0.5 if who.rests_s else 1.0),  # who stops puts the limb down
        half=half,
        pulses=pulses,
        sinks=sinks,
        own=own,
        pause_s=pause_s,
    )


def starts_s(plan: SetPlan) -> tuple[float, ...]:
    """When each repetition begins, after the first one did."""
    at, starts = 0.0, []
    for stroke in plan.strokes:
        starts.append(at)
        at += stroke.seconds
    return tuple(starts)
