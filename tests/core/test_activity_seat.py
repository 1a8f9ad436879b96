"""Sitting or lying on the back: what is shown, what is assumed, and that nobody who lies is told to lower the thigh."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.activity import Activity, ActivityBlock, ActivityKind
from hipmonitor.core.alerts import Alert, AlertKind, Alerts
from hipmonitor.core.exposure import ExposureCounter, TimedSecond
from hipmonitor.core.inbound import HoldPose, Pose
from hipmonitor.core.settings import DeepFlexionLimit, Settings
from tests.core.thigh_streams import Script, decided_by, did, felt, imu_block, interrupted, mounting, thigh_block

MOUNTED = mounting(3)
K = ActivityKind
SHOWN, ASSUMED = 0.8, 0.6
ARRIVED_S = 5
"""Every stream begins upright, and is where it says after so long."""
GOT_UP: Script = [("stand", 20), ("walk", 30)]
SHIFTING: Script = [("sofa", 100), ("sofa, feet nearer", 100)] * 6
SHORT = Settings(deep_flexion=DeepFlexionLimit(thigh_limit_deg=90, deep_limit_min=0.1))


def told(script: Script, settings: Settings | None = None) -> tuple[list[TimedSecond], list[Alert]]:
    """Activity, exposure and alerts of a script, with the presets."""
    imu = imu_block(felt(script), thigh_from_sensor=MOUNTED)
    settings = settings or Settings()
    exposure = ExposureCounter(settings).step(
        imu, thigh_block(imu, MOUNTED), decided_by(Activity(), imu, MOUNTED), flush=True
    )
    return list(exposure.seconds), list(Alerts(settings).step(exposure.seconds))


def said(script: Script, *, lost: tuple[int, int] | None = None, **how: object) -> ActivityBlock:
    imu = imu_block(felt(script), thigh_from_sensor=MOUNTED)
    return decided_by(Activity(), imu if lost is None else interrupted(imu, *lost), MOUNTED, **how)  # type: ignore[arg-type]


def deep(alerts: list[Alert]) -> list[str]:
    return [alert.level.name for alert in alerts if alert.kind is AlertKind.DEEP_FLEXION]


@pytest.mark.parametrize("minutes", [20, 60])
def test_somebody_on_the_back_who_stirs_is_never_told_of_deep_flexion(minutes: int) -> None:
    """Straight from walking, a pillow under the knees: the thigh is above the limit, and nothing shows a seat."""
    seconds, alerts = told([*GOT_UP, ("pillow", minutes * 60)])
    assert deep(alerts) == []
    assert seconds[-1].deep_s <= 30
    assert seconds[-1].kind is (K.SIT if minutes == 20 else K.SEDENTARY)
    assert alerts == []


def test_somebody_on_a_low_sofa_who_moves_the_feet_now_and_then_is_told() -> None:
    seconds, alerts = told([*GOT_UP, *SHIFTING])
    assert deep(alerts)[:3] == ["NOTICE", "NUDGE", "ALERT"]
    assert np.mean([second.deep for second in seconds[60:]]) > 0.85


def test_somebody_who_just_sat_down_is_told_at_once_where_the_limit_is_short() -> None:
    assert deep(told([*GOT_UP, ("sofa", 20)], SHORT)[1])[-1] == "ALERT"


def test_sitting_is_shown_for_half_a_minute_and_then_assumed_for_twenty() -> None:
    block = said([*GOT_UP, ("sit", 1500)])
    assert set(block.kind[52:].tolist()) == {K.SIT, K.SEDENTARY}
    assert (block.confidence[52:78] == SHOWN).all()
    assert (block.kind[52 : 50 + 1195] == K.SIT).all()
    assert (block.confidence[82 : 50 + 1195] == ASSUMED).all()
    assert (block.kind[50 + 1205 :] == K.SEDENTARY).all()


def test_a_slope_that_no_bed_has_is_sitting_whatever_came_before() -> None:
    block = said([("chair", 2000)])
    assert (block.kind == K.SIT).all()
    assert (block.confidence == SHOWN).all()


def test_a_thigh_that_sloped_is_shown_to_sit_for_two_minutes_more() -> None:
    block = said([("chair", 60), ("sit", 300)])
    assert (block.confidence[:175] == SHOWN).all()
    assert (block.confidence[185:] == ASSUMED).all()


def test_stirring_alone_is_no_sitting() -> None:
    """Put on while sitting or lying: nobody knows until the thigh is put down anew."""
    assert set(said([("sit", 300)]).kind[ARRIVED_S:].tolist()) == {K.SEDENTARY}


def test_a_thigh_that_is_put_down_anew_sits() -> None:
    block = said([("sofa", 120), ("sofa, feet nearer", 60)])
    assert (block.kind[:120] == K.SEDENTARY).all()
    assert (block.confidence[135:] == SHOWN).all()
    assert (block.kind[135:] == K.SIT).all()


def test_finding_one_s_place_is_no_shift() -> None:
    block = said([*GOT_UP, ("sofa", 15), ("sofa, feet nearer", 200)])
    assert (block.confidence[82:] == ASSUMED).all()


def test_who_lies_on_the_side_has_not_sat_down_when_back_on_the_back() -> None:
    block = said([*GOT_UP, ("sit", 60), ("side", 60), ("pillow", 120)])
    assert (block.kind[120:] == K.LIE).all()


def test_a_short_loss_does_not_make_a_seat_unknown() -> None:
    assert (said([*GOT_UP, ("sit", 300)], lost=(5000, 20)).kind[125:] == K.SIT).all()


def test_a_longer_one_does() -> None:
    assert (said([*GOT_UP, ("sit", 300)], lost=(5000, 40)).kind[145:] == K.SEDENTARY).all()


def test_a_wearer_who_says_that_they_sit_is_believed() -> None:
    """A guided calibration: no placement knew of the sitting down."""
    block = said([("sit", 400)], actions=[did(20.0, HoldPose(pose=Pose.SIT))])
    assert (block.kind[ARRIVED_S:20] == K.SEDENTARY).all()
    assert (block.kind[20:] == K.SIT).all()
    assert (block.confidence[20:139] == SHOWN).all()
    assert (block.confidence[141:] == ASSUMED).all()
