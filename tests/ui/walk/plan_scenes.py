"""The Plan view: weeks of a life with check-ins, every form, and what there is before."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from hipmonitor.core.programme import STARTING_PLAN
from hipmonitor.io import places
from hipmonitor.io.plan import save_plan, template_text
from hipmonitor.ui.dashboard.plan.plan_view import PlanView
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed
from tests.ui.kept_care import keep_care, tick_sign
from tests.ui.walk import lives
from tests.ui.walk.scene import Scene, seen, settle

BROKEN = template_text(STARTING_PLAN, "2026-03-02").replace("least_days = 7", 'least_days = "many"', 1)


def plan_of(window: Window) -> PlanView:
    window.open_view("plan")
    view = window.view
    assert isinstance(view, PlanView)
    return view


def _settle(view: PlanView) -> None:
    window = view.window()
    assert isinstance(window, Window)
    settle(window, lambda: view.reading.busy or view.writing.busy)


def looked_at(
    window: Window,
    _lived: LivedFeed,
    *,
    before: Callable[[], object] = lambda: None,
    then: Callable[[PlanView], object] = lambda _view: None,
) -> None:
    before()
    view = plan_of(window)
    _settle(view)
    then(view)
    _settle(view)


def template() -> None:
    save_plan(template_text(STARTING_PLAN, "2026-03-02"))


def broken() -> None:
    places.plan_file().parent.mkdir(parents=True, exist_ok=True)
    places.plan_file().write_text(BROKEN)


def reading(view: PlanView) -> None:
    view.page = None
    view._show_cards()


def unreadable(view: PlanView) -> None:
    view.reading.failed.emit(0, "history.db: cannot be read; look at the disk, then try again")


def wrong(view: PlanView) -> None:
    view.begin_check_in()
    view.asking.keep.click()


def home_with_care(homes: Path) -> Path:
    """Six weeks with a plan, check-ins, days and sets."""
    home = homes / "care"
    with patch.dict(os.environ, HIPMONITOR_HOME=str(home)):
        if not places.plan_file().exists():
            keep_care()
    return home


def of(**how: object) -> Scene:
    return Scene(lived=lives.live, go=partial(looked_at, **how), home=home_with_care)  # type: ignore[arg-type]


def new(**how: object) -> Scene:
    return Scene(lived=lives.live, go=partial(looked_at, **how))  # type: ignore[arg-type]


def part(number: int) -> Callable[[PlanView], object]:
    return lambda view: view.part.choose(number)


SIGN = replace(of(), home=tick_sign)
SCENES = {
    **seen("plan_today", of(), "dark narrow small large font_200"),
    **seen("plan_load", of(then=part(1)), "dark narrow font_200"),
    **seen("plan_before", of(then=part(2)), "dark narrow"),
    **seen("plan_check_in", of(then=lambda view: view.begin_check_in()), "dark narrow font_200"),
    **seen("plan_check_in_empty", of(then=wrong)),
    **seen("plan_overrule", of(then=lambda view: view.today.overrule.click()), "dark"),
    **seen("plan_sign", SIGN, "dark narrow"),
    **seen("plan_none", new()),
    **seen("plan_template", new(before=template), "narrow"),
    **seen("plan_confirm", new(then=lambda view: view.state.button.click()), "dark"),
    **seen("plan_broken", new(before=broken)),
    **seen("plan_reading", of(then=reading)),
    **seen("plan_unreadable", of(then=unreadable)),
}
