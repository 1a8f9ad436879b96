"""The History view: pages of the history and hours of recordings, each read in a thread of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.history import loading
from hipmonitor.ui.dashboard.history.alerts_card import AlertList, AlertsCard
from hipmonitor.ui.dashboard.history.bouts_card import Bouts, BoutsCard
from hipmonitor.ui.dashboard.history.figures_card import FiguresCard
from hipmonitor.ui.dashboard.history.fortnight_card import Fortnight, FortnightCard
from hipmonitor.ui.dashboard.history.give_on import GiveOn
from hipmonitor.ui.dashboard.history.head_row import HeadRow
from hipmonitor.ui.dashboard.history.hour_card import HourCard
from hipmonitor.ui.dashboard.history.loading import Hours, Nothing, Page, Span
from hipmonitor.ui.dashboard.history.notice_card import Notice, NoticeCard
from hipmonitor.ui.dashboard.history.places import BOTTOM, GAP, LEAST, SIDE, day_places
from hipmonitor.ui.dashboard.history.timeline_card import Timeline, TimelineCard
from hipmonitor.ui.dashboard.history.week_card import WeekCard
from hipmonitor.ui.dashboard.history.weeks_card import WeeksCard
from hipmonitor.ui.dashboard.parts import Box
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.view_model import Curve, Glance
from hipmonitor.ui.view_model.history import DayLook, HourSource, WeekLook, WeeksLook, hour_look, hour_span

AGAIN_S = 60
"""Today grows: it is read anew so often."""
EMPTY = Notice(
    title="No history yet",
    sentence="Days appear here once a session was recorded. Nothing simulated is kept in it.",
)
FROM_RECORDINGS = Notice(
    title="No history yet",
    sentence="There are recordings on this computer. The history can be made from them; they stay as they are.",
    action="Make it from recordings",
)
LOADING = Notice(title="Reading the history")


class HistoryView(View):
    """Shows one page at a time; while another is read, the one before stays."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit, theme = cockpit, cockpit.theme
        self.row = HeadRow(theme, self)
        self.notice = NoticeCard(theme, self)
        self.figures, self.timeline = FiguresCard(theme, self), TimelineCard(theme, self)
        self.hour, self.alerts = HourCard(theme, self), AlertsCard(theme, self)
        self.fortnight, self.bouts = FortnightCard(theme, self), BoutsCard(theme, self)
        self.week, self.weeks = WeekCard(theme, self), WeeksCard(theme, self)
        self.pages, self.reading, self.rebuilding = (SideWork(name, self) for name in ("history", "hour", "rebuild"))
        self.give_on = GiveOn(cockpit, self)
        self.page: Page | None = None
        self.chosen_hour: int | None = None
        self._span = Span.DAY
        self._day: int | None = None
        self._hours, self._read_at = Hours(), HostNs(0)
        self._curves: dict[tuple[int, int], Curve] = {}
        self._wire()
        self.notice.show_value(LOADING)
        self._show_cards()

    def _wire(self) -> None:
        self.row.day_asked.connect(self.open_day)
        self.row.span_asked.connect(lambda number: self.ask(Span(number), self._day))
        self.timeline.hour_chosen.connect(self.choose_hour)
        for card in (self.fortnight, self.week, self.weeks):
            card.day_chosen.connect(partial(self.ask, Span.DAY))
        self.hour.replay.clicked.connect(self._replay)
        self.hour.stopped_reading.connect(self._stop_reading)
        self.notice.button.clicked.connect(self._notice_pressed)
        self.pages.done.connect(self._page_came)
        self.pages.failed.connect(self._page_failed)
        self.reading.done.connect(self._curve_came)
        self.reading.failed.connect(self._curve_failed)
        self.reading.went_on.connect(lambda _name, share: self.hour.went_on(share))
        self.rebuilding.done.connect(lambda _name, _sessions: self.ask(self._span, self._day))
        self.rebuilding.failed.connect(lambda _name, sentence: self._rebuild_failed(sentence))
        self.rebuilding.went_on.connect(lambda _name, share: self._rebuilt_so_far(share))

    # --- what the window asks ---------------------------------------------------------------------------------------
    @property
    def buttons(self) -> Sequence[QWidget]:
        """Export, Report for your physio."""
        return self.give_on.export, self.give_on.report

    def look(self, glance: Glance) -> None:
        """Today grows while it is looked at."""
        if self._read_at == 0 or glance.at < self._read_at:
            self._read_at = glance.at
        shown = self.page
        if shown is not None and shown.day == shown.today and glance.at - self._read_at >= AGAIN_S * NS_PER_S:
            self._read_at = glance.at
            self.ask(self._span, shown.day)

    def press(self, key: str) -> bool:
        """1, 2, 3: day, week, 4 weeks; comma and dot: back and on."""
        buttons = {",": self.row.back, ".": self.row.forward}
        if key in {"1", "2", "3"}:
            self.row.span.choose(int(key) - 1)
        elif key in buttons:
            buttons[key].click()
        return key in buttons or key in {"1", "2", "3"}

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is kept now."""
        super().showEvent(event)
        self.hour.replays = self.cockpit.has_view("replay")
        self.ask(self._span, self._day)

    # --- pages ------------------------------------------------------------------------------------------------------
    def ask(self, span: Span, day: int | None) -> None:
        """Show this page as soon as it is read."""
        self._span, self._day = span, day
        self.pages.ask((span, day), lambda _watch: loading.page(span, day))

    def open_day(self, day: int) -> None:
        """This day, or the page that ends with it."""
        self.ask(self._span, day)

    def _page_came(self, _name: object, page: object) -> None:
        if isinstance(page, Nothing):
            self.page = None
            if not self.rebuilding.busy:
                self.notice.show_value(FROM_RECORDINGS if page.recordings else EMPTY)
        elif isinstance(page, Page):
            self._show_page(page)
        self._show_cards()
        self.cockpit.fit_again()

    def _page_failed(self, _name: object, sentence: str) -> None:
        self.page = None
        self.notice.show_value(Notice(title="The history cannot be read", sentence=sentence, action="Try again"))
        self._show_cards()
        self.cockpit.fit_again()

    def _show_page(self, page: Page) -> None:
        other_day = self.page is None or self.page.day != page.day or self.page.span != page.span
        self.page, self._day = page, page.day
        look = page.look
        note = look.note if isinstance(look, DayLook) else ""
        reach = (page.first, max(page.today, max(page.worn, default=page.today)))
        self.row.show_page((look.title, look.short_title), note, page.span, page.day, reach, page.worn)
        if isinstance(look, DayLook):
            self._show_day(look, other_day=other_day)
        elif isinstance(look, WeekLook):
            self.week.show_value(look)
        elif isinstance(look, WeeksLook):
            self.weeks.show_value(look)

    def _show_day(self, look: DayLook, *, other_day: bool) -> None:
        if other_day or self.chosen_hour is None:
            self.chosen_hour = look.best_hour
        self.figures.show_value(look.figures)
        self._show_timeline(look)
        self.alerts.show_value(AlertList(rows=look.alerts, said=look.alerts_said))
        self.fortnight.show_value(Fortnight(columns=look.fortnight, day=look.day))
        self.bouts.show_value(Bouts(rows=look.bouts, said=look.bouts_said))
        self._open_hour(look)

    def _show_timeline(self, look: DayLook) -> None:
        empty = "" if look.worn else "Not worn on this day" if look.recorded else "Nothing was recorded on this day"
        self.timeline.show_value(Timeline(bars=look.bars, hour=self.chosen_hour, empty=empty, spoken=look.spoken))

    def _show_cards(self) -> None:
        """Those of the page; without one the notice."""
        look = None if self.page is None else self.page.look
        day = isinstance(look, DayLook)
        whole = day and isinstance(look, DayLook) and look.recorded
        shown: dict[QWidget, bool] = dict.fromkeys((self.timeline, self.fortnight), day)
        shown |= dict.fromkeys((self.figures, self.hour, self.alerts, self.bouts), whole)
        for card, visible in shown.items():
            card.setVisible(visible)
        self.week.setVisible(isinstance(look, WeekLook))
        self.weeks.setVisible(isinstance(look, WeeksLook))
        self.row.setVisible(look is not None)
        self.notice.setVisible(look is None)
        self.give_on.show_page(self.page)

    # --- an hour ----------------------------------------------------------------------------------------------------
    @property
    def day(self) -> DayLook | None:
        """The day that is shown."""
        return self.page.look if self.page is not None and isinstance(self.page.look, DayLook) else None

    def choose_hour(self, hour: int) -> None:
        """Open it."""
        self.chosen_hour = hour
        if self.day is not None:
            self._show_timeline(self.day)
            self._open_hour(self.day)

    def _open_hour(self, day: DayLook) -> None:
        """The kept minutes at once, then the recording."""
        hour = self.chosen_hour
        span = None if hour is None else hour_span(day.minutes, hour)
        if hour is None or span is None:
            self.reading.stop()
            self.hour.show_value(hour_look(day, hour or 0, HourSource.EMPTY))
            return
        known = self._curves.get((day.day, hour))
        if known is not None:
            self.hour.show_value(hour_look(day, hour, HourSource.RECORDING, known))
            if not day.so_far:
                self.reading.stop()
                return
        else:
            self.hour.show_value(hour_look(day, hour, HourSource.READING))
        self.reading.ask((day.day, hour), lambda watch: self._hours.curve(day, *span, watch))

    def _curve_came(self, name: object, curve: object) -> None:
        day, hour = self.day, self.chosen_hour
        if day is None or hour is None or name != (day.day, hour):
            return
        if isinstance(curve, Curve):
            self._curves[day.day, hour] = curve
            self.hour.show_value(hour_look(day, hour, HourSource.RECORDING, curve))
        else:
            self.hour.show_value(hour_look(day, hour, HourSource.DELETED))

    def _curve_failed(self, _name: object, sentence: str) -> None:
        self._stop_reading()
        self.cockpit.say(sentence)

    def _stop_reading(self) -> None:
        self.reading.stop()
        if self.day is not None and self.chosen_hour is not None:
            self.hour.show_value(hour_look(self.day, self.chosen_hour, HourSource.STOPPED))

    def _replay(self) -> None:
        """The recording from the hour's beginning; where that cannot be, the view of replays."""
        day, hour = self.day, self.chosen_hour
        place = None if day is None or hour is None else loading.place_in_recording(day, hour)
        if place is None or not self.cockpit.replay(*place):
            self.cockpit.open_view("replay")

    # --- a history out of recordings --------------------------------------------------------------------------------
    def _notice_pressed(self) -> None:
        if self.notice.shown is not None and self.notice.shown.action == FROM_RECORDINGS.action:
            self._rebuilt_so_far(0.0)
            self.rebuilding.ask("rebuild", loading.rebuild_from_recordings)
        elif self.notice.shown is not None and self.notice.shown.share is not None:
            self.rebuilding.ask("stop", lambda _watch: None)
        else:
            self.ask(self._span, self._day)

    def _rebuilt_so_far(self, share: float) -> None:
        words = f"{100 * share:.0f} % of the recordings; days appear when their recording is done."
        self.notice.show_value(Notice(title="Making the history", sentence=words, action="Stop", share=share))

    def _rebuild_failed(self, sentence: str) -> None:
        self.notice.show_value(Notice(title="The history could not be made", sentence=sentence, action="Try again"))

    # --- places -----------------------------------------------------------------------------------------------------
    def fit(self, width: int, height: int) -> int:
        """Share out the room."""
        scale = self.cockpit.theme.font_scale
        self.row.fit(width - 2 * round(SIDE) + 8)
        head = max(self.row.sizeHint().height(), round(40 * scale))
        self.row.setGeometry(QRect(round(SIDE) - 4, 0, width - 2 * round(SIDE) + 8, head))
        top = head + 6.0
        rest = Box(SIDE, top, width - 2 * SIDE, height - top - BOTTOM)
        look = None if self.page is None else self.page.look
        if isinstance(look, DayLook):
            return self._fit_day(look, width, height, top)
        if isinstance(look, WeekLook):
            return self._fit_one(self.week, rest, self.week.least_height())
        if isinstance(look, WeeksLook):
            return self._fit_one(self.weeks, rest, self.weeks.least_height())
        self.notice.setGeometry(QRect(round(SIDE), 8, width - 2 * round(SIDE), max(200, height - 8 - round(BOTTOM))))
        return height

    def _fit_one(self, card: QWidget, rest: Box, least: float) -> int:
        box = Box(rest.x, rest.y, rest.w, max(rest.h, least))
        card.setGeometry(box.rect)
        return round(box.y + box.h + BOTTOM)

    def _fit_day(self, look: DayLook, width: int, height: int, top: float) -> int:
        scale = self.cockpit.theme.font_scale
        if not look.recorded:
            least = LEAST["timeline"] * scale
            self.timeline.setGeometry(Box(SIDE, top, width - 2 * SIDE, least).rect)
            below = Box(
                SIDE, top + least + GAP, width - 2 * SIDE, min(1.5 * least, height - top - least - GAP - BOTTOM)
            )
            return self._fit_one(self.fortnight, below, LEAST["bottom"] * scale)
        figures = self.figures.wanted_height(width - 2 * SIDE)
        got = day_places(width, height, top=top, figures=figures, font_scale=scale)
        for card, box in (
            (self.figures, got.figures),
            (self.timeline, got.timeline),
            (self.hour, got.hour),
            (self.alerts, got.alerts),
            (self.fortnight, got.fortnight),
            (self.bouts, got.bouts),
        ):
            card.setGeometry(box.rect)
        return round(got.height)
