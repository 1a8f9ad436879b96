"""The Replay view: the list, a recording at some instant, playing, looping."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from shutil import copy

from hipmonitor.io.places import recordings_folder
from hipmonitor.ui.dashboard.replay.projector import SPEEDS
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed
from tests.ui.replay_window import RECORDINGS, opened, replay_of, stands_at, until
from tests.ui.walk import lives
from tests.ui.walk.scene import Scene, seen

PLAYED_FROM_S, PLAYED_TO_S = 2600.0, 2640.0


def at(window: Window, _lived: LivedFeed, *, file: str, second: float) -> None:
    opened(window, RECORDINGS / file)
    stands_at(window, second)


def playing(window: Window, _lived: LivedFeed) -> None:
    """The hour that was recorded, at 20 times its speed, half a minute into its second sitting."""
    opened(window, next(recordings_folder().glob("*.mcap")))
    stands_at(window, PLAYED_FROM_S)
    view = replay_of(window)
    assert view.projector is not None
    projector = view.projector
    view.page.transport.speed.choose(SPEEDS.index(20.0))
    view.press("Space")
    until(window, lambda: projector.now() >= projector.film.start + PLAYED_TO_S * 1e9)


def looping(window: Window, lived: LivedFeed) -> None:
    at(window, lived, file="desk.mcap", second=20.0)
    view = replay_of(window)
    view.press("[")
    stands_at(window, 50.0)
    view.press("]")
    stands_at(window, 35.0)


def listed(window: Window, _lived: LivedFeed) -> None:
    """Some recordings lie here: whole, cut off, and something that is none."""
    folder = recordings_folder() / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("alert.mcap", "desk.mcap", "truncated.mcap"):
        copy(RECORDINGS / name, folder / name)
    (folder / "notes.mcap").write_text("this is no recording")
    window.open_view("replay")
    until(window, lambda: replay_of(window).opening.list.buttons)


def nothing_there(window: Window, _lived: LivedFeed) -> None:
    window.open_view("replay")
    until(window, lambda: replay_of(window).library.rows is not None)


def of(file: str, second: float, lived: Callable[[], LivedFeed] = lives.live) -> Scene:
    return Scene(lived=lived, go=partial(at, file=file, second=second))


SCENES = {
    **seen("replay_none", Scene(lived=lives.live, go=nothing_there)),
    **seen("replay_list", Scene(lived=lives.live, go=listed, days=True), "dark narrow font_200"),
    **seen("replay_alert", of("alert.mcap", 27.5), "dark narrow small large_dark font_200 font_200_small"),
    **seen("replay_20x", Scene(lived=lives.live, go=playing, days=True), "dark"),
    **seen("replay_loop", Scene(lived=lives.live, go=looping)),
    **seen("replay_gap", of("out-of-reach.mcap", 27.0)),
    **seen("replay_cut_off", of("truncated.mcap", 100.0)),
    **seen("replay_live_alert", of("desk.mcap", 30.0, lives.alert), "narrow"),
}
