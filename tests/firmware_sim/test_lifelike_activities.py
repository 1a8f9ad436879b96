"""Running, stairs and cycling of simulated people lie within what labelled recordings of real thighs show."""

from __future__ import annotations

import numpy as np
import pytest

from firmware_sim.body import Act, MovingBody, climb, cycle, descend, drawn, run, stand
from hipmonitor.core.arrays import Floats, Vec3s

G = 9.80665
PEOPLE = range(10)
ACTS = {"run": run(70), "up": climb(70), "down": descend(70), "cycle": cycle(110)}
NAMES = ("along_g", "across_g", "rms_g", "p99_g", "strongest_hz")
REAL = {
    # Medians of a person over five seconds at a time, 10th to 90th percentile of people: HARTH at 50 Hz (running 6 people,
    # stairs 3, cycling 4), widened by SENS at 12.5 Hz where it labels the same (stairs 2 people, cycling 8).
    "run": ((0.70, 1.08), (0.66, 1.05), (1.80, 2.25), (5.0, 6.9), (2.2, 3.4)),
    "up": ((0.31, 0.45), (0.25, 0.46), (0.52, 0.75), (2.1, 3.4), (1.2, 2.0)),
    "down": ((0.29, 0.45), (0.32, 0.46), (0.60, 0.85), (2.2, 3.5), (1.8, 2.5)),
    "cycle": ((0.29, 0.80), (0.12, 0.48), (0.30, 1.05), (1.5, 2.8), (1.0, 1.5)),
}
RATE_SD_DPS = {"run": (100.0, 215.0), "up": (45.0, 152.0), "down": (54.0, 130.0)}
"""About the axis with the largest rate, a phone in the trouser pocket of 8 people (MotionSense jog, ups, dws)."""


def felt(act: Act, seed: int) -> MovingBody:
    """As HARTH wears it, some 10 cm above the knee."""
    return MovingBody((stand(5), act, stand(5)), drawn(seed), seed=seed, along_m=0.27 + 0.006 * seed)


def statistics(acc_g: Vec3s) -> Floats:
    """The numbers of NAMES from samples at 50 Hz."""
    parts = acc_g[: len(acc_g) // 250 * 250].reshape(-1, 250, 3)
    tenths = parts.reshape(-1, 50, 5, 3).mean(axis=2)
    mean = tenths.mean(axis=1, keepdims=True)
    up = mean / np.linalg.norm(mean, axis=2, keepdims=True)
    along = np.sum((tenths - mean) * up, axis=2)
    across = tenths - mean - along[..., None] * up
    moved = parts - parts.mean(axis=1, keepdims=True)
    power = (np.abs(np.fft.rfft(moved, axis=1)) ** 2).sum(axis=2)
    hz = np.fft.rfftfreq(250, 0.02)
    gait = (hz >= 0.5) & (hz <= 5.0)
    each = (
        along.std(axis=1),
        np.sqrt((across**2).sum(axis=2).mean(axis=1)),
        np.sqrt((moved**2).sum(axis=2).mean(axis=1)),
        np.percentile(np.linalg.norm(parts, axis=2), 99, axis=1),
        hz[gait][np.argmax(power[:, gait], axis=1)],
    )
    return np.array([np.median(values) for values in each])


@pytest.mark.parametrize("name", ACTS)
def test_the_usual_person_is_within_the_real_ones_and_nobody_far_outside(name: str) -> None:
    t_s = np.arange(1200, 7200) / 100.0
    acc_g = [felt(ACTS[name], seed).felt(t_s).specific_force_mps2 / G for seed in PEOPLE]
    found = np.array([statistics(acc.reshape(-1, 2, 3).mean(axis=1)) for acc in acc_g])
    for number, (low, high) in enumerate(REAL[name]):
        assert low <= np.median(found[:, number]) <= high, NAMES[number]
        spread = high - low
        if NAMES[number] != "strongest_hz":  # jumps to a multiple of the stride
            assert found[:, number].min() > low - 1.2 * spread, NAMES[number]
            assert found[:, number].max() < high + 1.2 * spread, NAMES[number]


@pytest.mark.parametrize("name", RATE_SD_DPS)
def test_the_thigh_turns_as_fast_as_a_phone_in_the_pocket(name: str) -> None:
    t_s = np.arange(1200, 7200, 2) / 100.0
    low, high = RATE_SD_DPS[name]
    for seed in PEOPLE:
        rate_dps = np.degrees(felt(ACTS[name], seed).felt(t_s).angular_rate_radps)
        assert low < np.sqrt(np.linalg.eigvalsh(np.cov(rate_dps.T))[-1]) < high * 1.1


@pytest.mark.parametrize(
    ("name", "tops_deg", "bottoms_deg", "per_min"),
    [
        ("run", (22, 52), (-36, -8), (144, 186)),  # steps
        ("up", (50, 72), (-12, 14), (88, 114)),
        ("down", (25, 50), (-4, 22), (92, 120)),
        ("cycle", (48, 72), (8, 30), (50, 100)),  # turns of the crank
    ],
)
def test_swings_and_cadences_are_those_of_the_books(
    name: str, tops_deg: tuple[int, int], bottoms_deg: tuple[int, int], per_min: tuple[int, int]
) -> None:
    for seed in PEOPLE:
        body = felt(ACTS[name], seed)
        flexion = body.truth(np.arange(1200, 7000, 4) / 100.0).thigh_flexion_deg
        assert tops_deg[0] < np.percentile(flexion, 98) < tops_deg[1]
        assert bottoms_deg[0] < np.percentile(flexion, 2) < bottoms_deg[1]
        happened = body.events()
        beats = happened.crank_s if name == "cycle" else happened.steps_s
        assert per_min[0] <= 60.0 / np.median(np.diff(beats)) <= per_min[1]


def test_one_s_own_way_of_running_is_not_another_s() -> None:
    t_s = np.arange(3000, 3400) / 100.0
    one, same, other = (felt(ACTS["run"], seed).felt(t_s).specific_force_mps2 for seed in (3, 3, 4))
    assert np.array_equal(one, same)
    assert np.abs(one - other).max() > G
