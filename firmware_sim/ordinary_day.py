"""An ordinary day, another one for every person: what people do, how long and in which order, drawn anew.

Durations are of the order of time-use surveys and thigh-worn free-living studies (sitting 8 to 11 h, standing 2 to 5, walking 1 to
2, 40 to 70 rises a day; lying 6 to 9 h), from memory. They are not chosen after what the pipeline does with them.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import TypeVar

import numpy as np

from firmware_sim.body import (
    Act,
    Manner,
    Person,
    Posture,
    Script,
    Seat,
    bag,
    climb,
    cycle,
    descend,
    lie,
    lunges,
    off,
    run,
    sit,
    squats,
    stand,
    walk,
)

Choice = TypeVar("Choice", bound=Hashable)
MINUTE, HOUR = 60.0, 3600.0
OWN_CHAIRS: frozenset[Seat] = frozenset({"office_chair", "saddle_stool", "high_stool"})
DAY_S, LATEST_BED_S = 24 * HOUR, 23.3 * HOUR
AT_DESK: dict[Manner, float] = {
    "restless": 0.34,
    "slump": 0.15,
    "lean_forward": 0.15,
    "lean_back": 0.10,
    "crossed": 0.11,
    "crossed_under": 0.08,
    "knee_in": 0.04,
    "ankle_on_knee": 0.03,
}
"""How desk time is sat: legs are crossed for a fifth of it, the trunk changes every few minutes."""
AT_EASE: dict[Manner, float] = {
    "restless": 0.3,
    "lean_back": 0.25,
    "slump": 0.25,
    "crossed": 0.15,
    "ankle_on_knee": 0.05,
}
ASLEEP: dict[Posture, float] = {
    Posture.LIE_BACK: 0.36,
    Posture.LIE_SIDE: 0.27,
    Posture.LIE_WORN_SIDE: 0.25,
    Posture.LIE_FRONT: 0.08,
    Posture.LIE_BENT: 0.04,
}
"""Adults lie on the side for half of the night, on the front for a tenth at most (Skarpsno 2017), and turn 10 to 20 times."""


class _Day:
    """Draws acts one after the other."""

    def __init__(self, seed: int) -> None:
        self._r = np.random.default_rng([seed, 0xDA1])
        self.acts: list[Act] = []
        self._own_raised_deg = float(np.clip(self._r.normal(3.0, 6.0), -8.0, 16.0))

    def script(self) -> Script:
        """From midnight to midnight."""
        self._night(self._minutes(340, 430))
        self._morning()
        way = self._one_of({self._by_car: 0.35, self._by_bus: 0.2, self._by_bicycle: 0.25, self._on_foot: 0.2})
        way()
        self._work(self._minutes(200, 270))
        self._lunch()
        self._work(self._minutes(200, 290))
        way()
        self._evening()
        while self._spent_s() > LATEST_BED_S:
            self.acts.pop()
        self._night(DAY_S - self._spent_s())
        return tuple(self.acts)

    # -- drawing -------------------------------------------------------------------------------------------------------

    def _minutes(self, low: float, high: float) -> float:
        return float(np.exp(self._r.uniform(np.log(low), np.log(high)))) * MINUTE

    def _one_of(self, weights: dict[Choice, float]) -> Choice:
        names, shares = list(weights), np.array(list(weights.values()))
        return names[int(self._r.choice(len(names), p=shares / shares.sum()))]

    def _spent_s(self) -> float:
        return sum(act.seconds for act in self.acts)

    def _chance(self, share: float) -> bool:
        return bool(self._r.random() < share)

    def _do(self, *acts: Act) -> None:
        """No two rises take the same time: a CV of 15 % within a person (five-times-sit-to-stand trials, from memory)."""
        tempi = np.exp(0.15 * np.clip(self._r.standard_normal(len(acts)), -2.0, 3.0))
        self.acts.extend(replace(act, tempo=float(tempo), variety=1.0) for act, tempo in zip(acts, tempi, strict=True))

    # -- parts of the day ----------------------------------------------------------------------------------------------

    def _night(self, seconds: float) -> None:
        """Turning over every 10 to 60 minutes."""
        while seconds > 0.0:
            lasts = self._minutes(8, 60)
            lasts = seconds if seconds - lasts < 3 * MINUTE else lasts
            self._do(Act(posture=self._one_of(ASLEEP), seconds=lasts, manner="restless"))
            seconds -= lasts

    def _morning(self) -> None:
        self._do(stand(self._minutes(1, 4), "restless"), walk(self._minutes(0.4, 1.5), "slow"))
        self._do(sit(self._minutes(2, 6), "kitchen_chair", "lean_forward"), stand(self._minutes(2, 8), "restless"))
        if self._chance(0.6):
            self._do(off(self._minutes(7, 20)))
        self._do(stand(self._minutes(3, 12), "restless"), walk(self._minutes(0.3, 1.0), "slow"))
        self._sit_about(self._minutes(8, 25), "kitchen_chair", AT_EASE)
        self._household(int(self._r.integers(1, 4)))

    def _household(self, rounds: int) -> None:
        """Standing and pottering, with a short sit now and then."""
        for _ in range(rounds):
            self._potter(self._minutes(4, 20))
            self._do(
                sit(self._minutes(0.5, 6), self._one_of({"kitchen_chair": 0.6, "armchair": 0.2, "high_stool": 0.2}))
            )
        self._potter(self._minutes(1, 4))

    def _stairs(self, *, up: bool) -> None:
        flights = int(self._r.integers(1, 4))
        for _ in range(flights):
            lasts = float(self._r.uniform(7.0, 14.0))
            self._do(climb(lasts) if up else descend(lasts), walk(float(self._r.uniform(2.5, 5.0)), "slow"))

    def _by_car(self) -> None:
        self._stairs(up=False)
        self._do(walk(self._minutes(0.7, 4)), sit(self._minutes(10, 40), "car"), walk(self._minutes(1, 5)))
        self._stairs(up=True)

    def _by_bus(self) -> None:
        self._do(
            walk(self._minutes(3, 10), "fast" if self._chance(0.4) else "usual"), stand(self._minutes(1, 7), "restless")
        )
        self._do(walk(4.0, "slow"), sit(self._minutes(8, 30), "bus"), walk(self._minutes(2, 9)))
        self._stairs(up=True)

    def _by_bicycle(self) -> None:
        self._do(walk(self._minutes(0.5, 2)))
        for _ in range(int(self._r.integers(2, 6))):
            self._do(cycle(self._minutes(2, 9)), stand(float(self._r.uniform(5.0, 40.0))))
        self._do(walk(self._minutes(0.7, 3)))
        self._stairs(up=True)

    def _on_foot(self) -> None:
        for _ in range(int(self._r.integers(2, 5))):
            self._do(walk(self._minutes(3, 12), self._one_of({"slow": 0.1, "usual": 0.55, "fast": 0.35})))
            self._do(stand(float(self._r.uniform(4.0, 45.0))))

    def _sit_about(self, seconds: float, seat: Seat, manners: dict[Manner, float]) -> None:
        """One stay on one seat, sat differently every few minutes."""
        raised = self._raised_deg(seat)
        while seconds > 0.0:
            lasts = self._minutes(2, 20)
            lasts = seconds if seconds - lasts < MINUTE else lasts
            self._do(replace(sit(lasts, seat, self._one_of(manners)), raised_deg=raised))
            seconds -= lasts

    def _raised_deg(self, seat: Seat) -> float:
        """One's own chair is one height all day; any other is as it is. Labelled sitters spread by 10 to 15 (SD)."""
        if seat in OWN_CHAIRS:
            return self._own_raised_deg
        return float(np.clip(self._r.normal(0.0, 4.5), -9.0, 12.0))

    def _potter(self, seconds: float) -> None:
        """Standing about with some steps now and then: kitchen, printer, a talk in the corridor."""
        while seconds > 0.0:
            self._do(
                stand(float(self._r.uniform(8.0, 90.0)), "restless"), walk(float(self._r.uniform(5.0, 40.0)), "slow")
            )
            seconds -= self.acts[-1].seconds + self.acts[-2].seconds

    def _work(self, seconds: float) -> None:
        until = self._spent_s() + seconds
        seat: Seat = self._one_of({"office_chair": 0.8, "saddle_stool": 0.1, "high_stool": 0.1})
        while (left := until - self._spent_s()) > 10 * MINUTE:
            self._sit_about(min(self._minutes(5, 55), left), seat, AT_DESK)
            self._break(seat)

    def _break(self, seat: Seat) -> None:
        match self._one_of({"steps": 0.4, "stand": 0.15, "meeting": 0.2, "coffee": 0.25}):
            case "steps":
                self._do(walk(self._minutes(0.3, 3)))
            case "stand":
                self._do(stand(self._minutes(0.5, 25), "restless"))
            case "meeting":
                self._do(walk(self._minutes(0.4, 2)))
                self._sit_about(self._minutes(15, 60), "kitchen_chair", AT_DESK)
                self._do(walk(self._minutes(0.4, 2)))
            case _:
                self._stairs(up=False)
                self._potter(self._minutes(1.5, 6))
                self._stairs(up=True)
        self._do(replace(sit(self._minutes(0.5, 2), seat), raised_deg=self._raised_deg(seat)))

    def _lunch(self) -> None:
        self._do(walk(self._minutes(1, 8)))
        self._potter(self._minutes(1, 4))
        self._sit_about(self._minutes(15, 35), "kitchen_chair", AT_EASE)
        self._do(walk(self._minutes(2, 15), "slow"))

    def _evening(self) -> None:
        self._exercise()
        self._potter(self._minutes(20, 50))
        self._sit_about(self._minutes(15, 40), "kitchen_chair", AT_EASE)
        if self._chance(0.5):
            self._do(off(self._minutes(15, 60)))
        elif self._chance(0.4):
            self._do(bag(self._minutes(10, 40)))
        self._potter(self._minutes(3, 10))
        self._household(int(self._r.integers(2, 6)))
        self._sit_about(self._minutes(25, 60), self._one_of({"low_sofa": 0.6, "armchair": 0.4}), AT_EASE)
        self._household(int(self._r.integers(1, 4)))
        self._sit_about(self._minutes(20, 70), self._one_of({"low_sofa": 0.6, "armchair": 0.4}), AT_EASE)
        if self._chance(0.4):
            self._do(walk(10.0, "slow"), sit(self._minutes(4, 20), "floor"), walk(10.0, "slow"))
        self._potter(self._minutes(3, 10))
        if self._chance(0.3):
            self._do(lie(self._minutes(10, 40), manner="restless"), stand(self._minutes(1, 3), "restless"))

    def _exercise(self) -> None:
        if self._chance(0.35):
            self._do(walk(2 * MINUTE, "fast"), run(self._minutes(6, 18)), walk(self._minutes(0.5, 2)))
            self._do(run(self._minutes(6, 18), self._one_of({"usual": 0.7, "fast": 0.3})), walk(3 * MINUTE))
        elif self._chance(0.5):
            for _ in range(int(self._r.integers(2, 5))):
                self._do(squats(float(self._r.uniform(25.0, 60.0))), stand(self._minutes(0.5, 1.5), "restless"))
                self._do(lunges(float(self._r.uniform(30.0, 60.0))), stand(self._minutes(0.5, 1.5), "restless"))


def ordinary_day(person: Person) -> Script:
    """This person's day; 24 h."""
    return _Day(person.gait_style).script()
