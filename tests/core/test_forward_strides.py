"""VQF once a stride, going forward: nearly as good as on every sample, and no sample waits for the stride it lies in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from vqf import VQF

from hipmonitor.core.frames import inverse, length, multiply, up_in_sensor
from hipmonitor.core.orientation.forward_strides import Forward, ForwardState
from hipmonitor.core.orientation.shaken import ShakenParams
from tests.core.builders import G
from tests.core.test_in_strides import OFFSET_RADPS, PERIOD_S, STRIDE, apart_deg, tumbling

STILL = np.array([0.0, 0.6, 0.8]) * G


def forward() -> Forward:
    return Forward(ForwardState(period_s=PERIOD_S, stride=STRIDE))


@pytest.mark.parametrize("most_dps", [30, 300, 900])
def test_the_tilt_is_nearly_as_good_as_that_of_vqf_on_every_sample(most_dps: float) -> None:
    """While the offset is still being learned; on people and by hand they differ by hundredths (`tests.benchmarks.inclination`)."""
    acc, gyr, truth = tumbling(120, most_dps)
    quats, _ = forward().step(acc, gyr)
    every = VQF(PERIOD_S).updateBatch(gyr, np.ascontiguousarray(acc))["quat6D"]
    late = slice(2000, None)
    assert apart_deg(quats[late], truth[late]).mean() <= 1.2 * apart_deg(every[late], truth[late]).mean()


def test_a_stride_of_one_sample_is_vqf_itself() -> None:
    acc, gyr, _ = tumbling(20, 300)
    quats, _ = Forward(ForwardState(period_s=PERIOD_S, stride=1)).step(acc, gyr)
    every = VQF(PERIOD_S).updateBatch(gyr, np.ascontiguousarray(acc))["quat6D"]
    assert apart_deg(quats, every).max() < 1e-5


def test_samples_are_free_of_the_offset_between_the_ends_of_strides_too() -> None:
    """Two degrees a second would be 0.14 deg in a stride."""
    gyr = np.tile(OFFSET_RADPS, (12_000, 1))
    quats, _ = forward().step(np.tile(STILL, (12_000, 1)), gyr)
    turns = multiply(inverse(quats[-STRIDE:-1]), quats[1 - STRIDE :])
    assert np.rad2deg(2 * length(turns[:, 1:])).max() < 0.002


def test_the_first_sample_tells_the_tilt() -> None:
    quats, _ = forward().step(STILL[None], np.zeros((1, 3)))
    np.testing.assert_allclose(up_in_sensor(quats)[0], STILL / G, atol=1e-9)


def test_the_tilt_is_forgotten_in_the_middle_of_a_stride() -> None:
    """What is felt after a loss of the angle counts at once, and not together with what was felt before it."""
    one, other = forward(), forward()
    for run in (one, other):
        run.step(np.tile(STILL, (1003, 1)), np.zeros((1003, 3)))
    one.forget(90.0, replace(ShakenParams(), least_weight_s=0.1))
    turned = np.tile(STILL[[0, 2, 1]], (70, 1))
    (sooner, _), (later, _) = (run.step(turned, np.zeros((70, 3))) for run in (one, other))
    assert apart_deg(sooner[-1:], later[-1:])[0] > 5


def test_another_run_knows_the_offset() -> None:
    run = forward()
    run.step(np.tile(STILL, (6000, 1)), np.tile(OFFSET_RADPS, (6000, 1)))
    quats, _ = run.anew().step(np.tile(STILL, (100, 1)), np.tile(OFFSET_RADPS, (100, 1)))
    turn = multiply(quats[-1], inverse(quats[STRIDE]))
    assert np.rad2deg(2 * np.arcsin(length(turn[1:]))) < 0.05
