"""The guards' judgement, window by window: what is a broken sensor, and what only looks like one."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from hipmonitor.core.samples import Doubt, ImuBlock, Sampling, joined_blocks
from tests.core.builders import G, arrays

RATE_HZ = 50.0


def noisy(seconds: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """(acc, gyr) of a sensor on a table, with its noise."""
    n = round(seconds * RATE_HZ)
    noise = np.random.default_rng(seed)
    acc = np.tile([0, 0, G], (n, 1)) + noise.normal(0, 0.05, (n, 3))
    return acc, noise.normal(0, 0.003, (n, 3))


def stirred(seconds: float) -> tuple[np.ndarray, np.ndarray]:
    """The same while it is shaken along all axes."""
    acc, gyr = noisy(seconds)
    t = np.arange(len(acc)) / RATE_HZ
    acc += 4 * np.sin(2 * np.pi * np.outer(t, [1.1, 1.7, 2.3]))
    gyr += np.sin(2 * np.pi * np.outer(t, [1.3, 0.9, 1.9]))
    return acc, gyr


def heard(acc: np.ndarray, gyr: np.ndarray | None = None, sampling: Sampling | None = None) -> ImuBlock:
    return (sampling or Sampling()).step([arrays(acc, gyr, rate_hz=RATE_HZ)])


def kinds(block: ImuBlock) -> list[Doubt]:
    return [doubt.kind for doubt in block.doubts]


def test_a_sensor_that_is_shaken_is_believed() -> None:
    assert kinds(heard(*stirred(60))) == []


@pytest.mark.parametrize("axis", range(6))
def test_an_axis_that_stands_still_while_others_move_is_stuck_after_three_seconds(axis: int) -> None:
    acc, gyr = stirred(60)
    (acc if axis < 3 else gyr)[1500:, axis % 3] = 0.25
    block = heard(acc, gyr)
    assert kinds(block) == [Doubt.ACCELEROMETER_STUCK if axis < 3 else Doubt.GYROSCOPE_STUCK]
    assert (block.doubts[0].since - block.t_ns[0]) / 1e9 == pytest.approx(34, abs=1.1)


def test_an_axis_that_never_moved_is_let_alone_as_long_as_nothing_contradicts_it() -> None:
    """A planar movement without noise, as in a lesson."""
    acc, gyr = stirred(60)
    acc[:, 1], gyr[:, 0] = 0.0, 0.0
    assert kinds(heard(acc, gyr)) == []


def test_standing_still_together_is_not_being_stuck() -> None:
    acc, gyr = stirred(60)
    acc[1500:], gyr[1500:] = acc[1500], gyr[1500]
    assert Doubt.ACCELEROMETER_STUCK not in kinds(heard(acc, gyr))
    assert Doubt.GYROSCOPE_STUCK not in kinds(heard(acc, gyr))


def test_an_accelerometer_that_gives_one_number_on_all_axes_while_the_gyroscope_turns_is_stuck() -> None:
    acc, gyr = stirred(60)
    acc[1500:] = [0, 0, G]
    assert kinds(heard(acc, gyr))[0] is Doubt.ACCELEROMETER_STUCK


def test_a_gyroscope_that_gives_nothing_while_the_accelerometer_is_shaken_is_stuck_after_ten_seconds() -> None:
    acc, gyr = stirred(60)
    block = heard(acc, np.zeros_like(gyr))
    assert kinds(block) == [Doubt.GYROSCOPE_STUCK]


def test_an_axis_that_moves_again_is_believed_again() -> None:
    acc, gyr = stirred(60)
    acc[1000:1500, 0] = 0.25
    assert kinds(heard(acc, gyr)) == [Doubt.ACCELEROMETER_STUCK, Doubt.NONE]


@pytest.mark.parametrize(("share", "doubted"), [(0.7, True), (0.85, False), (1.15, False), (1.3, True), (0.0, True)])
def test_rest_far_from_one_g_is_a_fault_of_scale_and_near_it_one_of_calibration(share: float, doubted: bool) -> None:
    acc, _ = noisy(20)
    block = heard(acc * share)
    assert kinds(block) == ([Doubt.ACCELEROMETER_SCALE] if doubted else [])
    assert (len(block) < 200) == doubted


def test_a_gyroscope_faster_than_any_leg_for_a_second_is_set_aside_without_waiting_for_rest() -> None:
    acc, gyr = stirred(60)
    gyr[1500:] *= 57.3
    block = heard(acc, gyr)
    assert kinds(block) == [Doubt.GYROSCOPE_DISAGREES]
    assert block.gyr_radps is not None
    assert (block.gyr_radps[-500:] == 0).all()


def test_being_carried_about_without_turning_is_no_disagreement() -> None:
    acc, gyr = noisy(120)
    t = np.arange(len(acc)) / RATE_HZ
    acc += 1.5 * np.sin(2 * np.pi * np.outer(t, [0.31, 0.47, 0.23]))
    assert kinds(heard(acc, gyr)) == []


def test_another_sensor_stream_is_judged_anew() -> None:
    acc, gyr = stirred(60)
    acc[1500:, 0] = 0.25
    sampling = Sampling()
    heard(acc, gyr, sampling)
    assert sampling.doubt is not None
    sampling.step([arrays(noisy(1)[0], rate_hz=25.0, start_s=100)])
    assert sampling.doubt is None


def broken() -> tuple[np.ndarray, np.ndarray]:
    """Stuck, in the wrong unit, off scale, not finite, at its rail: one after the other."""
    acc, gyr = stirred(70)
    quiet_acc, quiet_gyr = noisy(20)
    acc, gyr = np.concatenate([acc, quiet_acc]), np.concatenate([gyr, quiet_gyr])
    acc[500:900, 2] = 1.0
    acc[1200] = np.nan
    acc[1300:1310, 1] = 19.6
    gyr[1500:2200] *= 57.3
    acc[3700:4100] *= 1.5
    return acc, gyr


@pytest.mark.parametrize("cut", [1, 13, 1000])
def test_the_judgement_is_the_same_however_the_stream_was_cut_and_from_a_saved_state(cut: int) -> None:
    acc, gyr = broken()
    whole = heard(acc, gyr)
    assert set(kinds(whole)) == {
        Doubt.ACCELEROMETER_STUCK,
        Doubt.GYROSCOPE_DISAGREES,
        Doubt.ACCELEROMETER_SCALE,
        Doubt.NONE,
    }
    sampling, parts = Sampling(), []
    for start in range(0, len(acc), cut):
        rows = slice(start, start + cut)
        parts.append(sampling.step([arrays(acc[rows], gyr[rows], rate_hz=RATE_HZ, start_s=start / RATE_HZ)]))
        if start // cut % 50 == 7:
            sampling = Sampling(None, pickle.loads(pickle.dumps(sampling.state)))  # noqa: S301 - our own bytes
    apart = joined_blocks([part for part in parts if len(part)])
    for name in ("t_ns", "acc_mps2", "gyr_radps", "doubt", "lost_deg", "clipped", "segment", "measured"):
        assert getattr(apart, name).tobytes() == getattr(whole, name).tobytes(), name
    assert tuple(doubt for part in parts for doubt in part.doubts) == whole.doubts
    assert tuple(gap for part in parts for gap in part.gaps) == whole.gaps


def test_every_doubt_has_a_sentence_for_a_person() -> None:
    sentences = [doubt.sentence for doubt in Doubt]
    assert len(set(sentences)) == len(Doubt)
    assert all(sentence.endswith(".") for sentence in sentences)
