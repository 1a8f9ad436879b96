"""The window: its parts and how they hang together, its keys, its events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from hipmonitor.ui.dashboard import keys
from hipmonitor.ui.dashboard.banner_desk import BannerDesk
from hipmonitor.ui.dashboard.bridge import Bridge
from hipmonitor.ui.dashboard.closing import Closing
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.errands import Errands
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.frame.frame import Frame
from hipmonitor.ui.dashboard.frame.status_bar import DATA
from hipmonitor.ui.dashboard.kept_choices import KeptChoices
from hipmonitor.ui.dashboard.leaving import Leaving
from hipmonitor.ui.dashboard.opening import put, theme_of
from hipmonitor.ui.dashboard.replay.replay_view import ReplayView
from hipmonitor.ui.dashboard.sensors.sensors_view import SensorsView
from hipmonitor.ui.dashboard.session_runner import SessionRunner
from hipmonitor.ui.dashboard.sessions import Sessions
from hipmonitor.ui.dashboard.settings.settings_view import SettingsView
from hipmonitor.ui.dashboard.settings_desk import SettingsDesk
from hipmonitor.ui.dashboard.showing import Showing
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.dashboard.source_desk import HOME, SourceDesk
from hipmonitor.ui.dashboard.theme import Theme, qcolor
from hipmonitor.ui.dashboard.tray import Tray
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.dashboard.views import VIEWS
from hipmonitor.ui.view_model import SourceKind

LEAST_SIZE = (760, 480)


class Window(QWidget):
    """Everything; made once. All that it is made of ends with it."""

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
        self.choices, self.theme = choices, theme or theme_of(choices)
        self.bridge, self.sessions = Bridge(self), Sessions(sources, self)
        settings = SettingsDesk(self.bridge, choices, settings_file, self)
        self.cockpit = Cockpit(self.theme, self.bridge, choices, settings, errands, self)
        self.theme.setParent(self)
        self.views: dict[str, View] = {row.name: row.make(self.cockpit) for row in VIEWS}
        self.around = around = Frame(self, self.theme, self.sessions.sources, VIEWS, self.views)
        self.top, self.ribbon, self.banner, self.status = around.top, around.ribbon, around.banner, around.status
        self.rail, self.content = around.rail, around.content
        self.desk = BannerDesk(self.cockpit, self.banner)
        self.source = SourceDesk(self.cockpit, self.sessions, self.views, self.desk, self)
        self.showing = Showing(self.cockpit, self.sessions, around, self.desk, self)
        self.leaving = Leaving(self, self.cockpit, self.sessions, keep_monitoring)
        self._painted = False
        self._lend_hands()
        self._wire()
        self._restore()

    # --- made once --------------------------------------------------------------------------------------------------
    def _lend_hands(self) -> None:
        """What a view may ask of the window."""
        hands, sessions = self.cockpit.hands, self.sessions
        hands.open_view, hands.say, hands.has_view = self.open_view, self.showing.say, self.views.__contains__
        hands.open_source, hands.end_session = sessions.choose_kind, sessions.end_then
        hands.source_kinds = lambda: frozenset(source.kind for source in sessions.sources)
        hands.simulated = lambda: sessions.choice.kind is SourceKind.SIMULATED
        hands.live = lambda: sessions.choice.kind is SourceKind.LIVE
        hands.sensors, hands.begin_again = lambda: sessions.choice.sensors, self.source.begin_again
        hands.try_alert, hands.fit, hands.replay = self.desk.try_alert, self.around.fit_soon, self.source.open_recording
        hands.ask_note = self.top.ask_note
        sensors = self.views["sensors"]
        if isinstance(sensors, SensorsView):
            hands.signal_dbm = sensors.searching.signal_dbm

    def _wire(self) -> None:
        self.setWindowTitle("hipmonitor")
        self.setMinimumSize(*LEAST_SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.rail.chosen.connect(self.open_view)
        self.top.note.kept.connect(self.cockpit.note)
        self.top.note.left.connect(self.setFocus)
        self.top.source_chosen.connect(self.source.choose)
        self.status.opened.connect(self._explain)
        self.ribbon.back.connect(self.source.back_to_live)
        if self.replay is not None:
            self.top.recording_chosen.connect(self.replay.open_path)
            self.top.menu.aboutToShow.connect(self.replay.library.look)
            self.replay.library.listed.connect(self.top.offer_recordings)
            self.top.offer_recordings(())
        self.theme.changed.connect(self._themed)
        self.bridge.looked.connect(self.showing.look)
        self.bridge.framed.connect(self.showing.frame)
        self.leaving.ending.connect(self._end)
        self.leaving.finished.connect(self.finished)
        keys.bind(self, self.cockpit, self.around, self.desk)

    def _restore(self) -> None:
        put(self, self.choices)
        if self.choices.view not in self.rail.items or not self.open_view(self.choices.view):
            self.open_view(HOME)
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

    @property
    def replay(self) -> ReplayView | None:
        """Where recordings are shown."""
        return self.source.replay

    def begin(self, number: int = 0) -> None:
        """Open this source, and look."""
        self.source.begin(number)

    def watch(self, feed: Feed | None) -> None:
        """Look at this session, or at none."""
        self.source.watch(feed)

    # --- pictures ---------------------------------------------------------------------------------------------------
    @property
    def view(self) -> View:
        """The one that is shown."""
        return self.views[self.choices.view]

    def open_view(self, name: str) -> bool:
        """Show this one; whether there is one of that name."""
        if name not in self.views:
            return False
        self.choices.view = name
        self.around.show_view(name, self.views[name])
        self.bridge.look_now()
        return True

    def _explain(self, place: str) -> None:
        """What an item of the status bar stands for."""
        view = self.views["settings"]
        if place == DATA[0] and isinstance(view, SettingsView):
            view.open("Data")
            self.open_view("settings")
        else:
            self.open_view(place)

    def _themed(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(self.theme.qt_palette())
        self.update()
        self.around.fit()

    # --- events --------------------------------------------------------------------------------------------
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
    @property
    def ended_by(self) -> Closing | None:
        """The answer that ended it; None = it goes on."""
        return self.leaving.ended_by

    @property
    def tray(self) -> Tray | None:
        """Its icon, where there is one."""
        return self.leaving.tray

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask what becomes of the monitoring, where there is any."""
        self.leaving.close(event)

    def finish(self) -> None:
        """End the session whole, without asking."""
        self.leaving.finish()

    def _end(self) -> None:
        """Nothing looks any more, and no view works on."""
        self.bridge.stop()
        self.cockpit.settings.stop()
        self.sessions.over.disconnect()
        for view in self.views.values():
            view.finish()
        for work in self.findChildren(SideWork):
            work.end()
