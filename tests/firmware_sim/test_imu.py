"""The simulated IMU is as bad as a cheap one and no worse, and the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from firmware_sim.body import MovingBody, Person, off, sit, stand, walk
from firmware_sim.device import Crystal, SampleClock, StreamShape
from firmware_sim.imu import ImuErrors, ImuSource, Mounting, counts, drawn_errors, drawn_mounting, no_errors
from firmware_sim.imu.noise import RandomWalk, WhiteNoise

SCRIPT = (stand(5), sit(10), walk(10))


def shape(rate_hz: int = 100, acc_g: int = 8, gyr_dps: int = 1000, error_ppb: int = 0) -> StreamShape:
    crystal = Crystal(error_ppb=error_ppb)
    clock = SampleClock(crystal=crystal, rate_mhz=rate_hz * 1000, start_own_ns=0, boot_true_s=0.0)
    return StreamShape(clock=clock, acc_range_g=acc_g, gyr_range_dps=gyr_dps)


def source(
    errors: ImuErrors | None = None, mounting: Mounting | None = None, seed: int = 1, stream: StreamShape | None = None
) -> ImuSource:
    body = MovingBody(SCRIPT, Person(), seed=1)
    imu = ImuSource(body, mounting=mounting or Mounting(), errors=errors or drawn_errors(seed), seed=seed)
    imu.begin(stream or shape())
    return imu


def test_counts_are_range_over_32768_rounded_and_clipped() -> None:
    values = np.array([[0.0, 1.0, -1.0], [7.9999, 9.0, -9.0]])
    assert counts(values, 8.0).tolist() == [[0, 4096, -4096], [32767, 32767, -32768]]


def test_an_ideal_sensor_at_rest_reads_one_g_along_the_thigh_and_no_rate() -> None:
    first = source(no_errors()).samples(0, 100)
    assert first[:, 1] == pytest.approx(4096, abs=20)  # small muscle activity: milligs
    assert np.abs(first[:, [0, 2]]).max() < 100  # sway
    assert np.abs(first[:, 3:]).max() < 60


def test_strong_movement_is_clipped_at_the_range() -> None:
    small = source(no_errors(), stream=shape(gyr_dps=50)).samples(1700, 700)
    assert (small[:, 5] == 32767).any()
    assert (small[:, 5] == -32768).any()


@pytest.mark.parametrize("seed", range(20))
def test_errors_are_within_the_spread_of_cheap_sensors(seed: int) -> None:
    errors = drawn_errors(seed)
    assert np.abs(errors.gyr_offset_dps).max() <= 1.0
    assert np.abs(errors.acc_offset_g).max() <= 0.040
    assert np.abs(np.concatenate([errors.acc_scale, errors.gyr_scale]) - 1.0).max() <= 0.01
    assert np.abs(errors.gyr_dps_per_g).max() <= 0.1


def test_the_gyroscope_at_rest_reads_its_offset_and_a_pull_of_gravity() -> None:
    errors = drawn_errors(3)
    body = MovingBody((off(100),), Person(), seed=1)
    imu = ImuSource(body, mounting=Mounting(), errors=errors, seed=3)
    imu.begin(shape())
    mean_dps = imu.samples(0, 3000)[:, 3:].mean(axis=0) * (1000 / 32768)
    expected = errors.gyr_offset_dps + errors.gyr_dps_per_g[:, 0]  # on the table the strap's x points up
    assert mean_dps == pytest.approx(expected, abs=0.03)


def test_noise_has_the_density_that_is_said() -> None:
    body = MovingBody((off(200),), Person(), seed=1)
    imu = ImuSource(body, mounting=Mounting(), errors=drawn_errors(3), seed=3)
    imu.begin(shape(acc_g=2, gyr_dps=250))
    read = imu.samples(0, 2000)
    assert (read[:, :3] * 2 / 32768).std(axis=0) == pytest.approx(120e-6 * np.sqrt(50), rel=0.1)
    assert (read[:, 3:] * 250 / 32768).std(axis=0) == pytest.approx(0.008 * np.sqrt(50), rel=0.1)


def test_a_seed_is_a_sensor() -> None:
    one, same, other = (source(seed=seed).samples(0, 300) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("size", [1, 33, 256])
def test_samples_are_the_same_bits_at_any_cut(size: int) -> None:
    first, end = 1300, 1700
    whole, cut = source().samples(first, end - first), source()
    parts = [cut.samples(i, min(size, end - i)) for i in range(first, end, size)]
    assert np.array_equal(whole, np.concatenate(parts))


def test_samples_of_the_past_are_the_same_again() -> None:
    imu = source()
    later = imu.samples(5000, 10)
    imu.samples(0, 10)
    assert np.array_equal(imu.samples(5000, 10), later)
    assert imu.samples(7, 0).shape == (0, 6)


def test_mounting_turns_what_is_read_and_nothing_else() -> None:
    mounting = drawn_mounting(4)
    aligned, turned = (
        source(no_errors(), m).samples(0, 2400).astype(float) for m in (Mounting(along_m=mounting.along_m), mounting)
    )
    for columns in (slice(0, 3), slice(3, 6)):
        sizes = [np.linalg.norm(read[:, columns], axis=1) for read in (aligned, turned)]
        assert np.abs(sizes[0] - sizes[1]).max() < 600  # the place differs by nothing, rounding and clipping aside
        assert np.abs(sizes[0] - sizes[1]).mean() < 30
    assert np.abs(aligned[:, 1] - turned[:, 1]).max() > 1000


def test_a_fast_crystal_samples_earlier_in_true_time() -> None:
    ppm = 5_000  # far more than a crystal, to see it
    slow, fast = (source(no_errors(), stream=shape(error_ppb=e)).samples(0, 2000) for e in (0, ppm * 1000))
    t_s = np.arange(2000) / 100.0
    for column in (0, 1, 5):
        again = np.interp(t_s / (1 + ppm / 1e6), t_s, slow[:, column])
        quiet = slice(600, 1400)
        assert (
            np.abs(again[quiet] - fast[quiet, column]).max() < np.abs(slow[quiet, column] - fast[quiet, column]).max()
        )


def test_a_sensor_without_a_gyroscope_reads_no_rate() -> None:
    read = source(stream=shape(gyr_dps=0)).samples(500, 300)
    assert not read[:, 3:].any()


def test_samples_before_a_stream_are_a_mistake() -> None:
    imu = ImuSource(MovingBody(SCRIPT, Person()), mounting=Mounting(), errors=no_errors())
    with pytest.raises(RuntimeError, match="before a stream"):
        imu.samples(0, 1)


def test_white_noise_is_a_function_of_its_index() -> None:
    noise = WhiteNoise(key=(1, 2), columns=2)
    whole = noise.rows(0, 2000)
    assert np.array_equal(noise.rows(250, 20), whole[250:270])
    assert np.array_equal(noise.rows(511, 1), whole[511:512])
    assert noise.rows(3, 0).shape == (0, 2)


def test_the_offset_walks_the_same_way_however_it_is_asked() -> None:
    t_s = np.arange(0.0, 3600.0, 7.3)
    whole, walk_ = RandomWalk(key=(5,)).at(t_s), RandomWalk(key=(5,))
    parts = np.concatenate([walk_.at(t_s[i : i + 1]) for i in range(len(t_s))])
    assert np.array_equal(whole, parts)
    ends = np.array([RandomWalk(key=(k,)).at(np.array([3600.0]))[0] for k in range(200)])
    assert ends.std() == pytest.approx(60.0, rel=0.15)  # the square root of 3600 s
