"""From the evidence of a second, and what came before, to what the wearer does. Read `decide` from top to bottom.

What a second shows by itself is in `evidence`, the thresholds are in `thresholds`, and what tells sitting from lying is in `seat`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan
from typing import NamedTuple

from hipmonitor.core.activity.blocks import ActivityKind
from hipmonitor.core.activity.evidence import Evidence
from hipmonitor.core.activity.seat import NEVER, Seat, Sitting
from hipmonitor.core.activity.stillness import Stillness
from hipmonitor.core.activity.thresholds import RulesParams
from hipmonitor.core.inbound import Action, HoldPose, Pose, TookOff


class Decided(NamedTuple):
    """One second's answer."""

    kind: ActivityKind
    confidence: float


ANSWER = {
    kind: Decided(kind, confidence)
    for kind, confidence in {
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
    }.items()
}
"""About the share of such seconds that are right on harth, har70 and sens (`tests.benchmarks.activity`). NOT_WORN is from the
stillness of people who wore the sensor."""
ASSUMED_SIT = Decided(ActivityKind.SIT, 0.6)
"""Sitting that is assumed, not shown (see `seat`): on those sets 0.4, 0.8 and 0.95."""
SITS = {
    Sitting.NOT_KNOWN: ANSWER[ActivityKind.SEDENTARY],
    Sitting.ASSUMED: ASSUMED_SIT,
    Sitting.SHOWN: ANSWER[ActivityKind.SIT],
}
NOT_SEEN, NOT_WORN, LIE, SEDENTARY = (
    ANSWER[kind] for kind in (ActivityKind.UNKNOWN, ActivityKind.NOT_WORN, ActivityKind.LIE, ActivityKind.SEDENTARY)
)
STAND, STAIRS, CYCLE = ActivityKind.STAND, ActivityKind.STAIRS, ActivityKind.CYCLE
"""By themselves: asked every second, and a member by its class costs five times as much."""
GOING_ON = 0.9
"""Of its confidence a posture keeps so much where it is not seen for up to 2 s: seldom does one end in just these."""
ON_FOOT = {ActivityKind.WALK, ActivityKind.RUN}


@dataclass(slots=True, kw_only=True)
class Past:
    """What the rules remember. Counters are seconds."""

    number: int = -1
    """Of the last second with samples."""
    last: Decided = ANSWER[ActivityKind.UNKNOWN]
    """The last answer that samples told."""
    lost: bool = False
    """Since then there was a loss in which no posture goes on."""
    sedentary: bool | None = None
    """Posture with hysteresis; None: not known yet."""
    lying: bool = False
    lie_s: int = 0
    unlie_s: int = 0
    off: bool = False
    """Not on a thigh: the wearer said so, or it is carried about as no thigh is."""
    carried_s: int = 0
    """Carried about in one piece, as far as it seems."""
    handled_s: int = 0
    """Moved in one piece with the thigh no longer as upright as on the feet."""
    take_back_s: int = 0
    """So many seconds before this one turned out not to have been worn."""
    legs_s: int = 0
    """Walking in one piece since."""
    stands_s: int = 0
    """Standing in one piece since; a thigh is known to stand only where a placement is known (settled: the next strap-on's)."""
    steps_s: int = 0
    """Stepping in one piece although the thigh seems to be sedentary."""
    saddle_s: int = 0
    """Pedalling in one piece with the thigh as high as on a saddle."""
    pedalled: int = NEVER
    """The last second of cycling."""
    seat: Seat = field(default_factory=Seat)
    stillness: Stillness = field(default_factory=Stillness)

    def hear(self, action: Action) -> None:
        """What the wearer said counts from the second in which it was said."""
        if isinstance(action, TookOff):
            self.take_off()
        elif isinstance(action, HoldPose):
            self.off = False
            self.seat.hear(sits=action.pose is Pose.SIT)

    def take_off(self) -> None:
        """From now on it has to show that it is worn."""
        self.off, self.legs_s, self.stands_s = True, 0, 0


def decide(past: Past, params: RulesParams, now: Evidence | None, *, lost: bool = False) -> Decided:
    """The kind of this second; None: it has no samples. `lost`: a part of it lies in a loss longer than `goes_on_s`."""
    if now is None:
        past.take_back_s = 0
        return _without_samples(past, lost=lost)
    if now.number != past.number + 1:
        _after_gap(past, params, now.number - past.number - 1)
    past.number = now.number
    if not now.covered:
        past.seat.pass_over(1)
        return _without_samples(past, lost=lost)
    past.lost, past.take_back_s = False, 0
    still = past.stillness
    still.add(params.stillness, now.mean_mps2, now.sd_mps2, now.samples)
    if still.run_s >= params.stillness.table_s and still.is_table(params.stillness):
        past.sedentary, past.lying, past.seat = None, False, Seat()
        decided = NOT_WORN
        if still.run_s == params.surely_table_s:
            past.take_back_s = params.surely_table_s - 1
    else:
        _posture(past, params, now)
        kind = _moving(past, params, now)
        decided = _resting(past, params, now) if kind is None else ANSWER[kind]
    if now.stirs or now.carried or past.handled_s or past.carried_s:
        _carried(past, params, now)
    past.last = _put_on(past, params, now, decided) if past.off else decided
    return past.last


def _without_samples(past: Past, *, lost: bool) -> Decided:
    """In a short loss the last posture goes on; after a longer one only what is seen anew counts."""
    if lost:
        past.lost, past.last = True, NOT_SEEN
        past.stillness.stop()
    elif past.off:
        past.last = NOT_WORN
    return Decided(past.last.kind, past.last.confidence * GOING_ON)


def _after_gap(past: Past, params: RulesParams, seconds: int) -> None:
    past.seat.pass_over(seconds)
    if past.lost:
        past.lie_s = past.unlie_s = past.legs_s = past.steps_s = past.saddle_s = past.carried_s = past.handled_s = 0
    if seconds > params.short_gap_s:
        past.sedentary, past.lying, past.seat = None, False, Seat()


def _carried(past: Past, params: RulesParams, now: Evidence) -> None:
    """It is not on a thigh, nor was it since it was taken in the hand."""
    past.handled_s = past.handled_s + 1 if now.stirs and now.inclination_deg >= params.put_on_deg else 0
    past.carried_s = past.carried_s + 1 if now.carried else 0
    if past.carried_s >= params.carried_s:
        past.take_off()
        past.take_back_s = past.handled_s - 1


def _put_on(past: Past, params: RulesParams, now: Evidence, decided: Decided) -> Decided:
    """Off until it is known how the sensor sits, and somebody walks, or stands and stirs, as upright as a thigh is then."""
    tilted = now.inclination_deg >= params.put_on_deg
    past.legs_s = past.legs_s + 1 if decided.kind in ON_FOOT and not tilted else 0
    past.stands_s = past.stands_s + 1 if decided.kind is STAND and not tilted else 0
    stirred = past.seat.clock_s - past.seat.stirred_at < past.stands_s
    worn = past.legs_s >= params.put_on_s or (stirred and past.stands_s >= params.put_on_stands_s)
    past.off = isnan(now.inclination_deg) or not worn
    return NOT_WORN if past.off else decided


def _posture(past: Past, params: RulesParams, now: Evidence) -> None:
    """Upright or sedentary, and the evidence of a seat."""
    seat, before, inclination = past.seat, past.sedentary, now.inclination_deg
    seat.clock_s += 1
    if now.stirs:
        seat.stirred_at = seat.clock_s
    if isnan(inclination):
        if before is not None:  # else it was lost already
            past.sedentary, past.lying = None, False
            seat.lose_sight()
        return
    upright_below, sedentary_above = params.sedentary_deg
    if before is None:
        past.sedentary = inclination > (upright_below + sedentary_above) / 2
    else:
        past.sedentary = now.least_deg > (upright_below if before else sedentary_above)
    if not past.sedentary:
        past.lying, past.lie_s, past.unlie_s = False, 0, 0
        seat.forget()
    elif _lies(past, params, now):
        seat.forget()
    else:
        seat.add(params.seat, inclination, came_down=before is False)


def _moving(past: Past, params: RulesParams, now: Evidence) -> ActivityKind | None:
    """What the score card and the seconds around say of a thigh that is not at rest; None: it rests."""
    if past.sedentary is None:
        return now.steps
    if past.sedentary:
        past.steps_s = past.steps_s + 1 if now.steps is not None and now.doubted else 0
        if past.steps_s >= params.steps_s:
            return now.steps
        return CYCLE if _rides(past, params, now, pedals=now.cycles) else None
    past.steps_s = 0
    kind = now.upright
    if _rides(past, params, now, pedals=kind is CYCLE, may_stand=kind is STAIRS):
        return CYCLE
    return now.afoot if kind is CYCLE else kind


def _rides(past: Past, params: RulesParams, now: Evidence, *, pedals: bool, may_stand: bool = False) -> bool:
    """Standing on the pedals looks like climbing stairs, but one comes from the saddle and the other from the feet."""
    past.saddle_s = past.saddle_s + 1 if pedals and now.inclination_deg >= params.saddle_deg else 0
    mounted = past.saddle_s >= params.saddle_s or now.number - past.pedalled <= params.dismount_s
    if not mounted or not (pedals or may_stand):
        return False
    past.pedalled = now.number
    return True


def _resting(past: Past, params: RulesParams, now: Evidence) -> Decided:
    if past.sedentary is None:
        return NOT_SEEN
    if past.lying:
        return LIE
    if past.stillness.run_s >= params.motionless_s and _motionless(past.stillness, params):  # it may lie on a table
        return SEDENTARY
    return SITS[past.seat.sitting(params.seat, now.inclination_deg)]


def _motionless(still: Stillness, params: RulesParams) -> bool:
    return still.run_s >= (params.motionless_hidden_s if still.hidden(params.stillness) else params.motionless_s)


def _lies(past: Past, params: RulesParams, now: Evidence) -> bool:
    """Evidence of lying lasts until the wearer is upright or plainly seated: who turns from the side to the back lies on."""
    past.lie_s = past.lie_s + 1 if now.lies else 0
    past.unlie_s = past.unlie_s + 1 if now.seated else 0
    if past.lie_s >= params.lie_s:
        past.lying = True
    elif past.unlie_s >= params.unlie_s:
        past.lying = False
    return past.lying
