"""Every state of the Now view as a picture, for somebody to look at: python -m tests.ui.dashboard_shots FOLDER [STATE ...]."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.inbound import LinkState, Quiet, Snooze
from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.theme import Scheme
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import SourceKind
from tests.ui.dashboard_lived import LivedFeed, turn, window_on
from tests.ui.replay_window import RECORDINGS, opened, stands_at

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


def alert() -> LivedFeed:
    lived = streaming()
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
    return lived


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """How a state is looked at."""

    of: Callable[[], LivedFeed]
    size: tuple[int, int] = (1280, 800)
    scheme: Scheme = Scheme.LIGHT
    font_scale: float = 1.0
    trace_range: int = 1
    frozen_back_s: float | None = None
    broken: str = ""
    """A card that stops drawing."""
    then: Callable[[Window, LivedFeed], None] | None = None
    """What is done in the window before it is looked at, e.g. another view is opened."""
    replay: str = ""
    """The recording that is replayed, at `at_s`."""
    at_s: float = 0.0


STATES: tuple[Callable[[], LivedFeed], ...] = (
    empty, searching, connecting, uncalibrated, live, near, walking, notice, nudge, alert, after_alert, thanked, snoozed,
    quiet, gap, no_data, many_drops, low_battery, not_worn, lying, lying_knees_up, unclear, untrusted, simulated, ended,
)  # fmt: skip
DARK, LARGE = Scheme.DARK, 2.0
SHOTS = {state.__name__: Shot(of=state) for state in STATES} | {
    "alert_dark": Shot(of=alert, scheme=DARK, trace_range=2),
    "live_dark": Shot(of=live, scheme=DARK),
    "after_alert_dark": Shot(of=after_alert, scheme=DARK),
    "no_data_dark": Shot(of=no_data, scheme=DARK),
    "half_minute": Shot(of=near, trace_range=0),
    "hour": Shot(of=hour, trace_range=2),
    "day": Shot(of=day, trace_range=3),
    "frozen": Shot(of=live, frozen_back_s=200.0),
    "view_error": Shot(of=live, broken="credit"),
    "small": Shot(of=live, size=(1000, 600)),
    "small_alert": Shot(of=alert, size=(1000, 600)),
    "tiny": Shot(of=alert, size=(760, 480)),
    "large": Shot(of=live, size=(1920, 1080)),
    "large_alert_dark": Shot(of=alert, size=(1920, 1080), scheme=DARK),
    "wide": Shot(of=live, size=(3840, 2160)),
    "replay": Shot(of=live, replay="alert.mcap", at_s=24.0),
    "replay_dark": Shot(of=live, replay="alert.mcap", at_s=27.5, scheme=DARK),
    "replay_gap": Shot(of=live, replay="out-of-reach.mcap", at_s=27.0),
    "replay_cut_off": Shot(of=live, replay="truncated.mcap", at_s=100.0),
    "replay_live_alert": Shot(of=alert, replay="desk.mcap", at_s=30.0),
    "replay_small": Shot(of=live, replay="alert.mcap", at_s=24.0, size=(1000, 600)),
    "replay_large_dark": Shot(of=live, replay="alert.mcap", at_s=24.0, size=(1920, 1080), scheme=DARK),
    "replay_font_200": Shot(of=live, replay="alert.mcap", at_s=24.0, font_scale=LARGE),
    "font_125": Shot(of=live, font_scale=1.25),
    "font_150": Shot(of=alert, font_scale=1.5),
    "font_200": Shot(of=live, font_scale=LARGE),
    "font_200_alert": Shot(of=alert, font_scale=LARGE),
    "font_200_large": Shot(of=alert, font_scale=LARGE, size=(1920, 1080)),
    "font_200_small": Shot(of=alert, font_scale=LARGE, size=(1000, 600)),
}


def take(shot: Shot, path: Path) -> None:
    """One picture."""
    choices = KeptChoices(
        scheme=shot.scheme, font_scale=shot.font_scale, trace_range=shot.trace_range, reduce_motion=True
    )
    lived = shot.of()
    window = window_on(lived, choices, *shot.size)
    if shot.replay:
        opened(window, RECORDINGS / shot.replay)
        stands_at(window, shot.at_s)
    view = window.views["now"]
    if shot.broken:
        card = getattr(view, shot.broken)
        card.draw = _stumble
        card.update()
    if shot.frozen_back_s is not None:
        view.trace.freeze(lived.now)  # type: ignore[attr-defined]
        view.trace.scrub(-shot.frozen_back_s)  # type: ignore[attr-defined]
    if shot.then is not None:
        shot.then(window, lived)
    turn(window)
    window.grab().save(str(path))
    window.finish()
    window.close()
    window.deleteLater()


def _stumble(*_arguments: object) -> None:
    raise ValueError("a mistake in a view")


def main() -> None:
    """All, or those that are named."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    from tests.ui import sensor_shots, settings_shots, wizard_shots  # noqa: PLC0415 - it is made of what stands here

    every = SHOTS | settings_shots.SHOTS | sensor_shots.SHOTS | wizard_shots.SHOTS
    for name in sys.argv[2:] or every:
        take(every[name], folder / f"{name}.png")
        print(name, flush=True)


if __name__ == "__main__":
    main()
