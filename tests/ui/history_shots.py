"""Every state of the History view as a picture: python -m tests.ui.history_shots FOLDER [STATE ...]."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from hipmonitor.io.history import history_file
from hipmonitor.ui.dashboard.history.history_view import HistoryView
from hipmonitor.ui.dashboard.history.loading import Span
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.opening import application
from hipmonitor.ui.dashboard.theme import Scheme
from hipmonitor.ui.kept import days as kept_days
from hipmonitor.ui.view_model.history import HourSource, hour_look
from tests.core.day_builders import DAY, zones
from tests.ui.dashboard_lived import turn, window_on
from tests.ui.dashboard_shots import live
from tests.ui.kept_history import MadeUpDay, at, keep, keep_recorded_hour, keep_weeks

NOW_S = DAY * 86_400 + 15.4 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """How a state is looked at; `day` counts back from today."""

    back: int = 1
    span: Span = Span.DAY
    hour: int | None = None
    size: tuple[int, int] = (1280, 800)
    scheme: Scheme = Scheme.LIGHT
    font_scale: float = 1.0
    reading: float | None = None
    """How far the recording is read."""
    empty: bool = False


DARK, LARGE = Scheme.DARK, 2.0
SHOTS = {
    "history_none": Shot(empty=True),
    "history_day": Shot(),
    "history_day_dark": Shot(scheme=DARK),
    "history_today": Shot(back=0, hour=14),
    "history_today_dark": Shot(back=0, hour=14, scheme=DARK),
    "history_reading": Shot(back=0, hour=14, reading=0.4),
    "history_short": Shot(back=6),
    "history_no_wear": Shot(back=19),
    "history_clock_moved": Shot(back=2),
    "history_week": Shot(span=Span.WEEK),
    "history_week_dark": Shot(span=Span.WEEK, scheme=DARK),
    "history_weeks": Shot(span=Span.WEEKS),
    "history_weeks_dark": Shot(span=Span.WEEKS, scheme=DARK),
    "history_small": Shot(size=(1000, 600)),
    "history_large": Shot(size=(1920, 1080)),
    "history_font_200": Shot(font_scale=LARGE),
    "history_font_200_large": Shot(font_scale=LARGE, size=(1920, 1080)),
    "history_week_font_200": Shot(span=Span.WEEK, font_scale=LARGE),
    "history_weeks_font_200": Shot(span=Span.WEEKS, font_scale=LARGE),
}


def keep_it_all() -> None:
    """Four weeks, a day on which the clock was moved, and today's recorded hour."""
    keep_weeks()
    keep(MadeUpDay(DAY - 2), civil=zones((at(DAY - 2, 0), 0), (at(DAY - 2, 13), 3600)))
    keep_recorded_hour()


def _settle(view: HistoryView) -> None:
    """What is read may ask for more to be read."""
    for _ in range(3):
        until = time.monotonic() + 120
        while time.monotonic() < until and any(errands.busy for errands in (view.pages, view.reading)):
            application().processEvents()
            time.sleep(0.01)
        turn(view.window())  # type: ignore[arg-type]


def take(shot: Shot, path: Path) -> None:
    """One picture."""
    window = window_on(
        live(), KeptChoices(scheme=shot.scheme, font_scale=shot.font_scale, reduce_motion=True), *shot.size
    )
    view = window.views["history"]
    assert isinstance(view, HistoryView)
    window.open_view("history")
    if not shot.empty:
        view.ask(shot.span, DAY - shot.back)
    _settle(view)
    if shot.hour is not None:
        view.choose_hour(shot.hour)
        _settle(view)
    if shot.reading is not None:
        assert view.day is not None
        view.hour.show_value(hour_look(view.day, shot.hour or 0, HourSource.READING))
        view.hour.went_on(shot.reading)
    turn(window)
    window.grab().save(str(path))
    window.finish()
    window.close()
    window.deleteLater()


def main() -> None:
    """All, or those that are named, in a home of their own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wall = type("Wall", (), {"time": staticmethod(lambda: NOW_S)})
    kept_days.time = wall  # type: ignore[assignment]
    kept_days.local_utc_offset_s = lambda _s: 0
    with tempfile.TemporaryDirectory() as home:
        os.environ["HIPMONITOR_HOME"] = home
        for name in sorted(sys.argv[2:] or SHOTS, key=lambda name: not SHOTS[name].empty):
            if not SHOTS[name].empty and not history_file().exists():
                keep_it_all()
            take(SHOTS[name], folder / f"{name}.png")
            print(name, flush=True)


if __name__ == "__main__":
    main()
