"""States of the Calibrate view as pictures."""

from __future__ import annotations

from collections.abc import Callable

from hipmonitor.core.inbound import LinkState, Pose
from hipmonitor.ui.dashboard.theme import Scheme
from hipmonitor.ui.dashboard.window import Window
from tests.ui import dashboard_shots as shots
from tests.ui.dashboard_lived import LivedFeed, turn
from tests.ui.wizard_walk import Walk

NOT_STILL = "The thigh did not keep still. Try once more."


def walked(then: Callable[[Walk], None]) -> Callable[[Window, LivedFeed], None]:
    def walk(window: Window, lived: LivedFeed) -> None:
        window.desk.dismiss()
        then(Walk(window, lived))

    return walk


def unheard(window: Window, _lived: LivedFeed) -> None:
    window.open_view("calibrate")
    turn(window)


def lost(walk: Walk) -> None:
    walk.to(Pose.SIT, 1)
    walk.lived.link(LinkState.LOST, "The sensor is out of reach. Reconnecting by itself, try 2.")
    walk.lived.silence(8)
    turn(walk.window)


def refused(walk: Walk) -> None:
    walk.to(Pose.SIT, 1)
    walk.judged(NOT_STILL, accepted=False)


def done(walk: Walk) -> None:
    walk.begin()
    walk.through(Pose.STAND, Pose.LIFT, Pose.SIT)
    walk.live(3)


def again(walk: Walk) -> None:
    done(walk)
    walk.view.again.click()
    walk.pose = Pose.STAND
    walk.live(2)
    walk.begin()
    walk.through(Pose.STAND, Pose.LIFT)
    walk.pose = Pose.SIT
    walk.held(2)
    walk.judged(sd_deg=7.4)
    walk.live(3)


def skipped(walk: Walk) -> None:
    walk.to(Pose.SIT, 0)
    walk.view.skip.click()
    turn(walk.window)


def unplaced() -> LivedFeed:
    """No angle is known at all."""
    lived = shots.streaming()
    lived.seconds(10, shots.STAND, 0.0, sd_deg=float("inf"))
    return lived


def nothing_known(walk: Walk) -> None:
    walk.sd_deg = float("inf")
    walk.to(Pose.SIT, 2)


def of(then: Callable[[Walk], None], **how: object) -> shots.Shot:
    return shots.Shot(of=shots.uncalibrated, then=walked(then), **how)  # type: ignore[arg-type]


def sitting(walk: Walk) -> None:
    walk.to(Pose.SIT, 2)


SHOTS = {
    "calibrate_put_on": of(lambda _walk: None),
    "calibrate_empty": shots.Shot(of=shots.searching, then=unheard),
    "calibrate_stand": of(lambda walk: walk.to(Pose.STAND, 2)),
    "calibrate_lift": of(lambda walk: walk.to(Pose.LIFT, 1)),
    "calibrate_sit": of(sitting),
    "calibrate_dark": of(sitting, scheme=Scheme.DARK),
    "calibrate_unplaced": shots.Shot(of=unplaced, then=walked(nothing_known)),
    "calibrate_refused": of(refused),
    "calibrate_lost": of(lost),
    "calibrate_result": of(done),
    "calibrate_result_dark": of(done, scheme=Scheme.DARK),
    "calibrate_loose": of(again),
    "calibrate_skipped": of(skipped),
    "calibrate_small": of(sitting, size=(1000, 600)),
    "calibrate_200": of(sitting, font_scale=2.0),
    "calibrate_150": of(sitting, font_scale=1.5),
    "calibrate_large": of(sitting, size=(1920, 1080)),
}
