"""A card: draws one plain value, repaints only when that value changes, and stays calm about its own mistakes."""

from __future__ import annotations

import logging
from abc import abstractmethod
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts.writing import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

LOG = logging.getLogger(__name__)
RADIUS = 12.0
STOPPED = "This part stopped drawing. Recording goes on."
AGAIN = "Try again"

Shown = TypeVar("Shown")


def _is_abstract(method: object) -> bool:
    return getattr(method, "__isabstractmethod__", False)


class Card(QWidget, Generic[Shown]):
    """Subclasses say how a value is drawn (`draw`) and what it says to somebody who does not see it (`spoken`)."""

    framed = True

    def __init_subclass__(cls) -> None:
        """Qt's metaclass leaves no room for ABC's: a card that lacks a method is refused here, when it is defined."""
        super().__init_subclass__()
        missing = [method.__name__ for method in (cls.draw, cls.spoken) if _is_abstract(method)]
        if missing:
            raise TypeError(f"{cls.__name__} does not say how to: {', '.join(missing)}")

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.shown: Shown | None = None
        self.stopped = ""
        """Why it stopped drawing; empty while it draws."""
        self.setAccessibleName(name)
        theme.changed.connect(self.update)

    def show_value(self, value: Shown) -> None:
        """Draw this from now on."""
        if value != self.shown:
            self.shown = value
            self._tell(value)
            self.update()

    def _tell(self, value: Shown) -> None:
        try:
            self.setAccessibleDescription(self.spoken(value))
        except Exception as error:  # noqa: BLE001 - a view's mistake must never reach the recording
            self._stop(error)

    @abstractmethod
    def draw(self, painter: QPainter, value: Shown) -> None:
        """Draw it."""

    @abstractmethod
    def spoken(self, value: Shown) -> str:
        """The same in words."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, then the value, or that it cannot be drawn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.framed:
            self._frame(painter)
        if not self.stopped and self.shown is not None:
            painter.save()
            try:
                self.draw(painter, self.shown)
            except Exception as error:  # noqa: BLE001 - as above
                self._stop(error)
            painter.restore()
        if self.stopped:
            self._say_stopped(painter)
        painter.end()

    def _frame(self, painter: QPainter) -> None:
        painter.setPen(QPen(qcolor(self.theme.palette.line), 1.0))
        painter.setBrush(qcolor(self.theme.palette.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    # --- when it cannot draw ----------------------------------------------------------------------------------------
    def _stop(self, error: Exception) -> None:
        self.stopped = f"{type(error).__name__}: {error}"
        LOG.error("%s stopped drawing", self.accessibleName(), exc_info=error)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(f"{STOPPED} {AGAIN}: Enter.")
        self.setToolTip(self.stopped)
        self.update()

    def try_again(self) -> None:
        """Forget the mistake and draw."""
        self.stopped = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip("")
        self.update()

    def _say_stopped(self, painter: QPainter) -> None:
        if self.framed:
            self._frame(painter)
        writing, p = Writing(painter, self.theme), self.theme.palette
        middle = self.height() / 2
        writing.middle(self.width() / 2, middle, STOPPED, Role.BODY, p.ink)
        below = middle + self.theme.metrics(Role.BODY).height() * 1.3
        writing.middle(self.width() / 2, below, AGAIN, Role.BODY, p.ok_text, weight=Weight.STRONG)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a stopped card tries again."""
        if self.stopped:
            self.try_again()
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So does Enter."""
        if self.stopped and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.try_again()
        else:
            super().keyPressEvent(event)
