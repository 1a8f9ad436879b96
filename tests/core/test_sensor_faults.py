"""What a broken or wrongly read sensor leads to, through the whole pipeline: recovery, or a held state that says why."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import Pipeline, PipelineParams
from hipmonitor.core.samples import Doubt
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import Placement, PlacementMethod, PlacingParams
from hipmonitor.core.wire import FaultKind
from hipmonitor.runtime.analysis import Analysis, Reading
from hipmonitor.runtime.analyze import analyze
from hipmonitor.runtime.slabs import array_slabs, checked
from tests.benchmarks.angles_simulated import read
from tests.benchmarks.angles_simulated import worn as simulated
from tests.core.builders import G

RATE_HZ = 100.0
READINGS: tuple[Reading, ...] = ("as_lived", "settled")
STRAIGHT = Placement(
    since=HostNs(-(1 << 62)),
    thigh_from_sensor=np.array([1.0, 0, 0, 0]),
    method=PlacementMethod.GIVEN,
    sd_deg=1.0,
)
"""The sensor's axes are the thigh's: x forward, y up, z to the right."""


@dataclass
class Worn:
    """A thigh that stands, sits down at 20 s, rises at 37 s, and so on, a little noisy; its true flexion in degrees."""

    acc: np.ndarray
    gyr: np.ndarray
    flexion_deg: np.ndarray

    def analysed(self, reading: Reading) -> Analysis:
        return analyze(acc_mps2=self.acc, gyr_radps=self.gyr, rate_hz=RATE_HZ, placement=STRAIGHT, reading=reading)

    def errors_deg(self, analysis: Analysis, from_s: float, to_s: float) -> np.ndarray:
        """Of the trusted rows of a part."""
        rows = at(from_s, to_s)
        error = analysis.thigh_flexion_deg[rows] - self.flexion_deg[rows]
        return np.asarray(np.abs(error[analysis.trusted[rows]]))


def at(from_s: float, to_s: float) -> slice:
    return slice(round(from_s * RATE_HZ), round(to_s * RATE_HZ))


def worn(seconds: float = 200.0, *, sits_in_s: float = 2.0, seed: int = 3) -> Worn:
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    phase = t % 40.0
    down, up = (0.5 - 0.5 * np.cos(np.pi * np.clip((phase - s) / sits_in_s, 0, 1)) for s in (19.0, 36.0))
    flexion = np.deg2rad(5 + 80 * (down - up) + 0.5 * np.sin(2 * np.pi * 0.3 * t))
    noise = np.random.default_rng(seed)
    acc = G * np.stack([np.sin(flexion), np.cos(flexion), np.full_like(t, 0.05)], axis=1)
    gyr = np.stack([0 * t, 0 * t, np.gradient(flexion, 1 / RATE_HZ)], axis=1)
    acc += noise.normal(0, 0.05, acc.shape)
    gyr += noise.normal(0, 0.003, gyr.shape) + np.deg2rad([0.3, -0.2, 0.1])
    return Worn(acc=acc, gyr=gyr, flexion_deg=np.rad2deg(flexion))


def says(analysis: Analysis, doubt: Doubt) -> bool:
    return any(event.kind == "sensor" and event.detail == doubt.sentence for event in analysis.events)


@pytest.mark.parametrize("reading", READINGS)
def test_a_healthy_sensor_is_believed_throughout(reading: Reading) -> None:
    body = worn()
    analysis = body.analysed(reading)
    assert not any(event.kind == "sensor" for event in analysis.events)
    assert analysis.trusted[at(3, 200)].all()
    assert body.errors_deg(analysis, 3, 200).max() < 2


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("axis", range(6))
def test_one_nan_changes_nothing_but_its_own_row(reading: Reading, axis: int) -> None:
    body = worn(90)
    (body.acc if axis < 3 else body.gyr)[3000, axis % 3] = np.nan
    analysis = body.analysed(reading)
    assert analysis.faults[FaultKind.NOT_FINITE] == 1
    assert np.flatnonzero(~analysis.trusted[at(3, 90)]).tolist() == [2700]
    assert body.errors_deg(analysis, 3, 90).max() < 2


@pytest.mark.parametrize("reading", READINGS)
def test_a_second_of_rates_out_of_range_is_not_trusted_and_healed_soon_after(reading: Reading) -> None:
    """±125 deg/s, the smallest range there is, where dropping into a chair takes 210 deg/s: 25 deg are lost."""
    body = worn(90, sits_in_s=0.6)
    most = np.deg2rad(125)
    body.gyr = np.clip(body.gyr, -most, most)
    analysis = body.analysed(reading)
    assert analysis.faults[FaultKind.CLIPPED] > 50
    assert not analysis.trusted[at(19.3, 20.5)].any()
    assert analysis.trusted[at(26, 34)].all()
    assert body.errors_deg(analysis, 3, 90).max() < 6


@pytest.mark.parametrize("reading", READINGS)
def test_a_stuck_axis_of_the_accelerometer_is_time_not_known_and_its_end_is_recovery(reading: Reading) -> None:
    """It reads 1 g up along the thigh for ever; while standing nothing is wrong with that, while sitting it says so."""
    body = worn()
    body.acc[at(45, 75), 1] = body.acc[4500, 1]
    analysis = body.analysed(reading)
    assert says(analysis, Doubt.ACCELEROMETER_STUCK)
    assert [gap.reason for gap in analysis.gaps] == [Doubt.ACCELEROMETER_STUCK.sentence]
    assert not analysis.trusted[at(65, 75)].any()
    assert set(analysis.activity_per_second()[68:74]) == {"unknown"}
    assert analysis.trusted[at(82, 118)].all()
    assert body.errors_deg(analysis, 82, 200).max() < 2


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("factor", [57.2958, 1 / 57.2958, 0.0])
def test_a_gyroscope_in_the_wrong_unit_is_set_aside_said_so_and_taken_back_when_it_agrees(
    reading: Reading, factor: float
) -> None:
    """From 70 s on; a small one is only noticed when the thigh has turned without its having seen it, at 79 and 97 s."""
    body = worn(500, sits_in_s=2.5)
    body.gyr[at(70, 150)] *= factor
    analysis = body.analysed(reading)
    said = [event.detail for event in analysis.events if event.kind == "sensor"]
    assert {Doubt.GYROSCOPE_DISAGREES.sentence, Doubt.GYROSCOPE_STUCK.sentence} & set(said)
    assert said[-1] == Doubt.NONE.sentence
    assert analysis.faults[FaultKind.GYROSCOPE_DOUBTED] > 2000
    assert analysis.trusted[at(104, 117)].all(), "at rest gravity is enough"
    assert body.errors_deg(analysis, 102, 500).max() < 13, "gravity alone, where it says that it can"
    assert body.errors_deg(analysis, 300, 500).max() < 2


@pytest.mark.parametrize("reading", READINGS)
def test_a_stuck_axis_of_the_gyroscope_is_set_aside(reading: Reading) -> None:
    """The axis that sees sitting down; another one is stirred, as walking does."""
    body = worn()
    body.gyr[:, 0] += np.sin(2 * np.pi * 0.9 * np.arange(len(body.gyr)) / RATE_HZ)
    body.gyr[at(15, 200), 2] = 0.02
    analysis = body.analysed(reading)
    assert says(analysis, Doubt.GYROSCOPE_STUCK)
    assert body.errors_deg(analysis, 24, 200).max() < 13


@pytest.mark.parametrize("reading", READINGS)
def test_an_accelerometer_of_1_07_g_changes_no_angle(reading: Reading) -> None:
    body = worn()
    body.acc *= 1.07
    analysis = body.analysed(reading)
    assert analysis.trusted[at(3, 200)].all()
    assert body.errors_deg(analysis, 3, 200).max() < 2


def test_an_accelerometer_of_1_07_g_changes_no_angle_of_a_placement_learned_as_lived() -> None:
    """Settled, two directions of rest cannot tell it from an offset; half of it is taken for one (`tests.benchmarks.angles`)."""
    person = simulated(0)
    scaled = replace(person, arrays=replace(person.arrays, acc_mps2=1.07 * person.arrays.acc_mps2))
    one, other = (read(who, "as_lived", guided=False) for who in (person, scaled))
    assert other.sitting_deg == pytest.approx(one.sitting_deg, abs=0.3)
    assert abs(read(scaled, "settled", guided=False).sitting_deg) < 2 * one.placement.sd_deg


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_an_accelerometer_of_the_wrong_range_is_not_read_until_rest_is_1_g_again(
    reading: Reading, factor: float
) -> None:
    body = worn()
    body.acc[at(50, 130)] *= factor
    analysis = body.analysed(reading)
    assert says(analysis, Doubt.ACCELEROMETER_SCALE)
    assert [gap.reason for gap in analysis.gaps] == [Doubt.ACCELEROMETER_SCALE.sentence]
    assert not analysis.trusted[at(55, 130)].any()
    assert analysis.trusted[at(142, 150)].all()
    assert body.errors_deg(analysis, 142, 200).max() < 2


def test_while_it_lasts_the_snapshot_says_what_is_not_believed_and_since_when() -> None:
    body = worn(60)
    body.acc[at(20, 60)] *= 2
    arrays = checked(acc_mps2=body.acc, gyr_radps=body.gyr, rate_hz=RATE_HZ, t_ns=None)
    pipeline = Pipeline(PipelineParams(placing=PlacingParams(given=(STRAIGHT,))))
    now = [update.now for events in array_slabs(arrays, Settings()) if (update := pipeline.step(events)).now]
    doubt = now[-1].doubt if now[-1] else None
    assert doubt is not None
    assert doubt.kind is Doubt.ACCELEROMETER_SCALE
    assert doubt.since / 1e9 == pytest.approx(24, abs=4)
    assert "1 g" in doubt.sentence
