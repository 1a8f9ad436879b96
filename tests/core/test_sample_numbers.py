"""Sample numbers from timestamps, and whether a sensor's clock went on."""

from __future__ import annotations

import pytest

from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.wire.sample_numbers import DeviceClock, SampleNumbers

PERIOD_NS = 20_000_000.0


def numbers_after(last_ns: float, count: int) -> SampleNumbers:
    made = SampleNumbers(nominal_ns=PERIOD_NS)
    made.place(last_ns, count)
    return made


def test_the_first_packet_ends_at_its_time_and_has_the_nominal_spacing() -> None:
    placed = SampleNumbers(nominal_ns=PERIOD_NS).place(1e9, 5)
    assert placed is not None
    assert (placed.index, placed.first_ns, placed.spacing_ns, placed.follows) == (
        0,
        1e9 - 4 * PERIOD_NS,
        PERIOD_NS,
        False,
    )


@pytest.mark.parametrize("rate_error", [-0.05, -0.01, 0.0, 0.01, 0.05])
def test_packets_that_follow_each_other_have_the_spacing_that_their_times_say(rate_error: float) -> None:
    placed = numbers_after(0.0, 30).place(30 * PERIOD_NS * (1 + rate_error), 30)
    assert placed is not None
    assert (placed.index, placed.follows) == (30, True)
    assert placed.spacing_ns == pytest.approx(PERIOD_NS * (1 + rate_error))


@pytest.mark.parametrize("lost", [1, 9, 100, 100_000])
def test_a_lost_packet_leaves_a_gap_of_as_many_numbers_as_samples(lost: int) -> None:
    placed = numbers_after(0.0, 10).place((10 + lost) * PERIOD_NS, 10)
    assert placed is not None
    assert (placed.index, placed.follows) == (10 + lost, False)


def test_a_loss_is_measured_by_the_sensors_own_rate() -> None:
    made = numbers_after(0.0, 50)
    made.place(50 * PERIOD_NS * 1.02, 50)
    placed = made.place(600 * PERIOD_NS * 1.02, 50)
    assert placed is not None
    assert placed.index == 600


@pytest.mark.parametrize("last_ns", [-1.0, 0.0, -1e12])
def test_a_packet_that_is_not_newer_has_no_place(last_ns: float) -> None:
    assert numbers_after(0.0, 5).place(last_ns, 5) is None


def clock_heard_at(host_s: float, reading_s: float) -> DeviceClock:
    clock = DeviceClock()
    assert not clock.went_on(ns(reading_s), HostNs(ns(host_s)))
    return clock


def ns(seconds: float) -> int:
    return round(seconds * NS_PER_S)


@pytest.mark.parametrize(
    ("reading_s", "host_s", "same"),
    [
        (101.0, 1001.0, True),
        (97.0, 1001.0, True),  # the other stream's packet, of an earlier instant
        (101.0, 1025.0, True),  # it waited for the radio
        (100.0 + 36_000.0, 1036.0 + 36_000.0, True),  # hours later, at a thousandth
        (85.0, 1001.0, False),  # set back
        (0.5, 1050.0, False),  # switched off and on
        (1.7e9, 1001.0, False),  # set
        (100.0, 9000.0, False),  # stood still
    ],
)
def test_a_clock_goes_on_with_the_hosts(reading_s: float, host_s: float, same: bool) -> None:
    assert clock_heard_at(1000.0, 100.0).went_on(ns(reading_s), HostNs(ns(host_s))) is same


def test_after_it_was_set_a_clock_goes_on_from_there() -> None:
    clock = clock_heard_at(1000.0, 100.0)
    assert not clock.went_on(ns(5.0), HostNs(ns(1001.0)))
    assert clock.went_on(ns(6.0), HostNs(ns(1002.0)))
