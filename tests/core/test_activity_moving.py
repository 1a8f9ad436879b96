"""The moving kinds: what a second's features are, what the score card makes of them, and what the seconds around add."""

from __future__ import annotations

import numpy as np
import pytest

from hipmonitor.core.activity import Activity, ActivityKind, ActivityParams, TemporalParams, settled
from hipmonitor.core.activity import weights as weights_module
from hipmonitor.core.activity.features import NAMES, SAMPLES, features
from hipmonitor.core.activity.own_walking import OwnWalking, OwnWalkingParams
from hipmonitor.core.activity.score_card import LEAST_LOG, SCORED, ScoreCard, Scored, log_probability
from hipmonitor.core.activity.temporal import likely
from hipmonitor.core.activity.weights import SHIPPED
from tests.core.thigh_streams import Script, cuts, decided_by, felt, imu_block, interrupted, mounting

K = ActivityKind
MOUNTED = mounting(5)
G = 9.80665
DAY: Script = [("stand", 20), ("walk", 30), ("sit", 60), ("stand", 15)]
T = np.arange(SAMPLES) / 10


def window(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """(1, SAMPLES, 3) m/s² of a thigh that feels x forward and y along it (g)."""
    return np.stack([x, y, np.zeros(SAMPLES)], axis=1)[None] * G


def value(table: np.ndarray, name: str) -> float:
    return float(table[0, NAMES.index(name)])


def swing(hz: float) -> np.ndarray:
    return window(0.3 * np.sin(2 * np.pi * hz * T), 1 + 0.1 * np.sin(4 * np.pi * hz * T))


def one(windows: np.ndarray) -> np.ndarray:
    return features(windows, np.full(len(windows), 5.0), np.full(len(windows), 6.0))


@pytest.mark.parametrize("period_s", [0.8, 1.0, 1.25])
def test_a_swing_is_seen_with_its_period_and_in_its_band(period_s: float) -> None:
    table = one(swing(1 / period_s))
    assert value(table, "cycle_s") == pytest.approx(period_s, abs=0.06)
    assert value(table, "regularity") > 0.6
    assert value(table, "front_1") == max(value(table, f"front_{band}") for band in range(6))


def test_a_raised_thigh_has_its_flexion_and_a_still_one_no_movement() -> None:
    table = one(window(np.full(SAMPLES, np.sin(0.5)), np.full(SAMPLES, np.cos(0.5))))
    assert value(table, "flexion") == pytest.approx(np.rad2deg(0.5))
    assert [value(table, name) for name in ("front", "across_1s")] == pytest.approx([np.log(0.01)] * 2, abs=1e-5)


def test_a_foot_on_the_ground_straightens_the_hip_and_a_crank_turns_evenly() -> None:
    angle = np.sin(2 * np.pi * T)
    crank, climb = np.deg2rad(40 + 22 * angle), np.deg2rad(22 * np.maximum(angle, 0) ** 2)
    pedals, stairs = (one(window(np.sin(a), np.cos(a))) for a in (crank, climb))
    assert value(pedals, "lowest") == pytest.approx(19, abs=2)
    assert value(stairs, "lowest") == pytest.approx(0, abs=1)
    assert abs(value(pedals, "front_skew")) < 0.3
    assert value(stairs, "front_skew") > 0.5


def test_a_second_has_the_same_features_in_any_company() -> None:
    many = G * np.random.default_rng(0).standard_normal((37, SAMPLES, 3))
    assert np.array_equal(one(many)[11], one(many[11:12])[0])
    assert one(many[:0]).shape == (0, len(NAMES))


def card(points: list[list[float]]) -> ScoreCard:
    return ScoreCard(names=("one",), knots=(np.array([0.0, 10.0]),), points=(np.array(points),), start=np.zeros(SCORED))


def test_points_grow_straight_between_knots_and_stay_beyond_them() -> None:
    said = log_probability(card([[0.0] * 6, [0, 0, 2.0, 0, 0, 0]]), np.array([[-5.0], [0.0], [5.0], [10.0], [99.0]]))
    walk = said[:, Scored.WALK] - said[:, Scored.STAND]
    assert walk.tolist() == pytest.approx([0, 0, 1, 2, 2])
    assert np.exp(said).sum(axis=1) == pytest.approx(1)


def test_points_of_all_features_are_added_however_many_knots_each_has() -> None:
    short, long = (np.array([0.0, 10.0]), np.array([-1.0, 0.0, 3.0, 4.0]))
    points = [0.2 * np.random.default_rng(len(at)).standard_normal((len(at), SCORED)) for at in (short, long)]
    both = ScoreCard(names=("one", "other"), knots=(short, long), points=tuple(points), start=np.arange(SCORED) / 4)
    table = np.array([[2.0, -3.0], [11.0, 1.0], [10.0, 3.0], [0.0, 9.0]])
    total = both.start + np.stack(
        [
            np.interp(table[:, 0], short, points[0][:, k]) + np.interp(table[:, 1], long, points[1][:, k])
            for k in range(SCORED)
        ],
        axis=1,
    )
    said = log_probability(both, table)
    assert said - said[:, :1] == pytest.approx(total - total[:, :1])


def test_nothing_is_ruled_out_altogether() -> None:
    assert log_probability(card([[0, 0, 99.0, 0, 0, 0]] * 2), np.zeros((1, 1))).min() == LEAST_LOG


def log_p(*kinds: Scored) -> np.ndarray:
    return np.log(np.where(np.arange(SCORED) == np.array(kinds)[:, None], 0.75, 0.05))


def told(kinds: list[Scored], number: list[int] | None = None, **how: int) -> list[Scored]:
    seconds = np.arange(len(kinds)) if number is None else np.array(number)
    p = likely(TemporalParams(**how), seconds, log_p(*kinds), np.arange(len(kinds)))
    assert p.sum(axis=1) == pytest.approx(1)
    return [Scored(kind) for kind in p.argmax(axis=1)]


def test_one_odd_second_on_a_bicycle_is_outvoted() -> None:
    ride = [Scored.CYCLE] * 10 + [Scored.STAND] + [Scored.CYCLE] * 3
    assert set(told(ride)) == {Scored.CYCLE}


def test_a_rare_kind_needs_more_seconds_to_begin_than_a_common_one() -> None:
    first = {kind: told([Scored.STAND] * 20 + [kind] * 12)[20:].index(kind) for kind in (Scored.WALK, Scored.CYCLE)}
    assert first[Scored.WALK] < first[Scored.CYCLE] <= 10


def test_a_change_is_heard_sooner_where_what_comes_later_counts() -> None:
    change = [Scored.CYCLE] * 20 + [Scored.WALK] * 12
    assert told(change)[20] is Scored.CYCLE
    assert told(change, after_s=12)[20:] == [Scored.WALK] * 12


@pytest.mark.parametrize("after_s", [0, 3])
def test_a_second_among_equal_ones_has_the_same_probability_as_alone(after_s: int) -> None:
    night = log_p(*[Scored.SEDENTARY] * 60, *[Scored.WALK] * 5, *[Scored.SEDENTARY] * 60)
    params, number = TemporalParams(after_s=after_s), np.delete(np.arange(126), 90)
    together = likely(params, number, night, np.arange(125))
    alone = np.concatenate([likely(params, number, night, np.array([second])) for second in range(125)])
    assert together.tobytes() == alone.tobytes()
    assert len(np.unique(together, axis=0)) > 25


def test_a_loss_lets_the_past_fade() -> None:
    assert told([Scored.CYCLE] * 20 + [Scored.STAND], [*range(20), 2000])[-1] is Scored.STAND


def test_the_own_walking_is_learned_from_walking_only() -> None:
    params, own = OwnWalkingParams(typical_s=1), OwnWalking()
    walking, standing = [12.0, 9.0, -0.8, -1.0], [12.0, 9.0, -4.0, -4.0]
    columns = (0, 1, 2, 3)
    first = own.compare(params, np.array([standing, standing]), columns)
    assert np.array_equal(first[1, :2], [4.0, 5.0])
    own.compare(params, np.array([walking] * 600), columns)
    assert np.abs(own.compare(params, np.array([walking]), columns)).max() < 0.02


def test_the_weights_are_small_and_know_the_features() -> None:
    assert SHIPPED.names == NAMES
    assert all((np.diff(knots) > 0).all() for knots in SHIPPED.knots)
    assert all(p.shape == (len(k), SCORED) for k, p in zip(SHIPPED.knots, SHIPPED.points, strict=True))
    with open(str(weights_module.__file__), encoding="utf-8") as file:  # noqa: PTH123 - a module's own name
        assert len(file.read()) < 200_000


@pytest.mark.parametrize("lost_s", [0, 20, 61, 500])
def test_looking_ahead_gives_the_same_bits_in_any_cut(lost_s: int) -> None:
    params = settled(ActivityParams())
    imu = interrupted(imu_block(felt(DAY), thigh_from_sensor=MOUNTED), 2600, lost_s)
    whole = decided_by(Activity(params), imu, MOUNTED)
    parts = decided_by(Activity(params), imu, MOUNTED, at=[cut.start for cut in cuts(len(imu), 1)], moves=True)
    assert len(whole) == 125 + (lost_s if lost_s <= 60 else 1)
    for name in ("start_ns", "lasting_s", "kind", "confidence"):
        assert getattr(parts, name).tobytes() == getattr(whole, name).tobytes()


def test_a_second_that_is_hardly_measured_goes_on_as_its_neighbours() -> None:
    imu = imu_block(felt([("stand", 10), ("walk", 10), ("sit", 40)]), thigh_from_sensor=MOUNTED)
    t_ns = imu.t_ns.copy()
    t_ns[2010:] += 8_000_000_000  # second 40 has 0.2 s, and the next seven none
    kind = decided_by(
        Activity(), type(imu)(**{**{n: getattr(imu, n) for n in imu.__slots__}, "t_ns": t_ns}), MOUNTED
    ).kind
    assert kind[40] == K.SIT
    assert set(kind[41:48].tolist()) == {K.UNKNOWN}
