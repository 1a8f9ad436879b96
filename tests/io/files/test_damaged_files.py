"""Whatever happened to a file: its readers give what can be read, counted, or one sentence that names it; never another error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import pytest

from hipmonitor.core.errors import HipmonitorError
from hipmonitor.io.files import columns_from, open_samples, read_npz
from tests.io.files.gt3x_builders import INFO, activity, gt3x, record, standing
from tests.io.files.test_axivity_cwa import run_of_blocks, written
from tests.io.files.text_builders import G, table, tilting

MUTANTS = 1000
"""Of each kind."""


def an_axivity_file(folder: Path) -> Path:
    written(folder / "a.cwa", *run_of_blocks(4))
    return folder / "a.cwa"


def an_actigraph_file(folder: Path) -> Path:
    return gt3x(folder / "a.gt3x", [record(6, b"{}"), *standing(3), activity([(0, 256, 0)] * 30, 3)])


def an_actigraph_log(folder: Path) -> Path:
    """Damaged inside, in an archive that is whole."""
    path = folder / "log.bin"
    path.write_bytes(b"".join([record(6, b"{}"), *standing(3), activity([(0, 256, 0)] * 30, 3)]))
    return path


def a_phones_table(folder: Path) -> Path:
    t_s, acc, gyr = tilting(60)
    header = "time,gFx,gFy,gFz,wx,wy,wz"
    return table(folder / "a.csv", header, t_s, acc, gyr)


def a_dot_table(folder: Path) -> Path:
    t_s, _, _ = tilting(60)
    header = "SampleTimeFine,Quat_W,Quat_X,Quat_Y,Quat_Z,FreeAcc_X,FreeAcc_Y,FreeAcc_Z"
    quaternions = np.tile([1.0, 0, 0, 0], (60, 1))
    before = "sep=,\nStartTime: ,2021-08-20_20:21:13_839 GMT+8\n"
    return table(folder / "b.csv", header, t_s * 1e6, quaternions, np.zeros((60, 3)), before=before)


def saved_arrays(folder: Path) -> Path:
    path = folder / "a.npz"
    np.savez(path, acc_mps2=np.full((20, 3), G), t_ns=np.arange(20) * 10_000_000, rate_hz=100.0)
    return path


def a_file_of_columns(folder: Path) -> Path:
    path = folder / "a.toml"
    path.write_text('rate_hz = 50\n[acc]\ncolumns = ["x", "y", 3]\nunit = "g"\ninverted = true\n', encoding="utf-8")
    return path


def read_samples(path: Path) -> None:
    file = open_samples(path)
    for chunk in file.chunks():
        assert len(chunk.t_ns) == len(chunk.acc_mps2)
        assert (np.diff(chunk.t_ns) >= 0).all()
        assert 0 <= chunk.done <= 1
    assert isinstance(file.damage.sentence, str)


def read_log(path: Path) -> None:
    whole = path.with_name("log.gt3x")
    with ZipFile(whole, "w", ZIP_STORED) as archive:
        archive.writestr("info.txt", INFO)
        archive.write(path, "log.bin")
    read_samples(whole)


KINDS: dict[str, tuple[Callable[[Path], Path], Callable[[Path], object]]] = {
    "Axivity": (an_axivity_file, read_samples),
    "ActiGraph": (an_actigraph_file, read_samples),
    "ActiGraph's log": (an_actigraph_log, read_log),
    "a phone": (a_phones_table, read_samples),
    "the DOT app": (a_dot_table, read_samples),
    "npz": (saved_arrays, read_npz),
    "columns": (a_file_of_columns, lambda path: columns_from(str(path))),
}


def mutants(content: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Octets changed, cut out, doubled, zeroed, cut off, and written over by others of the same file."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        out = bytearray(content)
        for _ in range(int(rng.integers(1, 5))):
            if not out:
                break
            at, length = int(rng.integers(len(out))), int(rng.integers(1, 40))
            match int(rng.integers(7)):
                case 0:
                    out[at] = int(rng.integers(256))
                case 1:
                    out[at] ^= 1 << int(rng.integers(8))
                case 2:
                    del out[at : at + length]
                case 3:
                    out[at:at] = out[at : at + length]
                case 4:
                    out[at : at + length] = bytes(len(out[at : at + length]))
                case 5:
                    del out[at:]
                case _:
                    source = int(rng.integers(len(out)))
                    out[at : at + length] = out[source : source + length]
        yield bytes(out)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("error")
def test_a_damaged_file_is_read_in_part_or_refused_in_one_sentence(tmp_path: Path, kind: str) -> None:
    make, read = KINDS[kind]
    path = make(tmp_path)
    content = path.read_bytes()
    read(path)
    sentences = {refusal(read, path, mutant) for mutant in mutants(content, MUTANTS, seed=7)} - {None}
    assert sentences
    for sentence in sentences:
        assert path.stem in str(sentence)
        assert len(str(sentence)) < 1000


def refusal(read: Callable[[Path], object], path: Path, content: bytes) -> str | None:
    """What is said of a file that is refused; None where it was read."""
    path.write_bytes(content)
    try:
        read(path)
    except HipmonitorError as error:
        return str(error)
    return None
