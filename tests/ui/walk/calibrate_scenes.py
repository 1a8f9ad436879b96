"""The Calibrate view: every step of the wizard, and what may come between."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from hipmonitor.core.inbound import LinkState, Pose
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed, turn
from tests.ui.walk import lives
from tests.ui.walk.scene import Scene, seen
from tests.ui.wizard_walk import Walk

NOT_STILL = "The thigh did not keep still. Try once more."
UNKNOWN_DEG = float("inf")


def walked(window: Window, lived: LivedFeed, *, then: Callable[[Walk], object]) -> None:
    window.desk.dismiss()
    then(Walk(window, lived))


def unheard(window: Window, _lived: LivedFeed) -> None:
    window.open_view("calibrate")
    turn(window)


def put_on(_walk: Walk) -> None:
    pass


def standing(walk: Walk) -> None:
    walk.to(Pose.STAND, 2)


def lifting(walk: Walk) -> None:
    walk.to(Pose.LIFT, 1)


def sitting(walk: Walk) -> None:
    walk.to(Pose.SIT, 2)


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


def loose(walk: Walk) -> None:
    """Once more, and it came out worse."""
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


def nothing_known(walk: Walk) -> None:
    walk.sd_deg = UNKNOWN_DEG
    sitting(walk)


def unplaced() -> LivedFeed:
    """No angle is known at all."""
    lived = lives.streaming()
    lived.seconds(10, lives.STAND, 0.0, sd_deg=UNKNOWN_DEG)
    return lived


def of(then: Callable[[Walk], object], lived: Callable[[], LivedFeed] = lives.uncalibrated) -> Scene:
    return Scene(lived=lived, go=partial(walked, then=then))


SCENES = {
    **seen("calibrate_empty", Scene(lived=lives.searching, go=unheard)),
    **seen("calibrate_put_on", of(put_on), "dark narrow"),
    **seen("calibrate_stand", of(standing), "dark"),
    **seen("calibrate_lift", of(lifting), "dark"),
    **seen("calibrate_sit", of(sitting), "dark narrow small large font_150 font_200"),
    **seen("calibrate_unplaced", of(nothing_known, unplaced)),
    **seen("calibrate_refused", of(refused)),
    **seen("calibrate_lost", of(lost)),
    **seen("calibrate_result", of(done), "dark narrow font_200"),
    **seen("calibrate_loose", of(loose)),
    **seen("calibrate_skipped", of(skipped)),
}
