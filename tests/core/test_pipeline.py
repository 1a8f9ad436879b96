"""The corridor: everything takes effect where it happened, and a snapshot is of its Tick."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import AlertKind, AlertLevel, Hold
from hipmonitor.core.hip import HipMethod
from hipmonitor.core.inbound import (
    ChangeSettings,
    ClockStep,
    ForgetPlacement,
    HoldPose,
    Inbound,
    LinkChange,
    LinkState,
    Mark,
    Notification,
    Pose,
    Samples,
    SensorId,
    Snooze,
    Tick,
    TookOff,
)
from hipmonitor.core.orientation import SettledOrientation, SettledOrientationParams
from hipmonitor.core.pipeline import HipUpdate, Pipeline, PipelineParams
from hipmonitor.core.settings import DeepFlexionLimit, Settings, Side, SittingLimit
from hipmonitor.core.thigh import Placement, PlacementMethod, PlacingParams
from hipmonitor.core.wire import FaultKind
from hipmonitor.core.wire import hip_protocol as hip
from tests.core.builders import (
    OTHER_SENSOR,
    SENSOR,
    about,
    arrays,
    at,
    data_bytes,
    did,
    info_bytes,
    note,
    still,
)

SEATED = (0.866, 0.5, 0.0)
"""Thigh at 60 degrees: sloping as no bed does, so plainly sitting."""
STANDING = (0.0, 1.0, 0.0)


def feels(up: tuple[float, float, float], seconds: float, start_s: float, sensor: SensorId = SENSOR) -> Samples:
    """A thigh at rest with an accelerometer strapped on straight, restless by 0.01 g so that it counts as worn."""
    block = still(up, seconds, start_s=start_s)
    stir = np.random.default_rng(round(start_s)).normal(0, 0.1, block.acc_mps2.shape)
    return arrays(block.acc_mps2 + stir, rate_hz=20.0, start_s=start_s, sensor=sensor)


def tick(seconds: float) -> Tick:
    return Tick(at=at(seconds), civil_day=20254, minute_of_day=900, weekday=6, utc_offset_s=0)


def ended(seconds: float) -> LinkChange:
    return LinkChange(at=at(seconds), sensor=SENSOR, state=LinkState.ENDED)


def settings(side: Side = "right", sit_limit_min: float = 30.0, **other: float) -> ChangeSettings:
    return ChangeSettings(
        settings=Settings(side=side, sitting=SittingLimit(sit_limit_min=sit_limit_min, **other), deep_flexion=LOW)
    )


LOW = DeepFlexionLimit(thigh_limit_deg=130)
"""No deep flexion in these tests."""


SHORT_CHUNKS = SettledOrientationParams(chunk_samples=200, margin_samples=20)


def placed(*, settled: bool = False) -> Pipeline:
    """The sensor sits straight, and that is known."""
    given = Placement(since=at(-1), thigh_from_sensor=about(SEATED, 0), method=PlacementMethod.GIVEN, sd_deg=2.0)
    params = PipelineParams(placing=PlacingParams(given=(given,)))
    return Pipeline(params, orientation=(lambda: SettledOrientation(SHORT_CHUNKS)) if settled else None)


def alerts(update: HipUpdate) -> list[tuple[AlertLevel, float]]:
    assert all(alert.kind is AlertKind.SITTING for alert in update.alerts)
    return [(alert.level, (alert.at - at(0)) / 1e9) for alert in update.alerts]


# -- actions take effect where they happened ---------------------------------------------------------------------------


def test_settings_are_in_force_from_their_place_in_the_stream() -> None:
    """One step with a change of side in its middle: roll has two signs."""
    up = (0.8, 0.0, 0.6)
    update = placed().step([did(0, settings("right")), feels(up, 2, 0), did(2, settings("left")), feels(up, 2, 2)])
    roll = np.concatenate([piece.thigh.thigh_roll_deg for piece in update.pieces])
    assert (np.sign(roll) == [1] * 40 + [-1] * 40).all()


def test_a_limit_that_changes_while_sitting_is_judged_from_then_on() -> None:
    pipeline = placed()
    before = pipeline.step([did(0, settings()), feels(SEATED, 30, 0)])
    after = pipeline.step([did(30, settings(sit_limit_min=0.6)), feels(SEATED, 10, 30), ended(40)])
    assert alerts(before) == []
    assert alerts(after) == [(AlertLevel.NOTICE, 31), (AlertLevel.NUDGE, 33), (AlertLevel.ALERT, 36)]


def test_settings_from_before_the_first_sample_hold_for_samples_that_are_older() -> None:
    """A memory hands on what was measured before anybody said anything."""
    update = placed().step([did(100, settings(sit_limit_min=0.5)), feels(SEATED, 40, 0), ended(40)])
    assert [at_s for _, at_s in alerts(update)] == [24, 27, 30]


def test_the_presets_are_in_force_before_anything_was_set() -> None:
    assert Pipeline().settings == Settings()


def test_a_snooze_holds_what_comes_after_it_in_the_same_step() -> None:
    snoozed: list[Inbound] = [feels(SEATED, 20, 0), did(20, Snooze(minutes=1)), feels(SEATED, 20, 20), tick(40)]
    update = placed().step([did(0, settings(sit_limit_min=0.5)), *snoozed])
    assert update.alerts == ()
    assert update.now is not None
    assert update.now.alerts.snoozed_until == at(80)
    assert update.now.alerts.holds[AlertKind.SITTING] is Hold.SNOOZED


def test_a_guided_calibration_runs_through_the_corridor() -> None:
    events: list[Inbound] = [
        did(0, HoldPose(pose=Pose.STAND)),
        feels(STANDING, 5, 0),
        feels(SEATED, 2, 5),
        did(7, HoldPose(pose=Pose.SIT)),
        feels(SEATED, 5, 7),
        tick(12),
    ]
    now = Pipeline().step(events).now
    assert now is not None
    assert now.placement is not None
    assert (now.placement.method, now.placement.since) == (PlacementMethod.GUIDED, at(10))


@pytest.mark.parametrize("action", [ForgetPlacement(), TookOff()], ids=["forget", "took off"])
def test_putting_the_sensor_on_anew_is_handed_on_with_its_instant(action: ForgetPlacement | TookOff) -> None:
    update = Pipeline().step([feels(SEATED, 1, 0), did(1, action)])
    assert update.forgotten == (at(1),)


def test_a_mark_is_handed_on_with_its_words() -> None:
    (mark,) = Pipeline().step([did(3, Mark(text="stairs"))]).marks
    assert (mark.at, mark.text) == (at(3), "stairs")


def test_a_note_is_handed_on_with_the_moment_it_is_about() -> None:
    (mark,) = Pipeline().step([did(9, Mark(text="stairs", made_at=at(3)))]).marks
    assert (mark.at, mark.text) == (at(3), "stairs")


def test_changes_of_the_link_are_handed_on_in_order() -> None:
    links = [
        LinkChange(at=at(s), sensor=SENSOR, state=state) for s, state in ((0, LinkState.LOST), (1, LinkState.CONNECTED))
    ]
    assert Pipeline().step(links).links == tuple(links)


def test_a_step_of_the_wall_clock_changes_nothing_in_the_rooms() -> None:
    assert Pipeline().step([ClockStep(at=at(0), step_ns=10**9, reason="resume")]).pieces == ()


# -- snapshots ---------------------------------------------------------------------------------------------------------


def test_a_snapshot_is_of_the_last_tick_not_of_the_end_of_the_step() -> None:
    update = placed().step([did(0, settings()), feels(SEATED, 10, 0), tick(10), tick(11), feels(SEATED, 20, 10)])
    assert update.now is not None
    assert update.now.at == at(11)
    assert update.now.exposure.as_of == at(11)
    assert sum(update.now.exposure.seconds.values()) < 10
    assert sum(update.exposure.seconds.values()) > 20


def test_without_a_tick_there_is_no_snapshot() -> None:
    assert Pipeline().step([feels(SEATED, 10, 0)]).now is None


def test_before_anything_is_known_a_snapshot_says_so() -> None:
    now = Pipeline().step([tick(0)]).now
    assert now is not None
    assert (now.placement, now.battery_percent, now.alerts.holds, now.exposure.seconds) == (None, None, {}, {})


# -- the end -----------------------------------------------------------------------------------------------------------


def test_the_end_decides_every_second_that_was_still_open() -> None:
    pipeline = placed()
    kinds = [kind for piece in pipeline.step([feels(SEATED, 10, 0)]).pieces for kind in piece.activity.kind.tolist()]
    assert len(kinds) < 10
    last = pipeline.step([ended(10)])
    kinds += [kind for piece in last.pieces for kind in piece.activity.kind.tolist()]
    assert len(kinds) == 10
    assert kinds[-1] == ActivityKind.SIT
    assert sum(len(piece.hip) for piece in last.pieces) > 0
    assert sum(last.exposure.seconds.values()) == 10


def test_losing_the_link_is_not_the_end() -> None:
    pipeline = placed()
    pipeline.step([feels(SEATED, 10, 0), LinkChange(at=at(10), sensor=SENSOR, state=LinkState.LOST)])
    assert sum(pipeline.exposure.snapshot(at(10)).seconds.values()) < 10


def test_actions_after_the_end_of_a_stream_are_still_obeyed() -> None:
    pipeline = placed()
    pipeline.step([feels(SEATED, 3, 0), ended(3), did(4, settings("left"))])
    assert pipeline.settings.side == "left"


# -- sensors -----------------------------------------------------------------------------------------------------------

LEVEL = np.tile([2048, 0, 0, 0, 0, 0], (4, 1))


def packet(
    k: int, stream: int = 7, sensor: SensorId = SENSOR, begin_s: float = 0.0, rate_hz: float = 100.0
) -> Notification:
    ticks = round(4 * k * 32768 / rate_hz)
    payload = data_bytes(LEVEL, first_index=4 * k, first_tick=ticks, stream=stream)
    return note(begin_s + (4 * k + 4) / rate_hz, hip.DATA, payload, sensor)


def test_a_step_is_cut_where_a_sensor_states_new_facts() -> None:
    """100 Hz, then 50 Hz, in one step: each packet is read with its own."""
    first = [note(0, hip.INFO, info_bytes()), packet(0), packet(1)]
    second = [note(1, hip.INFO, info_bytes(stream=8, rate_hz=50)), packet(0, 8, begin_s=1, rate_hz=50)]
    pieces = Pipeline().step([*first, *second]).pieces
    assert [(piece.imu.rate_hz, len(piece.imu)) for piece in pieces] == [(100, 8), (50, 4)]
    assert [gap.reason for piece in pieces for gap in piece.gaps] == ["the sensor restarted"]


def test_radio_and_arrays_in_one_step_are_worked_on_apart() -> None:
    pieces = Pipeline().step([note(0, hip.INFO, info_bytes()), packet(0), feels(SEATED, 1, 1)]).pieces
    assert [len(piece.imu) for piece in pieces] == [4, 20]


def test_a_second_sensor_is_counted_and_not_mixed_in() -> None:
    mine = [note(0, hip.INFO, info_bytes()), packet(0), packet(1)]
    other = [note(0.1, hip.INFO, info_bytes(stream=9), OTHER_SENSOR), packet(2, 9, OTHER_SENSOR)]
    update = Pipeline().step([*mine, *other, packet(2)])
    assert sum(len(piece.imu) for piece in update.pieces) == 12
    assert not any(piece.gaps for piece in update.pieces)
    faults = [(fault.kind, fault.count) for piece in update.pieces for fault in piece.faults]
    assert faults == [(FaultKind.OTHER_SENSOR, 4)]


def test_bytes_that_cannot_be_read_are_counted_among_the_faults() -> None:
    (piece,) = Pipeline().step([note(0, "odd/one", b"")]).pieces
    assert [fault.kind for fault in piece.faults] == [FaultKind.UNKNOWN_CHANNEL]


def battery(percent: int, sensor: SensorId = SENSOR) -> Notification:
    return note(0.5, "battery/level", bytes([percent]), sensor)


def test_the_snapshot_tells_the_battery_last_heard() -> None:
    now = Pipeline().step([battery(80), battery(79), tick(1)]).now
    assert now is not None
    assert now.battery_percent == 79


def test_the_battery_of_a_second_sensor_is_not_shown_as_one_s_own() -> None:
    now = Pipeline().step([battery(80), battery(12, OTHER_SENSOR), tick(1)]).now
    assert now is not None
    assert now.battery_percent == 80


def test_the_battery_is_part_of_the_state_that_moves_house() -> None:
    first = Pipeline()
    first.step([battery(80)])
    now = Pipeline(state=first.state).step([tick(1)]).now
    assert now is not None
    assert now.battery_percent == 80


# -- several sensors ---------------------------------------------------------------------------------------------------


def worn(pelvis: str = "", other_thigh: str = "") -> ChangeSettings:
    return ChangeSettings(settings=Settings(side="right", pelvis_sensor=pelvis, other_thigh_sensor=other_thigh))


def test_the_thigh_s_sensor_is_the_first_heard_that_has_no_other_role() -> None:
    pipeline = placed()
    pipeline.step([did(0, worn(OTHER_SENSOR)), feels(STANDING, 1, 0, OTHER_SENSOR), feels(SEATED, 1, 0.01)])
    assert pipeline.sampling.state.sensor == SENSOR


def test_a_sensor_with_a_role_is_no_fault() -> None:
    update = placed().step([did(0, worn(OTHER_SENSOR)), feels(SEATED, 1, 0), feels(STANDING, 1, 0, OTHER_SENSOR)])
    assert not any(piece.faults for piece in update.pieces)
    assert sum(len(piece.imu) for piece in update.pieces) == 20


def test_faults_of_the_pelvis_sensor_are_counted_with_its_name() -> None:
    broken = arrays([[np.nan] * 3] * 4, rate_hz=20.0, sensor=OTHER_SENSOR)
    update = placed().step([did(0, worn(OTHER_SENSOR)), feels(SEATED, 1, 0), broken])
    faults = [(fault.sensor, fault.kind) for piece in update.pieces for fault in piece.faults]
    assert faults == [(OTHER_SENSOR, FaultKind.NOT_FINITE)]


def test_a_thigh_sensor_that_is_given_another_role_leaves_the_thigh_to_the_next() -> None:
    pipeline = placed()
    update = pipeline.step([feels(SEATED, 2, 0), did(2, worn(SENSOR)), feels(SEATED, 2, 2, OTHER_SENSOR)])
    assert pipeline.sampling.state.sensor == OTHER_SENSOR
    assert sum(len(piece.imu) for piece in update.pieces) == 80
    assert [gap.reason for piece in update.pieces for gap in piece.gaps] == ["the sensor restarted"]


def chosen(thigh: str) -> ChangeSettings:
    return ChangeSettings(settings=Settings(thigh_sensor=thigh))


def test_a_thigh_sensor_that_is_chosen_instead_is_listened_to_and_the_old_one_no_more() -> None:
    pipeline = placed()
    pipeline.step([did(0, chosen(SENSOR)), feels(SEATED, 2, 0), did(2, chosen(OTHER_SENSOR))])
    update = pipeline.step([feels(SEATED, 2, 2), feels(SEATED, 2, 4, OTHER_SENSOR)])
    assert pipeline.sampling.state.sensor == OTHER_SENSOR
    assert sum(len(piece.imu) for piece in update.pieces) == 40


def test_the_same_choice_said_again_changes_nothing() -> None:
    pipeline = placed()
    update = pipeline.step([did(0, chosen(OTHER_SENSOR)), feels(SEATED, 2, 0), did(2, chosen(OTHER_SENSOR))])
    assert pipeline.sampling.state.sensor == SENSOR
    assert sum(len(piece.imu) for piece in update.pieces) == 40


def test_a_new_thigh_sensor_is_not_judged_by_what_the_old_one_did() -> None:
    pipeline = placed()
    broken = [replace(part, acc_mps2=part.acc_mps2 * 1.4) for part in (feels(STANDING, 15, 0), feels(SEATED, 15, 15))]
    pipeline.step(broken)
    assert pipeline.sampling.doubt is not None
    update = pipeline.step([did(30, worn(SENSOR)), feels(SEATED, 2, 30, OTHER_SENSOR)])
    assert pipeline.sampling.doubt is None
    assert sum(len(piece.imu) for piece in update.pieces) == 40


def test_the_other_thigh_has_angles_of_its_own_with_the_mirrored_roll() -> None:
    given = Placement(since=at(-1), thigh_from_sensor=about(SEATED, 0), method=PlacementMethod.GIVEN, sd_deg=2.0)
    params = PipelineParams(placing=PlacingParams(given=(given,)), other_placing=PlacingParams(given=(given,)))
    up = (0.8, 0.0, 0.6)
    events: list[Inbound] = [did(0, worn(other_thigh=OTHER_SENSOR)), feels(up, 2, 0), feels(up, 2, 0, OTHER_SENSOR)]
    (piece,) = Pipeline(params).step(events).pieces
    (other,) = piece.other_thigh
    assert other.thigh_flexion_deg == pytest.approx(piece.thigh.thigh_flexion_deg, abs=3)
    assert (np.sign(other.thigh_roll_deg) == -np.sign(piece.thigh.thigh_roll_deg)).all()


def hip_rows(update: HipUpdate) -> int:
    return sum(len(piece.hip) for piece in update.pieces)


def test_hip_rows_wait_for_a_pelvis_sensor_and_not_for_ever() -> None:
    pipeline = placed()
    waiting = pipeline.step([did(0, worn(OTHER_SENSOR)), feels(SEATED, 9, 0)])
    assert hip_rows(waiting) == 0
    late = pipeline.step([feels(SEATED, 20, 9), tick(29)])
    assert 8 * 20 < hip_rows(late) < 12 * 20


def test_a_pelvis_sensor_may_be_named_while_hip_rows_wait() -> None:
    pipeline = placed()
    rows = hip_rows(pipeline.step([feels(SEATED, 9, 0)]))
    update = pipeline.step(
        [did(9, worn(OTHER_SENSOR)), feels(SEATED, 3, 9, OTHER_SENSOR), feels(SEATED, 3, 9), ended(12)]
    )
    assert rows + hip_rows(update) == 12 * 20


def test_while_the_thigh_is_silent_the_pelvis_is_kept_for_a_minute_or_so() -> None:
    pipeline = placed()
    pipeline.step([did(0, worn(OTHER_SENSOR)), feels(SEATED, 9, 0)])
    for start_s in range(0, 300, 10):
        pipeline.step([feels(STANDING, 10, start_s, OTHER_SENSOR), tick(start_s + 10)])
    assert 50 * 20 < len(pipeline.hip.state.pelvis.t_ns) < 80 * 20


def test_settled_hip_rows_wait_for_as_long_as_a_sensor_that_was_never_heard_remembers() -> None:
    pipeline = placed(settled=True)
    assert hip_rows(pipeline.step([did(0, worn(OTHER_SENSOR)), feels(SEATED, 29, 0), feels(SEATED, 9, 7000)])) == 0
    assert 8 * 20 < hip_rows(pipeline.step([feels(SEATED, 9, 7230)])) < 50 * 20


def test_settled_hip_rows_do_not_wait_for_the_pelvis_before_what_it_holds_back() -> None:
    pipeline = placed(settled=True)
    late = pipeline.step([did(0, worn(OTHER_SENSOR)), feels(STANDING, 1, 9, OTHER_SENSOR), feels(SEATED, 29, 0)])
    assert 8 * 20 < hip_rows(late) <= 9 * 20


def test_hip_rows_do_not_wait_for_a_pelvis_sensor_that_has_ended() -> None:
    pipeline = placed()
    pipeline.step([did(0, worn(OTHER_SENSOR)), feels(SEATED, 9, 0)])
    over = LinkChange(at=at(9), sensor=OTHER_SENSOR, state=LinkState.ENDED)
    assert hip_rows(pipeline.step([over])) == 6 * 20
    assert hip_rows(pipeline.step([feels(STANDING, 3, 9, OTHER_SENSOR), feels(SEATED, 2, 9)])) == 2 * 20


def test_a_pelvis_sensor_may_end_before_the_thigh_s() -> None:
    pipeline = placed()
    pipeline.step([did(0, worn(OTHER_SENSOR)), feels(STANDING, 9, 0, OTHER_SENSOR), feels(SEATED, 9, 0)])
    over = LinkChange(at=at(9), sensor=OTHER_SENSOR, state=LinkState.ENDED)
    rows = hip_rows(pipeline.step([over])) + hip_rows(pipeline.step([feels(SEATED, 1, 9), ended(10)]))
    assert rows >= 4 * 20
    assert len(pipeline.hip.state.waiting) == 0


def test_a_pelvis_sensor_that_states_new_facts_is_read_with_them() -> None:
    first = [note(0, hip.INFO, info_bytes(), OTHER_SENSOR), packet(0, sensor=OTHER_SENSOR)]
    second = [
        note(1, hip.INFO, info_bytes(stream=8, rate_hz=50), OTHER_SENSOR),
        packet(0, 8, OTHER_SENSOR, begin_s=1, rate_hz=50),
    ]
    pipeline = Pipeline()
    update = pipeline.step([did(0, worn(OTHER_SENSOR)), *first, *second])
    assert pipeline.hip.state.pelvis.rate_hz == 50
    assert len(pipeline.hip.state.pelvis.t_ns) == 8
    assert not any(piece.faults for piece in update.pieces)


def test_a_pelvis_sensor_changes_neither_exposure_nor_alerts() -> None:
    """They go by the thigh's angle, whatever is known or guessed of the hip."""

    def lived(*pelvis: Inbound) -> list[object]:
        change = settings(sit_limit_min=0.2)
        seats = replace(
            change.settings, deep_flexion=DeepFlexionLimit(thigh_limit_deg=50, deep_limit_min=0.2, break_s=4)
        )
        told = did(0, ChangeSettings(settings=replace(seats, pelvis_sensor=OTHER_SENSOR if pelvis else "")))
        update = placed().step([told, *pelvis, feels(STANDING, 20, 0), feels(SEATED, 40, 20), ended(60)])
        deep = update.exposure.deep_total_s
        assert deep > 20
        return [deep, update.exposure.seconds, [(a.kind, a.level, a.at) for a in update.alerts]]

    slumped = [feels(STANDING, 20, 0, OTHER_SENSOR), feels((0.7, 0.7, 0.0), 40, 20, OTHER_SENSOR)]
    assert lived(*slumped) == lived()


def test_measured_hips_come_through_the_corridor() -> None:
    pelvis = [
        feels(up, seconds, start_s, OTHER_SENSOR)
        for start_s in (0, 60)
        for up, seconds, start_s in ((STANDING, 30, start_s), ((0.3, 0.95, 0.0), 30, start_s + 30))
    ]
    thigh = [feels(STANDING, 30, 0), feels(SEATED, 30, 30), feels(STANDING, 30, 60), feels(SEATED, 30, 90)]
    update = placed().step([did(0, worn(OTHER_SENSOR)), *pelvis, *thigh, ended(120)])
    hip = update.pieces[-1].hip if len(update.pieces[-1].hip) > 100 else update.pieces[-2].hip
    assert hip.hip_method[-1] == HipMethod.MEASURED
    assert hip.hip_flexion_deg[-1] == pytest.approx(60 - np.rad2deg(np.arctan2(0.3, 0.95)), abs=2)
