"""Real people, an unknown mounting: the fast end of `tests.benchmarks.activity`."""

from __future__ import annotations

import pytest

from tests.benchmarks.activity import analysed, data_folder, posture_score


@pytest.mark.data
@pytest.mark.parametrize("name", ["har70_501", "sens_P24"])
def test_sedentary_is_told_from_upright_and_lying_is_said_with_reason(name: str) -> None:
    path = data_folder() / "posture" / f"{name}.npz"
    if not path.exists():
        pytest.skip(f"{path} is missing; set HIPMONITOR_DATA to the folder of the recordings")
    score = posture_score()
    person = analysed(path, "settled", score, seed=1)
    metrics = score.metrics(score.confusion(person.truth, person.said))
    assert metrics["sedentary_balanced"] > 0.97
    assert not metrics["lie_precision"] < 0.9  # NaN where nobody was said to lie
    assert abs(person.stand_deg) < 3 * person.sd_deg
    assert person.sit_deg > 45
