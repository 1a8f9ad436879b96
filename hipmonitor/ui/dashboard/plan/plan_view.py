"""The Plan view: what is kept is read beside the window's thread; what the wearer says goes into the diary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.core.inbound import RestOfDay
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import CheckIn, Step
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.feed import check_in_wanted
from hipmonitor.ui.dashboard.history.notice_card import Notice, NoticeCard
from hipmonitor.ui.dashboard.parts import FOCUS_ROOM, Button, Segmented
from hipmonitor.ui.dashboard.plan import loading
from hipmonitor.ui.dashboard.plan.bars_card import BarsCard
from hipmonitor.ui.dashboard.plan.before_card import BeforeCard
from hipmonitor.ui.dashboard.plan.bends_card import BendsCard
from hipmonitor.ui.dashboard.plan.check_in_card import CheckInCard
from hipmonitor.ui.dashboard.plan.check_in_page import CheckInPage
from hipmonitor.ui.dashboard.plan.confirm_page import ConfirmPage
from hipmonitor.ui.dashboard.plan.form_page import FormPage
from hipmonitor.ui.dashboard.plan.hours_card import HoursCard
from hipmonitor.ui.dashboard.plan.loading import Part
from hipmonitor.ui.dashboard.plan.overrule_page import OverrulePage
from hipmonitor.ui.dashboard.plan.path_card import PathCard
from hipmonitor.ui.dashboard.plan.places import SIDE, page_places
from hipmonitor.ui.dashboard.plan.plan_week_card import PlanWeekCard
from hipmonitor.ui.dashboard.plan.sides_card import SidesCard
from hipmonitor.ui.dashboard.plan.state_card import State, StateCard
from hipmonitor.ui.dashboard.plan.telling_card import TellingCard
from hipmonitor.ui.dashboard.plan.tip_card import TipCard
from hipmonitor.ui.dashboard.plan.today_card import TodayCard
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.view_model import Glance
from hipmonitor.ui.view_model.plan import PlanPage, PlanStand

AGAIN_S = 60
"""Today grows: it is read anew so often."""
LOADING = Notice(title="Reading the plan")
MOST_TIPS = 2


WORDS = ("Plan", "Load picture", "Harder days")


@dataclass(slots=True)
class _Columns:
    """Cards of a part."""

    across: Sequence[TellingCard]  # type: ignore[type-arg]
    left: Sequence[TellingCard] = ()  # type: ignore[type-arg]
    right: Sequence[TellingCard] = ()  # type: ignore[type-arg]


class PlanView(View):
    """Three parts, and pages with forms in front of them."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit, theme = cockpit, cockpit.theme
        self.part = Segmented(theme, "Part", WORDS, self)
        self.notice = NoticeCard(theme, self, "About the plan")
        self.sign, self.state = StateCard(theme, self), StateCard(theme, self)
        self.today, self.week, self.path = TodayCard(theme, self), PlanWeekCard(theme, self), PathCard(theme, self)
        self.check_in, self.bars = CheckInCard(theme, self), BarsCard(theme, self)
        self.tips = [TipCard(theme, "Card", self) for _ in range(MOST_TIPS)]
        self.bends, self.hours, self.sides = BendsCard(theme, self), HoursCard(theme, self), SidesCard(theme, self)
        self.before = BeforeCard(theme, self)
        self.asking, self.overruling, self.confirming = CheckInPage(theme), OverrulePage(theme), ConfirmPage(theme)
        self.say_now = Button(theme, "Check in", icon="check")
        self.reading, self.writing = SideWork("plan", self), SideWork("diary", self)
        self.page: PlanPage | None = None
        self.form: FormPage | None = None
        self._read_at, self._to_begin, self._both_sides = HostNs(0), False, False
        for form in (self.asking, self.overruling, self.confirming):
            form.setParent(self)
            form.left.connect(self.close_form)
        self._wire()
        self.notice.show_value(LOADING)
        self._show_cards()

    def _wire(self) -> None:
        self.cockpit.bridge.beat.connect(self._begin_if_wanted)
        self.part.chosen.connect(lambda _k: self.ask())
        self.say_now.clicked.connect(self.begin_check_in)
        self.check_in.begin.clicked.connect(self.begin_check_in)
        self.check_in.earlier.clicked.connect(self.begin_check_in)
        self.today.overrule.clicked.connect(self._begin_overruling)
        self.today.exercise.clicked.connect(lambda: self.cockpit.open_view("exercise"))
        self.state.button.clicked.connect(self._state_pressed)
        self.notice.button.clicked.connect(self.ask)
        self.asking.given.connect(self._keep_check_in)
        self.asking.dropped.connect(self._drop)
        self.asking.scored.connect(self._keep_score)
        self.asking.opened.connect(self._change_check_in)
        self.overruling.given.connect(self._keep_overruling)
        self.confirming.given.connect(lambda by: self._write(lambda: loading.confirm(by), leave=True))
        self.reading.done.connect(self._came)
        self.reading.failed.connect(lambda _name, sentence: self._not_read(sentence))
        self.writing.done.connect(self._written)
        self.writing.failed.connect(lambda _name, sentence: self._not_written(sentence))

    # --- what the window asks ---------------------------------------------------------------------------------------
    @property
    def buttons(self) -> Sequence[QWidget]:
        """Check in, from every part."""
        return (self.say_now,)

    @property
    def state_line(self) -> str | None:
        """The step of today, or that a sign was entered."""
        return None if self.page is None else self.page.state_line or None

    def look(self, glance: Glance) -> None:
        """Today grows while it is looked at."""
        if self._read_at == 0 or glance.at < self._read_at:
            self._read_at = glance.at
        if self.form is None and glance.at - self._read_at >= AGAIN_S * NS_PER_S:
            self._read_at = glance.at
            self.ask()

    def press(self, key: str) -> bool:
        """1, 2, 3: the parts; Esc leaves a form."""
        if key in {"1", "2", "3"} and self.form is None:
            self.part.choose(int(key) - 1)
            return True
        if key == "Esc" and self.form is not None:
            self.close_form()
            return True
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is kept now."""
        super().showEvent(event)
        self.today.leads_there = self.cockpit.has_view("exercise")
        self.ask()

    # --- reading ----------------------------------------------------------------------------------------------------
    def ask(self) -> None:
        """Read the page, and the part that is open."""
        part = Part(self.part.index)
        self.reading.ask(part, lambda _watch: loading.read(part))
        self._show_cards()

    def _came(self, name: object, found: object) -> None:
        if isinstance(found, loading.Read):
            self._show_looks(found)
            self.show_page(found.page)

    def show_page(self, page: PlanPage) -> None:
        """From now on."""
        self.page = page
        self.sign.show_value(State(title=page.sign_title, sentence=page.sign))
        self.state.show_value(_state(page))
        self.check_in.show_value(page.check_in)
        self.asking.show_earlier(page.rows, page.scores)
        if page.shown is not None:
            self.today.show_value(page.shown.today)
            self.bars.show_value(page.shown.bars)
            self.week.show_value(page.shown.week)
            self.path.show_value(page.shown.path)
        for card, tip in zip(self.tips, page.tips, strict=False):
            card.show_value(tip)
        self._show_cards()
        if self._to_begin:
            self._to_begin = False
            self.begin_check_in()

    def _show_looks(self, found: loading.Read) -> None:
        """Of the part that was open when it was asked for."""
        if found.bends is not None:
            self.bends.show_value(found.bends)
            self.hours.show_value(found.bends.hours)
            self._both_sides = found.sides is not None
        if found.sides is not None:
            self.sides.show_value(found.sides)
        if found.before is not None:
            self.before.show_value(found.before)

    def _not_read(self, sentence: str) -> None:
        self.page = None
        self.notice.show_value(Notice(title="The plan cannot be read", sentence=sentence, action="Try again"))
        self._show_cards()

    # --- forms ------------------------------------------------------------------------------------------------------
    def begin_check_in(self) -> None:
        """A new one, about today."""
        if self.page is not None:
            empty = CheckIn(made_at=loading.now(), day=self.page.day, utc_offset_s=self.page.utc_offset_s)
            self.asking.ask(empty, kept=False)
            self._open_form(self.asking)

    def _begin_if_wanted(self) -> None:
        """The button of a notification: the window comes to the front with a new check-in, as soon as the day has been read."""
        if check_in_wanted(self.cockpit.bridge.feed):
            self.cockpit.open_view("plan")
            self.window().show()
            self.window().raise_()
            self.window().activateWindow()
            self._to_begin = self.form is None
            self.ask()

    def _change_check_in(self, made_at: HostNs) -> None:
        found = [each for each in self.page.check_ins if each.made_at == made_at] if self.page is not None else []
        if found:
            self.asking.ask(found[0], kept=True)
            self._open_form(self.asking)

    def _begin_overruling(self) -> None:
        if self.page is not None and self.page.shown is not None:
            self.overruling.ask(self.page.shown.today.step)
            self._open_form(self.overruling)

    def _state_pressed(self) -> None:
        """Look at the template or confirm it; or read a plan's file again that was mended."""
        if self.page is not None and self.page.state.stand in {PlanStand.NONE, PlanStand.TEMPLATE}:
            self.confirming.show_plan(*loading.plan_to_confirm())
            self._open_form(self.confirming)
        else:
            self.ask()

    def _open_form(self, form: FormPage) -> None:
        self.form = form
        self._show_cards()
        form.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_form(self) -> None:
        """Back to the parts."""
        self.form = None
        self._show_cards()
        self.setFocus()

    # --- writing ----------------------------------------------------------------------------------------------------
    def _write(self, work: loading.Writing, *, leave: bool = False) -> None:
        self.writing.ask(leave, lambda _watch: work())

    def _keep_check_in(self, check_in: CheckIn) -> None:
        """A sign counts at once, also where the disk is slow."""
        if check_in.signs and self.page is not None and check_in.day == self.page.day:
            self.cockpit.act(RestOfDay())
        self._write(lambda: loading.keep(check_in), leave=True)

    def _drop(self, what: Literal["check_in", "outside_score"], made_at: HostNs) -> None:
        """Of a check-in the form is done with; scores stand below it."""
        self._write(lambda: loading.drop(what, made_at), leave=what == "check_in")

    def _keep_score(self, name: str, score: float) -> None:
        if self.page is not None:
            day = self.page.day
            self._write(lambda: loading.keep_score(day, name, score))

    def _keep_overruling(self, step: Step, by: str, note: str) -> None:
        if self.page is not None:
            day = self.page.day
            self._write(lambda: loading.overrule(day, step, by, note), leave=True)

    def _written(self, leave: object, _result: object) -> None:
        if leave:
            self.close_form()
        self.cockpit.say("Kept.")
        self.ask()

    def _not_written(self, sentence: str) -> None:
        if self.form is not None:
            self.form.say_problem(sentence)
        self.cockpit.say(sentence)
        self.cockpit.fit_again()

    # --- places -----------------------------------------------------------------------------------------------------
    @property
    def _columns(self) -> _Columns:
        """Of the part that is open."""
        page, part = self.page, Part(self.part.index)
        if page is None or self.form is not None:
            return _Columns(())
        across = [card for card, shown in ((self.sign, page.sign), (self.state, page.state.title)) if shown]
        if part is Part.LOAD:
            beside = [card for card, shown in ((self.hours, self.hours.shown), (self.sides, self._both_sides)) if shown]
            return _Columns((), (self.bends,) if self.bends.shown else (), beside)
        if part is Part.BEFORE:
            return _Columns((self.before,) if self.before.shown else ())
        tips = self.tips[: len(page.tips)]
        if page.shown is None:
            return _Columns(across, (self.check_in,), tips)
        return _Columns(across, (self.today, self.week, self.path, *tips[:1]), (self.check_in, self.bars, *tips[1:]))

    def _show_cards(self) -> None:
        columns = self._columns
        shown = {*columns.across, *columns.left, *columns.right}
        for card in self.findChildren(TellingCard):
            card.setVisible(card in shown)
        for form in (self.asking, self.overruling, self.confirming):
            form.setVisible(form is self.form)
        self.part.setVisible(self.form is None and self.page is not None)
        self.notice.setVisible(not shown and self.form is None)
        if self.page is not None and not shown:
            self.notice.show_value(LOADING)
        self.cockpit.fit_again()

    def fit(self, width: int, height: int) -> int:
        """Share out the room."""
        if self.form is not None:
            wanted = self.form.wanted(width)
            self.form.setGeometry(QRect(0, 0, width, max(wanted, height)))
            return wanted
        hint = self.part.sizeHint()
        room = width - 2 * round(SIDE) + FOCUS_ROOM
        self.part.setGeometry(round(SIDE) - FOCUS_ROOM, 0, min(hint.width(), room), hint.height())
        top = hint.height() + 6.0
        columns = self._columns
        if not (columns.across or columns.left):
            self.notice.setGeometry(
                QRect(round(SIDE), round(top), width - 2 * round(SIDE), max(200, height - round(top) - 14))
            )
            return height
        places, wanted_height = page_places(
            columns.across,
            columns.left,
            columns.right,
            width=width,
            top=top,
            font_scale=self.cockpit.theme.font_scale,
        )
        for card, box in places:
            if isinstance(card, QWidget):
                card.setGeometry(box.rect)
        return round(wanted_height)


def _state(page: PlanPage) -> State:
    """No plan is no matter to look at; a template and a broken file are."""
    state = page.state
    tinted = state.stand is not PlanStand.NONE
    return State(title=state.title, sentence=state.sentence, action=state.action, tinted=tinted)
