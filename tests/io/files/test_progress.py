"""How far a reading has come is told from the beginning to the end, whatever the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hipmonitor.runtime.recorded import open_recording
from tests.io.files.gt3x_builders import gt3x, standing
from tests.io.files.test_axivity_cwa import run_of_blocks, written
from tests.io.files.text_builders import G, table, tilting

RECORDING = Path(__file__).parents[3] / "recordings" / "desk.mcap"


def axivity(folder: Path) -> Path:
    written(folder / "a.cwa", *run_of_blocks(20))
    return folder / "a.cwa"


def phone(folder: Path) -> Path:
    t_s, acc, gyr = tilting(2000)
    return table(folder / "a.csv", "time,gFx,gFy,gFz,wx,wy,wz", t_s, acc, gyr)


def arrays(folder: Path) -> Path:
    np.savez(folder / "a.npz", acc_mps2=np.tile([0, 0, G], (2000, 1)), rate_hz=100.0)
    return folder / "a.npz"


MAKERS = {
    "Axivity": axivity,
    "ActiGraph": lambda folder: gt3x(folder / "a.gt3x", standing(30)),
    "table": phone,
    "npz": arrays,
    "recording": lambda _: RECORDING,
}


@pytest.mark.parametrize("kind", MAKERS)
def test_progress_grows_to_the_whole_over_both_passes(tmp_path: Path, kind: str) -> None:
    told: list[float] = []
    open_recording(MAKERS[kind](tmp_path), per_sample=False, progress=told.append)
    assert told == sorted(told)
    assert 0 <= told[0] <= 0.5
    assert told[-1] == pytest.approx(1.0, abs=0.02)


def test_as_lived_goes_through_once(tmp_path: Path) -> None:
    told: list[float] = []
    open_recording(phone(tmp_path), reading="as_lived", per_sample=False, progress=told.append)
    assert told[-1] == 1.0
