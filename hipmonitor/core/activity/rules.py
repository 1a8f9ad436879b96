"""From the evidence of a second, and what came before, to what the wearer does. Read `decide` from top to bottom.

The thresholds are Acti4's (Skotte 2014) where they carry over: inclination 45 deg between upright and sedentary, roll 65 deg
for lying. Its movement threshold of 0.1 g is for 2 s of an axis below 5 Hz; ours are for five seconds below 5 Hz, split along
and across the thigh. Fixed for all sets, rates and mountings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan, sqrt

from hipmonitor.core.activity.blocks import ActivityKind
from hipmonitor.core.activity.evidence import Evidence
from hipmonitor.core.activity.stillness import Stillness, StillnessParams


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesParams:
    """What may be tuned."""

    sedentary_deg: tuple[float, float] = (40.0, 50.0)
    """Upright below, sedentary above, as it was in between (Acti4 45, acti-motus 47.5)."""
    walk_along_g: float = 0.06
    walk_across_g: float = 0.12
    """Both: stepping lifts and swings the thigh. Swaying and turning on the spot does one of them."""
    blind_across_over_along: float = 0.85
    blind_hz: float = 1.7
    """Without a placement, walking must also look unlike cycling: as in `AutomaticParams`."""
    run_along_g: float = 0.6
    run_hz: float = 2.2
    """acti-motus: 0.65 g along the thigh; a step of 2.5 Hz is seen at 0.9 in means over 0.1 s. One fast walker reaches it."""
    cycle_deg: tuple[float, float] = (18.0, 75.0)
    """Five-second inclination on a bicycle: 18-58."""
    cycle_along_g: float = 0.1
    cycle_across_over_along: float = 0.9
    """On a bicycle the thigh moves along up more than across it."""
    cycle_hz: float = 1.7
    """Or slowly; walking is seldom below."""
    cycle_on_s: int = 5
    cycle_off_s: int = 3
    side_deg: float = 65.0
    """Front of the thigh turned this far from up: lying on the side or the front (Acti4 65)."""
    high_deg: float = 125.0
    """Knee this far above the hip: nobody sits so (sitting: up to 115)."""
    lie_s: int = 5
    """How long either must last."""
    slope_deg: float = 75.0
    """Thigh sloping down to the knee: a seat. Lying on the back begins at 76 (harth, har70, sens)."""
    unlie_s: int = 10
    """How long it must slope so, front up, to end lying without standing up."""
    stir_g: float = 0.03
    """Movement of the five seconds that shows somebody awake."""
    stir_s: int = 60
    fresh_s: int = 30
    """So long after sitting down from upright nobody has to stir."""
    motionless_s: int = 15
    """A fine sensor that shows nothing but its own noise for so long is no evidence of sitting (sitting: at most 50 s)."""
    covered: float = 0.5
    """A second with less of it measured is unknown."""
    worst_sd_deg: float = 30.0
    """A placement worse than this does not know the front of the thigh."""
    stillness: StillnessParams = field(default_factory=StillnessParams)


@dataclass(slots=True, kw_only=True)
class Past:
    """What the rules remember. Counters are seconds."""

    number: int = -1
    sedentary: bool | None = None
    """Posture with hysteresis; None: not known yet."""
    cycling: bool = False
    cycle_s: int = 0
    uncycle_s: int = 0
    lying: bool = False
    lie_s: int = 0
    unlie_s: int = 0
    fresh_s: int = 0
    """Seconds left in which sitting down is recent."""
    unstirred_s: int = 10**9
    stillness: Stillness = field(default_factory=Stillness)


def decide(past: Past, params: RulesParams, now: Evidence) -> ActivityKind:
    """The kind of this second."""
    if now.number != past.number + 1:
        _after_gap(past)
    past.number = now.number
    if now.covered < params.covered:
        past.stillness.stop()
        return ActivityKind.UNKNOWN
    past.stillness.add(params.stillness, now.mean_mps2, now.sd_mps2, now.samples)
    if past.stillness.is_table(params.stillness):
        past.sedentary, past.lying, past.cycling, past.fresh_s = None, False, False, 0
        return ActivityKind.NOT_WORN
    _posture(past, params, now)
    return _moving(past, params, now) or _resting(past, params, now)


def _after_gap(past: Past) -> None:
    past.sedentary, past.cycling, past.lying = None, False, False
    past.cycle_s = past.uncycle_s = past.lie_s = past.unlie_s = past.fresh_s = 0
    past.unstirred_s = 10**9
    past.stillness.stop()


def _posture(past: Past, params: RulesParams, now: Evidence) -> None:
    """Upright or sedentary, and how long ago somebody stirred or sat down."""
    stirred = sqrt(now.along_g**2 + now.across_g**2) > params.stir_g
    past.unstirred_s = 0 if stirred else past.unstirred_s + 1
    if isnan(now.inclination_deg):
        past.sedentary, past.lying = None, False
        return
    upright_below, sedentary_above = params.sedentary_deg
    before = past.sedentary
    if before is None:
        past.sedentary = now.inclination_deg > (upright_below + sedentary_above) / 2
    else:
        past.sedentary = now.inclination_deg > (upright_below if before else sedentary_above)
    if not past.sedentary:
        past.lying, past.lie_s, past.unlie_s = False, 0, 0
    past.fresh_s = params.fresh_s if before is False and past.sedentary else max(past.fresh_s - 1, 0)


def _moving(past: Past, params: RulesParams, now: Evidence) -> ActivityKind | None:
    """Run, cycle, walk or none of them."""
    if now.along_g > params.run_along_g and now.frequency_hz > params.run_hz and not past.sedentary:
        return ActivityKind.RUN
    if _cycles(past, params, now):
        return ActivityKind.CYCLE
    steps = now.along_g > params.walk_along_g and now.across_g > params.walk_across_g
    if past.sedentary is None:
        swings = now.across_g > params.blind_across_over_along * now.along_g and now.frequency_hz > params.blind_hz
        return ActivityKind.WALK if steps and swings else None
    return ActivityKind.WALK if steps and not past.sedentary else None


def _cycles(past: Past, params: RulesParams, now: Evidence) -> bool:
    low, high = params.cycle_deg
    lifts = now.across_g < params.cycle_across_over_along * now.along_g or now.frequency_hz < params.cycle_hz
    like = low < now.inclination_deg < high and now.along_g > params.cycle_along_g and lifts
    past.cycle_s, past.uncycle_s = (past.cycle_s + 1, 0) if like else (0, past.uncycle_s + 1)
    if past.cycle_s >= params.cycle_on_s:
        past.cycling = True
    elif past.uncycle_s >= params.cycle_off_s:
        past.cycling = False
    return past.cycling


def _resting(past: Past, params: RulesParams, now: Evidence) -> ActivityKind:
    if past.sedentary is None:
        return ActivityKind.UNKNOWN
    if not past.sedentary:
        return ActivityKind.STAND
    if _lies(past, params, now):
        return ActivityKind.LIE
    return ActivityKind.SIT if _sits(past, params, now) else ActivityKind.SEDENTARY


def _lies(past: Past, params: RulesParams, now: Evidence) -> bool:
    """Evidence of lying lasts until the wearer is upright or plainly seated: who turns from the side to the back lies on."""
    lies = now.sideways_deg > params.side_deg or now.inclination_deg > params.high_deg
    seated = now.inclination_deg < params.slope_deg and now.sideways_deg < params.side_deg
    past.lie_s = past.lie_s + 1 if lies else 0
    past.unlie_s = past.unlie_s + 1 if seated else 0
    if past.lie_s >= params.lie_s:
        past.lying = True
    elif past.unlie_s >= params.unlie_s:
        past.lying = False
    return past.lying


def _sits(past: Past, params: RulesParams, now: Evidence) -> bool:
    """Evidence of sitting: a slope that no bed has, or somebody who moves a little now and then."""
    still = past.stillness
    if still.run_s >= params.motionless_s and not still.hidden(params.stillness):
        return False
    sloping = now.inclination_deg < params.slope_deg
    return sloping or past.fresh_s > 0 or past.unstirred_s < params.stir_s
