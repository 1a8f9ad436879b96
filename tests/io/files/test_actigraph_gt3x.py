"""ActiGraph files: what their bytes mean, and what is left out of damaged ones. Examples are those of the published format."""

from __future__ import annotations

import struct
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from hipmonitor.core.errors import RecordingError
from hipmonitor.io.files import ActigraphFile, FileClock
from hipmonitor.io.files.gt3x_records import accel_scale, find_records, sound, twelves_of
from hipmonitor.runtime.recorded import open_recording
from tests.io.files.gt3x_builders import INFO, START_S, activity, activity2, gt3x, record, standing

G = 9.80665


def whole(file: ActigraphFile, size: int = 1 << 18) -> tuple[np.ndarray, np.ndarray]:
    chunks = list(file.chunks(size))
    return np.concatenate([c.t_ns for c in chunks]), np.concatenate([c.acc_mps2 for c in chunks])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "thigh.gt3x"


# -- bytes -------------------------------------------------------------------------------------------------------------


def test_the_published_example_of_twelve_bits() -> None:
    octets = np.frombuffer(bytes.fromhex("006008EBD007009EBF007008EBF0"), np.uint8)[None]
    assert twelves_of(octets)[0].tolist() == [[8, 6, -323], [9, 7, -321], [8, 7, -321]]


def test_the_published_example_of_parameters() -> None:
    """ACCEL_SCALE: 256 LSB/g."""
    assert accel_scale(bytes.fromhex("00000600 02000000 00003700 00004009")) == 256.0
    assert accel_scale(bytes.fromhex("0000060002000000")) is None


def test_sixteen_bits_are_x_y_z(path: Path) -> None:
    second = [(48, -52, 332)] + [(0, 0, 256)] * 29
    t_ns, acc = whole(ActigraphFile(gt3x(path, [activity2(second)])))
    assert acc[0] / G == pytest.approx([0.1875, -0.203125, 1.296875])
    assert (t_ns - START_S * 10**9) / 1e9 == pytest.approx(np.arange(30) / 30, abs=1e-9)


def test_twelve_bits_give_the_same_as_sixteen(path: Path) -> None:
    samples = [(k, -k, 341 - k) for k in range(29)]
    records = [activity2(samples, 0), activity(samples, 1)]
    _, acc = whole(ActigraphFile(gt3x(path, records)))
    assert np.array_equal(acc[:29], acc[29:])


@pytest.mark.parametrize(
    ("serial", "extra", "counts"),
    [
        ("NEO1C16110020", "", 341),
        ("TAS1D48140206", "", 256),
        ("XYZ1", "Acceleration Scale: 128.0\n", 128),
        ("NEO1", "Acceleration Scale: 128,0\n", 128),
    ],
)
def test_one_g_is_told_by_the_file_or_by_the_serial_number(path: Path, serial: str, extra: str, counts: int) -> None:
    info = INFO.replace("MOS2A01234567", serial) + extra
    assert ActigraphFile(gt3x(path, standing(1), info)).counts_per_g == counts


def test_the_parameters_of_the_sensor_come_first(path: Path) -> None:
    parameters = record(0x15, struct.pack("<HHI", 0, 55, 0x0A400000))
    assert ActigraphFile(gt3x(path, [parameters, *standing(1)])).counts_per_g == 512


def test_times_are_the_wearers_own(path: Path) -> None:
    file = ActigraphFile(gt3x(path, standing(3)))
    assert (file.clock, file.utc_offset_s) == (FileClock.WALL, 3600)
    assert np.diff(whole(file)[0]) == pytest.approx(1e9 / 30, abs=2)


# -- records -----------------------------------------------------------------------------------------------------------


def test_other_records_and_zeros_between_them_are_passed_over(path: Path) -> None:
    between = [record(0x05, b"\x10\x00"), b"\0" * 7, record(0x1A, b"\x01"), record(0x06, b'{"MetadataType": "Bio"}')]
    first, *rest = standing(3)
    file = ActigraphFile(gt3x(path, [record(0x06, b"{}"), first, *between, *rest]))
    assert len(whole(file)[0]) == 90
    assert file.damage.sentence == ""


def test_a_sensor_that_slept_says_so_and_leaves_a_gap(path: Path) -> None:
    records = [*standing(2), record(0x03, b"\x08", 2), record(0x03, b"\x09", 60), activity2([(0, 256, 0)] * 30, 60)]
    file = ActigraphFile(gt3x(path, records))
    assert np.diff(whole(file)[0]).max() / 1e9 == pytest.approx(58 + 1 / 30)
    assert file.damage.sentence == "slept 1 times while it lay still (idle sleep mode): that time is not known"


def test_chunks_of_any_size_give_the_same_samples(path: Path) -> None:
    file = ActigraphFile(gt3x(path, standing(40)))
    expected = whole(file)
    for size in (1, 7, 189, 1000):
        assert all(np.array_equal(a, b) for a, b in zip(whole(file, size), expected, strict=True))


# -- damage ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [0, 1, 3, 6, 7, 60, 188])
def test_a_damaged_record_costs_itself_only(path: Path, offset: int) -> None:
    records = standing(10)
    broken = bytearray(records[4])
    broken[offset] ^= 0x41
    records[4] = bytes(broken)
    file = ActigraphFile(gt3x(path, records))
    assert len(whole(file)[0]) == 270
    assert "left out: " in file.damage.sentence


def test_bytes_that_are_missing_cost_the_record_they_belong_to(path: Path) -> None:
    log = b"".join(standing(10))
    file = ActigraphFile(gt3x(path, [log[:600], log[630:-40]]))
    assert len(whole(file)[0]) == 240
    assert file.damage.skipped_bytes


def test_a_clock_that_jumped_costs_its_second(path: Path) -> None:
    records = standing(10)
    records[4] = activity2([(0, 256, 0)] * 30, 3600)
    file = ActigraphFile(gt3x(path, records))
    assert len(whole(file)[0]) == 270
    assert file.damage.sentence == "left out: 1 seconds where the clock jumped"


def test_a_second_with_more_samples_than_the_rate_is_left_out(path: Path) -> None:
    file = ActigraphFile(gt3x(path, [*standing(2), activity2([(0, 256, 0)] * 40, 2)]))
    assert len(whole(file)[0]) == 60
    assert file.damage.other_size == 1


def test_an_archive_that_breaks_off_is_refused(path: Path) -> None:
    gt3x(path, standing(100))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(RecordingError, match=r"thigh\.gt3x: is no \.gt3x file .* or it was cut off; download it"):
        ActigraphFile(path)


def test_an_archive_whose_bytes_are_damaged_is_read_as_far_as_it_goes(path: Path) -> None:
    rng = np.random.default_rng(1)
    records = [activity2(rng.integers(-300, 300, (30, 3)).tolist(), k) for k in range(4000)]
    gt3x(path, records)
    with ZipFile(path) as archive:
        begin = archive.getinfo("log.bin").header_offset
    content = bytearray(path.read_bytes())
    content[begin + 500_000 : begin + 500_100] = bytes(100)
    path.write_bytes(bytes(content))
    file = ActigraphFile(path)
    assert 1000 * 30 < len(whole(file)[0]) < 4000 * 30
    assert "the archive breaks off" in file.damage.sentence


def test_a_file_of_another_kind_is_refused_with_a_remedy(path: Path) -> None:
    path.write_bytes(b"MD" * 1000)
    with pytest.raises(RecordingError, match=r"a zip archive with info\.txt and log\.bin\) but an Axivity \.cwa file"):
        ActigraphFile(path)


def test_the_older_kind_is_named(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("info.txt", INFO)
        archive.writestr("activity.bin", b"")
    with pytest.raises(RecordingError, match=r"an older kind \(activity\.bin\).* holds activity\.bin, info\.txt .*CSV"):
        ActigraphFile(path)


@pytest.mark.parametrize("rate", ["", "0", "thirty", "3000"])
def test_a_rate_that_cannot_be_is_refused(path: Path, rate: str) -> None:
    with pytest.raises(RecordingError, match=f"Sample Rate in info.txt is '{rate}'; expected 30 to 100"):
        ActigraphFile(gt3x(path, standing(1), INFO.replace("Sample Rate: 30", f"Sample Rate: {rate}")))


def test_a_sensor_of_which_1_g_is_not_known_is_refused(path: Path) -> None:
    with pytest.raises(
        RecordingError, match=r"neither its parameters nor Acceleration Scale .* 'XYZ' is of no known kind"
    ):
        ActigraphFile(gt3x(path, standing(1), INFO.replace("MOS2A01234567", "XYZ")))


def test_a_file_without_samples_is_refused(path: Path) -> None:
    with pytest.raises(RecordingError, match=r"log\.bin holds no second of samples"):
        list(ActigraphFile(gt3x(path, [record(0x06, b"{}")])).chunks())


def test_checksums_are_looked_at() -> None:
    data = b"".join(standing(3))
    broken = bytearray(data)
    broken[-1] ^= 1
    assert sound(data, find_records(data, last=True)).tolist() == [True, True, True]
    assert sound(bytes(broken), find_records(bytes(broken), last=True)).tolist() == [True, True, False]


# -- through the rooms -------------------------------------------------------------------------------------------------


def test_a_recording_goes_through_the_same_rooms(path: Path) -> None:
    analysis = open_recording(gt3x(path, standing(60)), reading="as_lived")
    assert (len(analysis.t_ns), round(analysis.summary.duration_s)) == (1800, 60)
