"""Cuts that once gave other results: long one-way streams, and losses where a window of the automatic placement ends."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.inbound import Inbound, LinkChange, LinkState, Samples
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.wire import hip_protocol as hip
from tests.laws.streams import RATE_HZ, SENSOR, START_NS, array_events, note, thigh_motion
from tests.laws.test_house_laws import cut, lived


def one_way(samples: int) -> list[Inbound]:
    """Packets of a sensor that never answers a round trip, long enough for several cells of its clock."""
    info = hip.Info(
        stream=3,
        boot_id=3,
        tick_hz=32768,
        rate_mhz=25_000,
        acc_range_g=16,
        gyr_range_dps=2000,
        ring_samples=10,
        slow_ring_samples=10,
        slow_rate_cmhz=2500,
        most_samples=8,
        flags=0,
    )
    jitter = np.random.default_rng(1)
    counts = np.zeros((8, 6), np.int16)
    counts[:, 2] = 2048
    events: list[Inbound] = [note(START_NS, hip.INFO, hip.encode_info(info))]
    for first in range(0, samples, 8):
        at_ns = START_NS + round((first + 7) / RATE_HZ * NS_PER_S) + int(jitter.integers(5_000_000, 60_000_000))
        payload = hip.encode_data(
            kind=hip.Kind.LIVE,
            sequence=first // 8,
            stream=3,
            status=0,
            first_index=first,
            first_tick=round(first / RATE_HZ * 32768 * 1.0001),
            counts=counts,
        )
        events.append(note(at_ns, hip.DATA, payload))
    return events


@pytest.mark.parametrize("every", [1, 7, 50])
def test_a_one_way_clock_over_many_cells_is_the_same_however_cut(every: int) -> None:
    events = one_way(5000)
    assert lived(cut(events, range(0, len(events), every))) == lived([events])


@pytest.mark.parametrize("lost_s", [(20.2, 25.2), (30.2, 35.2), (31.0, 36.0), (39.5, 44.0), (52.1, 57.3)])
def test_a_loss_where_the_placement_learns_is_the_same_however_cut(lost_s: tuple[float, float]) -> None:
    acc, gyr = thigh_motion(seconds=80)
    t_s = np.arange(len(acc)) / RATE_HZ
    keep = np.flatnonzero((t_s < lost_s[0]) | (t_s >= lost_s[1]))
    t_ns = START_NS + np.rint(t_s * NS_PER_S).astype(np.int64)
    events: list[Inbound] = [
        Samples(
            at=HostNs(int(t_ns[i])),
            sensor=SENSOR,
            rate_hz=RATE_HZ,
            t_ns=t_ns[i : i + 1],
            acc_mps2=acc[i : i + 1],
            gyr_radps=gyr[i : i + 1],
        )
        for i in keep.tolist()
    ]
    events.append(LinkChange(at=HostNs(int(t_ns[-1])), sensor=SENSOR, state=LinkState.ENDED))
    assert lived([event] for event in events) == lived([events])


def test_arrays_with_and_without_a_gyroscope_in_one_step_are_told_apart() -> None:
    both = [*array_events(gyroscope=True)[:200], *array_events(gyroscope=False)[200:400]]
    assert lived([both]) == lived([event] for event in both)
