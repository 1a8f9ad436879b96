"""From a script to movement: every act becomes moves of smooth quantities, arranged one after the other."""

from __future__ import annotations

import numpy as np

from firmware_sim.body.choreography import CYCLIC, Activity, Choreography
from firmware_sim.body.exercising import Exercising
from firmware_sim.body.exertion import REPEATED, Exertion
from firmware_sim.body.gait import TURN, WANDER_HZ, Strides
from firmware_sim.body.lounging import STANDING, lounge, varied
from firmware_sim.body.manners import Manners
from firmware_sim.body.person import Person
from firmware_sim.body.riding import Riding
from firmware_sim.body.script import RIDES, Act, Manner, Posture, Script
from firmware_sim.body.seating import LYING

LONG_BEFORE_S = 60.0
"""A script opens in its first posture: the movement into it is arranged this long before time 0."""
TAKEN_OFF = frozenset({Posture.OFF, Posture.BAG})
OTHER_WAY: dict[Manner, Manner] = {"crossed": "crossed_under", "crossed_under": "crossed"}


def choreograph(script: Script, person: Person, *, seed: int, manners: Manners | None = None) -> Choreography:
    """The whole script as moving quantities. It begins in the first act's posture at time 0."""
    if not script:
        raise ValueError("the script is empty; give at least one act")
    return _Director(person, seed=seed, manners=manners or Manners()).direct(script)


class _Director(Exercising, Exertion, Riding):
    """Walks through a script act by act."""

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
            self._beside = np.random.default_rng([self._seed, number, 0xBE5])
            self._now, self._tempo = start if number else -LONG_BEFORE_S, act.tempo
            self._into(act)
            if number and self._now > start + act.seconds + 1e-9:
                needs = self._now - start
                raise ValueError(
                    f"act {number} ({act.posture}) has {act.seconds:g} s; getting there takes {needs:.1f} s"
                )
            begins, end = max(self._now, start), start + act.seconds
            self._during(act, begins, end)
            self._during_beside(act, begins, end)
            start += act.seconds
        return self._c

    # -- getting there -------------------------------------------------------------------------------------------------

    def _into(self, act: Act) -> None:
        if self._posture in TAKEN_OFF and act.posture not in TAKEN_OFF:
            self._move(self._c.off, self._m.take_off_s, 0.0)
            self._pass(self._m.take_off_s)
            self._posture = self._before_off
            activity, seated = self._was_before_off
            self._became(self._now, activity, seated=seated)
        if act.posture in TAKEN_OFF:
            if self._posture is Posture.WALK or self._posture in CYCLIC:
                self._leave_gait(act)
                self._posture = Posture.STAND
            if self._posture is Posture.EXERCISE:
                self._leave_pose(act)
            self._take_off(act)
            return
        self._leave_for(act)
        match act.posture:
            case Posture.STAND | Posture.SQUATS | Posture.LUNGES | Posture.LIFTS:
                self._became(self._now, Activity.STAND, seated=False)
            case Posture.WALK:
                self._walk_on(act)
            case Posture.SIT:
                self._sit_on(act)
            case Posture.EXERCISE:
                self._take_pose(act)
            case kind if kind in CYCLIC:
                self._turn_on(act)
            case _:
                self._lie(act)
        self._posture = act.posture

    def _leave_for(self, act: Act) -> None:
        """Undo the present posture as far as the next one asks for it."""
        self._leave_gait(act)
        if self._posture is Posture.EXERCISE:
            self._leave_pose(act)
        if self._posture in LYING and act.posture not in LYING:
            self._get_up()
        same_seat = act.posture is Posture.SIT and act.seat == self._seat
        if self._seat and not same_seat and act.posture not in LYING:
            self._rise()

    # -- being there ---------------------------------------------------------------------------------------------------

    def _during(self, act: Act, start: float, end: float) -> None:
        if act.posture is Posture.WALK:
            for at in self._moments(start, end - 3.0, self._m.turns_per_min):
                heading = self._c.heading.final + self._random.normal(0.0, self._m.turn_sd_deg)
                self._c.heading.move(at=at, seconds=1.5, to=heading)
            for at in self._moments(start, end - 3.0, self._m.speed_changes_per_min):
                self._walk_at(at, self._meant)
            return
        if act.posture in TAKEN_OFF or act.posture in CYCLIC or act.posture in REPEATED:
            return
        large = self._moments(start, end - 3.0, self._person.shifts_per_min) if act.manner == "restless" else []
        tiny = self._moments(start, end - 3.0, self._stirs_per_min(act.posture))
        for at, is_large in sorted([*((at, True) for at in large), *((at, False) for at in tiny)]):
            if is_large:
                self._fidget(at, end, seated=act.posture is Posture.SIT)
            else:
                self._stir(at, lying=act.posture in LYING)

    def _during_beside(self, act: Act, start: float, end: float) -> None:
        """What is younger than the rest, from draws of its own."""
        match act.posture:
            case kind if kind in CYCLIC:
                self._on_the_way(act, start, end)
            case Posture.SQUATS:
                self._squat(start, end)
            case Posture.LUNGES:
                self._lunge(start, end)
            case Posture.LIFTS:
                self._lift(start, end)
            case Posture.EXERCISE:
                self._exercise(act, end)
            case Posture.BAG if act.manner == "restless":
                self._carry(start, end)
            case Posture.SIT:
                self._sit_on_and_on(act, start, end)
            case Posture.STAND if act.variety:
                self._stand_variously(act, start, end)

    def _sit_on_and_on(self, act: Act, start: float, end: float) -> None:
        if act.seat in RIDES:
            self._ride(start, end)
        if act.manner in OTHER_WAY:
            self._recross(act.manner, start + 10.0, end - 5.0)
        if act.manner == "restless":
            for at in self._moments_beside(start, end - 3.0, self._person.shifts_per_min):
                self._fidget_other(at)

    def _stand_variously(self, act: Act, start: float, end: float) -> None:
        """The weight goes from leg to leg."""
        for at in (start, *self._moments_beside(start + 3.0, end - 3.0, self._m.weight_shifts_per_min)):
            seconds = float(self._beside.uniform(*self._m.shift_s))
            if at + seconds < end:
                self._now, how = at, varied(STANDING, act.variety, self._beside)
                self._lounge(how, seconds)
                self._move(self._c.pelvis, seconds, how.pelvis)

    def _recross(self, manner: Manner, start: float, end: float) -> None:
        """The legs change over now and then."""
        for at in self._moments_beside(start, end, self._m.recross_per_min):
            manner, self._now = OTHER_WAY[manner], at
            self._lounge(lounge("office_chair", manner, self._beside), self._m.cross_s)

    def _stirs_per_min(self, posture: Posture) -> float:
        return self._person.stirs_per_min * (self._m.lying_stirs if posture in LYING else 1.0)

    def _stir(self, at: float, *, lying: bool) -> None:
        """A tiny shift, on average back towards where the leg was."""
        seconds, sd = self._random.uniform(*self._m.stir_s), self._m.stir_deg * (0.5 if lying else 1.0)
        for track in (self._c.shift_flexion, self._c.abduction, self._c.rotation):
            by = float(np.clip(self._random.normal(0.0, sd), -2 * sd, 2 * sd))
            track.move(at=at, seconds=seconds, to=0.7 * track.final + by)

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

    def _fidget_other(self, at: float) -> None:
        """A shift of the other leg."""
        other, seconds = self._c.other, float(self._beside.uniform(*self._m.shift_s))
        tracks = (other.shift_flexion, other.abduction, other.rotation)
        for track, sd in zip(tracks, self._m.shift_sd_deg, strict=True):
            track.move(at=at, seconds=seconds, to=float(self._beside.normal(0.0, sd)))
