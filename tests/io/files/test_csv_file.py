"""Tables of text: presets found by their header, columns named by hand, times of every kind, and what is left out of damaged ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.core.frames import inverse, multiply, rotate
from hipmonitor.io.files import Columns, CsvFile, FileClock, columns_from, open_samples
from hipmonitor.io.files.columns import Orientation, TimeColumn, Vector
from hipmonitor.io.files.sample_file import offset_in
from hipmonitor.io.files.turned import Turning
from hipmonitor.runtime.recorded import open_recording
from tests.io.files.text_builders import G, table, tilting
from tests.journeys.shared_data import DATA, needs_data

NUMBERED = Columns(
    time=TimeColumn(column=1, unit="s"),
    acc=Vector(columns=(2, 3, 4), unit="g"),
)


def whole(file: CsvFile) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Times, accelerations and rates of all chunks."""
    chunks = list(file.chunks())
    rates = [chunk.gyr_radps for chunk in chunks if chunk.gyr_radps is not None]
    return (
        np.concatenate([chunk.t_ns for chunk in chunks]),
        np.concatenate([chunk.acc_mps2 for chunk in chunks]),
        np.concatenate(rates) if rates else None,
    )


# -- presets -----------------------------------------------------------------------------------------------------------


def test_x_imu3_is_known_by_its_header(tmp_path: Path) -> None:
    t_s, acc, gyr = tilting()
    axes = ",".join([f"Gyroscope {a} (deg/s)" for a in "XYZ"] + [f"Accelerometer {a} (g)" for a in "XYZ"])
    file = CsvFile(table(tmp_path / "Inertial.csv", f"Timestamp (us),{axes}", t_s * 1e6, np.rad2deg(gyr), acc))
    t_ns, found, rates = whole(file)
    assert (file.columns.name, file.clock, file.rate_hz) == ("x-imu3", FileClock.OWN, 100.0)
    assert t_ns / 1e9 == pytest.approx(t_s)
    assert found == pytest.approx(acc * G)
    assert rates == pytest.approx(gyr)


def test_the_dot_app_gives_acceleration_and_rates_from_its_orientations(tmp_path: Path) -> None:
    """Turning about its z axis at 0.5 rad/s, x up at first; free acceleration 1 m/s² northwards in the world."""
    t_s, _, gyr = tilting(60, 60.0)
    half = np.pi / 4 - 0.25 * t_s
    upright = np.array([np.sqrt(0.5), np.sqrt(0.5), 0.0, 0.0])
    about_z = np.stack([np.cos(half - np.pi / 4), 0 * half, 0 * half, -np.sin(half - np.pi / 4)], axis=1)
    quaternions = multiply(np.broadcast_to(upright, about_z.shape), about_z)
    free = np.tile([0.0, 1.0, 0.0], (len(t_s), 1))
    path = table(
        tmp_path / "dot.csv",
        "PacketCounter,SampleTimeFine,Quat_W,Quat_X,Quat_Y,Quat_Z,FreeAcc_X,FreeAcc_Y,FreeAcc_Z",
        np.arange(60),
        (t_s * 1e6 + 4294967296 - 500_000) % 4294967296,
        quaternions,
        free,
        before="sep=,\nStartTime: ,2021-08-20_20:21:13_839 GMT+8\n\n",
    )
    file = CsvFile(path)
    t_ns, found, rates = whole(file)
    assert (file.columns.name, file.clock, file.utc_offset_s) == ("movella-dot", FileClock.WALL, 8 * 3600)
    assert t_ns[0].astype("datetime64[ns]") == np.datetime64("2021-08-20T20:21:13.839")
    assert np.diff(t_ns) == pytest.approx(1e9 / 60, abs=2000)
    assert found == pytest.approx(rotate(inverse(quaternions), free + np.array([0, 0, G])), abs=1e-6)
    assert rates == pytest.approx(gyr, abs=1e-4)


def test_raw_values_of_the_dot_app_come_before_orientations(tmp_path: Path) -> None:
    t_s, acc, gyr = tilting()
    header = "SampleTimeFine,Acc_X,Acc_Y,Acc_Z,Gyr_X,Gyr_Y,Gyr_Z"
    file = CsvFile(table(tmp_path / "dot.csv", header, t_s * 1e6, acc * G, np.rad2deg(gyr)))
    assert (file.columns.name, file.clock) == ("movella-dot-raw", FileClock.OWN)
    assert whole(file)[1] == pytest.approx(acc * G)


def test_phyphox_takes_the_gyroscope_that_lies_beside(tmp_path: Path) -> None:
    t_s, acc, gyr = tilting()
    units = '"Time (s)"', *(f'"Acceleration {a} (m/s^2)"' for a in "xyz"), '"Absolute acceleration (m/s^2)"'
    path = table(tmp_path / "Accelerometer.csv", ",".join(units), t_s, acc * G, np.full(len(t_s), G))
    assert whole(CsvFile(path))[2] is None
    rates = '"Time (s)"', *(f'"Gyroscope {a} (rad/s)"' for a in "xyz")
    table(tmp_path / "Gyroscope.csv", ",".join(rates), t_s + 0.003, gyr * (1 + t_s[:, None]))
    file = CsvFile(path)
    found = whole(file)[2]
    assert file.columns.name == "phyphox"
    assert found is not None
    assert found[10] == pytest.approx(gyr[10] * (1 + t_s[10] - 0.003))


def test_rates_are_not_made_up_where_the_file_beside_has_a_hole(tmp_path: Path) -> None:
    t_s, acc, gyr = tilting()
    header, turned = "time,seconds_elapsed,z,y,x", [2, 1, 0]
    path = table(tmp_path / "TotalAcceleration.csv", header, 1.7e18 + t_s * 1e9, t_s, (acc * G)[:, turned])
    kept = (t_s < 0.5) | (t_s > 1.5)
    table(tmp_path / "Gyroscope.csv", header, (1.7e18 + t_s * 1e9)[kept], t_s[kept], gyr[kept][:, turned])
    rates = whole(CsvFile(path))[2]
    assert rates is not None
    assert np.isnan(rates[60:140]).all()
    assert np.isfinite(rates[np.r_[:50, 151:200]]).all()


def test_sensor_logger_is_told_by_the_files_name(tmp_path: Path) -> None:
    t_s, acc, gyr = tilting()
    t_ns = 1_727_600_000_000_000_000 + t_s * 1e9
    header, turned = "time,seconds_elapsed,z,y,x", [2, 1, 0]
    path = table(tmp_path / "TotalAcceleration.csv", header, t_ns, t_s, (acc * G)[:, turned])
    table(tmp_path / "Gyroscope.csv", header, t_ns, t_s, gyr[:, turned])
    file = CsvFile(path)
    found_ns, found, rates = whole(file)
    assert (file.columns.name, file.clock) == ("sensor-logger", FileClock.UTC)
    assert found_ns == pytest.approx(t_ns, rel=0, abs=500)
    assert found == pytest.approx(acc * G)
    assert rates == pytest.approx(gyr)


def test_sensor_logger_on_a_phone_that_keeps_gravity_apart(tmp_path: Path) -> None:
    t_s, acc, _ = tilting()
    t_ns = 1_727_600_000_000_000_000 + t_s * 1e9
    header, turned = "time,seconds_elapsed,z,y,x", [2, 1, 0]
    path = table(tmp_path / "Accelerometer.csv", header, t_ns, t_s, np.full((len(t_s), 3), 0.1))
    with pytest.raises(RecordingError, match=r"Gravity\.csv is not beside it"):
        CsvFile(path)
    table(tmp_path / "Gravity.csv", header, t_ns, t_s, (acc * G)[:, turned])
    assert whole(CsvFile(path))[1] == pytest.approx(acc * G + 0.1)


@pytest.mark.parametrize("first", ["0.00", "2018-10-03 17:23:55.46"])
def test_physics_toolbox_writes_times_as_numbers_or_as_text(tmp_path: Path, first: str) -> None:
    rows = "\n".join(f"{first}{k:02d},0.0,1.0,0.0,1.0" for k in range(0, 100, 10))
    path = tmp_path / "sensor.csv"
    path.write_text("time,gFx,gFy,gFz,TgF\n" + rows, encoding="utf-8")
    file = CsvFile(path)
    t_ns, acc, _ = whole(file)
    assert file.columns.name == "physics-toolbox-g-force"
    assert file.clock is (FileClock.WALL if "-" in first else FileClock.OWN)
    assert np.diff(t_ns) == pytest.approx(1e6)
    assert acc == pytest.approx(np.tile([0, G, 0], (10, 1)))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [(" GMT+8", 28800), ("-04:30:00", -16200), ("+0530", 19800), ("00:00:00", 0), (" local", None), ("+99", None)],
)
def test_an_offset_is_read_however_it_is_written(text: str, seconds: int | None) -> None:
    assert offset_in(text) == seconds


# -- columns by hand ---------------------------------------------------------------------------------------------------


def test_columns_of_any_table_are_named_in_a_file(tmp_path: Path) -> None:
    t_s, acc, gyr = tilting()
    path = table(tmp_path / "log.txt", "when;a1;a2;a3;w1;w2;w3", t_s * 1e3, -acc * 1000, np.rad2deg(gyr), separator=";")
    path.write_text("made by me\n" + path.read_text(encoding="utf-8").replace(".", ","), encoding="utf-8")
    described = tmp_path / "columns.toml"
    described.write_text(
        """
        name = "my logger"
        separator = ";"
        decimal = ","
        skip_lines = 1
        [time]
        column = "When"
        unit = "ms"
        [acc]
        columns = ["a1", "a2", "a3"]
        unit = "mg"
        inverted = true
        [gyr]
        columns = ["w1", "w2", "w3"]
        unit = "deg/s"
        """,
        encoding="utf-8",
    )
    t_ns, found, rates = whole(CsvFile(path, columns_from(str(described))))
    assert t_ns / 1e9 == pytest.approx(t_s)
    assert found == pytest.approx(acc * G, abs=1e-6)
    assert rates == pytest.approx(gyr)


def test_columns_without_names_are_counted_from_one_and_timed_by_the_rate(tmp_path: Path) -> None:
    _, acc, _ = tilting()
    path = table(tmp_path / "raw.csv", "ActiGraph at 50 Hz", acc)
    file = CsvFile(path, Columns(rate_hz=50.0, acc=Vector(columns=(1, 2, 3), unit="g")))
    t_ns, found, _ = whole(file)
    assert (file.clock, file.rate_hz) == (FileClock.OWN, 50.0)
    assert np.diff(t_ns) == pytest.approx(2e7)
    assert found == pytest.approx(acc * G)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_any_encoding_and_line_end_will_do(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "log.csv"
    rows = [f"{k / 100},0,1,0" for k in range(50)]
    path.write_bytes(newline.join(["t,x,y,z", *rows]).encode(encoding))
    named = Columns(time=TimeColumn(column="t", unit="s"), acc=Vector(columns=("x", "y", "z"), unit="g"))
    assert len(whole(CsvFile(path, named))[0]) == 50


def test_a_counter_that_wraps_goes_on(tmp_path: Path) -> None:
    ticks = (np.arange(300) * 100 + 60_000) % 65_536
    path = table(tmp_path / "log.csv", "t,x,y,z", ticks, np.tile([0, 1, 0], (300, 1)))
    named = Columns(
        time=TimeColumn(column="t", unit="us", wraps_at=65_536),
        acc=Vector(columns=("x", "y", "z"), unit="g"),
        rate_hz=100,
    )
    assert np.diff(whole(CsvFile(path, named))[0]) == pytest.approx(100_000)


def test_times_with_a_zone_are_utc(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [f"2026-03-01T10:00:00.{k:02d}+02:00,0,1,0" for k in range(50)]
    path.write_text("t,x,y,z\n" + "\n".join(rows), encoding="utf-8")
    named = Columns(
        time=TimeColumn(column="t", unit="text", clock="utc"), acc=Vector(columns=("x", "y", "z"), unit="g")
    )
    t_ns = whole(CsvFile(path, named))[0]
    assert t_ns[0].astype("datetime64[ns]") == np.datetime64("2026-03-01T08:00:00")


# -- damage ------------------------------------------------------------------------------------------------------------


def numbered(path: Path, rows: list[str]) -> CsvFile:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return CsvFile(path, NUMBERED)


def rows_of(n: int) -> list[str]:
    return [f"{k / 100:.2f},0,1,0" for k in range(n)]


def test_lines_that_cannot_be_read_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = rows_of(100)
    rows[40], rows[60] = "0.4,#####", "torn off in the mid"
    file = numbered(tmp_path / "log.csv", rows)
    assert len(whole(file)[0]) == 98
    assert file.damage.sentence == "2 of 100 lines left out (2 cannot be read, the first is line 41)"


def test_a_value_that_is_missing_is_not_finite_and_its_row_stays(tmp_path: Path) -> None:
    rows = rows_of(100)
    rows[40] = "0.4,0,,0"
    acc = whole(numbered(tmp_path / "log.csv", rows))[1]
    assert np.isnan(acc[40, 1])
    assert len(acc) == 100


@pytest.mark.filterwarnings("error")
def test_a_number_that_nothing_can_have_measured_is_no_number(tmp_path: Path) -> None:
    rows = rows_of(100)
    rows[40], rows[60] = "0.4,0,1e308,0", "1e308,0,1,0"
    file = numbered(tmp_path / "log.csv", rows)
    t_ns, acc, *_ = whole(file)
    assert np.isnan(acc[40, 1])
    assert len(t_ns) == 99
    assert file.damage.sentence == "1 of 100 lines left out (1 cannot be read, the first is line 61)"


@pytest.mark.parametrize("stray", ["0.10", "999.0"])
@pytest.mark.parametrize("where", [0, 57, 99])
def test_one_row_with_a_wrong_time_costs_itself_only(tmp_path: Path, stray: str, where: int) -> None:
    rows = rows_of(100)
    rows[where] = f"{stray},0,1,0"
    file = numbered(tmp_path / "log.csv", rows)
    kept = len(whole(file)[0])
    later_is_unknown = where == 99 and stray == "999.0"  # Nothing follows that would show it: a gap could be true.
    assert kept == (100 if later_is_unknown else 99)
    assert file.damage.out_of_order == (0 if later_is_unknown else 1)


def test_times_that_do_not_grow_are_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match=r"log\.csv: times do not grow .*sort the rows"):
        whole(numbered(tmp_path / "log.csv", rows_of(100)[::-1]))


def test_a_time_in_another_unit_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = table(tmp_path / "log.csv", "t,x,y,z", np.arange(100) * 10.0, np.tile([0, 1, 0], (100, 1)))
    named = Columns(time=TimeColumn(column="t", unit="s"), acc=Vector(columns=("x", "y", "z"), unit="g"))
    with pytest.raises(RecordingError, match=r"read in s, tells 0\.1 samples a second; expected 1 to 2000"):
        CsvFile(path, named)


def test_an_acceleration_in_another_unit_is_refused_with_a_remedy(tmp_path: Path) -> None:
    _, acc, _ = tilting()
    path = table(tmp_path / "log.csv", "t,x,y,z", np.arange(len(acc)) / 100, acc)
    named = Columns(time=TimeColumn(column="t", unit="s"), acc=Vector(columns=("x", "y", "z"), unit="m/s2"))
    with pytest.raises(UsageError, match=r"log\.csv: acc_mps2: .* is 1 and should be near 9\.8.*correct the unit"):
        open_recording(path, columns=named)


def test_a_table_that_nobody_knows_is_told_with_its_columns(tmp_path: Path) -> None:
    path = table(tmp_path / "log.csv", "when,this,that", np.arange(30).reshape(10, 3))
    with pytest.raises(
        RecordingError, match=r"has the columns when, this, that; expected those of movella-dot-raw, .*--columns"
    ):
        CsvFile(path)


def test_columns_that_are_not_there_are_named(tmp_path: Path) -> None:
    path = table(tmp_path / "log.csv", "t,x,y,w", np.arange(40).reshape(10, 4))
    named = Columns(time=TimeColumn(column="t", unit="s"), acc=Vector(columns=("x", "y", "z"), unit="g"))
    with pytest.raises(RecordingError, match=r"has the columns t, x, y, w; columns expects z; correct"):
        CsvFile(path, named)


@pytest.mark.parametrize(
    ("content", "found"),
    [(b"", "an empty file"), (b"PK\x03\x04" + b"\0" * 90, "a zip archive"), (b"\0\1" * 50, "bytes 00 01")],
)
def test_what_is_no_text_is_named(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=found):
        CsvFile(path)


def test_a_table_with_a_header_only_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("time,gFx,gFy,gFz\n\n", encoding="utf-8")
    with pytest.raises(RecordingError, match="has no row of numbers below line 1; expected numbers in gFx, gFy, gFz"):
        CsvFile(path)


def test_rows_without_a_usable_orientation_are_left_out_and_counted(tmp_path: Path) -> None:
    quaternions = np.tile([1.0, 0, 0, 0], (100, 1))
    quaternions[30] = 0
    path = table(tmp_path / "log.csv", "t,w,x,y,z,a,b,c", np.arange(100) / 100, quaternions, np.zeros((100, 3)))
    named = Columns(
        time=TimeColumn(column="t", unit="s"),
        orientation=Orientation(columns=("w", "x", "y", "z")),
        free_acc=Vector(columns=("a", "b", "c"), unit="m/s2"),
    )
    file = CsvFile(path, named)
    assert len(whole(file)[0]) == 99
    assert file.damage.sentence == "1 of 100 lines left out (1 without a usable orientation)"


def test_rates_are_not_made_over_a_gap() -> None:
    """The turn in a second without orientations is not known; the rate after it is that of the next step."""
    t_ns = np.array([0, 10, 1010, 1020, 1030]) * 1_000_000
    angle = np.array([0.0, 0.01, 3.0, 3.02, 3.04])
    turns = np.stack([np.cos(angle / 2), 0 * angle, 0 * angle, np.sin(angle / 2)], axis=1)
    rates = Turning(rate_hz=100.0).step(t_ns, turns)
    assert rates[:, 2] == pytest.approx([1.0, 1.0, 2.0, 2.0, 2.0])


# -- whole files -------------------------------------------------------------------------------------------------------


def test_a_long_table_comes_in_pieces_that_fit_together(tmp_path: Path) -> None:
    n = 60_000
    path = table(tmp_path / "log.csv", "t,x,y,z", np.arange(n) / 100, np.tile([0, 1, 0], (n, 1)))
    named = Columns(time=TimeColumn(column="t", unit="s"), acc=Vector(columns=("x", "y", "z"), unit="g"))
    chunks = list(CsvFile(path, named).chunks())
    assert len(chunks) > 1
    assert np.diff(np.concatenate([chunk.t_ns for chunk in chunks])) == pytest.approx(1e7)
    assert [chunk.done for chunk in chunks] == sorted(chunk.done for chunk in chunks)
    assert chunks[-1].done == 1.0


def test_no_file_of_columns_for_what_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "a.cwa").write_bytes(b"MD")
    with pytest.raises(UsageError, match="is no table of text; leave columns out"):
        open_samples(tmp_path / "a.cwa", NUMBERED)


@needs_data
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_real_x_imu3_table_reads_as_numpy_reads_it(side: str) -> None:
    path = DATA / "body" / "xio_lower_body" / f"{side}_upper_leg" / "Inertial.csv"
    expected = np.loadtxt(path, delimiter=",", skiprows=1)
    t_ns, acc, gyr = whole(CsvFile(path))
    assert np.array_equal(t_ns, expected[:, 0].astype(np.int64) * 1000)
    assert np.array_equal(acc, expected[:, 4:] * G)
    assert gyr is not None
    assert np.array_equal(gyr, expected[:, 1:4] * (np.pi / 180))


@needs_data
def test_a_real_dot_table_gives_back_the_gravity_that_was_taken_out() -> None:
    path = next((DATA / "devices" / "xsens_dot").glob("RFemur*.csv"))
    file = CsvFile(path)
    t_ns, acc, gyr = whole(file)
    assert file.columns.name == "movella-dot"
    assert len(t_ns) == 381
    assert np.median(np.linalg.norm(acc, axis=1)) == pytest.approx(G, abs=0.1)
    assert gyr is not None
    assert np.isfinite(gyr).all()
