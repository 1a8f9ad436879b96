"""Step, play, time, speed, loop, markers; below them the overview of the whole file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.ui.dashboard.parts import Button, Card, Look, Segmented, Writing
from hipmonitor.ui.dashboard.replay.overview import Overview, OverviewLook
from hipmonitor.ui.dashboard.replay.projector import SPEEDS, USUAL_SPEED, Projector
from hipmonitor.ui.dashboard.theme import Role, Theme

MARGIN, GAP = 20.0, 6.0
STEP_S = 0.1
USUAL_LOOP_S = 60.0
MOST_MARKERS = 40
"""In the menu; the others are reached with next and previous."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportLook:
    """Texts of it."""

    time: str
    of: str
    totals: str
    playing: bool
    gap: str
    """That nothing was recorded where the handle stands; empty elsewhere."""


class TransportCard(Card[TransportLook]):
    """Drives a projector."""

    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Transport", parent)
        self.projector: Projector | None = None
        self.back = Button(theme, "", icon="step_back", parent=self)
        self.play = Button(theme, "", icon="play", look=Look.PRIMARY, parent=self)
        self.forward = Button(theme, "", icon="step_forward", parent=self)
        self.speed = Segmented(theme, "Speed", [f"{speed:g}\N{MULTIPLICATION SIGN}" for speed in SPEEDS], self)
        self.speed.choose(SPEEDS.index(USUAL_SPEED))
        self.loop = Button(theme, "Loop", icon="loop", parent=self)
        self.loop.setCheckable(True)
        self.markers = Button(theme, "Markers", icon="mark", parent=self)
        self.overview = Overview(theme, self)
        for button, name, key in (
            (self.back, "Step back", ","),
            (self.play, "Play", "Space"),
            (self.forward, "Step forward", "."),
        ):
            button.setAccessibleName(name)
            button.setToolTip(f"{name} ({key})")
        self._wire()

    def _wire(self) -> None:
        self.back.clicked.connect(partial(self.step, -STEP_S))
        self.forward.clicked.connect(partial(self.step, STEP_S))
        self.play.clicked.connect(self.toggle_play)
        self.speed.chosen.connect(self._speed_chosen)
        self.overview.asked.connect(self.go_to)
        self._loop_menu, self._marker_menu = QMenu(self.loop), QMenu(self.markers)
        self.loop_on = self._loop_menu.addAction("Loop A to B\tL", self.toggle_loop)
        self._loop_menu.addAction("A is here\t[", partial(self.loop_end, 0))
        self._loop_menu.addAction("B is here\t]", partial(self.loop_end, 1))
        self.loop.open_menu(self._loop_menu)
        self.loop.clicked.connect(self._tell_loop)
        self.markers.open_menu(self._marker_menu)

    # --- what is played ---------------------------------------------------------------------------------------------
    def watch(self, projector: Projector | None) -> None:
        """Another film, or none."""
        self.projector = projector
        if projector is None:
            return
        film = projector.film
        self.overview.show_film(film, projector.memory.angles)
        menu = self._marker_menu
        menu.clear()
        menu.addAction("Next marker\tCtrl+Right", partial(self.to_marker, forward=True)).setEnabled(bool(film.marks))
        menu.addAction("Previous marker\tCtrl+Left", partial(self.to_marker, forward=False)).setEnabled(
            bool(film.marks)
        )
        menu.addSeparator()
        for mark, words in list(zip(film.marks, film.words, strict=True))[:MOST_MARKERS]:
            at = HostNs(mark.at_ns)
            menu.addAction(f"{film.time(at)}  {words}", partial(self.go_to, at))
        self.markers.say("Markers", str(len(film.marks)))
        self.shown = None
        self.look()

    def begin(self, at: HostNs, speed: float, *, loop: bool) -> None:
        """Play from there; at the next of our speeds (0, as fast as possible, is the fastest one)."""
        if self.projector is None:
            return
        film = self.projector.film
        self.projector.go_to(at)
        self.speed.choose(min(range(len(SPEEDS)), key=lambda k: abs(SPEEDS[k] - (speed or SPEEDS[-1]))))
        self._speed_chosen(self.speed.index)
        if loop:
            self._set_loop(film.start, film.end, looping=True)
        self.projector.choose(replace(self.projector.transport, playing=True))

    def look(self) -> None:
        """As it is now."""
        if self.projector is None:
            return
        film, t, at = self.projector.film, self.projector.transport, self.projector.now()
        gap = film.gap_at(at)
        look = TransportLook(
            time=film.time(at),
            of=f"of {film.time(film.end)}",
            totals=film.totals,
            playing=t.playing,
            gap="" if gap is None else f"no data {film.time(HostNs(gap[0]))} to {film.time(HostNs(gap[1]))}",
        )
        if self.shown is None or look.playing != self.shown.playing:
            self.play.say("", icon="freeze" if look.playing else "play")
            self.play.setAccessibleName("Pause" if look.playing else "Play")
        self.show_value(look)
        self.overview.show_value(
            OverviewLook(
                at=at, loop=(t.loop_from, t.loop_to), looping=t.looping, words=f"{look.time} {look.of}. {look.gap}"
            )
        )

    # --- what the hands do ------------------------------------------------------------------------------------------
    def go_to(self, at: HostNs) -> None:
        """The handle goes there."""
        if self.projector is not None:
            self.projector.go_to(at)
            self.moved.emit()

    def step(self, seconds: float) -> None:
        """A tenth of a second, and stand."""
        if self.projector is not None:
            self.projector.step(seconds)
            self.moved.emit()

    def toggle_play(self) -> None:
        """Play or pause."""
        if self.projector is not None:
            t = self.projector.transport
            self.projector.choose(replace(t, playing=not t.playing))
            self.moved.emit()

    def faster(self, step: int) -> None:
        """The next speed."""
        self.speed.choose(self.speed.index + step)

    def _speed_chosen(self, index: int) -> None:
        if self.projector is not None:
            self.projector.choose(replace(self.projector.transport, speed=SPEEDS[index]))

    def loop_end(self, number: int) -> None:
        """A or B is where the handle stands; both make a loop. An end on the wrong side takes the other one away."""
        if self.projector is None:
            return
        t, at = self.projector.transport, self.projector.now()
        a, b = (at, t.loop_to) if number == 0 else (t.loop_from, at)
        if a is not None and b is not None and a >= b:
            a, b = (at, None) if number == 0 else (None, at)
        self._set_loop(a, b, looping=a is not None and b is not None)

    def toggle_loop(self) -> None:
        """On or off; without ends, the next minute."""
        if self.projector is None:
            return
        t, film = self.projector.transport, self.projector.film
        a = t.loop_from if t.loop_from is not None else film.start if t.loop_to is not None else self.projector.now()
        b = t.loop_to if t.loop_to is not None else HostNs(min(film.end, a + round(USUAL_LOOP_S * NS_PER_S)))
        if a < b:
            self._set_loop(a, b, looping=not t.looping)

    def _set_loop(self, a: HostNs | None, b: HostNs | None, *, looping: bool) -> None:
        if self.projector is not None:
            t = replace(self.projector.transport, loop_from=a, loop_to=b, looping=looping)
            self.projector.choose(t)
        self._tell_loop()
        self.moved.emit()

    def _tell_loop(self) -> None:
        on = self.projector is not None and self.projector.transport.looping
        self.loop.setChecked(on)
        self.loop.say("Loop A to B" if on else "Loop")
        self.loop_on.setText("No loop\tL" if on else "Loop A to B\tL")
        self._place()

    def to_marker(self, *, forward: bool) -> None:
        """The next or the one before."""
        if self.projector is not None:
            film, at = self.projector.film, self.projector.now()
            there = film.mark_after(at) if forward else film.mark_before(at)
            if there is not None:
                self.go_to(there)

    # --- places and picture -----------------------------------------------------------------------------------------
    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Share out the room."""
        self._place()

    def _lines(self) -> list[list[QWidget]]:
        """Controls beside the time where they fit; else below it, in as many lines as they need."""
        hints = {part: part.sizeHint().width() + GAP for part in self._right_parts()}
        time = self.theme.metrics(Role.STATE).horizontalAdvance("00:00:00")
        if sum(hints.values()) + self._left_width() + time + 2 * MARGIN + 3 * GAP <= self.width():
            return [list(hints)]
        lines: list[list[QWidget]] = [[], []]
        for part, width in hints.items():
            if lines[-1] and sum(hints[other] for other in lines[-1]) + width > self.width() - 2 * MARGIN + GAP:
                lines.append([])
            lines[-1].append(part)
        return lines

    def _right_parts(self) -> tuple[QWidget, ...]:
        return self.speed, self.loop, self.markers

    def _left_width(self) -> float:
        return sum(button.sizeHint().width() + GAP for button in (self.back, self.play, self.forward))

    def height_for(self, width: int) -> float:
        """How high it wants to be at that width."""
        self.resize(width, self.height())
        row = self.play.sizeHint().height()
        return 14 + len(self._lines()) * (row + 2) + 4 + 18 + 46 + self.theme.metrics(Role.SMALL).height() + 14

    def _place(self) -> None:
        x, y, row = MARGIN, 8.0, self.play.sizeHint().height()
        for button in (self.back, self.play, self.forward):
            width = button.sizeHint().width()
            button.setGeometry(QRect(round(x), round(y), width, row))
            x += width + GAP
        self._time_x, self._time_y = x + GAP, y + row / 2
        lines = self._lines()
        beside = sum(part.sizeHint().width() + GAP for part in lines[0]) - GAP * bool(lines[0])
        x = self.width() - MARGIN - beside
        self._time_room = x - self._time_x - GAP
        for number, line in enumerate(lines):
            x, y = (x, y) if number == 0 else (MARGIN, y + row + 2)
            for part in line:
                hint = part.sizeHint()
                part.setGeometry(QRect(round(x), round(y + (row - hint.height()) / 2), hint.width(), hint.height()))
                x += hint.width() + GAP
        top = y + row + 4
        self.overview.setGeometry(
            QRect(round(MARGIN), round(top), round(self.width() - 2 * MARGIN), round(self.height() - top - 8))
        )
        self.update()

    def spoken(self, value: TransportLook) -> str:
        """Where it stands."""
        state = "Playing" if value.playing else "Paused"
        return " ".join(part for part in (f"{state} at {value.time} {value.of}.", value.gap, value.totals) if part)

    def draw(self, painter: QPainter, value: TransportLook) -> None:
        """The time, and beside it the end, a gap, the totals: as much as there is room for."""
        p, m, writing = self.theme.palette, self.theme.metrics(Role.STATE), Writing(painter, self.theme)
        x, base, end = self._time_x, self._time_y + m.capHeight() / 2, self._time_x + self._time_room
        x += writing.text(x, base, value.time, Role.STATE, p.ink) + 12
        for words, colour in ((value.gap, p.ink), (value.of, p.ink2), (value.totals, p.ink2)):
            width = writing.width(words, Role.BODY)
            if words and x + width <= end:
                x += writing.text(x, base, words, Role.BODY, colour) + 24
