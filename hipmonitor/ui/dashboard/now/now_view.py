"""The Now view: what a person sees all day."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from hipmonitor.core.inbound import EndQuiet, Quiet
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.io.history import DayRecord
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.feed import Feed
from hipmonitor.ui.dashboard.now.credit_card import CreditCard
from hipmonitor.ui.dashboard.now.figure import Figure
from hipmonitor.ui.dashboard.now.first_choices import first_choices, stand_below
from hipmonitor.ui.dashboard.now.hero import Hero
from hipmonitor.ui.dashboard.now.measured_room import digits, room_for
from hipmonitor.ui.dashboard.now.places import Places, places
from hipmonitor.ui.dashboard.now.strip_card import StripCard
from hipmonitor.ui.dashboard.now.timer_card import TimerCard, TimerLook
from hipmonitor.ui.dashboard.now.trace_card import TraceCard
from hipmonitor.ui.dashboard.parts import Button, Plate, stand
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.kept import today_so_far
from hipmonitor.ui.view_model import Flow, Glance, HeroNow, Situation, figure_pose, hero_now, strip_look, strip_span
from hipmonitor.ui.view_model.durations import clock_time
from hipmonitor.ui.view_model.history import EarlierToday, earlier_today

DIGITS_EVERY = 3
"""Looks between two changes of the number: at most four a second."""
QUIET_CHOICES = ((30.0, "30 min"), (60.0, "1 h"), (120.0, "2 h"), (None, "Until tomorrow"))


class NowView(View):
    """Cards, each repainted only when its own value changes."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit, theme = cockpit, cockpit.theme
        self._panel = Plate(theme, self)
        self.figure, self.hero = Figure(theme, self), Hero(theme, self)
        self.sitting = TimerCard(theme, "Sitting timer", self)
        self.deep = TimerCard(theme, "Timer above the limit", self)
        self.credit, self.trace, self.strip = CreditCard(theme, self), TraceCard(theme, self), StripCard(theme, self)
        self.trace.range.choose(1 if cockpit.choices.trace_range is None else cockpit.choices.trace_range)
        self.trace.range_chosen.connect(self._keep_range)
        self.choices = first_choices(cockpit, self)
        self._timers = self._empty = False
        self._size = (1000, 600)
        self._looks = 0
        self._strip_at, self._strip_marks = HostNs(0), (0, 0, Flow.NONE_YET)
        self._hero: HeroNow | None = None
        self._quiet_until: HostNs | None = None
        self._earlier, self.today = EarlierToday(), SideWork("today", self)
        self.today.done.connect(self._heard_today)
        self.strip.clicked.connect(lambda: cockpit.open_view("history"))
        self._make_buttons()

    # --- what the window asks ---------------------------------------------------------------------------------------
    @property
    def buttons(self) -> Sequence[QWidget]:
        """Freeze, Mark, Quiet."""
        return self._freeze, self._mark, self._quiet

    def watch(self, feed: Feed | None) -> None:
        """Another session, or none. A demonstration is short: it begins with half a minute, unless a range was chosen."""
        self.trace.watch(None if feed is None else feed.memory)
        if self.cockpit.choices.trace_range is None:
            self.trace.start_with(0 if self.cockpit.simulated else 1)
        self._earlier = EarlierToday()
        if feed is not None and self.cockpit.live:
            self.today.ask(feed, lambda _watch: today_so_far())
        else:
            self.today.stop()

    def _heard_today(self, _feed: object, record: object) -> None:
        """The strip begins with the sessions before this one."""
        if isinstance(record, DayRecord):
            self._earlier, self._strip_at = earlier_today(record), HostNs(0)

    def look(self, glance: Glance) -> None:
        """Every card its value."""
        self.figure.show_value(figure_pose(glance))
        self._show_hero(glance)
        quiet = bool(glance.not_told)
        self.sitting.show_value(TimerLook(timer=glance.sitting, icon="sit", quiet=quiet))
        self.deep.show_value(TimerLook(timer=glance.deep, icon="bend", quiet=quiet))
        self.credit.show_value(glance.credit)
        self.trace.look(glance)
        self._show_strip(glance)
        self._show_quiet(glance)
        timers, empty = glance.stream.flow is not Flow.NONE_YET, glance.situation is Situation.EMPTY
        if (timers, empty) != (self._timers, self._empty):
            self._timers, self._empty = timers, empty
            self.fit(*self._size)

    def _show_hero(self, glance: Glance) -> None:
        """The number at most four times a second; everything else at once."""
        new, old = hero_now(glance, hip_large=self.cockpit.choices.hip_large), self._hero
        only_digits = old is not None and (new.zone, new.kind, new.activity) == (old.zone, old.kind, old.activity)
        self._looks += 1
        if not only_digits or self._looks >= DIGITS_EVERY:
            self._looks, self._hero = 0, new
            self.hero.show_value(new)

    def _show_strip(self, glance: Glance) -> None:
        """Laying it out takes a while: not before it would look different, but at once for a mark."""
        glance = self._earlier.before(glance)
        start, end = strip_span(glance)
        cell_s = (end - start) / NS_PER_S / max(1, self.strip.width() // 2)
        due = glance.at - self._strip_at >= min(60.0, max(1.0, cell_s)) * NS_PER_S or glance.at < self._strip_at
        marks = (len(glance.strip.marks), self.strip.width(), glance.stream.flow)
        if not due and marks == self._strip_marks:
            return
        self._strip_at, self._strip_marks = glance.at, marks
        feed = self.cockpit.bridge.feed
        limit_deg = glance.settings.deep_flexion.thigh_limit_deg
        totals = "" if feed is None else self._earlier.and_now(feed.memory.totals).sentence(limit_deg)
        cells = max(60, (self.strip.width() - 40) // 2)
        self.strip.show_value(strip_look(glance, cells, totals))

    def frame(self, now: HostNs, seconds: float) -> None:
        """What moves."""
        self.figure.advance(seconds)
        self.trace.frame(now)

    def press(self, key: str) -> bool:
        """Space, M, Q, ranges; arrows while frozen."""
        if key in {"1", "2", "3", "4"}:
            self.trace.range.choose(int(key) - 1)
            return True
        keys = {"Space": self._freeze.click, "M": self._mark.click, "Q": self._quiet.click}
        if key in keys:
            keys[key]()
        return key in keys

    # --- top bar ----------------------------------------------------------------------------------------------------
    def _make_buttons(self) -> None:
        theme = self.cockpit.theme
        self._freeze = Button(theme, "Freeze", icon="freeze", key="Space")
        self._freeze.clicked.connect(self._toggle_freeze)
        self.trace.freeze_changed.connect(self._freeze_said)
        self._mark = Button(theme, "Mark", icon="mark", key="M")
        self._mark.clicked.connect(self.cockpit.mark)
        self._quiet = Button(theme, "Quiet", icon="quiet")
        self.quiet_menu = menu = QMenu(self._quiet)
        for minutes, words in QUIET_CHOICES:
            menu.addAction(words, partial(self._be_quiet, minutes))
        self._end_quiet = menu.addAction("End quiet now", self._no_longer_quiet)
        self._end_quiet.setVisible(False)
        self._quiet.open_menu(menu)

    def _toggle_freeze(self) -> None:
        self.trace.freeze(None if self.trace.frozen else self.cockpit.now())

    def _freeze_said(self, frozen: bool) -> None:
        if frozen:
            self._freeze.say("Back to now", icon="play")
            self.cockpit.say("Frozen. Arrows look back up to ten minutes; recording goes on.")
        else:
            self._freeze.say("Freeze", icon="freeze")

    def _be_quiet(self, minutes: float | None) -> None:
        self.cockpit.act(Quiet(minutes=minutes))

    def _no_longer_quiet(self) -> None:
        self.cockpit.act(EndQuiet())

    def _show_quiet(self, glance: Glance) -> None:
        until = glance.alerts.quiet_until
        self._end_quiet.setVisible(until is not None)
        self._quiet.say("Quiet" if until is None else f"Quiet till {clock_time(until, glance.utc_offset_s)}")

    def _keep_range(self, index: int) -> None:
        self.cockpit.choices.trace_range = index

    # --- places -----------------------------------------------------------------------------------------------------
    def fit(self, width: int, height: int) -> int:
        """Share out the room."""
        self._size = (width, height)
        buttons = self.choices if self._empty else ()
        got = places(room_for(self, self.cockpit.theme, width, height, timers=self._timers, buttons=buttons))
        self._put(got)
        return round(got.height)

    def _put(self, got: Places) -> None:
        stand_below(self.choices, got.buttons, self.cockpit.source_kinds)
        self._panel.setGeometry(got.hero.rect)
        self.hero.number_scale, self.strip.with_legend = got.scale, got.legend
        self.sitting.digits = self.deep.digits = digits(got.sitting, self.cockpit.theme)
        stand(
            (
                (self.figure, got.figure),
                (self.hero, got.words),
                (self.sitting, got.sitting),
                (self.deep, got.deep),
                (self.credit, got.credit),
                (self.trace, got.trace),
                (self.strip, got.strip),
            )
        )
