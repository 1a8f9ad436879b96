"""The host's clock is steady, its ticks show civil time, and sleep and set clocks are noticed."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipmonitor.core.inbound import ClockStep
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.ports import Clock
from hipmonitor.io.clock import ClockFunctions, SystemClock, civil_tick, local_utc_offset_s

NOON = 1_786_017_600 * NS_PER_S
"""2026-08-06 12:00:00 UTC, a Thursday."""


class Host:
    """A computer whose clocks a test moves."""

    def __init__(self) -> None:
        self.wall = NOON
        self.steady = 5 * NS_PER_S
        self.awake = 3 * NS_PER_S
        self.functions = ClockFunctions(wall=lambda: self.wall, steady=lambda: self.steady, awake=lambda: self.awake)

    def run(self, seconds: float) -> None:
        self.sleep(seconds)
        self.awake += round(seconds * NS_PER_S)

    def sleep(self, seconds: float) -> None:
        self.wall += round(seconds * NS_PER_S)
        self.steady += round(seconds * NS_PER_S)

    def set_wall(self, seconds: float) -> None:
        self.wall += round(seconds * NS_PER_S)


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def clock(host: Host) -> SystemClock:
    return SystemClock(functions=host.functions, utc_offset_s=lambda _: 7200)


def test_the_system_clock_is_a_clock_near_unix_time_that_never_goes_back() -> None:
    clock = SystemClock()
    assert isinstance(clock, Clock)
    readings = [clock.now() for _ in range(1000)]
    assert readings == sorted(readings)
    assert abs(readings[-1] - time.time_ns()) < 60 * NS_PER_S
    assert clock.step() is None


def test_time_begins_at_the_wall_and_goes_on_steadily(host: Host, clock: SystemClock) -> None:
    assert clock.now() == NOON
    host.run(2.5)
    host.set_wall(-3600)
    assert clock.now() == NOON + 2_500_000_000


def test_a_tick_tells_the_civil_time(clock: SystemClock) -> None:
    tick = clock.tick(clock.now())
    assert (tick.at, tick.minute_of_day, tick.weekday, tick.utc_offset_s) == (NOON, 14 * 60, 3, 7200)
    assert tick.civil_day == (date(2026, 8, 6) - date(1970, 1, 1)).days


def test_a_tick_follows_the_wall_when_it_is_set(host: Host, clock: SystemClock) -> None:
    host.set_wall(3600)
    tick = clock.tick(clock.now())
    assert (tick.at, tick.minute_of_day) == (NOON, 15 * 60)


def test_clocks_that_keep_pace_are_no_step(host: Host, clock: SystemClock) -> None:
    host.run(3600)
    host.set_wall(0.2)
    assert clock.step() is None


@pytest.mark.parametrize("seconds", [7200.0, -0.3])
def test_a_set_clock_is_a_step_of_its_size(host: Host, clock: SystemClock, seconds: float) -> None:
    host.run(1)
    host.set_wall(seconds)
    expected = ClockStep(
        at=clock.now(), step_ns=round(seconds * NS_PER_S), reason=f"the clock was set by {seconds:+.1f} s"
    )
    assert clock.step() == expected


def test_sleep_is_a_step_of_its_length(host: Host, clock: SystemClock) -> None:
    host.sleep(90)
    host.run(1)
    assert clock.step() == ClockStep(
        at=HostNs(NOON + 91 * NS_PER_S),
        step_ns=90 * NS_PER_S,
        reason="the computer slept for 90.0 s",
        slept_ns=90 * NS_PER_S,
    )


def test_a_clock_that_was_set_during_sleep_tells_both(host: Host, clock: SystemClock) -> None:
    host.sleep(90)
    host.set_wall(-10)
    step = clock.step()
    assert step is not None
    assert step.step_ns == -10 * NS_PER_S
    assert step.reason == "the computer slept for 90.0 s and the clock was set by -10.0 s"


def test_a_step_is_told_once(host: Host, clock: SystemClock) -> None:
    host.set_wall(50)
    assert clock.step() is not None
    assert clock.step() is None


@given(st.integers(0, 4_000_000_000), st.integers(-50_400, 50_400))
def test_civil_time_agrees_with_the_calendar(unix_s: int, offset_s: int) -> None:
    tick = civil_tick(HostNs(unix_s * NS_PER_S + 999_999_999), offset_s)
    civil = datetime.fromtimestamp(unix_s + offset_s, UTC)
    assert date.fromordinal(date(1970, 1, 1).toordinal() + tick.civil_day) == civil.date()
    assert (tick.minute_of_day, tick.weekday) == (civil.hour * 60 + civil.minute, civil.weekday())
    assert tick.utc_offset_s == offset_s


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the time zone of a process can only be set on POSIX")
@pytest.mark.parametrize(
    ("instant", "offset_s"),
    [
        (datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), 3600),
        (datetime(2026, 3, 29, 1, 0, 0, tzinfo=UTC), 7200),
        (datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC), 7200),
        (datetime(2026, 10, 25, 1, 0, 0, tzinfo=UTC), 3600),
    ],
)
def test_summer_time_begins_and_ends_at_its_second(
    monkeypatch: pytest.MonkeyPatch, instant: datetime, offset_s: int
) -> None:
    with monkeypatch.context() as zone:
        zone.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        found = local_utc_offset_s(int(instant.timestamp()))
    time.tzset()
    assert found == offset_s


def test_a_day_with_summer_times_end_has_an_hour_twice() -> None:
    try:
        berlin = ZoneInfo("Europe/Berlin")
    except ZoneInfoNotFoundError:
        pytest.skip("this system has no time zone data")
    host = Host()
    host.wall = int(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()) * NS_PER_S

    def offset_s(unix_s: int) -> int:
        offset = datetime.fromtimestamp(unix_s, berlin).utcoffset()
        assert offset is not None
        return int(offset.total_seconds())

    clock = SystemClock(functions=host.functions, utc_offset_s=offset_s)
    minutes = []
    for _ in range(3):
        minutes.append(clock.tick(clock.now()).minute_of_day)
        host.run(3600)
    assert minutes == [150, 150, 210]
