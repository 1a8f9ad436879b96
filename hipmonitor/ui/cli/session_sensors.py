"""The sensors of a live or simulated session, for the window: search beside the session, buzz, let go, choose another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from hipmonitor.core.errors import LinkError
from hipmonitor.core.wire import remarks_of
from hipmonitor.io.ble import Vibration, listening, open_radio
from hipmonitor.ui.cli.live_session import LiveSession
from hipmonitor.ui.view_model import GuidedCalibration
from hipmonitor.ui.view_model.sensors_now import HeardSensor

LISTEN_S = 0.1
"""How often a search looks whether it was stopped."""
STRENGTH_PERCENT = 80
NOT_OPEN = "The simulated sensor is not on the air yet. It comes with its session."


class SessionSensors:
    """Stays the same from one session to the next; without one it can search where the radio is known."""

    def __init__(
        self,
        *,
        radio: str | None = None,
        wanted: str = "",
        simulated: bool = False,
        take_over: Callable[[], object] = lambda: None,
    ) -> None:
        """`take_over`: asks a monitor in the background to finish, where one runs."""
        self._always = self._radio = radio
        self._take_over = take_over
        self._simulated = simulated
        self._session: LiveSession | None = None
        self.wanted = wanted

    @contextmanager
    def reaching(self, session: LiveSession, radio: str | None) -> Iterator[None]:
        """While this session runs, on this radio."""
        self._session, self._radio = session, radio
        try:
            yield
        finally:
            self._session, self._radio = None, self._always

    def choose(self, address: str) -> None:
        """The next session is with this one."""
        self.wanted = address

    def make_free(self) -> None:
        """A monitor in the background gives the sensors back."""
        self._take_over()

    def search(self, heard: Callable[[HeardSensor], None], stopped: Callable[[], bool]) -> None:
        """On a radio and a loop of its own: the session's link is not touched."""
        if self._simulated and self._session is None:
            raise LinkError(NOT_OPEN)
        asyncio.run(self._listen(heard, stopped))

    async def _listen(self, heard: Callable[[HeardSensor], None], stopped: Callable[[], bool]) -> None:
        radio = open_radio(self._radio)
        try:
            async with listening(radio) as queue:
                while not stopped():
                    with suppress(TimeoutError):
                        found = await asyncio.wait_for(queue.get(), LISTEN_S)
                        heard(
                            HeardSensor(
                                address=found.address,
                                name=found.name,
                                title=found.title,
                                rssi_dbm=found.rssi_dbm,
                                at_s=time.monotonic(),
                                remarks=remarks_of(found.kind),
                            )
                        )
        finally:
            await radio.aclose()

    def buzz(self, address: str) -> bool:
        """Once and short: an alert's is double."""
        session = self._session
        return session is not None and session.monitor.vibrate(Vibration.SHORT, STRENGTH_PERCENT, address)

    def let_go(self) -> bool:
        """Disconnect until it is taken again."""
        session = self._session
        return session is not None and session.monitor.pause()

    def take_again(self) -> bool:
        """Look for it again."""
        session = self._session
        return session is not None and session.monitor.resume()

    def guide(self, calibration: GuidedCalibration | None) -> None:
        """It hears what becomes of its poses."""
        if self._session is not None:
            self._session.view.guide(calibration)
