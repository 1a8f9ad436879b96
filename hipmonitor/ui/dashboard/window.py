"""The window: frame around the views, keys, sources, and what closing means."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hipmonitor.core.inbound import Snooze
from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.banner_desk import BannerDesk
from hipmonitor.ui.dashboard.bridge import Bridge
from hipmonitor.ui.dashboard.closing import Closing, ask
from hipmonitor.ui.dashboard.cockpit import Cockpit, Instead
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.frame.banner_bar import BannerBar
from hipmonitor.ui.dashboard.frame.rail import Rail
from hipmonitor.ui.dashboard.frame.ribbon import Ribbon
from hipmonitor.ui.dashboard.frame.status_bar import StatusBar
from hipmonitor.ui.dashboard.frame.top_bar import TopBar
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.opening import put, theme_of
from hipmonitor.ui.dashboard.replay.recording_source import RecordingChoice
from hipmonitor.ui.dashboard.replay.replay_view import REPLAY, ReplayView
from hipmonitor.ui.dashboard.session_runner import SessionRunner
from hipmonitor.ui.dashboard.theme import Scheme, Theme, qcolor
from hipmonitor.ui.dashboard.theme.theme import FONT_SCALES
from hipmonitor.ui.dashboard.views import VIEWS, View
from hipmonitor.ui.view_model import Glance, SourceKind, status_now, unconfirmed

LOG = logging.getLogger(__name__)
LEAST_SIZE = (760, 480)
NARROW_BELOW, TIGHT_BELOW, LOW_BELOW = 1000, 900, 700
SAID_MS = 3000
SNOOZE_MIN = 5.0
NO_SNOOZE = "No more snooze is left in this sitting bout; a break gives them back."
NOT_HERE = "Only a live sensor can be monitored without the window."
VIEW_KEYS = ("Space", "M", "Q", "1", "2", "3", "4", ",", ".", "-", "+", "[", "]", "L", "R", "F5")
"""Handed to the view that is shown; letters and digits do nothing while a text is being typed."""


class Content(QScrollArea):
    """Says when the room for the view has changed: by the window, the ribbon, a banner."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell it."""
        super().resizeEvent(event)
        self.resized.emit()


class Window(QWidget):
    """Everything; made once."""

    first_picture = Signal()

    def __init__(
        self,
        sources: Sequence[SourceChoice],
        choices: KeptChoices,
        *,
        theme: Theme | None = None,
        keep_monitoring: Callable[[], None] | None = None,
    ) -> None:
        """`keep_monitoring` starts the background monitor once the session has ended; None = there is none."""
        super().__init__()
        self.sources, self.choices, self._keep_monitoring = tuple(sources), choices, keep_monitoring
        self.theme = theme or theme_of(choices)
        self.bridge, self.runner = Bridge(), SessionRunner()
        self.cockpit = Cockpit(self.theme, self.bridge, choices)
        hands = self.cockpit.hands
        hands.open_view, hands.say, hands.has_view = self.open_view, self.say, lambda name: name in self.views
        hands.simulated = lambda: self.choice.kind is SourceKind.SIMULATED
        sessions = [source for source in self.sources if source.kind is not SourceKind.REPLAY]
        self.choice = (sessions or self.sources)[0]
        self.glance: Glance | None = None
        self.ended_by: Closing | None = None
        self._next: SourceChoice | None = None
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
        self.rail = Rail(self.theme, [(row.name, row.word, row.icon, row.at_bottom) for row in VIEWS])
        self.top, self.ribbon = TopBar(self.theme, self.sources), Ribbon(self.theme)
        self.banner, self.status = BannerBar(self.theme), StatusBar(self.theme)
        self.desk = BannerDesk(self.cockpit, self.banner)
        self.stack = QStackedWidget()
        for view in self.views.values():
            self.stack.addWidget(view.widget)
        self.content = Content()
        self.content.setWidget(self.stack)
        self.content.setFrameShape(QScrollArea.Shape.NoFrame)
        self.content.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.content.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        self.top.source_chosen.connect(self._source_chosen)
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
        self.runner.began.connect(self._began, Qt.ConnectionType.QueuedConnection)
        self.runner.ended.connect(self._ended, Qt.ConnectionType.QueuedConnection)
        self._unsay = QTimer(self)
        self._unsay.setSingleShot(True)
        self._unsay.timeout.connect(lambda: self.say(""))
        keys: dict[str, Callable[[], object]] = {
            "Esc": self.desk.dismiss,
            "S": lambda: self.cockpit.act(Snooze(minutes=SNOOZE_MIN)),
            "Ctrl+D": self._toggle_dark,
            "Ctrl+Q": self.close,
            "Ctrl+0": lambda: self._font(1.0),
            "Ctrl++": partial(self._next_font, 1),
            "Ctrl+=": partial(self._next_font, 1),
            "Ctrl+-": partial(self._next_font, -1),
        }
        keys |= {f"Ctrl+{k + 1}": partial(self.open_view, row.name) for k, row in enumerate(VIEWS)}
        keys |= {key: partial(self._pressed, key) for key in VIEW_KEYS}
        for key, done in keys.items():
            QShortcut(QKeySequence(key), self, done)

    def _restore(self) -> None:
        put(self, self.choices)
        if not self.open_view(self.choices.view):
            self.open_view(VIEWS[0].name)
        self._themed()
        self.setFocus()

    # --- sessions ---------------------------------------------------------------------------------------------------
    def begin(self, number: int = 0) -> None:
        """Open this source, and look."""
        self._open(self.sources[number])
        self.bridge.start()

    @property
    def replay(self) -> ReplayView | None:
        """Where recordings are shown."""
        view = self.views.get(REPLAY)
        return view if isinstance(view, ReplayView) else None

    def _open(self, choice: SourceChoice) -> None:
        if isinstance(choice, RecordingChoice) and self.replay is not None:
            self.replay.open(choice)
            return
        self.choice = choice
        self.watch(None)
        self.desk.program_says("", "")
        self.runner.start(choice)
        self.bridge.look_now()

    def watch(self, feed: Feed | None) -> None:
        """Look at this session, or at none."""
        self.bridge.idle(self.choice.kind)
        self.bridge.feed = feed
        for view in self.views.values():
            view.watch(feed)

    def _source_chosen(self, number: int) -> None:
        """The session before ends first: there is one radio."""
        choice = self.sources[number]
        if self.choices.view == REPLAY and choice.kind is not SourceKind.REPLAY:
            self.open_view(VIEWS[0].name)
        if choice.kind is SourceKind.REPLAY:
            self._open(choice)
            return
        if choice is self.choice and self.runner.busy:
            return
        if self.runner.busy:
            self._next = choice
            self.say("Ending the session; its recording is kept.")
            self.runner.ask_to_end()
        else:
            self._open(choice)

    def back_to_live(self) -> None:
        """To the session that went on behind a replay; where there is none, it begins."""
        self.open_view(VIEWS[0].name)
        if not self.runner.busy and self.choice.kind is not SourceKind.REPLAY:
            self._open(self.choice)

    def _began(self, feed: Feed) -> None:
        self.watch(feed)
        self.bridge.look_now()
        if self.glance is not None and self.choice.kind is SourceKind.LIVE:
            self.say(unconfirmed(self.glance.settings))

    def _ended(self, sentence: str) -> None:
        following, self._next = self._next, None
        if following is not None:
            QTimer.singleShot(0, partial(self._open_when_free, following))
            return
        if self.ended_by is None:
            self.watch(None)
            offers = {self._offer_of(source): partial(self._open, source) for source in self.sources}
            self.desk.program_says("The session has ended.", sentence or "Choose a source to go on.", offers)
            self.bridge.look_now()

    def _offer_of(self, source: SourceChoice) -> str:
        return "Try again" if source is self.choice else source.word

    def _open_when_free(self, choice: SourceChoice) -> None:
        self.runner.end()
        self._open(choice)

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
        self.stack.setCurrentWidget(self.views[name].widget)
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

    def _themed(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(self.theme.qt_palette())
        palette = self.content.palette()
        palette.setColor(self.content.viewport().backgroundRole(), qcolor(self.theme.palette.bg))
        self.content.setPalette(palette)
        self.update()
        self._fit()

    def _toggle_dark(self) -> None:
        self.choices.scheme = Scheme.LIGHT if self.theme.dark else Scheme.DARK
        self.theme.choose(scheme=self.choices.scheme)

    def _next_font(self, step: int) -> None:
        index = min(range(len(FONT_SCALES)), key=lambda k: abs(FONT_SCALES[k] - self.theme.font_scale))
        self._font(FONT_SCALES[min(len(FONT_SCALES) - 1, max(0, index + step))])

    def _font(self, scale: float) -> None:
        self.choices.font_scale = scale
        self.theme.choose(font_scale=scale)

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
    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask what becomes of the monitoring, where there is any."""
        answer = self.ended_by or self._ask()
        if answer is Closing.CANCEL:
            event.ignore()
            return
        self.finish(answer)
        event.accept()

    def _ask(self) -> Closing:
        if self.choice.kind is not SourceKind.LIVE or not self.runner.busy:
            return Closing.STOP
        if self.choices.closing == Closing.STOP or (self.choices.closing == Closing.KEEP and not self._no_keeping):
            return Closing(self.choices.closing)
        answer, always = ask(self.theme, self._no_keeping, self)
        if always and answer is not Closing.CANCEL:
            self.choices.closing = answer.value
        return answer

    @property
    def _no_keeping(self) -> str:
        """Why monitoring cannot go on without the window."""
        return "" if self._keep_monitoring is not None and self.choice.monitor_may_take_over else NOT_HERE

    def finish(self, answer: Closing = Closing.STOP) -> None:
        """End the session whole, keep the choices, and hand over where that was asked for."""
        if self.ended_by is not None:
            return
        self.ended_by = answer
        self.bridge.stop()
        if self.replay is not None:
            self.replay.finish()
        self._keep_choices()
        self.runner.end()
        if answer is Closing.KEEP and self._keep_monitoring is not None:
            self._keep_monitoring()

    def _keep_choices(self) -> None:
        self.choices.maximised = self.isMaximized()
        place = self.normalGeometry()
        if place.width() > 0:
            self.choices.geometry = (place.x(), place.y(), place.width(), place.height())
        self.choices.write()
