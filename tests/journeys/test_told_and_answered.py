"""From sitting too long to the desktop and back: a live session, the real library, a notification service on a private bus.

The session has a source of its own instead of a radio, so that minutes of sitting take no time.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

import numpy as np
import pytest

if sys.platform != "linux":
    pytest.skip("D-Bus belongs to Linux; this system has another one", allow_module_level=True)

from hipmonitor.core.inbound import (
    Action,
    Answered,
    Inbound,
    LinkChange,
    LinkState,
    Quiet,
    Snooze,
    Tick,
    Told,
    UserAction,
    Way,
)
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import PipelineParams
from hipmonitor.core.settings import DeepFlexionLimit, Delivery, Settings, SittingLimit
from hipmonitor.core.thigh import Placement, PlacementMethod, PlacingParams
from hipmonitor.io.ble import Vibration
from hipmonitor.io.session import SessionWriter, read_session
from hipmonitor.runtime.keeping import SessionKeeper
from hipmonitor.runtime.live import LiveMonitor
from hipmonitor.ui.cli.delivering import delivery
from tests.core.builders import SENSOR, about, arrays, at, did, still
from tests.desktop_service import LIMIT_S, Desktop, message_bus, needs_bus

pytestmark = needs_bus
SEATED = (0.866, 0.5, 0.0)
"""Thigh at 60 degrees: sloping as no bed does, so plainly sitting."""
SETTINGS = Settings(
    sitting=SittingLimit(sit_limit_min=1.0),
    deep_flexion=DeepFlexionLimit(thigh_limit_deg=130),
    delivery=Delivery(desktop=True, vibration=True),
)
STRAIGHT = Placement(since=at(-1), thigh_from_sensor=about(SEATED, 0), method=PlacementMethod.GIVEN, sd_deg=2.0)


class Clock:
    """The instant that the story has reached."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> HostNs:
        return at(self.seconds)

    def tick(self, at: HostNs) -> Tick:
        return Tick(at=at, civil_day=20254, minute_of_day=900, weekday=6, utc_offset_s=0)

    def step(self) -> None:
        return None


class Sitter:
    """A LiveSource of somebody who sits on a chair; `sit` lets time pass."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._waiting = clock, asyncio.Queue[Sequence[Inbound] | None]()
        self.buzzed: list[tuple[Vibration, int]] = []

    async def batches(self) -> AsyncIterator[Sequence[Inbound]]:
        yield [LinkChange(at=self._clock.now(), sensor=SENSOR, state=LinkState.STREAMING)]
        while (batch := await self._waiting.get()) is not None:
            yield batch

    def sit(self, until_s: float) -> None:
        """On, until then."""
        since_s, self._clock.seconds = self._clock.seconds, until_s
        at_rest = still(SEATED, until_s - since_s, start_s=since_s).acc_mps2
        stir = np.random.default_rng(1).normal(0, 0.1, at_rest.shape)
        samples = arrays(at_rest + stir, rate_hz=20.0, start_s=since_s)
        self._waiting.put_nowait([samples, self._clock.tick(self._clock.now())])

    def act(self, action: Action) -> None:
        self._waiting.put_nowait([did(self._clock.seconds, action)])

    async def pause(self) -> None:
        raise AssertionError("nobody asked for a pause")

    async def resume(self) -> None:
        raise AssertionError("nobody paused")

    async def vibrate(self, pattern: Vibration, strength_percent: int, sensor: str = "") -> bool:
        self.buzzed.append((pattern, strength_percent))
        return True

    async def aclose(self) -> None:
        self._waiting.put_nowait([LinkChange(at=self._clock.now(), sensor=SENSOR, state=LinkState.ENDED)])
        self._waiting.put_nowait(None)


class Heard:
    """A Recorder that lets a test wait for what comes in at the front door."""

    def __init__(self) -> None:
        self.actions: list[Action] = []
        self._news = threading.Condition()

    def record(self, events: Sequence[Inbound]) -> None:
        with self._news:
            self.actions += [event.action for event in events if isinstance(event, UserAction)]
            self._news.notify_all()

    def until(self, condition: Callable[[Action], bool]) -> Action:
        with self._news:
            assert self._news.wait_for(lambda: any(map(condition, self.actions)), LIMIT_S), self.actions
            return next(filter(condition, self.actions))


class Both:
    """Several who hear every event."""

    def __init__(self, *recorders: Heard | SessionKeeper) -> None:
        self._recorders = recorders

    def record(self, events: Sequence[Inbound]) -> None:
        for recorder in self._recorders:
            recorder.record(events)


class Session:
    """A live session of a sitter."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.heard = Clock(), Heard()
        self.keeper = SessionKeeper(lambda sensor, at: SessionWriter(folder, sensor=sensor, started_at=at))
        self.sitter: Sitter

    def __enter__(self) -> Self:
        self._telling = delivery(SETTINGS, act=self._act, vibrate=self._vibrate, say=None)
        told = self._telling.__enter__()
        self._monitor = LiveMonitor(
            new_source=self._new_source,
            settings=SETTINGS,
            clock=self.clock,
            sinks=[told],
            recorder=Both(self.heard, self.keeper),
            params=PipelineParams(placing=PlacingParams(given=(STRAIGHT,))),
        )
        self._monitor.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._telling.__exit__(None, None, None)
        self._monitor.stop()
        self.keeper.finish()
        assert self._monitor.error is None

    def sit(self, until_s: float) -> None:
        assert self._monitor._loop is not None
        self._monitor._loop.call_soon_threadsafe(self.sitter.sit, until_s)

    def _new_source(self) -> Sitter:
        self.sitter = Sitter(self.clock)
        return self.sitter

    def _act(self, action: Action) -> None:
        self._monitor.act(action)

    def _vibrate(self, pattern: Vibration, strength_percent: int) -> bool:
        return self._monitor.vibrate(pattern, strength_percent)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    with message_bus(tmp_path) as address, Desktop(address) as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield made


def desktop_told(action: Action) -> bool:
    return isinstance(action, Told) and action.way is Way.DESKTOP


def test_an_alert_is_shown_and_felt_and_a_clicked_snooze_holds_the_next(desktop: Desktop, tmp_path: Path) -> None:
    with Session(tmp_path) as session:
        session.sit(until_s=59)
        nudge = session.heard.until(desktop_told)
        assert isinstance(nudge, Told)
        assert (nudge.alert_kind, nudge.failed) == ("sitting", "")
        assert desktop.shown[0].buttons == {
            "snooze": "Snooze 5",
            "until_stand": "Until I stand",
            "quiet": "Quiet 1 h",
        }
        assert not session.sitter.buzzed

        session.sit(until_s=70)
        session.heard.until(lambda action: isinstance(action, Told) and action.way is Way.VIBRATION)
        assert session.sitter.buzzed == [(Vibration.DOUBLE, 80)]
        session.heard.until(lambda action: desktop_told(action) and action != nudge)
        assert "of sitting" in desktop.shown[1].title
        assert desktop.service.closed == [1]

        desktop.click(desktop.shown[1], "snooze")
        answer = session.heard.until(lambda action: isinstance(action, Answered))
        assert isinstance(answer, Answered)
        assert answer.answer == "snooze"
        assert answer.alert_at > nudge.alert_at
        assert Snooze(minutes=5.0) in session.heard.actions
    assert session.keeper.path is not None
    recorded = [event.action for event in read_session(session.keeper.path) if isinstance(event, UserAction)]
    assert recorded == session.heard.actions


def test_a_clicked_quiet_hour_comes_in_at_the_front_door(desktop: Desktop, tmp_path: Path) -> None:
    with Session(tmp_path) as session:
        session.sit(until_s=59)
        session.heard.until(desktop_told)
        desktop.click(desktop.shown[0], "quiet")
        session.heard.until(lambda action: isinstance(action, Answered))
        assert Quiet(minutes=60.0) in session.heard.actions


def test_without_a_desktop_the_failure_is_recorded_and_the_session_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    with Session(tmp_path) as session:
        session.sit(until_s=70)
        told = session.heard.until(desktop_told)
        assert isinstance(told, Told)
        assert "cannot be reached" in told.failed
        felt = session.heard.until(lambda action: isinstance(action, Told) and action.way is Way.VIBRATION)
        assert isinstance(felt, Told)
        assert not felt.failed
