"""Buttons: ink on surface. One primary a view; colour is for data."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QWidget

from hipmonitor.ui.dashboard.parts.pressable import Pressable
from hipmonitor.ui.dashboard.parts.writing import Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

HEIGHT, SMALL_HEIGHT = 36.0, 30.0
SIDE = 14.0
FOCUS_ROOM = 4
"""The focus ring stands two pixels outside the control, two wide."""
DISABLED = 0.45


class Look(Enum):
    """What kind of button."""

    PLAIN = "plain"
    PRIMARY = "primary"
    PILL = "pill"


class Button(Pressable):
    """An icon, a word, a second word, a key hint, an arrow where there is a menu: whichever it has."""

    def __init__(
        self,
        theme: Theme,
        word: str,
        *,
        icon: str = "",
        second: str = "",
        key: str = "",
        look: Look = Look.PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon, self._second, self._key, self._look = icon, second, key, look
        self._menu: QMenu | None = None
        self._show_key = self._show_word = True
        self._reason = self._hint = ""
        self.setText(word)
        self.setAccessibleName(f"{word} {second}".strip())
        theme.changed.connect(self._renew)

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()

    def say(self, word: str, second: str = "", *, icon: str | None = None) -> None:
        """Change what it says."""
        if (word, second, icon or self._icon) == (self.text(), self._second, self._icon):
            return
        self._icon = self._icon if icon is None else icon
        self._second = second
        self.setText(word)
        self.setAccessibleName(f"{word} {second}".strip())
        self._renew()

    def stand_out(self, *, primary: bool) -> None:
        """Whether it is the primary one."""
        look = Look.PRIMARY if primary else Look.PLAIN
        if look is not self._look:
            self._look = look
            self._renew()

    def shorten(self, *, key: bool, word: bool) -> None:
        """Leave out the key hint, or the word beside an icon too; the tooltip has both."""
        self._show_key, self._show_word = not key, not word
        hint = f" ({self._key})" if self._key else ""
        self._hint = f"{self.text()}{hint}" if key or word else ""
        self.setToolTip(self._reason or self._hint)
        self._renew()

    def open_menu(self, menu: QMenu) -> None:
        """A click opens this menu."""
        self._menu = menu
        self.clicked.connect(lambda: menu.popup(self.mapToGlobal(self.rect().bottomLeft())))

    def refuse(self, reason: str) -> None:
        """Off, with the reason; an empty reason = on."""
        if reason == self._reason:
            return
        self.setEnabled(not reason)
        self._reason = reason
        self.setToolTip(reason or self._hint)
        self.setAccessibleDescription(reason)

    # --- size and picture -------------------------------------------------------------------------------------------
    def _parts(self) -> list[tuple[str, str]]:
        """(what, text), from left to right."""
        parts = [("icon", self._icon)] if self._icon else []
        whole = self._show_word or not self._icon
        parts += [("word", self.text())] if self.text() and (whole or self._look is Look.PILL) else []
        parts += [("second", self._second)] if self._second and whole else []
        parts += [("key", self._key)] if self._key and self._show_key else []
        return parts + ([("arrow", "down")] if self._menu is not None else [])

    def _width_of(self, what: str, text: str) -> float:
        if what in {"icon", "arrow"}:
            return self.theme.px(18 if what == "icon" else 16)
        if what == "key":
            return self.theme.metrics(Role.SMALL, None, 0.9).horizontalAdvance(text) + self.theme.px(12)
        weight = Weight.STRONG if self._strong(what) else Weight.PLAIN
        return self.theme.metrics(Role.BODY, weight).horizontalAdvance(text)

    def _strong(self, what: str) -> bool:
        return what == "word" and self._look in {Look.PRIMARY, Look.PILL}

    def sizeHint(self) -> QSize:
        """As large as what it says."""
        gap = self.theme.px(8)
        width = sum(self._width_of(*part) + gap for part in self._parts()) - gap + 2 * self.theme.px(SIDE)
        return QSize(round(width) + 2 * FOCUS_ROOM, round(self.theme.px(HEIGHT)) + 2 * FOCUS_ROOM)

    def minimumSizeHint(self) -> QSize:
        """It is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p = self.theme.palette
        rect = QRectF(self.rect()).adjusted(FOCUS_ROOM, FOCUS_ROOM, -FOCUS_ROOM, -FOCUS_ROOM)
        radius = rect.height() / 2 if self._look is Look.PILL else 8.0
        if self.hasFocus():
            painter.setPen(QPen(qcolor(p.ink), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 3), radius + 3, radius + 3)
        painter.setOpacity(1.0 if self.isEnabled() else DISABLED)
        primary = self._look is Look.PRIMARY or self.isChecked()
        fill = p.btn if primary else p.inset if self.isDown() or self.underMouse() else p.surface
        painter.setPen(QPen(qcolor(p.btn if primary else p.ctl), 1.0))
        painter.setBrush(qcolor(fill))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self._draw_parts(painter, rect, p.btn_ink if primary else p.ink, p.btn_ink if primary else p.ink2)
        painter.end()

    def _draw_parts(self, painter: QPainter, rect: QRectF, ink: str, ink2: str) -> None:
        writing = Writing(painter, self.theme)
        base = rect.center().y() + self.theme.metrics(Role.BODY).capHeight() / 2
        x = rect.left() + self.theme.px(SIDE)
        for what, text in self._parts():
            width = self._width_of(what, text)
            if what in {"icon", "arrow"}:
                writing.icon(x, base, text, width, ink, Role.BODY)
            elif what == "key":
                self._draw_key(
                    writing, QRectF(x, rect.center().y() - self.theme.px(10), width, self.theme.px(20)), text, ink2
                )
            else:
                weight = Weight.STRONG if self._strong(what) else Weight.PLAIN
                writing.text(x, base, text, Role.BODY, ink2 if what == "second" else ink, weight=weight)
            x += width + self.theme.px(8)

    def _draw_key(self, writing: Writing, rect: QRectF, text: str, ink: str) -> None:
        p = self.theme.palette
        writing.painter.setPen(QPen(qcolor(p.line), 1.0))
        writing.painter.setBrush(Qt.BrushStyle.NoBrush)
        writing.painter.drawRoundedRect(rect, 4, 4)
        metrics = self.theme.metrics(Role.SMALL, None, 0.9)
        base = rect.center().y() + metrics.capHeight() / 2
        writing.text(rect.left() + self.theme.px(6), base, text, Role.SMALL, ink, factor=0.9)
