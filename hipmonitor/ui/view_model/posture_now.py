"""What the wearer does now, since when, and the hip's estimate that follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.hip import HipBlock, HipMethod
from hipmonitor.core.instants import HostNs, seconds_between
from hipmonitor.ui.view_model.durations import short

ACTIVITY_WORDS = {
    ActivityKind.UNKNOWN: "Unclear",
    ActivityKind.NOT_WORN: "Not worn",
    ActivityKind.LIE: "Lying",
    ActivityKind.SIT: "Sitting",
    ActivityKind.SEDENTARY: "Unclear, sitting or lying",
    ActivityKind.STAND: "Standing",
    ActivityKind.WALK: "Walking",
    ActivityKind.RUN: "Running",
    ActivityKind.STAIRS: "On stairs",
    ActivityKind.CYCLE: "Cycling",
}
HIP_REASONS = {
    HipMethod.NONE: "no number without a thigh angle",
    HipMethod.SEATED: "one thigh sensor; pelvis assumed 20° back",
    HipMethod.UPRIGHT: "one thigh sensor; pelvis as in standing",
    HipMethod.AT_LEAST_THIGH: "at least the thigh angle here",
    HipMethod.LYING: "no number while lying",
    HipMethod.UNCLEAR: "no number while the posture is unclear",
    HipMethod.MEASURED: "from the pelvis sensor",
}
PELVIS_NOT_PLACED = "pelvis sensor not placed yet: stand, sit, 10 s each"
PELVIS_AWAY = {
    HipMethod.SEATED: "without the pelvis sensor; pelvis as it was seen last, or as is usual",
    HipMethod.UPRIGHT: "without the pelvis sensor; pelvis as in standing",
}
"""Where there is one that is not here."""
OLD_AFTER_S = 6.0
"""Hip and activity follow two to three seconds behind; what is older than this is not about now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityNow:
    """The last decided kind, and for how long by the last decision: two to three seconds ago, as in the timers."""

    kind: ActivityKind | None
    """None before the first decision, and while nothing comes."""
    since: HostNs | None
    for_s: float

    @property
    def word(self) -> str:
        """Sitting, Standing, ..."""
        return "Not known right now" if self.kind is None else ACTIVITY_WORDS[self.kind]

    @property
    def text(self) -> str:
        """Sitting 17 min."""
        return self.word if self.kind is None else f"{self.word} {short(self.for_s)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HipNow:
    """The hip's flexion: an estimate with its standard deviation, or why there is none."""

    flexion_deg: float | None
    sd_deg: float | None
    method: HipMethod
    reason: str

    @property
    def text(self) -> str:
        """Hip, estimate 58° ± 13°."""
        if self.flexion_deg is None or self.sd_deg is None:
            return "hip --"
        name = "measured" if self.method is HipMethod.MEASURED else "estimate"
        return f"hip, {name} {self.flexion_deg:.0f}° ± {self.sd_deg:.0f}°"


NO_HIP = HipNow(flexion_deg=None, sd_deg=None, method=HipMethod.NONE, reason=HIP_REASONS[HipMethod.NONE])


class ActivityTracker:
    """Follows decided seconds."""

    def __init__(self) -> None:
        self._kind: ActivityKind | None = None
        self._since = HostNs(0)
        self._until = HostNs(0)

    def take(self, seconds: Sequence[TimedSecond]) -> None:
        """Decided seconds, in order."""
        for second in seconds:
            if second.kind is not self._kind:
                self._kind, self._since = second.kind, second.start
            self._until = second.end

    def activity(self, now: HostNs) -> ActivityNow:
        """What to show at that moment; it goes on until something else is decided."""
        if self._kind is None or seconds_between(self._until, now) > OLD_AFTER_S:
            return ActivityNow(kind=None, since=None, for_s=0.0)
        return ActivityNow(kind=self._kind, since=self._since, for_s=seconds_between(self._since, self._until))


class HipTracker:
    """Follows the rows of the hip room."""

    def __init__(self) -> None:
        self._at = HostNs(0)
        self._hip = NO_HIP
        self._was_measured = False

    def take(self, hip: HipBlock) -> None:
        """Rows of one piece: the last one is shown."""
        if not len(hip):
            return
        method = HipMethod(int(hip.hip_method[-1]))
        flexion, sd = float(hip.hip_flexion_deg[-1]), float(hip.hip_flexion_sd_deg[-1])
        self._was_measured = self._was_measured or HipMethod.MEASURED in hip.hip_method
        known = bool(hip.trusted[-1]) and isfinite(flexion) and isfinite(sd)
        self._at = HostNs(int(hip.t_ns[-1]))
        self._hip = HipNow(
            flexion_deg=flexion if known else None,
            sd_deg=sd if known else None,
            method=method,
            reason=HIP_REASONS[method],
        )

    def hip(self, now: HostNs, *, pelvis_here: bool | None = None) -> HipNow:
        """What to show at that moment; `pelvis_here`: None without a pelvis sensor."""
        hip = NO_HIP if seconds_between(self._at, now) > OLD_AFTER_S else self._hip
        if pelvis_here is None or hip.method not in PELVIS_AWAY:
            return hip
        not_placed = pelvis_here and not self._was_measured
        return replace(hip, reason=PELVIS_NOT_PLACED if not_placed else PELVIS_AWAY[hip.method])
