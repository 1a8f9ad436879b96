"""The Exercise view: the library, a guided set, and what was done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.exercise import SetResult
from hipmonitor.core.exercises import Target
from hipmonitor.core.inbound import EndSet, PauseSet, RateSet, ResumeSet
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.io.own_targets import keep_own_target
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.exercise.after_card import Begin
from hipmonitor.ui.dashboard.exercise.done_page import DonePage
from hipmonitor.ui.dashboard.exercise.library_page import LibraryPage
from hipmonitor.ui.dashboard.exercise.move_figure import Shown
from hipmonitor.ui.dashboard.exercise.set_page import SetPage
from hipmonitor.ui.dashboard.exercise.sources import PlanToday, offered_today, plan_today
from hipmonitor.ui.dashboard.feed import Feed
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.view_model import Glance, SourceKind
from hipmonitor.ui.view_model.exercise.done_look import done_look
from hipmonitor.ui.view_model.exercise.library_look import library_look, next_of_today
from hipmonitor.ui.view_model.exercise.moves import move_of
from hipmonitor.ui.view_model.exercise.offered import Offered
from hipmonitor.ui.view_model.exercise.readiness import readiness
from hipmonitor.ui.view_model.exercise.set_look import judging, set_look
from hipmonitor.ui.view_model.exercise.telling import telling
from hipmonitor.ui.view_model.exercise.visit import Place, Visit

SURE_S = 1.0
"""Enter that began a set does not end it in the same breath."""
ENOUGH = "Done for today. What was done is kept."


class ExerciseView(View):
    """`offered` tells what there is to choose from, `plan` what is kept about today; both are asked whenever it is opened."""

    def __init__(
        self,
        cockpit: Cockpit,
        offered: Callable[[Cockpit, PlanToday], Offered] = offered_today,
        plan: Callable[[], PlanToday] = plan_today,
    ) -> None:
        super().__init__()
        self.cockpit, self.offer, self.read_plan = cockpit, offered, plan
        theme = cockpit.theme
        self.library, self.running, self.done = LibraryPage(theme, self), SetPage(theme, self), DonePage(theme, self)
        self.pages: dict[Place, LibraryPage | SetPage | DonePage] = {
            Place.LIBRARY: self.library,
            Place.SET: self.running,
            Place.DONE: self.done,
        }
        self.visit = Visit()
        self.place = Place.LIBRARY
        self.plan = PlanToday()
        self.offered = offered(cockpit, self.plan)
        self.reading = SideWork("plan of today", self)
        self._glance: Glance | None = None
        self._line: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._wire()
        self._show_page()

    def _wire(self) -> None:
        library, running, done = self.library, self.running, self.done
        library.chosen.connect(self._choose)
        library.started.connect(self._start)
        library.editing.connect(self._edit)
        library.edited.connect(self._edited)
        library.reset.connect(self._reset)
        library.asked.connect(self.cockpit.open_view)
        running.paused.connect(lambda: self._act(PauseSet()))
        running.resumed.connect(lambda: self._act(ResumeSet()))
        running.ended.connect(lambda: self._act(EndSet()))
        done.rated.connect(self._rate)
        done.next_set.connect(self._next)
        done.waited.connect(self._wait)
        done.left.connect(self._leave)
        done.finished.connect(self._finish_day)
        self.reading.done.connect(self._plan_came)
        self.reading.failed.connect(lambda _name, sentence: self.cockpit.say(sentence))
        for page in (library, running, done):
            page.resized.connect(self.cockpit.fit_again)

    # --- what the window asks -----------------------------------------------------------------------------------------
    @property
    def state_line(self) -> str | None:
        """Its own."""
        return self._line

    def watch(self, feed: Feed | None) -> None:
        """Another session: sets of the one before are its own."""
        self.visit = Visit()
        self._glance = None

    def look(self, glance: Glance) -> None:
        """The page of this moment."""
        self._glance = glance
        self.visit.exercises = self.offered.exercises
        place = self.visit.place(glance.sets, glance.at)
        if place is not self.place:
            self.place = place
            self._show_page()
        {Place.LIBRARY: self._look_library, Place.SET: self._look_set, Place.DONE: self._look_done}[place](glance)
        due = self.visit.due(glance.sets, glance.at)
        if due is not None and glance.source is not SourceKind.REPLAY:
            self.cockpit.act(due)

    def frame(self, now: HostNs, seconds: float) -> None:
        """Figures move."""
        self.pages[self.place].advance(seconds)

    def fit(self, width: int, height: int) -> int:
        """The page's own height."""
        page = self.pages[self.place]
        high = page.fit(width, height)
        page.setGeometry(0, 0, width, high)
        return high

    def press(self, key: str) -> bool:
        """Space pauses and goes on, or lets the next set wait."""
        if key != "Space":
            return False
        button = {Place.SET: self.running.pause, Place.DONE: self.done.wait}.get(self.place)
        if button is not None and button.isVisible():
            button.click()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter starts and ends; holding it down does nothing more."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._enter()

    def _enter(self) -> None:
        if self.place is Place.SET:
            now = None if self._glance is None else self._glance.sets.now
            if now is not None and self.cockpit.now() - now.started >= SURE_S * NS_PER_S:
                self.running.end.click()
        elif self.place is Place.LIBRARY:
            if self.library.start.isVisible() and self.library.form is None:
                self.library.start.click()
        elif self.done.next.isVisible():
            self.done.next.click()
        else:
            self.done.others.click()

    def showEvent(self, event: QShowEvent) -> None:
        """What there is to choose from may have changed; Enter is heard here."""
        super().showEvent(event)
        self._offer_again()
        self.reading.ask("today", lambda _watch: self.read_plan())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _plan_came(self, _name: object, plan: object) -> None:
        if isinstance(plan, PlanToday):
            self.plan = plan
            self._offer_again()

    # --- pages --------------------------------------------------------------------------------------------------------
    def _show_page(self) -> None:
        for place, page in self.pages.items():
            page.setVisible(place is self.place)
        if self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cockpit.fit_again()

    def _look_library(self, glance: Glance) -> None:
        ready = readiness(glance, rest_day=self.offered.rest_day, off=self.plan.off)
        look = library_look(self.offered, self._chosen, ready, self._done_today(glance))
        self.library.show_look(look)
        self._line = look.line

    def _done_today(self, glance: Glance) -> tuple[SetResult, ...]:
        """Of this session, and what is kept of earlier ones."""
        return tuple({each.started: each for each in (*self.plan.done, *glance.sets.results)}.values())

    @property
    def _chosen(self) -> str:
        """The exercise that is open: the wearer's choice, else the first that is due, else the first of all."""
        if self.visit.chosen:
            return self.visit.chosen
        due = None if self._glance is None else next_of_today(self.offered, self._done_today(self._glance))
        return self.offered.in_order[0].name if due is None else due.name

    def _look_set(self, glance: Glance) -> None:
        look, before = set_look(glance, read_only=glance.source is SourceKind.REPLAY), self.running.count.shown
        if look is None and before is not None:
            look = judging(before)
        if look is not None:
            self.running.show_look(look, telling(glance.settings), ended=glance.sets.now is None)
            self._line = look.line

    def _look_done(self, glance: Glance) -> None:
        result = self.visit.result(glance.sets, glance.at)
        if result is None:
            return
        replay = glance.source is SourceKind.REPLAY
        rated = {**self.plan.comfort, **self.visit.comfort}
        comfort, known = rated.get(result.started), self.visit.exercise_of(result)
        look = done_look(result, known, comfort, read_only=replay)
        rest = self.visit.rest(result, glance.at)
        refused = readiness(glance, rest_day=False, off=self.plan.off).refused
        exercise = self.offered.exercise(result.exercise) if known is None else known
        start = "" if exercise.start is None else exercise.start.words
        begin = Begin(words=start, shown=Shown(move=move_of(exercise), target=result.target))
        due = next_of_today(self.offered, self._done_today(glance))
        self.done.show_look(look, rest, begin, refused, "" if due is None or refused else due.title)
        self._line = f"{look.whole_title}: {look.sentence} {'' if rest is None else rest.line}".strip()

    # --- what the wearer does -----------------------------------------------------------------------------------------
    def _act(self, action: PauseSet | ResumeSet | EndSet | RateSet) -> None:
        self.cockpit.act(action)
        self.cockpit.bridge.look_now()

    def _choose(self, name: str) -> None:
        self.visit.chosen = name
        self.cockpit.bridge.look_now()

    def _start(self) -> None:
        exercise = self.offered.exercise(self._chosen)
        self.cockpit.act(self.visit.start(exercise, self.offered.target(exercise)))
        self.cockpit.bridge.look_now()

    def _next(self) -> None:
        result = None if self._glance is None else self.visit.result(self._glance.sets, self.cockpit.now())
        following = None if result is None else self.visit.next_set(result)
        if following is not None:
            self.cockpit.act(following)
            self.cockpit.bridge.look_now()

    def _wait(self) -> None:
        self.visit.wait()
        self.cockpit.bridge.look_now()

    def _rate(self, comfort: int) -> None:
        result = None if self._glance is None else self.visit.result(self._glance.sets, self.cockpit.now())
        if result is not None:
            self.visit.comfort[result.started] = comfort
            self._act(RateSet(started=result.started, comfort=comfort))

    def _leave(self) -> None:
        if self._glance is not None:
            self.visit.leave(self._glance.sets)
            due = next_of_today(self.offered, self._done_today(self._glance))
            self.visit.chosen = self.visit.chosen if due is None else due.name
            self.library.show_all()
            self.cockpit.bridge.look_now()

    def _finish_day(self) -> None:
        self._leave()
        self.cockpit.say(ENOUGH)
        self.cockpit.open_view("now")

    # --- targets ------------------------------------------------------------------------------------------------------
    def _edit(self) -> None:
        exercise = self.offered.exercise(self._chosen)
        self.library.open_form(exercise, self.offered.target(exercise))

    def _edited(self, target: Target) -> None:
        """Kept on this computer, in force for the next set."""
        form = self.library.form
        if form is not None:
            self._keep(form.exercise.name, target)

    def _reset(self) -> None:
        form = self.library.form
        if form is not None:
            self._keep(form.exercise.name, None)
            self.library.open_form(form.exercise, self.offered.target(form.exercise))

    def _keep(self, name: str, target: Target | None) -> None:
        try:
            keep_own_target(name, target)
        except SettingsError as error:
            self.cockpit.say(str(error))
        self._offer_again()

    def _offer_again(self) -> None:
        self.offered = self.offer(self.cockpit, self.plan)
        self.cockpit.bridge.look_now()
