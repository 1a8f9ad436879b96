"""The one banner there may be: it pushes the content down and never covers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QRectF, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Button, Look, Writing
from hipmonitor.ui.dashboard.theme import Palette, Role, Theme, qcolor
from hipmonitor.ui.view_model import BannerKind

HEIGHT, SLIM, BELOW, SLIDE_MS = 76.0, 52.0, 12.0, 160
EDGE = 6.0
LEAST_TITLE = 0.9
"""So much smaller the title may be before buttons go below it."""
ICONS = {
    BannerKind.ALERT: "zone_deep",
    BannerKind.NUDGE: "zone_notice",
    BannerKind.CREDIT: "up",
    BannerKind.NO_DATA: "gap",
    BannerKind.NOT_RECORDING: "disk",
    BannerKind.LOW_BATTERY: "battery_low",
    BannerKind.CALIBRATE: "calibrate",
    BannerKind.MENDED: "disk",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerLook:
    """A banner as it is drawn."""

    kind: BannerKind | None
    """None: neutral, about the program."""
    title: str
    evidence: str
    actions: tuple[tuple[str, str, bool], ...]
    """(word, icon, whether it is the primary one)."""
    more: int = 0
    """How many others wait."""

    @property
    def buttons(self) -> tuple[tuple[str, str, bool], ...]:
        """What can be done about it, after the way to the others."""
        return ((f"{self.more} more", "", False), *self.actions) if self.more else self.actions


class BannerBar(QWidget):
    """`acted` says the word of the button."""

    acted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.shown: BannerLook | None = None
        self.buttons: dict[str, Button] = {}
        self._slide = QVariantAnimation(self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._slid)
        self.setFixedHeight(0)
        theme.changed.connect(self._renew)

    def show_banner(self, look: BannerLook | None) -> None:
        """Slide in once, change in place, or leave."""
        if look == self.shown:
            return
        before, self.shown = self.shown, look
        if look is not None:
            self.setAccessibleName(f"{look.title} {look.evidence}")
            if before is None or not self.buttons or before.buttons != look.buttons:
                self._make_buttons(look.buttons)
        else:
            self._make_buttons(())  # they must not take the focus behind the curtain
        self.update()
        self._place_buttons()
        self._go_to(self._wanted_height())

    def _renew(self) -> None:
        self._place_buttons()
        self._go_to(self._wanted_height(), at_once=True)
        self.update()

    def _make_buttons(self, actions: Sequence[tuple[str, str, bool]]) -> None:
        for button in self.buttons.values():
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for word, icon, primary in actions:
            button = Button(self.theme, word, icon=icon, look=Look.PRIMARY if primary else Look.PLAIN, parent=self)
            button.clicked.connect(lambda _on=False, word=word: self.acted.emit(word))
            button.show()
            self.buttons[word] = button

    # --- height -----------------------------------------------------------------------------------------------------
    def _wanted_height(self) -> int:
        if self.shown is None:
            return 0
        slim = self.shown.kind is BannerKind.NUDGE
        words = self.theme.metrics(Role.BANNER).height() + (0 if slim else self.theme.metrics(Role.BODY).height())
        height = max(SLIM if slim else HEIGHT, words + 20)
        if self._wraps():
            height += sum(max(button.sizeHint().height() for button in row) for row in self._button_rows())
        return round(height + BELOW)

    def _go_to(self, height: int, *, at_once: bool = False) -> None:
        self._slide.stop()
        if at_once or self.theme.reduce_motion or not self.isVisible():
            self._slid(height)
            return
        self._slide.setDuration(SLIDE_MS)
        self._slide.setStartValue(self.height())
        self._slide.setEndValue(height)
        self._slide.start()

    def _slid(self, height: int) -> None:
        if height != self.height():
            self.setFixedHeight(height)

    # --- buttons ----------------------------------------------------------------------------------------------------
    def _buttons_width(self) -> int:
        return sum(button.sizeHint().width() + 2 for button in self.buttons.values())

    def _wraps(self) -> bool:
        """Title or buttons would be cut in one row."""
        if self.shown is None:
            return False
        title = self.theme.metrics(Role.BANNER).horizontalAdvance(self.shown.title)
        words = self._words_x() + LEAST_TITLE * title
        return bool(self.buttons) and words + 24 + self._buttons_width() + 36 > self.width()

    def _shorten_more(self) -> None:
        """The way to the others is the first to become shorter, where that keeps everything in one row."""
        more = self.shown.more if self.shown is not None else 0
        button = self.buttons.get(f"{more} more")
        if not more or button is None:
            return
        for word in (f"{more} more", f"+{more}", f"{more} more"):
            button.say(word)
            if not self._wraps():
                break
        button.setAccessibleName(f"{more} more")
        button.setToolTip(f"{more} more" if button.text().startswith("+") else "")

    def _words_x(self) -> float:
        return 20 + 26 + self.theme.px(30)

    def _button_rows(self) -> list[list[Button]]:
        """As many in a row as there is room for, where they stand below the words."""
        rows: list[list[Button]] = [[]]
        x = 0
        for button in self.buttons.values():
            wide = button.sizeHint().width() + 2
            if rows[-1] and x + wide > self.width() - 72:
                rows.append([])
                x = 0
            rows[-1].append(button)
            x += wide
        return rows

    def _place_buttons(self) -> None:
        """At the right of the words; below them, from the bottom up, where there is no room."""
        if not self.buttons:
            return
        self._shorten_more()
        rows = self._button_rows() if self._wraps() else [list(self.buttons.values())]
        y = float(self._wanted_height() - BELOW)
        for row in reversed(rows):
            high = row[0].sizeHint().height()
            y = y - high - 2 if self._wraps() else (y - high) / 2
            x = self.width() - 36 - sum(button.sizeHint().width() + 2 for button in row)
            for button in row:
                button.setGeometry(round(x), round(y), button.sizeHint().width(), high)
                x += button.sizeHint().width() + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons at the right, or below where there is no room."""
        self._place_buttons()
        if event.size().width() != event.oldSize().width():
            self._go_to(self._wanted_height(), at_once=True)

    # --- picture ----------------------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, edge, icon, two lines."""
        look = self.shown
        if look is None or self.height() < BELOW + 8:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink = _colours(self.theme.palette, look.kind)
        rect = QRectF(20.5, 0.5, self.width() - 41, self.height() - BELOW - 1)
        painter.setPen(QPen(qcolor(edge), 1.0))
        painter.setBrush(qcolor(ground))
        painter.drawRoundedRect(rect, 12, 12)
        if look.kind is not BannerKind.NUDGE:
            painter.save()
            painter.setClipRect(QRectF(rect.left(), rect.top(), EDGE, rect.height()))
            painter.setBrush(qcolor(edge))
            painter.drawRoundedRect(rect, 12, 12)
            painter.restore()
        self._words(Writing(painter, self.theme), look, rect, ink)
        painter.end()

    def _words(self, writing: Writing, look: BannerLook, rect: QRectF, ink: str) -> None:
        p, big, m = self.theme.palette, self.theme.metrics(Role.BANNER), self.theme.metrics(Role.BODY)
        wraps = self._wraps()
        rows = self._button_rows() if wraps else []
        high = rect.height() - sum(row[0].height() + 2 for row in rows)
        right = rect.right() - 16 - (0 if wraps else self._buttons_width() + 12)
        x = self._words_x()
        slim = look.kind is BannerKind.NUDGE
        total = big.height() + (0 if slim else m.height())
        base = rect.top() + (high - total) / 2 + big.ascent()
        icon = ICONS[look.kind] if look.kind else "about"
        px = self.theme.px(22 if slim else 28)
        writing.icon(rect.left() + 20, rect.top() + high / 2 + big.capHeight() / 2, icon, px, ink, Role.BANNER)
        x += writing.text(x, base, look.title, Role.BANNER, p.ink, room=right - x) if slim else 0
        if slim:
            writing.text(x + 12, base, look.evidence, Role.BODY, p.ink2, room=right - x - 12)
        else:
            writing.text(x, base, look.title, Role.BANNER, p.ink, room=right - x)
            role = Role.BODY if m.horizontalAdvance(look.evidence) <= right - x else Role.SMALL
            writing.text(x, base + big.descent() + m.ascent(), look.evidence, role, p.ink, room=right - x)


def _colours(p: Palette, kind: BannerKind | None) -> tuple[str, str, str]:
    """Ground, edge, icon."""
    if kind is BannerKind.ALERT:
        return p.deep_tint, p.deep, p.deep
    if kind in {BannerKind.NUDGE, BannerKind.NOT_RECORDING, BannerKind.LOW_BATTERY}:
        return p.notice_tint, p.notice_edge, p.notice_text
    if kind is BannerKind.CREDIT:
        return p.up_tint, p.up, p.up_text
    return p.surface, p.ctl, p.ink2
