"""What the keys of the live view do: they speak to the monitor, and say what they did."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.exercise import LIBRARY
from hipmonitor.core.inbound import Action, ChangeSettings, EndQuiet, LinkState, Mark, Quiet, Snooze, StartSet
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import AlertRules, Settings
from hipmonitor.ui.cli.live_session import LiveSession
from hipmonitor.ui.cli.watch import CHOOSING_S, NO_SNOOZE, TURN_S, Watch, Watching
from hipmonitor.ui.view_model import Glance
from tests.ui.lived import SHORT_LIMITS, Lived

SIT = ActivityKind.SIT


@dataclass
class Monitor:
    """A session that runs until its keys are used up."""

    lived: Lived
    running: bool = True
    asked: list[Action] = field(default_factory=list)

    def act(self, action: Any) -> None:
        self.asked.append(action)
        if not isinstance(action, Mark | ChangeSettings):
            self.lived.act(action)


@dataclass
class LivedClock:
    lived: Lived

    def now(self) -> HostNs:
        return self.lived.now


@dataclass
class Typed:
    """Keys, one a turn; a number lets so many seconds of sitting pass."""

    lived: Lived
    monitor: Monitor
    keys: list[str | int]
    there: bool = True

    def key(self, seconds: float) -> str:
        assert seconds == TURN_S
        if not self.keys:
            self.monitor.running = False
            return ""
        key = self.keys.pop(0)
        if isinstance(key, int):
            self.lived.seconds(key, SIT, 60.0)
            return ""
        return key


class Notes:
    """A drawing that remembers what took the state line."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def draw(self, _glance: Glance, note: str = "") -> None:
        if note and self.said[-1:] != [note]:
            self.said.append(note)


def typed(*keys: str | int, settings: Settings = SHORT_LIMITS, first_note: str = "") -> tuple[list[Action], list[str]]:
    """What the monitor heard, and what was said, when these keys were pressed one after the other."""
    lived = Lived(settings)
    lived.link(LinkState.STREAMING, "")
    lived.seconds(5, SIT, 60.0)
    monitor, notes = Monitor(lived), Notes()
    session = LiveSession(monitor=monitor, view=lived.view, keeper=None, clock=LivedClock(lived))  # type: ignore[arg-type]
    Watching(session, Watch(first_note=first_note), notes).until_end(Typed(lived, monitor, list(keys)))  # type: ignore[arg-type]
    return monitor.asked, notes.said


def test_s_again_and_again_chooses_how_long() -> None:
    asked, said = typed("s", "s", "s", "s")
    assert asked == [Snooze(minutes=5), Snooze(minutes=10), Snooze(minutes=None), Snooze(minutes=5)]
    assert said[0] == "Snoozed for 5 minutes. Again: 10 minutes."
    assert said[2] == "Snoozed until you stand up. Again: 5 minutes."


def test_s_after_a_while_begins_with_the_shortest() -> None:
    assert typed("s", "s", int(CHOOSING_S), "s")[0][-1] == Snooze(minutes=5)


def test_a_refused_snooze_says_so() -> None:
    settings = Settings(alerts=AlertRules(snoozes_per_bout=0))
    assert typed("s", 1, settings=settings)[1][-1] == NO_SNOOZE


def test_q_again_and_again_chooses_how_long_and_ends_it_later() -> None:
    asked, said = typed("q", "q", "q", "q", int(CHOOSING_S), "q", 1)
    assert asked == [Quiet(minutes=30), Quiet(minutes=60), Quiet(minutes=120), Quiet(minutes=None), EndQuiet()]
    assert said[0] == "Quiet for 30 minutes. Again: an hour. Later, q ends it."
    assert said[-1] == "No longer quiet."


def test_e_and_b_begin_a_set_which_then_has_the_state_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HIPMONITOR_HOME", str(tmp_path))
    asked, said = typed("e", "b")
    first = LIBRARY[0]
    assert asked == [StartSet(exercise=first, target=first.target)]
    assert said[0].startswith(f"{first.title}: ")


def test_m_marks_and_x_ends() -> None:
    asked, said = typed("m", "x", "m")
    assert (asked, said) == ([Mark()], ["Marked."])


@pytest.mark.parametrize("first_note", ["", "Nobody has confirmed these limits."])
def test_what_is_said_once_is_said_when_data_come_and_not_for_ever(first_note: str) -> None:
    said = typed(1, 20, "m", 1, first_note=first_note)[1]
    assert said == [*([first_note] if first_note else []), "Marked."]
