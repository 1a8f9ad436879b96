"""Shows a live session until it ends: the terminal view with its keys, or one plain line a second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hipmonitor.core.inbound import EndQuiet, HoldPose, Mark, Quiet, Snooze
from hipmonitor.core.instants import NS_PER_S, HostNs, seconds_between
from hipmonitor.ui.cli.drawing import Drawing, new_drawing
from hipmonitor.ui.cli.ending import ended_by_signals
from hipmonitor.ui.cli.live_session import LiveSession
from hipmonitor.ui.cli.set_keys import SetKeys
from hipmonitor.ui.cli.set_status import set_line
from hipmonitor.ui.kept.offered_now import offered_now
from hipmonitor.ui.terminal import Keys
from hipmonitor.ui.view_model import Flow, Glance, GuidedCalibration

TURN_S = 0.15
"""Digits change at most four times a second and the trace moves: seven pictures a second are enough."""
SNOOZES: tuple[tuple[float | None, str], ...] = ((5, "5 minutes"), (10, "10 minutes"), (None, "until you stand up"))
QUIETS: tuple[tuple[float | None, str], ...] = (
    (30, "30 minutes"),
    (60, "an hour"),
    (120, "two hours"),
    (None, "until tomorrow"),
)
CHOOSING_S = 5.0
"""The same key again within this time goes on to the next choice."""
NO_SNOOZE = "No more snooze is left in this sitting bout; a break gives them back."
NOTE_S = 3.0
SET_NOTE_S = 8.0
"""What is said of a set is read by somebody who is about to lie down, or gets up."""
FIRST_NOTE_S = 10.0
KEY_WORDS = (
    "[m]ark [s]nooze [q]uiet [c]alibrate [e]xercise [x] end",
    "[m]ark [s]nooze [q]uiet [c]al. [e]xer. [x]end",
    "keys m s q c e x",
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
    first_note: str = ""
    """Said once at the start."""


def watch(session: LiveSession, how: Watch) -> None:
    """Until the session ends, the time is over, x is pressed, or Ctrl-C, which all end it cleanly."""
    with (
        ended_by_signals(),
        Keys() as keys,
        new_drawing(plain=how.plain, keys=KEY_WORDS if keys.there else ()) as drawing,
    ):
        Watching(session, how, drawing).until_end(keys)


class Watching:
    """The turns of one watch."""

    def __init__(self, session: LiveSession, how: Watch, drawing: Drawing) -> None:
        self._session, self._how, self._drawing = session, how, drawing
        self._note, self._note_until = "", HostNs(0)
        self._snooze, self._quiet = _Choosing(SNOOZES), _Choosing(QUIETS)
        self._refused_at: HostNs | None = None
        self._data_since: HostNs | None = None
        self._guide = how.guide
        self._sets = SetKeys(session.monitor.act, offered_now)

    def until_end(self, keys: Keys) -> None:
        """Turn after turn."""
        while self._session.monitor.running:
            self._how.beside()
            now = self._session.clock.now()
            self._ask_for_poses(now)
            glance = self._session.view.glance(now)
            if glance.stream.flow is Flow.FLOWING and self._data_since is None:
                self._data_since = now
                if self._how.first_note and self._guide is None:
                    self._say(self._how.first_note, FIRST_NOTE_S)
            self._notice_refusal(glance)
            self._drawing.draw(glance, self._words(now, glance))
            if self._is_over(now) or not self._obeys(keys.key(TURN_S), now, glance):
                return

    def _is_over(self, now: HostNs) -> bool:
        if self._how.seconds is None or self._data_since is None:
            return False
        return seconds_between(self._data_since, now) >= self._how.seconds

    def _words(self, now: HostNs, glance: Glance) -> str:
        """What takes the state line: the answer to a key, a step of a calibration, or the set that runs."""
        ended = self._sets.ended(glance)
        if ended:
            self._say(ended, SET_NOTE_S)
        if now < self._note_until or ended:
            return self._note
        guided = "" if self._guide is None else f"{self._guide.instruction} {self._guide.progress}".rstrip()
        return guided or set_line(glance)

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

    def _say(self, note: str, seconds: float = NOTE_S) -> None:
        self._note, self._note_until = note, HostNs(self._session.clock.now() + round(seconds * NS_PER_S))

    def _notice_refusal(self, glance: Glance) -> None:
        """The pipeline decides whether a snooze is left."""
        if glance.alerts.snooze_refused_at != self._refused_at:
            self._refused_at = glance.alerts.snooze_refused_at
            self._say(NO_SNOOZE)

    def _obeys(self, key: str, now: HostNs, glance: Glance) -> bool:
        """Do what a key asks for; False = end."""
        if key == "m":
            self._session.monitor.act(Mark())
            self._say("Marked.")
        elif key == "s":
            minutes, words = self._snooze.press(now)
            self._session.monitor.act(Snooze(minutes=minutes))
            self._say(f"Snoozed {_for(words)}. Again: {self._snooze.following}.")
        elif key == "q":
            self._say(self._quiet_or_not(now, glance))
        elif key == "c":
            self._guide = GuidedCalibration()
            self._session.view.guide(self._guide)
        elif said := self._sets.press(key, glance):
            self._say(said, SET_NOTE_S)
        return key != "x"

    def _quiet_or_not(self, now: HostNs, glance: Glance) -> str:
        """Begin, choose a longer time at once, or end it."""
        if glance.alerts.quiet_until is not None and not self._quiet.is_open(now):
            self._session.monitor.act(EndQuiet())
            return "No longer quiet."
        minutes, words = self._quiet.press(now)
        self._session.monitor.act(Quiet(minutes=minutes))
        return f"Quiet {_for(words)}. Again: {self._quiet.following}. Later, q ends it."


class _Choosing:
    """One key for several choices: pressed again soon, it goes on to the next."""

    def __init__(self, choices: Sequence[tuple[float | None, str]]) -> None:
        self._choices, self._at, self._pressed = choices, 0, HostNs(0)

    def is_open(self, now: HostNs) -> bool:
        return seconds_between(self._pressed, now) < CHOOSING_S

    def press(self, now: HostNs) -> tuple[float | None, str]:
        self._at = (self._at + 1) % len(self._choices) if self.is_open(now) else 0
        self._pressed = now
        return self._choices[self._at]

    @property
    def following(self) -> str:
        return self._choices[(self._at + 1) % len(self._choices)][1]


def _for(words: str) -> str:
    return words if words.startswith("until") else f"for {words}"
