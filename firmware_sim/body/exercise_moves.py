"""What a repetition does to every part of the body: the leg that is meant, and all that comes along with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from firmware_sim.body.exercise_plan import ALTERNATING, Movement, SetPlan
from firmware_sim.body.strokes import fidgets, levels, sway_deg, tremor_deg, wanderings_deg
from hipmonitor.core.arrays import Floats

Courses = dict[str, Floats]
"""By name of the track, in degrees or metres, in the steps of strokes.levels."""
FIDGET_DEG = (4.0, 2.5, 4.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Going:
    """What the movements are made of."""

    plan: SetPlan
    own: Floats
    """Degrees of the worn leg's movement."""
    other: Floats
    share: Floats
    """Of the range."""
    r: np.random.Generator
    """One draw a set for everything that comes along."""
    thigh_m: float
    mirror: float
    pose_lift: float
    """Of the thigh against the body, before."""
    sits_deg: float
    """Of the thigh on the chair."""

    def along(self, mean: float, sd: float) -> Floats:
        """What comes along with the movement, in so many degrees for one."""
        return float(self.r.normal(mean, sd)) * self.own

    @property
    def rocks(self) -> Floats:
        """How far the pelvis rolls back, for a wearer on the right."""
        return self.plan.exerciser.rocks * float(self.r.uniform(0.3, 1.0)) * self.own


def courses(plan: SetPlan, *, thigh_m: float, mirror: float, pose_lift: float, sits_deg: float) -> Courses:
    """Everything that moves in a set."""
    share = levels(plan, own=True)
    other = levels(plan, own=False) if plan.movement in ALTERNATING else np.zeros_like(share)
    reach = np.maximum(share, 0.8 * other)
    scale = plan.range_deg if plan.movement is not Movement.SIT_TO_STAND else sits_deg - _stands_short_deg(plan)
    going = Going(
        plan=plan,
        own=scale * share,
        other=scale * other,
        share=share,
        r=np.random.default_rng([plan.seed, 0xA10]),
        thigh_m=thigh_m,
        mirror=mirror,
        pose_lift=pose_lift,
        sits_deg=sits_deg,
    )
    moved = MOVES[plan.movement](going)
    shaken = tremor_deg(plan, reach) + sway_deg(plan, reach) + np.array(FIDGET_DEG)[:, None] * fidgets(plan)
    for key, (name, row) in enumerate(zip(("own.lift", "own.spread", "own.twist"), shaken, strict=True)):
        moved[name] = moved.get(name, 0.0) + row + wanderings_deg(plan, 1.0, key)
    moved["other.lift"] = moved.get("other.lift", 0.0) + 0.3 * shaken[1]
    who = plan.exerciser
    moved["strap_turn"] = -who.skin_lag * mirror * moved["own.twist"]
    moved["strap_tilt"] = who.bulge_deg * share
    return moved


def _stands_short_deg(plan: SetPlan) -> float:
    """Who rises stands as usual, or not quite upright."""
    return float(np.clip(88.0 - plan.range_deg, -2.0, 10.0))


def _donkey_kick(go: Going) -> Courses:
    # The knee goes out and the pelvis tips and opens where the hip's extension ends.
    return {
        "own.lift": -go.own,
        "own.spread": go.along(0.06, 0.05),
        "own.twist": go.along(-0.04, 0.06),
        "pelvis": go.along(0.1, 0.04),
        "body_roll": -0.4 * go.mirror * go.rocks,
        "other.lift": go.along(0.03, 0.02),
    }


def _side_leg_raise(go: Going) -> Courses:
    # Who cheats bends the hip and turns the toes up, and rolls back: another muscle does it.
    return {
        "own.spread": go.own,
        "own.lift": go.along(0.08, 0.15),
        "own.twist": go.along(-0.1, 0.15),
        "pelvis_list": go.along(0.12, 0.06),
        "body_roll": -0.5 * go.mirror * go.rocks,
    }


def _clam(go: Going) -> Courses:
    # Heels together: the thigh turns about the line from hip to heel, which lies 40 to 50 degrees off it (knee bent by about 90).
    line = np.radians(float(go.r.normal(45.0, 5.0)))
    return {
        "own.twist": -go.own * np.cos(line),
        "own.spread": go.own * np.sin(line),
        "own.lift": go.along(0.0, 0.05),
        "body_roll": -go.mirror * go.rocks,
        "pelvis": go.along(0.0, 0.05),
    }


def _bridge(go: Going) -> Courses:
    # Trunk and pelvis rise about the shoulders while the thigh sinks about the knee; the hip follows the thigh.
    raised = 27.0 / 33.0 * float(go.r.normal(1.0, 0.1)) * go.own
    before, now = np.radians(90.0 + go.pose_lift), np.radians(90.0 + go.pose_lift - go.own)
    body = np.radians(90.0 + raised)
    apart = go.along(0.0, 0.06)
    return {
        "recline": raised,
        "own.lift": -go.own - raised,
        "other.lift": -go.own - raised + go.along(0.0, 0.04),
        "own.spread": apart,
        "other.spread": apart,
        "pelvis": go.along(-0.1, 0.1),
        "pelvis_list": go.along(0.0, 0.06),
        "hip_up": go.thigh_m * (np.cos(now) - np.cos(before) - np.cos(body)),
        "hip_forward": go.thigh_m * (np.sin(before) - np.sin(now) + np.sin(body) - 1.0),
    }


def _bird_dog(go: Going) -> Courses:
    # While the other leg is out the weight comes over the worn one's knee, which tilts.
    gives = float(go.r.normal(0.07, 0.03))
    return {
        "own.lift": -go.own - gives * go.other,
        "own.spread": go.along(0.03, 0.04) + 0.6 * gives * go.other,
        "own.twist": go.along(0.0, 0.05),
        "pelvis": go.along(0.1, 0.04) + 0.08 * go.other,
        "body_roll": -0.3 * go.mirror * go.rocks,
        "other.lift": -go.other,
    }


def _dead_bug(go: Going) -> Courses:
    gives = float(go.r.normal(0.04, 0.03))
    return {
        "own.lift": -go.own + gives * go.other,
        "own.spread": go.along(0.0, 0.05),
        "own.twist": go.along(0.0, 0.05),
        "pelvis": go.along(0.08, 0.05) + 0.06 * go.other,
        "other.lift": -go.other,
    }


def _sit_to_stand(go: Going) -> Courses:
    # The trunk leans while the thigh moves, and is upright at either end.
    between = 4.0 * np.clip(go.share, 0.0, 1.0) * (1.0 - np.clip(go.share, 0.0, 1.0))
    lean, apart = float(go.r.uniform(12.0, 26.0)), go.along(0.0, 0.04)
    return {
        "flexion": -go.own,
        "pelvis": lean * between + 14.0 * go.share,
        "own.spread": apart,
        "other.spread": apart,
        "own.twist": go.along(0.0, 0.05),
    }


def _squat(go: Going) -> Courses:
    apart, turned = go.along(0.12, 0.06), go.along(-0.08, 0.08)
    return {
        "flexion": go.own,
        "pelvis": go.along(0.25, 0.08),
        "shank": go.along(0.3, 0.05),
        "own.spread": apart,
        "other.spread": apart,
        "own.twist": turned,
        "other.twist": turned,
    }


def _hip_flexor_stretch(go: Going) -> Courses:
    # At the edge of the seat the worn leg slides back until the thigh hangs down or behind; the pelvis is tucked.
    return {
        "own.lift": -go.own,
        "own.spread": go.along(0.04, 0.04),
        "own.twist": go.along(0.0, 0.05),
        "pelvis": go.along(-0.12, 0.04),
    }


def _figure_four(go: Going) -> Courses:
    # The ankle is laid on the other knee, which takes 25 to 45 degrees out and 30 to 45 of turning out; then the trunk leans.
    return {
        "own.twist": -0.8 * go.own,
        "own.spread": 0.68 * go.own,
        "own.lift": go.along(0.12, 0.08),
        "pelvis": go.along(0.35, 0.12),
    }


def _knee_lift(go: Going) -> Courses:
    return {"own.lift": go.own, "own.spread": go.along(0.05, 0.07), "pelvis": -0.1 * go.own}


MOVES: dict[Movement, Callable[[Going], Courses]] = {
    Movement.DONKEY_KICK: _donkey_kick,
    Movement.SIDE_LEG_RAISE: _side_leg_raise,
    Movement.CLAM: _clam,
    Movement.BRIDGE: _bridge,
    Movement.BIRD_DOG: _bird_dog,
    Movement.DEAD_BUG: _dead_bug,
    Movement.SIT_TO_STAND: _sit_to_stand,
    Movement.SQUAT: _squat,
    Movement.HIP_FLEXOR_STRETCH: _hip_flexor_stretch,
    Movement.FIGURE_FOUR: _figure_four,
    Movement.KNEE_LIFT: _knee_lift,
}
