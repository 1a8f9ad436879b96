"""Golden sessions: the recordings of the project give the stored results, and the truth beside them agrees."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from firmware_sim.truth import read_truth
from hipmonitor.io.session import read_session
from hipmonitor.runtime.recorded import open_recording
from tests.golden.recorded_results import READINGS, RECORDINGS, STORED, recordings, results
from tests.laws.plain import plain

STORED_RESULTS = json.loads(STORED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def regenerate() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("regenerate", RECORDINGS / "regenerate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["regenerate"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["regenerate"]


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("path", recordings(), ids=lambda path: path.name)
def test_results_are_the_stored_ones(path: Path, reading: str) -> None:
    stored = STORED_RESULTS[f"{path.name} {reading}"]
    present = results(open_recording(path, reading=reading))  # type: ignore[arg-type]
    for name in ("thigh_flexion_deg", "hip_flexion_deg"):
        one, other = (np.array(side.pop(name), np.float64) for side in (stored, present))  # type: ignore[arg-type]
        np.testing.assert_allclose(one, other, atol=1e-6, equal_nan=True)
    assert present == stored


@pytest.mark.parametrize("name", ["alert", "desk", "bed", "out-of-reach", "restarted"])
def test_the_thigh_angle_is_within_3_deg_of_the_truth(name: str) -> None:
    analysis = open_recording(RECORDINGS / f"{name}.mcap")
    truth = read_truth(RECORDINGS / f"{name}.truth.npz")
    true_deg = np.interp(analysis.t_ns.astype(float), truth.t_ns.astype(float), truth.thigh_flexion_deg)
    error = (analysis.thigh_flexion_deg - true_deg)[analysis.trusted]
    assert len(error) > 2000
    assert np.sqrt(np.mean(error**2)) < 3.0


def test_the_broken_ones_say_what_is_lost() -> None:
    for name in ("truncated.mcap", "unclosed.mcap.part"):
        reader = read_session(RECORDINGS / name)
        assert sum(len(batch) for batch in reader.batches()) > 300
        assert reader.damage is not None, name


def test_the_command_makes_the_same_events_again(regenerate: ModuleType, tmp_path: Path) -> None:
    plan = next(plan for plan in regenerate.plans() if plan.name == "alert")
    path = regenerate.make(plan, tmp_path)
    assert plain(list(read_session(path))) == plain(list(read_session(RECORDINGS / "alert.mcap")))


def test_the_catalogue_lists_every_recording(regenerate: ModuleType) -> None:
    catalogue = (RECORDINGS / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in recordings()} == {
        f"{plan.name}.mcap.part" if plan.name == "unclosed" else f"{plan.name}.mcap" for plan in regenerate.plans()
    }
    for path in recordings():
        assert f"`{path.name}`" in catalogue
