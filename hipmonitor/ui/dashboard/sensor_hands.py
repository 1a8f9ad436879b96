"""What a window can do with the sensors of a source. Whatever takes time is called in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from hipmonitor.ui.view_model import GuidedCalibration
from hipmonitor.ui.view_model.sensors_now import HeardSensor


class SensorHands(Protocol):
    """Search, choose, buzz, let go, calibrate."""

    @property
    def wanted(self) -> str:
        """The thigh's sensor as it was chosen; empty = the first one heard."""
        ...

    def choose(self, address: str) -> None:
        """The next session is with this one. Returns at once."""
        ...

    def make_free(self) -> None:
        """A monitor in the background gives the sensors back, where one has them. Takes seconds.

        Raises:
            HipmonitorError: it does not answer; it says what to do.
        """
        ...

    def search(self, heard: Callable[[HeardSensor], None], stopped: Callable[[], bool]) -> None:
        """Tell every sensor that is heard, until stopped. Takes as long.

        Raises:
            HipmonitorError: Bluetooth cannot be used; it says what to do.
        """
        ...

    def buzz(self, address: str) -> bool:
        """Run the motor of a sensor that sends; whether it did. Takes seconds."""
        ...

    def let_go(self) -> bool:
        """Disconnect until `take_again`; whether it was let go. Takes seconds."""
        ...

    def take_again(self) -> bool:
        """Look for the sensor again. Takes seconds."""
        ...

    def guide(self, calibration: GuidedCalibration | None) -> None:
        """This calibration hears what becomes of its poses; None = no longer. Returns at once."""
        ...
