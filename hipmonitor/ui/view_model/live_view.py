"""The view model: takes what the pipeline brings, in the pipeline's thread, and gives a Glance to whoever draws, in theirs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from hipmonitor.core.alerts import AlertKind, AlertLevel, Hold
from hipmonitor.core.exposure import UPRIGHT, Exposure
from hipmonitor.core.inbound import ChangeSettings, Inbound, Tick, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate, Products
from hipmonitor.core.samples import Doubt
from hipmonitor.core.settings import Settings
from hipmonitor.ui.view_model.banner import AlertTracker, Banner, BannerKind, alert_evidence, alert_title
from hipmonitor.ui.view_model.calibration_now import CalibrationTracker
from hipmonitor.ui.view_model.durations import exact, short
from hipmonitor.ui.view_model.glance import Glance, RecordingNow, Situation, SourceKind
from hipmonitor.ui.view_model.guide import GuidedCalibration
from hipmonitor.ui.view_model.posture_now import ActivityTracker, HipTracker
from hipmonitor.ui.view_model.state_line import Moment, situation_of, state_line
from hipmonitor.ui.view_model.stream_now import Flow, StreamTracker
from hipmonitor.ui.view_model.strip import StripKeeper, StripMark
from hipmonitor.ui.view_model.thigh_now import ThighTracker
from hipmonitor.ui.view_model.timer_now import CreditTracker, Stillness, deep_timer, sitting_timer
from hipmonitor.ui.view_model.trace import TraceKeeper

LOW_BATTERY_PERCENT = 20
"""Views 3.1."""
NO_EXPOSURE = Exposure(
    as_of=HostNs(0),
    seconds={},
    undecided_s=0.0,
    sitting_s=0.0,
    sitting_since=None,
    upright_s=0.0,
    deep_s=0.0,
    deep_total_s=0.0,
    longest_deep_s=0.0,
    bouts=0,
    breaks=0,
    sit_to_stand=0,
    latest=None,
)


class LiveView:
    """A Recorder (it hears the settings and the civil time at the door) and a Sink. Every method may come from any thread.

    Args:
        source: where the data come from, for the title.
        settings: in force until the first event says otherwise.
        recording: tells the file being written, if there is one.
    """

    def __init__(
        self,
        *,
        source: SourceKind,
        settings: Settings | None = None,
        recording: Callable[[], RecordingNow | None] = lambda: None,
    ) -> None:
        self._source, self._settings, self._recording = source, settings or Settings(), recording
        self._lock = threading.Lock()
        self._utc_offset_s = 0
        self._thigh, self._trace = ThighTracker(), TraceKeeper()
        self._activity, self._hip = ActivityTracker(), HipTracker()
        self._stream, self._strip = StreamTracker(), StripKeeper()
        self._alerts, self._credit = AlertTracker(), CreditTracker()
        self._calibration = CalibrationTracker()
        self._exposure = NO_EXPOSURE
        self._holds: dict[AlertKind, Hold | None] = {}
        self._snoozed_until: HostNs | None = None
        self._quiet_until: HostNs | None = None
        self._doubt = Doubt.NONE
        self._guide: GuidedCalibration | None = None

    # --- what comes in ----------------------------------------------------------------------------------------------
    def record(self, events: Sequence[Inbound]) -> None:
        """Hear at the door what an update does not carry: settings in force and the wearer's time of day."""
        with self._lock:
            for event in events:
                if isinstance(event, Tick):
                    self._utc_offset_s = event.utc_offset_s
                elif isinstance(event, UserAction):
                    self._heard(event)

    def _heard(self, event: UserAction) -> None:
        self._calibration.hear(event)
        if isinstance(event.action, ChangeSettings):
            self._settings = event.action.settings

    def accept(self, update: HipUpdate) -> None:
        """Take one update."""
        with self._lock:
            for piece in update.pieces:
                self._take(piece)
            self._stream.take_links(update.links)
            self._exposure = update.exposure
            self._credit.take(update.exposure)
            if self._guide is not None:
                self._guide.take(update)
            for mark in update.marks:
                self._strip.mark(StripMark(at_ns=mark.at))
            if update.now is not None:
                self._holds = update.now.alerts.holds
                self._doubt = Doubt.NONE if update.now.doubt is None else update.now.doubt.kind
                self._stream.battery_percent = update.now.battery_percent
                self._heard_snooze(update.now.alerts.snoozed_until, update.now.at)

    def _take(self, piece: Products) -> None:
        self._stream.take(piece)
        self._thigh.take(piece.thigh, self._settings)
        self._trace.take(piece.thigh)
        self._calibration.take(piece.thigh)
        self._hip.take(piece.hip)
        seconds = piece.exposure.seconds
        self._activity.take(seconds)
        self._strip.take(seconds, piece.gaps)
        self._alerts.take(piece.alerts, seconds)
        for alert in piece.alerts:
            sent = self._quiet_until is None or alert.at > self._quiet_until
            self._strip.mark(StripMark(at_ns=alert.at, level=alert.level, sent=sent))

    def _heard_snooze(self, until: HostNs | None, at: HostNs) -> None:
        if until and until != self._snoozed_until:
            self._snoozed_until = until
            self._alerts.snoozed(at)

    def quiet(self, until: HostNs | None) -> None:
        """Show and play nothing until then; None ends it. Measuring and alerts in the recording go on."""
        with self._lock:
            self._quiet_until = until

    def guide(self, calibration: GuidedCalibration | None) -> None:
        """A calibration that wants to know what becomes of the poses it asks for; None = no longer."""
        with self._lock:
            self._guide = calibration

    # --- what goes out ----------------------------------------------------------------------------------------------
    def glance(self, now: HostNs) -> Glance:
        """Everything a view shows at that moment."""
        with self._lock:
            return self._glance(now)

    def _glance(self, now: HostNs) -> Glance:
        m = self._moment(now)
        situation = situation_of(m)
        still = Stillness(
            no_data=m.stream.flow in {Flow.GAP, Flow.NO_DATA},
            snoozed_for_s=0.0 if self._snoozed_until is None else (self._snoozed_until - now) / 1e9,
            holds=self._holds,
        )
        return Glance(
            at=now,
            utc_offset_s=self._utc_offset_s,
            source=self._source,
            situation=situation,
            state_line=state_line(situation, m),
            angle=m.angle,
            activity=m.activity,
            hip=self._hip.hip(now),
            sitting=sitting_timer(self._exposure, self._settings, still),
            deep=deep_timer(self._exposure, self._settings, still),
            credit=self._credit.credit(self._exposure, self._settings, now),
            link=m.link,
            stream=m.stream,
            banner=_banner(situation, m),
            recording=self._recording(),
            quiet_until=m.quiet_until,
            trace=self._trace.trace(now),
            strip=self._strip.strip(),
            settings=self._settings,
            limits=limits_line(self._settings),
        )

    def _moment(self, now: HostNs) -> Moment:
        activity = self._activity.activity(now)
        up = activity.kind in UPRIGHT
        quiet = self._quiet_until if self._quiet_until is not None and self._quiet_until > now else None
        return Moment(
            now=now,
            utc_offset_s=self._utc_offset_s,
            settings=self._settings,
            link=self._stream.link,
            stream=self._stream.stream(now),
            angle=self._thigh.angle(now, self._settings),
            activity=activity,
            exposure=self._exposure,
            alert=None if quiet else self._alerts.shown(now, up=up),
            credit=self._credit,
            calibration=self._calibration.sentence(now),
            snoozed_until=self._snoozed_until,
            quiet_until=quiet,
            doubt=self._doubt,
        )


def _banner(situation: Situation, m: Moment) -> Banner | None:
    """The first that is due."""
    if m.alert is not None and m.alert.level > AlertLevel.NOTICE:
        if situation is Situation.ALERT_UP:
            return Banner(
                kind=BannerKind.CREDIT, title=alert_title(m.alert, m.settings), evidence=state_line(situation, m)
            )
        kind = BannerKind.ALERT if m.alert.level is AlertLevel.ALERT else BannerKind.NUDGE
        evidence = alert_evidence(m.alert, m.settings, m.utc_offset_s)
        return Banner(kind=kind, title=alert_title(m.alert, m.settings), evidence=evidence, alert=m.alert)
    if situation is Situation.NO_DATA:
        return Banner(
            kind=BannerKind.NO_DATA, title=f"No data for {short(m.stream.silent_s)}.", evidence=m.link.sentence
        )
    battery = m.stream.battery_percent
    if battery is not None and battery < LOW_BATTERY_PERCENT:
        title = f"The thigh sensor's battery is at {battery} %."
        return Banner(kind=BannerKind.LOW_BATTERY, title=title, evidence="Charge it tonight.")
    if situation is Situation.UNCALIBRATED:
        evidence = "Stand still, then sit still: about 40 seconds."
        return Banner(kind=BannerKind.CALIBRATE, title="Not calibrated yet.", evidence=evidence)
    return None


def limits_line(settings: Settings) -> str:
    """The limits in force, where they are not the presets: shortened ones must be visible."""
    if (settings.sitting, settings.deep_flexion) == (Settings().sitting, Settings().deep_flexion):
        return ""
    sit, deep = settings.sitting, settings.deep_flexion
    return (
        f"Limits ({settings.set_by}): sitting {exact(sit.sit_limit_min * 60)}, "
        f"above {deep.thigh_limit_deg:g}° {exact(deep.deep_limit_min * 60)}, break {exact(sit.break_s)}"
    )
