"""Labels as long as in German, and longer: nothing is cut off, in any view, large or small.

A sentence may be shortened where all of it is said elsewhere: in the tooltip, and to whoever does not see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.settings.settings_view import SECTIONS, SettingsView
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.dashboard.welcome.welcome_view import WelcomeView
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed, turn, window_on
from tests.ui.long_words import CutOff
from tests.ui.replay_window import RECORDINGS, opened
from tests.ui.walk.lives import SIT, alert, live

pytestmark = pytest.mark.usefixtures("home")
SIZES = pytest.mark.parametrize("size", [(1280, 800), (760, 480)])


@pytest.fixture
def cut_off(qtbot: object, monkeypatch: pytest.MonkeyPatch) -> CutOff:
    return CutOff(monkeypatch)


def seen(window: Window, cut_off: CutOff) -> list[tuple[str, str]]:
    """What is cut off of what is shown now, once everything has its place."""
    while any(work.busy for work in window.findChildren(SideWork)):
        turn(window, 1)
    turn(window)
    turn(window)
    cut_off.found.clear()
    window.grab()
    cut_off.look_at(window)
    return sorted(cut_off.found)


def pages(window: Window) -> Iterator[str]:
    """Every view, section and step, one after the other."""
    for name, view in window.views.items():
        window.open_view(name)
        if isinstance(view, SettingsView):
            for section in SECTIONS:
                view.open(section)
                yield f"{name}, {section}"
        elif isinstance(view, WelcomeView):
            for number in range(len(view.pages)):
                view.go(number)
                yield f"{name}, {number}"
        else:
            yield name


@SIZES
def test_no_view_cuts_anything_off(cut_off: CutOff, size: tuple[int, int]) -> None:
    window = window_on(live(), KeptChoices(reduce_motion=True), *size)
    found = {page: seen(window, cut_off) for page in pages(window)}
    assert {page: faults for page, faults in found.items() if faults} == {}


def alert_and_low_battery() -> LivedFeed:
    lived = alert()
    lived.battery = 12
    lived.seconds(1, SIT, 97.0)
    return lived


@SIZES
@pytest.mark.parametrize("state", [alert_and_low_battery])
def test_no_alert_is_cut_off(cut_off: CutOff, size: tuple[int, int], state: Callable[[], LivedFeed]) -> None:
    window = window_on(state(), KeptChoices(reduce_motion=True), *size)
    assert seen(window, cut_off) == []


@SIZES
def test_no_replay_is_cut_off(cut_off: CutOff, size: tuple[int, int]) -> None:
    window = window_on(LivedFeed(), KeptChoices(reduce_motion=True, closing="stop"), *size)
    opened(window, RECORDINGS / "alert.mcap")
    assert seen(window, cut_off) == []
