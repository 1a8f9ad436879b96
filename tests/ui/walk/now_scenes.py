"""The Now view in every state."""

from __future__ import annotations

from functools import partial

from hipmonitor.ui.dashboard.now.now_view import NowView
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import SourceKind
from tests.ui.dashboard_lived import LivedFeed
from tests.ui.walk import lives
from tests.ui.walk.scene import Scene, seen


def now_of(window: Window) -> NowView:
    view = window.views["now"]
    assert isinstance(view, NowView)
    return view


def frozen(window: Window, lived: LivedFeed, *, back_s: float) -> None:
    trace = now_of(window).trace
    trace.freeze(lived.now)
    trace.scrub(-back_s)


def never_chosen(window: Window, _lived: LivedFeed) -> None:
    """No session is open, and no sensor was ever joined."""
    window.bridge.idle(SourceKind.LIVE, empty=True)


def marked(window: Window, _lived: LivedFeed) -> None:
    """M was pressed: a note may follow."""
    now_of(window).press("M")


def _stumble(*_arguments: object) -> None:
    raise ValueError("a mistake in a view")


def broken(window: Window, _lived: LivedFeed, *, card: str) -> None:
    stopping = getattr(now_of(window), card)
    stopping.draw = _stumble
    stopping.update()


ALERT_LOOKS = "dark narrow small large_dark font_150 font_200 font_200_dark font_200_small font_200_large"
SCENES = {
    **seen("now_empty", Scene(lived=lives.empty, go=never_chosen), "dark narrow font_200"),
    **seen("now_scanning", Scene(lived=lives.searching), "dark"),
    **seen("now_connecting", Scene(lived=lives.connecting), "dark"),
    **seen("now_uncalibrated", Scene(lived=lives.uncalibrated), "dark"),
    **seen("now_live", Scene(lived=lives.live), "dark narrow small large wide font_125 font_200 font_200_large"),
    **seen("now_near", Scene(lived=lives.near, trace_range=0)),
    **seen("now_walking", Scene(lived=lives.walking)),
    **seen("now_notice", Scene(lived=lives.notice)),
    **seen("now_nudge", Scene(lived=lives.nudge), "dark"),
    **seen("now_alert", Scene(lived=lives.alert), ALERT_LOOKS),
    **seen("now_after_alert", Scene(lived=lives.after_alert), "dark"),
    **seen("now_thanked", Scene(lived=lives.thanked)),
    **seen("now_snoozed", Scene(lived=lives.snoozed), "dark"),
    **seen("now_quiet", Scene(lived=lives.quiet), "dark"),
    **seen("now_gap", Scene(lived=lives.gap)),
    **seen("now_no_data", Scene(lived=lives.no_data), "dark narrow font_200"),
    **seen("now_many_drops", Scene(lived=lives.many_drops)),
    **seen("now_low_battery", Scene(lived=lives.low_battery), "dark"),
    **seen("now_not_worn", Scene(lived=lives.not_worn), "dark"),
    **seen("now_lying", Scene(lived=lives.lying), "dark"),
    **seen("now_lying_knees_up", Scene(lived=lives.lying_knees_up)),
    **seen("now_unclear", Scene(lived=lives.unclear)),
    **seen("now_untrusted", Scene(lived=lives.untrusted)),
    **seen("now_simulated", Scene(lived=lives.simulated), "dark"),
    **seen("now_simulated_alert", Scene(lived=partial(lives.alert, SourceKind.SIMULATED))),
    **seen("now_two_banners", Scene(lived=lives.two_banners), "dark narrow font_200"),
    **seen("now_slept", Scene(lived=lives.slept)),
    **seen("now_marked", Scene(lived=lives.live, go=marked), "dark narrow font_200"),
    **seen("now_ended", Scene(lived=lives.ended), "dark"),
    **seen("now_hour", Scene(lived=lives.hour, trace_range=2)),
    **seen("now_day", Scene(lived=lives.day, trace_range=3), "dark"),
    **seen("now_frozen", Scene(lived=lives.live, go=partial(frozen, back_s=200.0))),
    **seen("now_view_error", Scene(lived=lives.live, go=partial(broken, card="credit"), stops=True), "dark"),
    **seen("now_trace_error", Scene(lived=lives.live, go=partial(broken, card="hero"), stops=True)),
}
