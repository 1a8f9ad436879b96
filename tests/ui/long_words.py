"""Every word 1.6 times as wide, as in another language: switched on where the theme hands out its fonts; and what is then cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from hipmonitor.ui.dashboard.parts import Button, Writing
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight
from hipmonitor.ui.dashboard.window import Window

STRETCH_PERCENT = 160
BEARING = 20.0
"""The large digit begins a little before its place, so that its ink does not."""
DIGITS = frozenset({Role.ANGLE, Role.DEGREE, Role.TIMER})
"""They are as long in every language."""
RING = 4
"""Buttons reach so far beyond their row: room for the focus ring."""


class CutOff:
    """Whatever was drawn or placed where it cannot be read; hears of it while the patch is in force."""

    def __init__(self, patch: pytest.MonkeyPatch, percent: int = STRETCH_PERCENT) -> None:
        self.found: set[tuple[str, str]] = set()
        self._font, self._text = Theme.font, Writing.text
        hears = self

        def font(theme: Theme, role: Role, weight: Weight | None = None, factor: float = 1.0) -> QFont:
            wide = QFont(hears._font(theme, role, weight, factor))
            if role not in DIGITS:
                wide.setStretch(percent)
            return wide

        def text(writing: Writing, x: float, base: float, words: str, role: Role, colour: str, **more: object) -> float:
            wide = hears._text(writing, x, base, words, role, colour, **more)  # type: ignore[arg-type]
            hears._look(writing, QPointF(x, base), wide, words, role)
            room = more.get("room")
            lost = isinstance(room, float | int) and hears._shortened(writing, words, role, wide, room, more)
            if lost and words not in hears._said(writing):
                hears.found.add((hears._name(writing), f"shortened: {words}"))
            return wide

        patch.setattr(Theme, "font", font)
        patch.setattr(Writing, "text", text)

    def _name(self, writing: Writing) -> str:
        return type(writing.painter.device()).__name__

    def _said(self, writing: Writing) -> str:
        """What the widget tells whoever points at it or cannot see it."""
        surface = writing.painter.device()
        if not isinstance(surface, QWidget):
            return ""
        return f"{surface.accessibleName()} {surface.accessibleDescription()} {surface.toolTip()}"

    def _look(self, writing: Writing, at: QPointF, wide: float, words: str, role: Role) -> None:
        there = writing.painter.transform()
        left, right = there.map(at).x(), there.map(at + QPointF(wide, 0)).x()
        least = -BEARING if role is Role.ANGLE else -1
        if left < least or right > writing.painter.device().width() + 1:
            self.found.add((self._name(writing), f"leaves it: {words}"))

    def _shortened(
        self, writing: Writing, words: str, role: Role, wide: float, room: float, more: dict[str, object]
    ) -> bool:
        """An ellipsis was drawn: at no size that is still readable was there room for all of it."""
        weight = more.get("weight")
        smallest = min(1.0, Role.SMALL.px(writing.theme.font_scale) / role.px(writing.theme.font_scale))
        metrics = writing.theme.metrics(role, weight if isinstance(weight, Weight) else None, smallest)
        return wide <= room + 1 and metrics.horizontalAdvance(words) > room

    def look_at(self, window: Window) -> None:
        """Buttons and labels of what is shown."""
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and isinstance(widget, QAbstractButton | QLabel | QLineEdit):
                self.found |= {(type(widget).__name__, fault) for fault in _faults(widget, window)}


def _faults(widget: QAbstractButton | QLabel | QLineEdit, window: Window) -> Iterator[str]:
    words = widget.text()
    inside = window.view if window.view.isAncestorOf(widget) else window
    left, right = widget.mapTo(inside, widget.rect().topLeft()).x(), widget.mapTo(inside, widget.rect().topRight()).x()
    if left < 0 or right > inside.width():
        yield f"beyond the view: {words}"
    parent = widget.parentWidget()
    if parent is not None and widget.geometry().right() > parent.width() + RING:
        yield f"beyond what it stands on: {words}"
    if isinstance(widget, Button) and widget.width() < widget.sizeHint().width() - 1:
        yield f"narrower than its words: {words}"
    if isinstance(widget, QLabel) and words:
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        longest = max(widget.fontMetrics().horizontalAdvance(word) for word in words.split() if "/" not in word)
        if widget.height() < needed - 1 or longest > widget.width() + 1:
            yield f"larger than its label: {words}"
