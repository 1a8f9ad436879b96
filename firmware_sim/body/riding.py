"""What is moved by others: a person in a car or bus, a sensor in a bag."""

from __future__ import annotations

import numpy as np

from firmware_sim.body.arranger import Arranger
from firmware_sim.body.choreography import Activity
from firmware_sim.body.script import Act, Posture

SHORTEST_RIDE_S = 30.0


class Riding(Arranger):
    """Vehicles and bags; draws from `_beside`."""

    def _ride(self, start: float, end: float) -> None:
        """Set off, drive, turn, brake, wait, again and again.

        Ordinary drivers and buses: 0.7 to 1.5 m/s² in the mean of a start or a stop, peaks of 3, up to 2 in bends (from memory).
        """
        r, at = self._beside, start + 2.0
        while at + SHORTEST_RIDE_S < end:
            speed = float(r.uniform(5.0, 15.0))
            gains, brakes = speed / float(r.uniform(0.7, 1.4)), speed / float(r.uniform(0.8, 1.5))
            if at + gains + brakes + 8.0 > end:
                break
            goes_on = float(min(r.exponential(40.0) + 5.0, end - at - gains - brakes - 3.0))
            self._c.road.move(at=at, seconds=gains, to=float(r.uniform(*self._m.car_shakes_mps2)))
            self._c.speed.move(at=at, seconds=gains, to=speed)
            if goes_on > 12.0:
                turned = self._c.heading.final + float(r.choice([-90.0, -30.0, 30.0, 90.0]) * 5.0 / speed)
                self._c.heading.move(at=at + gains + 1.0, seconds=8.0, to=turned)
            stops = at + gains + goes_on
            self._c.speed.move(at=stops, seconds=brakes, to=0.0)
            self._c.road.move(at=stops, seconds=brakes, to=0.08)
            at = stops + brakes + float(r.uniform(1.0, 20.0))
        self._c.road.move(at=end - 1.0, seconds=1.0, to=0.0)

    def _take_off(self, act: Act) -> None:
        in_bag = 1.0 if act.posture is Posture.BAG else 0.0
        if self._posture in {Posture.OFF, Posture.BAG}:
            if self._c.bag.final != in_bag:
                self._move(self._c.bag, self._m.take_off_s, in_bag)
                self._pass(self._m.take_off_s)
        else:
            self._before_off = self._posture
            self._was_before_off = (self._c.activity[-1][1], self._c.seated[-1][1])
            if self._c.bag.final != in_bag:
                self._move(self._c.bag, 0.01, in_bag)  # nothing lies there yet
            self._move(self._c.off, self._m.take_off_s, 1.0)
            self._became(self._now, Activity.NOT_WORN, seated=self._c.seated[-1][1])
            self._pass(self._m.take_off_s)
        self._posture = act.posture

    def _carry(self, start: float, end: float) -> None:
        """Carried for some minutes, set down for some, carried again."""
        r, at = self._beside, start
        while at + 10.0 < end:
            goes = float(min(r.uniform(20.0, 300.0), end - at - 4.0))
            self._c.carried.move(at=at, seconds=1.5, to=float(np.clip(r.normal(1.0, 0.25), 0.5, 1.5)))
            self._c.carried.move(at=at + goes, seconds=1.5, to=0.0)
            at += goes + float(r.uniform(10.0, 400.0))
