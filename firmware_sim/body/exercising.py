"""Getting down to the floor, putting the mat right, taking a start pose, doing a set, turning over, getting up."""

from __future__ import annotations

import numpy as np

from firmware_sim.body.choreography import Activity
from firmware_sim.body.course import STEP_S, Course
from firmware_sim.body.done import DoneRepetition, DoneSet
from firmware_sim.body.exercise_moves import courses
from firmware_sim.body.exercise_plan import SETTLES_S, Movement, SetPlan, Start, starts_s
from firmware_sim.body.exercise_poses import (
    HALF_KNEELING,
    KNEELING,
    POSES,
    SIDE_SITTING,
    BodyPose,
    hip_up_m,
    pose_of,
)
from firmware_sim.body.script import SEAT_FLEXION_DEG, Act, Posture
from firmware_sim.body.seating import Seating, nearest
from firmware_sim.body.strokes import STILL, levels, smoothed, turning_points
from firmware_sim.body.track import Track

STANDING = BodyPose(called=Activity.STAND)
SHIFTS_S = (0.8, 2.0)


class Exercising(Seating):
    """Sets of exercises; draws from the plan's own seed."""

    _pose: BodyPose = STANDING
    """Of the exercise that goes on."""
    _came_s: float = 0.0
    _slow: float = 1.0
    """On the floor."""

    def _take_pose(self, act: Act) -> None:
        plan, self._came_s = _plan(act), self._now
        r = np.random.default_rng([plan.seed, 0x905E])
        if plan.start in POSES:
            self._to_floor(plan, pose_of(plan.start, r), r)
        elif plan.start is Start.SEATED:
            self._pose = STANDING
            self._sit_on(
                Act(posture=Posture.SIT, seconds=0.0, seat="kitchen_chair", raised_deg=plan.exerciser.raised_deg)
            )
        else:
            self._pose = STANDING
            self._became(self._now, Activity.STAND, seated=False)

    def _leave_pose(self, act: Act) -> None:
        """Stand up, where the next pose is not on the floor as well; a chair is left as any other."""
        stays = act.plan is not None and act.plan.start in POSES
        if self._pose is STANDING or stays:
            return
        slow = self._slow
        if self._pose.recline > 0.0:
            self._go(SIDE_SITTING, 2.4 * slow)
        self._go(KNEELING, 1.8 * slow)
        self._go(self._half_kneeling(), 1.1 * slow)
        self._go(STANDING, 1.4 * slow)
        self._move(self._c.stir, 0.5, self._m.stir_standing)
        self._posture = Posture.STAND

    def _to_floor(self, plan: SetPlan, pose: BodyPose, r: np.random.Generator) -> None:
        slow = self._slow = plan.exerciser.floor
        if self._pose is STANDING:
            self._go(self._half_kneeling(), 1.3 * slow)
            self._go(KNEELING, 1.0 * slow)
        upright = self._pose.recline <= 0.0
        if upright is (pose.recline > 0.0):
            self._go(SIDE_SITTING, 1.5 * slow)
        self._go(pose, 2.2 * slow)
        self._move(self._c.stir, 0.5, self._m.stir_lying if pose.recline > 0.0 else 1.0)
        if plan.mat_s:
            self._mat(plan.mat_s, r)

    def _half_kneeling(self) -> BodyPose:
        in_front = bool(self._beside.random() < 0.5)
        return HALF_KNEELING.with_front(in_front=in_front)

    def _go(self, pose: BodyPose, seconds: float) -> None:
        """Into a pose, everything at once."""
        c, mirror = self._c, self._person.mirror
        now = c.body_roll.final
        roll = now + nearest(mirror * pose.roll - now)
        for track, to in (
            (c.recline, pose.recline),
            (c.flexion, -min(pose.recline, 0.0)),
            (c.body_roll, roll),
            (c.own.lift, pose.lift),
            (c.own.spread, pose.spread),
            (c.own.twist, pose.twist),
            (c.other.lift, pose.other_lift),
            (c.other.spread, pose.other_spread),
            (c.other.twist, pose.other_twist),
            (c.pelvis, pose.pelvis),
            (c.hip_up, hip_up_m(pose, self._person.thigh_m)),
        ):
            self._move_to(track, seconds, to)
        self._shake(seconds)
        self._became(self._now + seconds / 2, pose.called, seated=pose.called is Activity.SIT)
        self._pass(seconds)
        self._pose = pose

    def _mat(self, seconds: float, r: np.random.Generator) -> None:
        """Knees and hips are lifted, moved and put down while the hands pull at the mat."""
        n = round(seconds / STEP_S)
        for track, sd in ((self._c.own.lift, 7.0), (self._c.own.spread, 4.0), (self._c.own.twist, 4.0)):
            knots = np.linspace(0.0, seconds, max(3, round(seconds / 0.9)))
            values = np.concatenate([[0.0], r.normal(0.0, sd, len(knots) - 2), [0.0]])
            curve = np.interp(STEP_S * np.arange(n), knots, values)
            track.add(Course(self._now - 1.0, smoothed(np.pad(curve, 100), 0.2)))
        self._pass(seconds)

    def _exercise(self, act: Act, end: float) -> None:
        """Lay the plan so that it ends with the act: until then the pose is held, and something may still be shifted."""
        plan = _plan(act)
        pose_from = end - plan.seconds
        begins = pose_from + plan.lead_s
        self._shift_until(plan, pose_from)
        if plan.strokes:
            self._play(plan, begins)
        self._c.sets.append(_done(plan, came=self._came_s, pose_from=pose_from, begins=begins, until=end))

    def _shift_until(self, plan: SetPlan, until: float) -> None:
        """Some shifts until the pose is right."""
        r, at = np.random.default_rng([plan.seed, 0x54F]), self._now
        own = self._c.own
        about = [(track, track.final, sd) for track, sd in ((own.lift, 2.0), (own.spread, 1.0), (own.twist, 2.0))]
        while (at := at + float(r.exponential(5.0))) + SHIFTS_S[1] < until:
            seconds = float(r.uniform(*SHIFTS_S))
            for track, first, sd in about:
                track.move(at=at, seconds=seconds, to=0.5 * (first + track.final) + float(r.normal(0.0, sd)))

    def _play(self, plan: SetPlan, begins: float) -> None:
        """The repetitions, and what they do to chair and activity."""
        seat_deg = SEAT_FLEXION_DEG["kitchen_chair"] + self._person.seat_offset_deg - plan.exerciser.raised_deg
        moved = courses(
            plan,
            thigh_m=self._person.thigh_m,
            mirror=self._person.mirror,
            pose_lift=self._c.own.lift.final,
            sits_deg=seat_deg,
        )
        for name, values in moved.items():
            self._track(name).add(Course(begins - STILL * STEP_S, values))
        if plan.movement is Movement.SIT_TO_STAND:
            self._meet_the_seat(plan, begins)

    def _meet_the_seat(self, plan: SetPlan, begins: float) -> None:
        for at, stroke in zip(starts_s(plan), plan.strokes, strict=True):
            falls = begins + at + stroke.rises_s + stroke.holds_s
            leaves, meets = begins + at + 0.35 * stroke.rises_s, falls + self._m.seat_contact * stroke.falls_s
            self._became(leaves, Activity.STAND, seated=False)
            self._became(meets, Activity.SIT, seated=True)
            self._c.seats_met.append(meets)

    def _track(self, name: str) -> Track:
        limb, _, of_limb = name.partition(".")
        track: Track = getattr(getattr(self._c, limb), of_limb) if of_limb else getattr(self._c, limb)
        return track


def _plan(act: Act) -> SetPlan:
    if act.plan is None:
        raise ValueError("the act is an exercise without a plan; make it with exercise(plan)")
    return act.plan


def _done(plan: SetPlan, *, came: float, pose_from: float, begins: float, until: float) -> DoneSet:
    repetitions = tuple(
        sorted(
            (one for own in (True, False) for one in _repetitions(plan, begins, own=own)), key=lambda one: one.start_s
        )
    )
    return DoneSet(
        plan=plan,
        gets_there_s=came,
        pose_from_s=pose_from,
        begins_s=begins if repetitions else until,
        ends_s=until - plan.tail_s - SETTLES_S if repetitions else until,
        until_s=until,
        repetitions=repetitions,
    )


def _repetitions(plan: SetPlan, begins: float, *, own: bool) -> list[DoneRepetition]:
    points = turning_points(plan, levels(plan, own=own), own=own)
    halves = [stroke.half for stroke in plan.strokes if stroke.own is own]
    return [
        DoneRepetition(
            start_s=begins + start,
            far_from_s=begins + far_from,
            far_to_s=begins + far_to,
            end_s=begins + over,
            own=own,
            half=half,
        )
        for (start, far_from, far_to, over), half in zip(points, halves, strict=True)
    ]
