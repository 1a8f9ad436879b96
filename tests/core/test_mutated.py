"""Harmed notifications become faults, never exceptions; `tests.benchmarks.mutated` does the same a million times."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hipmonitor.core.wire import ImuPackets, Wire, WireFault
from tests.benchmarks.mutated import life_of, tell
from tests.core.builders import note
from tests.laws.streams import OTHER_MAKES

LIVES = {family: life_of(family) for family in OTHER_MAKES}
UNHARMED = {
    family: sum(int(item.count.sum()) for item in Wire().step(life) if isinstance(item, ImuPackets))
    for family, life in LIVES.items()
}


@pytest.mark.parametrize("family", OTHER_MAKES)
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 1 << 32))
def test_a_life_in_which_every_second_notification_is_harmed(family: str, seed: int) -> None:
    told, became, samples = tell(LIVES[family], 500, seed=seed)
    assert told >= 500
    assert became["ImuPackets"]
    assert samples > 0.9 * UNHARMED[family]


@pytest.mark.parametrize("family", OTHER_MAKES)
@settings(max_examples=100, deadline=None)
@given(payloads=st.lists(st.tuples(st.integers(0, 3), st.binary(max_size=64)), max_size=8))
def test_any_bytes_on_any_channel_are_read_or_are_faults(family: str, payloads: list[tuple[int, bytes]]) -> None:
    channels = sorted({each.channel for each in LIVES[family] if each.channel.startswith(family)})
    wire = Wire()
    wire.step(LIVES[family][:40])
    for item in wire.step([note(i, channels[k % len(channels)], payload) for i, (k, payload) in enumerate(payloads)]):
        assert not isinstance(item, WireFault) or item.count > 0
