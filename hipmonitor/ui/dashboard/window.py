"""The window: frame around the views, keys, sources, and what closing means."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard import keys
from hipmonitor.ui.dashboard.banner_desk import BannerDesk
from hipmonitor.ui.dashboard.bridge import Bridge
from hipmonitor.ui.dashboard.closing import Closing
from hipmonitor.ui.dashboard.cockpit import Cockpit, Instead
from hipmonitor.ui.dashboard.errands import Errands
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.frame.banner_bar import BannerBar
from hipmonitor.ui.dashboard.frame.content import Content
from hipmonitor.ui.dashboard.frame.rail import Rail
from hipmonitor.ui.dashboard.frame.ribbon import Ribbon
from hipmonitor.ui.dashboard.frame.status_bar import StatusBar
from hipmonitor.ui.dashboard.frame.top_bar import TopBar
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.leaving import Leaving
from hipmonitor.ui.dashboard.opening import put, theme_of
from hipmonitor.ui.dashboard.replay.recording_source import RecordingChoice
from hipmonitor.ui.dashboard.replay.replay_view import REPLAY, ReplayView
from hipmonitor.ui.dashboard.session_runner import SessionRunner
from hipmonitor.ui.dashboard.sessions import Sessions
from hipmonitor.ui.dashboard.settings_desk import SettingsDesk
from hipmonitor.ui.dashboard.theme import Theme, qcolor
from hipmonitor.ui.dashboard.tray import Tray
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.dashboard.views import VIEWS
from hipmonitor.ui.view_model import Glance, SourceKind, status_now
from hipmonitor.ui.view_model.limits_set import limits_said

LOG = logging.getLogger(__name__)
LEAST_SIZE = (760, 480)
NARROW_BELOW, TIGHT_BELOW, LOW_BELOW = 1000, 900, 700
SAID_MS = 3000
NO_SNOOZE = "No more snooze is left in this sitting bout; a break gives them back."


class Window(QWidget):
    """Everything; made once."""

    first_picture = Signal()
    finished = Signal()
    """The session has ended, and the window is not needed any more."""

    def __init__(
        self,
        sources: Sequence[SourceChoice],
        choices: KeptChoices,
        *,
        theme: Theme | None = None,
        keep_monitoring: Callable[[], None] | None = None,
        errands: Errands | None = None,
        settings_file: Path | None = None,
    ) -> None:
        """Everything the window is made of.

        Args:
            sources: the source picker's entries.
            choices: what was kept from last time.
            theme: another than the one that was chosen.
            keep_monitoring: starts the background monitor once the session has ended; None = there is none.
            errands: what the program around it does for the window; None = nothing.
            settings_file: None = this computer's own.
        """
        super().__init__()
        self.choices = choices
        self.theme = theme or theme_of(choices)
        self.bridge, self.sessions = Bridge(), Sessions(sources)
        self.leaving = Leaving(self.theme, choices, self.sessions, keep_monitoring)
        self.tray: Tray | None = None
        settings = SettingsDesk(self.bridge, choices, settings_file)
        self.cockpit = Cockpit(self.theme, self.bridge, choices, settings, errands)
        hands = self.cockpit.hands
        hands.open_view, hands.say, hands.has_view = self.open_view, self.say, lambda name: name in self.views
        hands.open_source, hands.end_session = self.sessions.choose_kind, self.sessions.end_then
        hands.try_alert = lambda settings: self.desk.try_alert(settings)  # noqa: PLW0108 - made below
        hands.source_kinds = lambda: frozenset(source.kind for source in self.sessions.sources)
        hands.fit = self._fit_soon
        hands.simulated = lambda: self.choice.kind is SourceKind.SIMULATED
        hands.replay = self._replay
        hands.live = lambda: self.choice.kind is SourceKind.LIVE
        hands.sensors, hands.begin_again = lambda: self.choice.sensors, self._begin_again
        self.glance: Glance | None = None
        self.ended_by: Closing | None = None
        self._painted = False
        self._note = ""
        self._refused_at: HostNs | None = None
        self._build()
        self._wire()
        self._restore()

    # --- made once --------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        self.setWindowTitle("hipmonitor")
        self.setMinimumSize(*LEAST_SIZE)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.views: dict[str, View] = {row.name: row.make(self.cockpit) for row in VIEWS}
        self.rail = Rail(self.theme, [(row.name, row.word, row.icon, row.at_bottom) for row in VIEWS if row.in_rail])
        self.top, self.ribbon = TopBar(self.theme, self.sessions.sources), Ribbon(self.theme)
        self.banner, self.status = BannerBar(self.theme), StatusBar(self.theme)
        self.desk = BannerDesk(self.cockpit, self.banner)
        self.stack = QStackedWidget()
        for view in self.views.values():
            self.stack.addWidget(view)
        self.content = Content(self.theme, self.stack)
        column = QVBoxLayout()
        column.setSpacing(0)
        for part in (self.top, self.ribbon, self.banner):
            column.addWidget(part)
        column.addWidget(self.content, 1)
        column.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    def _wire(self) -> None:
        self.rail.chosen.connect(self.open_view)
        self.top.source_chosen.connect(lambda number: self._source_chosen(self.sessions.sources[number]))
        self.ribbon.back.connect(self.back_to_live)
        if self.replay is not None:
            self.top.recording_chosen.connect(self.replay.open_path)
            self.top.menu.aboutToShow.connect(self.replay.library.look)
            self.replay.library.listed.connect(self.top.offer_recordings)
            self.top.offer_recordings(())
        self.content.resized.connect(self._fit)
        self.theme.changed.connect(self._themed)
        self.bridge.looked.connect(self._look)
        self.bridge.framed.connect(self._frame)
        self.sessions.opening.connect(self._opening)
        self.sessions.began.connect(self._began)
        self.sessions.over.connect(self._over)
        self.sessions.said.connect(self.say)
        self._unsay = QTimer(self)
        self._unsay.setSingleShot(True)
        self._unsay.timeout.connect(lambda: self.say(""))
        keys.bind(self, self.cockpit, dismiss=self._escape, pressed=self._pressed)

    def _restore(self) -> None:
        put(self, self.choices)
        if self.choices.view not in self.rail.items or not self.open_view(self.choices.view):
            self.open_view(VIEWS[0].name)
        self._themed()
        self.setFocus()

    # --- sessions ---------------------------------------------------------------------------------------------------
    @property
    def choice(self) -> SourceChoice:
        """The source that is open, or was last."""
        return self.sessions.choice

    @property
    def runner(self) -> SessionRunner:
        """Of the session that is open."""
        return self.sessions.runner

    def begin(self, number: int = 0) -> None:
        """Open this source, and look."""
        choice = self.sessions.sources[number]
        if isinstance(choice, RecordingChoice) and self.replay is not None:
            self.replay.open(choice)
        else:
            self.sessions.open(choice)
        self.cockpit.settings.start()
        self.bridge.start()

    @property
    def replay(self) -> ReplayView | None:
        """Where recordings are shown."""
        view = self.views.get(REPLAY)
        return view if isinstance(view, ReplayView) else None

    def _opening(self) -> None:
        self.watch(None)
        self.desk.program_says("", "")
        self.bridge.look_now()

    def watch(self, feed: Feed | None) -> None:
        """Look at this session, or at none."""
        self.bridge.idle(self.choice.kind)
        self.bridge.feed = feed
        for view in self.views.values():
            view.watch(feed)

    def _source_chosen(self, choice: SourceChoice) -> None:
        """A recording is shown beside the session; another session follows the one before."""
        if isinstance(choice, RecordingChoice) and self.replay is not None:
            self.replay.open(choice)
            return
        if self.choices.view == REPLAY:
            self.open_view(VIEWS[0].name)
        self.sessions.choose(choice)

    def _replay(self, path: Path, _at: HostNs) -> bool:
        """From the history; the film begins at its beginning."""
        if self.replay is not None:
            self.replay.open_path(path)
        return self.replay is not None

    def back_to_live(self) -> None:
        """To the session that went on behind a replay; where there is none, it begins."""
        self.open_view(VIEWS[0].name)
        if not self.runner.busy and self.choice.kind is not SourceKind.REPLAY:
            self.sessions.open(self.choice)

    def _begin_again(self) -> None:
        self.sessions.end_then(lambda: self.sessions.open(self.choice))

    def _began(self, feed: Feed) -> None:
        self.watch(feed)
        self.bridge.look_now()
        if self.glance is not None and self.choice.kind is SourceKind.LIVE and not self.glance.settings.confirmed:
            self.say(f"{limits_said(self.glance.settings)} Settings, Limits confirms them.")

    def _over(self, sentence: str) -> None:
        if self.ended_by is None:
            self.watch(None)
            offers = {self._offer_of(source): partial(self.sessions.open, source) for source in self.sessions.sources}
            self.desk.program_says("The session has ended.", sentence or "Choose a source to go on.", offers)
            self.bridge.look_now()

    def _offer_of(self, source: SourceChoice) -> str:
        return "Try again" if source is self.choice else source.word

    # --- pictures ---------------------------------------------------------------------------------------------------
    @property
    def view(self) -> View:
        """The one that is shown."""
        return self.views[self.choices.view]

    @property
    def _instead(self) -> Instead | None:
        """What the open view shows instead of the session."""
        instead = self.cockpit.instead
        return instead if instead is not None and instead.view == self.choices.view else None

    def _look(self, glance: Glance) -> None:
        self.glance = glance
        self.bridge.hidden = not self.isVisible() or self.isMinimized()
        instead, feed, choice = self._instead, self.bridge.feed, self.choice
        shown = glance
        if instead is not None:
            choice, feed = instead.choice, instead.feed
            shown = glance if feed is None else feed.glance(feed.now())
        self.top.show_source(choice, shown)
        self.top.state.say(self._note or self.view.state_line or shown.state_line, shown.situation)
        self.setWindowTitle(f"{shown.angle.number} hipmonitor" if shown.angle.shown_deg is not None else "hipmonitor")
        self._say_source()
        self._notice_refusal(glance)
        self.desk.look(glance, behind=instead is not None)
        status = status_now(shown, None if feed is None else feed.disk_free_bytes())
        self.status.show_value(status if instead is None else instead.dress(status))
        self.view.look(shown)

    def _say_source(self) -> None:
        """The ribbon is there before the view is laid out below it."""
        instead = self._instead
        if instead is None:
            self.ribbon.say(self.choice.kind if self.choice.kind is not SourceKind.REPLAY else SourceKind.LIVE)
        else:
            self.ribbon.say(SourceKind.REPLAY if instead.feed is not None else SourceKind.LIVE, instead.ribbon)

    def _notice_refusal(self, glance: Glance) -> None:
        """The pipeline decides whether a snooze is left."""
        if glance.alerts.snooze_refused_at != self._refused_at:
            self._refused_at = glance.alerts.snooze_refused_at
            self.say(NO_SNOOZE)

    def _frame(self, now: HostNs, seconds: float) -> None:
        self.bridge.hidden = not self.isVisible() or self.isMinimized()
        instead = self._instead
        self.view.frame(now if instead is None or instead.feed is None else instead.feed.now(), seconds)

    def say(self, sentence: str) -> None:
        """In the state line, for three seconds; empty = no longer."""
        self._note = sentence
        if sentence:
            self.top.state.say(sentence)
            self._unsay.start(SAID_MS)

    def open_view(self, name: str) -> bool:
        """Show this one; whether there is one of that name."""
        if name not in self.views:
            return False
        self.choices.view = name
        self.stack.setCurrentWidget(self.views[name])
        self.rail.show_chosen(name)
        self.top.show_actions(self.views[name].buttons)
        self._fit()
        self.bridge.look_now()
        return True

    # --- sizes and theme --------------------------------------------------------------------------------------------
    def _fit(self) -> None:
        effective = self.width() / self.theme.font_scale
        low = self.height() / self.theme.font_scale < LOW_BELOW
        self.rail.narrow(on=effective < NARROW_BELOW)
        self.top.fit(narrow=effective < NARROW_BELOW, tight=effective < TIGHT_BELOW, low=low)
        room = self.content.maximumViewportSize()
        wanted = self.view.fit(room.width(), room.height())
        if wanted > room.height():
            bar = self.content.verticalScrollBar().sizeHint().width()
            wanted = self.view.fit(room.width() - bar, room.height())
            self.stack.resize(room.width() - bar, wanted)
        else:
            self.stack.resize(room)

    def _fit_soon(self) -> None:
        """When what was shown or hidden has its new size."""
        QTimer.singleShot(0, self, self._fit)

    def _themed(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(self.theme.qt_palette())
        self.update()
        self._fit()

    def _escape(self) -> None:
        """First the banner, then what the view has to end."""
        if self.banner.shown is not None:
            self.desk.dismiss()
        else:
            self.view.press("Esc")

    def _pressed(self, key: str) -> None:
        """Space presses the button that has the focus; every other key is the view's."""
        focused = QApplication.focusWidget()
        if key == "Space" and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            self.view.press(key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolor(self.theme.palette.bg))
        painter.end()
        if not self._painted:
            self._painted = True
            self.first_picture.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Minimised or back: look at once when it can be seen again."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange and not self.isMinimized():
            self.bridge.hidden = False

    def showEvent(self, _event: object) -> None:
        """It can be seen."""
        self.bridge.hidden = False

    # --- the end ----------------------------------------------------------------------------------------------------
    def use_tray(self) -> None:
        """From now on there is an icon in the tray, and monitoring can go on without the window."""
        self.tray = Tray(self.cockpit)
        self.tray.opened.connect(self.come_back)
        self.tray.quit_wanted.connect(self._quit)
        self.tray.show()
        self.leaving.tray = True

    def come_back(self) -> None:
        """From the tray, or from behind other windows."""
        self.showMaximized() if self.choices.maximised and not self.isVisible() else self.show()
        self.raise_()
        self.activateWindow()

    def _quit(self) -> None:
        """From the tray: without a question, for the answer is in the word."""
        self.finish()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask what becomes of the monitoring, where there is any."""
        answer = self.ended_by or self.leaving.answer(self)
        if answer is Closing.CANCEL:
            event.ignore()
        elif answer is Closing.KEEP and self.tray is not None and self.ended_by is None:
            event.ignore()
            self._keep_choices()
            self.hide()
        else:
            self.finish(answer)
            event.accept()

    def finish(self, answer: Closing = Closing.STOP) -> None:
        """End the session whole, keep the choices, and hand over where that was asked for."""
        if self.ended_by is not None:
            return
        self.ended_by = answer
        self.bridge.stop()
        self.cockpit.settings.stop()
        if self.tray is not None:
            self.tray.hide()
        if self.replay is not None:
            self.replay.finish()
        self._keep_choices()
        self.sessions.end()
        if answer is Closing.KEEP:
            self.leaving.hand_over()
        self.finished.emit()

    def _keep_choices(self) -> None:
        self.choices.maximised = self.isMaximized()
        place = self.normalGeometry()
        if place.width() > 0:
            self.choices.geometry = (place.x(), place.y(), place.width(), place.height())
        self.choices.write()
