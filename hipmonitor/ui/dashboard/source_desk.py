"""Which session the window looks at, and what is offered when one has ended."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.banner_desk import BannerDesk
from hipmonitor.ui.dashboard.cockpit import Cockpit
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.dashboard.first_sensor import CHOOSE, SEVERAL, FirstSensor
from hipmonitor.ui.dashboard.replay.recording_source import RecordingChoice, recording_choice
from hipmonitor.ui.dashboard.replay.replay_view import REPLAY, ReplayView
from hipmonitor.ui.dashboard.sensors.sensors_view import SensorsView
from hipmonitor.ui.dashboard.sessions import Sessions
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.view_model import SourceKind
from hipmonitor.ui.view_model.limits_set import limits_said

HOME, SENSORS = "now", "sensors"
"""The views of a session, and of what can be joined."""


class SourceDesk(QObject):
    """A session follows the one before; a recording is shown beside it, in the Replay view."""

    def __init__(
        self, cockpit: Cockpit, sessions: Sessions, views: Mapping[str, View], desk: BannerDesk, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.cockpit, self.sessions, self.views, self.desk = cockpit, sessions, views, desk
        view = views[SENSORS]
        if isinstance(view, SensorsView):
            self.first = FirstSensor(cockpit, view, self)
            self.first.alone.connect(lambda: sessions.open(sessions.choice))
            self.first.several.connect(self._ask_which)
            self.first.trouble.connect(self._over)
            sessions.may_begin = self.first.is_known
        sessions.opening.connect(self._opening)
        sessions.began.connect(self._began)
        sessions.over.connect(self._over)
        sessions.said.connect(cockpit.say)

    @property
    def replay(self) -> ReplayView | None:
        """Where recordings are shown."""
        view = self.views.get(REPLAY)
        return view if isinstance(view, ReplayView) else None

    # --- opened -----------------------------------------------------------------------------------------------------
    def begin(self, number: int) -> None:
        """Open this source, and look."""
        choice = self.sessions.sources[number]
        if not self._shown_beside(choice):
            self.sessions.open(choice)
        self.cockpit.settings.start()
        self.cockpit.bridge.start()

    def choose(self, number: int) -> None:
        """Another entry of the source picker."""
        choice = self.sessions.sources[number]
        if self._shown_beside(choice):
            return
        if self.cockpit.choices.view == REPLAY:
            self.cockpit.open_view(HOME)
        self.sessions.choose(choice)

    def _shown_beside(self, choice: SourceChoice) -> bool:
        if not isinstance(choice, RecordingChoice) or self.replay is None:
            return False
        self.replay.open(choice)
        return True

    def open_recording(self, path: Path, at: HostNs) -> bool:
        """From the history, at that instant; whether there is a view for it."""
        if self.replay is not None:
            self.replay.open(recording_choice(path, from_at=at))
        return self.replay is not None

    def back_to_live(self) -> None:
        """To the session that went on behind a replay; where there is none, it begins."""
        self.cockpit.open_view(HOME)
        if not self.sessions.runner.busy and self.sessions.choice.kind is not SourceKind.REPLAY:
            self.sessions.open(self.sessions.choice)

    def begin_again(self) -> None:
        """The same source anew."""
        self.sessions.end_then(lambda: self.sessions.open(self.sessions.choice))

    # --- watched ----------------------------------------------------------------------------------------------------
    def watch(self, feed: Feed | None) -> None:
        """Look at this session, or at none."""
        bridge = self.cockpit.bridge
        bridge.idle(self.sessions.choice.kind, empty=self._never_chosen())
        bridge.feed = feed
        for view in self.views.values():
            view.watch(feed)

    def _never_chosen(self) -> bool:
        """Whether the source would be the wearer's sensor, and nobody ever said which."""
        hands = self.sessions.choice.sensors
        live = self.sessions.choice.kind is SourceKind.LIVE
        return live and hands is not None and not (hands.wanted or self.cockpit.settings.settings.thigh_sensor)

    def _opening(self) -> None:
        self.watch(None)
        self.desk.program_says("", "")
        self.cockpit.bridge.look_now()

    def _ask_which(self) -> None:
        """In the list of sensors; first steps are not interrupted."""
        there = self.cockpit.choices.view in {HOME, SENSORS}
        self.desk.program_says(
            SEVERAL, CHOOSE, {} if there else {"Open Sensors": partial(self.cockpit.open_view, SENSORS)}
        )
        if there:
            self.cockpit.open_view(SENSORS)

    def _began(self, feed: Feed) -> None:
        self.watch(feed)
        bridge = self.cockpit.bridge
        bridge.look_now()
        settings = bridge.glance(bridge.now()).settings
        said, self.first.words = self.first.words, ""
        if self.sessions.choice.kind is SourceKind.LIVE and not settings.confirmed:
            said = f"{said} {limits_said(settings)} Settings, Limits confirms them.".strip()
        if said:
            self.cockpit.say(said)

    def _over(self, sentence: str) -> None:
        self.watch(None)
        offers = {self._offer_of(source): partial(self.sessions.open, source) for source in self.sessions.sources}
        self.desk.program_says("The session has ended.", sentence or "Choose a source to go on.", offers)
        self.cockpit.bridge.look_now()

    def _offer_of(self, source: SourceChoice) -> str:
        return "Try again" if source is self.sessions.choice else source.word
