"""From the evidence of a second, and what came before, to what the wearer does. Read `decide` from top to bottom.

The thresholds are Acti4's (Skotte 2014) where they carry over: inclination 45 deg between upright and sedentary, roll 65 deg
for lying. Its movement threshold of 0.1 g is for 2 s of an axis below 5 Hz; ours are for five seconds below 5 Hz, split along
and across the thigh. Fixed for all sets, rates and mountings. What tells sitting from lying is in `seat`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan, sqrt
from typing import NamedTuple

from hipmonitor.core.activity.blocks import ActivityKind
from hipmonitor.core.activity.evidence import KIND, Evidence
from hipmonitor.core.activity.seat import LONG_AGO, Seat, SeatParams
from hipmonitor.core.activity.stillness import Stillness, StillnessParams
from hipmonitor.core.inbound import Action, HoldPose, Pose, TookOff

CONFIDENCE = {
    ActivityKind.UNKNOWN: 0.0,
    ActivityKind.NOT_WORN: 0.9,
    ActivityKind.LIE: 0.95,
    ActivityKind.SIT: 0.8,
    ActivityKind.SEDENTARY: 0.95,
    ActivityKind.STAND: 0.9,
    ActivityKind.WALK: 0.95,
    ActivityKind.RUN: 0.95,
    ActivityKind.STAIRS: 0.6,
    ActivityKind.CYCLE: 0.9,
}
"""About the share of such seconds that are right on harth, har70 and sens (`tests.benchmarks.activity`). NOT_WORN is from the
stillness of people who wore the sensor."""
ASSUMED_SIT = 0.6
"""Sitting that is assumed, not shown (see `seat`): on those sets 0.4, 0.8 and 0.95."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesParams:
    """What may be tuned."""

    sedentary_deg: tuple[float, float] = (40.0, 50.0)
    """Upright below, sedentary above, as it was in between (Acti4 45, acti-motus 47.5)."""
    cycle_most_deg: float = 60.0
    """Five-second inclination on a bicycle: 18-58; people swing their legs in chairs, with the thigh further up."""
    cycle_sure: float = 0.9
    """Least probability of cycling where the thigh slopes as a seat does."""
    blind_along_g: tuple[float, float] = (0.06, 0.6)
    blind_across_g: float = 0.12
    """Without a placement there is no thigh's frame, and no score card. Stepping lifts and swings the thigh at once; swaying
    and turning on the spot do one of them; above the second figure it is a run."""
    blind_across_over_along: float = 0.85
    blind_hz: float = 1.7
    """Walking must also look unlike cycling: as in `AutomaticParams`."""
    blind_run_hz: float = 2.2
    steps_s: int = 8
    """Who steps for so long is upright, wherever the thigh seems to be: the sensor turned in its place (a phone in a pocket)."""
    side_deg: float = 65.0
    """Front of the thigh turned this far from up: lying on the side or the front (Acti4 65)."""
    high_deg: float = 125.0
    """Knee this far above the hip: nobody sits so (sitting: up to 115)."""
    lie_s: int = 5
    """How long either must last."""
    unlie_s: int = 10
    """How long it must slope as a seat does, front up, to end lying without standing up."""
    stir_g: float = 0.03
    """Movement of the five seconds that shows somebody awake."""
    motionless_s: int = 15
    """A fine sensor that shows nothing but its own noise for so long is no evidence of sitting (sitting: at most 50 s)."""
    covered: float = 0.1
    """A second with less of it measured is unknown. What is missing is less than a second: the posture goes on."""
    short_gap_s: int = 30
    """What was known before a gap no longer than this still holds: nobody lies down and sits up again within it."""
    put_on_s: int = 10
    """Walking so long shows that a sensor the wearer took off is worn again; a few steps may be its way to a drawer."""
    seat: SeatParams = field(default_factory=SeatParams)
    stillness: StillnessParams = field(default_factory=StillnessParams)


@dataclass(slots=True, kw_only=True)
class Past:
    """What the rules remember. Counters are seconds."""

    number: int = -1
    sedentary: bool | None = None
    """Posture with hysteresis; None: not known yet."""
    lying: bool = False
    lie_s: int = 0
    unlie_s: int = 0
    off: bool = False
    """The wearer said: I took it off."""
    legs_s: int = 0
    """Walking in one piece since."""
    steps_s: int = 0
    """Stepping in one piece although the thigh seems to be sedentary."""
    seat: Seat = field(default_factory=Seat)
    stillness: Stillness = field(default_factory=Stillness)

    def hear(self, action: Action) -> None:
        """What the wearer said counts from the second in which it was said."""
        if isinstance(action, TookOff):
            self.off, self.legs_s = True, 0
        elif isinstance(action, HoldPose):
            self.off = False
            self.seat.said_s = 0 if action.pose is Pose.SIT else LONG_AGO


class Decided(NamedTuple):
    """One second's answer."""

    kind: ActivityKind
    confidence: float


def decide(past: Past, params: RulesParams, now: Evidence) -> Decided:
    """The kind of this second."""
    if now.number != past.number + 1:
        _after_gap(past, params, now.number - past.number - 1)
    past.number = now.number
    if now.covered < params.covered:
        past.stillness.stop()
        past.seat.pass_over(1)
        return Decided(ActivityKind.UNKNOWN, 0.0)
    past.stillness.add(params.stillness, now.mean_mps2, now.sd_mps2, now.samples)
    if past.stillness.is_table(params.stillness):
        past.sedentary, past.lying, past.seat = None, False, Seat()
        kind = ActivityKind.NOT_WORN
    else:
        _posture(past, params, now)
        kind = _moving(past, params, now) or _resting(past, params, now)
    if past.off:
        kind = _put_on(past, params, kind)
    assumed = kind is ActivityKind.SIT and not past.seat.shown(params.seat, now.inclination_deg)
    return Decided(kind, ASSUMED_SIT if assumed else CONFIDENCE[kind])


def _after_gap(past: Past, params: RulesParams, seconds: int) -> None:
    past.lie_s = past.unlie_s = past.legs_s = past.steps_s = 0
    past.stillness.stop()
    if seconds <= params.short_gap_s:
        past.seat.pass_over(seconds)
    else:
        past.sedentary, past.lying, past.seat = None, False, Seat()


def _put_on(past: Past, params: RulesParams, kind: ActivityKind) -> ActivityKind:
    """Taken off until somebody walks on it."""
    past.legs_s = past.legs_s + 1 if kind in {ActivityKind.WALK, ActivityKind.RUN, ActivityKind.CYCLE} else 0
    past.off = past.legs_s < params.put_on_s
    return ActivityKind.NOT_WORN if past.off else kind


def _posture(past: Past, params: RulesParams, now: Evidence) -> None:
    """Upright or sedentary, and the evidence of a seat."""
    seat, before = past.seat, past.sedentary
    seat.age(1)
    if sqrt(now.along_g**2 + now.across_g**2) > params.stir_g:
        seat.stirred_s = 0
    if isnan(now.inclination_deg):
        past.sedentary, past.lying = None, False
        seat.lose_sight()
        return
    upright_below, sedentary_above = params.sedentary_deg
    if before is None:
        past.sedentary = now.inclination_deg > (upright_below + sedentary_above) / 2
    else:
        past.sedentary = now.inclination_deg > (upright_below if before else sedentary_above)
    if not past.sedentary:
        past.lying, past.lie_s, past.unlie_s = False, 0, 0
        seat.forget()
    elif _lies(past, params, now):
        seat.forget()
    else:
        seat.add(params.seat, now.inclination_deg, came_down=before is False)


def _moving(past: Past, params: RulesParams, now: Evidence) -> ActivityKind | None:
    """What the score card and the seconds around say of a thigh that is not at rest; None: it rests."""
    if past.sedentary is None:
        return _blindly(params, now)
    if past.sedentary:
        steps = _blindly(params, now)
        past.steps_s = 0 if steps is None else past.steps_s + 1
        if past.steps_s >= params.steps_s:
            return steps
        cycles = now.cycles > params.cycle_sure and now.inclination_deg < params.cycle_most_deg
        return ActivityKind.CYCLE if cycles else None
    past.steps_s = 0
    return KIND[now.likeliest]


def _blindly(params: RulesParams, now: Evidence) -> ActivityKind | None:
    """Walk or run, from how the thigh moves along and across up alone."""
    least, most = params.blind_along_g
    if now.along_g > most and now.frequency_hz > params.blind_run_hz:
        return ActivityKind.RUN
    strong = now.along_g > least and now.across_g > params.blind_across_g
    swings = now.across_g > params.blind_across_over_along * now.along_g and now.frequency_hz > params.blind_hz
    return ActivityKind.WALK if strong and swings else None


def _resting(past: Past, params: RulesParams, now: Evidence) -> ActivityKind:
    if past.sedentary is None:
        return ActivityKind.UNKNOWN
    if past.lying:
        return ActivityKind.LIE
    return ActivityKind.SIT if _sits(past, params, now) else ActivityKind.SEDENTARY


def _lies(past: Past, params: RulesParams, now: Evidence) -> bool:
    """Evidence of lying lasts until the wearer is upright or plainly seated: who turns from the side to the back lies on."""
    lies = now.sideways_deg > params.side_deg or now.inclination_deg > params.high_deg
    seated = now.inclination_deg < params.seat.slope_deg and now.sideways_deg < params.side_deg
    past.lie_s = past.lie_s + 1 if lies else 0
    past.unlie_s = past.unlie_s + 1 if seated else 0
    if past.lie_s >= params.lie_s:
        past.lying = True
    elif past.unlie_s >= params.unlie_s:
        past.lying = False
    return past.lying


def _sits(past: Past, params: RulesParams, now: Evidence) -> bool:
    """Evidence of sitting, and no sensor that may lie on a table."""
    still, seat = past.stillness, past.seat
    if still.run_s >= params.motionless_s and not still.hidden(params.stillness):
        return False
    return seat.sits(params.seat, now.inclination_deg)
