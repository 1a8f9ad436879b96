"""What time it is for the sensor: true time since the first power-on, its own since the last boot."""

from __future__ import annotations

from firmware_sim.device.crystal import GIGA, Crystal


class Uptime:
    """Advances with the host time that the firmware is called with; the first call is the power-on."""

    def __init__(self, crystal: Crystal) -> None:
        self._crystal = crystal
        self._first_on_ns: int | None = None
        self._boot_ns = 0
        self.now_ns = 0

    def advance(self, now_ns: int) -> None:
        """Time goes on; a call from the past does not turn it back."""
        if self._first_on_ns is None:
            self._first_on_ns = self._boot_ns = now_ns
        self.now_ns = max(now_ns, self.now_ns)

    def boot(self) -> None:
        """The counter starts anew."""
        self._boot_ns = self.now_ns

    @property
    def powered_ns(self) -> int:
        """True time since the first power-on."""
        return 0 if self._first_on_ns is None else self.now_ns - self._first_on_ns

    @property
    def boot_true_s(self) -> float:
        """True time of the last boot since the first power-on, in seconds."""
        return 0.0 if self._first_on_ns is None else (self._boot_ns - self._first_on_ns) / GIGA

    @property
    def own_ns(self) -> int:
        """The sensor's own time since its last boot."""
        return self._crystal.own_ns(self.now_ns - self._boot_ns)

    @property
    def tick(self) -> int:
        """What the counter reads now."""
        return self._crystal.tick(self.own_ns)

    def host_ns(self, own_ns: int) -> int:
        """The host time at which the sensor's own time since boot reaches `own_ns`."""
        return self._boot_ns + self._crystal.true_ns(own_ns)
