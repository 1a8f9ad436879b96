"""What a person does in Settings, with real clicks and keys; and what becomes of it in the file and in the session."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from hipmonitor.core.errors import DeliveryError
from hipmonitor.core.inbound import ChangeSettings
from hipmonitor.core.settings import Settings
from hipmonitor.io.settings import dump_settings, load_settings, save_settings
from hipmonitor.ui.dashboard import kept_choices
from hipmonitor.ui.dashboard.errands import Errands, Say
from hipmonitor.ui.dashboard.form import FormRow, PathWords
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.settings.settings_view import SECTIONS, SettingsView
from hipmonitor.ui.dashboard.theme import Role, Scheme, Theme
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import SourceKind
from tests.ui.dashboard_lived import FeedOf, LivedFeed, choice_of, turn
from tests.ui.walk.lives import MINE, SIT, streaming

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.usefixtures("home")
Show = Callable[..., SettingsView]
SIT_MIN = "sitting.sit_limit_min"


def desk() -> LivedFeed:
    """Sits."""
    lived = streaming()
    lived.seconds(8, SIT, 78.0)
    return lived


@pytest.fixture
def show(qtbot: Any) -> Iterator[Show]:
    """Settings views in windows that are closed at the end."""
    windows: list[Window] = []

    def make(
        section: str = "Limits",
        lived: LivedFeed | None = None,
        choices: KeptChoices | None = None,
        size: tuple[int, int] = (1280, 800),
        errands: Errands | None = None,
    ) -> SettingsView:
        lived = lived or desk()
        choice = choice_of(lived)
        window = Window([choice], choices or KeptChoices(reduce_motion=True), errands=errands)
        windows.append(window)
        window.resize(*size)
        window.show()
        window.watch(FeedOf(lived))
        window.open_view("settings")
        view = window.view
        assert isinstance(view, SettingsView)
        view.open(section)
        turn(window)
        return view

    yield make
    for window in windows:
        window.finish()


def window_of(view: SettingsView) -> Window:
    window = view.window()
    assert isinstance(window, Window)
    return window


def line(view: SettingsView) -> str:
    turn(window_of(view))
    return window_of(view).top.state.sentence


def type_into(view: SettingsView, qtbot: Any, key: str, text: str) -> Any:
    control = view.limits.rows[key]
    field = control.control.field  # type: ignore[attr-defined]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    return control


# --- a change ---------------------------------------------------------------------------------------------------------


def test_a_change_is_saved_and_in_force_at_once_and_said(show: Show, qtbot: Any) -> None:
    lived = desk()
    view = show(lived=lived)
    type_into(view, qtbot, SIT_MIN, "20")
    saved = load_settings()
    assert (saved.sitting.sit_limit_min, saved.set_by, saved.confirmed) == (20.0, "me", True)
    action = lived.acted[-1]
    assert isinstance(action, ChangeSettings)
    assert action.settings.sitting.sit_limit_min == 20.0
    assert line(view).startswith("Saved ")
    assert line(view).endswith(", from now on")


def test_undo_takes_it_back_in_the_file_and_in_the_session(show: Show, qtbot: Any) -> None:
    lived = desk()
    view = show(lived=lived)
    assert not view.undo.isEnabled()
    before = len(lived.acted)
    type_into(view, qtbot, SIT_MIN, "20")
    qtbot.mouseClick(view.undo, LEFT)
    assert len(lived.acted) == before + 2
    assert load_settings() == Settings()
    action = lived.acted[-1]
    assert isinstance(action, ChangeSettings)
    assert action.settings == MINE
    assert view.limits.rows[SIT_MIN].control.field.text() == "30"  # type: ignore[attr-defined]
    assert not view.undo.isEnabled()


def test_after_ten_seconds_there_is_no_way_back(show: Show, qtbot: Any) -> None:
    view = show()
    type_into(view, qtbot, SIT_MIN, "20")
    assert view.undo.isEnabled()
    view.cockpit.settings._forget.timeout.emit()
    assert not view.undo.isEnabled()
    assert load_settings().sitting.sit_limit_min == 20.0


def test_a_wrong_value_stays_in_its_field_and_nothing_is_applied(show: Show, qtbot: Any) -> None:
    lived = desk()
    view = show(lived=lived)
    before = len(lived.acted)
    control = type_into(view, qtbot, SIT_MIN, "900")
    assert control.control.field.text() == "900"
    assert control.problem.text().startswith("Sitting in one piece: 900 min; choose a value from 0.05 to 600 min")
    assert "0.05 to 600" in control.control.accessibleDescription()
    assert len(lived.acted) == before
    assert load_settings() == Settings()
    type_into(view, qtbot, SIT_MIN, "45")
    assert control.problem.text() == ""
    assert load_settings().sitting.sit_limit_min == 45.0


def test_buttons_and_arrows_step(show: Show, qtbot: Any) -> None:
    view = show()
    number = view.limits.rows[SIT_MIN].control
    qtbot.mouseClick(number.more, LEFT)  # type: ignore[attr-defined]
    assert load_settings().sitting.sit_limit_min == 35.0
    qtbot.keyClick(number.field, Qt.Key.Key_Down)  # type: ignore[attr-defined]
    assert load_settings().sitting.sit_limit_min == 30.0


def test_keys_of_the_window_are_letters_in_a_field(show: Show, qtbot: Any) -> None:
    lived = desk()
    view = show("Recording", lived=lived)
    window_of(view).activateWindow()
    field = view.recording.rows["wearer"].control
    field.setFocus()
    before = len(lived.acted)
    qtbot.keyClicks(field, "Sam M1")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert load_settings().wearer == "Sam M1"
    assert [a for a in lived.acted[before:] if not isinstance(a, ChangeSettings)] == []


def test_a_simulated_session_keeps_its_shortened_limits_but_for_the_change(show: Show, qtbot: Any) -> None:
    lived = LivedFeed(replace(MINE, sitting=replace(MINE.sitting, sit_limit_min=0.5)), SourceKind.SIMULATED)
    view = show(lived=lived)
    type_into(view, qtbot, "deep_flexion.thigh_limit_deg", "80")
    action = lived.acted[-1]
    assert isinstance(action, ChangeSettings)
    assert action.settings.deep_flexion.thigh_limit_deg == 80.0
    assert action.settings.sitting.sit_limit_min == 0.5
    assert load_settings().sitting.sit_limit_min == 30.0


def test_a_replay_keeps_the_settings_of_its_recording(show: Show, qtbot: Any) -> None:
    lived = LivedFeed(MINE, SourceKind.REPLAY)
    view = show(lived=lived)
    before = len(lived.acted)
    type_into(view, qtbot, SIT_MIN, "20")
    assert len(lived.acted) == before
    assert load_settings().sitting.sit_limit_min == 20.0


def test_a_file_that_was_edited_elsewhere_is_read_again_and_said(show: Show) -> None:
    lived = desk()
    view = show(lived=lived)
    edited = replace(MINE, sitting=replace(MINE.sitting, sit_limit_min=25.0))
    save_settings(dump_settings(edited))
    for _ in range(2):
        view.cockpit.settings.look()
    assert view.limits.rows[SIT_MIN].control.field.text() == "25"  # type: ignore[attr-defined]
    assert lived.acted[-1] == ChangeSettings(settings=edited)
    assert "was changed elsewhere" in line(view)


def test_a_file_that_was_broken_elsewhere_is_said_and_nothing_changes(show: Show, home: Path) -> None:
    view = show()
    (home / "config.toml").write_text("sitting = 3")
    for _ in range(2):
        view.cockpit.settings.look()
    assert "The settings from before stay in force" in line(view)
    assert view.cockpit.settings.settings == Settings()


# --- limits -----------------------------------------------------------------------------------------------------------


def test_limits_set_by_a_physio_name_who_and_when(show: Show, qtbot: Any) -> None:
    view = show()
    preset = view.limits.preset
    assert not preset.who.isVisible()
    preset.which.choose(1)
    for field, text in ((preset.who, "Dr. Ada"), (preset.when, "2026-11-20")):
        field.selectAll()
        qtbot.keyClicks(field, text)
    qtbot.mouseClick(preset.confirm, LEFT)
    saved = load_settings()
    assert (saved.set_by, saved.set_on, saved.confirmed) == ("Dr. Ada", "2026-11-20", True)
    assert preset.said.text().startswith("Set by Dr. Ada on 2026-11-20")


def test_a_day_that_is_none_is_said_beside_its_field(show: Show, qtbot: Any) -> None:
    view = show()
    preset = view.limits.preset
    preset.which.choose(1)
    preset.when.setText("yesterday")
    qtbot.mouseClick(preset.confirm, LEFT)
    assert preset.when_row.problem.text() == "Write the day as 2026-11-22. Nothing was changed."
    assert not load_settings().confirmed


def test_everyday_brings_the_presets_back_and_confirms_them(show: Show, qtbot: Any) -> None:
    view = show()
    type_into(view, qtbot, SIT_MIN, "20")
    qtbot.mouseClick(view.limits.preset.confirm, LEFT)
    saved = load_settings()
    assert (saved.sitting, saved.set_by, saved.confirmed) == (Settings().sitting, "preset", True)
    assert not view.limits.preset.confirm.isEnabled()


def test_the_figure_shows_the_limit(show: Show, qtbot: Any) -> None:
    view = show()
    type_into(view, qtbot, "deep_flexion.thigh_limit_deg", "70")
    assert view.limits.figure.shown is not None
    assert view.limits.figure.shown.limit_deg == 70.0


# --- alerts -----------------------------------------------------------------------------------------------------------


def test_try_it_shows_a_banner_that_is_marked_as_a_test_and_does_nothing(show: Show, qtbot: Any) -> None:
    lived = desk()
    view = show("Alerts", lived=lived)
    before = len(lived.acted)
    qtbot.mouseClick(view.alerts.try_banner, LEFT)
    window = window_of(view)
    turn(window)
    assert window.banner.shown is not None
    assert window.banner.shown.title == "Test: 30 min of sitting"
    qtbot.mouseClick(window.banner.buttons["Snooze 5 min"], LEFT)
    turn(window)
    assert window.banner.shown is None
    assert len(lived.acted) == before


def trials(say_of: Callable[[Say], None]) -> Errands:
    def export(folder: Path) -> Sequence[Path]:
        folder.mkdir()
        return [folder / "config.toml"]

    return Errands(try_desktop=say_of, try_sound=lambda volume, say: say(f"Played at {volume} %."), export=export)


def refused(_say: Say) -> None:
    raise DeliveryError("there is no notification service")


def test_ways_are_tried_aside_and_what_came_of_it_is_a_sentence(show: Show, qtbot: Any) -> None:
    view = show("Alerts", errands=trials(refused))
    said = []
    for button in (view.alerts.sound, view.alerts.desktop):
        qtbot.mouseClick(button, LEFT)
        assert not button.isEnabled()
        qtbot.waitUntil(button.isEnabled, timeout=30_000)
        said.append(view.alerts.said.text())
    assert said == ["Played at 50 %.", "There is no notification service."]


def test_vibration_is_off_with_its_reason_where_no_sensor_can(show: Show) -> None:
    view = show("Alerts")
    assert not view.alerts.vibration.isEnabled()
    assert view.alerts.vibration.accessibleDescription() == "No sensor is connected; it vibrates once one is."


class BuzzingFeed(FeedOf):
    """Its sensor has a motor."""

    buzzed = 0

    def vibrate(self) -> None:
        self.buzzed += 1


def test_the_sensor_that_is_connected_vibrates(show: Show, qtbot: Any) -> None:
    view, feed = show("Alerts"), BuzzingFeed(desk())
    window_of(view).watch(feed)
    turn(window_of(view))
    qtbot.mouseClick(view.alerts.vibration, LEFT)
    qtbot.waitUntil(lambda: view.alerts.said.text() == "The sensor vibrated twice.", timeout=30_000)
    assert feed.buzzed == 1


# --- quiet times ------------------------------------------------------------------------------------------------------


def test_dragging_over_hours_makes_them_quiet_and_again_told(show: Show, qtbot: Any) -> None:
    view = show("Quiet times")
    week = view.quiet.grid
    start, end = (week.rect_of(cell).center().toPoint() for cell in ((0, 20), (1, 22)))
    for _ in range(2):
        QTest.mousePress(week, LEFT, pos=start)
        QTest.mouseMove(week, end)
        QTest.mouseRelease(week, LEFT, pos=end)
        hours = load_settings().working_hours
        quiet = hours.monday == hours.tuesday == "00:00-20:00, 23:00-24:00"
        assert quiet or hours == Settings().working_hours
    assert load_settings().working_hours == Settings().working_hours


def test_arrows_and_space_do_the_same(show: Show, qtbot: Any) -> None:
    view = show("Quiet times")
    window_of(view).activateWindow()
    week = view.quiet.grid
    week.setFocus()
    assert week.accessibleDescription() == "Monday, 08:00 to 09:00: told"
    qtbot.keyClick(week, Qt.Key.Key_Down)
    qtbot.keyClick(week, Qt.Key.Key_Left)
    qtbot.keyClick(week, Qt.Key.Key_Space)
    assert load_settings().working_hours.tuesday == "00:00-07:00, 08:00-24:00"
    assert week.accessibleDescription() == "Tuesday, 07:00 to 08:00: quiet"


# --- display ----------------------------------------------------------------------------------------------------------


def test_theme_letters_and_motion_change_at_once_and_are_kept(show: Show, qtbot: Any) -> None:
    view = show("Display")
    window = window_of(view)
    qtbot.keyClick(view.display.scheme, Qt.Key.Key_Right)
    qtbot.keyClick(view.display.scheme, Qt.Key.Key_Right)
    assert window.theme.dark
    qtbot.keyClick(view.display.letters, Qt.Key.Key_Right)
    assert window.theme.font_scale == 1.25
    qtbot.mouseClick(view.display.still, LEFT, pos=view.display.still.rect().center())
    assert not window.theme.reduce_motion
    window.finish()
    kept = kept_choices.read()
    assert (kept.scheme, kept.font_scale, kept.reduce_motion) == (Scheme.DARK, 1.25, False)


def test_the_hip_can_be_large_only_with_a_pelvis_sensor(show: Show) -> None:
    view = show("Display")
    assert not view.display.hip.isEnabled()
    view.cockpit.settings.change(lambda settings: replace(settings, pelvis_sensor="C0:FF:EE:00:00:02"))
    assert view.display.hip.isEnabled()


# --- data -------------------------------------------------------------------------------------------------------------


def test_everything_is_copied_into_a_new_folder(show: Show, qtbot: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    view = show("Data", errands=trials(refused))
    qtbot.mouseClick(view.data.copy, LEFT)
    qtbot.waitUntil(lambda: view.data.copied.text().startswith("1 file copied to"), timeout=30_000)
    said = view.data.copied.text().removeprefix("1 file copied to ").removesuffix(", readable by you only.")
    assert Path(said).parent == tmp_path
    assert Path(said).name.startswith("hipmonitor-20")
    assert view.data.copy.isEnabled()


def test_everything_is_deleted_after_the_word_and_what_is_gone_is_named(show: Show, qtbot: Any, home: Path) -> None:
    view = show("Data")
    type_free = view.data.word
    view.cockpit.settings.change(lambda settings: replace(settings, wearer="Sam"))
    assert (home / "config.toml").exists()
    assert not view.data.end.isEnabled()
    qtbot.keyClicks(type_free, "delete")
    qtbot.mouseClick(view.data.end, LEFT)
    qtbot.waitUntil(lambda: view.data.gone.text().startswith("Gone:"), timeout=30_000)
    assert str(home / "config.toml") in view.data.gone.text()
    assert not (home / "config.toml").exists()
    assert view.cockpit.settings.settings == Settings()
    window_of(view).finish()
    assert not (home / "state").exists()


# --- every size -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1000, 600), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_section_is_cut_off_at_its_side(show: Show, size: tuple[int, int], scale: float) -> None:
    view = show(choices=KeptChoices(reduce_motion=True, font_scale=scale), size=size)
    for section in SECTIONS:
        view.open(section)
        turn(window_of(view))
        page = view.pages[section]
        assert page.width() <= view.width()
        assert page.height() >= page.minimumSizeHint().height()
        right = page.mapTo(view, page.rect().topRight()).x()
        assert right <= view.width()


def test_labels_that_are_half_as_long_again_stay_inside(show: Show) -> None:
    view = show(choices=KeptChoices(reduce_motion=True, font_scale=1.5), size=(1000, 600))
    for section in SECTIONS:
        view.open(section)
        for row in view.pages[section].findChildren(FormRow):
            row.label.setText(row.label.text() + " ge" * (len(row.label.text()) // 6))
        turn(window_of(view))
        for row in view.pages[section].findChildren(FormRow):
            parts = [row.label, *row.controls]
            assert all(part.mapTo(view, part.rect().topRight()).x() <= view.width() for part in parts), row.label.text()


def test_every_control_has_a_name(show: Show) -> None:
    view = show()
    for section in SECTIONS:
        view.open(section)
        turn(window_of(view))
        nameless = [
            child
            for child in view.pages[section].findChildren(object)
            if getattr(child, "focusPolicy", None) and child.focusPolicy() & Qt.FocusPolicy.TabFocus
            if not child.accessibleName()
        ]
        assert nameless == []


def test_a_path_that_is_wider_than_its_line_keeps_both_ends_and_the_tooltip_has_all(qtbot: Any) -> None:
    words = PathWords(Theme(scheme=Scheme.LIGHT), role=Role.SMALL)
    qtbot.addWidget(words)
    path = f"/home/{'somebody-with-a-long-name/' * 6}recordings"
    words.resize(300, 60)
    words.say(f"Recordings: {path}\nOnly you can read them.")
    shown = QLabel.text(words).replace("\u2060", "")
    first, second = shown.split("\n")
    assert first.startswith("Recordings: /home/")
    assert first.endswith("recordings")
    assert words.fontMetrics().horizontalAdvance(first) <= 300
    assert second == "Only you can read them."
    assert path in words.toolTip()
    assert path in words.text()
    words.resize(3000, 60)
    assert (QLabel.text(words), words.toolTip()) == (words.text(), "")
