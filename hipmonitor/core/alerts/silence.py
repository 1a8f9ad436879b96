"""What the wearer asked for: put it off (snooze), or do not tell it (quiet, outside working hours, tracking only)."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.alerts.holds import Hold
from hipmonitor.core.civil import MIN_PER_DAY, S_PER_DAY, CivilTime, weekday_of
from hipmonitor.core.exposure import TimedSecond
from hipmonitor.core.inbound import DaySoFar, EndQuiet, Quiet, RestOfDay, Snooze, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import Settings, WorkingHours

MORNING_S = 6 * 3600
"""Tomorrow begins at six, for who goes to bed after midnight."""
CHOOSING_NS = 60 * NS_PER_S
"""Another snooze so soon after one changes it, and does not count again."""
UP_S = 5
"""Upright in one piece for so long is standing up, as for a transition."""
ALL_HOURS = WorkingHours()


@dataclass(slots=True, kw_only=True)
class Silence:
    """Which of these hold now."""

    snoozed_until: HostNs | None = None
    until_stand: bool = False
    snoozes: int = 0
    """In this bout."""
    snoozed_at: HostNs | None = None
    refused_at: HostNs | None = None
    """When the wearer last asked for a snooze and there was none left."""
    quiet_until: HostNs | None = None
    quiet_until_wall_s: int | None = None
    """Until tomorrow, by the clock on the wearer's wall, wherever that is then."""
    rest_day: int | None = None
    """The wearer's day on which a warning sign was entered: nothing is told until it is over."""
    minute: int = -1
    """Of the wall's clock, for which the next was found."""
    within_hours: bool = True

    @property
    def snoozed(self) -> bool:
        """Alerts are put off."""
        return self.until_stand or self.snoozed_until is not None

    @property
    def quiet(self) -> bool:
        """The wearer asked for it."""
        return self.quiet_until is not None or self.quiet_until_wall_s is not None

    def hear(self, event: UserAction, most_snoozes: int, civil: CivilTime) -> bool:
        """One action; whether it is a snooze that holds."""
        action = event.action
        if isinstance(action, Snooze):
            return self._snooze(event.at, action, most_snoozes)
        if isinstance(action, EndQuiet):
            self.quiet_until = self.quiet_until_wall_s = None
        elif isinstance(action, RestOfDay):
            self.rest_day = civil.stretch(event.at).day
        elif isinstance(action, DaySoFar) and action.resting:
            self.rest_day = action.day
        elif isinstance(action, Quiet):
            self.quiet_until = self.quiet_until_wall_s = None
            if action.minutes is None:
                self.quiet_until_wall_s = next_morning_s(civil.stretch(event.at).wall_s(event.at))
            else:
                self.quiet_until = _later(event.at, action.minutes)
        return False

    def _snooze(self, at: HostNs, action: Snooze, most: int) -> bool:
        choosing = self.snoozed and self.snoozed_at is not None and at - self.snoozed_at < CHOOSING_NS
        if not choosing:
            if self.snoozes >= most:
                self.refused_at = at
                return False
            self.snoozes, self.snoozed_at = self.snoozes + 1, at
        self.until_stand = action.minutes is None
        self.snoozed_until = None if action.minutes is None else _later(at, action.minutes)
        return True

    def pass_second(self, second: TimedSecond) -> None:
        """What ends with time, on standing up, and with the bout."""
        in_bout = second.sitting_since is not None or second.deep_since is not None
        if not in_bout:
            self.snoozes = 0
        if self.until_stand and (second.upright_s >= UP_S or not in_bout):
            self.until_stand = False
        if self.snoozed_until is not None and second.start >= self.snoozed_until:
            self.snoozed_until = None

    def not_told(self, start: HostNs, wall_s: int, settings: Settings) -> Hold | None:
        """Why what is decided in this second is kept to itself."""
        if self.quiet_until is not None and start >= self.quiet_until:
            self.quiet_until = None
        if self.quiet_until_wall_s is not None and wall_s >= self.quiet_until_wall_s:
            self.quiet_until_wall_s = None
        if self.rest_day is not None:
            if wall_s // S_PER_DAY <= self.rest_day:
                return Hold.REST_OF_DAY
            self.rest_day = None
        if self.quiet:
            return Hold.QUIET
        if not self._within(wall_s // 60, settings.working_hours):
            return Hold.OUTSIDE_HOURS
        return Hold.TRACK if settings.alerts.mode == "track" else None

    def _within(self, minute: int, hours: WorkingHours) -> bool:
        if minute != self.minute:
            day, of_day = divmod(minute, MIN_PER_DAY)
            self.minute, self.within_hours = minute, hours.hold(weekday_of(day), of_day)
        return self.within_hours


def next_morning_s(wall_s: int) -> int:
    """The next six o'clock."""
    return (wall_s - MORNING_S) // S_PER_DAY * S_PER_DAY + S_PER_DAY + MORNING_S


def may_keep_untold(silence: Silence, settings: Settings) -> bool:
    """Whether seconds must be asked at all."""
    return (
        silence.quiet
        or silence.rest_day is not None
        or settings.alerts.mode == "track"
        or settings.working_hours != ALL_HOURS
    )


def _later(at: HostNs, minutes: float) -> HostNs:
    return HostNs(at + round(minutes * 60 * NS_PER_S))
