"""The Sensors view: the list at the left, the body at the right."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from hipmonitor.core.inbound import ChangeSettings
from hipmonitor.core.settings import Settings
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.feed import Feed
from hipmonitor.ui.dashboard.parts import Button, Plate
from hipmonitor.ui.dashboard.sensor_hands import SensorHands
from hipmonitor.ui.dashboard.sensors.body_card import BodyCard, WornNow
from hipmonitor.ui.dashboard.sensors.foot_words import FootWords
from hipmonitor.ui.dashboard.sensors.list_head import ListHead
from hipmonitor.ui.dashboard.sensors.note_card import NoteCard
from hipmonitor.ui.dashboard.sensors.searching import Searching
from hipmonitor.ui.dashboard.sensors.sensor_list import SensorList
from hipmonitor.ui.dashboard.side_work import SideWork
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.view_model import Glance
from hipmonitor.ui.view_model.sensor_notes import NOT_IN_LIST, Clash, Note, note_of, sensors_line, set_words
from hipmonitor.ui.view_model.sensor_roles import Role, Wearing, with_places_of
from hipmonitor.ui.view_model.sensors_now import SensorRow, sensor_rows, short_name

SIDE, GAP, BOTTOM, PAD = 20, 14, 14, 20
BODY, NARROW_BODY = 346.0, 298.0
LEAST_LIST = 520.0
"""Below it the body stands under the list."""
NO_MOTOR = "It did not buzz: it has no motor, or did not answer."
BUSY = "One moment: the last thing is still being done."


class SensorsView(View):
    """Searches when it is opened."""

    def __init__(self, cockpit: Cockpit) -> None:
        super().__init__()
        self.cockpit, theme = cockpit, cockpit.theme
        self.searching, self.aside = Searching(), SideWork("sensors", self)
        self._then: Callable[[object], None] = lambda _: None
        self._left, self._right = Plate(theme, self), Plate(theme, self)
        self.head, self.list = ListHead(theme, self), SensorList(theme, self)
        self.note, self.foot, self.body = (
            NoteCard(theme, self),
            FootWords(theme, NOT_IN_LIST, self),
            BodyCard(theme, self),
        )
        self.note.hide()
        self._search = Button(theme, "Search again", icon="search", key="F5")
        self._line: str | None = None
        self._glance: Glance | None = None
        self._clash: Clash | None = None
        self._let_go = False
        self._hands: SensorHands | None = None
        self._size, self._wanted = (1000, 600), 0
        self._wire()

    def _wire(self) -> None:
        self.aside.done.connect(lambda _name, result: self._then(result))
        self.aside.failed.connect(lambda _name, sentence: self.cockpit.say(sentence))
        self._search.clicked.connect(self.search)
        self.head.stop.clicked.connect(self.searching.stop)
        self.note.pressed.connect(self._note_pressed)
        self.body.calibrate.clicked.connect(lambda: self.cockpit.open_view("calibrate"))
        self.list.joined.connect(self._join)
        self.list.left.connect(self._leave)
        self.list.buzzed.connect(self._buzz)
        self.list.placed.connect(self.place)

    # --- what the window asks ---------------------------------------------------------------------------------------
    @property
    def buttons(self) -> Sequence[QWidget]:
        """Search again."""
        return (self._search,)

    @property
    def state_line(self) -> str | None:
        """Its own."""
        return self._line

    def watch(self, feed: Feed | None) -> None:
        """Another session. The sensor that was chosen before is joined again by itself."""
        self._let_go, self._clash = False, None
        hands, chosen = self.cockpit.sensors, self.cockpit.settings.settings.thigh_sensor
        if hands is not self._hands:
            self._hands = hands
            self.searching.forget()
        if feed is None and hands is not None and not hands.wanted and chosen and not self.cockpit.simulated:
            hands.choose(chosen)
        if feed is not None and self.isVisible():
            self.search()

    def look(self, glance: Glance) -> None:
        """Every part its value."""
        self._glance = glance
        search, wearing = self.searching.now, self.wearing
        rows = sensor_rows(glance, self.searching.heard, wearing, time.monotonic(), let_go=self._let_go)
        self.head.show_value(search)
        self.list.show_rows(rows)
        note = self._clash_note(rows) or note_of(glance, search, rows)
        self._show_note(note)
        places = tuple((role, short_name("", sensor).strip()) for role, sensor in wearing.places().items())
        self.body.show_value(WornNow(places=places, words=set_words(glance, wearing)))
        self.body.calibrate.setVisible(self.cockpit.has_view("calibrate"))
        self._line = sensors_line(rows, search, note)
        if self._height() != self._wanted:
            self.cockpit.fit_again()

    def press(self, key: str) -> bool:
        """F5 searches."""
        if key == "F5":
            self.search()
        return key == "F5"

    def showEvent(self, _event: QShowEvent) -> None:
        """Opened: look around."""
        self.search()

    def hideEvent(self, _event: QHideEvent) -> None:
        """Elsewhere: the radio is left alone."""
        self.searching.stop()

    # --- what can be done -------------------------------------------------------------------------------------------
    @property
    def wearing(self) -> Wearing:
        """Which sensor is where: the one that is connected is the thigh's, unless it has another place."""
        if self._glance is None:
            return Wearing(settings=Settings())
        settings, linked = self._glance.settings, self._glance.link.sensor
        wanted = self.cockpit.sensors.wanted if self.cockpit.sensors is not None else ""
        thigh = linked or wanted
        beside = {settings.pelvis_sensor, settings.other_thigh_sensor}
        return Wearing(settings=settings, thigh="" if thigh in beside else thigh)

    def search(self) -> None:
        """From the beginning."""
        self.searching.start(self.cockpit.sensors)

    def _join(self, address: str) -> None:
        """The one that was let go is taken again; another one needs a session of its own."""
        hands = self.cockpit.sensors
        if hands is None or self._glance is None:
            return
        self.remember(address)
        if self._let_go and address == self._glance.link.sensor:
            self._let_go = False
            self._do(hands.take_again, lambda _: None)
        else:
            running = self.cockpit.bridge.feed is not None
            self.cockpit.say("Connecting; what was measured so far is kept." if running else "Connecting.")
            self.cockpit.begin_again()

    def remember(self, address: str) -> None:
        """As the thigh's, for this session and later ones."""
        if self.cockpit.sensors is not None:
            self.cockpit.sensors.choose(address)
        if not self.cockpit.simulated:
            problem = self.cockpit.settings.change(lambda settings: replace(settings, thigh_sensor=address))
            if problem:
                self.cockpit.say(problem)

    def _leave(self, _address: str) -> None:
        if self.cockpit.sensors is not None:
            self._do(self.cockpit.sensors.let_go, self._was_let_go)

    def _was_let_go(self, done: object) -> None:
        self._let_go = done is True
        self.cockpit.say(
            "Disconnected. Nothing is measured until you connect." if done is True else "Nothing to let go."
        )

    def _buzz(self, address: str) -> None:
        if self.cockpit.sensors is not None:
            self._do(
                partial(self.cockpit.sensors.buzz, address),
                lambda done: self.cockpit.say("It buzzed." if done is True else NO_MOTOR),
            )

    def _do(self, what: Callable[[], object], then: Callable[[object], None]) -> None:
        if self.aside.busy:
            self.cockpit.say(BUSY)
            return
        self._then = then
        self.aside.ask("sensor", lambda _watch: what())

    # --- places -----------------------------------------------------------------------------------------------------
    def place(self, sensor: str, role: Role) -> None:
        """Worn there from now on; asks where another sensor has the place."""
        holder = self.wearing.taken_by(sensor, role)
        if holder:
            self._clash = Clash(sensor=sensor, holder=holder, role=role)
        else:
            self._place(sensor, role)

    def _place(self, sensor: str, role: Role) -> None:
        """Saved and in force; another thigh sensor has to be joined."""
        before = self.wearing
        after = before.with_role(sensor, role)
        problem = self._put_in_force(replace(after.settings, thigh_sensor=after.thigh))
        if not problem and after.thigh and after.thigh != before.thigh:
            self.remember(after.thigh)
            self.cockpit.begin_again()

    def _put_in_force(self, chosen: Settings) -> str:
        """Empty, or why nothing was changed. A simulated sensor has no place in this computer's settings."""
        if self.cockpit.simulated:
            self.cockpit.act(ChangeSettings(settings=chosen))
            self.cockpit.say("In force for this session.")
            return ""
        problem = self.cockpit.settings.change(lambda settings: with_places_of(settings, chosen))
        self.cockpit.say(problem or "Saved, and in force from now on.")
        return problem

    def _clash_note(self, rows: tuple[SensorRow, ...]) -> Note | None:
        if self._clash is None:
            return None
        names = {row.address: row.name for row in rows}
        one, other = (names.get(a) or short_name("Sensor", a) for a in (self._clash.sensor, self._clash.holder))
        return self._clash.note(one, other)

    def _note_pressed(self, number: int) -> None:
        clash, self._clash = self._clash, None
        if clash is None:
            self.search()
        elif number == 0:
            self._place(clash.sensor, clash.role)

    def _show_note(self, note: Note | None) -> None:
        self.note.setVisible(note is not None)
        if note is not None:
            self.note.show_value(note)

    def finish(self) -> None:
        """Nobody is searched for any more."""
        self.searching.stop()

    # --- sizes ------------------------------------------------------------------------------------------------------
    def fit(self, width: int, height: int) -> int:
        """List and body side by side where both have room, else one below the other."""
        self._size = (width, height)
        theme = self.cockpit.theme
        whole = width - 2 * SIDE
        body = round(theme.px(BODY if width / theme.font_scale > 1050 else NARROW_BODY))
        beside = whole - body - GAP >= theme.px(LEAST_LIST)
        list_width = whole - body - GAP if beside else whole
        list_high = self._list_height(list_width)
        body_width = body if beside else whole
        body_high = round(self.body.least_height(body_width))
        room = height - BOTTOM
        high = max(list_high, body_high, room) if beside else list_high + GAP + body_high
        if beside:
            self._put(QRect(SIDE, 0, list_width, high), QRect(SIDE + list_width + GAP, 0, body, high))
        else:
            self._put(QRect(SIDE, 0, whole, list_high), QRect(SIDE, list_high + GAP, whole, body_high))
        self._wanted = self._height()
        return high + BOTTOM

    def _height(self) -> int:
        """What the sizes follow from."""
        return self._list_height(self._left.width()) + round(self.body.least_height(self._right.width()))

    def _list_height(self, width: int) -> int:
        inner = width - 2 * PAD
        note = self.note.height_for(inner) + GAP if self.note.isVisibleTo(self) else 0
        return round(self.head.wanted + self.list.height_for(inner) + note + self.foot.height_for(inner) + 3 * GAP + 8)

    def _put(self, left: QRect, right: QRect) -> None:
        self._left.setGeometry(left)
        self._right.setGeometry(right)
        self.body.setGeometry(right)
        x, inner, y = left.x() + PAD, left.width() - 2 * PAD, left.y() + GAP
        parts = ((self.head, self.head.wanted), (self.list, self.list.height_for(inner)))
        for part, high in parts:
            part.setGeometry(x, y, inner, round(high))
            y += round(high)
        y += GAP
        if self.note.isVisibleTo(self):
            self.note.setGeometry(x, y, inner, round(self.note.height_for(inner)))
            y += self.note.height() + GAP
        self.foot.setGeometry(x, y, inner, round(self.foot.height_for(inner)))
