"""Every stage obeys every law, whatever it computes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hipmonitor.core.exercise import ExerciseBlock
from tests.laws.plain import joined_packets, of_sets, plain, together
from tests.laws.stages import StageCase, cases

CASES = {case.name: case for case in cases()}
MAY_BE_NAN = {"thigh_roll_deg", "pelvis_tilt_deg"} | {
    f"hip_{name}_deg" for name in ("flexion", "flexion_sd", "adduction", "adduction_sd", "rotation", "rotation_sd")
}


@pytest.fixture(params=CASES, scope="module")
def case(request: pytest.FixtureRequest) -> StageCase:
    return CASES[request.param]


@pytest.fixture(scope="module")
def atoms(case: StageCase) -> list[Any]:
    return case.atoms()


@pytest.fixture(scope="module")
def whole(case: StageCase, atoms: list[Any]) -> dict[str, object]:
    return together_all(case.run(case.new(), [atoms]))


def together_all(outputs: Sequence[Any]) -> dict[str, object]:
    """Blocks are joined column by column; loose values (packets, alerts, placements) stay a list."""
    blocks = bool(outputs) and (
        hasattr(outputs[0], "__len__") or type(outputs[0]).__name__ in {"Oriented", "ExposureBlock"}
    )
    if outputs and isinstance(outputs[0], ExerciseBlock):
        return of_sets(outputs)
    return together(outputs) if blocks else {"": plain(joined_packets(list(outputs)))}


def cut(atoms: list[Any], where: Sequence[int]) -> list[list[Any]]:
    edges = [0, *sorted(where), len(atoms)]
    return [atoms[a:b] for a, b in pairwise(edges) if b > a]


def test_the_stream_reaches_the_stage(case: StageCase, atoms: list[Any], whole: dict[str, object]) -> None:
    assert len(atoms) > 30
    assert any(whole.values())


def test_same_in_single_samples(case: StageCase, atoms: list[Any], whole: dict[str, object]) -> None:
    assert together_all(case.run(case.new(), cut(atoms, range(1, len(atoms))))) == whole


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_same_however_cut(case: StageCase, atoms: list[Any], whole: dict[str, object], data: st.DataObject) -> None:
    where = data.draw(st.sets(st.integers(1, len(atoms) - 1), max_size=40))
    assert together_all(case.run(case.new(), cut(atoms, sorted(where)))) == whole


def test_two_fresh_stages_agree(case: StageCase, atoms: list[Any], whole: dict[str, object]) -> None:
    assert together_all(case.run(case.new(), [atoms])) == whole


def test_inputs_are_not_modified(case: StageCase, atoms: list[Any]) -> None:
    before = plain(atoms)
    case.run(case.new(), cut(atoms, [len(atoms) // 3]))
    assert plain(atoms) == before


@pytest.mark.parametrize("share", [0.2, 0.5, 0.77])
def test_state_saved_and_loaded_goes_on_identically(
    case: StageCase, atoms: list[Any], whole: dict[str, object], share: float
) -> None:
    middle = round(len(atoms) * share)
    first = case.new()
    before = case.feed(first, atoms[:middle])
    second = case.restored(pickle.loads(pickle.dumps(copy.deepcopy(first.state))))  # noqa: S301 - our own bytes
    assert together_all([*before, *case.run(second, [atoms[middle:]])]) == whole


def test_output_is_finite_or_marked_untrusted(case: StageCase, atoms: list[Any]) -> None:
    checked = 0
    for output in case.run(case.new(), [atoms]):
        block = getattr(output, "orientation", output)
        if not hasattr(block, "trusted") or not isinstance(block.trusted, np.ndarray):
            continue
        for f in dataclasses.fields(block):
            column = getattr(block, f.name)
            if isinstance(column, np.ndarray) and column.dtype.kind == "f" and f.name not in MAY_BE_NAN:
                assert np.isfinite(column[block.trusted]).all(), f.name
                checked += 1
    assert checked or case.name.partition("-")[0] in {
        "wire",
        "sampling",
        "automatic",
        "activity",
        "exposure",
        "alerts",
        "exercise",
        "hip",
    }
