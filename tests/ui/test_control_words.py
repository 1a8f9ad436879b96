"""What snooze and quiet answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hipmonitor.core.errors import ControlError
from hipmonitor.core.inbound import Quiet, Snooze
from hipmonitor.ui.cli import control


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], list[object]]:
    """A monitor that has counted so many seconds of sitting; what it was asked."""

    def of(sitting_s: float) -> list[object]:
        requests: list[object] = []
        status = {"snoozes_left": 3, "snoozed_until_ns": None, "snoozed_until_stand": False}

        def answer(request: object) -> dict[str, object]:
            requests.append(request)
            return {**status, "sitting": {"s": sitting_s}}

        monkeypatch.setattr(control, "ask", answer)
        return requests

    return of


def test_until_you_stand_is_refused_to_who_does_not_sit(asked: Callable[[float], list[object]]) -> None:
    requests = asked(0.0)
    with pytest.raises(ControlError, match="nothing to put off"):
        control.snooze(None)
    assert not any(isinstance(request, Snooze) for request in requests)


def test_in_a_bout_it_is_put_off(asked: Callable[[float], list[object]], capsys: pytest.CaptureFixture[str]) -> None:
    requests = asked(600.0)
    control.snooze(None)
    assert Snooze(minutes=None) in requests
    assert "Snoozed until you stand." in capsys.readouterr().out


def test_quiet_until_tomorrow_says_the_hour(
    asked: Callable[[float], list[object]], capsys: pytest.CaptureFixture[str]
) -> None:
    requests = asked(0.0)
    control.quiet(None)
    assert Quiet(minutes=None) in requests
    assert "Quiet until 06:00." in capsys.readouterr().out
