"""What a view shows, as plain values that know neither terminal nor window: LiveView takes updates and gives Glances."""

from hipmonitor.ui.view_model.alert_words import alert_evidence, alert_title
from hipmonitor.ui.view_model.banner import Banner, BannerKind, Offer
from hipmonitor.ui.view_model.glance import Glance, RecordingNow, Situation, SourceKind
from hipmonitor.ui.view_model.guide import GuidedCalibration, Step
from hipmonitor.ui.view_model.live_view import LiveView, limits_in_words, unconfirmed
from hipmonitor.ui.view_model.posture_now import ACTIVITY_WORDS, ActivityNow, HipNow
from hipmonitor.ui.view_model.stream_now import Flow, LinkNow, StreamNow
from hipmonitor.ui.view_model.strip import Strip, StripCell, StripMark
from hipmonitor.ui.view_model.thigh_now import AngleNow
from hipmonitor.ui.view_model.timer_now import MARKS, PIPS, CreditNow, TimerNow
from hipmonitor.ui.view_model.trace import ColumnKind, Trace, TraceColumn
from hipmonitor.ui.view_model.zone import Zone

__all__ = [
    "ACTIVITY_WORDS",
    "MARKS",
    "PIPS",
    "ActivityNow",
    "AngleNow",
    "Banner",
    "BannerKind",
    "ColumnKind",
    "CreditNow",
    "Flow",
    "Glance",
    "GuidedCalibration",
    "HipNow",
    "LinkNow",
    "LiveView",
    "Offer",
    "RecordingNow",
    "Situation",
    "SourceKind",
    "Step",
    "StreamNow",
    "Strip",
    "StripCell",
    "StripMark",
    "TimerNow",
    "Trace",
    "TraceColumn",
    "Zone",
    "alert_evidence",
    "alert_title",
    "limits_in_words",
    "unconfirmed",
]
