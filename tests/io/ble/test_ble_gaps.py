"""Which samples are missing, from any order of packets."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hipmonitor.core.wire import hip_protocol as hip
from hipmonitor.io.ble.gaps import Gap, Received

STREAM = 3


def packet(first: int, n: int, *, kind: hip.Kind = hip.Kind.LIVE, stream: int = STREAM) -> bytes:
    counts = np.zeros((n, 6), np.int16)
    return hip.encode_data(
        kind=kind, sequence=0, stream=stream, status=0, first_index=first, first_tick=0, counts=counts
    )


def received(ring_samples: int = 10_000) -> Received:
    return Received(boot_id=1, stream=STREAM, has_gyroscope=True, ring_samples=ring_samples, asks_per_gap=2)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 20)), min_size=1, max_size=40))
def test_the_gaps_are_exactly_the_indices_between_that_did_not_come(packets: list[tuple[int, int]]) -> None:
    notes = received()
    for first, n in packets:
        notes.take(packet(first, n))
    came = {index for first, n in packets for index in range(first, first + n)}
    expected = [index for index in range(min(came), max(came)) if index not in came]
    gaps = notes.missing()
    assert sorted(index for gap in gaps for index in range(gap.first, gap.end)) == expected
    assert [gap.first for gap in gaps] == sorted((gap.first for gap in gaps), reverse=True)


def test_a_packet_after_missing_samples_opens_a_gap_and_a_backfill_closes_it() -> None:
    notes = received()
    assert [notes.take(packet(0, 8)), notes.take(packet(8, 8)), notes.take(packet(24, 8))] == [False, False, True]
    assert notes.missing() == [Gap(first=16, count=8, since=16)]
    assert not notes.take(packet(16, 8, kind=hip.Kind.BACKFILL))
    assert notes.missing() == []


def test_of_what_is_older_than_the_full_memory_only_the_rest_is_asked_for_at_full_rate() -> None:
    notes = received(ring_samples=100)
    notes.take(packet(0, 8))
    notes.take(packet(500, 8))
    assert notes.missing() == [Gap(first=408, count=92, since=8)]
    notes.take(packet(700, 8))
    assert notes.missing() == [Gap(first=608, count=92, since=508), Gap(first=500, count=0, since=8)]


def test_what_the_full_memory_did_not_hold_is_asked_of_the_slow_one_once() -> None:
    notes = received(ring_samples=100)
    notes.take(packet(0, 8))
    notes.take(packet(500, 8))
    (gap,) = notes.missing()
    notes.asked(gap, held_from=416)
    (slow,) = notes.beyond()
    assert (slow.first, slow.end) == (8, 416)
    notes.asked_slow_memory(slow)
    assert notes.beyond() == []
    notes.asked(gap, held_from=500)
    assert notes.beyond() == []


def test_what_was_held_at_full_rate_needs_no_slow_memory() -> None:
    notes = received()
    notes.take(packet(0, 8))
    notes.take(packet(16, 8))
    (gap,) = notes.missing()
    notes.asked(gap, held_from=gap.first)
    assert notes.beyond() == []


def test_after_a_pause_nothing_is_asked_of_the_slow_memory_either() -> None:
    notes = received(ring_samples=100)
    notes.take(packet(0, 8))
    notes.take(packet(500, 8))
    notes.asked(notes.missing()[0], held_from=416)
    notes.ask_for_nothing_before()
    assert notes.beyond() == []


def test_a_gap_that_stays_empty_is_given_up_after_some_asks() -> None:
    notes = received()
    notes.take(packet(0, 8))
    notes.take(packet(16, 8))
    for _ in range(2):
        notes.asked(notes.missing()[0], held_from=16)
    assert notes.missing() == []


@given(st.binary(max_size=60))
def test_any_bytes_are_taken_and_malformed_ones_change_nothing(payload: bytes) -> None:
    notes = received()
    notes.take(packet(5, 5))
    opened = notes.take(payload)
    assert opened == bool(notes.missing())


def test_other_streams_slow_backfill_and_cut_packets_do_not_count() -> None:
    notes = received()
    notes.take(packet(0, 8))
    others = (
        packet(100, 8, stream=9),
        packet(100, 8, kind=hip.Kind.SLOW_BACKFILL),
        packet(100, 8)[:-1],
        packet(100, 8)[:10],
        b"",
    )
    assert not any(notes.take(payload) for payload in others)
    assert notes.missing() == []
