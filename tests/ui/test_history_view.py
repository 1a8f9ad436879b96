"""What a person does with the History view, with real clicks and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from hipmonitor.core.errors import RecordingError
from hipmonitor.io.history import history_file
from hipmonitor.io.places import recordings_folder
from hipmonitor.ui.dashboard.history.history_view import HistoryView
from hipmonitor.ui.dashboard.history.loading import Span
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.now.plot import HIGH_DEG, LINE_PX, LOW_DEG
from hipmonitor.ui.dashboard.parts.card import STOPPED
from hipmonitor.ui.dashboard.side_work import BUG, SideWork
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.kept import days as kept_days
from hipmonitor.ui.view_model.history import HourSource
from tests.core.day_builders import DAY, clock
from tests.journeys.lived_days import Session
from tests.ui.dashboard_lived import turn, window_on
from tests.ui.kept_history import MadeUpDay, keep
from tests.ui.walk.lives import live

LEFT = Qt.MouseButton.LeftButton
Open = Callable[..., HistoryView]


@pytest.fixture
def wall(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """It is the evening of the day, in London's winter."""
    monkeypatch.setattr(kept_days.time, "time", lambda: DAY * 86_400 + 21 * 3600)
    monkeypatch.setattr(kept_days, "local_utc_offset_s", lambda _s: 0)
    return home


@pytest.fixture
def opened(qtbot: Any, wall: Path) -> Iterator[Open]:
    """The view in a window, once it has read what is kept."""
    windows: list[Window] = []

    def make(size: tuple[int, int] = (1280, 800), font_scale: float = 1.0) -> HistoryView:
        window = window_on(live(), KeptChoices(font_scale=font_scale, reduce_motion=True), *size)
        windows.append(window)
        window.open_view("history")
        view = window.view
        assert isinstance(view, HistoryView)
        settle(qtbot, view)
        return view

    yield make
    for window in windows:
        window.finish()


def settle(qtbot: Any, view: HistoryView) -> None:
    """Until nothing is read any more."""
    qtbot.waitUntil(
        lambda: not any(e.busy for e in (view.pages, view.reading, view.rebuilding, view.give_on.errands)),
        timeout=60_000,
    )
    qtbot.wait(1)
    qtbot.waitUntil(
        lambda: not any(e.busy for e in (view.pages, view.reading, view.rebuilding, view.give_on.errands)),
        timeout=60_000,
    )
    turn(view.window())  # type: ignore[arg-type]
    for _ in range(3):  # what was shown gets its size in the next turns of the loop
        QApplication.processEvents()


def two_days() -> None:
    for day in (DAY - 3, DAY - 1):
        keep(MadeUpDay(day, hours=4.0))


def record_a_quarter() -> Path:
    """A session at nine of the day, in a recording and settled in the history."""
    recordings_folder().mkdir(parents=True, exist_ok=True)
    history_file().parent.mkdir(parents=True, exist_ok=True)
    return Session(begin_s=9 * 3600).live(recordings_folder(), history_file())


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_hours_curve_is_drawn_anew_when_its_card_gets_another_height(opened: Open) -> None:
    two_days()
    view = opened()
    plot = view.hour._plot
    for height in (160, 420):
        view.hour.resize(view.hour.width(), height)
        _, deg = plot._line.getData()
        thick = (HIGH_DEG - LOW_DEG) / plot.widget.height() * LINE_PX
        assert np.nanmedian(np.diff(deg)[::2]) == pytest.approx(thick)


def test_without_a_history_it_says_so_in_one_sentence(opened: Open) -> None:
    view = opened()
    assert view.notice.isVisible()
    assert view.notice.accessibleDescription().startswith("No history yet")
    assert not view.notice.button.isVisible()
    assert not view.buttons[1].isEnabled()
    assert view.buttons[1].toolTip() == "There is no history to report on yet."


def test_it_opens_with_the_newest_day_that_was_recorded(opened: Open) -> None:
    two_days()
    view = opened()
    assert view.row.date.text() == "Tuesday 10 March 2026"
    assert "Worn 3 h" in view.figures.accessibleDescription()
    assert view.fortnight.shown is not None
    assert view.fortnight.shown.columns[-1].day == DAY - 1


def test_arrows_and_the_calendar_go_to_another_day(opened: Open, qtbot: Any) -> None:
    two_days()
    view = opened()
    qtbot.mouseClick(view.row.back, LEFT)
    settle(qtbot, view)
    assert view.row.date.text() == "Monday 9 March 2026"
    assert view.timeline.shown is not None
    assert view.timeline.shown.empty == "Nothing was recorded on this day"
    assert not view.figures.isVisible()
    view.row.calendar.clicked.emit(view.row.calendar.selectedDate().addDays(-1))
    settle(qtbot, view)
    assert view.row.date.text() == "Sunday 8 March 2026"
    assert view.figures.isVisible()
    assert not view.row.back.isEnabled()
    assert view.row.calendar.worn == {DAY - 3, DAY - 1}


def test_today_is_so_far_and_the_last_there_is(opened: Open, qtbot: Any) -> None:
    keep(MadeUpDay(DAY, hours=4.0))
    view = opened()
    assert view.row.date.text() == "Wednesday 11 March 2026, so far"
    assert view.timeline.shown is not None
    assert view.timeline.shown.bars.now is not None
    assert not view.row.forward.isEnabled()


def test_keys_change_how_much_is_shown_and_a_click_on_a_day_of_the_week_opens_it(opened: Open, qtbot: Any) -> None:
    two_days()
    view = opened()
    qtbot.keyClick(view.window(), Qt.Key.Key_2)
    settle(qtbot, view)
    assert view.week.isVisible()
    assert view.row.date.text() == "4 to 10 March 2026"
    view.week.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(view.week, key)
    settle(qtbot, view)
    assert view.row.date.text() == "Sunday 8 March 2026"
    assert view.row.span.index == Span.DAY


def test_a_click_in_a_chart_of_four_weeks_opens_that_day(opened: Open, qtbot: Any) -> None:
    two_days()
    view = opened()
    qtbot.keyClick(view.window(), Qt.Key.Key_3)
    settle(qtbot, view)
    plot = view.weeks._plot(1)
    x = plot.left() + 25.5 / 28 * plot.width()
    qtbot.mouseClick(view.weeks, LEFT, pos=QPoint(round(x), round(plot.center().y())))
    settle(qtbot, view)
    assert view.row.date.text() == "Sunday 8 March 2026"


def test_a_broken_history_says_what_to_do_and_is_tried_again(opened: Open, qtbot: Any) -> None:
    history_file().parent.mkdir(parents=True, exist_ok=True)
    history_file().write_bytes(b"this is no database, and long enough to be looked at as one" * 20)
    view = opened()
    assert "hipmonitor history rebuild" in view.notice.accessibleDescription()
    history_file().unlink()
    two_days()
    qtbot.mouseClick(view.notice.button, LEFT)
    settle(qtbot, view)
    assert view.figures.isVisible()


def test_a_card_that_cannot_draw_leaves_the_others_alone(opened: Open, qtbot: Any) -> None:
    two_days()
    view = opened()
    view.bouts.draw = lambda *_: 1 / 0  # type: ignore[assignment,method-assign]
    view.bouts.update()
    turn(view.window())  # type: ignore[arg-type]
    assert view.bouts.stopped
    assert STOPPED in view.bouts.accessibleDescription()
    assert not view.timeline.stopped


# --- an hour ----------------------------------------------------------------------------------------------------------


def test_an_hour_is_read_from_its_recording(opened: Open) -> None:
    record_a_quarter()
    view = opened()
    hour = view.hour.shown
    assert hour is not None
    assert (hour.title, hour.source) == ("09:00 to 10:00", HourSource.RECORDING)
    assert len(hour.curve.x_s) > 100
    assert 70 < max(hour.curve.high_deg[hour.curve.x_s < -3000]) < 100


def test_where_the_recording_is_gone_the_minutes_stay(opened: Open) -> None:
    record_a_quarter().unlink()
    view = opened()
    hour = view.hour.shown
    assert hour is not None
    assert hour.source is HourSource.DELETED
    assert len(hour.curve.x_s) > 8
    assert "the recording is gone" in view.hour.accessibleDescription()


def test_an_hour_is_chosen_by_click_and_arrows(opened: Open, qtbot: Any) -> None:
    two_days()
    view = opened()
    strip = view.timeline._strip()
    bars = view.timeline.shown.bars  # type: ignore[union-attr]
    x = strip.left() + bars.share(8.5 * 60) * strip.width()
    qtbot.mouseClick(view.timeline, LEFT, pos=QPoint(round(x), round(strip.center().y())))
    assert view.chosen_hour == 8
    qtbot.keyClick(view.timeline, Qt.Key.Key_Right)
    settle(qtbot, view)
    assert view.hour.shown is not None
    assert view.hour.shown.title == "09:00 to 10:00"
    assert "09:00 to 10:00 is open" in view.timeline.accessibleDescription()


def test_reading_can_be_stopped_and_the_minutes_stay(opened: Open, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    record_a_quarter()
    view = opened()
    asked: list[Callable[[], None]] = []
    monkeypatch.setattr(view.reading, "ask", lambda *_: asked.append(lambda: None))
    view._curves.clear()
    view.choose_hour(9)
    assert view.hour.shown is not None
    assert view.hour.shown.source is HourSource.READING
    qtbot.mouseClick(view.hour.stop, LEFT)
    assert view.hour.shown.source is HourSource.STOPPED
    assert not view.hour.stop.isVisible()


def test_replay_of_an_hour_opens_its_recording_where_the_hour_begins(opened: Open, qtbot: Any) -> None:
    path = record_a_quarter()
    view = opened()
    asked: list[tuple[Path, int]] = []
    view.cockpit.hands.replay = lambda path, at: not asked.append((path, at))
    view.hour.replay.show()
    qtbot.mouseClick(view.hour.replay, LEFT)
    assert asked == [(path, clock(9))]


def test_the_pointer_tells_the_value_below_it(opened: Open, qtbot: Any) -> None:
    record_a_quarter()
    view = opened()
    plot = view.hour._plot.widget.geometry()
    qtbot.mouseMove(view.hour, QPoint(plot.left() + round(plot.width() * 300 / 3600), plot.center().y()))
    qtbot.waitUntil(lambda: bool(view.hour.overlay.over.cursor_words))
    assert view.hour.overlay.over.cursor_words.startswith("09:0")
    assert "°" in view.hour.overlay.over.cursor_words


# --- buttons ----------------------------------------------------------------------------------------------------------


def test_the_report_is_written_and_opened(opened: Open, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    two_days()
    urls: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: urls.append(url.toLocalFile()))
    view = opened()
    qtbot.mouseClick(view.buttons[1], LEFT)
    settle(qtbot, view)
    assert Path(urls[0]).name == "hipmonitor-report_2026-03-04_2026-03-10.html"
    assert "10 March 2026" in Path(urls[0]).read_text(encoding="utf-8")


def test_an_export_is_a_new_folder_in_the_chosen_one(opened: Open, qtbot: Any, tmp_path: Path) -> None:
    two_days()
    view = opened()
    view.give_on.copy_into(tmp_path)
    settle(qtbot, view)
    (folder,) = tmp_path.glob("hipmonitor-export_*")
    assert {"README.txt", "days.csv", "history.db"} <= {path.name for path in folder.iterdir()}


def test_an_empty_history_is_made_from_recordings(opened: Open, qtbot: Any) -> None:
    record_a_quarter()
    for path in history_file().parent.glob("history.db*"):
        path.unlink()
    view = opened()
    assert view.notice.button.text() == "Make it from recordings"
    qtbot.mouseClick(view.notice.button, LEFT)
    settle(qtbot, view)
    assert view.row.date.text().startswith("Wednesday 11 March 2026")
    assert view.hour.shown is not None


# --- sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "scale"), [((1280, 800), 1.0), ((1000, 600), 1.0), ((1920, 1080), 2.0), ((1000, 600), 2.0)]
)
def test_cards_never_overlap_and_stay_within_the_page(opened: Open, size: tuple[int, int], scale: float) -> None:
    two_days()
    view = opened(size, scale)
    cards = [view.row, view.figures, view.timeline, view.hour, view.alerts, view.fortnight, view.bouts]
    for k, card in enumerate(cards):
        assert view.rect().contains(card.geometry()), card.accessibleName()
        assert not any(card.geometry().intersects(other.geometry()) for other in cards[k + 1 :]), card.accessibleName()


# --- Now begins with the morning --------------------------------------------------------------------------------------


def test_now_s_strip_leads_to_the_history(opened: Open, qtbot: Any) -> None:
    view = opened()
    window: Any = view.window()
    window.open_view("now")
    turn(window)
    qtbot.mouseClick(window.view.strip, LEFT)
    assert window.view is view


def test_now_s_totals_begin_with_the_sessions_before_it(opened: Open, qtbot: Any) -> None:
    keep(MadeUpDay(DAY, hours=4.0))
    window: Any = opened().window()
    now = window.views["now"]
    window.open_view("now")
    window.watch(window.bridge.feed)
    qtbot.waitUntil(lambda: now._earlier.totals.sitting_s > 3600)
    turn(window)
    assert "Sitting 2 h" in now.strip.accessibleDescription()


# --- errands ----------------------------------------------------------------------------------------------------------


def test_the_newest_errand_replaces_the_one_before(qtbot: Any) -> None:
    errands, got = SideWork("test"), []
    errands.done.connect(lambda name, result: got.append((name, result)))
    began: list[str] = []

    def slow(watch: Callable[[float], bool]) -> str:
        began.append("slow")
        while watch(0.5):
            pass
        return "dropped"

    errands.ask("first", slow)
    qtbot.waitUntil(lambda: began == ["slow"])
    errands.ask("second", lambda _watch: "kept")
    qtbot.waitUntil(lambda: bool(got))
    assert got == [("second", "kept")]


@pytest.mark.parametrize(
    ("error", "said"), [(RecordingError("a.mcap: cannot be read"), "a.mcap: cannot be read"), (ValueError("x"), BUG)]
)
def test_an_errand_that_fails_is_a_sentence(qtbot: Any, error: Exception, said: str) -> None:
    errands, got = SideWork("test"), []
    errands.failed.connect(lambda _name, sentence: got.append(sentence))

    def fail(_watch: object) -> None:
        raise error

    errands.ask("it", fail)
    qtbot.waitUntil(lambda: bool(got))
    assert got == [said]
    assert not errands.busy
