"""Clock lines learned from a whole recording: the settled reading's times, and what packets from memory get of them."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.samples import ClockLearner, ClockLine, PacketParams, Sampling, SamplingParams
from hipmonitor.core.wire import ClockPair, ImuPackets, PacketKind, SensorInfo
from tests.core.builders import SENSOR, at
from tests.core.clocks import U32, heard_packets, pair, stated

PPM = 150.0
SIZE = 8
Item = SensorInfo | ImuPackets | ClockPair


def ticks_at(seconds: float, tick_hz: float = 32768.0) -> int:
    """What a fast counter reads; it turns over after 200 s."""
    return U32 - round(200 * tick_hz) + round(seconds * tick_hz * (1 + PPM * 1e-6))


def taken_s(index: int | np.ndarray) -> float | np.ndarray:
    """When a sample was taken, the crystal fast."""
    return index / 100 / (1 + PPM * 1e-6)


def packet(index: int, late_s: float = 0.01, *, jump: int = 0, info: SensorInfo | None = None, **more: object) -> Item:
    """A packet, heard so long after its last sample."""
    info = info or stated()
    tick = ticks_at(float(taken_s(index)), info.tick_hz) + jump
    heard = at(float(taken_s(index + SIZE - 1)) + late_s)
    return heard_packets(info, first_index=[index], first_tick=[tick], at_ns=[heard], size=SIZE, **more)  # type: ignore[arg-type]


def recording(seconds: float, *, trips: bool = True, seed: int = 1) -> list[Item]:
    """Packets with delays of 2 to 30 ms, and a round trip a second whose question waited up to 30 ms."""
    chance = np.random.default_rng(seed)
    out: list[Item] = [stated()]
    for index in range(0, int(seconds * 100), SIZE):
        out.append(packet(index, float(chance.uniform(0.002, 0.03))))
        if trips and index % 104 == 0:
            now = float(taken_s(index + SIZE))
            out.append(pair(ticks_at(now), now, wait_ms=float(chance.uniform(0.5, 30)), back_ms=29))
    return out


def learned(items: list[Item]) -> tuple[ClockLine, ...]:
    """The lines of a first pass."""
    learner = ClockLearner()
    learner.hear(items)
    return learner.lines()


def told(items: list[Item], lines: tuple[ClockLine, ...]) -> tuple[np.ndarray, np.ndarray]:
    """(index, error in ms) of the settled reading's samples."""
    room = Sampling(SamplingParams(packets=PacketParams(lines=lines)))
    blocks = [room.step([item]) for item in items]
    index = np.concatenate([block.index[block.measured] for block in blocks])
    t_ns = np.concatenate([block.t_ns[block.measured] for block in blocks])
    return index, (t_ns - at(0)) / 1e6 - np.asarray(taken_s(index)) * 1e3


def test_with_round_trips_every_time_is_right_from_the_first_sample_on() -> None:
    items = recording(600)
    index, error = told(items, learned(items))
    assert len(index) == 600 * 100
    assert -2 < error.min() < error.max() < 0.2


def test_one_way_the_shortest_delay_is_all_that_stays() -> None:
    items = recording(600, trips=False)
    _, error = told(items, learned(items))
    assert 1.5 < error.min() < error.max() < 3.5


def test_packets_of_seconds_end_when_their_own_rate_says_though_the_stated_one_is_wrong() -> None:
    """Stated are 102 Hz: by them a packet of 160 samples would end 31 ms too early, one of 40 samples 8 ms."""
    info = stated(rate_hz=102.0)
    items: list[Item] = [info]
    index = 0
    for k in range(600):
        size = (40, 160, 90)[k % 3]
        tick, heard = ticks_at(float(taken_s(index))), at(float(taken_s(index + size - 1)) + 0.01)
        items.append(heard_packets(info, first_index=[index], first_tick=[tick], at_ns=[heard], size=size))
        index += size
    (line,) = learned(items)
    seconds = np.arange(20.0, 500.0, 10.0)
    error_ms = (line.at(np.array([float(ticks_at(s)) for s in seconds])) - [at(s) for s in seconds]) / 1e6
    assert error_ms == pytest.approx([10.0] * len(seconds), abs=1.0)


def test_lines_do_not_depend_on_how_the_recording_was_cut() -> None:
    items = recording(100)
    one, other = learned(items), ClockLearner()
    for item in items:
        other.hear([item])
    for a, b in zip(one, other.lines(), strict=True):
        assert (a.key, a.ticks0, a.host0_ns) == (b.key, b.ticks0, b.host0_ns)
        np.testing.assert_array_equal(a.host_ns, b.host_ns)


def test_a_short_stream_runs_at_the_rate_that_the_sensor_showed_in_a_long_one() -> None:
    """Ten seconds alone would leave 150 ppm unknown, and packets from memory an hour before be 0.5 s off."""
    short = stated(stream=8, boot_id=8000)
    items = [*recording(600), short, *(packet(index, 0.005, info=short) for index in range(0, 1000, SIZE))]
    line = next(line for line in learned(items) if line.key.stream == 8)
    before = line.at(np.array([float(ticks_at(-3600.0))]))[0]
    assert (before - at(-3600.0)) / 1e6 == pytest.approx(5, abs=8)


def test_packets_from_memory_are_timed_by_the_same_line_even_from_before_the_counter_turned_over() -> None:
    """Live from 250 s on; the turn at 200 s is among what the sensor had in memory."""
    live = [item for item in recording(900) if not isinstance(item, ImuPackets) or item.first_index[0] >= 25_000]
    late = [packet(index, 0.0) for index in range(0, 25_000, SIZE)]
    index, error = told([stated(), *late, *live[1:]], learned(live))
    assert (index[0], len(index)) == (0, 900 * 100)
    assert np.abs(error).max() < 3


def test_packets_sent_again_teach_nothing() -> None:
    items = recording(100)
    again = [packet(index, 500.0, kind=PacketKind.BACKFILL) for index in range(0, 1000, SIZE)]
    np.testing.assert_array_equal(learned([*items, *again])[0].host_ns, learned(items)[0].host_ns)


def test_a_counter_that_jumps_bends_no_line() -> None:
    items: list[Item] = [stated(), *(packet(i, jump=70_000 if i >= 30_000 else 0) for i in range(0, 60_000, SIZE))]
    index, error = told(items, learned(items))
    assert len(index) == 60_000
    assert error == pytest.approx(10, abs=0.5)


def test_samples_that_were_lost_uncounted_are_counted_and_the_line_goes_on() -> None:
    """Two seconds are missing from the count: what came after is later by two seconds, which is 200 samples."""
    info = stated(tick_hz=0.0)
    lost = lambda index: 0.01 + (2.0 if index >= 30_000 else 0.0)  # noqa: E731
    items: list[Item] = [info, *(packet(i, lost(i), info=info) for i in range(0, 60_000, SIZE))]
    index, error = told(items, learned(items))
    assert np.diff(index).max() == 201
    settled = (index < 28_000) | (index > 31_000)
    assert error[settled] == pytest.approx(10, abs=1)


def test_where_the_answers_own_delay_changed_the_nearer_questions_say_where_the_line_lies() -> None:
    """Another connection interval: answers come 14 ms later from the 20th minute on."""
    chance = np.random.default_rng(3)
    items: list[Item] = [stated()]
    for k in range(2400):
        items.append(packet(104 * k, 0.01))
        now = float(taken_s(104 * k + SIZE))
        back = 15 if k < 1200 else 29
        items.append(pair(ticks_at(now), now, wait_ms=float(chance.uniform(0.5, 15)), back_ms=back))
    index, error = told(items, learned(items))
    settled = np.abs(index / 104 - 1200) > 320
    assert np.abs(error[settled]).max() < 3


def test_nothing_heard_is_no_line() -> None:
    assert learned([stated()]) == ()


def test_a_recording_of_one_packet_has_a_line_of_its_stated_rate() -> None:
    (line,) = learned([stated(), packet(0)])
    assert line.key == (SENSOR, 7000, 7)
    passed = np.diff(line.at(np.array([0.0, 32768.0])))[0]
    assert passed == pytest.approx(NS_PER_S, abs=2)
    assert line.ticks_near(HostNs(at(0.0))) == pytest.approx(ticks_at(0.0), abs=5000)
