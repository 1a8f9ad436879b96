"""The thresholds of the rules.

They are Acti4's (Skotte 2014) where they carry over: inclination 45 deg between upright and sedentary, roll 65 deg for lying.
Its movement threshold of 0.1 g is for 2 s of an axis below 5 Hz; ours are for five seconds below 5 Hz, split along and across
the thigh. Fixed for all sets, rates and mountings. What tells sitting from lying is in `seat`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hipmonitor.core.activity.seat import SeatParams
from hipmonitor.core.activity.stillness import StillnessParams


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesParams:
    """What may be tuned."""

    sedentary_deg: tuple[float, float] = (40.0, 50.0)
    """Upright below, sedentary above, as it was in between (Acti4 45, acti-motus 47.5)."""
    cycle_most_deg: float = 60.0
    """Five-second inclination on a bicycle: 18-58; people swing their legs in chairs, with the thigh further up."""
    coast_deg: float = 66.0
    """A thigh that stays above this for two seconds does not pedal: the rider sits and coasts, knee up. Labelled cycling of 11
    people, coasting included, ends at 64; the one person whose coasting was labelled as sitting kept 68-72."""
    cycle_sure: float = 0.9
    """Least probability of cycling where the thigh slopes as a seat does."""
    saddle_deg: float = 30.0
    """Five-second inclination that only a saddle explains: people stand on the pedals at 12-25 and climb stairs at 6-21, which
    look alike; pedalling seated is 29-54 (Acti4 parts stairs from cycling at 40, acti-motus at 35)."""
    saddle_s: int = 3
    """In one piece, to show it."""
    dismount_s: int = 10
    """Who did not pedal for so long may have got off; nobody gets from the saddle onto stairs sooner."""
    blind_along_g: tuple[float, float] = (0.06, 0.6)
    blind_across_g: float = 0.12
    """Without a placement there is no thigh's frame, and no score card. Stepping lifts and swings the thigh at once; swaying
    and turning on the spot do one of them; above the second figure it is a run."""
    blind_across_over_along: float = 0.85
    blind_hz: float = 1.7
    """Walking must also look unlike cycling: as in `AutomaticParams`."""
    blind_run_hz: float = 2.2
    steps_s: int = 8
    """Who steps for so long is upright, wherever the thigh seems to be, if the sensor may have been put on anew (a phone)."""
    carried_deg: float = 60.0
    """A thigh from here on is level; nobody walks so, and who pedals so has more movement along up than across."""
    carried_hz: tuple[float, float] = (1.2, 3.5)
    """Mean square frequency of what a walker carries: strides and steps, 0.8 to 2.4 Hz, and what they shake. A restless leg
    bounces at 4 to 6 Hz."""
    carried_along_g: float = 0.05
    carried_s: int = 15
    """Movement of that kind in one piece that shows that the sensor is not on a thigh: 22 people (harth, har70, sens) sat and
    lay with 9 s of it at most."""
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
    motionless_hidden_s: int = 120
    """The same where small movements cannot be seen, not less. Of 8 people with a 16 mg sensor (sens) nobody sat without a change of a
    single step for longer than 119 s; they lay so for up to 235 s, so that this alone shows no table."""
    surely_table_s: int = 480
    """A run so long was a table from its first second on, where hindsight reaches so far: twice the longest of any kind that
    anybody wore (235 s), so that who lies very still loses no more than the end of it."""
    covered: float = 0.1
    """A second with less of it measured shows nothing by itself."""
    goes_on_s: float = 2.0
    """In losses up to this long the last posture goes on; longer ones are unknown time (orientation begins anew after them)."""
    short_gap_s: int = 30
    """What was known before a gap no longer than this still holds: nobody lies down and sits up again within it."""
    put_on_s: int = 10
    """Walking so long shows that a sensor that was taken off is worn again; a few steps may be its way to a drawer."""
    put_on_deg: float = 30.0
    """A thigh that walks or stands is within this: in 99 of 100 walked seconds of 22 people within 20 deg, whoever they were. Of
    all directions in which a bag may hold a sensor, 7 in 100 are."""
    put_on_stands_s: int = 20
    """Standing in one piece with a stir in it does, too: twice as long, for a thing on a shelf may stand like a thigh."""
    seat: SeatParams = field(default_factory=SeatParams)
    stillness: StillnessParams = field(default_factory=StillnessParams)
