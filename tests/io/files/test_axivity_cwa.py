"""Axivity files: what their bytes mean, what is left out of damaged ones, and the same numbers as another library reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hipmonitor.core.errors import RecordingError
from hipmonitor.core.samples import STANDARD_GRAVITY_MPS2
from hipmonitor.io.files import AxivityFile
from hipmonitor.io.files.cwa_blocks import BLOCK, Blocks
from hipmonitor.runtime.recorded import analyze_source, open_recording, recorded_source
from tests.journeys.shared_data import DATA, needs_data

AX3_100_HZ, AX6_100_HZ = 0x4A, 0x4A
PACKED3, SHORT3, SHORT6 = 0x30, 0x32, 0x62
NEW_YEAR_2026_S = 1_767_225_600


def stamp(second: int = 0, *, month: int = 1) -> int:
    """Second of the first minute of 2026."""
    return (26 << 26) | (month << 22) | (1 << 17) | second


def block(
    sequence: int = 0,
    *,
    words: np.ndarray | None = None,
    axes: int = PACKED3,
    count: int = 120,
    at: int | None = None,
    fraction: int = 0,
    stamp_sample: int = 0,
    scales: int = 0,
) -> Blocks:
    """One good block: 1.2 s at 100 Hz when packed."""
    out = np.zeros(1, BLOCK)
    out["mark"], out["length"], out["sequence"], out["count"] = b"AX", 508, sequence, count
    out["stamp"] = stamp() if at is None else at
    out["fraction"], out["stamp_sample"], out["light_and_scales"] = fraction, stamp_sample, scales
    out["rate_code"], out["axes_and_packing"], out["temperature"], out["battery"] = AX3_100_HZ, axes, 256, 200
    if words is not None:
        raw = words.tobytes()
        out["raw"][0, : len(raw)] = np.frombuffer(raw, np.uint8)
    return signed(out)


def signed(blocks: Blocks) -> Blocks:
    """The same with the right checksums."""
    blocks["checksum"] = 0
    blocks["checksum"] = (-blocks.view("<u2").reshape(-1, 256).sum(axis=1, dtype=np.int64)) & 0xFFFF
    return blocks


def written(path: Path, *blocks: Blocks, tail: bytes = b"") -> AxivityFile:
    path.write_bytes(b"MD".ljust(1024, b"\0") + b"".join(b.tobytes() for b in blocks) + tail)
    return AxivityFile(path)


def whole(file: AxivityFile, size: int = 256) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Times, accelerations and rates of all chunks."""
    chunks = list(file.chunks(size))
    rates = [c.gyr_radps for c in chunks if c.gyr_radps is not None]
    return (
        np.concatenate([c.t_ns for c in chunks]),
        np.concatenate([c.acc_mps2 for c in chunks]),
        np.concatenate(rates) if rates else None,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "thigh.cwa"


# -- samples -----------------------------------------------------------------------------------------------------------


def test_ten_bits_are_shifted_by_their_common_exponent(path: Path) -> None:
    word = np.array([(2 << 30) | (0x3FF << 20) | (0x200 << 10) | 64], "<u4")
    acc = whole(written(path, block(words=word)))[1]
    assert acc[0] / STANDARD_GRAVITY_MPS2 == pytest.approx(np.array([64, -512, -1]) * 4 / 256)


def test_sixteen_bits_are_scaled_as_the_block_says(path: Path) -> None:
    words = np.array([2048, -2048, 1024], "<i2")
    acc = whole(written(path, block(words=words, axes=SHORT3, count=80, scales=3 << 13)))[1]
    assert acc[0] / STANDARD_GRAVITY_MPS2 == pytest.approx([1, -1, 0.5])


def test_six_axes_are_rates_first(path: Path) -> None:
    words = np.array([16384, 0, -16384, 4096, 0, 0], "<i2")
    _, acc, rates = whole(written(path, block(words=words, axes=SHORT6, count=40, scales=(4 << 13) | (2 << 10))))
    assert rates is not None
    assert np.rad2deg(rates[0]) == pytest.approx([1000, 0, -1000])
    assert acc[0] / STANDARD_GRAVITY_MPS2 == pytest.approx([1, 0, 0])


def test_a_block_that_is_not_full_gives_what_it_holds(path: Path) -> None:
    assert len(whole(written(path, block(count=7)))[0]) == 7


def test_temperature_and_battery_are_told_for_every_block(path: Path) -> None:
    chunk = next(written(path, block(0), block(1, stamp_sample=-120)).chunks())
    assert chunk.temperature_c[0] == 25.0
    assert chunk.battery_v[0] == pytest.approx(4.171875)


# -- times -------------------------------------------------------------------------------------------------------------


def test_the_stamp_belongs_to_the_sample_it_names(path: Path) -> None:
    t_ns = whole(written(path, block(at=stamp(10), stamp_sample=50)))[0]
    assert (t_ns[50] - NEW_YEAR_2026_S * 10**9) / 1e9 == pytest.approx(10.0)


def test_a_fraction_of_a_second_gives_back_the_samples_it_took(path: Path) -> None:
    """Half a second are 50 samples: the stamp was moved from sample 60 to sample 10."""
    t_ns = whole(written(path, block(at=stamp(10), fraction=0x8000 | 0x4000, stamp_sample=10)))[0]
    assert (t_ns[60] - NEW_YEAR_2026_S * 10**9) / 1e9 == pytest.approx(10.5)


def test_a_device_number_is_no_fraction(path: Path) -> None:
    t_ns = whole(written(path, block(at=stamp(10), fraction=0x4000)))[0]
    assert t_ns[0] == (NEW_YEAR_2026_S + 10) * 10**9


def test_samples_lie_evenly_between_blocks_whatever_the_nominal_rate(path: Path) -> None:
    """Two blocks 1.25 s apart: 96 Hz."""
    t_ns = whole(written(path, block(0, at=stamp(10)), block(1, at=stamp(11), stamp_sample=-25)))[0]
    assert np.diff(t_ns[:121]) == pytest.approx(1.25e9 / 120, abs=2)


@pytest.mark.parametrize(("sequence", "second"), [(1, 20), (5, 11)])
def test_a_block_that_is_missing_is_a_gap(path: Path, sequence: int, second: int) -> None:
    late = block(sequence, at=stamp(second), stamp_sample=-20)
    t_ns = whole(written(path, block(0, at=stamp(10)), late))[0]
    assert np.diff(t_ns[:120]) == pytest.approx(1e7, abs=2)


def test_chunks_of_any_size_give_the_same_samples(path: Path) -> None:
    blocks = [block(k, at=stamp(k + 1), stamp_sample=-20 * k) for k in range(7)]
    file = written(path, *blocks)
    expected = whole(file)
    for size in (1, 2, 3, 7):
        for got, want in zip(whole(file, size)[:2], expected[:2], strict=True):
            assert np.array_equal(got, want)


# -- damage ------------------------------------------------------------------------------------------------------------


def test_damaged_blocks_are_left_out_and_counted(path: Path) -> None:
    broken, untimed, other = block(1), block(2, at=0), block(3, axes=SHORT3, count=80)
    broken["raw"][0, 7] ^= 1
    file = written(path, block(0), broken, untimed, other, block(4), tail=b"AX cut off")
    assert len(whole(file)[0]) == 240
    d = file.damage
    assert (d.blocks, d.checksum, d.no_time, d.other_form, d.cut_off_bytes) == (5, 1, 1, 1, 10)
    for part in ("3 of 5 blocks left out", "1 damaged", "1 without a time", "the last 10 bytes"):
        assert part in d.sentence


def test_a_whole_file_has_nothing_to_say(path: Path) -> None:
    file = written(path, block(0))
    whole(file)
    assert file.damage.sentence == ""


def test_a_month_that_does_not_exist_is_no_time(path: Path) -> None:
    file = written(path, block(0), block(1, at=stamp(month=13)))
    whole(file)
    assert file.damage.no_time == 1


def run_of_blocks(n: int = 6) -> list[Blocks]:
    return [block(k, at=stamp(k + 1), stamp_sample=-20 * k) for k in range(n)]


@pytest.mark.parametrize("which", [0, 3, 5])
@pytest.mark.parametrize("years", [-1, 3])
@pytest.mark.parametrize("size", [1, 2, 256])
def test_one_block_with_a_wrong_time_costs_itself_only(path: Path, which: int, years: int, size: int) -> None:
    blocks = run_of_blocks()
    blocks[which]["stamp"] += np.uint32((years << 26) % 2**32)
    file = written(path, *map(signed, blocks))
    if (which, years) in {(0, -1), (5, 3)}:  # Before or after all others, a year's gap could as well be true.
        with pytest.raises(RecordingError, match=r"spans \d+ days.*set in between"):
            whole(file, size)
        return
    assert len(whole(file, size)[0]) == 5 * 120
    assert file.damage.sentence == "1 of 6 blocks left out (1 where the clock jumped)"


def test_what_comes_after_a_clock_that_went_back_is_counted(path: Path) -> None:
    blocks = run_of_blocks()
    for late in blocks[4:]:
        late["stamp"] -= np.uint32(1 << 26)
    file = written(path, *map(signed, blocks))
    assert len(whole(file)[0]) == 4 * 120
    assert (file.damage.clock_jumped, file.damage.unused) == (2, 2)


def test_a_clock_that_went_ahead_by_years_is_refused_with_a_remedy(path: Path) -> None:
    blocks = run_of_blocks()
    for late in blocks[3:]:
        late["stamp"] += np.uint32(3 << 26)
    with pytest.raises(RecordingError, match=r"thigh\.cwa: spans 1096 days.*at most 62 days"):
        whole(written(path, *map(signed, blocks)))


def test_the_form_is_that_of_most_blocks_not_of_the_first(path: Path) -> None:
    file = written(path, block(0, axes=SHORT3, count=80), block(1), block(2))
    assert len(whole(file)[0]) == 240
    assert file.damage.other_form == 1


def test_a_sensor_whose_clock_was_never_set_is_refused_with_a_remedy(path: Path) -> None:
    written(path, *(block(k, at=0) for k in range(3)))
    with pytest.raises(RecordingError, match=r"thigh\.cwa: .*clock was never set; set it"):
        open_recording(path)


def test_a_file_of_another_kind_is_refused_with_a_remedy(path: Path) -> None:
    path.write_bytes(b"PK" * 1000)
    with pytest.raises(RecordingError, match=r"thigh\.cwa: is no \.cwa file.*MD.*as downloaded"):
        AxivityFile(path)


def test_a_file_without_a_whole_block_is_refused(path: Path) -> None:
    with pytest.raises(RecordingError, match="no whole data block"):
        written(path, tail=b"\0" * 600)


def test_a_packing_that_is_not_known_is_named(path: Path) -> None:
    with pytest.raises(RecordingError, match="numAxesBPS tell 100 Hz, 3 axes in packing 7"):
        written(path, block(axes=0x37))


def test_a_file_that_is_not_there_is_refused(path: Path) -> None:
    with pytest.raises(RecordingError, match="cannot be opened"):
        AxivityFile(path)


# -- through the rooms -------------------------------------------------------------------------------------------------


def minute_of_standing(path: Path, *extra: Blocks) -> Path:
    word = np.full(120, 256 << 10, "<u4")
    blocks = [block(k, words=word, at=stamp(int(k * 1.2)), stamp_sample=-round(k * 120 % 100)) for k in range(40)]
    written(path, *blocks, *extra)
    return path


def test_a_recording_goes_through_the_same_rooms(path: Path) -> None:
    analysis = open_recording(minute_of_standing(path))
    assert (len(analysis.t_ns), round(analysis.summary.duration_s)) == (4800, 48)


def test_what_is_damaged_is_told(path: Path) -> None:
    broken = block(40)
    broken["raw"][0, 0] ^= 1
    source = recorded_source(minute_of_standing(path, broken))
    analyze_source(source, reading="as_lived", per_sample=False)
    assert source.missing() == "1 of 41 blocks left out (1 damaged)"


# -- another library ---------------------------------------------------------------------------------------------------


@needs_data
@pytest.mark.parametrize("name", ["ax3", "ax6"])
def test_recordings_read_as_another_library_reads_them(name: str) -> None:
    """Its accelerations and rates are float32, its times a hundredth of a second."""
    truth = np.load(DATA / "devices" / f"{name}_data.npz")
    t_ns, acc, rates = whole(AxivityFile(DATA / "devices" / f"{name}_sample.cwa"))
    assert acc / STANDARD_GRAVITY_MPS2 == pytest.approx(truth["accel"], abs=1e-6)
    assert t_ns / 1e9 == pytest.approx(truth["time"], rel=0, abs=0.02)
    assert (rates is None) == ("gyro" not in truth)
    if rates is not None:
        assert np.rad2deg(rates) == pytest.approx(truth["gyro"], abs=1e-4)
