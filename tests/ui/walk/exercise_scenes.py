"""The Exercise view: the library, a set in every phase, what comes after, and what may stand in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exercise import BY_NAME, LIBRARY
from hipmonitor.core.exercises import Target
from hipmonitor.core.inbound import LinkState, RestOfDay, StartSet
from hipmonitor.core.programme import Planned
from hipmonitor.core.settings import CountAloud
from hipmonitor.io.exercises import exercises_in_force
from hipmonitor.ui.dashboard.exercise.exercise_view import ExerciseView
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import SourceKind
from hipmonitor.ui.view_model.exercise.offered import Offered
from tests.ui.dashboard_lived import LivedFeed, turn
from tests.ui.exercising import Exercising, streaming
from tests.ui.walk import lives
from tests.ui.walk.scene import Scene, seen

ALL = Offered(exercises=exercises_in_force(files=()))
PLAN = replace(
    ALL,
    exercises=LIBRARY,
    planned=(
        Planned(exercise="bridge", target=Target(sets=2, repetitions=8, range_deg=15, up_s=2, hold_s=3, down_s=2)),
        Planned(exercise="clam_raise"),
        Planned(exercise="figure_four_stretch"),
        Planned(exercise="walking"),
    ),
)
REST = replace(ALL, rest_day=True)
BROKEN = replace(
    ALL, trouble="exercises.toml: bridge.target.sets is 40; choose a value from 0 to 20. The library's own are shown."
)
OWN_TITLE = "Einbeinige Hüftbeckenhebung mit Widerstandsband und Sitzball"
LONG = replace(ALL, exercises=(replace(BY_NAME["bridge"], name="own", title=OWN_TITLE), *ALL.exercises))
Then = Callable[["Trainee"], object]


class Trainee:
    """Somebody in front of the window."""

    def __init__(self, window: Window, lived: LivedFeed) -> None:
        window.desk.dismiss()
        window.open_view("exercise")
        view = window.view
        assert isinstance(view, ExerciseView)
        self.window, self.view, self._lived = window, view, lived
        turn(window)

    @property
    def lived(self) -> Exercising:
        assert isinstance(self._lived, Exercising)
        return self._lived

    def look(self) -> None:
        turn(self.window)

    def choose(self, name: str) -> None:
        next(t for t in self.view.library.tiles if t.tile is not None and t.tile.name == name).click()
        self.look()

    def start(self, name: str = "clam_raise") -> None:
        self.choose(name)
        self.view.library.start.click()
        self.look()

    def repeat(self, *ranges_deg: float) -> None:
        for deg in ranges_deg:
            self.lived.repetition(deg)
            self.look()

    def passes(self, seconds: float) -> None:
        """Time goes by, and the window looks on."""
        for _ in range(round(seconds)):
            self.lived.hold(1.0)
            self.look()


def come(window: Window, lived: LivedFeed, *, then: Then, offered: Offered = ALL) -> None:
    view = window.views["exercise"]
    assert isinstance(view, ExerciseView)
    view.offer = lambda _cockpit, _plan: offered
    trainee = Trainee(window, lived)
    then(trainee)
    trainee.look()


def stand_there(_trainee: Trainee) -> None:
    pass


def opened(trainee: Trainee, name: str) -> None:
    trainee.choose(name)


def editing(trainee: Trainee) -> None:
    trainee.choose("bridge")
    trainee.view.library.change.click()
    trainee.look()
    form = trainee.view.library.form
    assert form is not None
    form.rows["sets"].say_problem("Sets is 40; choose a whole number from 1 to 20.")


def plan_begun(trainee: Trainee, *, back: bool = True) -> None:
    """One exercise of today is done."""
    trainee.start("bridge")
    for number in (1, 2):
        trainee.lived.settle()
        trainee.repeat(*[18.0 + k % 3 for k in range(8)])
        if number == 1:
            trainee.view.done.next.click()
            trainee.look()
    if back:
        trainee.view.done.others.click()
    trainee.look()


def never_chosen(trainee: Trainee) -> None:
    """No sensor at all."""
    trainee.window.bridge.idle(SourceKind.LIVE, empty=True)


# --- in a set -----------------------------------------------------------------------------------------------------------
def in_set(trainee: Trainee, *ranges_deg: float) -> None:
    trainee.start()
    trainee.lived.settle()
    trainee.look()
    trainee.repeat(*ranges_deg)


def wrong_pose(trainee: Trainee) -> None:
    trainee.start()
    trainee.lived.exercise = BY_NAME["squat"]
    trainee.lived.hold(4.0)


def ready(trainee: Trainee) -> None:
    in_set(trainee)


def on_the_way(trainee: Trainee) -> None:
    in_set(trainee, 22, 25, 24, 9, 26, 23)
    trainee.lived.go(0.0, 15.0, 0.8)


def holding(trainee: Trainee) -> None:
    in_set(trainee, 22, 25, 24, 9, 26, 23)
    trainee.lived.go(0.0, 24.0, 1.2)
    trainee.lived.hold(0.9, 24.0)


def paused(trainee: Trainee) -> None:
    in_set(trainee, 22, 25, 24)
    trainee.view.press("Space")


def lost(trainee: Trainee) -> None:
    in_set(trainee, 22, 25, 24)
    trainee.lived.link(LinkState.LOST, "The sensor is out of reach. Reconnecting by itself, try 2.")
    trainee.lived.silence(9)


def untrusted(trainee: Trainee) -> None:
    in_set(trainee, 22, 25, 24)
    trainee.lived.trusted = False
    trainee.lived.go(0.0, 14.0, 1.0)


def stretch(trainee: Trainee) -> None:
    trainee.start("seated_hip_flexor_stretch")
    trainee.lived.settle()
    trainee.lived.go(0.0, 52.0, 3.0)
    trainee.lived.hold(12.0, 52.0)


def free(trainee: Trainee) -> None:
    trainee.start("free_set")
    trainee.lived.hold(2.0)
    trainee.repeat(40, 42, 38, 44, 41)
    trainee.lived.go(0.0, 30.0, 0.9)


def minutes(trainee: Trainee, name: str = "walking", seconds: int = 200) -> None:
    trainee.start(name)
    trainee.lived.seconds(seconds, ActivityKind.WALK, 12.0)


def bridging_uncalibrated(trainee: Trainee) -> None:
    """Any turn of the thigh counts."""
    trainee.start("bridge")
    trainee.lived.settle()
    trainee.repeat(22, 24)
    trainee.lived.go(0.0, 16.0, 0.9)


# --- after a set --------------------------------------------------------------------------------------------------------
def whole_set(trainee: Trainee) -> None:
    in_set(trainee, *[21.0 + (5 * k) % 7 for k in range(5)], 9.0, *[20.0 + (3 * k) % 8 for k in range(7)])


def done(trainee: Trainee) -> None:
    whole_set(trainee)
    trainee.passes(12)


def rated(trainee: Trainee) -> None:
    done(trainee)
    trainee.view.done.after.scale.chosen.emit(8)


def waits(trainee: Trainee) -> None:
    done(trainee)
    trainee.view.press("Space")


def ended_early(trainee: Trainee) -> None:
    in_set(trainee, 22, 25, 24)
    trainee.view.running.end.click()


def all_done(trainee: Trainee) -> None:
    whole_set(trainee)
    trainee.view.done.next.click()
    trainee.lived.settle()
    trainee.repeat(*[23.0 + k % 3 for k in range(12)])


def off_after(trainee: Trainee) -> None:
    """A warning sign is entered while a set runs."""
    in_set(trainee, 22, 25, 24)
    trainee.lived.act(RestOfDay())
    trainee.look()
    trainee.view.done.others.click()


# --- sessions -----------------------------------------------------------------------------------------------------------
def uncalibrated() -> Exercising:
    lived = Exercising()
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.move(np.zeros(300), sd_deg=25.0)
    return lived


def counting_silently() -> Exercising:
    lived = Exercising(replace(lives.MINE, exercise=CountAloud(count_by_sound=False, count_by_vibration=False)))
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.place()
    lived.hold(6.0)
    return lived


def replayed() -> Exercising:
    """A recording with a set in it."""
    lived = streaming(SourceKind.REPLAY)
    lived.act(StartSet(exercise=BY_NAME["clam_raise"], target=BY_NAME["clam_raise"].target))
    lived.settle()
    for deg in (22.0, 25.0, 24.0):
        lived.repetition(deg)
    lived.go(0.0, 15.0, 0.8)
    return lived


def not_worn() -> Exercising:
    lived = streaming()
    lived.seconds(90, ActivityKind.NOT_WORN, 88.0)
    return lived


def away() -> Exercising:
    lived = streaming()
    lived.link(LinkState.LOST, "The sensor is out of reach. Reconnecting by itself, try 3.")
    lived.silence(42)
    return lived


def resting() -> Exercising:
    lived = streaming()
    lived.act(RestOfDay())
    return lived


def of(then: Then = stand_there, lived: Callable[[], LivedFeed] = streaming, offered: Offered = ALL) -> Scene:
    return Scene(lived=lived, go=partial(come, then=then, offered=offered))


SCENES = {
    **seen("exercise", of(), "dark narrow small large wide font_150 font_200 font_200_small"),
    **seen("exercise_opened", of(partial(opened, name="seated_hip_flexor_stretch")), "narrow font_200_small"),
    **seen("exercise_target", of(editing), "dark narrow font_200"),
    **seen("exercise_planned", of(offered=PLAN), "dark narrow"),
    **seen("exercise_plan_begun", of(plan_begun, offered=PLAN)),
    **seen("exercise_plan_next", of(partial(plan_begun, back=False), offered=PLAN)),
    **seen("exercise_rest_day", of(offered=REST)),
    **seen("exercise_long_words", of(partial(opened, name="own"), offered=LONG), "narrow"),
    **seen("exercise_file_broken", of(offered=BROKEN)),
    **seen("exercise_empty", of(never_chosen, lives.empty), "narrow"),
    **seen("exercise_connecting", of(lived=lives.connecting)),
    **seen("exercise_searching", of(lived=lives.searching)),
    **seen("exercise_away", of(lived=away)),
    **seen("exercise_not_worn", of(lived=not_worn)),
    **seen("exercise_uncalibrated", of(lived=uncalibrated), "narrow"),
    **seen("exercise_off_today", of(lived=resting), "dark narrow"),
    **seen("exercise_pose", of(wrong_pose), "dark narrow font_200"),
    **seen("exercise_ready", of(ready)),
    **seen("exercise_moving", of(on_the_way), "dark narrow small large font_150 font_200 font_200_small"),
    **seen("exercise_silent", of(on_the_way, counting_silently)),
    **seen("exercise_holding", of(holding)),
    **seen("exercise_paused", of(paused), "dark"),
    **seen("exercise_lost", of(lost), "dark narrow"),
    **seen("exercise_untrusted", of(untrusted)),
    **seen("exercise_set_uncalibrated", of(bridging_uncalibrated, uncalibrated)),
    **seen("exercise_stretch", of(stretch), "narrow"),
    **seen("exercise_free", of(free)),
    **seen("exercise_walking", of(minutes)),
    **seen("exercise_intervals", of(partial(minutes, name="walk_jog_intervals", seconds=230)), "dark narrow"),
    **seen("exercise_replay", of(lived=replayed)),
    **seen("exercise_done", of(done), "dark narrow small large font_150 font_200 font_200_small"),
    **seen("exercise_rated", of(rated), "dark"),
    **seen("exercise_waits", of(waits)),
    **seen("exercise_ended_early", of(ended_early)),
    **seen("exercise_all_done", of(all_done)),
    **seen("exercise_off_after", of(off_after)),
}
