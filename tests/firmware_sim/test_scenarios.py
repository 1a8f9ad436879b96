"""Each scenario shows what it promises, whoever wears the sensor."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from firmware_sim.body import ACTIVITIES, Activity, Movement
from firmware_sim.memory_link import stream
from firmware_sim.scenarios import SCENARIOS, scenario_named, wearer
from firmware_sim.truth import FIELDS, TruthFile, read_truth, truth_rows, write_truth
from firmware_sim.worn_sensor import wear_scenario
from hipmonitor.core.errors import UsageError
from hipmonitor.core.inbound import Notification
from tests.firmware_sim.device_rig import START_NS

S = 1_000_000_000


def seconds_of(codes: np.ndarray, activity: Activity, step_s: float) -> float:
    return float(np.sum(codes == ACTIVITIES.index(activity)) * step_s)


@pytest.mark.parametrize("seed", range(25))
def test_alert_passes_its_shortened_limits_on_the_sofa_only(seed: int) -> None:
    scenario = scenario_named("alert")
    worn = wear_scenario(scenario, seed=seed)
    t_s = np.arange(0.0, scenario.seconds, 0.05)
    truth = worn.body.truth(t_s)
    sitting = truth.activity == ACTIVITIES.index(Activity.SIT)
    starts = t_s[1:][np.diff(sitting.astype(int)) == 1]
    first_end = t_s[1:][np.diff(sitting.astype(int)) == -1][0]
    limit_s = scenario.settings["sitting.sit_limit_min"] * 60
    assert first_end - starts[0] < limit_s - 1.0
    assert scenario.seconds - starts[1] > limit_s + 2.0
    deep = truth.thigh_flexion_deg > scenario.settings["deep_flexion.thigh_limit_deg"]
    assert not deep[t_s < first_end].any()
    on_sofa = t_s > starts[1] + 1.0
    assert deep[on_sofa].all()
    assert on_sofa.sum() * 0.05 > scenario.settings["deep_flexion.deep_limit_min"] * 60 + 2.0


@pytest.mark.parametrize("name", ["alert", "desk"])
@pytest.mark.parametrize("seed", range(10))
def test_cues_are_given_when_the_pose_is_held_for_five_seconds(name: str, seed: int) -> None:
    scenario = scenario_named(name)
    worn = wear_scenario(scenario, seed=seed)
    cues = scenario.cues(worn.person)
    assert [cue.kind for cue in cues] == ["stand", "sit"]
    for cue, lasts_s in zip(cues, (4.0, 5.0), strict=True):
        held = worn.body.truth(cue.at_s + np.arange(0.0, lasts_s, 0.1))
        assert {ACTIVITIES[code] for code in held.activity} == {cue.kind}
        assert np.ptp(held.thigh_flexion_deg) < 3.0


def test_the_day_lasts_a_day_and_has_everything_in_it() -> None:
    scenario = scenario_named("day")
    worn = wear_scenario(scenario, seed=2)
    assert sum(act.seconds for act in scenario.script(worn.person)) == pytest.approx(86_400.0)
    truth = worn.body.truth(np.arange(0.0, 86_400.0, 5.0))
    hours = {activity: seconds_of(truth.activity, activity, 5.0) / 3600 for activity in Activity}
    assert hours[Activity.LIE] > 6
    assert 7 < hours[Activity.SIT] < 11
    assert hours[Activity.WALK] > 1
    assert hours[Activity.STAND] > 1
    assert 0.5 < hours[Activity.NOT_WORN] < 1


SHORT = [name for name in SCENARIOS if name not in {"day", "day_full", "alert", "desk"}]


@pytest.mark.parametrize("name", SHORT)
def test_short_scenarios_calibrate_first_and_last_as_long_as_they_say(name: str) -> None:
    scenario = scenario_named(name)
    for seed in range(4):
        worn = wear_scenario(scenario, seed=seed)
        assert scenario.seconds - 1.5 < worn.body.seconds <= scenario.seconds
        for cue, lasts_s in zip(scenario.cues(worn.person), (4.0, 5.0), strict=True):
            held = worn.body.truth(cue.at_s + np.arange(0.0, lasts_s, 0.1))
            assert {ACTIVITIES[code] for code in held.activity} == {cue.kind}


@pytest.mark.parametrize(
    ("name", "activity", "at_least_s"),
    [
        ("run", Activity.RUN, 180),
        ("stairs", Activity.STAIRS, 70),
        ("cycle", Activity.CYCLE, 270),
        ("lying", Activity.LIE, 300),
        ("bag", Activity.NOT_WORN, 400),
        ("sofa", Activity.SIT, 380),
        ("car", Activity.SIT, 600),
    ],
)
def test_short_scenarios_show_what_they_are_for(name: str, activity: Activity, at_least_s: float) -> None:
    worn = wear_scenario(scenario_named(name), seed=3)
    codes = worn.body.truth(np.arange(0.0, worn.body.seconds, 0.1)).activity
    assert seconds_of(codes, activity, 0.1) > at_least_s


@pytest.mark.parametrize("seed", range(4))
def test_exercise_does_two_sets_of_eight_clams_and_of_eight_bridges_twice_with_time_to_press_start(seed: int) -> None:
    body = wear_scenario(scenario_named("exercise"), seed=seed).body
    sets = body.sets()
    assert [done.plan.movement for done in sets] == 2 * ([Movement.CLAM] * 2 + [Movement.BRIDGE] * 2)
    assert all(len(done.own) == 8 and not any(one.half for one in done.own) for done in sets)
    assert all(done.begins_s - done.pose_from_s > 9.9 for done in sets)
    assert all(2.0 < one.end_s - one.start_s < 9.0 for done in sets for one in done.own)


def test_a_strap_slips_in_the_scenario_that_is_named_for_it_and_on_every_third_full_day() -> None:
    slip, day = scenario_named("slip"), scenario_named("day_full")
    assert any(slip.slips(wearer(seed)) for seed in range(3))
    assert [bool(day.slips(wearer(seed))) for seed in range(4)] == [True, False, False, True]
    worn = wear_scenario(slip, seed=next(seed for seed in range(9) if slip.slips(wearer(seed))))
    turned, _ = worn.body.strap_deg(np.array([0.0, worn.body.seconds]))
    assert turned[0] == 0.0
    assert turned[1] != 0.0


def full_day_hours(seed: int) -> dict[Activity, float]:
    truth = wear_scenario(scenario_named("day_full"), seed=seed).body.truth(np.arange(0.0, 86_400.0, 10.0))
    return {activity: seconds_of(truth.activity, activity, 10.0) / 3600 for activity in Activity}


def test_full_days_are_ordinary_and_no_two_are_alike() -> None:
    days = [full_day_hours(seed) for seed in range(12)]
    for day in days:
        assert sum(day.values()) == pytest.approx(24.0)
        assert 6.0 < day[Activity.LIE] < 12.0
        assert 7.0 < day[Activity.SIT] < 13.0
        assert 1.0 < day[Activity.STAND] < 5.0
        assert 0.5 < day[Activity.WALK] < 3.5
        assert 0.0 < day[Activity.STAIRS] < 0.3
    assert len({round(day[Activity.SIT], 3) for day in days}) == len(days)
    for activity in (Activity.RUN, Activity.CYCLE):
        assert 2 <= sum(day[activity] > 0.05 for day in days) < 12


def test_a_full_day_rises_dozens_of_times_and_never_twice_in_the_same_time() -> None:
    for seed in range(4):
        body = wear_scenario(scenario_named("day_full"), seed=seed).body
        happened = body.events()
        assert 25 <= len(happened.seat_off_s) <= 90
        assert abs(len(happened.seat_on_s) - len(happened.seat_off_s)) <= 1
        assert 3_000 < len(happened.steps_s) < 30_000
    tempi = [act.tempo for act in scenario_named("day_full").script(wearer(1))]
    assert np.std(np.log(tempi)) == pytest.approx(0.15, abs=0.03)


def test_nobody_s_day_is_longer_than_a_day() -> None:
    for seed in range(80):
        assert sum(act.seconds for act in scenario_named("day_full").script(wearer(seed))) == pytest.approx(86_400.0)


def test_persons_of_both_sides_come_up() -> None:
    sides = {wear_scenario(scenario_named("desk"), seed=seed).person.side for seed in (1, 2)}
    assert sides == {"left", "right"}


def test_an_unknown_scenario_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=f"choose {', '.join(SCENARIOS)}"):
        scenario_named("night")


def test_a_worn_sensor_speaks_over_the_link_and_the_same_seed_speaks_the_same() -> None:
    spoken = []
    for _ in range(2):
        worn = wear_scenario(scenario_named("alert"), seed=7)
        turns = stream(worn.device, start_ns=START_NS, seconds=10.0)
        events = itertools.chain.from_iterable(turns)
        spoken.append([e.payload for e in events if isinstance(e, Notification) and e.channel == "hip/data"])
    assert spoken[0] == spoken[1]
    assert len(spoken[0]) > 90


def test_truth_is_on_disk_as_it_goes_and_reads_back(tmp_path: Path) -> None:
    body = wear_scenario(scenario_named("alert"), seed=1).body
    path = tmp_path / "truth.npz"
    file = TruthFile(path, body, start_ns=START_NS)
    for second in (1, 2, 2, 20):
        file.write_until(START_NS + second * S)
        assert len(read_truth(path).t_ns) == second * 20 + 1
    read, whole = read_truth(path), truth_rows(body, start_ns=START_NS, rows=range(401))
    assert np.array_equal(read.t_ns, whole.t_ns)
    assert read.t_ns[-1] == START_NS + 20 * S
    assert np.array_equal(read.thigh_flexion_deg, whole.thigh_flexion_deg)
    assert np.array_equal(read.activity, whole.activity)
    assert np.array_equal(read.pelvis_tilt_deg, whole.pelvis_tilt_deg)
    assert np.isfinite(read.hip_adduction_deg).all()
    assert read.activity_names == tuple(ACTIVITIES)
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_file_of_truth_has_no_pelvis(tmp_path: Path) -> None:
    body = wear_scenario(scenario_named("alert"), seed=1).body
    write_truth(tmp_path / "new.npz", truth_rows(body, start_ns=START_NS, rows=range(5)))
    with np.load(tmp_path / "new.npz") as file:
        np.savez(tmp_path / "old.npz", **{name: file[name] for name in FIELDS})
    old = read_truth(tmp_path / "old.npz")
    assert np.isfinite(old.hip_flexion_deg).all()
    assert np.isnan(old.pelvis_tilt_deg).all()


def test_a_file_that_is_no_truth_is_told(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", t_ns=np.zeros(3))
    (tmp_path / "text.npz").write_text("no")
    for name in ("other.npz", "text.npz", "absent.npz"):
        with pytest.raises(UsageError, match=name):
            read_truth(tmp_path / name)
