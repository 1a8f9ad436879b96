"""One timer: its value, what comes next, and how much of the limit is used."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.core.alerts import AlertLevel
from hipmonitor.ui.dashboard.parts import DISABLED, Card, Writing, draw_mark, hatch
from hipmonitor.ui.dashboard.theme import Palette, Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import TimerNow, timer_ticks
from hipmonitor.ui.view_model.durations import exact, m_ss, spoken

MARGIN = 20.0
BAR = 13.0
UNKNOWN = "being worked out"
HOLD = "hold: "
"""The sign beside it says so too."""
SHORT_NEXT = {
    "on hold: ": HOLD,
    "posture unclear": "unclear",
    "angle not trusted": "not trusted",
    "not counting now": "not counting",
    "paused while up": "paused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerLook:
    """A timer as it is drawn: whole seconds."""

    timer: TimerNow
    icon: str
    quiet: bool
    known: bool = True
    """False while a replay still works out where it stood."""


class TimerCard(Card[TimerLook]):
    """Title and limit, value and next, bar with the policy's ticks."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self.digits = 1.0
        """Of the timer's size: a little smaller beside a banner."""

    def spoken(self, value: TimerLook) -> str:
        """In words."""
        t = value.timer
        if not value.known:
            return f"{t.title}: {UNKNOWN}."
        return f"{t.title}: {spoken(t.value_s)} of {exact(t.limit_s)}, {t.next}."

    def draw(self, painter: QPainter, value: TimerLook) -> None:
        """Three rows."""
        m, width = self.theme.metrics, self.width() - 2 * MARGIN
        title_h, value_h = m(Role.BODY).height(), m(Role.TIMER, None, self.digits).capHeight()
        marks_h, numbers_h = 12.0, m(Role.SMALL).height()
        spare = max(0.0, self.height() - title_h - value_h - marks_h - BAR - numbers_h) / 5
        writing = Writing(painter, self.theme)
        y = spare * 1.1
        self._title(writing, value, y + m(Role.BODY).ascent(), width)
        y += title_h + spare * 1.2
        if not value.known:
            p = self.theme.palette
            x = MARGIN + 14 + writing.text(MARGIN, y + value_h, "--", Role.TIMER, p.ink2, factor=self.digits)
            writing.text(x, y + value_h, UNKNOWN, Role.NEXT, p.ink2, room=MARGIN + width - x)
            return
        self._value(writing, value.timer, y + value_h, width)
        y += value_h + spare * 1.2 + marks_h
        bar = QRectF(MARGIN, y, width, BAR)
        self._bar(painter, value.timer, bar)
        self._ticks(writing, value.timer, bar)

    def _title(self, writing: Writing, value: TimerLook, base: float, width: float) -> None:
        p, px, t = self.theme.palette, self.theme.px(16), value.timer
        writing.icon(MARGIN, base, value.icon, px, p.ink2, Role.BODY)
        x = MARGIN + px + self.theme.px(9)
        if value.quiet:
            crescent = self.theme.px(14)
            after = x + writing.width(t.title, Role.BODY, Weight.MEDIUM) + 8
            writing.icon(after, base, "quiet", crescent, p.ink2, Role.BODY)
        title = writing.text(x, base, t.title, Role.BODY, p.ink2, weight=Weight.MEDIUM, room=width)
        limit = f"limit {exact(t.limit_s)}"
        if x + title + 30 + writing.width(limit, Role.SMALL) < MARGIN + width:
            writing.right(MARGIN + width, base, limit, Role.SMALL, p.ink2)

    def _value(self, writing: Writing, t: TimerNow, base: float, width: float) -> None:
        p = self.theme.palette
        held = t.held and not t.next.startswith("snoozed")
        digits = m_ss(t.value_s)
        x = MARGIN + writing.text(MARGIN, base, digits, Role.TIMER, p.ink2 if held else p.ink, factor=self.digits) + 14
        if t.held and not t.ended:
            px = self.theme.px(18)
            writing.icon(x, base, "snooze" if not held else "hold", px, p.ink2, Role.NEXT)
            x += px + 8
        following, room = t.next, MARGIN + width - x
        if writing.width(following, Role.NEXT) > room:
            for long, brief in SHORT_NEXT.items():
                following = following.replace(long, brief)
        if t.held and writing.width(following, Role.NEXT) > room:
            following = following.removeprefix(HOLD)
        writing.text(x, base, following, Role.NEXT, p.ink2 if held else p.ink, room=room)

    def _bar(self, painter: QPainter, t: TimerNow, bar: QRectF) -> None:
        p = self.theme.palette
        outline = QPainterPath()
        outline.addRoundedRect(bar, BAR / 2, BAR / 2)
        painter.fillPath(outline, qcolor(p.inset))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        held = t.held and not t.next.startswith("snoozed")
        if t.share > 0:
            filled = QPainterPath()
            filled.addRoundedRect(QRectF(bar.left(), bar.top(), max(BAR, bar.width() * t.share), BAR), BAR / 2, BAR / 2)
            fill, edge = _bar_colours(p, t.level)
            painter.save()
            painter.setClipPath(outline)
            if held:
                painter.setClipPath(filled, Qt.ClipOperation.IntersectClip)
                hatch(painter, bar, p.missing)
            else:
                painter.fillPath(filled, qcolor(fill))
            painter.restore()
            painter.setPen(QPen(qcolor(p.ctl if held else edge), 1.0))
            painter.drawPath(filled)
        painter.setPen(QPen(qcolor(p.ctl), 1.0))
        painter.drawPath(outline)

    def _ticks(self, writing: Writing, t: TimerNow, bar: QRectF) -> None:
        """From the right, so that the limit's number always stays."""
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        writing.painter.setOpacity(DISABLED if t.ended else 1.0)
        free = bar.right() + 1
        for tick in reversed(timer_ticks(t)):
            x = bar.left() + bar.width() * tick.share
            at_end = tick.share >= 0.99
            x -= 5.0 if at_end else 0.0
            writing.painter.setPen(QPen(qcolor(p.ink), 1.5))
            if not at_end:
                writing.painter.drawLine(QLineF(x, bar.top() - 2, x, bar.bottom() + 3))
            draw_mark(writing.painter, p, x, bar.top() - 8, tick.level, half=4.5)
            width = m.horizontalAdvance(tick.words)
            left = min(x - width / 2, bar.right() - width)
            if left + width < free:
                writing.text(left, bar.bottom() + m.ascent() + 2, tick.words, Role.SMALL, p.ink2)
                free = left - 4
        writing.painter.setOpacity(1.0)


def _bar_colours(p: Palette, level: AlertLevel | None) -> tuple[str, str]:
    """Fill and outline."""
    if level is None:
        return p.ok, p.ok
    return (p.deep, p.deep) if level >= AlertLevel.ALERT else (p.notice, p.notice_edge)
