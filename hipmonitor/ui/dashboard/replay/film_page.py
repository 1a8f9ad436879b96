"""A recording while it is replayed: the Now view's cards, compact, and the transport."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.ui.dashboard.now.credit_card import CreditCard
from hipmonitor.ui.dashboard.now.figure import Figure
from hipmonitor.ui.dashboard.now.hero import Hero
from hipmonitor.ui.dashboard.now.measured_room import digits, room_for
from hipmonitor.ui.dashboard.now.timer_card import TimerCard, TimerLook
from hipmonitor.ui.dashboard.now.trace_card import TraceCard
from hipmonitor.ui.dashboard.parts import Plate, stand
from hipmonitor.ui.dashboard.replay.places import ReplayPlaces, replay_places
from hipmonitor.ui.dashboard.replay.projector import Projector
from hipmonitor.ui.dashboard.replay.transport import TransportCard
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.view_model import Glance, figure_pose, hero_now

SHORT_S = 300.0
"""A shorter recording begins with half a minute of curve."""


class FilmPage(QWidget):
    """Draws what a projector shows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._panel = Plate(theme, self)
        self.figure, self.hero = Figure(theme, self), Hero(theme, self)
        self.sitting = TimerCard(theme, "Sitting timer", self)
        self.deep = TimerCard(theme, "Timer above the limit", self)
        self.credit = CreditCard(theme, self)
        self.trace = TraceCard(theme, self, clock_times=True)
        self.transport = TransportCard(theme, self)
        self._projector: Projector | None = None

    def watch(self, projector: Projector | None) -> None:
        """Another film, or none."""
        self._projector = projector
        self.trace.watch(None if projector is None else projector.memory)
        if projector is not None:
            seconds = (projector.film.end - projector.film.start) / NS_PER_S
            self.trace.start_with(0 if seconds < SHORT_S else 1)
        self.transport.watch(projector)

    def look(self, glance: Glance) -> None:
        """The state at the handle. Timers whose past is still being rebuilt are not shown."""
        projector = self._projector
        if projector is None:
            return
        late = projector.is_late
        self.figure.show_value(figure_pose(glance))
        self.hero.show_value(hero_now(glance))
        for card, timer, icon in ((self.sitting, glance.sitting, "sit"), (self.deep, glance.deep, "bend")):
            card.show_value(TimerLook(timer=timer, icon=icon, quiet=bool(glance.not_told), known=not late))
        self.credit.show_value(glance.credit)
        self.trace.look(glance)
        self.transport.look()

    def frame(self, now: HostNs, seconds: float) -> None:
        """What moves."""
        self.figure.advance(seconds)
        self.trace.frame(now)

    # --- places -----------------------------------------------------------------------------------------------------
    def fit(self, width: int, height: int) -> int:
        """Share out the room."""
        got = replay_places(room_for(self, self.theme, width, height), self.transport.height_for(width - 40))
        self._put(got)
        self.setGeometry(0, 0, width, max(height, round(got.height)))
        return round(got.height)

    def _put(self, got: ReplayPlaces) -> None:
        self._panel.setGeometry(got.hero.rect)
        self.hero.number_scale = got.scale
        self.sitting.digits = self.deep.digits = digits(got.sitting, self.theme)
        stand(
            (
                (self.figure, got.figure),
                (self.hero, got.words),
                (self.sitting, got.sitting),
                (self.deep, got.deep),
                (self.credit, got.credit),
                (self.trace, got.trace),
                (self.transport, got.transport),
            )
        )
