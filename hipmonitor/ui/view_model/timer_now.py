"""The two timers and the break credit, with what comes next in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import LEVELS, AlertKind, AlertLevel, AlertsNow, Hold
from hipmonitor.core.exposure import UPRIGHT, Exposure, TimedSecond
from hipmonitor.core.instants import HostNs, seconds_between
from hipmonitor.core.settings import Settings
from hipmonitor.ui.view_model.durations import m_ss, until_m_ss

LEVEL_WORDS = {
    AlertLevel.NOTICE: "notice",
    AlertLevel.NUDGE: "nudge",
    AlertLevel.ALERT: "alert",
    AlertLevel.REMINDER: "reminder",
}
HOLD_WORDS = {
    Hold.LYING: "on hold: lying",
    Hold.NOT_WORN: "on hold: not worn",
    Hold.UNCLEAR: "on hold: posture unclear",
    Hold.CYCLING: "on hold: cycling",
    Hold.UNCALIBRATED: "on hold: not calibrated",
    Hold.UNTRUSTED: "on hold: angle not trusted",
    Hold.NO_EVIDENCE: "on hold: may be lying",
    Hold.JUST_SAT: "on hold: just sat down",
    Hold.SNOOZED: "snoozed",
}
NO_DATA_HOLD = "on hold: no data"
NOT_COUNTING = "not counting now"
ENDED = "session ended"
PIPS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerNow:
    """One timer."""

    title: str
    value_s: float
    limit_s: float
    level: AlertLevel | None
    """The highest level that the value has reached."""
    running: bool
    """It grows right now."""
    held: bool
    """Its alerts are on hold; nothing is added, or nothing is told."""
    next: str
    ended: bool = False
    """Nothing is added any more: this is where it stood."""

    @property
    def share(self) -> float:
        """Of the limit, 0 to 1."""
        return min(1.0, self.value_s / self.limit_s)


MARKS: tuple[tuple[AlertLevel, float], ...] = LEVELS
"""Where a bar carries the policy's ticks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNow:
    """Upright in one piece, towards a break."""

    up_s: float
    need_s: float
    pips: int
    """Filled of PIPS."""
    running: bool
    """Upright now, with something to reset."""
    text: str
    ended: bool = False
    """No break can be earned any more."""


NO_ALERTS = AlertsNow(
    holds={},
    begun_s={},
    reminder_at_s={},
    snoozed_until=None,
    until_stand=False,
    snoozes_left=0,
    snooze_refused_at=None,
    quiet_until=None,
    not_told=None,
)
"""Before the first Tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stillness:
    """What keeps the timers from being told about."""

    no_data: bool
    alerts: AlertsNow
    now: HostNs
    ended: bool = False
    """The session is over."""

    @property
    def snoozed(self) -> str:
        """How long still, in words; empty where nothing is snoozed."""
        if self.alerts.until_stand:
            return "snoozed until you stand"
        until = self.alerts.snoozed_until
        if until is None or until <= self.now:
            return ""
        return f"snoozed {until_m_ss(seconds_between(self.now, until))}"


def sitting_timer(exposure: Exposure, settings: Settings, still: Stillness) -> TimerNow:
    """The sitting timer."""
    latest = exposure.latest
    sits = latest is not None and latest.kind is ActivityKind.SIT
    idle = "paused while up" if exposure.sitting_s and _is_up(exposure) else NOT_COUNTING
    limit_s = settings.sitting.sit_limit_min * 60
    return _timer("Sitting", AlertKind.SITTING, exposure.sitting_s, limit_s, still, running=sits, idle=idle)


def deep_timer(exposure: Exposure, settings: Settings, still: Stillness) -> TimerNow:
    """The timer of deep flexion. Lowering the thigh is a break of it too: its credit stands where nothing is counted."""
    deep, latest = settings.deep_flexion, exposure.latest
    runs = latest is not None and latest.deep
    idle = NOT_COUNTING
    if exposure.deep_s and latest is not None and latest.lowered_s:
        idle = f"lowered {min(latest.lowered_s, deep.break_s):.0f} of {deep.break_s:.0f} s"
    title = f"Above {deep.thigh_limit_deg:g}°"
    limit_s = deep.deep_limit_min * 60
    return _timer(title, AlertKind.DEEP_FLEXION, exposure.deep_s, limit_s, still, running=runs, idle=idle)


def _is_up(exposure: Exposure) -> bool:
    return exposure.latest is not None and exposure.latest.kind in UPRIGHT


def _timer(
    title: str, kind: AlertKind, measured_s: float, limit_s: float, still: Stillness, *, running: bool, idle: str
) -> TimerNow:
    value_s = max(0.0, measured_s - still.alerts.begun_s.get(kind, 0.0))
    reached = [level for level, share in LEVELS if value_s >= share * limit_s]
    held = _held(still, still.alerts.holds.get(kind), due=bool(reached))
    following = _next(value_s, limit_s, still.alerts.reminder_at_s.get(kind)) if running else idle
    return TimerNow(
        title=title,
        value_s=value_s,
        limit_s=limit_s,
        level=reached[-1] if reached else None,
        running=running and not (still.no_data or still.ended),
        held=bool(held),
        next=held or following,
        ended=still.ended,
    )


def _held(still: Stillness, hold: Hold | None, *, due: bool) -> str:
    """Why the timer's alerts are on hold; who just sat down need not hear of it while nothing is due."""
    if still.ended:
        return ENDED
    if still.no_data:
        return NO_DATA_HOLD
    if hold is Hold.SNOOZED or hold is None or (hold is Hold.JUST_SAT and not due):
        return still.snoozed
    return HOLD_WORDS[hold]


def _next(value_s: float, limit_s: float, reminder_at_s: float | None) -> str:
    due = [(level, share * limit_s) for level, share in LEVELS]
    due += [] if reminder_at_s is None else [(AlertLevel.REMINDER, reminder_at_s)]
    for level, at_s in due:
        if value_s < at_s:
            return f"{LEVEL_WORDS[level]} in {until_m_ss(at_s - value_s)}"
    return f"{m_ss(value_s - limit_s)} over the limit"


class CreditTracker:
    """Remembers the last time up in this bout, and when a break was completed."""

    def __init__(self) -> None:
        self._up_s = 0.0
        self._last_s = 0.0
        self._was_open = False
        self.done_at: HostNs | None = None
        """When the last break was completed."""
        self.done_up_s = 0.0

    def take(self, seconds: Sequence[TimedSecond]) -> None:
        """Decided seconds, in order: the same in whatever pieces they come."""
        for second in seconds:
            is_open = second.sitting_since is not None
            if not is_open:
                self._last_s = 0.0
            elif self._was_open and second.upright_s == 0 and self._up_s > 0:
                self._last_s = self._up_s
            if self._was_open and not is_open and second.upright_s:
                self.done_at = second.end
            self._was_open, self._up_s = is_open, second.upright_s
            self.done_up_s = second.upright_s or self.done_up_s

    def credit(self, exposure: Exposure, settings: Settings, now: HostNs) -> CreditNow:
        """What to show at that moment."""
        need_s, up_s = settings.sitting.break_s, exposure.upright_s
        open_bout = exposure.sitting_since is not None
        if self.done_at is not None and seconds_between(self.done_at, now) < 3 and not open_bout:
            return _credit(need_s, need_s, running=False, text="done, the timer is back to zero")
        if open_bout and up_s:
            text = f"{up_s:.0f} s of {need_s:.0f} s; {max(0.0, need_s - up_s):.0f} s to go"
            return _credit(up_s, need_s, running=True, text=text)
        if open_bout and self._last_s:
            text = f"last {self._last_s:.0f} s of {need_s:.0f} s"
            return _credit(self._last_s, need_s, running=False, text=text)
        return _credit(0.0, need_s, running=False, text=f"{need_s:.0f} s upright resets the timer")


def _credit(up_s: float, need_s: float, *, running: bool, text: str) -> CreditNow:
    pips = min(PIPS, int(up_s / need_s * PIPS + 1e-9))
    return CreditNow(up_s=up_s, need_s=need_s, pips=pips, running=running, text=text)
