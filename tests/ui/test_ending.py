"""Signals end a session once; its recording becomes whole, and only settling can be put off by one more."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

import pytest

from hipmonitor.ui.cli.ending import SIGNALS, ended_by_signals, ignored, signals_to
from hipmonitor.ui.cli.history_kept import kept_history

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
each_signal = pytest.mark.parametrize("number", [getattr(signal, name, signal.SIGINT) for name in SIGNALS])


def send(number: int) -> None:
    """To ourselves; it is handled before this returns."""
    os.kill(os.getpid(), number)


@each_signal
def test_the_first_ends_and_the_second_does_not_disturb_the_ending(number: int) -> None:
    done: list[str] = []
    with ended_by_signals():
        try:
            send(number)
            done.append("went on")
        finally:
            send(number)
            done.append("ended")
    assert done == ["ended"]


class Settling:
    """Is disturbed by what `during` does."""

    def __init__(self, during: Callable[[], None]) -> None:
        self._during, self.settled, self.problem = during, False, ""

    def finish(self) -> None:
        self._during()
        self.settled = True


@each_signal
def test_from_the_end_of_a_session_signals_wait_until_its_recording_is_whole(number: int) -> None:
    done: list[str] = []
    with kept_history() as history:
        history._keepers = [keeper := Settling(lambda: None)]  # type: ignore[list-item]
        with ended_by_signals():
            send(number)
        with signals_to(ignored):  # as a live session does
            history.session_ends()
            send(number)
            done.append("recording whole")
        send(number)
        done.append("sensors free")
    assert done == ["recording whole", "sensors free"]
    assert keeper.settled


@each_signal
def test_one_more_puts_settling_off_and_is_said(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    with kept_history() as history:
        history._keepers = [keeper := Settling(lambda: send(number))]  # type: ignore[list-item]
        history.session_ends()
    assert not keeper.settled
    assert "The history of this session is not settled yet." in capsys.readouterr().err


def test_afterwards_signals_do_what_they_did_before() -> None:
    before = [signal.getsignal(getattr(signal, name)) for name in SIGNALS]
    with kept_history(), ended_by_signals():
        pass
    assert [signal.getsignal(getattr(signal, name)) for name in SIGNALS] == before
