"""What a view shows, as plain values that know neither terminal nor window: LiveView takes updates and gives Glances."""

from hipmonitor.ui.view_model.alert_words import alert_evidence, alert_title
from hipmonitor.ui.view_model.angle_history import LOOK_BACK_S, AngleHistory, Curve, TraceRange, UnknownSpan
from hipmonitor.ui.view_model.banner import Banner, BannerKind, Offer
from hipmonitor.ui.view_model.banner_actions import BannerAction, banner_actions
from hipmonitor.ui.view_model.day_span import strip_span
from hipmonitor.ui.view_model.figure_pose import FigurePose, FigureState, figure_pose
from hipmonitor.ui.view_model.film import Film, FilmOverview, film_overview
from hipmonitor.ui.view_model.glance import Glance, RecordingNow, Situation, SourceKind
from hipmonitor.ui.view_model.guide import GuidedCalibration, Step
from hipmonitor.ui.view_model.hero_now import HeroNow, NumberKind, hero_now
from hipmonitor.ui.view_model.live_view import LiveView, limits_in_words, unconfirmed
from hipmonitor.ui.view_model.posture_now import ACTIVITY_WORDS, ActivityNow, HipNow
from hipmonitor.ui.view_model.recording_row import RecordingRow, recording_row
from hipmonitor.ui.view_model.replay_words import counts, replay_line, replay_status, ribbon_line
from hipmonitor.ui.view_model.status_now import StatusNow, status_now
from hipmonitor.ui.view_model.stream_now import Flow, LinkNow, StreamNow
from hipmonitor.ui.view_model.strip import Strip, StripCell, StripMark
from hipmonitor.ui.view_model.strip_look import HEIGHTS, Bar, Fill, PlacedMark, StripLook, placed_marks, strip_look
from hipmonitor.ui.view_model.thigh_now import AngleNow
from hipmonitor.ui.view_model.timer_now import MARKS, PIPS, CreditNow, TimerNow
from hipmonitor.ui.view_model.timer_ticks import TimerTick, timer_ticks
from hipmonitor.ui.view_model.trace import ColumnKind, Trace, TraceColumn
from hipmonitor.ui.view_model.view_memory import Totals, ViewMemory
from hipmonitor.ui.view_model.zone import NEAR_DEG, Zone

__all__ = [
    "ACTIVITY_WORDS",
    "HEIGHTS",
    "LOOK_BACK_S",
    "MARKS",
    "NEAR_DEG",
    "PIPS",
    "ActivityNow",
    "AngleHistory",
    "AngleNow",
    "Banner",
    "BannerAction",
    "BannerKind",
    "Bar",
    "ColumnKind",
    "CreditNow",
    "Curve",
    "FigurePose",
    "FigureState",
    "Fill",
    "Film",
    "FilmOverview",
    "Flow",
    "Glance",
    "GuidedCalibration",
    "HeroNow",
    "HipNow",
    "LinkNow",
    "LiveView",
    "NumberKind",
    "Offer",
    "PlacedMark",
    "RecordingNow",
    "RecordingRow",
    "Situation",
    "SourceKind",
    "StatusNow",
    "Step",
    "StreamNow",
    "Strip",
    "StripCell",
    "StripLook",
    "StripMark",
    "TimerNow",
    "TimerTick",
    "Totals",
    "Trace",
    "TraceColumn",
    "TraceRange",
    "UnknownSpan",
    "ViewMemory",
    "Zone",
    "alert_evidence",
    "alert_title",
    "banner_actions",
    "counts",
    "figure_pose",
    "film_overview",
    "hero_now",
    "limits_in_words",
    "placed_marks",
    "recording_row",
    "replay_line",
    "replay_status",
    "ribbon_line",
    "status_now",
    "strip_look",
    "strip_span",
    "timer_ticks",
    "unconfirmed",
]
