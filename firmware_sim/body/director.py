"""From a script to movement: every act becomes moves of smooth quantities, arranged one after the other."""

from __future__ import annotations

import numpy as np

from firmware_sim.body.choreography import Activity, Choreography
from firmware_sim.body.gait import TURN, WANDER_HZ, Strides
from firmware_sim.body.manners import Manners
from firmware_sim.body.person import Person
from firmware_sim.body.script import PACE_SPEED, SEAT_FLEXION_DEG, Act, Posture, Script, Seat
from firmware_sim.body.track import Track

LONG_BEFORE_S = 60.0
"""A script opens in its first posture: the movement into it is arranged this long before time 0."""
LYING = frozenset({Posture.LIE_BACK, Posture.LIE_SIDE})


def choreograph(script: Script, person: Person, *, seed: int, manners: Manners | None = None) -> Choreography:
    """The whole script as moving quantities. It begins in the first act's posture at time 0."""
    if not script:
        raise ValueError("the script is empty; give at least one act")
    return _Director(person, seed=seed, manners=manners or Manners()).direct(script)


class _Director:
    """Walks through a script act by act; `_now` is the end of the movement last arranged."""

    def __init__(self, person: Person, *, seed: int, manners: Manners) -> None:
        self._person, self._m, self._seed = person, manners, seed
        self._c = Choreography()
        self._now = 0.0
        self._posture = self._before_off = Posture.STAND
        self._was_before_off = (Activity.STAND, False)
        self._seat: Seat | None = None
        self._meant = 1.0

    def direct(self, script: Script) -> Choreography:
        self._c.strides = Strides(
            stride_sd=self._person.stride_sd,
            phase_rad=np.random.default_rng([self._seed, 0x9AC]).uniform(0.0, TURN, len(WANDER_HZ)),
        )
        self._c.stir.initial = self._m.stir_standing
        self._became(-LONG_BEFORE_S, Activity.STAND, seated=False)
        start = 0.0
        for number, act in enumerate(script):
            self._random = np.random.default_rng([self._seed, number, 0xAC7])
            self._now = start if number else -LONG_BEFORE_S
            self._into(act)
            if number and self._now > start + act.seconds + 1e-9:
                needs = self._now - start
                raise ValueError(
                    f"act {number} ({act.posture}) has {act.seconds:g} s; getting there takes {needs:.1f} s"
                )
            self._during(act, max(self._now, start), start + act.seconds)
            start += act.seconds
        return self._c

    # -- getting there -------------------------------------------------------------------------------------------------

    def _into(self, act: Act) -> None:
        if self._posture is Posture.OFF and act.posture is not Posture.OFF:
            self._move(self._c.off, self._m.take_off_s, 0.0)
            self._pass(self._m.take_off_s)
            self._posture = self._before_off
            activity, seated = self._was_before_off
            self._became(self._now, activity, seated=seated)
        if act.posture is Posture.OFF:
            self._take_off()
            return
        self._leave_for(act)
        match act.posture:
            case Posture.STAND:
                self._became(self._now, Activity.STAND, seated=False)
            case Posture.WALK:
                self._walk_on(act)
            case Posture.SIT:
                self._sit_on(act)
            case _:
                self._lie(act)
        self._posture = act.posture

    def _leave_for(self, act: Act) -> None:
        """Undo the present posture as far as the next one asks for it."""
        if self._posture is Posture.WALK and act.posture is not Posture.WALK:
            self._stop_walking()
        if self._posture in LYING and act.posture not in LYING:
            self._get_up()
        same_seat = act.posture is Posture.SIT and act.seat == self._seat
        if self._seat and not same_seat and act.posture not in LYING:
            self._rise()

    def _walk_on(self, act: Act) -> None:
        """Start walking, or take up another pace."""
        speed, ramp = PACE_SPEED[act.pace], self._m.walk_ramp_s
        if self._posture is Posture.WALK:
            if speed != self._meant:
                self._walk_at(self._now, speed)
            return
        self._c.strides.begin(at=self._now, stride_hz=self._person.stride_hz * self._random.uniform(0.97, 1.03))
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

    def _sit_on(self, act: Act) -> None:
        flexion = SEAT_FLEXION_DEG[act.seat] + self._person.seat_offset_deg
        pelvis = -self._person.pelvis_rollback_deg
        if act.manner == "lean_back":
            flexion, pelvis = flexion - self._m.slide_deg, pelvis - self._m.lean_back_deg
        if self._seat:
            self._move(self._c.flexion, self._m.shift_s[1], flexion)
            self._move(self._c.pelvis, self._m.shift_s[1], pelvis)
            self._became(self._now, Activity.SIT, seated=True)
            self._pass(self._m.shift_s[1])
            return
        seconds = self._person.sit_down_s
        self._lean_over(seconds, pelvis)
        self._move(self._c.flexion, seconds, flexion)
        self._move(self._c.sway, seconds, 0.15)
        self._move(self._c.stir, seconds, 1.0)
        self._shake(seconds)
        self._c.seats_met.append(self._now + self._m.seat_contact * seconds)
        self._became(self._now + self._m.seat_contact * seconds, Activity.SIT, seated=True)
        self._seat = act.seat
        self._pass(seconds)

    def _rise(self) -> None:
        seconds, waits = self._person.rise_s, self._m.thigh_waits * self._person.rise_s
        self._lean_over(seconds, 0.0)
        self._c.flexion.move(at=self._now + waits, seconds=seconds - waits, to=0.0)
        for track in (self._c.shift_flexion, self._c.abduction, self._c.rotation, self._c.bounce):
            if track.final:
                self._move(track, seconds, 0.0)
        self._move(self._c.sway, seconds, 1.0)
        self._move(self._c.stir, seconds, self._m.stir_standing)
        self._shake(seconds)
        self._became(self._now + self._m.seat_off * seconds, Activity.STAND, seated=False)
        self._seat = None
        self._pass(seconds)

    def _shake(self, seconds: float) -> None:
        self._c.shake.move(at=self._now, seconds=seconds / 2, to=self._m.shake)
        self._c.shake.move(at=self._now + seconds / 2, seconds=seconds / 2, to=0.0)

    def _lean_over(self, seconds: float, then: float) -> None:
        lean = self._m.lean_share * seconds
        self._c.pelvis.move(at=self._now, seconds=lean, to=self._person.pelvis_lean_deg)
        self._c.pelvis.move(at=self._now + lean, seconds=seconds - lean, to=then)

    def _lie(self, act: Act) -> None:
        if not self._c.recline.final and not self._seat:
            self._sit_on(Act(posture=Posture.SIT, seconds=0.0, seat="bed"))
        on_side = act.posture is Posture.LIE_SIDE
        flexion = self._m.side_flexion_deg if on_side else 0.0
        if not self._c.recline.final:
            for track, to in (
                (self._c.recline, 90.0),
                (self._c.flexion, 0.0),
                (self._c.pelvis, 0.0),
                (self._c.stir, self._m.stir_lying),
            ):
                self._move(track, self._m.recline_s, to)
            self._became(self._now + self._m.recline_s / 2, Activity.LIE, seated=False)
            self._pass(self._m.recline_s)
        # On the side that is not worn, so the worn leg is on top: the chest turns towards the other side.
        roll = 90.0 * self._person.mirror if on_side else 0.0
        if (self._c.body_roll.final, self._c.flexion.final) != (roll, flexion):
            self._move(self._c.body_roll, self._m.turn_over_s, roll)
            self._move(self._c.flexion, self._m.turn_over_s, flexion)
            self._pass(self._m.turn_over_s)

    def _get_up(self) -> None:
        if self._c.body_roll.final:
            self._move(self._c.body_roll, self._m.turn_over_s, 0.0)
            self._pass(self._m.turn_over_s)
        bed = SEAT_FLEXION_DEG["bed"] + self._person.seat_offset_deg
        for track, to in (
            (self._c.recline, 0.0),
            (self._c.flexion, bed),
            (self._c.pelvis, -self._person.pelvis_rollback_deg),
            (self._c.stir, 1.0),
        ):
            self._move(track, self._m.recline_s, to)
        self._seat = "bed"
        self._became(self._now + self._m.recline_s / 2, Activity.SIT, seated=True)
        self._pass(self._m.recline_s)

    def _take_off(self) -> None:
        if self._posture is Posture.WALK:
            self._stop_walking()
            self._posture = Posture.STAND
        if self._posture is not Posture.OFF:
            self._before_off = self._posture
            self._was_before_off = (self._c.activity[-1][1], self._c.seated[-1][1])
            self._move(self._c.off, self._m.take_off_s, 1.0)
            self._became(self._now, Activity.NOT_WORN, seated=self._c.seated[-1][1])
            self._pass(self._m.take_off_s)
        self._posture = Posture.OFF

    # -- being there ---------------------------------------------------------------------------------------------------

    def _during(self, act: Act, start: float, end: float) -> None:
        if act.posture is Posture.WALK:
            for at in self._moments(start, end - 3.0, self._m.turns_per_min):
                heading = self._c.heading.final + self._random.normal(0.0, self._m.turn_sd_deg)
                self._c.heading.move(at=at, seconds=1.5, to=heading)
            for at in self._moments(start, end - 3.0, self._m.speed_changes_per_min):
                self._walk_at(at, self._meant)
            return
        if act.posture is Posture.OFF:
            return
        large = self._moments(start, end - 3.0, self._person.shifts_per_min) if act.manner == "restless" else []
        tiny = self._moments(start, end - 3.0, self._stirs_per_min(act.posture))
        for at, is_large in sorted([*((at, True) for at in large), *((at, False) for at in tiny)]):
            if is_large:
                self._fidget(at, end, seated=act.posture is Posture.SIT)
            else:
                self._stir(at, lying=act.posture in LYING)

    def _stirs_per_min(self, posture: Posture) -> float:
        return self._person.stirs_per_min * (self._m.lying_stirs if posture in LYING else 1.0)

    def _stir(self, at: float, *, lying: bool) -> None:
        """A tiny shift, on average back towards where the leg was."""
        seconds, sd = self._random.uniform(*self._m.stir_s), self._m.stir_deg * (0.5 if lying else 1.0)
        for track in (self._c.shift_flexion, self._c.abduction, self._c.rotation):
            by = float(np.clip(self._random.normal(0.0, sd), -2 * sd, 2 * sd))
            track.move(at=at, seconds=seconds, to=0.7 * track.final + by)

    def _moments(self, start: float, end: float, per_min: float) -> list[float]:
        """Moments of a Poisson process."""
        moments: list[float] = []
        if not per_min:
            return moments
        at = start
        while (at := at + self._random.exponential(60.0 / per_min)) < end:
            moments.append(at)
        return moments

    def _fidget(self, at: float, end: float, *, seated: bool) -> None:
        seconds = self._random.uniform(*self._m.shift_s)
        amount = 1.0 if seated else 0.4
        tracks = (self._c.shift_flexion, self._c.abduction, self._c.rotation)
        for track, sd in zip(tracks, self._m.shift_sd_deg, strict=True):
            track.move(at=at, seconds=seconds, to=self._random.normal(0.0, amount * sd))
        if not seated:
            return
        lean = float(np.clip(self._random.normal(0.0, self._m.lean_sd_deg), -12.0, 12.0))
        self._c.pelvis.move(at=at, seconds=2.0, to=lean - self._person.pelvis_rollback_deg)
        if self._random.random() < self._m.bounce_share:
            lasts = self._random.uniform(4.0, 15.0)
            if at + lasts + 3.0 < end:
                self._c.bounce.move(at=at + 2.0, seconds=0.5, to=1.0)
                self._c.bounce.move(at=at + lasts, seconds=0.5, to=0.0)

    # -- writing down --------------------------------------------------------------------------------------------------

    def _move(self, track: Track, seconds: float, to: float) -> None:
        track.move(at=self._now, seconds=seconds, to=to)

    def _pass(self, seconds: float) -> None:
        self._now += seconds

    def _became(self, at: float, activity: Activity, *, seated: bool) -> None:
        self._c.activity.append((at, activity))
        self._c.seated.append((at, seated))
