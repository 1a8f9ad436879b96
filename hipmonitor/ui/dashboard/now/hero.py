"""The large words: number, zone, activity, hip."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from hipmonitor.core.activity import ActivityKind
from hipmonitor.ui.dashboard.parts import Card, Writing
from hipmonitor.ui.dashboard.parts.paragraph import draw_paragraph, paragraph_height
from hipmonitor.ui.dashboard.theme import Palette, Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import HeroNow, NumberKind, Zone

ACTIVITY_ICONS = {
    ActivityKind.SIT: "sit",
    ActivityKind.LIE: "lie",
    ActivityKind.STAND: "stand",
    ActivityKind.WALK: "walk",
    ActivityKind.RUN: "walk",
    ActivityKind.STAIRS: "walk",
    ActivityKind.CYCLE: "walk",
}
ZONE_ICONS = {Zone.OK: "zone_ok", Zone.NOTICE: "zone_notice", Zone.DEEP: "zone_deep", Zone.UNKNOWN: "zone_unknown"}
MARGIN = 18.0
LEAST_NUMBER = 0.5
"""The number gives way to large letters down to half its size: it still is the largest thing on the screen."""


def zone_text(palette: Palette, zone: Zone) -> str:
    """The colour of a zone's words."""
    return {
        Zone.OK: palette.ok_text,
        Zone.NOTICE: palette.notice_text,
        Zone.DEEP: palette.deep_text,
        Zone.UNKNOWN: palette.ink2,
    }[zone]


class Hero(Card[HeroNow]):
    """Rows from top to bottom; what does not fit is left out from the least important: the hip's reason, then the title."""

    framed = False

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Thigh angle", parent)
        self.number_scale = 1.0
        """Of the view's size, independent of the font."""

    def spoken(self, value: HeroNow) -> str:
        """All of it."""
        return value.sentence

    def draw(self, painter: QPainter, value: HeroNow) -> None:
        """The rows."""
        rows = self._rows(value)
        total = sum(height for _, height in rows)
        room = self.height() - 2 * MARGIN * min(1.0, self.height() / 350)
        spare = max(0.0, room - total) / (len(rows) - 1)
        y = (self.height() - total - spare * (len(rows) - 1)) / 2
        writing = Writing(painter, self.theme)
        for what, height in rows:
            self._row(writing, what, value, y, height)
            y += height + spare

    def _rows(self, value: HeroNow) -> list[tuple[str, float]]:
        """(what, height) of the rows that fit."""
        m = self.theme.metrics
        self._factor = self.number_scale
        heights = {
            "title": m(Role.BODY).height(),
            "number": 0.0,
            "zone": m(Role.STATE).height(),
            "below": self._below_height(value),
            "line": 2.0,
            "activity": m(Role.STATE).height(),
            "line2": 2.0,
            "hip": m(Role.BODY).height(),
            "reason": m(Role.SMALL).height(),
            "sides": m(Role.BODY).height(),
        }
        empty = [] if value.hip_words else ["line", "activity", "line2", "hip", "reason", "sides"]
        empty += [] if value.sides else ["sides"]
        for more in ([], ["reason"], ["reason", "title"], ["reason", "title", "below"]):
            leave = empty + more
            kept = {what: height for what, height in heights.items() if what not in leave}
            room = self.height() - sum(kept.values()) - 3 * len(kept) - 8
            full = m(Role.ANGLE).capHeight() * 1.22
            high = min(self.number_scale, room / full)
            if high >= min(self.number_scale, 0.85 - 0.1 * len(more)):
                break
        self._factor = max(LEAST_NUMBER, min(high, self._widest(value)))
        kept["number"] = full * self._factor
        return list(kept.items())

    def _below_height(self, value: HeroNow) -> float:
        """Before there are data the sentence is what one reads, and takes the lines it needs."""
        line = self.theme.metrics(Role.BODY).height()
        return (
            line if value.hip_words else max(line, paragraph_height(self.theme, value.below, self.width(), Role.BODY))
        )

    def _below(self, writing: Writing, value: HeroNow, y: float, height: float) -> None:
        m, ink2, width = self.theme.metrics(Role.BODY), self.theme.palette.ink2, float(self.width())
        if height > m.height():
            draw_paragraph(writing.painter, self.theme, QRectF(0, y, width, height), value.below, Role.BODY, ink2)
        else:
            writing.text(0, y + m.ascent(), value.below, Role.BODY, ink2, room=width)

    def _widest(self, value: HeroNow) -> float:
        """How large the number may be beside its spread."""
        m = self.theme.metrics
        room = self.width() - m(Role.STATE, Weight.MEDIUM).horizontalAdvance(value.spread) - 40
        return room / m(Role.ANGLE).horizontalAdvance("88°" if len(value.number) <= 3 else value.number)

    def _row(self, writing: Writing, what: str, value: HeroNow, y: float, height: float) -> None:
        p, m = self.theme.palette, self.theme.metrics
        width = float(self.width())
        if what.startswith("line"):
            writing.painter.setPen(QPen(qcolor(p.line), 1.0))
            writing.painter.drawLine(QLineF(0, y, width, y))
        elif what == "title":
            writing.text(0, y + m(Role.BODY).ascent(), value.title, Role.BODY, p.ink2, room=width)
        elif what == "number":
            self._number(writing, value, y + height)
        elif what == "zone":
            self._zone(writing, value, y + m(Role.STATE).ascent())
        elif what == "below":
            self._below(writing, value, y, height)
        elif what == "activity":
            self._activity(writing, value, y + m(Role.STATE).ascent())
        elif what == "hip":
            base = y + m(Role.BODY).ascent()
            x = writing.text(0, base, value.hip_words + " ", Role.BODY, p.ink2)
            writing.text(x, base, value.hip_value, Role.BODY, p.ink, weight=Weight.STRONG, room=width - x)
        elif what == "sides":
            writing.text(0, y + m(Role.BODY).ascent(), value.sides, Role.BODY, p.ink, room=width)
        else:
            writing.text(0, y + m(Role.SMALL).ascent(), value.hip_reason, Role.SMALL, p.ink2, room=width)

    def _number(self, writing: Writing, value: HeroNow, base: float) -> None:
        p, m, factor = self.theme.palette, self.theme.metrics, self._factor
        if value.kind is NumberKind.DASHES:
            writing.painter.setPen(QPen(qcolor(p.missing), 1))
            writing.painter.setBrush(qcolor(p.missing))
            middle = base - m(Role.ANGLE, None, factor).capHeight() / 2
            for x in (0.0, 56.0):
                writing.painter.drawRoundedRect(QRectF(x * factor, middle - 3.5, 44 * factor, 7), 3.5, 3.5)
            return
        if value.kind is NumberKind.NONE:
            return
        sure = value.kind is NumberKind.SURE
        role, ink = (Role.TIMER, p.ink2) if value.kind is NumberKind.SMALL else (Role.ANGLE, p.ink if sure else p.ink2)
        factor = 1.0 if role is Role.TIMER else factor
        base -= 2
        tight = -m(role, None, factor).boundingRect(value.number[:1]).left() if role is Role.ANGLE else 0.0
        digits = value.number.rstrip("°")
        x = tight + writing.text(tight, base, digits, role, ink, factor=factor)
        if value.number.endswith("°"):
            drop = m(role, None, factor).capHeight() - m(Role.DEGREE, None, factor).capHeight()
            degree = Role.DEGREE if role is Role.ANGLE else role
            x += writing.text(x, base - (drop if role is Role.ANGLE else 0), "°", degree, ink, factor=factor)
        room = self.width() - x - 14
        writing.text(x + 14, base, value.spread, Role.STATE, p.ink2, weight=Weight.MEDIUM, room=room)

    def _zone(self, writing: Writing, value: HeroNow, base: float) -> None:
        colour = zone_text(self.theme.palette, value.zone)
        px = self.theme.px(24)
        writing.icon(0, base, ZONE_ICONS[value.zone], px, colour, Role.STATE)
        x = px + self.theme.px(10)
        writing.text(x, base, value.zone_words, Role.STATE, colour, room=self.width() - x)

    def _activity(self, writing: Writing, value: HeroNow, base: float) -> None:
        p, px = self.theme.palette, self.theme.px(28)
        if not value.activity_words:
            return
        icon = (
            "gap"
            if value.activity_words in {"No data", "Ended"}
            else ACTIVITY_ICONS.get(value.activity or ActivityKind.UNKNOWN, "wait")
        )
        writing.icon(0, base, icon, px, p.ink, Role.STATE)
        x = px + self.theme.px(12)
        x += writing.text(x, base, value.activity_words, Role.STATE, p.ink, room=self.width() - x) + self.theme.px(12)
        writing.text(
            x, base, value.activity_for, Role.STATE, p.ink2, weight=Weight.PLAIN, room=max(0.0, self.width() - x)
        )
