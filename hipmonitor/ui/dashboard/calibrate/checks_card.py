"""Live checks with value and need, and what is known so far in degrees."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model.wizard_checks import Check

MARGIN, ICON, PAD = 20.0, 18.0, 7.0
CHECKS, FIGURES = "Live checks", "So far, in degrees"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksNow:
    """Both halves and the foot."""

    checks: tuple[Check, ...]
    figures: tuple[tuple[str, str], ...]
    foot: str


class ChecksCard(Card[ChecksNow]):
    """A check mark, or a dashed ring while it is waited for: never colour alone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, CHECKS, parent)

    def spoken(self, value: ChecksNow) -> str:
        """In words."""
        checks = [f"{check.word}: {check.value}, {'passed' if check.passed else 'not yet'}" for check in value.checks]
        return ". ".join([*checks, *(f"{name}: {figure}" for name, figure in value.figures), value.foot])

    def _check_height(self, check: Check, width: float) -> float:
        room = width - 2 * MARGIN - self.theme.px(ICON) - 12
        text = paragraph_height(self.theme, check.word, room, Role.BODY)
        return text + paragraph_height(self.theme, check.value, room, Role.SMALL) + 2 * PAD

    def _figure_height(self) -> float:
        return self.theme.metrics(Role.BODY).height() + 8

    def least_height(self, width: float) -> float:
        """All of it."""
        if self.shown is None:
            return 0.0
        head = self.theme.metrics(Role.BODY).height() + 14
        checks = sum(self._check_height(check, width) for check in self.shown.checks)
        foot = paragraph_height(self.theme, self.shown.foot, width - 2 * MARGIN, Role.SMALL)
        return 16 + head + checks + 12 + head + len(self.shown.figures) * self._figure_height() + foot + 22

    def draw(self, painter: QPainter, value: ChecksNow) -> None:
        """From top to bottom."""
        p, width = self.theme.palette, self.width() - 2 * MARGIN
        y = self._head(painter, CHECKS, 16)
        for check in value.checks:
            painter.fillRect(QRectF(MARGIN, y, width, 1), qcolor(p.line))
            self._check(painter, check, y + PAD)
            y += self._check_height(check, self.width())
        painter.fillRect(QRectF(MARGIN, y, width, 1), qcolor(p.line))
        y = self._head(painter, FIGURES, y + 12)
        for name, figure in value.figures:
            self._figure(painter, name, figure, y)
            y += self._figure_height()
        draw_paragraph(painter, self.theme, QRectF(MARGIN, y + 6, width, 400), value.foot, Role.SMALL, p.ink2)

    def _head(self, painter: QPainter, words: str, y: float) -> float:
        m = self.theme.metrics(Role.BODY)
        w = Writing(painter, self.theme)
        w.text(MARGIN, y + m.ascent(), words, Role.BODY, self.theme.palette.ink, weight=Weight.STRONG)
        return y + m.height() + 8

    def _check(self, painter: QPainter, check: Check, y: float) -> None:
        p, m, icon = self.theme.palette, self.theme.metrics(Role.BODY), self.theme.px(ICON)
        colour = p.up_text if check.passed else p.ink2
        w = Writing(painter, self.theme)
        w.icon(MARGIN, y + m.ascent(), "check" if check.passed else "wait", icon, colour, Role.BODY)
        x = MARGIN + icon + 12
        place = QRectF(x, y, self.width() - MARGIN - x, 400)
        place.translate(0, draw_paragraph(painter, self.theme, place, check.word, Role.BODY, p.ink))
        draw_paragraph(painter, self.theme, place, check.value, Role.SMALL, p.ink2)

    def _figure(self, painter: QPainter, name: str, figure: str, y: float) -> None:
        p, w = self.theme.palette, Writing(painter, self.theme)
        base = y + self.theme.metrics(Role.BODY).ascent() + 4
        left = w.right(self.width() - MARGIN, base, figure, Role.BODY, p.ink, weight=Weight.STRONG)
        w.text(MARGIN, base, name, Role.BODY, p.ink2, room=left - MARGIN - 8)
