"""A pelvis sensor that is taken off, loses its place or is not heard: what is said of the hip, and of the sensor."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.hip import HipMethod, HipParams, PelvisMethod, PelvisPlacement, PelvisPlacingParams
from hipmonitor.core.inbound import ChangeSettings, Inbound, LinkChange, LinkState, Samples, SensorId, Tick, TookOff
from hipmonitor.core.orientation import SettledOrientation, SettledOrientationParams
from hipmonitor.core.pipeline import HipUpdate, Pipeline, PipelineParams
from hipmonitor.core.settings import Settings
from hipmonitor.core.settings_in_force import FROM_THE_BEGINNING
from hipmonitor.core.thigh import Placement, PlacementMethod, PlacingParams
from tests.core.builders import OTHER_SENSOR, SENSOR, about, arrays, at, did, still

STRAIGHT = about([0.0, 0.0, 1.0], 0)
SEATED, STANDING = (0.866, 0.5, 0.0), (0.0, 1.0, 0.0)
THIGH = Placement(since=FROM_THE_BEGINNING, thigh_from_sensor=STRAIGHT, method=PlacementMethod.GIVEN, sd_deg=2.0)
PELVIS = PelvisPlacement(
    since=FROM_THE_BEGINNING,
    pelvis_from_sensor=STRAIGHT,
    method=PelvisMethod.GIVEN,
    tilt_sd_deg=2.0,
    forward_sd_deg=5.0,
)


def feels(up: tuple[float, float, float], seconds: float, start_s: float, sensor: SensorId = SENSOR) -> Samples:
    """A sensor at rest, restless by 0.01 g so that it counts as worn."""
    block = still(up, seconds, start_s=start_s)
    stir = np.random.default_rng(round(start_s)).normal(0, 0.1, block.acc_mps2.shape)
    return arrays(block.acc_mps2 + stir, rate_hz=20.0, start_s=start_s, sensor=sensor)


def worn(pelvis: str = OTHER_SENSOR) -> ChangeSettings:
    return ChangeSettings(settings=Settings(side="right", pelvis_sensor=pelvis))


def both(start_s: int, end_s: int) -> list[Inbound]:
    """Both sensors, as they come."""
    return [
        feels(up, 1, second, sensor)
        for second in range(start_s, end_s)
        for up, sensor in ((STANDING, OTHER_SENSOR), (SEATED, SENSOR))
    ]


def given(*, settled: bool) -> Pipeline:
    """Where both sensors sit is known."""
    params = PipelineParams(
        placing=PlacingParams(given=(THIGH,)), hip=HipParams(placing=PelvisPlacingParams(given=(PELVIS,)))
    )
    chunks = SettledOrientationParams(chunk_samples=200, margin_samples=20)
    return Pipeline(params, orientation=(lambda: SettledOrientation(chunks)) if settled else None)


OVER = [
    Tick(at=at(60), civil_day=20254, minute_of_day=900, weekday=6, utc_offset_s=0),
    LinkChange(at=at(60), sensor=SENSOR, state=LinkState.ENDED),
]


def measured(update: HipUpdate) -> list[int]:
    """Seconds with a measured row, from the second on: the first one's angle is not trusted as lived."""
    t_ns, method = (
        np.concatenate([getattr(piece.hip, name) for piece in update.pieces]) for name in ("t_ns", "hip_method")
    )
    seconds = np.unique((t_ns[method == HipMethod.MEASURED] - at(0)) // 10**9)
    return seconds[seconds > 0].tolist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("settled", [False, True])
def test_taking_it_off_ends_a_given_placement_of_the_pelvis(settled: bool) -> None:
    update = given(settled=settled).step([did(0, worn()), *both(0, 30), did(30, TookOff()), *both(30, 60), *OVER])
    assert measured(update) == list(range(1, 30))


@pytest.mark.parametrize("settled", [False, True])
def test_a_given_placement_of_the_pelvis_does_not_begin_after_the_sensors_were_taken_off(settled: bool) -> None:
    update = given(settled=settled).step([did(0, worn()), did(0, TookOff()), *both(0, 60), *OVER])
    assert measured(update) == []


@pytest.mark.parametrize("pelvis", ["", "C4:00:00:00:00:07"])
@pytest.mark.parametrize("settled", [False, True])
def test_a_pelvis_sensor_that_loses_its_place_measures_until_then(settled: bool, pelvis: str) -> None:
    update = given(settled=settled).step([did(0, worn()), *both(0, 30), did(30, worn(pelvis)), *both(30, 60), *OVER])
    assert measured(update)[:28] == list(range(1, 29))
    assert max(measured(update)) <= 30


def test_gaps_of_the_pelvis_sensor_have_its_name() -> None:
    gone = [event for event in both(0, 60) if not (event.sensor == OTHER_SENSOR and at(20) <= event.at < at(25))]  # type: ignore[union-attr]
    update = given(settled=False).step([did(0, worn()), *gone, *OVER])
    (gap,) = (gap for piece in update.pieces for gap in piece.gaps_beside)
    assert gap.sensor == OTHER_SENSOR
    assert (gap.start, gap.end) == (at(20), at(25))
    assert not any(piece.gaps for piece in update.pieces)
