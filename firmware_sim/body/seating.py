"""Sitting down, sitting differently, rising, lying down and getting up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from firmware_sim.body.arranger import Arranger
from firmware_sim.body.choreography import Activity
from firmware_sim.body.lounging import LYING as VARIED_LYING
from firmware_sim.body.lounging import NOTHING, SIDE_BEND_DEG, SIDE_ROLL_DEG, Lounge, lounge, varied
from firmware_sim.body.script import SEAT_FLEXION_DEG, Act, Posture
from firmware_sim.body.track import Track

LYING_AS = {
    Posture.LIE_BACK: (0.0, 0.0, 0.0),
    Posture.LIE_BENT: (0.0, 0.0, 1.0),
    Posture.LIE_SIDE: (90.0, 1.0, 0.0),
    Posture.LIE_WORN_SIDE: (-90.0, 1.0, 0.0),
    Posture.LIE_FRONT: (180.0, 0.0, 0.0),
}
"""Roll in degrees (right leg worn), how much of the side's bend, how much of the bend with the feet on the bed."""
LYING = frozenset(LYING_AS)


class Seating(Arranger):
    """Seats and beds."""

    def _sit_on(self, act: Act) -> None:
        flexion = SEAT_FLEXION_DEG[act.seat] + self._person.seat_offset_deg - act.raised_deg
        pelvis = -self._person.pelvis_rollback_deg
        if act.manner == "lean_back":
            flexion, pelvis = flexion - self._m.slide_deg, pelvis - self._m.lean_back_deg
        how = lounge(act.seat, act.manner, self._beside)
        flexion, pelvis = flexion + how.flexion, pelvis + how.pelvis
        if self._seat:
            self._lounge(how, self._m.shift_s[1])
            self._move(self._c.flexion, self._m.shift_s[1], flexion)
            self._move(self._c.pelvis, self._m.shift_s[1], pelvis)
            self._became(self._now, Activity.SIT, seated=True)
            self._pass(self._m.shift_s[1])
            return
        self._lounge(NOTHING, self._person.sit_down_s)  # out of however one stood
        seconds = self._person.sit_down_s * self._tempo * (self._m.floor_takes if act.seat == "floor" else 1.0)
        self._lean_over(seconds, pelvis)
        self._move(self._c.flexion, seconds, flexion)
        self._move(self._c.sway, seconds, 0.15)
        self._move(self._c.stir, seconds, 1.0)
        self._shake(seconds)
        self._c.seats_met.append(self._now + self._m.seat_contact * seconds)
        self._became(self._now + self._m.seat_contact * seconds, Activity.SIT, seated=True)
        self._seat = act.seat
        self._pass(seconds)
        if how is not NOTHING:
            self._lounge(how, self._m.cross_s)
            self._pass(self._m.cross_s)

    def _lounge(self, how: Lounge, seconds: float) -> None:
        own, other = self._c.own, self._c.other
        for track, to in (
            (own.lift, how.lift),
            (own.spread, how.spread),
            (own.twist, how.twist),
            (other.lift, how.other_lift),
            (other.spread, how.other_spread),
            (other.twist, how.other_twist),
            (self._c.pelvis_list, how.listed),
        ):
            self._move_to(track, seconds, to)

    def _rise(self) -> None:
        seconds = self._person.rise_s * self._tempo * (self._m.floor_takes if self._seat == "floor" else 1.0)
        waits = self._m.thigh_waits * seconds
        self._lean_over(seconds, 0.0)
        self._lounge(NOTHING, self._m.seat_off * seconds)
        self._c.flexion.move(at=self._now + waits, seconds=seconds - waits, to=0.0)
        own = (self._c.shift_flexion, self._c.abduction, self._c.rotation, self._c.bounce)
        for track in (*own, *self._other_shifts()):
            if track.final:
                self._move(track, seconds, 0.0)
        self._move(self._c.sway, seconds, 1.0)
        self._move(self._c.stir, seconds, self._m.stir_standing)
        self._shake(seconds)
        self._became(self._now + self._m.seat_off * seconds, Activity.STAND, seated=False)
        self._seat = None
        self._pass(seconds)

    def _other_shifts(self) -> tuple[Track, ...]:
        return self._c.other.shift_flexion, self._c.other.abduction, self._c.other.rotation

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
        roll, on_side, bent = LYING_AS[act.posture]
        flexion, lift = self._m.side_flexion_deg * on_side, self._m.bent_flexion_deg * bent
        how = varied(VARIED_LYING, act.variety, self._beside)
        if on_side and act.variety:
            flexion = float(np.clip(self._beside.normal(flexion, act.variety * SIDE_BEND_DEG), 5.0, 85.0))
            roll += float(
                np.copysign(1.0, roll) * np.clip(act.variety * self._beside.normal(-6.0, SIDE_ROLL_DEG), -35.0, 25.0)
            )
        how = replace(how, lift=how.lift + lift, other_lift=how.other_lift + lift)
        if not self._c.recline.final:
            self._lounge(NOTHING, self._m.recline_s)
            for track, to in (
                (self._c.recline, 90.0),
                (self._c.flexion, 0.0),
                (self._c.pelvis, 0.0),
                (self._c.stir, self._m.stir_lying),
            ):
                self._move(track, self._m.recline_s, to)
            self._became(self._now + self._m.recline_s / 2, Activity.LIE, seated=False)
            self._pass(self._m.recline_s)
        # LIE_SIDE is on the side that is not worn, so the worn leg is on top: the chest turns towards the other side.
        now = self._c.body_roll.final
        roll = now + nearest(roll * self._person.mirror - now)
        if (now, self._c.flexion.final, self._c.own.lift.final) != (roll, flexion, how.lift):
            seconds = self._m.turn_over_s * (1.0 if abs(roll - now) < 135.0 else 1.5)
            self._move(self._c.body_roll, seconds, roll)
            self._move(self._c.flexion, seconds, flexion)
            self._lounge(how, seconds)
            self._move_to(self._c.pelvis, seconds, how.pelvis)
            self._pass(seconds)

    def _get_up(self) -> None:
        if nearest(self._c.body_roll.final):
            on_back = self._c.body_roll.final - nearest(self._c.body_roll.final)
            self._move(self._c.body_roll, self._m.turn_over_s, on_back)
            self._pass(self._m.turn_over_s)
        bed = SEAT_FLEXION_DEG["bed"] + self._person.seat_offset_deg
        self._lounge(NOTHING, self._m.recline_s)
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


def nearest(turned_deg: float) -> float:
    """The same turn the shorter way."""
    return (turned_deg + 180.0) % 360.0 - 180.0 if abs(turned_deg) > 180.0 else turned_deg
