"""Every format says what the analysis says, in the words its own readers know, and which reading it is."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hipmonitor.core.errors import UsageError
from hipmonitor.io.files import FileClock
from hipmonitor.runtime.exporting import FORMATS, Results, place_for
from tests.io.export.export_builders import RECORDINGS, results_of, written
from tests.io.export.fhir_rules import problems


@pytest.fixture(scope="module")
def results() -> Results:
    return results_of(RECORDINGS / "alert.mcap")


def rows_of(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float(row[name] or "nan") for row in rows])


# -- tables ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tables(results: Results, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    paths = written(results, "csv", tmp_path_factory.mktemp("export") / "tables")
    return {path.stem.removesuffix("_settled"): rows_of(path) for path in paths if path.suffix == ".csv"}


def test_csv_has_a_row_for_every_sample_with_what_was_measured_and_what_came_of_it(
    results: Results, tables: dict[str, list[dict[str, str]]]
) -> None:
    a, rows = results.analysis, tables["samples"]
    assert [int(row["t_ns"]) for row in rows] == a.t_ns.tolist()
    assert column(rows, "thigh_flexion_deg") == pytest.approx(a.thigh_flexion_deg, abs=1e-4, nan_ok=True)
    assert column(rows, "hip_flexion_deg") == pytest.approx(a.hip_flexion_deg, abs=1e-4, nan_ok=True)
    assert column(rows, "world_from_sensor_y") == pytest.approx(a.world_from_sensor[:, 2], abs=1e-6)
    still = slice(20, 200)
    acc = np.stack([column(rows, f"acc_{axis}_mps2") for axis in "xyz"], axis=1)
    assert np.linalg.norm(acc, axis=1)[still] == pytest.approx(9.8, abs=0.4)
    assert np.abs(column(rows, "gyr_x_radps")[still]).max() < 0.1
    assert [row["trusted"] for row in rows] == ["true" if one else "false" for one in a.trusted]
    assert [row["hip_method"] for row in rows] == a.hip_method.tolist()


def test_csv_leaves_out_what_has_no_value(tables: dict[str, list[dict[str, str]]]) -> None:
    assert {row["hip_rotation_deg"] for row in tables["samples"]} == {""}


def test_seconds_are_means_of_their_own_trusted_samples(
    results: Results, tables: dict[str, list[dict[str, str]]]
) -> None:
    a, rows = results.analysis, tables["seconds"]
    assert [row["activity"] for row in rows] == a.activity_per_second().tolist()
    third = (a.t_ns >= results.start_ns + 3e9) & (a.t_ns < results.start_ns + 4e9) & a.trusted
    assert float(rows[3]["thigh_flexion_mean_deg"]) == pytest.approx(a.thigh_flexion_deg[third].mean(), abs=1e-3)
    assert float(rows[3]["thigh_flexion_highest_deg"]) == pytest.approx(a.thigh_flexion_deg[third].max(), abs=1e-3)
    assert column(rows, "steps").sum() == pytest.approx(a.summary.steps, abs=0.01)


def test_what_is_not_trusted_is_in_no_mean_of_a_second(results: Results, tmp_path: Path) -> None:
    a = results.analysis
    third = (a.t_ns >= results.start_ns + 3e9) & (a.t_ns < results.start_ns + 4e9)
    early = third & (a.t_ns < results.start_ns + 3.25e9)
    flexion = np.where(early, np.float32(170), a.thigh_flexion_deg)
    doubted = replace(results, analysis=replace(a, trusted=a.trusted & ~early, thigh_flexion_deg=flexion))
    written(doubted, "csv", tmp_path / "tables")
    row = rows_of(tmp_path / "tables" / "seconds_settled.csv")[3]
    assert float(row["thigh_flexion_highest_deg"]) < 90
    assert float(row["trusted_share"]) == pytest.approx(0.75, abs=0.02)


def test_bouts_and_spans_stand_at_their_times(results: Results, tables: dict[str, list[dict[str, str]]]) -> None:
    a = results.analysis
    assert [(int(row["start_ns"]), int(row["end_ns"])) for row in tables["bouts"]] == [
        (b.start, b.end) for b in a.bouts
    ]
    assert column(tables["bouts"], "sitting_s") == pytest.approx([b.sitting_s for b in a.bouts])
    assert [row["activity"] for row in tables["activity"]] == [span.kind.word for span in a.activity]
    assert tables["bouts"][0]["start"] == "2026-08-29T12:40:05.579"
    assert column(tables["bouts"], "start_s") == pytest.approx([results.seconds_in(b.start) for b in a.bouts], abs=1e-3)


def test_every_row_says_its_reading_and_every_file_too(tables: dict[str, list[dict[str, str]]], tmp_path: Path) -> None:
    for name, rows in tables.items():
        assert name == "samples" or {row["reading"] for row in rows} <= {"settled"}
    lived = written(results_of(RECORDINGS / "alert.mcap", "as_lived"), "csv", tmp_path / "lived")
    assert {path.name for path in lived} >= {"samples_as_lived.csv", "bouts_as_lived.csv", "about.json"}
    assert {row["reading"] for row in rows_of(tmp_path / "lived" / "summary_as_lived.csv")} == {"as_lived"}


def test_the_summary_has_every_figure(results: Results, tables: dict[str, list[dict[str, str]]]) -> None:
    figures = {row["figure"]: row["value"] for row in tables["summary"]}
    s = results.analysis.summary
    assert float(figures["sedentary_time_s"]) == s.sedentary_time_s
    assert float(figures["activity_s:sit"]) == s.activity_s["sit"]
    assert float(figures["sit_to_stand"]) == s.sit_to_stand
    assert figures["crank_rpm"] == ""


def test_the_page_beside_says_what_every_column_means(results: Results, tmp_path: Path) -> None:
    paths = written(results, "csv", tmp_path / "tables")
    page = json.loads((tmp_path / "tables" / "about.json").read_text(encoding="utf-8"))
    assert page["reading"] == "settled"
    assert page["note"] == results.note
    for name, described in page["tables"].items():
        path = next(path for path in paths if path.stem == f"{name}_settled")
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert list(described["columns"]) == header
    assert page["tables"]["samples"]["columns"]["thigh_flexion_deg"]["unit"] == "deg"
    assert page["tables"]["samples"]["columns"]["acc_x_mps2"]["unit"] == "m/s^2"


def test_parquet_holds_the_same_with_units_in_the_file(results: Results, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed (extra: parquet)")
    written(results, "parquet", tmp_path / "tables")
    samples = parquet.read_table(tmp_path / "tables" / "samples_settled.parquet")
    a = results.analysis
    assert np.array_equal(samples["t_ns"].to_numpy(), a.t_ns)
    assert np.array_equal(samples["thigh_flexion_deg"].to_numpy(), a.thigh_flexion_deg, equal_nan=True)
    assert samples["hip_flexion_deg"].null_count == int(np.isnan(a.hip_flexion_deg).sum())
    assert samples["hip_method"].to_pylist() == a.hip_method.tolist()
    assert samples.schema.field("acc_x_mps2").metadata[b"unit"] == b"m/s^2"
    assert json.loads(samples.schema.metadata[b"hipmonitor"])["reading"] == "settled"
    seconds = parquet.read_table(tmp_path / "tables" / "seconds_settled.parquet")
    assert set(seconds["reading"].to_pylist()) == {"settled"}


def test_without_pyarrow_the_line_that_installs_it_is_told(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r'pip install "hipmonitor\[parquet\]" \(or export CSV\)'):
        written(results, "parquet", tmp_path / "tables")


# -- OpenSim -----------------------------------------------------------------------------------------------------------


def storage_of(path: Path) -> tuple[dict[str, str], list[str], list[list[str]]]:
    """Header, labels and rows as OpenSim's reader takes them apart."""
    lines = path.read_text(encoding="utf-8").splitlines()
    end = lines.index("endheader")
    header = dict(line.split("=", 1) for line in lines[:end] if "=" in line)
    return header, lines[end + 1].split("\t"), [line.split("\t") for line in lines[end + 2 :]]


def test_a_motion_has_opensims_coordinates_and_no_row_without_a_number(results: Results, tmp_path: Path) -> None:
    written(results, "mot", tmp_path / "hip.mot")
    header, labels, rows = storage_of(tmp_path / "hip.mot")
    assert (tmp_path / "hip.mot").read_text(encoding="utf-8").startswith("Coordinates\nversion=1\n")
    assert labels == ["time", "hip_flexion_r"]
    assert (int(header["nRows"]), int(header["nColumns"]), header["inDegrees"]) == (len(rows), 2, "yes")
    assert header["reading"].startswith("settled")
    values = np.array(rows, np.float64)
    known = np.isfinite(results.analysis.hip_flexion_deg) & results.analysis.trusted
    assert values[:, 1] == pytest.approx(results.analysis.hip_flexion_deg[known], abs=1e-4)
    assert (np.diff(values[:, 0]) > 0).all()


def test_the_pelvis_tips_the_other_way_round_in_opensim(results: Results, tmp_path: Path) -> None:
    n = len(results.analysis.t_ns)
    tilted = replace(results.analysis, pelvis_tilt_deg=np.full(n, 12.0, np.float32))
    written(replace(results, analysis=tilted, side="left"), "mot", tmp_path / "hip.mot")
    _, labels, rows = storage_of(tmp_path / "hip.mot")
    assert labels == ["time", "hip_flexion_l", "pelvis_tilt"]
    assert float(rows[0][2]) == -12.0


def test_a_motion_needs_a_side(results: Results, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not say which thigh; give --side left or --side right"):
        written(replace(results, side="unknown"), "mot", tmp_path / "hip.mot")


def test_storage_has_all_angles_and_the_orientation_for_opensense(results: Results, tmp_path: Path) -> None:
    paths = written(results, "sto", tmp_path / "hip.sto")
    header, labels, rows = storage_of(paths[0])
    assert (header["version"], header["inDegrees"], int(header["nRows"])) == ("1", "yes", len(rows))
    assert labels[:3] == ["time", "thigh_flexion_deg", "thigh_inclination_deg"]
    header, labels, rows = storage_of(paths[1])
    assert (header["DataType"], header["version"], labels) == ("Quaternion", "3", ["time", "femur_r_imu"])
    assert float(header["DataRate"]) == pytest.approx(100, abs=0.1)
    quaternions = np.array([row[1].split(",") for row in rows], np.float64)
    assert quaternions == pytest.approx(results.analysis.world_from_sensor, abs=1e-6)


# -- Motion-BIDS -------------------------------------------------------------------------------------------------------

COMPONENTS = {"x", "y", "z", "quat_x", "quat_y", "quat_z", "quat_w", "n/a"}
TYPES = {"ACCEL", "ANGACCEL", "GYRO", "JNTANG", "LATENCY", "MAGN", "MISC", "ORNT", "POS", "VEL"}


def test_motion_bids_has_the_files_and_fields_it_must_have(results: Results, tmp_path: Path) -> None:
    folder = tmp_path / "bids"
    written(results, "motion-bids", folder)
    motion = folder / "sub-01" / "motion"
    stem = "sub-01_task-freeliving_tracksys-thigh"
    page = json.loads((motion / f"{stem}_motion.json").read_text(encoding="utf-8"))
    assert {"TaskName", "SamplingFrequency"} <= set(page)
    assert page["TaskName"] == "freeliving"
    assert "settled" in page["TaskDescription"]
    data_set = json.loads((folder / "dataset_description.json").read_text(encoding="utf-8"))
    assert {"Name", "BIDSVersion"} <= set(data_set)
    channels = rows_of(motion / f"{stem}_channels.tsv", "\t")
    assert list(channels[0])[:5] == ["name", "component", "type", "tracked_point", "units"]
    assert {channel["type"] for channel in channels} <= TYPES
    assert {channel["component"] for channel in channels} <= COMPONENTS
    counts = {name.removesuffix("ChannelCount").upper(): n for name, n in page.items() if name.endswith("ChannelCount")}
    assert counts.pop("MOTION") == len(channels)
    assert counts == {kind: sum(c["type"] == kind for c in channels) for kind in counts}
    frames = json.loads((motion / f"{stem}_channels.json").read_text(encoding="utf-8"))["reference_frame"]["Levels"]
    assert {channel["reference_frame"] for channel in channels} - {"n/a"} == set(frames)
    (scan,) = rows_of(folder / "sub-01" / "sub-01_scans.tsv", "\t")
    assert (folder / "sub-01" / scan["filename"]).is_file()
    assert scan["acq_time"].startswith("2026-08-29T12:40:01")
    assert rows_of(folder / "participants.tsv", "\t") == [{"participant_id": "sub-01"}]


def test_motion_bids_has_a_column_for_every_channel_and_no_header(results: Results, tmp_path: Path) -> None:
    written(results, "motion-bids", tmp_path / "bids")
    motion = next((tmp_path / "bids").rglob("*_motion.tsv"))
    channels = [row["name"] for row in rows_of(next((tmp_path / "bids").rglob("*_channels.tsv")), "\t")]
    rows = [line.split("\t") for line in motion.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len(results.analysis.t_ns)
    assert {len(row) for row in rows} == {len(channels)}
    flexion = [row[channels.index("thigh_flexion_deg")] for row in rows]
    assert np.array([float(value) for value in flexion]) == pytest.approx(
        results.analysis.thigh_flexion_deg, abs=1e-4, nan_ok=True
    )
    assert {row[channels.index("pelvis_tilt_deg")] for row in rows} == {"n/a"}
    latency = np.array([float(row[0]) for row in rows])
    assert channels[0] == "time_s"
    assert (latency[0], len(latency)) == (0.0, len(rows))


# -- FHIR --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def bundle(results: Results, tmp_path: Path) -> dict[str, object]:
    written(results, "fhir", tmp_path / "hip.fhir.json")
    found: dict[str, object] = json.loads((tmp_path / "hip.fhir.json").read_text(encoding="utf-8"))
    return found


def observations(bundle: dict[str, object], code: str) -> list[dict[str, object]]:
    resources = [entry["resource"] for entry in bundle["entry"]]  # type: ignore[attr-defined]
    return [r for r in resources if r["resourceType"] == "Observation" and r["code"]["coding"][0]["code"] == code]


def test_a_bundle_keeps_the_rules_of_fhir_r4(bundle: dict[str, object]) -> None:
    assert problems(bundle) == []


def test_the_rules_would_catch_a_wrong_bundle(bundle: dict[str, object]) -> None:
    (figure,) = observations(bundle, "sitting-time")
    del figure["status"]
    figure["effectivePeriod"] = {"start": "2026-08-29T12:40:01"}
    figure["sitting"] = 3
    assert [problem.rpartition(".")[2].split(" ")[0] for problem in problems({**bundle, "type": "bag"})][:4] == [
        "type[0]",
        "sitting",
        "status",
        "start[0]",
    ]


def test_figures_have_our_codes_their_units_and_their_reading(results: Results, bundle: dict[str, object]) -> None:
    (sitting,) = observations(bundle, "sitting-time")
    assert sitting["valueQuantity"] == {
        "value": 0.4,
        "unit": "min",
        "system": "http://unitsofmeasure.org",
        "code": "min",
    }
    assert sitting["method"]["coding"][0]["code"] == "settled"  # type: ignore[index]
    assert sitting["effectivePeriod"]["start"] == "2026-08-29T12:40:01.579+02:00"  # type: ignore[index]
    assert "loinc" not in json.dumps(bundle).lower()
    bouts = observations(bundle, "sitting-bout")
    assert len(bouts) == len(results.analysis.bouts)
    (bends,) = observations(bundle, "thigh-flexion-p95")
    assert bends["valueQuantity"]["code"] == "deg"  # type: ignore[index]


def test_a_figure_without_a_value_says_that_it_is_unknown(results: Results, tmp_path: Path) -> None:
    none = replace(results.analysis, summary=replace(results.analysis.summary, thigh_flexion_p95_deg=float("nan")))
    written(replace(results, analysis=none), "fhir", tmp_path / "a.json")
    bundle = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert problems(bundle) == []
    (figure,) = observations(bundle, "thigh-flexion-p95")
    assert figure["dataAbsentReason"]["coding"][0]["code"] == "unknown"  # type: ignore[index]


def test_without_a_calendar_there_is_no_date(results: Results, tmp_path: Path) -> None:
    written(replace(results, clock=FileClock.OWN), "fhir", tmp_path / "a.json")
    bundle = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert problems(bundle) == []
    assert "effectivePeriod" not in json.dumps(bundle)


def test_the_same_recording_gives_the_same_bundle(results: Results, bundle: dict[str, object], tmp_path: Path) -> None:
    written(results, "fhir", tmp_path / "again.json")
    assert json.loads((tmp_path / "again.json").read_text(encoding="utf-8")) == bundle


# -- events ------------------------------------------------------------------------------------------------------------


def test_events_are_rows_as_activpals_tools_take_them(results: Results, tmp_path: Path) -> None:
    """By position: 1 time in days since 1899-12-30, 3 tenths of a second, 4 code, 5 seconds, 7 steps of one leg."""
    written(results, "events", tmp_path / "events.csv")
    rows = rows_of(tmp_path / "events.csv")
    names = list(rows[0])
    assert [names[k] for k in (0, 2, 3, 4, 6)] == [
        "Time",
        "Data Count (samples)",
        "Event Type",
        "Duration (s)",
        "Cumulative Step Count",
    ]
    codes = {"stand": "1", "sit": "0", "walk": "2"}
    assert [row["Event Type"] for row in rows] == [codes[span.kind.word] for span in results.analysis.activity]
    assert {row["Reading"] for row in rows} == {"settled"}
    begin = (np.datetime64("2026-08-29T12:40:01.579") - np.datetime64("1899-12-30")) / np.timedelta64(1, "D")
    assert float(rows[0]["Time"]) == pytest.approx(begin, abs=1e-7)
    assert float(rows[1]["Data Count (samples)"]) == pytest.approx(10 * float(rows[0]["Duration (s)"]))
    assert int(rows[-1]["Cumulative Step Count"]) == pytest.approx(results.analysis.summary.steps / 2, abs=1)
    assert rows[0]["Activity Score (MET.h)"] == ""


# -- where it goes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_is_written_over_what_is_there(tmp_path: Path, name: str) -> None:
    place = tmp_path / "there"
    place.mkdir()
    (place / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="name a new f"):
        place_for(FORMATS[name], place, Path("walk.cwa"))


def test_an_export_is_named_after_its_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert place_for(FORMATS["mot"], None, Path("far/walk.cwa")) == Path("walk.mot")
    assert place_for(FORMATS["csv"], None, Path("far/a.mcap.part")) == Path("a-csv")
