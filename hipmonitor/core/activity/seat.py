"""Sitting or lying on the back, near and above the horizontal: what one thigh sensor can know of it, and what is assumed.

The thigh of somebody on the back (76-103 deg in harth, har70 and sens) lies where many seated thighs are, and both stir. What
tells them apart best is that a seated thigh is put down somewhere else now and then, while a lying one comes back to where it
was. Above 90 deg, from half a minute after coming down, 30 of 100 truly seated seconds have seen a lasting shift of 3 deg in
the two minutes before them, and 9 of 100 lying ones. So there are two grades.

*Shown*: the thigh slopes as no bed has it, or did so or was put down anew within `shown_s` and somebody stirs, or came down
from upright within `place_s`, or the wearer said "I sit" within `shown_s`. *Assumed*: one of these within `assumed_s`, and
somebody stirred within `still_s`. Otherwise it is not known. Assumed sitting counts as sitting, because most of it is (desks,
kitchen chairs) and who lies is not harmed by a reminder to get up; where much of the time is not known, as in a night, alerts
are held (`core/exposure/timers.py`). It never counts as deep flexion: no such alert may fire on somebody lying down. No single
piece of evidence lasts as long as the presets ask for before a first notice (8 min of deep flexion, 24 min of sitting).

What this costs: a third of truly seated seconds above 90 deg count, so that who sits on a low sofa and keeps the thigh where
it is gets the deep-flexion alert late or never. What it leaves: who lies with the knees raised and puts them down anew every
two minutes looks seated; a limit of 70 deg held for 2 min still told 2 of the 22 recorded people, who had sat before, while
they lay (7 before; none at the presets, nor at 90 deg for 2 min). Only a second sensor can tell these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import isnan, nan

NEVER = -(10**9)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatParams:
    """What may be tuned."""

    slope_deg: float = 75.0
    """Thigh sloping down to the knee: a seat. Lying on the back begins at 76 (harth, har70, sens)."""
    slope_s: int = 10
    """How long it must slope to be remembered."""
    shift_deg: float = 3.0
    """A thigh that comes to rest so far from where it rested was put down anew (lying: 0-2 over minutes; sitting: 5-25)."""
    shift_s: int = 10
    """How long it must stay there; stirring comes back sooner."""
    place_s: int = 30
    """The first seconds of a posture: settling is no shift yet, and who came down from upright is taken for seated."""
    shown_s: int = 120
    assumed_s: int = 1200
    stir_s: int = 60
    """Who stirred so lately is awake: what shows a seat counts."""
    still_s: int = 300
    """Who sits down and reads moves the thigh by nothing that is felt for minutes (up to 42 % of a person's sitting has no stir
    in the minute before); falling asleep takes longer."""


class Sitting(IntEnum):
    """How well it is known."""

    NOT_KNOWN = 0
    ASSUMED = 1
    SHOWN = 2
    """Lying on the back would not look like it."""


NOT_KNOWN, ASSUMED, SHOWN = Sitting
"""By themselves: asked every second, and a member by its class costs five times as much."""


@dataclass(slots=True, kw_only=True)
class Seat:
    """The evidence, as instants of a clock of its own: time passes by one addition, whatever is remembered."""

    clock_s: int = 0
    down_at: int = NEVER
    """The thigh came down from upright."""
    shown_at: int = NEVER
    """It sloped, or was put down anew."""
    said_at: int = NEVER
    """The wearer said: I sit."""
    stirred_at: int = NEVER
    here_s: int = 0
    """Sedentary in one piece."""
    sloping_s: int = 0
    elsewhere_s: int = 0
    rest_deg: float = nan
    """Where it rests; NaN while it finds its place."""

    def hear(self, *, sits: bool) -> None:
        """The wearer held a pose."""
        self.said_at = self.clock_s if sits else NEVER

    def forget(self) -> None:
        """Upright, or lying as far as can be seen: what came before says nothing any more."""
        self.lose_sight()
        self.said_at = NEVER

    def lose_sight(self) -> None:
        """The thigh's angle is not known; what the wearer said still holds."""
        self.down_at = self.shown_at = NEVER
        self.here_s = self.sloping_s = self.elsewhere_s = 0
        self.rest_deg = nan

    def pass_over(self, seconds: int) -> None:
        """Seconds of which nothing is known."""
        self.clock_s += seconds
        self.sloping_s = self.elsewhere_s = 0

    def add(self, params: SeatParams, inclination_deg: float, *, came_down: bool) -> None:
        """One more second that is sedentary and not seen lying."""
        if came_down:
            self.forget()
            self.down_at = self.clock_s
        self.here_s += 1
        self.sloping_s = self.sloping_s + 1 if inclination_deg < params.slope_deg else 0
        settled = self.here_s > params.place_s
        if self.sloping_s >= params.slope_s or (settled and self._shifted(params, inclination_deg)):
            self.shown_at = self.clock_s

    def _shifted(self, params: SeatParams, inclination_deg: float) -> bool:
        if isnan(self.rest_deg):
            self.rest_deg = inclination_deg
        if abs(inclination_deg - self.rest_deg) < params.shift_deg:
            self.elsewhere_s = 0
            return False
        self.elsewhere_s += 1
        if self.elsewhere_s < params.shift_s:
            return False
        self.rest_deg, self.elsewhere_s = inclination_deg, 0
        return True

    def sitting(self, params: SeatParams, inclination_deg: float) -> Sitting:
        """Whether this is sitting; where it is plain, nobody has to stir for it."""
        now = self.clock_s
        just_now = now - self.down_at < params.place_s or now - self.said_at < params.shown_s
        if just_now or inclination_deg < params.slope_deg:
            return SHOWN
        still_s = now - self.stirred_at
        if still_s >= params.still_s or now - max(self.down_at, self.shown_at, self.said_at) >= params.assumed_s:
            return NOT_KNOWN
        shown = still_s < params.stir_s and now - self.shown_at < params.shown_s
        return SHOWN if shown else ASSUMED
