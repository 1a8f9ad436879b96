"""A monitor that is started anew on the same day knows what was counted and told before."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

from hipmonitor.core.alerts import AlertKind, AlertLevel
from hipmonitor.core.inbound import Action, ChangeSettings, DaySoFar, Inbound, Tick, ToldToday, UserAction
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import AlertRules
from hipmonitor.io.ble import Vibration
from hipmonitor.io.clock import SystemClock, civil_tick
from hipmonitor.io.history import History
from hipmonitor.runtime.day_so_far import day_so_far
from hipmonitor.runtime.live import LiveMonitor
from tests.journeys.lived_days import DAY, SHORT, Session

BUDGET = replace(SHORT, alerts=AlertRules(daily_sitting_budget_h=0.1))
MORNING = Session(begin_s=9 * 3600, settings=BUDGET)


def noon(day: int = DAY) -> Tick:
    return civil_tick(HostNs((day * 86_400 + 12 * 3600) * NS_PER_S), 0)


def test_what_the_history_holds_of_today_is_what_it_shows(tmp_path: Path) -> None:
    MORNING.live(tmp_path, tmp_path / "h.db")
    so_far = day_so_far(noon(), tmp_path / "h.db")
    with History(tmp_path / "h.db") as history:
        tally = history.day(DAY, valid_day_worn_h=0).figures.tally
    assert so_far is not None
    assert (so_far.day, so_far.sitting_s, so_far.deep_s) == (DAY, tally.sit_s, tally.deep_s)
    assert so_far.sitting_s > 300
    (told,) = so_far.told
    assert isinstance(told, ToldToday)
    assert (told.kind, told.level) == (AlertKind.DAY_SITTING.value, int(AlertLevel.ALERT))


def test_of_another_day_or_without_a_history_there_is_nothing(tmp_path: Path) -> None:
    assert day_so_far(noon(), tmp_path / "h.db") is None
    assert not (tmp_path / "h.db").exists()
    MORNING.live(tmp_path, tmp_path / "h.db")
    assert day_so_far(noon(DAY + 1), tmp_path / "h.db") is None


def test_a_history_that_cannot_be_read_holds_up_no_session(tmp_path: Path) -> None:
    (tmp_path / "h.db").write_bytes(b"no database " * 400)
    assert day_so_far(noon(), tmp_path / "h.db") is None


class Silent:
    """A sensor that is never found."""

    async def batches(self) -> AsyncIterator[Sequence[Inbound]]:
        return
        yield []

    def act(self, action: Action) -> None: ...

    async def pause(self) -> None: ...

    async def resume(self) -> None: ...

    async def vibrate(self, pattern: Vibration, strength_percent: int) -> bool:
        return False

    async def aclose(self) -> None: ...


class Door:
    def __init__(self) -> None:
        self.heard: list[Inbound] = []

    def record(self, events: Sequence[Inbound]) -> None:
        self.heard += events


def test_it_is_recorded_right_after_the_settings_so_that_replay_knows_it_too() -> None:
    so_far, door = DaySoFar(day=DAY, sitting_s=600, deep_s=0), Door()
    monitor = LiveMonitor(
        new_source=Silent, settings=BUDGET, clock=SystemClock(), sinks=[], recorder=door, before=lambda: so_far
    )
    monitor.start()
    assert monitor.wait(30)
    assert monitor.error is None
    actions = [event.action for event in door.heard if isinstance(event, UserAction)]
    assert actions == [ChangeSettings(settings=BUDGET), so_far]
