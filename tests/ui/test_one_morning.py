"""One morning in one window, from the first sensor to dark mode: real clicks and keys, nothing called by its name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from hipmonitor.core.inbound import ChangeSettings, LinkState, Mark, Pose, Snooze
from hipmonitor.ui.dashboard import showing
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.now.now_view import NowView
from hipmonitor.ui.dashboard.sensors.sensors_view import SensorsView
from hipmonitor.ui.dashboard.settings.settings_view import SettingsView
from hipmonitor.ui.dashboard.window import Window
from tests.ui.dashboard_lived import LivedFeed, choice_of, turn
from tests.ui.lived import SHORT_LIMITS
from tests.ui.replay_window import RECORDINGS, replay_of, until
from tests.ui.sensor_hands import OWN, SECOND, TableHands, heard
from tests.ui.walk.lives import SIT, STAND
from tests.ui.wizard_walk import Walk

pytestmark = pytest.mark.usefixtures("home")
LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


class Morning:
    """Somebody at the window; the sensor's seconds are lived by the test."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot, self.lived = qtbot, LivedFeed(replace(SHORT_LIMITS, confirmed=True))
        self.hands = TableHands(self.lived, (heard(OWN, -50), heard(SECOND, -70)))
        choices = KeptChoices(reduce_motion=True, closing="stop", steps_seen=True)
        self.window = Window([replace(choice_of(self.lived), sensors=self.hands)], choices)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.activateWindow()
        self.window.begin()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.window, key, modifier)
        turn(self.window)

    def click(self, widget: Any, pos: QPoint | None = None) -> None:
        self.qtbot.mouseClick(widget, LEFT, pos=pos or QPoint())
        turn(self.window)

    def view(self, of: type[Any]) -> Any:
        assert isinstance(self.window.view, of)
        return self.window.view

    def live(self, seconds: int, kind: Any, deg: float) -> None:
        self.lived.seconds(seconds, kind, deg)
        turn(self.window)

    # --- its hours --------------------------------------------------------------------------------------------------
    def connect(self) -> None:
        until(self.window, lambda: self.window.choices.view == "sensors")
        assert self.window.bridge.feed is None
        self.click(self.view(SensorsView).list.rows[OWN].join)
        until(self.window, lambda: self.window.bridge.feed is not None)
        self.lived.link(LinkState.STREAMING, "The sensor is sending.")
        assert self.hands.wanted == OWN

    def calibrate(self) -> None:
        self.lived.seconds(3, STAND, 4.0, sd_deg=15.0)
        self.key(Qt.Key.Key_6, CONTROL)
        walk = Walk(self.window, self.lived)
        self.click(walk.view.next)
        walk.through(Pose.STAND, Pose.LIFT, Pose.SIT)
        walk.live(2)
        assert self.window.top.state.sentence == "Good: ± 2.5°"
        self.click(walk.view.next)

    def alert_snooze_and_break(self) -> None:
        now = self.view(NowView)
        self.live(6, STAND, 4.0)
        self.live(8, SIT, 78.0)
        assert self.window.banner.shown is None
        self.live(20, SIT, 97.0)
        assert self.window.banner.shown is not None
        assert self.window.banner.shown.title == "Time to stand up for 6 seconds"
        self.click(self.window.banner.buttons["Snooze 5 min"])
        assert self.lived.acted[-1] == Snooze(minutes=5)
        assert self.window.top.state.sentence.startswith("Snoozed until")
        self.live(4, STAND, 5.0)
        assert now.credit.accessibleDescription() == "4 s of 6 s; 2 s to go"
        self.live(4, STAND, 5.0)
        assert "back to zero" in self.window.top.state.sentence

    def freeze_and_mark(self) -> None:
        now = self.view(NowView)
        self.key(Qt.Key.Key_Space)
        assert now.trace.frozen
        self.key(Qt.Key.Key_Space)
        assert not now.trace.frozen
        self.key(Qt.Key.Key_M)
        self.qtbot.keyClicks(self.window.top.note, "after the walk")
        self.qtbot.keyClick(self.window.top.note, Qt.Key.Key_Return)
        assert [a.text for a in self.lived.acted if isinstance(a, Mark)] == ["", "after the walk"]

    def replay_and_scrub(self) -> None:
        self.key(Qt.Key.Key_7, CONTROL)
        view = replay_of(self.window)
        view.open_path(RECORDINGS / "alert.mcap")  # the file dialog is the system's
        until(self.window, lambda: view.projector is not None)
        assert view.projector is not None
        assert self.window.ribbon.isVisible()
        overview = view.page.transport.overview
        self.click(overview, QPoint(round(overview.width() * 0.5), overview.height() // 2))
        film = view.projector.film
        assert 0.4 < (view.projector.now() - film.start) / (film.end - film.start) < 0.6
        self.click(self.window.ribbon.to_live)
        assert not self.window.ribbon.isVisible()

    def change_a_limit(self) -> None:
        self.key(Qt.Key.Key_8, CONTROL)
        field = self.view(SettingsView).limits.rows["sitting.sit_limit_min"].control.field
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, "20")
        self.qtbot.keyClick(field, Qt.Key.Key_Return)
        turn(self.window)
        changes = [a.settings.sitting.sit_limit_min for a in self.lived.acted if isinstance(a, ChangeSettings)]
        assert changes[-1] == 20.0
        assert self.window.top.state.sentence.startswith("Saved")

    def dark(self) -> None:
        self.key(Qt.Key.Key_D, CONTROL)
        assert self.window.theme.dark


def test_a_morning(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "SAID_MS", 1)  # passing words do not wait three seconds
    morning = Morning(qtbot)
    morning.connect()
    morning.calibrate()
    morning.alert_snooze_and_break()
    morning.freeze_and_mark()
    morning.replay_and_scrub()
    morning.change_a_limit()
    morning.dark()
    assert morning.window.bridge.feed is not None
