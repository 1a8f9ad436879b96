"""Shows a live session until it ends: the terminal view with its keys, or one plain line a second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hipmonitor.core.inbound import HoldPose, Mark, Snooze
from hipmonitor.core.instants import NS_PER_S, HostNs, seconds_between
from hipmonitor.ui.cli.drawing import Drawing, new_drawing
from hipmonitor.ui.cli.ending import ended_by_signals
from hipmonitor.ui.cli.live_session import LiveSession
from hipmonitor.ui.terminal import Keys
from hipmonitor.ui.view_model import Flow, GuidedCalibration

TURN_S = 0.15
"""Digits change at most four times a second and the trace moves: seven pictures a second are enough."""
SNOOZE_MIN = 5.0
QUIET_S = 3600
NOTE_S = 3.0
KEY_WORDS = (
    "[m]ark [s]nooze [q]uiet [c]alibrate [x] end",
    "[m]ark [s]nooze [q]uiet [c]al. [x]end",
    "keys m s q c x",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How it is watched."""

    seconds: float | None = None
    """Of data; None = until x or Ctrl-C."""
    plain: bool = False
    beside: Callable[[], object] = lambda: None
    """Done every turn."""
    guide: GuidedCalibration | None = None
    """A calibration to begin with; it is also a sink of the session."""


def watch(session: LiveSession, how: Watch) -> None:
    """Until the session ends, the time is over, x is pressed, or Ctrl-C, which all end it cleanly."""
    with (
        ended_by_signals(),
        Keys() as keys,
        new_drawing(plain=how.plain, keys=KEY_WORDS if keys.there else ()) as drawing,
    ):
        _Watching(session, how, drawing).until_end(keys)


class _Watching:
    """The turns of one watch."""

    def __init__(self, session: LiveSession, how: Watch, drawing: Drawing) -> None:
        self._session, self._how, self._drawing = session, how, drawing
        self._note, self._note_until = "", HostNs(0)
        self._data_since: HostNs | None = None
        self._guide = how.guide
        self._quiet_until: HostNs | None = None

    def until_end(self, keys: Keys) -> None:
        while self._session.monitor.running:
            self._how.beside()
            now = self._session.clock.now()
            self._ask_for_poses(now)
            glance = self._session.view.glance(now)
            if glance.stream.flow is Flow.FLOWING and self._data_since is None:
                self._data_since = now
            self._drawing.draw(glance, self._words(now))
            if self._is_over(now) or not self._obeys(keys.key(TURN_S), now):
                return

    def _is_over(self, now: HostNs) -> bool:
        if self._how.seconds is None or self._data_since is None:
            return False
        return seconds_between(self._data_since, now) >= self._how.seconds

    def _words(self, now: HostNs) -> str:
        """What takes the state line: a step of a calibration, or the answer to a key."""
        if now < self._note_until:
            return self._note
        return "" if self._guide is None else f"{self._guide.instruction} {self._guide.progress}".rstrip()

    def _ask_for_poses(self, now: HostNs) -> None:
        if self._guide is None or self._data_since is None:
            return
        if self._guide.placement is not None:
            self._say(self._guide.instruction)
            self._session.view.guide(None)
            self._guide = None
            return
        pose = self._guide.next_pose(now)
        if pose is not None:
            self._session.monitor.act(HoldPose(pose=pose))

    def _say(self, note: str) -> None:
        self._note, self._note_until = note, HostNs(self._session.clock.now() + round(NOTE_S * NS_PER_S))

    def _obeys(self, key: str, now: HostNs) -> bool:
        """Do what a key asks for; False = end."""
        if key == "m":
            self._session.monitor.act(Mark())
            self._say("Marked.")
        elif key == "s":
            self._session.monitor.act(Snooze(minutes=SNOOZE_MIN))
            self._say(f"Snoozed for {SNOOZE_MIN:g} minutes.")
        elif key == "q":
            self._quiet_until = None if self._quiet_until else HostNs(now + QUIET_S * NS_PER_S)
            self._session.view.quiet(self._quiet_until)
            self._say("Quiet for an hour; q again ends it." if self._quiet_until else "No longer quiet.")
        elif key == "c":
            self._guide = GuidedCalibration()
            self._session.view.guide(self._guide)
        return key != "x"
