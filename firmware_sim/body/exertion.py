"""Walking, running, stairs, cycling, squats and lunges: how they start, go over into each other, vary and stop."""

from __future__ import annotations

import numpy as np

from firmware_sim.body.arranger import Arranger
from firmware_sim.body.choreography import CYCLIC, Activity
from firmware_sim.body.cyclic import form_of
from firmware_sim.body.script import PACE_SPEED, Act, Posture

REPEATED = frozenset({Posture.SQUATS, Posture.LUNGES, Posture.LIFTS})
ON_FOOT = frozenset({Posture.WALK, Posture.RUN, Posture.STAIRS_UP, Posture.STAIRS_DOWN})
CALLED = {
    Posture.RUN: Activity.RUN,
    Posture.STAIRS_UP: Activity.STAIRS,
    Posture.STAIRS_DOWN: Activity.STAIRS,
    Posture.CYCLE: Activity.CYCLE,
}


class Exertion(Arranger):
    """What is done with the legs. Walking draws from `_random`, all that is younger from `_beside`."""

    def _walk_on(self, act: Act) -> None:
        """Start walking, or take up another pace."""
        speed, ramp = PACE_SPEED[act.pace], self._m.walk_ramp_s
        if self._posture is Posture.WALK:
            if speed != self._meant:
                self._walk_at(self._now, speed)
            return
        pace = self._person.stride_hz * self._random.uniform(0.97, 1.03)
        self._c.strides.begin(at=self._now, stride_hz=pace, phase=self._phase_now())
        self._walk_at(self._now, speed)
        for track, to in (
            (self._c.gait, 1.0),
            (self._c.flexion, self._person.walking_offset_deg),
            (self._c.sway, 0.3),
            (self._c.stir, self._m.stir_walking),
            (self._c.shift_flexion, 0.0),
            (self._c.abduction, 0.0),
            (self._c.rotation, 0.0),
        ):
            self._move(track, ramp, to)
        self._level_out(ramp)
        self._became(self._now, Activity.WALK, seated=False)
        self._pass(ramp)

    def _walk_at(self, at: float, speed: float) -> None:
        """Stride rate and stride length both grow with the root of the speed."""
        self._meant, ramp = speed, self._m.walk_ramp_s
        vigour = float(np.clip(self._random.normal(speed, self._m.speed_sd), 0.6, 1.4))
        pace = self._person.stride_hz * np.sqrt(vigour)
        self._c.strides.change(at=at, seconds=ramp, stride_hz=float(pace))
        self._c.vigour.move(at=at, seconds=ramp, to=vigour)
        self._c.speed.move(at=at, seconds=ramp, to=vigour * self._person.stride_hz * self._person.stride_m)

    def _stop_walking(self) -> None:
        for track, to in (
            (self._c.gait, 0.0),
            (self._c.speed, 0.0),
            (self._c.flexion, 0.0),
            (self._c.sway, 1.0),
            (self._c.stir, self._m.stir_standing),
        ):
            self._move(track, self._m.walk_ramp_s, to)
        self._pass(self._m.walk_ramp_s)
        self._became(self._now, Activity.STAND, seated=False)

    def _phase_now(self) -> float:
        """Where in its stride the leg is that goes over from another gait; a heel strike where it stood."""
        if self._posture not in ON_FOOT:
            return 0.0
        strides = self._c.strides if self._posture is Posture.WALK else self._c.rounds[self._posture].strides
        return float(strides.phase(np.array([self._now]))[0][0])

    def _turn_on(self, act: Act) -> None:
        """Start running, climbing, going down or cycling, or take up another pace; from another gait without a stop."""
        kind, form = act.posture, form_of(act.posture, self._person)
        turning, ramp = self._c.rounds[kind], self._ramp_s(kind)
        if self._posture is kind:
            self._turn_at(kind, self._now, PACE_SPEED[act.pace])
            return
        turning.strides.stride_sd = self._person.stride_sd
        turning.strides.phase_rad = self._c.strides.phase_rad
        turning.strides.begin(at=self._now, stride_hz=form.hz, phase=self._phase_now())
        self._turn_at(kind, self._now, PACE_SPEED[act.pace])
        for track, to in (
            (turning.amount, 1.0),
            (self._c.own.lift, form.mean_deg),
            (self._c.other.lift, form.mean_deg),
            (self._c.pelvis, form.lean_deg),
            (self._c.flexion, 0.0),
            (self._c.sway, 0.3),
            (self._c.stir, self._m.stir_walking),
            (self._c.shift_flexion, 0.0),
            (self._c.abduction, 0.0),
            (self._c.rotation, 0.0),
            (self._c.road, self._m.bicycle_shakes_mps2 if kind is Posture.CYCLE else 0.0),
        ):
            self._move_to(track, ramp, to)
        self._straighten(ramp)
        self._became(self._now + ramp / 2, CALLED[kind], seated=False)
        self._pass(ramp)

    def _turn_at(self, kind: Posture, at: float, speed: float) -> None:
        """Another pace: on foot rate and length grow with its root, on a bicycle the rate alone."""
        self._meant, form, turning = speed, form_of(kind, self._person), self._c.rounds[kind]
        vigour, ramp = float(np.clip(self._beside.normal(speed, self._m.speed_sd), 0.6, 1.4)), self._ramp_s(kind)
        on_foot = form.kind.strike > 0.0
        hz = form.hz * (np.sqrt(vigour) if on_foot else vigour)
        turning.strides.change(at=at, seconds=ramp, stride_hz=float(hz))
        turning.vigour.move(at=at, seconds=ramp, to=vigour if on_foot else 1.0)
        self._c.speed.move(at=at, seconds=ramp, to=vigour * form.kind.speed_mps)
        if form.kind.climb_mps or self._c.climb.final:
            self._c.climb.move(at=at, seconds=ramp, to=vigour * form.kind.climb_mps)

    def _ramp_s(self, kind: Posture) -> float:
        return self._m.mount_s if kind is Posture.CYCLE else self._m.walk_ramp_s

    def _leave_gait(self, act: Act) -> None:
        """Out of the present gait: into another one without a stop, or to a stand."""
        over = self._posture in ON_FOOT and act.posture in ON_FOOT
        if self._posture is Posture.WALK and act.posture is not Posture.WALK:
            if over:
                self._move(self._c.gait, self._m.walk_ramp_s, 0.0)
            else:
                self._stop_walking()
        elif self._posture in CYCLIC and act.posture is not self._posture:
            self._leave_turning(over=over)

    def _leave_turning(self, *, over: bool) -> None:
        """What the next gait has another value for is left to it."""
        kind = self._posture
        ramp = self._ramp_s(kind)
        self._move(self._c.rounds[kind].amount, ramp, 0.0)
        if over:
            return
        self._level_out(ramp)
        self._move_to(self._c.road, ramp, 0.0)
        for track, to in ((self._c.speed, 0.0), (self._c.sway, 1.0), (self._c.stir, self._m.stir_standing)):
            self._move(track, ramp, to)
        self._pass(ramp)
        self._became(self._now, Activity.STAND, seated=False)

    def _level_out(self, seconds: float) -> None:
        """No mean bend of the legs, no lean, no climb."""
        for track in (self._c.own.lift, self._c.other.lift, self._c.pelvis, self._c.climb):
            self._move_to(track, seconds, 0.0)
        self._straighten(seconds)

    def _straighten(self, seconds: float) -> None:
        """Out of however one stood."""
        own, other = self._c.own, self._c.other
        for track in (own.spread, own.twist, other.spread, other.twist, self._c.pelvis_list):
            self._move_to(track, seconds, 0.0)

    def _on_the_way(self, act: Act, start: float, end: float) -> None:
        """Turns, changes of speed, coasting: nobody keeps an even pace for long."""
        kind, form = act.posture, form_of(act.posture, self._person)
        if kind in {Posture.STAIRS_UP, Posture.STAIRS_DOWN}:
            return
        sharp, seconds = (0.4, 5.0) if kind is Posture.CYCLE else (0.7, 2.5)
        for at in self._moments_beside(start, end - seconds - 1.0, 1.0):
            to = self._c.heading.final + self._beside.normal(0.0, sharp * self._m.turn_sd_deg)
            self._c.heading.move(at=at, seconds=seconds, to=to)
        strides = self._c.rounds[kind].strides
        for at in self._moments_beside(start, end - 16.0, 1.2):
            if kind is not Posture.CYCLE or self._beside.random() < 0.4:
                self._turn_at(kind, at, self._meant)
                continue
            again = form.hz * self._beside.uniform(0.85, 1.1)
            strides.change(at=at, seconds=1.5, stride_hz=0.0)
            strides.change(at=at + self._beside.uniform(3.0, 9.0), seconds=2.0, stride_hz=float(again))

    def _moments_beside(self, start: float, end: float, per_min: float) -> list[float]:
        at, moments = start, []
        while (at := at + self._beside.exponential(60.0 / per_min)) < end:
            moments.append(at)
        return moments

    # -- repetitions ---------------------------------------------------------------------------------------------------

    def _squat(self, start: float, end: float) -> None:
        """Down, a moment, up, a moment.

        Schoenfeld 2010, from memory: half to parallel squats bend the thigh 70 to 110 and
        the trunk leans 25 to 45 forward, of which the pelvis takes a half; the shank leans 25 to 35.
        """
        r, m = self._beside, self._m
        depth = float(np.clip(r.normal(*m.squat_deg), 60.0, 118.0))
        lean, apart, tempo = r.uniform(12.0, 32.0), r.uniform(6.0, 18.0), r.uniform(0.85, 1.3)
        at = start
        while True:
            down, hold, up, rest = tempo * np.array([1.3, 0.3, 1.1, 0.7]) * r.uniform(0.8, 1.2, 4)
            if at + down + hold + up > end:
                return
            deep = depth + r.normal(0.0, 4.0)
            for track, to in (
                (self._c.flexion, deep),
                (self._c.pelvis, lean),
                (self._c.shank, 0.3 * deep),
                (self._c.own.spread, apart),
                (self._c.other.spread, apart),
            ):
                track.move(at=at, seconds=down, to=to)
                track.move(at=at + down + hold, seconds=up, to=0.0)
            self._c.squats.append(at + down + hold / 2)
            at += down + hold + up + rest

    def _lift(self, start: float, end: float) -> None:
        """The worn knee up, a moment, down, a moment; it points a little outwards or inwards, and the pelvis gives way backwards."""
        r, m = self._beside, self._m
        height = float(np.clip(r.normal(*m.knee_lift_deg), 50.0, 95.0))
        out, tempo, at = r.normal(4.0, 5.0), r.uniform(0.8, 1.3), start + 0.3
        while True:
            up, hold, down, rest = tempo * np.array([0.75, 0.2, 0.7, 0.45]) * r.uniform(0.85, 1.2, 4)
            if at + up + hold + down > end:
                return
            high = height + r.normal(0.0, 5.0)
            for track, to in (
                (self._c.own.lift, high),
                (self._c.own.spread, out + r.normal(0.0, 2.0)),
                (self._c.pelvis, -0.1 * high),
            ):
                track.move(at=at, seconds=up, to=to)
                track.move(at=at + up + hold, seconds=down, to=0.0)
            at += up + hold + down + rest

    def _lunge(self, start: float, end: float) -> None:
        """A step to the front, the hip sinks by a third of a metre, and back.

        The front thigh comes near the horizontal, the rear one near the vertical or beyond (Riemann 2012, from memory).
        """
        r, at, in_front = self._beside, start, bool(self._beside.random() < 0.5)
        while at + (lasts := float(r.uniform(2.8, 4.2))) < end:
            deep, rear = float(np.clip(r.normal(*self._m.lunge_deg), 60.0, 100.0)), float(r.normal(-6.0, 5.0))
            self._lunge_once(at, lasts, deep, rear, in_front=in_front)
            self._c.lunges.append(at + lasts / 2)
            in_front = not in_front
            at += lasts + float(r.uniform(0.3, 1.2))

    def _lunge_once(self, at: float, lasts: float, deep: float, rear: float, *, in_front: bool) -> None:
        front, back = (self._c.own, self._c.other) if in_front else (self._c.other, self._c.own)
        step, sink = 0.25 * lasts, 0.22 * lasts
        reach = 0.45 * deep
        c, drop = self._c, -self._person.thigh_m * (1.0 - float(np.cos(np.radians(deep)))) * 0.8
        for track, stepped, sunk in (
            (front.lift, reach, deep),
            (back.lift, 0.5 * rear, rear),
            (c.hip_forward, 0.32, 0.42),
            (c.hip_up, -0.03, drop),
            (c.pelvis, 4.0, 9.0),
        ):
            track.move(at=at, seconds=step, to=stepped)
            track.move(at=at + step, seconds=sink, to=sunk)
            track.move(at=at + lasts - step - sink, seconds=sink, to=stepped)
            track.move(at=at + lasts - step, seconds=step, to=0.0)
