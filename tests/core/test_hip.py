"""The hip from one thigh sensor: a number with its doubt where posture gives one, and a reason where it gives none."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.hip import Hip, HipBlock, HipMethod
from tests.core.builders import activity, at, thigh

SIT, STAND, WALK = ActivityKind.SIT, ActivityKind.STAND, ActivityKind.WALK


def hip_of(kind: ActivityKind, flexion_deg: float, sd_deg: float = 0.0) -> HipBlock:
    """One second of this."""
    return Hip().step(thigh([flexion_deg], sd_deg=sd_deg), activity([kind]))


def test_seated_the_hip_is_the_thigh_less_twenty_degrees_of_pelvic_roll() -> None:
    out = hip_of(SIT, 85)
    assert out.hip_flexion_deg.tolist() == [65] * 4
    assert out.hip_method.tolist() == [HipMethod.SEATED] * 4


@pytest.mark.parametrize("placement_sd", [0.0, 2.5, 10.0])
def test_seated_the_sd_is_thirteen_degrees_and_the_placement_s_together(placement_sd: float) -> None:
    assert hip_of(SIT, 85, placement_sd).hip_flexion_sd_deg == pytest.approx(sqrt(13**2 + placement_sd**2))


@pytest.mark.parametrize("kind", [STAND, WALK])
@pytest.mark.parametrize("flexion_deg", [-15.0, 0.0, 45.0])
def test_upright_the_hip_is_the_thigh(kind: ActivityKind, flexion_deg: float) -> None:
    out = hip_of(kind, flexion_deg, 2.5)
    assert out.hip_flexion_deg.tolist() == [flexion_deg] * 4
    assert out.hip_flexion_sd_deg == pytest.approx(sqrt(6**2 + 2.5**2))
    assert out.hip_method.tolist() == [HipMethod.UPRIGHT] * 4


@pytest.mark.parametrize(
    ("kind", "flexion_deg", "method"),
    [
        (STAND, 46.0, HipMethod.AT_LEAST_THIGH),
        (WALK, 60.0, HipMethod.AT_LEAST_THIGH),
        (ActivityKind.RUN, 20.0, HipMethod.AT_LEAST_THIGH),
        (ActivityKind.STAIRS, 30.0, HipMethod.AT_LEAST_THIGH),
        (ActivityKind.CYCLE, 60.0, HipMethod.AT_LEAST_THIGH),
        (ActivityKind.LIE, 0.0, HipMethod.LYING),
        (ActivityKind.SEDENTARY, 85.0, HipMethod.UNCLEAR),
        (ActivityKind.UNKNOWN, 85.0, HipMethod.UNCLEAR),
        (ActivityKind.NOT_WORN, 85.0, HipMethod.NONE),
        (SIT, float("nan"), HipMethod.NONE),
    ],
    ids=["squat", "lunge", "run", "stairs", "cycle", "lie", "sedentary", "unknown", "not worn", "no placement"],
)
def test_no_number_is_shown_where_none_can_be_known_and_the_method_says_why(
    kind: ActivityKind, flexion_deg: float, method: HipMethod
) -> None:
    out = hip_of(kind, flexion_deg, 2.0)
    assert np.isnan(out.hip_flexion_deg).all()
    assert np.isnan(out.hip_flexion_sd_deg).all()
    assert out.hip_method.tolist() == [method] * 4


def test_one_sensor_never_tells_adduction_or_rotation() -> None:
    out = hip_of(STAND, 0)
    assert np.isnan(out.hip_adduction_deg).all()
    assert np.isnan(out.hip_rotation_deg).all()


def test_rows_wait_until_their_second_is_decided() -> None:
    hip = Hip()
    assert len(hip.step(thigh([0, 85, 85]), activity([]))) == 0
    first = hip.step(thigh([85], start_s=3), activity([STAND]))
    assert first.t_ns.tolist() == [at(0), at(0.25), at(0.5), at(0.75)]
    rest = hip.step(thigh([]), activity([WALK, ActivityKind.LIE], start_s=1))
    assert rest.hip_method.tolist() == [HipMethod.AT_LEAST_THIGH] * 4 + [HipMethod.LYING] * 4


def test_every_row_takes_the_posture_of_its_own_second() -> None:
    out = Hip().step(thigh([85, 0]), activity([SIT, STAND]))
    assert out.hip_method.tolist() == [HipMethod.SEATED] * 4 + [HipMethod.UPRIGHT] * 4


def test_a_seat_gives_a_number_from_its_fifth_second_on_for_it_may_be_a_squat() -> None:
    hip, kinds = Hip(), [STAND, *[SIT] * 6]
    first = hip.step(thigh([0, *[85] * 3]), activity(kinds[:4]))
    rest = hip.step(thigh([85] * 3, start_s=4), activity(kinds[4:], start_s=4))
    methods = [*first.hip_method[::4].tolist(), *rest.hip_method[::4].tolist()]
    assert methods == [HipMethod.UPRIGHT, *[HipMethod.UNCLEAR] * 4, *[HipMethod.SEATED] * 2]


def test_squats_of_a_set_that_look_like_one_seat_get_no_number() -> None:
    """The thigh is straight for a moment in between; row by row as well as at once."""
    flexion, kinds = [0, *[85, 85, 20] * 5, *[85] * 6], [STAND, *[SIT] * 21]
    whole = Hip().step(thigh(flexion), activity(kinds))
    hip = Hip()
    parts = [hip.step(thigh(flexion[k : k + 1], start_s=k), activity(kinds[k : k + 1], start_s=k)) for k in range(22)]
    assert set(whole.hip_method[4:76].tolist()) == {HipMethod.UNCLEAR}
    assert set(whole.hip_method[80:].tolist()) == {HipMethod.SEATED}
    assert np.concatenate([part.hip_method for part in parts]).tolist() == whole.hip_method.tolist()


def test_trust_is_the_thigh_s() -> None:
    out = Hip().step(thigh([0, 0], trusted=[True, False]), activity([STAND, STAND]))
    assert out.trusted.tolist() == [True] * 4 + [False] * 4


def test_a_method_is_named_in_small_letters() -> None:
    assert HipMethod.AT_LEAST_THIGH.word == "at_least_thigh"
