"""Sessions for the window: the live sensor, the simulated one, and how the window is ended by a signal."""

from __future__ import annotations

import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hipmonitor.core.inbound import Action
from hipmonitor.core.instants import HostNs
from hipmonitor.io.control import only_one
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.delivery_ways import try_vibration
from hipmonitor.ui.cli import trying
from hipmonitor.ui.cli.ending import SIGNALS
from hipmonitor.ui.cli.handing_over import Handing
from hipmonitor.ui.cli.history_kept import kept_history
from hipmonitor.ui.cli.live_session import LiveSession, SessionPlan, live_session
from hipmonitor.ui.cli.session_sensors import SessionSensors
from hipmonitor.ui.dashboard.errands import Errands
from hipmonitor.ui.dashboard.feed import Feed, SourceChoice
from hipmonitor.ui.kept import copy_everything
from hipmonitor.ui.view_model import Glance, SourceKind, ViewMemory

if TYPE_CHECKING:
    from hipmonitor.ui.dashboard.opening import Opening

DISK_EVERY_S = 30.0
SIDES = {"left": "left thigh", "right": "right thigh", "unknown": "thigh"}


class LiveFeed:
    """A live session as the window sees it."""

    def __init__(
        self,
        session: LiveSession,
        memory: ViewMemory,
        beside: Callable[[], object] = lambda: None,
        check_in: threading.Event | None = None,
    ) -> None:
        self._session, self.memory, self._beside = session, memory, beside
        self._check_in = check_in or threading.Event()
        self._disk: tuple[float, int | None] = (-DISK_EVERY_S, None)

    @property
    def running(self) -> bool:
        """Whether it still goes on."""
        return self._session.monitor.running

    def now(self) -> HostNs:
        """The steady clock's."""
        return self._session.clock.now()

    def glance(self, now: HostNs) -> Glance:
        """What to show at that moment."""
        return self._session.view.glance(now)

    def act(self, action: Action) -> None:
        """Through the front door."""
        self._session.monitor.act(action)

    def vibrate(self) -> None:
        """Two buzzes on the sensor."""
        try_vibration(self._session.monitor.vibrate)

    def beside(self) -> None:
        """What the simulated wearer says."""
        self._beside()

    def check_in_wanted(self) -> bool:
        """The button of a notification was pressed since this was asked last."""
        wanted = self._check_in.is_set()
        self._check_in.clear()
        return wanted

    def disk_free_bytes(self) -> int | None:
        """Where the recording lies, looked at twice a minute."""
        at, free = self._disk
        if time.monotonic() - at >= DISK_EVERY_S:
            free = _free(self._session.keeper.path)
            self._disk = (time.monotonic() if free is not None else -DISK_EVERY_S, free)
        return free


def _free(path: Path | None) -> int | None:
    try:
        return None if path is None else shutil.disk_usage(path.parent).free
    except OSError:
        return None


ERRANDS = Errands(try_desktop=trying.desktop, try_sound=trying.sound, export=copy_everything)


def live_choice(
    plan: SessionPlan, said: Callable[[LiveSession], None], handing: Handing, settings: Path | None = None
) -> SourceChoice:
    """The sensor of this plan, taken from a monitor in the background; `said` hears of every session that has ended.

    Every session begins with the settings as they are then in the file `settings`; None = this computer's.
    """
    hands = SessionSensors(radio=plan.radio, wanted=plan.sensor or "", take_over=handing.take_over)

    @contextmanager
    def opened() -> Iterator[Feed]:
        memory, check_in = ViewMemory(), threading.Event()
        handing.take_over()
        now = replace(plan, settings=load_settings(settings), sensor=hands.wanted or None)
        with (
            kept_history() as history,
            only_one("hipmonitor live"),
            live_session(now, [memory], history=history, check_in=check_in.set) as session,
            hands.reaching(session, plan.radio),
        ):
            handing.keep()
            yield LiveFeed(session, memory, check_in=check_in)
        said(session)

    return SourceChoice(
        kind=SourceKind.LIVE,
        word="Live",
        second=SIDES[plan.settings.side],
        open=opened,
        sensors=hands,
        monitor_may_take_over=True,
    )


def show(
    sources: Sequence[SourceChoice],
    handing: Handing,
    *,
    seconds: float | None,
    opening: Opening | None = None,
    settings: Path | None = None,
) -> None:
    """Until the window is closed, the time is over, or a signal; the recording then is whole.

    A monitor that was asked to finish for a session that never began runs again afterwards.
    """
    from hipmonitor.ui.dashboard.application import run_window  # noqa: PLC0415 - Qt is loaded only for a window

    before: dict[int, object] = {}

    def on_stop(stop: Callable[[], None]) -> None:
        if threading.current_thread() is threading.main_thread():
            for number in (getattr(signal, name, None) for name in SIGNALS):
                if number is not None:
                    before[number] = signal.signal(number, lambda *_: stop())

    try:
        run_window(
            sources,
            seconds=seconds,
            opening=opening,
            keep_monitoring=handing.hand_over,
            errands=ERRANDS,
            settings=settings,
            on_stop=on_stop,
        )
    finally:
        handing.give_back()
        for number, handler in before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
