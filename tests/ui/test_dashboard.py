"""What a person does with the window, with real clicks and keys."""

from __future__ import annotations

import gc
import logging
import stat
import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QWidget

from hipmonitor.core.errors import LinkError
from hipmonitor.core.inbound import Answered, LinkState, Mark, Quiet, Snooze
from hipmonitor.ui.dashboard import kept_choices
from hipmonitor.ui.dashboard.closing import Closing, ClosingQuestion
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.frame.status_item import StatusItem
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.leaving import NOT_HERE
from hipmonitor.ui.dashboard.now.now_view import NowView
from hipmonitor.ui.dashboard.parts.card import STOPPED
from hipmonitor.ui.dashboard.theme import Scheme, Theme
from hipmonitor.ui.dashboard.window import Window
from hipmonitor.ui.view_model import BannerKind, SourceKind, TraceRange
from tests.ui.dashboard_lived import FeedOf, LivedFeed, choice_of, turn, window_on
from tests.ui.lived import SHORT_LIMITS
from tests.ui.walk.lives import SIT, STAND, two_banners

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.usefixtures("home")
Show = Callable[..., Window]


@pytest.fixture
def show(qtbot: Any) -> Iterator[Show]:
    """Windows that are closed at the end."""
    windows: list[Window] = []

    def make(lived: LivedFeed, choices: KeptChoices | None = None, width: int = 1280, height: int = 800) -> Window:
        window = window_on(lived, choices or KeptChoices(reduce_motion=True), width, height)
        windows.append(window)
        return window

    yield make
    for window in windows:
        window.finish()


def desk() -> LivedFeed:
    """Stood, sat down; half a minute of sitting and a quarter of deep flexion are the limits."""
    lived = LivedFeed(SHORT_LIMITS)
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.seconds(10, STAND, 4.0)
    lived.seconds(8, SIT, 78.0)
    return lived


def alerted() -> LivedFeed:
    lived = desk()
    lived.seconds(16, SIT, 97.0)
    return lived


def marks(lived: LivedFeed) -> list[Mark]:
    return [action for action in lived.acted if isinstance(action, Mark)]


def now_view(window: Window) -> NowView:
    view = window.view
    assert isinstance(view, NowView)
    return view


def press(
    qtbot: Any, window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(window, key, modifier)
    turn(window)


# --- what it shows ----------------------------------------------------------------------------------------------------


def test_it_says_what_is_in_words_for_somebody_who_does_not_see_it(show: Show) -> None:
    window = show(desk())
    view = now_view(window)
    assert "Thigh angle 78° ± 3°. Below your limit." in view.hero.accessibleDescription()
    assert view.sitting.accessibleDescription() == "Sitting: 8 seconds of 30 s, notice in 0:16."
    assert view.figure.accessibleDescription() == "A person seated, thigh at 78°."
    assert window.top.state.accessibleName() == "Sitting for 8 seconds. Thigh 78°, below your limit."
    assert "Good" in window.status.accessibleDescription()


def test_before_the_first_data_there_are_neither_timers_nor_curves(show: Show) -> None:
    lived = LivedFeed()
    window = show(lived)
    view = now_view(window)
    assert not view.sitting.isVisible()
    assert not view.trace.isVisible()
    lived.link(LinkState.STREAMING, "The sensor is sending.")
    lived.seconds(3, SIT, 78.0)
    turn(window)
    assert view.sitting.isVisible()
    assert view.trace.isVisible()


@pytest.mark.parametrize("size", [(1000, 600), (1280, 800), (1920, 1080), (760, 480)])
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_hero_and_timers_never_overlap_and_nothing_leaves_the_content(
    show: Show, size: tuple[int, int], scale: float
) -> None:
    window = show(alerted(), KeptChoices(font_scale=scale, reduce_motion=True), *size)
    view = now_view(window)
    cards = [c for c in (view.hero, view.sitting, view.deep, view.credit, view.trace, view.strip) if c.isVisible()]
    for k, card in enumerate(cards):
        assert view.rect().contains(card.geometry()), card.accessibleName()
        assert not any(card.geometry().intersects(other.geometry()) for other in cards[k + 1 :]), card.accessibleName()
    buttons = window.banner.buttons.values()
    assert all(window.banner.rect().contains(button.geometry()) for button in buttons)


def test_data_that_are_made_up_wear_a_ribbon(show: Show) -> None:
    lived = LivedFeed(SHORT_LIMITS, SourceKind.SIMULATED)
    assert show(lived).ribbon.isVisible()
    assert not show(desk()).ribbon.isVisible()


# --- alerts -----------------------------------------------------------------------------------------------------------


def test_an_alert_is_snoozed_by_a_click_and_the_break_earns_credit(show: Show, qtbot: Any) -> None:
    lived = alerted()
    window = show(lived)
    assert window.banner.shown is not None
    assert window.banner.shown.title == "Time to stand up for 6 seconds"
    qtbot.mouseClick(window.banner.buttons["Snooze 5 min"], LEFT)
    assert lived.acted[-1] == Snooze(minutes=5)
    turn(window)
    assert window.banner.shown is None
    assert window.top.state.sentence.startswith("Snoozed until")
    lived.seconds(4, STAND, 5.0)
    turn(window)
    assert now_view(window).credit.accessibleDescription() == "4 s of 6 s; 2 s to go"


def test_i_will_stand_up_is_an_answer_and_the_banner_leaves(show: Show, qtbot: Any) -> None:
    lived = alerted()
    window = show(lived)
    qtbot.mouseClick(window.banner.buttons["I'll stand up"], LEFT)
    assert isinstance(lived.acted[-1], Answered)
    turn(window)
    assert window.banner.shown is None


def test_escape_does_nothing_in_the_first_second_of_a_banner(show: Show, qtbot: Any, monkeypatch: Any) -> None:
    window = show(alerted())
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.banner.shown is not None
    monkeypatch.setattr("hipmonitor.ui.dashboard.banner_desk.FIRST_SECOND_S", 0.0)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.banner.shown is None


def test_a_banner_pushes_the_content_down(show: Show) -> None:
    lived = desk()
    window = show(lived)
    top = window.content.y()
    lived.seconds(16, SIT, 97.0)
    turn(window)
    turn(window)
    assert window.banner.shown is not None
    assert window.banner.shown.kind is BannerKind.ALERT
    assert window.content.y() > top


def test_the_snooze_key_and_quiet_reach_the_front_door(show: Show, qtbot: Any) -> None:
    lived = alerted()
    window = show(lived)
    press(qtbot, window, Qt.Key.Key_S)
    assert lived.acted[-1] == Snooze(minutes=5)
    now_view(window).quiet_menu.actions()[1].trigger()
    assert lived.acted[-1] == Quiet(minutes=60)
    turn(window)
    assert window.top.state.sentence.startswith("Quiet until")


def test_others_wait_behind_the_banner_that_is_shown(show: Show, qtbot: Any) -> None:
    lived = alerted()
    lived.battery = 12
    lived.seconds(16, SIT, 97.0)
    window = show(lived)
    window.desk.program_says("Another thing.", "Of the program.")
    turn(window)
    assert [banner.kind for banner in lived.glance().banners] == [
        BannerKind.ALERT,
        BannerKind.ALERT,
        BannerKind.LOW_BATTERY,
    ]
    titles = []
    for _ in range(5):
        assert window.banner.shown is not None
        titles.append(window.banner.shown.title)
        qtbot.mouseClick(window.banner.buttons["3 more"], LEFT)
        turn(window)
    assert len(set(titles[:4])) == 4
    assert titles[4] == titles[0]
    assert titles[2:4] == ["The thigh sensor's battery is at 12 %", "Another thing"]


# --- hands ------------------------------------------------------------------------------------------------------------


def test_m_marks(show: Show, qtbot: Any) -> None:
    lived = desk()
    window = show(lived)
    press(qtbot, window, Qt.Key.Key_M)
    assert marks(lived) == [Mark(made_at=lived.now)]
    assert window.top.state.sentence == "Marked."
    assert len(lived.glance().strip.marks) == 1


def test_a_note_to_a_mark_is_typed_while_everything_goes_on(show: Show, qtbot: Any) -> None:
    lived = desk()
    window = show(lived)
    window.activateWindow()
    press(qtbot, window, Qt.Key.Key_M)
    made_at, note = lived.now, window.top.note
    assert note.isVisible()
    lived.seconds(3, SIT, 78.0)
    qtbot.keyClicks(note, "Stood up 2 q")
    qtbot.keyClick(note, Qt.Key.Key_Return)
    turn(window)
    assert marks(lived)[1:] == [Mark(made_at=made_at, text="Stood up 2 q")]
    assert not note.isVisible()
    assert window.top.state.isVisible()
    assert lived.memory.words(made_at) == "your mark: Stood up 2 q"
    assert len(lived.glance().strip.marks) == 1
    assert now_view(window).sitting.accessibleDescription().startswith("Sitting: 11 seconds")


def test_escape_leaves_the_mark_without_a_note(show: Show, qtbot: Any) -> None:
    lived = desk()
    window = show(lived)
    press(qtbot, window, Qt.Key.Key_M)
    qtbot.keyClicks(window.top.note, "never mind")
    qtbot.keyClick(window.top.note, Qt.Key.Key_Escape)
    assert not window.top.note.isVisible()
    assert len(marks(lived)) == 1


def test_freeze_stands_while_data_go_on_and_arrows_look_back(show: Show, qtbot: Any) -> None:
    lived = desk()
    window = show(lived)
    trace = now_view(window).trace
    press(qtbot, window, Qt.Key.Key_Space)
    frozen_at = lived.now
    lived.seconds(5, SIT, 78.0)
    turn(window)
    assert trace.frozen
    assert trace.shown is not None
    assert trace.shown.end == frozen_at
    assert now_view(window).sitting.accessibleDescription().startswith("Sitting: 13 seconds")
    qtbot.keyClick(trace, Qt.Key.Key_Left)
    qtbot.keyClick(trace, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert trace.shown.cursor == frozen_at - 11_000_000_000
    assert trace.accessibleDescription() == "09:06:47, 4°"
    press(qtbot, window, Qt.Key.Key_Space)
    assert not trace.frozen


def test_looking_back_ends_after_ten_minutes(show: Show, qtbot: Any) -> None:
    window = show(desk())
    trace = now_view(window).trace
    press(qtbot, window, Qt.Key.Key_Space)
    for _ in range(15):
        qtbot.keyClick(trace, Qt.Key.Key_PageUp)
    assert trace.shown is not None
    assert trace.shown.frozen_at is not None
    assert trace.shown.cursor == trace.shown.frozen_at - 600_000_000_000


def test_digits_and_clicks_choose_the_range(show: Show, qtbot: Any) -> None:
    window = show(desk())
    trace = now_view(window).trace
    press(qtbot, window, Qt.Key.Key_4)
    assert trace.shown is not None
    assert trace.shown.which is TraceRange.DAY
    qtbot.mouseClick(trace.range, LEFT, pos=QPoint(20, trace.range.height() // 2))
    turn(window)
    assert trace.shown.which is TraceRange.HALF_MINUTE


def test_dark_and_large_letters_by_key(show: Show, qtbot: Any) -> None:
    window = show(desk())
    press(qtbot, window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert window.theme.dark
    press(qtbot, window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert window.theme.font_scale == 1.25


def test_f1_says_what_it_can_and_cannot_know(show: Show, qtbot: Any) -> None:
    window = show(desk())
    press(qtbot, window, Qt.Key.Key_F1)
    assert window.choices.view == "about"


def test_every_control_is_reached_by_tab_in_reading_order(show: Show, qtbot: Any) -> None:
    window = show(alerted())
    window.activateWindow()
    seen: list[str] = []
    first: QWidget = window.rail.items["now"]
    widget: QWidget | None = first.nextInFocusChain()
    while widget is not first:
        assert widget is not None
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.accessibleName():
            seen.append(widget.accessibleName().split(" (")[0])
        widget = widget.nextInFocusChain()
    for word in ("Live left thigh", "Freeze", "Mark", "Quiet", "Snooze 5 min", "I'll stand up", "Range: 10 min"):
        assert word in seen, seen


@pytest.mark.parametrize(
    ("item", "view"), [("Link", "sensors"), ("Battery", "sensors"), ("Recording", "settings"), ("Disk", "settings")]
)
def test_an_item_of_the_status_bar_opens_the_view_that_explains_it(
    show: Show, qtbot: Any, item: str, view: str
) -> None:
    lived = desk()
    lived.battery = 71
    lived.seconds(1, SIT, 78.0)
    window = show(lived)
    qtbot.mouseClick(window.status.items[item], LEFT)
    assert window.choices.view == view
    window.open_view("now")
    window.status.items[item].setFocus()
    qtbot.keyClick(window.status.items[item], Qt.Key.Key_Return)
    assert window.choices.view == view


def test_the_status_bar_drops_what_it_has_no_room_for_and_never_the_battery(show: Show) -> None:
    lived = desk()
    lived.battery = 71
    lived.seconds(1, SIT, 78.0)
    window = show(lived, KeptChoices(font_scale=2.0, reduce_motion=True), 760, 480)
    seen = {name for name, item in window.status.items.items() if item.isVisible()}
    assert {"Link", "Battery", "Recording"} <= seen
    assert "Disk" not in seen
    assert all(window.status.rect().contains(window.status.items[name].geometry()) for name in seen)


# --- what it remembers ------------------------------------------------------------------------------------------------


def test_place_range_theme_and_letters_are_kept(show: Show, qtbot: Any, home: Path) -> None:
    window = show(desk())
    window.setGeometry(40, 30, 1100, 700)
    press(qtbot, window, Qt.Key.Key_3)
    press(qtbot, window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    window.finish()
    kept = kept_choices.read()
    assert kept.geometry == (40, 30, 1100, 700)
    assert (kept.trace_range, kept.scheme) == (2, Scheme.DARK)
    (file,) = (home / "state").iterdir()
    assert file.name == "window.json"
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "[]", "{", '{"font_scale": "x", "geometry": [1], "scheme": "pink"}'])
def test_what_cannot_be_read_counts_as_never_chosen(home: Path, text: str) -> None:
    (home / "state").mkdir()
    (home / "state" / "window.json").write_text(text)
    assert kept_choices.read() == KeptChoices()


# --- mistakes ---------------------------------------------------------------------------------------------------------


def test_a_card_that_cannot_draw_says_so_and_tries_again(
    show: Show, qtbot: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived = desk()
    window = show(lived)
    credit = now_view(window).credit

    def stumble(_painter: QPainter, _value: object) -> None:
        raise ValueError("a mistake in a view")

    monkeypatch.setattr(credit, "draw", stumble)
    with caplog.at_level(logging.ERROR):
        credit.repaint()
    assert credit.stopped
    assert STOPPED in credit.accessibleDescription()
    assert "Break credit stopped drawing" in caplog.text
    lived.seconds(2, SIT, 78.0)
    turn(window)
    assert now_view(window).sitting.accessibleDescription().startswith("Sitting: 10 seconds")
    monkeypatch.undo()
    qtbot.mouseClick(credit, LEFT)
    credit.repaint()
    assert not credit.stopped


def our_widgets() -> set[QWidget]:
    """Of other tests in this process, too."""
    return {widget for widget in QApplication.allWidgets() if type(widget).__module__.startswith("hipmonitor")}


@pytest.mark.parametrize("all_views", [True, False], ids=["every view was open", "one view was open"])
def test_a_closed_window_leaves_nothing_behind(home: Path, *, all_views: bool) -> None:
    """Neither a widget nor a Python object of it."""
    before = our_widgets()
    window = window_on(desk(), KeptChoices(reduce_motion=True))
    for name in window.views if all_views else ():
        window.open_view(name)
        turn(window, 3)
    gone = weakref.ref(window)
    window.close()
    del window
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None
    assert our_widgets() <= before


# --- sessions ---------------------------------------------------------------------------------------------------------


def failing() -> SourceChoice:
    @contextmanager
    def opened() -> Iterator[Feed]:
        raise LinkError("Bluetooth is switched off. Switch it on.")
        yield FeedOf(desk())

    return SourceChoice(kind=SourceKind.LIVE, word="Live", second="", open=opened)


def test_what_ends_a_session_is_said_and_another_source_is_offered(qtbot: Any) -> None:
    simulated = LivedFeed(SHORT_LIMITS, SourceKind.SIMULATED)
    window = Window([failing(), choice_of(simulated, "Simulated")], KeptChoices(reduce_motion=True))
    window.show()
    window.begin()
    qtbot.waitUntil(lambda: window.banner.shown is not None, timeout=30_000)
    assert window.banner.shown is not None
    assert window.banner.shown.evidence == "Bluetooth is switched off. Switch it on."
    assert list(window.banner.buttons) == ["Try again", "Simulated"]
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=30_000)
    qtbot.mouseClick(window.banner.buttons["Simulated"], LEFT)
    qtbot.waitUntil(lambda: window.bridge.feed is not None, timeout=30_000)
    turn(window)
    assert window.choice.word == "Simulated"
    assert window.banner.shown is None
    window.finish()


def test_another_source_is_opened_when_the_one_before_has_ended(qtbot: Any) -> None:
    one, two = desk(), LivedFeed(SHORT_LIMITS, SourceKind.SIMULATED)
    window = Window([choice_of(one), choice_of(two, "Simulated")], KeptChoices(reduce_motion=True))
    window.show()
    window.begin()
    qtbot.waitUntil(lambda: window.bridge.feed is not None, timeout=30_000)
    window.top.menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: window.ribbon.isVisible() and window.bridge.feed is not None, timeout=30_000)
    assert window.choice.word == "Simulated"
    window.finish()


def test_closing_asks_what_becomes_of_live_monitoring(show: Show, qtbot: Any, monkeypatch: Any) -> None:
    window = show(desk())
    monkeypatch.setattr(type(window.runner), "busy", property(lambda _self: True))
    answers = [(Closing.CANCEL, False), (Closing.STOP, True)]
    asked: list[str] = []
    monkeypatch.setattr(
        "hipmonitor.ui.dashboard.leaving.ask", lambda _theme, reason, _parent: (asked.append(reason), answers.pop(0))[1]
    )
    assert not window.close()
    assert window.close()
    assert asked == [NOT_HERE, NOT_HERE]
    assert kept_choices.read().closing == "stop"


def test_keep_monitoring_is_off_with_its_reason_where_there_is_no_monitor(show: Show, qtbot: Any) -> None:
    question = ClosingQuestion(show(desk()).theme, NOT_HERE)
    keep = question.buttons[Closing.KEEP]
    assert not keep.isEnabled()
    assert keep.accessibleDescription() == NOT_HERE
    question.show()
    qtbot.mouseClick(question.buttons[Closing.STOP], LEFT)
    assert question.answer is Closing.STOP


def test_keeping_hands_over_after_the_session_has_ended(qtbot: Any) -> None:
    order: list[str] = []
    lived = desk()

    @contextmanager
    def opened() -> Iterator[Feed]:
        yield FeedOf(lived)
        order.append("session ended")

    choice = SourceChoice(kind=SourceKind.LIVE, word="Live", second="", open=opened, monitor_may_take_over=True)
    choices = KeptChoices(reduce_motion=True, closing="keep")
    window = Window([choice], choices, keep_monitoring=lambda: order.append("monitor starts"))
    window.show()
    window.begin()
    qtbot.waitUntil(lambda: window.bridge.feed is not None, timeout=30_000)
    window.close()
    assert order == ["session ended", "monitor starts"]


def test_boxes_that_say_something_grow_with_the_letters(qtbot: Any) -> None:
    def sizes(font_scale: float) -> tuple[int, int]:
        theme = Theme(scheme=Scheme.LIGHT, font_scale=font_scale)
        around = QWidget()
        qtbot.addWidget(around)
        item = StatusItem(theme, "Link", "Sensors", around)
        item.say("", icon="boxes", boxes=3)
        question = ClosingQuestion(theme, "", around)
        tick = question.always.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, question.always)
        return item.sizeHint().width(), tick

    (boxes, tick), (large_boxes, large_tick) = sizes(1.0), sizes(2.0)
    assert large_boxes - boxes == round(4 * 8.5)
    assert large_tick == 2 * tick


def test_another_banner_that_waits_leaves_an_alert_in_one_row(qtbot: Any) -> None:
    window = window_on(two_banners(), KeptChoices(reduce_motion=True, closing="stop"))
    qtbot.addWidget(window)
    tops = {button.y() for button in window.banner.buttons.values()}
    assert len(tops) == 1
    assert window.banner.height() == (76 + 12)
    more = window.banner.buttons["1 more"]
    assert more.accessibleName() == "1 more"
    qtbot.mouseClick(more, LEFT)
    assert window.banner.shown is not None
    assert window.banner.shown.kind is BannerKind.LOW_BATTERY
    window.finish()
