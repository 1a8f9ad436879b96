"""The window takes the sensors from the monitor in the background, and gives them back as they were."""

from __future__ import annotations

import pytest

from hipmonitor.core.errors import NotRunning
from hipmonitor.io.control import Answer, Release, Request
from hipmonitor.ui.cli import handing_over
from hipmonitor.ui.cli.handing_over import Handing

OWN, OTHERS = ["monitor", "--sensor", "own"], ["monitor", "--sensor", "others"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Monitors that would have been started."""
    commands: list[list[str]] = []
    monkeypatch.setattr(handing_over.subprocess, "Popen", lambda command, **_how: commands.append(command[3:]))
    return commands


def test_the_monitor_that_was_asked_to_finish_is_started_again_as_it_was(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Request] = []

    def ask(request: Request) -> Answer:
        asked.append(request)
        return {"again": OTHERS, "recording": None}

    monkeypatch.setattr(handing_over, "ask", ask)
    handing = Handing(OWN)
    handing.take_over()
    handing.hand_over()
    assert asked == [Release()]
    assert started == [OTHERS]


def test_where_there_was_none_one_is_started_that_does_the_same_as_the_window(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(_request: Request) -> Answer:
        raise NotRunning("There is no monitor.")

    monkeypatch.setattr(handing_over, "ask", ask)
    handing = Handing(OWN)
    handing.take_over()
    handing.hand_over()
    assert started == [OWN]
