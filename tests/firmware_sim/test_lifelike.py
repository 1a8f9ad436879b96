"""Walking and resting of simulated people lie within what labelled recordings of real thighs show."""

from __future__ import annotations

import numpy as np
import pytest

from firmware_sim.body import MovingBody, Pace, Script, drawn, lie, sit, stand, walk
from firmware_sim.body.gait import Strides, since_strike_s
from firmware_sim.body.heel_strike import HeelStrike
from firmware_sim.body.person import Person
from firmware_sim.body.script import Act
from hipmonitor.core.activity.stillness import Stillness, StillnessParams
from hipmonitor.core.arrays import Floats, Vec3s

G = 9.80665


def felt_g(script: Script, seed: int, t_s: Floats) -> Vec3s:
    return MovingBody(script, drawn(seed), seed=seed).felt(t_s).specific_force_mps2 / G


def along_and_across_g(acc_g: Vec3s, *, per_tenth: int) -> tuple[Floats, Floats]:
    """SD along and across the mean direction of up in five seconds at a time, below 5 Hz (means over 0.1 s)."""
    tenths = acc_g.reshape(-1, per_tenth, 3).mean(axis=1).reshape(-1, 50, 3)
    mean = tenths.mean(axis=1, keepdims=True)
    up = mean / np.linalg.norm(mean, axis=2, keepdims=True)
    moved = tenths - mean
    along = np.sum(moved * up, axis=2)
    across = moved - along[..., None] * up
    return along.std(axis=1), np.sqrt(np.sum(across**2, axis=2).mean(axis=1))


@pytest.mark.parametrize("seed", range(8))
def test_a_walking_thigh_moves_more_across_than_along(seed: int) -> None:
    along, across = along_and_across_g(felt_g((walk(70),), seed, np.arange(500, 6500) / 100.0), per_tenth=10)
    ratio = across / along  # labelled walking: middle of a person 1.0 to 2.4, 1 in 100 below 0.85
    assert 0.95 < np.median(ratio) < 2.4
    assert ratio.min() > 0.8
    assert 0.1 < np.median(along) < 0.55
    assert 0.2 < np.median(across) < 0.65


@pytest.mark.parametrize("seed", range(8))
def test_peaks_and_bands_of_walking_are_those_of_thigh_accelerometers(seed: int) -> None:
    acc_g = felt_g((walk(70),), seed, np.arange(1000, 13000) / 200.0)
    size = np.linalg.norm(acc_g, axis=1)
    assert 1.6 < np.percentile(size, 99) < 6.0  # labelled walking, five seconds at a time: 1.3 to 8.3, 1 in 100 beyond
    assert 0.1 < np.percentile(size, 1) < 0.8
    power = np.abs(np.fft.rfft(acc_g - acc_g.mean(axis=0), axis=0)) ** 2
    hz = np.fft.rfftfreq(len(acc_g), 1 / 200)
    by_band = np.array([power[(hz >= a) & (hz < b)].sum() for a, b in ((0.3, 2.5), (2.5, 8.0), (8.0, 25.0))])
    share = by_band / by_band.sum()
    # Of the bands' medians: HARTH .25, .32, .43 and HAR70+ .28, .39, .33. People differ much, most in the last.
    assert 0.1 < share[0] < 0.65
    assert 0.2 < share[1] < 0.8
    assert 0.05 < share[2] < 0.6


def test_no_two_strides_are_quite_the_same() -> None:
    acc_g = felt_g((walk(70),), 5, np.arange(1000, 13000) / 200.0)
    size = np.linalg.norm(acc_g, axis=1)
    size = size - size.mean()
    lags = range(170, 260)
    alike = max(float(np.corrcoef(size[:-lag], size[lag:])[0, 1]) for lag in lags)
    assert 0.2 < alike < 0.85  # an even walk would be 1


def test_stride_times_vary_as_published() -> None:
    strides = Strides(stride_sd=0.02, phase_rad=np.array([0.3, 2.0, 4.0, 5.5]))
    strides.begin(at=0.0, stride_hz=0.94)
    t_s = np.arange(0.0, 600.0, 0.001)
    strikes = t_s[1:][np.diff(np.floor(strides.phase(t_s)[0])) == 1]
    durations = np.diff(strikes)
    assert durations.mean() == pytest.approx(1 / 0.94, rel=0.005)
    assert durations.std() / durations.mean() == pytest.approx(0.02, rel=0.25)


def test_the_phase_is_the_integral_of_a_changing_pace() -> None:
    strides = Strides(stride_sd=0.0)
    strides.begin(at=0.0, stride_hz=0.9)
    strides.change(at=5.0, seconds=2.0, stride_hz=1.1)
    strides.change(at=6.0, seconds=1.0, stride_hz=0.7)  # waits for the one before
    t_s = np.arange(0.0, 12.0, 0.001)
    phase, pace = strides.phase(t_s)
    assert np.diff(phase) / 0.001 == pytest.approx((pace[1:] + pace[:-1]) / 2, abs=1e-5)
    assert pace[[2000, 7000, 9000]] == pytest.approx([0.9, 1.1, 0.7])


def test_slow_usual_and_fast_are_three_walks() -> None:
    t_s = np.arange(0.0, 40.0, 0.01)
    swings, sizes, rates = [], [], []
    paces: tuple[Pace, ...] = ("slow", "usual", "fast")
    for pace in paces:
        body = MovingBody((walk(50, pace),), drawn(3), seed=3)
        flexion = body.truth(t_s).thigh_flexion_deg
        swings.append(float(np.ptp(flexion)))
        sizes.append(float(np.std(np.linalg.norm(body.felt(t_s).specific_force_mps2, axis=1))))
        rates.append(float(np.median(body._choreography.strides.phase(t_s)[1])))
    assert swings == sorted(swings)
    assert sizes[2] > 1.5 * sizes[1] > 2.0 * sizes[0]
    assert rates == sorted(rates)
    assert 0.75 < rates[0] < rates[2] < 1.2  # 90 to 144 steps a minute


def test_somebody_who_walks_on_at_another_pace_does_not_stop() -> None:
    body = MovingBody((walk(20, "slow"), walk(20, "fast")), drawn(4), seed=4)
    around = np.arange(15.0, 28.0, 0.01)
    assert (body._choreography.gait.at(around) == 1.0).all()
    phase = body._choreography.strides.phase(around)[0]
    assert (np.diff(phase) > 0.005).all()


def test_a_heel_strike_leaves_no_speed_behind() -> None:
    strike = HeelStrike(Person())
    phase = np.arange(0.0, 200.0, 0.0005)
    felt = strike.felt_mps2(phase, since_strike_s(phase, np.ones_like(phase)), np.ones_like(phase))
    assert np.abs(felt).max() > 5.0
    assert np.abs(felt.mean(axis=0)).max() < 0.01


def longest_still_s(script: Script, seed: int) -> int:
    """The longest run that the pipeline's judge of stillness sees, with the noise of a common sensor (12 mm/s² in three axes)."""
    acc = felt_g(script, seed, np.arange(0.0, 600.0, 0.04)) * G
    acc += np.random.default_rng(seed).normal(0.0, 0.008, acc.shape)
    still, params, longest = Stillness(), StillnessParams(), 0
    for second in acc.reshape(-1, 25, 3):
        x, y, z = second.mean(axis=0).tolist()
        still.add(params, (x, y, z), float(np.sqrt(second.var(axis=0).sum())), 25.0)
        longest = max(longest, still.run_s)
    return longest


@pytest.mark.parametrize("act", [sit(600), sit(600, "low_sofa", "lean_back"), lie(600), lie(600, on_side=True)])
def test_nobody_keeps_as_still_as_a_table(act: Act) -> None:
    limit = StillnessParams().table_s
    assert max(longest_still_s((act,), seed) for seed in range(6)) < limit


def test_a_quiet_sitter_moves_by_tenths_of_a_degree() -> None:
    for seed in range(8):
        truth = MovingBody((sit(600),), drawn(seed), seed=seed).truth(np.arange(0.0, 600.0, 0.1))
        minutes = truth.thigh_flexion_deg.reshape(-1, 600)
        assert 0.05 < np.median(minutes.std(axis=1)) < 1.0


def test_sitting_down_bumps_once_and_does_not_ring_like_steps() -> None:
    person = drawn(2)
    body = MovingBody((stand(10), sit(20, "kitchen_chair")), person, seed=2)
    met = 10.0 + 0.8 * person.sit_down_s
    size = [np.abs(np.diff(np.linalg.norm(body.felt(met + t).specific_force_mps2, axis=1), 2)).max() for t in (
        np.arange(-0.5, -0.01, 0.01),
        np.arange(0.0, 0.3, 0.01),
        np.arange(0.7, 3.0, 0.01),
    )]  # fmt: skip
    assert size[1] > 5 * max(size[0], size[2])
