"""The History view: days of every kind, a week, four weeks."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

from hipmonitor.io.history import history_file
from hipmonitor.ui.dashboard.history.history_view import HistoryView
from hipmonitor.ui.dashboard.history.loading import Span
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model.history import HourSource, hour_look
from tests.core.day_builders import DAY, zones
from tests.ui.dashboard_lived import LivedFeed
from tests.ui.kept_history import MadeUpDay, at, keep, keep_recorded_hour, keep_weeks
from tests.ui.walk import lives
from tests.ui.walk.scene import Scene, seen, settle


def home_with_days(homes: Path) -> Path:
    """Four weeks, a day on which the clock was moved, and an hour of today that was recorded."""
    home = homes / "days"
    with patch.dict(os.environ, HIPMONITOR_HOME=str(home)):
        if not history_file().exists():
            keep_weeks()
            keep(MadeUpDay(DAY - 2), civil=zones((at(DAY - 2, 0), 0), (at(DAY - 2, 13), 3600)))
            keep_recorded_hour()
    return home


def history_of(window: Window) -> HistoryView:
    window.open_view("history")
    view = window.view
    assert isinstance(view, HistoryView)
    return view


def _settle(view: HistoryView) -> None:
    window = view.window()
    assert isinstance(window, Window)
    settle(window, lambda: any(errands.busy for errands in (view.pages, view.reading)))


def none(window: Window, _lived: LivedFeed) -> None:
    _settle(history_of(window))


def looked_at(
    window: Window,
    _lived: LivedFeed,
    *,
    span: Span = Span.DAY,
    back: int = 1,
    then: Callable[[HistoryView], object] = _settle,
) -> None:
    """So many days back from today."""
    view = history_of(window)
    view.ask(span, DAY - back)
    _settle(view)
    then(view)


def at_two(view: HistoryView) -> None:
    """The hour that was recorded."""
    view.choose_hour(14)
    _settle(view)


def reading(view: HistoryView) -> None:
    """That recording is still being read."""
    at_two(view)
    assert view.day is not None
    view.hour.show_value(hour_look(view.day, 14, HourSource.READING))
    view.hour.went_on(0.4)


def of(**how: object) -> Scene:
    return Scene(lived=lives.live, go=partial(looked_at, **how), days=True)  # type: ignore[arg-type]


SCENES = {
    **seen("history_none", Scene(lived=lives.live, go=none), "dark narrow"),
    **seen("history_day", of(), "dark narrow small large font_200 font_200_large"),
    **seen("history_today", of(back=0, then=at_two), "dark"),
    **seen("history_reading", of(back=0, then=reading)),
    **seen("history_short", of(back=6)),
    **seen("history_no_wear", of(back=19)),
    **seen("history_clock_moved", of(back=2)),
    **seen("history_week", of(span=Span.WEEK), "dark narrow font_200"),
    **seen("history_weeks", of(span=Span.WEEKS), "dark narrow font_200"),
}
