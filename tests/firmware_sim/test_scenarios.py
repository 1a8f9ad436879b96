"""Each scenario shows what it promises, whoever wears the sensor."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from firmware_sim.body import ACTIVITIES, Activity
from firmware_sim.memory_link import stream
from firmware_sim.scenarios import SCENARIOS, scenario_named
from firmware_sim.truth import TruthFile, read_truth, truth_rows
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
    assert read.activity_names == tuple(ACTIVITIES)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_no_truth_is_told(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", t_ns=np.zeros(3))
    (tmp_path / "text.npz").write_text("no")
    for name in ("other.npz", "text.npz", "absent.npz"):
        with pytest.raises(UsageError, match=name):
            read_truth(tmp_path / name)
