"""Orientation: true angles at the true rate, what is not trusted and for how long, and the reading that knows the future."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from hipmonitor.core.arrays import Bools, Floats, Quats, Vec3s
from hipmonitor.core.frames import inverse, multiply, up_in_sensor
from hipmonitor.core.orientation import (
    GyroscopeParams,
    Orientation,
    OrientationBlock,
    OrientationByGravity,
    OrientationByGyroscope,
    Oriented,
    SettledOrientation,
    SettledOrientationParams,
)
from hipmonitor.core.orientation.shaken import clipped_in_a_row
from hipmonitor.core.orientation.trust import held_until
from hipmonitor.core.samples import Doubt, ImuBlock
from tests.core.builders import T0, G, at, imu, turned_about_x

RATE_HZ = 100.0


def tilt_deg(block: OrientationBlock) -> Floats:
    """(n,) signed tilt about the sensor's x axis, in the sense of a right-handed turn."""
    up = up_in_sensor(block.world_from_sensor)
    return np.asarray(np.rad2deg(np.arctan2(up[:, 1], up[:, 2])))


def turn_deg(earlier: Quats, later: Quats) -> Floats:
    """Turn about the vertical from one orientation to a later one, within ±180."""
    w, _, _, z = np.moveaxis(multiply(later, inverse(earlier)), -1, 0)
    return np.asarray((np.rad2deg(2 * np.arctan2(z, w)) + 180) % 360 - 180)


def resting(seconds: float, start_s: float = 0.0, segment: int = 0, clipped: Sequence[int] = ()) -> ImuBlock:
    """Flat on a table, with a gyroscope that reads nothing."""
    n = round(seconds * RATE_HZ)
    return imu(np.tile([0, 0, G], (n, 1)), np.zeros((n, 3)), start_s=start_s, segment=segment, clipped=clipped)


def spinning(seconds: float, start_s: float = 0.0, segment: int = 0, dps: float = 30.0) -> ImuBlock:
    """Turning about the vertical: nothing but the gyroscope sees it."""
    n = round(seconds * RATE_HZ)
    return imu(np.tile([0, 0, G], (n, 1)), np.tile(np.deg2rad([0, 0, dps]), (n, 1)), start_s=start_s, segment=segment)


def rocking(
    seconds: float, *, true_rate_hz: float = RATE_HZ, hz: float = 0.5, swing_dps: float = 120.0
) -> tuple[ImuBlock, Floats]:
    """A swing about the level x axis, and its true angle. The sensor claims 100 Hz."""
    acc, gyr, angle = turned_about_x(lambda t: swing_dps * np.cos(2 * np.pi * hz * t), seconds, true_rate_hz)
    block = imu(acc, gyr, rate_hz=true_rate_hz)
    return replace(block, rate_hz=RATE_HZ), angle


def untrusted_s(block: OrientationBlock) -> float:
    """For how many seconds in all."""
    return float((~block.trusted).sum() / RATE_HZ)


# -- with a gyroscope --------------------------------------------------------------------------------------------------


def test_a_constant_turn_is_followed_at_its_rate() -> None:
    """30 deg/s about the vertical for 3 s is a quarter turn."""
    q = OrientationByGyroscope().step(spinning(3.01)).world_from_sensor
    assert turn_deg(q[0], q[-1]) == pytest.approx(90, abs=1)


def test_a_swing_about_a_level_axis_has_the_sign_of_the_gyroscope() -> None:
    block, angle = rocking(20)
    assert np.abs(tilt_deg(OrientationByGyroscope().step(block)) - angle)[300:].max() < 1


@pytest.mark.parametrize("true_rate_hz", [97.0, 103.0])
def test_a_period_that_is_wrong_by_three_percent_is_healed(true_rate_hz: float) -> None:
    """Unhealed, the gyroscope's share of a swing of ±76 deg is 3 % wrong: more than 2 deg."""
    block, angle = rocking(60, true_rate_hz=true_rate_hz, hz=0.25)
    healed = OrientationByGyroscope().step(block)
    as_claimed = OrientationByGyroscope(GyroscopeParams(most_rate_error=0.0)).step(block)
    late = slice(4000, None)
    assert np.abs(tilt_deg(as_claimed) - angle)[late].max() > 2.3
    assert np.abs(tilt_deg(healed) - angle)[late].max() < 0.8


def test_times_that_make_no_sense_do_not_change_the_rate() -> None:
    block = resting(6)
    stage = OrientationByGyroscope()
    stage.step(replace(block, t_ns=T0 + 2 * (block.t_ns - T0)))
    assert stage.state.scale == 1


@pytest.mark.parametrize("stage", [Orientation, SettledOrientation])
def test_how_rows_lie_in_memory_changes_nothing(stage: type[Orientation | SettledOrientation]) -> None:
    rows = rocking(20)[0]
    columns = replace(rows, acc_mps2=np.asfortranarray(rows.acc_mps2), gyr_radps=np.asfortranarray(rows.gyr_radps))
    by_rows, by_columns = (_oriented(stage, block) for block in (rows, columns))
    assert np.array_equal(by_rows, by_columns)


def _oriented(stage: type[Orientation | SettledOrientation], block: ImuBlock) -> Quats:
    one = stage()
    return np.concatenate([part.orientation.world_from_sensor for part in (one.step(block), one.flush())])


def test_two_seconds_after_the_start_are_not_trusted() -> None:
    assert untrusted_s(OrientationByGyroscope().step(resting(5))) == 2


def test_a_gap_it_runs_over_costs_three_seconds_of_trust_and_keeps_the_heading() -> None:
    stage = OrientationByGyroscope()
    before = stage.step(spinning(5))
    after = stage.step(resting(6, start_s=6.5, segment=1))
    assert untrusted_s(after) == 3
    assert turn_deg(before.world_from_sensor[-1], after.world_from_sensor[0]) == pytest.approx(0, abs=0.5)


def test_a_gap_of_more_than_two_seconds_begins_anew() -> None:
    """The leg may be anywhere: the tilt is read from the first sample, not pulled there slowly."""
    stage = OrientationByGyroscope()
    stage.step(resting(5))
    n = 500
    on_its_side = imu(np.tile([0, G, 0], (n, 1)), np.zeros((n, 3)), start_s=7.5, segment=1)
    after = stage.step(on_its_side)
    assert tilt_deg(after)[0] == pytest.approx(90, abs=0.1)
    assert untrusted_s(after) == 2


def test_beginning_anew_keeps_what_was_learned_of_the_gyroscope_s_offset() -> None:
    offset = np.deg2rad([1.0, -0.5, 0.3])
    stage = OrientationByGyroscope()
    stage.step(replace(resting(60), gyr_radps=np.tile(offset, (6000, 1))))
    after = stage.step(replace(resting(1, start_s=70, segment=1), gyr_radps=np.tile(offset, (100, 1))))
    q = after.world_from_sensor
    assert turn_deg(q[0], q[-1]) == pytest.approx(0, abs=0.05)


def test_another_rate_begins_anew() -> None:
    stage = OrientationByGyroscope()
    stage.step(resting(5))
    block = imu(np.tile([0, G, 0], (250, 1)), np.zeros((250, 3)), rate_hz=50, start_s=5, segment=1)
    after = stage.step(block)
    assert tilt_deg(after)[0] == pytest.approx(90, abs=0.1)
    assert (~after.trusted).sum() == 100


def test_a_clipped_sample_costs_three_seconds_of_trust() -> None:
    block = OrientationByGyroscope().step(resting(10, clipped=[400]))
    assert np.flatnonzero(~block.trusted).tolist() == [*range(200), *range(400, 700)]


def test_lying_still_is_seen_as_rest() -> None:
    block = OrientationByGyroscope().step(resting(5))
    assert block.at_rest[-1]
    assert not block.at_rest[0]


def test_trust_is_held_by_each_disturbance_for_its_own_time() -> None:
    t_ns = np.array([at(s) for s in range(6)])
    disturbed: Bools = np.array([False, True, False, True, False, False])
    until = held_until(0, t_ns, disturbed, np.array([0.0, 5, 0, 1, 0, 0]))
    assert until.tolist() == [0, at(6), at(6), at(6), at(6), at(6)]


def swinging(hz: float = 0.5) -> tuple[ImuBlock, Floats]:
    return rocking(30, hz=hz, swing_dps=200)


def cut_out(block: ImuBlock, lost: slice) -> ImuBlock:
    """The rows around a gap that nothing was put into."""
    keep = np.ones(len(block), np.bool_)
    keep[lost] = False
    assert block.gyr_radps is not None
    columns = {name: getattr(block, name)[keep] for name in ("t_ns", "acc_mps2", "measured", "clipped", "index")}
    segment = np.where(np.arange(len(block)) >= lost.stop, 1, 0)[keep]
    return ImuBlock(**columns, gyr_radps=block.gyr_radps[keep], segment=segment, rate_hz=block.rate_hz)


@pytest.mark.parametrize("stage", ["as lived", "settled"])
def test_what_was_turned_in_a_gap_of_up_to_half_a_second_is_guessed_from_both_its_sides(stage: str) -> None:
    """0.3 s of 200 deg/s in the middle of a swing: 55 deg, of which a straight line between the rates leaves a few."""
    block, angle = swinging()
    lost = slice(1985, 2015)
    gapped = cut_out(block, lost)
    if stage == "settled":
        tilt = tilt_deg(settled(gapped, params=SettledOrientationParams(chunk_samples=5000)).orientation)
    else:
        tilt = tilt_deg(OrientationByGyroscope().step(gapped))
    after = slice(1985, 1990)
    assert np.abs(tilt - np.delete(angle, lost))[after].max() < 8


def test_after_a_bridge_that_lost_much_the_tilt_is_soon_right_again() -> None:
    """30 deg are missing in the rates; told so, the filter needs half the time to find the tilt from gravity."""
    n = 1000
    turned = imu(leaning(30, n), np.zeros((n, 3)), start_s=10)
    lost = np.zeros(n)
    lost[0] = 20.0
    errors = []
    for block in (turned, replace(turned, lost_deg=lost)):
        stage = OrientationByGyroscope()
        stage.step(resting(10))
        errors.append(abs(tilt_deg(stage.step(block))[200] - 30))
    assert errors[1] < 0.5 * errors[0]


def test_a_bridge_is_untrusted_where_it_may_have_lost_more_than_two_degrees() -> None:
    block = resting(10)
    lost = np.zeros(1000)
    lost[300:311], lost[600:611] = 1.5, 2.5
    out = OrientationByGyroscope().step(replace(block, lost_deg=lost))
    assert np.flatnonzero(~out.trusted).tolist() == [*range(200), *range(600, 910)]


def test_a_run_of_rates_out_of_range_lets_the_tilt_be_found_anew() -> None:
    n = 1000
    turned = imu(leaning(60, n), np.zeros((n, 3)), start_s=10.5)
    errors = []
    for clipped in ([], list(range(50))):
        stage = OrientationByGyroscope()
        stage.step(resting(10))
        stage.step(resting(0.5, start_s=10, clipped=clipped))
        errors.append(abs(tilt_deg(stage.step(turned))[150] - 60))
    assert errors[1] < 0.5 * errors[0]


@pytest.mark.parametrize("cut", [1, 7, 250])
def test_rows_out_of_range_are_counted_across_steps(cut: int) -> None:
    clipped = np.zeros(40, np.bool_)
    clipped[[3, 4, 5, 20, 21, 39]] = True
    whole, _ = clipped_in_a_row(clipped, 2)
    assert whole.tolist()[:8] == [2, 0, 0, 0, 1, 2, 3, 0]
    before, parts = 2, []
    for start in range(0, 40, cut):
        part, before = clipped_in_a_row(clipped[start : start + cut], before)
        parts += part.tolist()
    assert parts == whole.tolist()
    assert before == 1


# -- a gyroscope that is not believed ----------------------------------------------------------------------------------


def doubted(block: ImuBlock, rows: slice) -> ImuBlock:
    doubt = np.zeros(len(block), np.int8)
    doubt[rows] = Doubt.GYROSCOPE_DISAGREES
    return replace(block, doubt=doubt)


def test_rows_whose_gyroscope_is_not_believed_go_by_gravity_and_begin_anew_each_time() -> None:
    block = doubted(imu(leaning(40, 3000), np.full((3000, 3), 0.5)), slice(1000, 2000))
    out = Orientation().step(block).orientation
    np.testing.assert_allclose(tilt_deg(out)[1000:2000], 40, atol=0.01)
    assert tilt_deg(out)[2000] == pytest.approx(40, abs=0.5)
    assert np.flatnonzero(~out.trusted).tolist() == [*range(200), *range(1000, 1100), *range(2000, 2200)]


def test_settled_asks_gravity_three_seconds_before_a_doubt_and_trusts_neither_side_of_the_change() -> None:
    block = doubted(imu(leaning(40, 3000), np.zeros((3000, 3))), slice(1000, 2000))
    out = settled(block, params=SettledOrientationParams(chunk_samples=5000)).orientation
    np.testing.assert_allclose(tilt_deg(out), 40, atol=0.1)
    assert np.flatnonzero(~out.trusted).tolist() == [*range(550, 851), *range(1850, 2151)]


# -- from gravity alone ------------------------------------------------------------------------------------------------


def leaning(degrees: Floats | float, n: int = 1000) -> Vec3s:
    """(n, 3) what an accelerometer feels at rest, tilted about x."""
    a = np.deg2rad(np.broadcast_to(np.asarray(degrees, np.float64), n))
    return G * np.stack([0 * a, np.sin(a), np.cos(a)], axis=1)


@pytest.mark.parametrize("degrees", [-120, -30, 0, 30, 90, 180])
def test_the_tilt_is_where_gravity_points(degrees: float) -> None:
    block = OrientationByGravity().step(imu(leaning(degrees)))
    np.testing.assert_allclose(up_in_sensor(block.world_from_sensor), leaning(degrees) / G, atol=1e-9)


def test_a_slow_movement_is_followed_and_trusted() -> None:
    degrees = 60 * np.arange(1000) / 1000
    block = OrientationByGravity().step(imu(leaning(degrees)))
    assert np.abs(tilt_deg(block) - degrees)[200:].max() < 2
    assert block.trusted[100:].all()


def test_the_first_second_is_not_trusted() -> None:
    assert untrusted_s(OrientationByGravity().step(imu(leaning(0)))) == 1


def test_walking_is_not_trusted_and_standing_after_it_is_again() -> None:
    """Steps of 3 m/s² at 2 Hz leave 0.2 g above the cutoff; Acti4 calls 0.1 g movement."""
    acc = leaning(0, 2000)
    acc[500:1200, 2] += 3 * np.sin(2 * np.pi * 2 * np.arange(700) / RATE_HZ)
    block = OrientationByGravity().step(imu(acc))
    assert block.trusted[100:500].all()
    assert not block.trusted[600:1200].any()
    assert block.trusted[1600:].all()


def test_rest_is_quieter_than_trust() -> None:
    """0.05 g of swaying at 2 Hz: an angle may be read, but the thigh is not at rest."""
    acc = leaning(0)
    acc[:, 2] += 0.07 * G * np.sin(2 * np.pi * 2 * np.arange(1000) / RATE_HZ)
    block = OrientationByGravity().step(imu(acc))
    assert block.trusted[-1]
    assert not block.at_rest[-1]
    assert OrientationByGravity().step(imu(leaning(0))).at_rest.all()


@pytest.mark.parametrize(("share", "trusted"), [(0.8, False), (0.9, True), (1.07, True), (1.2, False)])
def test_what_is_not_about_one_g_is_not_gravity_alone(share: float, trusted: bool) -> None:
    assert OrientationByGravity().step(imu(share * leaning(0))).trusted[-1] == trusted


def test_a_new_segment_settles_anew_without_the_old_one_s_memory() -> None:
    stage = OrientationByGravity()
    stage.step(imu(leaning(0)))
    block = stage.step(imu(leaning(90), start_s=15, segment=1))
    np.testing.assert_allclose(tilt_deg(block), 90, atol=1e-6)
    assert untrusted_s(block) == 1


def test_a_clipped_sample_costs_a_second_of_trust_without_a_gyroscope() -> None:
    block = OrientationByGravity().step(imu(leaning(0), clipped=[500]))
    assert np.flatnonzero(~block.trusted).tolist() == [*range(100), *range(500, 600)]


# -- as lived ----------------------------------------------------------------------------------------------------------


def test_as_lived_takes_the_gyroscope_where_there_is_one_and_gravity_where_there_is_none() -> None:
    stage = Orientation()
    with_gyroscope = stage.step(spinning(3))
    q = with_gyroscope.orientation.world_from_sensor
    assert turn_deg(q[0], q[-1]) == pytest.approx(90, abs=1)
    without = stage.step(imu(leaning(45), start_s=10, segment=1))
    assert tilt_deg(without.orientation)[-1] == pytest.approx(45)


def test_as_lived_keeps_nothing_back() -> None:
    stage = Orientation()
    assert len(stage.step(resting(1)).orientation) == 100
    assert len(stage.flush().orientation) == 0


# -- settled -----------------------------------------------------------------------------------------------------------

SMALL = SettledOrientationParams(chunk_samples=500, margin_samples=300)


def settled(*blocks: ImuBlock, params: SettledOrientationParams = SMALL) -> Oriented:
    """All of a short recording: whole chunks and the rest."""
    stage = SettledOrientation(params)
    parts = [*(stage.step(block) for block in blocks), stage.flush()]
    return Oriented(imu=joined([p.imu for p in parts]), orientation=joined_orientations([p.orientation for p in parts]))


def joined(blocks: list[ImuBlock]) -> ImuBlock:
    """Times and rows are all that is looked at."""
    return replace(
        blocks[0],
        t_ns=np.concatenate([b.t_ns for b in blocks]),
        index=np.concatenate([b.index for b in blocks]),
    )


def joined_orientations(blocks: list[OrientationBlock]) -> OrientationBlock:
    return OrientationBlock(
        t_ns=np.concatenate([b.t_ns for b in blocks]),
        world_from_sensor=np.concatenate([b.world_from_sensor for b in blocks]),
        at_rest=np.concatenate([b.at_rest for b in blocks]),
        trusted=np.concatenate([b.trusted for b in blocks]),
    )


def test_settled_hands_a_chunk_on_when_its_margin_is_complete() -> None:
    stage = SettledOrientation(SMALL)
    assert len(stage.step(resting(7.99)).imu) == 0
    assert len(stage.step(resting(0.01, start_s=7.99)).imu) == 500
    assert len(stage.flush().imu) == 300


def test_settled_gives_every_sample_once_in_order() -> None:
    out = settled(resting(23))
    assert out.imu.index.tolist() == list(range(2300))
    assert out.orientation.t_ns.tolist() == out.imu.t_ns.tolist()


def test_settled_of_nothing_is_nothing() -> None:
    assert len(settled().imu) == 0


def test_settled_heading_is_continuous_at_the_seams_of_chunks() -> None:
    q = settled(spinning(20)).orientation.world_from_sensor
    np.testing.assert_allclose(turn_deg(q[:-1], q[1:]), 0.3, atol=0.05)


def test_settled_and_as_lived_agree_on_slow_movement() -> None:
    block, angle = rocking(20, hz=0.1, swing_dps=15)
    assert np.abs(tilt_deg(settled(block).orientation) - angle).max() < 1
    assert np.abs(tilt_deg(Orientation().step(block).orientation) - angle)[200:].max() < 1


def test_settled_trusts_the_beginning_because_it_knows_what_came_after() -> None:
    assert settled(resting(10)).orientation.trusted.all()


def test_settled_does_not_trust_a_second_and_a_half_on_both_sides_of_a_gap() -> None:
    out = settled(resting(3), resting(3, start_s=4, segment=1))
    assert np.flatnonzero(~out.orientation.trusted).tolist() == list(range(149, 451))


def test_settled_does_not_trust_a_second_and_a_half_on_both_sides_of_clipping() -> None:
    assert np.flatnonzero(~settled(resting(10, clipped=[400])).orientation.trusted).tolist() == list(range(250, 551))


def test_settled_parts_its_runs_at_a_long_gap() -> None:
    n = 300
    on_its_side = imu(np.tile([0, G, 0], (n, 1)), np.zeros((n, 3)), start_s=10, segment=1)
    tilt = tilt_deg(settled(resting(3), on_its_side).orientation)
    assert tilt[299] == pytest.approx(0, abs=0.1)
    assert tilt[300] == pytest.approx(90, abs=0.1)


def test_settled_heals_a_wrong_period_from_the_times() -> None:
    block, angle = rocking(20, true_rate_hz=97, hz=0.25)
    params = SettledOrientationParams(chunk_samples=5000, margin_samples=300)
    assert np.abs(tilt_deg(settled(block, params=params).orientation) - angle).max() < 1


def test_settled_reads_each_side_of_a_change_of_rate_at_its_own_period() -> None:
    """The sensor was set from 100 to 50 Hz within a second; one mean period for both would turn 33 % too fast or too slow."""
    slow = imu(
        np.tile([0, 0, G], (250, 1)), np.tile(np.deg2rad([0, 0, 30.0]), (250, 1)), rate_hz=50, start_s=6, segment=1
    )
    q = settled(spinning(5), slow).orientation.world_from_sensor
    degrees = turn_deg(q[:-1], q[1:])
    np.testing.assert_allclose(degrees[50:450], 0.3, atol=0.02)
    np.testing.assert_allclose(degrees[550:], 0.6, atol=0.04)


def test_settled_keeps_the_gyroscope_of_what_came_before_it_was_switched_off() -> None:
    without = imu(np.tile([0, 0, G], (300, 1)), start_s=6, segment=1)
    q = settled(spinning(5), without).orientation.world_from_sensor
    assert turn_deg(q[100], q[400]) == pytest.approx(90, abs=1)


def test_settled_without_a_gyroscope_looks_both_ways_and_does_not_lag() -> None:
    degrees = 40 * np.sin(2 * np.pi * 0.1 * np.arange(2000) / RATE_HZ)
    block = imu(leaning(degrees, 2000))
    assert np.abs(tilt_deg(settled(block).orientation) - degrees).max() < 1
    assert np.abs(tilt_deg(OrientationByGravity().step(block)) - degrees)[100:].max() > 3


def test_settled_of_a_single_sample_is_its_tilt() -> None:
    out = settled(imu(leaning(30, 1)))
    assert tilt_deg(out.orientation)[0] == pytest.approx(30)
    one = settled(imu(leaning(30, 1), np.zeros((1, 3))))
    assert tilt_deg(one.orientation)[0] == pytest.approx(30)


def test_settled_survives_a_seam_whose_heading_cannot_be_told() -> None:
    """Two orientations half a turn about a level axis apart have no heading between them."""
    params = SettledOrientationParams(chunk_samples=300, margin_samples=0)
    upside_down = imu(np.tile([0, 0, -G], (300, 1)), np.zeros((300, 3)), start_s=3)
    out = settled(resting(3), upside_down, params=params)
    assert np.isfinite(out.orientation.world_from_sensor).all()


def test_settled_says_of_every_row_whether_the_gyroscope_was_asked() -> None:
    """A doubt is found seconds late: rows before it are oriented by gravity too, and leave with it."""
    block = resting(12)
    doubt = np.where((block.t_ns >= at(6)) & (block.t_ns < at(8)), np.int8(Doubt.GYROSCOPE_STUCK), np.int8(0))
    stage = SettledOrientation()
    stage.step(replace(block, doubt=doubt))
    out = stage.flush().imu
    doubted = np.flatnonzero(out.doubt == Doubt.GYROSCOPE_STUCK)
    assert (out.t_ns[doubted[0]], out.t_ns[doubted[-1] + 1]) == (at(3), at(8))
    assert np.count_nonzero(out.doubt) == len(doubted) == doubted[-1] + 1 - doubted[0]
