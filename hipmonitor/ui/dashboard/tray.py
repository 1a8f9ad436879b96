"""The tray icon, where the desktop has a tray: a thigh at three tilts, the state line, and five things to do."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from hipmonitor.core.inbound import EndQuiet, Mark, Quiet, Snooze
from hipmonitor.ui.dashboard.theme import Theme, qcolor
from hipmonitor.ui.view_model import Flow, Glance, Zone

if TYPE_CHECKING:
    from hipmonitor.ui.dashboard.cockpit import Cockpit

LOOK_MS = 1000
PX, KNEE_FROM_MIDDLE = 64, 20.0
SNOOZE_MIN, QUIET_MIN = 5.0, 60.0


class TrayState(StrEnum):
    """What the icon says."""

    OK = "ok"
    NOTICE = "notice"
    DEEP = "deep"
    HOLD = "hold"


RISE = {TrayState.OK: 14.0, TrayState.NOTICE: 6.0, TrayState.DEEP: -8.0, TrayState.HOLD: 14.0}
"""How far the knee is drawn below the hip, in pixels: above the limit it is higher than the hip."""


def tray_state(glance: Glance) -> TrayState:
    """Held while no alert could be told: no data, not trusted, quiet."""
    if glance.stream.flow is not Flow.FLOWING or glance.angle.zone is Zone.UNKNOWN or glance.not_told:
        return TrayState.HOLD
    zones = {Zone.OK: TrayState.OK, Zone.NOTICE: TrayState.NOTICE, Zone.DEEP: TrayState.DEEP}
    return zones[glance.angle.zone]


def tray_icon(theme: Theme, state: TrayState) -> QIcon:
    """Drawn large; the desktop makes it small. It stands on a ground of its own, for a tray may be light or dark."""
    p, pixmap = theme.palette, QPixmap(PX, PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(qcolor(p.ctl), 2.0))
    painter.setBrush(qcolor(p.surface))
    painter.drawRoundedRect(QRectF(2, 2, PX - 4, PX - 4), 14, 14)
    colours = {TrayState.OK: p.ok, TrayState.NOTICE: p.notice, TrayState.DEEP: p.deep, TrayState.HOLD: p.missing}
    pen = QPen(qcolor(colours[state]), 15.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    middle, rise = PX / 2, RISE[state]
    painter.drawLine(
        QPointF(middle - KNEE_FROM_MIDDLE + 3, middle - rise / 2),
        QPointF(middle + KNEE_FROM_MIDDLE - 3, middle + rise / 2),
    )
    if state is TrayState.HOLD:
        _hold_bars(painter, theme)
    painter.end()
    return QIcon(pixmap)


def _hold_bars(painter: QPainter, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(theme.palette.ink))
    for x in (38.0, 49.0):
        painter.drawRoundedRect(QRectF(x, 36, 7, 21), 2, 2)


class Tray(QObject):
    """Shown while the program runs; what it does goes through the cockpit as in the window."""

    opened = Signal()
    quit_wanted = Signal()

    def __init__(self, cockpit: Cockpit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cockpit = cockpit
        self.icon = QSystemTrayIcon(self)
        self.menu = QMenu(parent)
        self._state: TrayState | None = None
        self._make_menu()
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.turn)
        cockpit.theme.changed.connect(self._renew)

    @staticmethod
    def there_is_one() -> bool:
        """Whether this desktop has a tray."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def _make_menu(self) -> None:
        self.menu.addAction("Open", self.opened.emit)
        self.menu.addSeparator()
        self.snooze = self.menu.addAction("Snooze 5 min", lambda: self._cockpit.act(Snooze(minutes=SNOOZE_MIN)))
        self.quiet = self.menu.addAction("Quiet 1 h", self._toggle_quiet)
        self.mark = self.menu.addAction("Mark", lambda: self._cockpit.act(Mark()))
        self.menu.addSeparator()
        self.menu.addAction("Quit", self.quit_wanted.emit)

    def show(self) -> None:
        """From now on."""
        self.turn()
        self.icon.show()
        self._timer.start()

    def hide(self) -> None:
        """No longer."""
        self._timer.stop()
        self.icon.hide()

    def turn(self) -> None:
        """Also while the window is hidden."""
        bridge = self._cockpit.bridge
        self.look(bridge.glance(bridge.now()))

    def look(self, glance: Glance) -> None:
        """Tooltip, icon, and what can be done now."""
        self.icon.setToolTip(glance.state_line)
        running = self._cockpit.bridge.feed is not None
        self.snooze.setEnabled(running and glance.alerts.snoozes_left > 0)
        self.mark.setEnabled(running)
        self.quiet.setEnabled(running)
        self._quiet_on = glance.alerts.quiet_until is not None
        self.quiet.setText("End quiet" if self._quiet_on else "Quiet 1 h")
        state = tray_state(glance)
        if state is not self._state:
            self._state = state
            self._renew()

    def _renew(self) -> None:
        if self._state is not None:
            self.icon.setIcon(tray_icon(self._cockpit.theme, self._state))

    def _toggle_quiet(self) -> None:
        self._cockpit.act(EndQuiet() if self._quiet_on else Quiet(minutes=QUIET_MIN))

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.opened.emit()
