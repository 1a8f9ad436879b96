"""The host's clock: a steady one that runs through sleep and begins at the Unix epoch, and the civil time it stands for."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from hipmonitor.core.inbound import ClockStep, Tick
from hipmonitor.core.instants import NS_PER_S, HostNs

S_PER_DAY: Final = 86_400
_FIRST_WEEKDAY: Final = 3
"""1970-01-01 was a Thursday; 0 = Monday."""

ReadNs = Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockParams:
    """When two clocks that drifted apart are told as a step."""

    least_step_s: float = 0.25
    """Between two readings a second apart, time servers slew a clock by at most 0.5 ms (500 ppm, adjtimex(2))."""


PARAMS: Final = ClockParams()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFunctions:
    """Where the nanoseconds come from."""

    wall: ReadNs
    """The clock on the wall, which people and time servers set."""
    steady: ReadNs
    """Never set; runs while the computer sleeps, where the system has such a clock."""
    awake: ReadNs
    """Never set; stands still while the computer sleeps. Equal to `steady` where the system cannot tell."""


def _system_functions() -> ClockFunctions:
    if sys.platform == "darwin":
        # There CLOCK_MONOTONIC runs through sleep and CLOCK_UPTIME_RAW does not (clock_gettime(3)).
        steady, awake = _reader(time.CLOCK_MONOTONIC), _reader(time.CLOCK_UPTIME_RAW)
    elif hasattr(time, "CLOCK_BOOTTIME"):
        steady, awake = _reader(time.CLOCK_BOOTTIME), time.monotonic_ns
    else:
        # On Windows the performance counter runs through sleep and is finer than the tick count.
        steady = awake = time.perf_counter_ns
    return ClockFunctions(wall=time.time_ns, steady=steady, awake=awake)


def _reader(clock: int) -> ReadNs:
    return lambda: time.clock_gettime_ns(clock)


def local_utc_offset_s(unix_s: int) -> int:
    """The local time zone's offset from UTC at that instant, summer time included."""
    return time.localtime(unix_s).tm_gmtoff


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockReading:
    """All clocks at one moment, to be compared with a later reading."""

    wall_ns: int
    steady_ns: int
    awake_ns: int


class SystemClock:
    """The Clock of live sessions: Unix time read once, then advanced by the steady clock.

    Args:
        functions: where the nanoseconds come from.
        utc_offset_s: offset of the wearer's civil time at a Unix second.
        params: thresholds.
    """

    def __init__(
        self,
        *,
        functions: ClockFunctions | None = None,
        utc_offset_s: Callable[[int], int] = local_utc_offset_s,
        params: ClockParams = PARAMS,
    ) -> None:
        self._functions = functions or _system_functions()
        self._utc_offset_s = utc_offset_s
        self._params = params
        self._origin_ns = self._functions.wall() - self._functions.steady()
        self._seen = self.reading()

    def now(self) -> HostNs:
        """Nanoseconds since the Unix epoch; never goes back and is never set."""
        return HostNs(self._origin_ns + self._functions.steady())

    def tick(self, at: HostNs) -> Tick:
        """The civil time at that instant, as the clock on the wall shows it after all it was set by since the start."""
        set_by_ns = self._functions.wall() - self.now()
        unix_s = (at + set_by_ns) // NS_PER_S
        return _tick(at, unix_s, self._utc_offset_s(unix_s))

    def step(self) -> ClockStep | None:
        """What happened to the clocks since the last call, or since the clock was made."""
        earlier, self._seen = self._seen, self.reading()
        return step_between(earlier, self._seen, at=self.now(), params=self._params)

    def reading(self) -> ClockReading:
        """All clocks now."""
        read = self._functions
        return ClockReading(wall_ns=read.wall(), steady_ns=read.steady(), awake_ns=read.awake())


def step_between(
    earlier: ClockReading, later: ClockReading, *, at: HostNs, params: ClockParams = PARAMS
) -> ClockStep | None:
    """What happened to the clocks between two readings, or None where they kept pace.

    `step_ns` is how far the wall clock was set, + forward; where it was not set, how long the computer slept.
    """
    steady_ns = later.steady_ns - earlier.steady_ns
    set_by_ns = later.wall_ns - earlier.wall_ns - steady_ns
    slept_ns = steady_ns - (later.awake_ns - earlier.awake_ns)
    was_set = abs(set_by_ns) >= params.least_step_s * NS_PER_S
    slept = slept_ns >= params.least_step_s * NS_PER_S
    if not was_set and not slept:
        return None
    reasons = [f"the computer slept for {slept_ns / NS_PER_S:.1f} s"] if slept else []
    reasons += [f"the clock was set by {set_by_ns / NS_PER_S:+.1f} s"] if was_set else []
    return ClockStep(
        at=at,
        step_ns=set_by_ns if was_set else slept_ns,
        reason=" and ".join(reasons),
        slept_ns=slept_ns if slept else 0,
    )


def civil_tick(at: HostNs, utc_offset_s: int) -> Tick:
    """The civil time at an instant of a recording, with one offset for all of it: integers only, the same everywhere."""
    return _tick(at, at // NS_PER_S, utc_offset_s)


def _tick(at: HostNs, unix_s: int, utc_offset_s: int) -> Tick:
    civil_day, second_of_day = divmod(unix_s + utc_offset_s, S_PER_DAY)
    return Tick(
        at=at,
        civil_day=civil_day,
        minute_of_day=second_of_day // 60,
        weekday=(civil_day + _FIRST_WEEKDAY) % 7,
        utc_offset_s=utc_offset_s,
    )
