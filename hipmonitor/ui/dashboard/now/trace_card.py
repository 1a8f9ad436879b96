"""The trace: title and range, lane of marks, plot, times. It can be frozen and looked back in while recording goes on."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

from PySide6.QtCore import QLineF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.core.alerts import AlertLevel
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.ui.dashboard.now.plot import HIGH_DEG, LOW_DEG, Plot
from hipmonitor.ui.dashboard.now.plot_overlay import Over, PlotOverlay, shares
from hipmonitor.ui.dashboard.now.trace_look import TraceLook
from hipmonitor.ui.dashboard.parts import Card, Segmented, Writing, draw_mark
from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor
from hipmonitor.ui.view_model import (
    LOOK_BACK_S,
    AngleHistory,
    Curve,
    Glance,
    PlacedMark,
    StripMark,
    TraceRange,
    ViewMemory,
    hero_now,
    placed_marks,
)
from hipmonitor.ui.view_model.durations import clock_time, short

MARGIN, LANE, LEFT = 20.0, 22.0, 40.0
LOW = 150.0
"""A card lower than this stands closer."""
RANGES = tuple(TraceRange)
LEAST_FRAME_S, MOST_FRAME_S = 1 / 30, 0.25
"""A new picture when the curve has moved by half a pixel, within these."""
MERGE_PX = 12.0
SCRUB_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -60, Qt.Key.Key_PageDown: 60}
LEGEND = ((AlertLevel.NOTICE, "Notice"), (AlertLevel.ALERT, "Alert"), (None, "Your mark"))


class TraceCard(Card[TraceLook]):
    """Shows what the memory holds; `frame` is called 30 times a second."""

    range_chosen = Signal(int)
    freeze_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, clock_times: bool = False) -> None:
        super().__init__(theme, "Trace of the thigh angle", parent)
        self.clock_times = clock_times
        """Times of day below the curve, also while it moves: a replay."""
        self.range = Segmented(theme, "Range", [r.words for r in RANGES], self)
        self.range.choose(1)
        self.range.chosen.connect(self._range_changed)
        self._plot = Plot(self)
        self.overlay = PlotOverlay(theme, self)
        self._memory: ViewMemory | None = None
        self._still: AngleHistory | None = None
        self._marks: tuple[StripMark, ...] = ()
        self._drawn_at: HostNs | None = None
        self._lane: tuple[PlacedMark, ...] = ()
        self._gap_words: tuple[tuple[float, str], ...] = ()
        self._legend_x = 0.0
        self._low = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._dress)

    def start_with(self, index: int) -> None:
        """Show this range; that is no choice of the wearer's."""
        self.range.blockSignals(True)
        self.range.choose(index)
        self.range.blockSignals(False)

    # --- what it shows ----------------------------------------------------------------------------------------------
    def watch(self, memory: ViewMemory | None) -> None:
        """Another session's memory."""
        self._memory, self._still, self._drawn_at = memory, None, None

    def look(self, glance: Glance) -> None:
        """Limits, zone, marks: ten times a second."""
        self._marks = glance.strip.marks
        before = self.shown
        self.show_value(
            TraceLook(
                which=RANGES[self.range.index],
                limit_deg=glance.settings.deep_flexion.thigh_limit_deg,
                calibrated=glance.angle.calibrated,
                zone=hero_now(glance).zone,
                utc_offset_s=glance.utc_offset_s,
                frozen_at=None if before is None else before.frozen_at,
                end=self._end_shown(before, glance.at),
                cursor=None if before is None else before.cursor,
            )
        )

    def _end_shown(self, before: TraceLook | None, at: HostNs) -> HostNs:
        """Whole seconds: that is how it is written."""
        if self.clock_times:
            return HostNs(at // NS_PER_S * NS_PER_S)
        return HostNs(0) if before is None else before.end

    def show_value(self, value: TraceLook) -> None:
        """Dress the plot anew where its range, limit or calibration changed."""
        old = self.shown
        super().show_value(value)
        keys = ("which", "limit_deg", "calibrated")
        if old is None or any(getattr(old, key) != getattr(value, key) for key in keys):
            self._dress()

    def _dress(self) -> None:
        if self.shown is not None:
            p = self.theme.palette
            self._plot.dress(p, self.shown.which, self.shown.limit_deg, calibrated=self.shown.calibrated)
            self._drawn_at = None

    def frame(self, now: HostNs) -> None:
        """Draw the curve as of now, where it would differ."""
        if self._memory is None or self.shown is None or self.stopped:
            return
        end = now if self.shown.frozen_at is None else self.shown.end
        half_px_s = self.shown.which.span_s / max(1, self._plot.widget.width()) / 2
        least_ns = min(MOST_FRAME_S, max(LEAST_FRAME_S, half_px_s)) * 0.9 * NS_PER_S
        if self._drawn_at is not None and 0 <= end - self._drawn_at < least_ns and end != self._drawn_at:
            return
        if end == self._drawn_at:
            return
        self._drawn_at = end
        try:
            self._draw_curve(self.shown, end)
        except Exception as error:  # noqa: BLE001 - a view's mistake must never reach the recording
            self._stop(error)

    def _draw_curve(self, look: TraceLook, end: HostNs) -> None:
        which = look.which
        curve = (
            self._memory.curve(which, end) if self._still is None and self._memory else self._still_curve(which, end)
        )
        self._plot.draw(curve)
        span_ns = round(which.span_s * NS_PER_S)
        lane = placed_marks(self._marks, end - span_ns, end, MERGE_PX / max(1, self._plot.widget.width()))
        gaps = shares(curve.unknown, which.span_s)
        newest = curve.newest_deg
        self.overlay.show_over(
            Over(
                gaps=gaps,
                marks=lane,
                newest_deg=newest if isfinite(newest) else None,
                zone=look.zone,
                cursor=self._cursor_share(look, end),
                cursor_words=self._cursor_words(look),
                pill=self._pill(look),
            )
        )
        words = tuple(
            ((a + b) / 2, f"{'no data' if span.missing else 'not known'} {short(span.seconds)}")
            for (a, b), span in zip(gaps, curve.unknown, strict=True)
        )
        if (lane, words) != (self._lane, self._gap_words):
            self._lane, self._gap_words = lane, words
            self.update(self.rect() if self._low else self._lane_rect())

    def _still_curve(self, which: TraceRange, end: HostNs) -> Curve:
        return (self._still or AngleHistory()).curve(which, end)

    def redraw(self) -> None:
        """Draw the curve with the next frame, whether or not it has moved."""
        self._drawn_at = None

    # --- freeze and look back ---------------------------------------------------------------------------------------
    @property
    def frozen(self) -> bool:
        """Whether it stands."""
        return self.shown is not None and self.shown.frozen_at is not None

    def freeze(self, now: HostNs | None) -> None:
        """Stand at this instant; None = move again."""
        if self.shown is None or self._memory is None:
            return
        self._still = None if now is None else self._memory.frozen()
        self.show_value(replace(self.shown, frozen_at=now, end=now or HostNs(0), cursor=now))
        self._drawn_at = None
        if now is not None:
            self.setFocus()
            self.frame(now)
        self.freeze_changed.emit(now is not None)

    def scrub(self, seconds: float) -> None:
        """Move the pointer, and the window with it where it would leave it; at most ten minutes back."""
        look = self.shown
        if look is None or look.frozen_at is None or look.cursor is None:
            return
        oldest = look.frozen_at - round(LOOK_BACK_S * NS_PER_S)
        cursor = HostNs(min(look.frozen_at, max(oldest, look.cursor + round(seconds * NS_PER_S))))
        span_ns = round(look.which.span_s * NS_PER_S)
        end = min(look.frozen_at, max(cursor, min(look.end, cursor + span_ns)))
        self.show_value(replace(look, cursor=cursor, end=HostNs(end)))
        self._drawn_at = None
        self.frame(HostNs(end))
        self.setAccessibleDescription(self._cursor_words(self.shown) if self.shown else "")

    def _cursor_share(self, look: TraceLook, end: HostNs) -> float | None:
        if look.cursor is None:
            return None
        share = 1 - (end - look.cursor) / NS_PER_S / look.which.span_s
        return share if 0 <= share <= 1 else None

    def _cursor_words(self, look: TraceLook) -> str:
        """14:28:10, 83° (81-86°)."""
        if look.cursor is None:
            return ""
        at = clock_time(look.cursor, look.utc_offset_s, seconds=True)
        source = self._still or self._memory
        reach = None if source is None else source.at(look.cursor, look.which)
        if reach is None:
            return f"{at}, not known"
        low, high = reach
        spread = "" if round(low) == round(high) else f" ({low:.0f}-{high:.0f}°)"
        return f"{at}, {(low + high) / 2:.0f}°{spread}"

    def _pill(self, look: TraceLook) -> str:
        if look.frozen_at is None:
            return ""
        return f"Frozen at {clock_time(look.frozen_at, look.utc_offset_s, seconds=True)}, still recording"

    # --- hands ------------------------------------------------------------------------------------------------------
    def _range_changed(self, index: int) -> None:
        if self.shown is not None:
            self.show_value(replace(self.shown, which=RANGES[index]))
        self.range_chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows look back while frozen: 1 s, with Shift 10 s, Page 1 min."""
        step = SCRUB_KEYS.get(Qt.Key(event.key()))
        if step is not None and self.frozen:
            self.scrub(step * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1))
        elif self.frozen and event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.scrub(LOOK_BACK_S * (1 if event.key() == Qt.Key.Key_End else -1))
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer tells the value below it; dragged while frozen it moves the curve."""
        look, plot = self.shown, self._plot.widget.geometry()
        if look is None or self._drawn_at is None:
            return
        inside = plot.contains(event.position().toPoint())
        if not inside:
            if not self.frozen and look.cursor is not None:
                self.show_value(replace(look, cursor=None))
            return
        ago_s = (plot.right() - event.position().x()) / plot.width() * look.which.span_s
        self.show_value(replace(look, cursor=HostNs(self._drawn_at - round(ago_s * NS_PER_S))))
        self._drawn_at = HostNs(self._drawn_at - 1)

    def leaveEvent(self, event: object) -> None:
        """The pointer has gone."""
        if self.shown is not None and not self.frozen:
            self.show_value(replace(self.shown, cursor=None))

    # --- frame ------------------------------------------------------------------------------------------------------
    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Range at the top, plot between lane and times."""
        m = self.theme.metrics
        self._low = low = self.height() < LOW * self.theme.font_scale
        self._head = max(self.range.sizeHint().height(), m(Role.BODY).height()) + (-2.0 if low else 8.0)
        title = m(Role.BODY, Weight.STRONG).horizontalAdvance("Thigh angle")
        self.range.setGeometry(QRect(round(MARGIN + title + 10), 4, *self.range.sizeHint().toTuple()))
        left = MARGIN + max(LEFT, m(Role.SMALL, Weight.STRONG).horizontalAdvance("120°") + 10)
        top = self._head + max(0.0 if low else LANE, m(Role.SMALL).height() + (0 if low else 4))
        bottom = self.height() - m(Role.SMALL).height() - (5 if low else 10)
        plot = QRect(round(left), round(top), round(self.width() - left - MARGIN), max(10, round(bottom - top)))
        self._plot.widget.setGeometry(plot)
        self.overlay.setGeometry(plot)
        self._drawn_at = None

    def _lane_rect(self) -> QRect:
        plot = self._plot.widget.geometry()
        return QRect(0, int(self._head) - 2, self.width(), plot.top() - int(self._head) + 2)

    def spoken(self, value: TraceLook) -> str:
        """What it is; its values are told by the pointer."""
        state = "stands, recording goes on" if value.frozen_at else "moves"
        if self.clock_times:
            return f"{value.which.words} up to the handle; the limit is {value.limit_deg:g}°."
        return f"The last {value.which.words}; the limit is {value.limit_deg:g}°. It {state}."

    def draw(self, painter: QPainter, value: TraceLook) -> None:
        """Everything around the plot."""
        writing, p, m = Writing(painter, self.theme), self.theme.palette, self.theme.metrics
        base = 4 + self.range.height() / 2 + m(Role.BODY).capHeight() / 2
        writing.text(MARGIN, base, "Thigh angle", Role.BODY, p.ink, weight=Weight.STRONG)
        plot = QRectF(self._plot.widget.geometry())
        self._legend(writing, base, plot)
        labels = ((0.0, False), (45.0, False), (value.limit_deg, True))
        crowded = plot.height() * 45 / (HIGH_DEG - LOW_DEG) < m(Role.SMALL).height()
        for deg, strong in labels[::2] if crowded else labels:
            y = plot.top() + (HIGH_DEG - deg) / (HIGH_DEG - LOW_DEG) * plot.height()
            weight = Weight.STRONG if strong else Weight.PLAIN
            colour = p.ink if strong else p.ink2
            writing.right(
                plot.left() - 8, y + m(Role.SMALL).capHeight() / 2, f"{deg:g}°", Role.SMALL, colour, weight=weight
            )
        self._times(writing, plot, value)
        self._draw_lane(writing, plot)

    def _legend(self, writing: Writing, base: float, plot: QRectF) -> None:
        """Where there is room; in a low card it gives way to a mark right below it."""
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        widths = [writing.width(words, Role.SMALL) + 34 for _, words in LEGEND]
        x = self.width() - MARGIN - sum(widths) + 14
        self._legend_x = x
        below = self._low and any(plot.left() + mark.at * plot.width() > x - 10 for mark in self._lane)
        if below or x < self.range.geometry().right() + 10:
            self._legend_x = float(self.width())
            return
        for (level, words), width in zip(LEGEND, widths, strict=True):
            draw_mark(writing.painter, p, x + 6, base - m.capHeight() / 2, level)
            writing.text(x + 20, base, words, Role.SMALL, p.ink2)
            x += width

    def _times(self, writing: Writing, plot: QRectF, value: TraceLook) -> None:
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        base, free = plot.bottom() + m.ascent() + 5, plot.left() - 1
        for ago_s, ago in value.which.ticks:
            words = ago
            x = plot.right() - ago_s / value.which.span_s * plot.width()
            if value.frozen_at is not None or self.clock_times:
                words = clock_time(HostNs(value.end - round(ago_s * NS_PER_S)), value.utc_offset_s, seconds=True)
            width = writing.width(words, Role.SMALL)
            left = min(max(plot.left(), x - width / 2), plot.right() - width)
            writing.painter.setPen(QPen(qcolor(p.ctl), 1.0))
            writing.painter.drawLine(QLineF(x, plot.bottom() + 1, x, plot.bottom() + 4))
            if left > free:
                writing.text(left, base, words, Role.SMALL, p.ink2)
                free = left + width + 6

    def _head_in_lane(self, top: float) -> list[tuple[float, float]]:
        """Where range and legend reach down into the lane of a low card."""
        if top > self.range.geometry().bottom() - 4:
            return []
        return [(0.0, self.range.geometry().right() + 6.0), (self._legend_x - 6.0, float(self.width()))]

    def _draw_lane(self, writing: Writing, plot: QRectF) -> None:
        """Marks with the words of the newest, and how long gaps are."""
        p, m = self.theme.palette, self.theme.metrics(Role.SMALL)
        base = plot.top() - 6
        taken = self._head_in_lane(base - m.ascent())
        for mark in self._lane:
            x = plot.left() + mark.at * plot.width()
            draw_mark(writing.painter, p, x, base - m.capHeight() / 2, mark.level, hollow=not mark.sent)
            taken.append((x - 8, x + 8))
        words = [(plot.left() + at * plot.width(), text) for at, text in self._gap_words]
        for mark in self._lane[-1:]:
            said = self._memory.words(mark.at_ns) if self._memory else ""
            width, x = m.horizontalAdvance(said), plot.left() + mark.at * plot.width()
            words.insert(0, (x + 12 + width / 2 if x + 14 + width < plot.right() else x - 12 - width / 2, said))
        for wanted, text in words:
            half = m.horizontalAdvance(text) / 2
            x = min(max(wanted, plot.left() + half), plot.right() - half)
            if all(x + half < a or x - half > b for a, b in taken):
                writing.middle(x, base, text, Role.SMALL, p.ink2)
                taken.append((x - half - 6, x + half + 6))
