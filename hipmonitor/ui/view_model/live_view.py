"""The view model: takes what the pipeline brings, in the pipeline's thread, and gives a Glance to whoever draws, in theirs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from hipmonitor.core.alerts import AlertsNow
from hipmonitor.core.exposure import UPRIGHT, Exposure
from hipmonitor.core.inbound import ChangeSettings, ClockStep, Inbound, Tick, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate, Products
from hipmonitor.core.samples import Doubt
from hipmonitor.core.settings import Settings
from hipmonitor.ui.view_model.banner import AlertTracker
from hipmonitor.ui.view_model.banners_due import banners_due
from hipmonitor.ui.view_model.beside_now import BesideNow, BesideTracker
from hipmonitor.ui.view_model.calibration_now import CalibrationTracker
from hipmonitor.ui.view_model.durations import exact
from hipmonitor.ui.view_model.glance import Glance, RecordingNow, SourceKind
from hipmonitor.ui.view_model.guide import GuidedCalibration
from hipmonitor.ui.view_model.posture_now import ActivityTracker, HipTracker
from hipmonitor.ui.view_model.sets_seen import SetTracker
from hipmonitor.ui.view_model.sleep_now import SleepTracker
from hipmonitor.ui.view_model.state_line import Moment, not_told, situation_of, state_line
from hipmonitor.ui.view_model.stream_now import Flow, StreamTracker
from hipmonitor.ui.view_model.strip import StripKeeper, StripMark
from hipmonitor.ui.view_model.thigh_now import ThighTracker
from hipmonitor.ui.view_model.timer_now import ENDED, NO_ALERTS, CreditTracker, Stillness, deep_timer, sitting_timer
from hipmonitor.ui.view_model.trace import TraceKeeper

NOT_KEPT = frozenset({"_lock", "_recording", "_guide", "_trace"})
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
        empty: it stands for no session, and no sensor was ever chosen.
    """

    def __init__(
        self,
        *,
        source: SourceKind,
        settings: Settings | None = None,
        recording: Callable[[], RecordingNow | None] = lambda: None,
        empty: bool = False,
    ) -> None:
        self._empty = empty
        self._source, self._settings, self._recording = source, settings or Settings(), recording
        self._lock = threading.Lock()
        self._utc_offset_s = 0
        self._thigh, self._trace = ThighTracker(), TraceKeeper()
        self._activity, self._hip = ActivityTracker(), HipTracker()
        self._stream, self._strip = StreamTracker(), StripKeeper()
        self._beside = BesideTracker()
        self._beside.place(self._settings)
        self._alerts, self._credit = AlertTracker(), CreditTracker()
        self._calibration, self._sleep = CalibrationTracker(), SleepTracker()
        self._sets = SetTracker()
        self._exposure = NO_EXPOSURE
        self._told = NO_ALERTS
        self._doubt = Doubt.NONE
        self._guide: GuidedCalibration | None = None

    def __getstate__(self) -> dict[str, object]:
        """Kept with the rooms of a replay, which draws a curve of its own: without it, the lock and the file being written."""
        return {name: value for name, value in vars(self).items() if name not in NOT_KEPT}

    def __setstate__(self, state: dict[str, object]) -> None:
        """As it was."""
        vars(self).update(state, _lock=threading.Lock(), _recording=lambda: None, _guide=None, _trace=TraceKeeper())

    # --- what comes in ----------------------------------------------------------------------------------------------
    def record(self, events: Sequence[Inbound]) -> None:
        """Hear at the door what an update does not carry: settings in force and the wearer's time of day."""
        with self._lock:
            for event in events:
                if isinstance(event, Tick):
                    self._utc_offset_s = event.utc_offset_s
                    self._sets.hear(event)
                elif isinstance(event, ClockStep):
                    self._sleep.hear(event)
                elif isinstance(event, UserAction):
                    self._heard(event)

    def _heard(self, event: UserAction) -> None:
        self._calibration.hear(event)
        self._sets.hear(event)
        if isinstance(event.action, ChangeSettings):
            self._settings = event.action.settings
            self._beside.place(self._settings)

    def accept(self, update: HipUpdate) -> None:
        """Take one update."""
        with self._lock:
            for piece in update.pieces:
                self._take(piece)
            self._stream.take_links(self._beside.take_links(update.links))
            self._exposure = update.exposure
            if self._guide is not None:
                self._guide.take(update)
            for mark in update.marks:
                self._strip.mark(StripMark(at_ns=mark.at))
            if update.now is not None:
                self._heard_alerts(update.now.alerts, update.now.at)
                self._doubt = Doubt.NONE if update.now.doubt is None else update.now.doubt.kind
                self._stream.battery_percent = update.now.battery_percent

    def _take(self, piece: Products) -> None:
        self._stream.take(piece)
        self._beside.take(piece)
        self._thigh.take(piece.thigh, self._settings)
        self._trace.take(piece.thigh)
        self._calibration.take(piece.thigh)
        self._sets.take(piece.exercise, HostNs(int(piece.thigh.t_ns[-1])) if len(piece.thigh) else None)
        self._hip.take(piece.hip)
        seconds = piece.exposure.seconds
        self._activity.take(seconds)
        self._credit.take(seconds)
        self._strip.take(seconds, piece.gaps)
        self._alerts.take(piece.alerts, seconds)
        for alert in piece.alerts:
            self._strip.mark(StripMark(at_ns=alert.at, level=alert.level, sent=alert.told))

    def _heard_alerts(self, alerts: AlertsNow, at: HostNs) -> None:
        """Where alerts stand; a new snooze, or a quiet time, takes away what was shown until then."""
        before, self._told = self._told, alerts
        snooze, quiet = (alerts.snoozed_until, alerts.until_stand), alerts.quiet_until is not None
        if (any(snooze) and snooze != (before.snoozed_until, before.until_stand)) or quiet:
            self._alerts.seen(at)

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
        situation, credit = situation_of(m), self._credit.credit(self._exposure, self._settings, now)
        recording = self._recording()
        ended = m.stream.flow is Flow.ENDED
        still = Stillness(
            no_data=m.stream.flow in {Flow.GAP, Flow.NO_DATA},
            alerts=self._told,
            now=now,
            ended=ended,
        )
        return Glance(
            at=now,
            utc_offset_s=self._utc_offset_s,
            source=self._source,
            situation=situation,
            state_line=state_line(situation, m),
            angle=m.angle,
            activity=m.activity,
            hip=self._hip.hip(now, pelvis_here=_pelvis_here(m.beside)),
            sitting=sitting_timer(self._exposure, self._settings, still),
            deep=deep_timer(self._exposure, self._settings, still),
            credit=replace(credit, running=False, text=ENDED, ended=True) if ended else credit,
            link=m.link,
            stream=m.stream,
            banners=banners_due(situation, m, credit, recording),
            recording=recording,
            not_told=not_told(m),
            alerts=self._told,
            trace=self._trace.trace(now),
            strip=self._strip.strip(),
            settings=self._settings,
            limits=limits_line(self._settings),
            beside=m.beside,
            sets=self._sets.seen(),
            sides=self._beside.sides(now, m.angle.last_deg if m.angle.shown_deg is not None else None),
        )

    def _moment(self, now: HostNs) -> Moment:
        activity = self._activity.activity(now)
        up = activity.kind in UPRIGHT
        return Moment(
            now=now,
            utc_offset_s=self._utc_offset_s,
            settings=self._settings,
            link=self._stream.link,
            stream=self._stream.stream(now),
            angle=self._thigh.angle(now, self._settings),
            activity=activity,
            exposure=self._exposure,
            open_alerts=self._alerts.shown(now, up=up),
            credit=self._credit,
            calibration=self._calibration.sentence(now),
            alerts=self._told,
            doubt=self._doubt,
            slept=self._sleep.sentence(now),
            beside=self._beside.sensors(now),
            empty=self._empty,
        )


def _pelvis_here(beside: Sequence[BesideNow]) -> bool | None:
    """Whether data of the pelvis come; None where no pelvis sensor has a link."""
    return next((one.here for one in beside if one.place == "pelvis" and one.link.state is not None), None)


def limits_line(settings: Settings) -> str:
    """The limits in force, where they are not the presets: shortened ones must be visible."""
    if (settings.sitting, settings.deep_flexion) == (Settings().sitting, Settings().deep_flexion):
        return ""
    return f"Limits ({settings.set_by}): {limits_in_words(settings)}, break {exact(settings.sitting.break_s)}"


def unconfirmed(settings: Settings) -> str:
    """Said once where nobody has confirmed the limits; empty where somebody has."""
    if settings.confirmed:
        return ""
    return (
        f"Nobody has confirmed these limits ({settings.set_by}): {limits_in_words(settings)}. "
        "To confirm your own: hipmonitor settings set preset everyday, or physio."
    )


def limits_in_words(settings: Settings) -> str:
    """Sitting 30 min, above 90° 10 min."""
    sit, deep = settings.sitting, settings.deep_flexion
    return f"sitting {exact(sit.sit_limit_min * 60)}, above {deep.thigh_limit_deg:g}° {exact(deep.deep_limit_min * 60)}"
