"""What the wearer sees in this home: the window's views and the report, as PNG."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed, turn, window_on
from tests.ui.walk import lives
from tests.ui.walk.scene import LOOKS, picture, settle

PAGE_PX: Final = (820, 15000)
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
Way = Callable[[Window], object]


def photographed(name: str, out: Path, go: Way, look: str = "") -> None:
    """A window on a sensor that streams, in this home; `name`.png."""
    kept = LOOKS.get(look)
    size, scheme = ((1280, 800), None) if kept is None else (kept.size, kept.scheme)
    choices = KeptChoices(reduce_motion=True) if scheme is None else KeptChoices(scheme=scheme, reduce_motion=True)
    window = window_on(_streaming(), choices, *size)
    try:
        go(window)
        turn(window)
        if not picture(window).save(str(out / f"{name}.png")):
            raise OSError(f"{out / name}.png was not written")
    finally:
        window.finish()
        window.close()
        window.deleteLater()


def _streaming() -> LivedFeed:
    return lives.live()


def exercise(window: Window) -> None:
    """The library, today's exercises first."""
    window.open_view("exercise")
    settle(window)


def plan_part(number: int = 0, then: Callable[[object], object] = lambda _view: None) -> Way:
    """The Plan view: today, the load picture, before harder days."""

    def go(window: Window) -> None:
        from hipmonitor.ui.dashboard.plan.plan_view import PlanView  # noqa: PLC0415 - Qt

        window.open_view("plan")
        view = window.view
        assert isinstance(view, PlanView)
        settle(window, lambda: view.reading.busy or view.writing.busy)
        if number:
            view.part.choose(number)
        then(view)
        settle(window, lambda: view.reading.busy or view.writing.busy)

    return go


def check_in(window: Window) -> None:
    """The form."""
    plan_part(then=lambda view: view.begin_check_in())(window)  # type: ignore[attr-defined]


def history_week(window: Window) -> None:
    """The last days as the history has them."""
    from hipmonitor.ui.dashboard.history.history_view import HistoryView  # noqa: PLC0415 - Qt

    window.open_view("history")
    view = window.view
    assert isinstance(view, HistoryView)
    settle(window, lambda: view.pages.busy or view.reading.busy)


LAST_EVENING: Final[dict[str, Way]] = {
    "exercise": exercise,
    "plan": plan_part(),
    "check-in": check_in,
    "load-picture": plan_part(1),
    "before-harder-days": plan_part(2),
    "history": history_week,
}


def report_picture(html: Path, png: Path) -> bool:
    """By a browser without a window; False where there is none."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return False
    wide, tall = PAGE_PX
    words = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={wide},{tall}"]
    subprocess.run(
        [browser, *words, f"--screenshot={png}", html.resolve().as_uri()], capture_output=True, check=True, timeout=120
    )
    return True
