"""What was lived before somebody looks: every state a session can be in, made by the real rooms."""

from __future__ import annotations

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.inbound import ClockStep, LinkState, Quiet, Snooze
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.settings import Settings
from hipmonitor.ui.view_model import SourceKind
from tests.ui.dashboard_lived import LivedFeed

SIT, STAND, WALK, LIE = ActivityKind.SIT, ActivityKind.STAND, ActivityKind.WALK, ActivityKind.LIE
MINE = Settings(side="left", set_by="me", confirmed=True)


def new(source: SourceKind = SourceKind.LIVE) -> LivedFeed:
    return LivedFeed(MINE, source)


def streaming(source: SourceKind = SourceKind.LIVE) -> LivedFeed:
    lived = new(source)
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    return lived


def empty() -> LivedFeed:
    lived = new()
    lived.recording = None
    return lived


def searching() -> LivedFeed:
    lived = empty()
    lived.link(LinkState.SEARCHING, "Looking for the sensor.")
    return lived


def connecting() -> LivedFeed:
    lived = empty()
    lived.link(LinkState.CONNECTING, "Connecting to hip sensor.")
    return lived


def uncalibrated() -> LivedFeed:
    lived = streaming()
    lived.seconds(40, SIT, 78.0, sd_deg=15.0)
    return lived


def fidget(lived: LivedFeed, seconds: int, kind: ActivityKind, deg: float) -> None:
    """Somebody alive: a few degrees, now and then more."""
    for k in range(0, seconds, 2):
        lived.seconds(2, kind, deg + (k * 7 % 5) * 0.6 - (6 if k % 46 == 0 else 0))


def morning(lived: LivedFeed) -> None:
    """A walk, some sitting, some of it deep, a gap, a mark."""
    fidget(lived, 60, STAND, 6.0)
    for k in range(20):
        lived.seconds(1, WALK, 25.0 if k % 2 else -8.0)
    fidget(lived, 150, SIT, 84.0)
    lived.mark()
    fidget(lived, 40, SIT, 95.0)
    fidget(lived, 100, SIT, 80.0)
    lived.gap_told(14)
    fidget(lived, 100, SIT, 76.0)


def live() -> LivedFeed:
    lived = streaming()
    morning(lived)
    fidget(lived, 550, SIT, 77.0)
    return lived


def notice() -> LivedFeed:
    lived = streaming()
    fidget(lived, 20, STAND, 5.0)
    fidget(lived, 1450, SIT, 84.0)
    return lived


def nudge() -> LivedFeed:
    lived = streaming()
    fidget(lived, 20, STAND, 5.0)
    fidget(lived, 1626, SIT, 84.0)
    return lived


def alert(source: SourceKind = SourceKind.LIVE) -> LivedFeed:
    lived = streaming(source)
    fidget(lived, 20, STAND, 5.0)
    fidget(lived, 900, SIT, 80.0)
    fidget(lived, 606, SIT, 97.0)
    return lived


def after_alert() -> LivedFeed:
    lived = alert()
    lived.seconds(41, STAND, 8.0)
    return lived


def thanked() -> LivedFeed:
    lived = alert()
    lived.seconds(61, STAND, 8.0)
    return lived


def snoozed() -> LivedFeed:
    lived = alert()
    lived.act(Snooze(minutes=5))
    fidget(lived, 48, SIT, 96.0)
    return lived


def quiet() -> LivedFeed:
    lived = live()
    lived.act(Quiet(minutes=60))
    fidget(lived, 20, SIT, 78.0)
    return lived


def gap() -> LivedFeed:
    lived = live()
    lived.silence(3)
    return lived


def no_data() -> LivedFeed:
    lived = live()
    lived.link(LinkState.LOST, "The sensor is out of reach. Reconnecting by itself, try 3.")
    lived.silence(42)
    return lived


def many_drops() -> LivedFeed:
    lived = live()
    lived.seconds(10, SIT, 78.0, lost=2)
    return lived


def low_battery() -> LivedFeed:
    lived = live()
    lived.battery = 14
    lived.seconds(2, SIT, 78.0)
    return lived


def two_banners() -> LivedFeed:
    """An alert, and the battery waits behind it."""
    lived = alert()
    lived.battery = 14
    lived.seconds(2, SIT, 97.0)
    return lived


def slept() -> LivedFeed:
    lived = live()
    lived.silence(2700)
    lived.view.record([ClockStep(at=lived.now, step_ns=0, reason="", slept_ns=2700 * NS_PER_S)])
    lived.silence(1)
    return lived


def not_worn() -> LivedFeed:
    lived = live()
    lived.seconds(90, ActivityKind.NOT_WORN, 88.0)
    return lived


def lying() -> LivedFeed:
    lived = live()
    fidget(lived, 120, LIE, 94.0)
    return lived


def lying_knees_up() -> LivedFeed:
    lived = live()
    fidget(lived, 120, LIE, 125.0)
    return lived


def unclear() -> LivedFeed:
    lived = live()
    fidget(lived, 60, ActivityKind.SEDENTARY, 88.0)
    return lived


def untrusted() -> LivedFeed:
    lived = live()
    lived.seconds(20, SIT, 78.0, trusted=False)
    return lived


def near() -> LivedFeed:
    lived = live()
    fidget(lived, 60, SIT, 86.0)
    return lived


def walking() -> LivedFeed:
    lived = live()
    for k in range(20):
        lived.seconds(1, WALK, 25.0 if k % 2 else -8.0)
    lived.seconds(1, WALK, 28.0)
    return lived


def simulated() -> LivedFeed:
    lived = streaming(SourceKind.SIMULATED)
    morning(lived)
    return lived


def hour() -> LivedFeed:
    """A little more than one."""
    lived = streaming()
    for minutes, kind, deg in ((12, SIT, 82.0), (2, WALK, 12.0), (26, SIT, 84.0), (4, STAND, 4.0), (3, SIT, 79.0)):
        lived.seconds(60 * minutes, kind, deg)
    morning(lived)
    return lived


def day() -> LivedFeed:
    """Nine hours."""
    lived = streaming()
    for _ in range(5):
        morning(lived)
        for minutes, kind, deg in ((18, SIT, 82.0), (2, WALK, 12.0), (16, SIT, 93.0), (3, STAND, 4.0), (12, SIT, 79.0)):
            lived.seconds(60 * minutes, kind, deg)
    return lived


def ended() -> LivedFeed:
    lived = live()
    lived.link(LinkState.ENDED, "The sensor was switched off.")
    lived.silence(6)
    return lived


def desk() -> LivedFeed:
    """Just sat down."""
    lived = streaming()
    lived.seconds(20, SIT, 78.0)
    return lived
