"""Which situation it is, and the one sentence about it (tokens 9): what is, then one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import Alert, AlertKind, AlertLevel, AlertsNow, Hold
from hipmonitor.core.exposure import UPRIGHT, Exposure
from hipmonitor.core.inbound import LinkState
from hipmonitor.core.instants import HostNs, seconds_between
from hipmonitor.core.programme import OFF_TODAY
from hipmonitor.core.samples import Doubt
from hipmonitor.core.settings import Settings
from hipmonitor.ui.view_model.alert_words import alert_evidence, alert_title
from hipmonitor.ui.view_model.banner import LASTING
from hipmonitor.ui.view_model.beside_now import BesideNow, away_sentence
from hipmonitor.ui.view_model.durations import clock_time, exact, short, spoken
from hipmonitor.ui.view_model.glance import Situation
from hipmonitor.ui.view_model.posture_now import ActivityNow
from hipmonitor.ui.view_model.stream_now import Flow, LinkNow, StreamNow
from hipmonitor.ui.view_model.thigh_now import AngleNow
from hipmonitor.ui.view_model.timer_now import CreditTracker
from hipmonitor.ui.view_model.zone import Zone

THANKS_S = 5.0
"""A completed break is said for this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """All that decides about the situation."""

    now: HostNs
    utc_offset_s: int
    settings: Settings
    link: LinkNow
    stream: StreamNow
    angle: AngleNow
    activity: ActivityNow
    exposure: Exposure | None
    open_alerts: tuple[Alert, ...]
    """Still to be shown, the highest first."""
    credit: CreditTracker
    calibration: str
    alerts: AlertsNow
    doubt: Doubt = Doubt.NONE
    """What of the sensor is not believed."""
    slept: str = ""
    """That the computer slept, while it is news."""
    beside: tuple[BesideNow, ...] = ()
    empty: bool = False
    """There is no session, and no sensor was ever chosen."""

    @property
    def up(self) -> bool:
        """Upright by the last decision."""
        return self.activity.kind in UPRIGHT

    @property
    def alert(self) -> Alert | None:
        """The one that is told of."""
        return self.open_alerts[0] if self.open_alerts else None

    @property
    def alert_level(self) -> AlertLevel | None:
        """Of the alert that is shown."""
        return None if self.alert is None else self.alert.level

    @property
    def alerted(self) -> bool:
        """An alert or a reminder is shown."""
        return self.alert is not None and self.alert.level >= AlertLevel.ALERT

    @property
    def resetting(self) -> bool:
        """Up after an alert, with a bout to be ended."""
        in_bout = self.exposure is not None and self.exposure.sitting_since is not None
        return self.up and in_bout and self.alerted and self.alert is not None and self.alert.kind in LASTING

    @property
    def quiet(self) -> bool:
        """Nothing is told for a while."""
        return self.alerts.quiet_until is not None and self.alerts.quiet_until > self.now

    @property
    def resting(self) -> bool:
        """A warning sign was entered: nothing is told today."""
        return self.alerts.not_told is Hold.REST_OF_DAY

    @property
    def snoozed(self) -> bool:
        """Alerts are put off."""
        until = self.alerts.snoozed_until
        return self.alerts.until_stand or (until is not None and until > self.now)


NOTHING_READ = frozenset({Doubt.ACCELEROMETER_STUCK, Doubt.ACCELEROMETER_SCALE})
"""With these there are no samples at all, which must not read as a lost link."""


def _break_done(m: Moment) -> bool:
    return m.credit.done_at is not None and seconds_between(m.credit.done_at, m.now) < THANKS_S


RULES: tuple[tuple[Situation, Callable[[Moment], bool]], ...] = (
    (Situation.EMPTY, lambda m: m.empty),
    (Situation.ENDED, lambda m: m.stream.flow is Flow.ENDED),
    (
        Situation.SEARCHING,
        lambda m: m.stream.flow is Flow.NONE_YET and m.link.state in {None, LinkState.SEARCHING, LinkState.LOST},
    ),
    (Situation.CONNECTING, lambda m: m.stream.flow is Flow.NONE_YET),
    (Situation.SENSOR_DOUBTED, lambda m: m.doubt in NOTHING_READ and m.link.state is LinkState.STREAMING),
    (Situation.SLEPT, lambda m: bool(m.slept)),
    (Situation.NO_DATA, lambda m: m.stream.flow is Flow.NO_DATA),
    (Situation.GAP, lambda m: m.stream.flow is Flow.GAP),
    (Situation.CALIBRATING, lambda m: bool(m.calibration)),
    (Situation.BREAK_DONE, _break_done),
    (
        Situation.ALERT_UP,
        lambda m: m.resetting,
    ),
    (Situation.RESTING, lambda m: m.resting),
    (Situation.QUIET, lambda m: m.quiet),
    (Situation.SNOOZED, lambda m: m.snoozed),
    (Situation.NOT_WORN, lambda m: m.activity.kind is ActivityKind.NOT_WORN),
    (Situation.ALERT, lambda m: m.alerted),
    (Situation.SENSOR_DOUBTED, lambda m: m.doubt is not Doubt.NONE),
    (Situation.UNCALIBRATED, lambda m: not m.angle.calibrated),
    (Situation.LYING, lambda m: m.activity.kind is ActivityKind.LIE),
    (Situation.UNCLEAR, lambda m: m.activity.kind in {ActivityKind.SEDENTARY, ActivityKind.UNKNOWN}),
    (Situation.UNTRUSTED, lambda m: m.angle.shown_deg is None),
    (Situation.NUDGE, lambda m: m.alert_level is AlertLevel.NUDGE),
    (Situation.NOTICE, lambda m: m.alert_level is AlertLevel.NOTICE),
    (Situation.BESIDE_AWAY, lambda m: any(one.away for one in m.beside)),
    (Situation.LIVE, lambda _m: True),
)
"""In order: the first that holds."""


def situation_of(moment: Moment) -> Situation:
    """The situation at that moment."""
    return next(situation for situation, holds in RULES if holds(moment))


def state_line(situation: Situation, m: Moment) -> str:
    """The sentence for it."""
    return SENTENCES[situation](m)


def _link(m: Moment) -> str:
    return m.link.sentence or "Looking for the sensor."


def _no_data(m: Moment) -> str:
    return f"On hold: no data for {short(m.stream.silent_s)}. Nothing added, nothing reset."


def _quiet(m: Moment) -> str:
    until = clock_time(m.alerts.quiet_until or m.now, m.utc_offset_s)
    return f"Quiet until {until}. Measuring goes on; nothing will be shown or played."


def not_told(m: Moment) -> str:
    """Why alerts are kept to themselves, in a few words."""
    if m.quiet:
        return f"quiet till {clock_time(m.alerts.quiet_until or m.now, m.utc_offset_s)}"
    return NOT_TOLD.get(m.alerts.not_told or Hold.QUIET, "")


NO_SENSOR_YET = "Wake it with a short shake and choose Search, or try the simulated sensor."
NOT_TOLD = {
    Hold.OUTSIDE_HOURS: "outside your hours",
    Hold.TRACK: "tracking only",
    Hold.REST_OF_DAY: "reminders rest today",
}
SNOOZES_LEFT = {0: "No more snooze is left", 1: "One more snooze is left", 2: "Two more snoozes are left"}


def _snoozed(m: Moment) -> str:
    until = "you stand up" if m.alerts.until_stand else clock_time(m.alerts.snoozed_until or m.now, m.utc_offset_s)
    left = SNOOZES_LEFT.get(m.alerts.snoozes_left, f"{m.alerts.snoozes_left} more snoozes are left")
    return f"Snoozed until {until}. {left} in this sitting bout."


def _break_said(m: Moment) -> str:
    both = m.exposure is not None and not m.exposure.deep_s and not m.exposure.sitting_s
    timers = "Both timers are" if both else "The sitting timer is"
    return f"Thank you, that was {spoken(m.credit.done_up_s)} up. {timers} back to zero."


def _standing(m: Moment) -> str:
    up_s = 0.0 if m.exposure is None else m.exposure.upright_s
    to_go_s = max(0.0, m.settings.sitting.break_s - up_s)
    more = spoken(to_go_s).replace(" ", " more ", 1)
    return f"{m.activity.word} for {spoken(m.activity.for_s)}. {more[:1].upper()}{more[1:]} {_resets(m)}."


def _resets(m: Moment) -> str:
    same = m.settings.sitting.break_s == m.settings.deep_flexion.break_s
    return "reset both timers" if same else "reset the sitting timer"


def _alert(m: Moment) -> str:
    if m.alert is None:
        return _live(m)
    minutes = m.alert.evidence.minutes * 60
    if m.alert.kind not in LASTING:
        return _told(m)
    if m.alert.kind is AlertKind.SITTING:
        return f"Sitting for {spoken(minutes)}. {exact(m.settings.sitting.break_s)} standing resets it."
    limit, needed = m.settings.deep_flexion.thigh_limit_deg, m.settings.deep_flexion.break_s
    return f"Thigh above {limit:g}° for {spoken(minutes)}. {exact(needed)} standing resets it."


def _told(m: Moment) -> str:
    if m.alert is None:
        return _live(m)
    says = (alert_title(m.alert, m.settings), alert_evidence(m.alert, m.settings, m.utc_offset_s))
    return " ".join(reversed(says) if m.alert.kind is AlertKind.LOW_SEAT else says)  # a narrow view drops what is last


def _live(m: Moment) -> str:
    if m.up and m.exposure is not None and m.exposure.sitting_since is not None and m.exposure.upright_s:
        return _standing(m)
    doing = "" if m.activity.kind is None else f"{m.activity.word} for {spoken(m.activity.for_s)}. "
    if m.angle.zone is Zone.OK:
        return f"{doing}Thigh {m.angle.shown_deg}°, below your limit."
    if m.angle.zone is Zone.UNKNOWN:
        return doing.strip() or "The sensor is sending."
    zone = m.angle.zone.words
    return f"{doing}{zone}: {m.angle.from_limit}."


SENTENCES: Mapping[Situation, Callable[[Moment], str]] = {
    Situation.ENDED: lambda m: m.link.sentence or "The session has ended.",
    Situation.EMPTY: lambda _m: f"No sensor yet. {NO_SENSOR_YET}",
    Situation.SEARCHING: _link,
    Situation.CONNECTING: _link,
    Situation.SLEPT: lambda m: m.slept,
    Situation.NO_DATA: _no_data,
    Situation.GAP: _no_data,
    Situation.CALIBRATING: lambda m: m.calibration,
    Situation.BREAK_DONE: _break_said,
    Situation.RESTING: lambda _m: f"You entered something a clinician should look at. {OFF_TODAY}",
    Situation.QUIET: _quiet,
    Situation.NOT_WORN: lambda _m: "On hold: the sensor is not worn, or lies on something. Nothing is counted.",
    Situation.UNCALIBRATED: lambda _m: "On hold: not calibrated yet. Calibrating takes about 40 seconds.",
    Situation.ALERT: _alert,
    Situation.ALERT_UP: _standing,
    Situation.SNOOZED: _snoozed,
    Situation.LYING: lambda _m: (
        "On hold: you seem to be lying down. One thigh sensor cannot tell lying from deep sitting well enough to remind you."
    ),
    Situation.UNCLEAR: lambda _m: "On hold: posture unclear. It is counted as unclear, not as sitting or standing.",
    Situation.UNTRUSTED: lambda _m: "On hold: the angle is not trusted right now. It comes back by itself.",
    Situation.SENSOR_DOUBTED: lambda m: f"{m.doubt.sentence} Restart the sensor or use another.",
    Situation.NUDGE: _told,
    Situation.NOTICE: _told,
    Situation.BESIDE_AWAY: lambda m: away_sentence(m.beside),
    Situation.LIVE: _live,
}
