"""The window takes the sensors from the monitor in the background, and gives them back as they were."""

from __future__ import annotations

import pytest

from hipmonitor.core.errors import NotRunning
from hipmonitor.io.control import Answer, Release, Request
from hipmonitor.ui.cli import handing_over, monitoring
from hipmonitor.ui.cli.handing_over import Handing
from hipmonitor.ui.cli.window_session import live_choice, show
from hipmonitor.ui.dashboard.feed import SourceChoice

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


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> None:
    """A monitor that finishes when it is asked to."""
    monkeypatch.setattr(handing_over, "ask", lambda _request: {"again": OTHERS, "recording": None})


@pytest.mark.usefixtures("running")
def test_a_window_that_never_began_a_session_gives_back_what_it_took(started: list[list[str]]) -> None:
    handing = Handing(OWN)
    handing.take_over()
    handing.give_back()
    handing.give_back()
    assert started == [OTHERS]


@pytest.mark.usefixtures("running")
def test_once_a_session_has_begun_the_wearer_decides_what_follows(started: list[list[str]]) -> None:
    handing = Handing(OWN)
    handing.take_over()
    handing.keep()
    handing.give_back()
    assert started == []


@pytest.mark.usefixtures("running")
def test_what_was_handed_over_is_not_given_back_once_more(started: list[list[str]]) -> None:
    handing = Handing(OWN)
    handing.take_over()
    handing.hand_over()
    handing.give_back()
    assert started == [OTHERS]


def test_where_no_monitor_ran_none_is_started(started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(_request: Request) -> Answer:
        raise NotRunning("There is no monitor.")

    monkeypatch.setattr(handing_over, "ask", ask)
    handing = Handing(OWN)
    handing.take_over()
    handing.give_back()
    assert started == []


@pytest.mark.usefixtures("running", "home")
def test_closing_the_window_before_a_sensor_was_chosen_gives_the_monitor_back(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from hipmonitor.ui.dashboard import application  # noqa: PLC0415 - Qt only here

    handing = Handing(OWN)
    plan = monitoring.plan(radio=None, sensor=None, settings=None, folder=None)
    source = live_choice(plan, lambda _session: None, handing)

    def closed_at_once(sources: list[SourceChoice], **_how: object) -> None:
        assert sources[0].sensors is not None
        sources[0].sensors.make_free()

    monkeypatch.setattr(application, "run_window", closed_at_once)
    show([source], handing, seconds=None)
    assert started == [OTHERS]
