"""The Python API keeps its word: a row for every row, clear refusals, what was learned can be given back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

import hipmonitor
from firmware_sim.body import PLACES, MovingBody, Where, sit, stand, walk
from firmware_sim.device import Crystal, SampleClock, StreamShape
from firmware_sim.imu import ImuSource, drawn_errors, drawn_mounting
from firmware_sim.memory_link import DEFAULT_SENSOR, stream
from firmware_sim.scenarios import wearer
from firmware_sim.worn_sensor import wear
from hipmonitor.core.errors import UsageError
from hipmonitor.core.hip import PelvisMethod
from hipmonitor.core.inbound import (
    ChangeSettings,
    ForgetPlacement,
    HoldPose,
    Inbound,
    LinkChange,
    LinkState,
    Mark,
    Pose,
    TookOff,
    UserAction,
)
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.settings import DeepFlexionLimit, Settings
from hipmonitor.core.thigh import PlacementMethod
from hipmonitor.core.wire import FaultKind
from hipmonitor.runtime.analyze import analyze_slabs
from hipmonitor.runtime.slabs import array_slabs, checked
from tests.laws.plain import plain
from tests.laws.streams import START_NS

RATE_HZ = 50.0


def worn_day(where: Where = "thigh") -> tuple[np.ndarray, np.ndarray]:
    """(acc_mps2, gyr_radps) of a simulated wearer who stands, walks, sits, stands and walks: enough to be placed by itself."""
    script = (stand(20), walk(60), sit(120, "office_chair"), stand(20), walk(30))
    own = 8 + 100 * PLACES.index(where)
    person, mounting = wearer(8), drawn_mounting(own)
    body = MovingBody(script, person, seed=8, along_m=mounting.along_m, where=where)
    source = ImuSource(body, mounting=mounting, errors=drawn_errors(own), seed=own)
    clock = SampleClock(crystal=Crystal(error_ppb=0), rate_mhz=round(RATE_HZ * 1000), start_own_ns=0, boot_true_s=0.0)
    source.begin(StreamShape(clock=clock, acc_range_g=16, gyr_range_dps=2000))
    counts = source.samples(0, round(250 * RATE_HZ)).astype(np.float64)
    return counts[:, :3] * (16 * 9.80665 / 32768), np.deg2rad(counts[:, 3:] * (2000 / 32768))


ACC, GYR = worn_day()
PELVIS, OTHER = (
    dict(zip(("acc_mps2", "gyr_radps"), worn_day(where), strict=True)) for where in ("pelvis", "other_thigh")
)
N = len(ACC)
COLUMNS = (
    "thigh_flexion_deg",
    "thigh_inclination_deg",
    "thigh_roll_deg",
    "hip_flexion_deg",
    "hip_flexion_sd_deg",
    "hip_adduction_deg",
    "hip_adduction_sd_deg",
    "hip_rotation_deg",
    "hip_rotation_sd_deg",
    "pelvis_tilt_deg",
    "hip_method_code",
    "trusted",
)


def analyze(**changes: object) -> hipmonitor.Analysis:
    return hipmonitor.analyze(**({"acc_mps2": ACC, "gyr_radps": GYR, "rate_hz": RATE_HZ, "side": "right"} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("reading", ["settled", "as_lived"])
@pytest.mark.parametrize("n", [0, 1, 2, 30, 777])
@pytest.mark.parametrize("gyroscope", [True, False])
def test_there_is_one_row_for_every_row(reading: str, n: int, *, gyroscope: bool) -> None:
    result = analyze(acc_mps2=ACC[:n], gyr_radps=GYR[:n] if gyroscope else None, reading=reading)
    assert all(len(getattr(result, name)) == n for name in COLUMNS)
    assert result.world_from_sensor.shape == (n, 4)
    assert len(result.activity_per_second()) == -(-n // round(RATE_HZ))


def test_nothing_can_be_written_into_a_result() -> None:
    t_ns = START_NS + np.arange(N) * round(NS_PER_S / RATE_HZ)
    result = analyze(rate_hz=None, t_ns=t_ns)
    t_ns += 1
    assert result.t_ns[0] == START_NS
    for name in ("t_ns", "hip_method", *COLUMNS):
        assert not getattr(result, name).flags.writeable, name
    assert not result.calibration.thigh_from_sensor.flags.writeable


def test_nan_stands_only_where_a_row_is_not_trusted_or_the_quantity_has_no_value() -> None:
    result = analyze()
    assert result.trusted.any()
    assert np.isfinite(result.thigh_flexion_deg[result.trusted]).all()
    assert np.isfinite(result.hip_flexion_deg[result.trusted & np.isin(result.hip_method, ["seated", "upright"])]).all()


def test_bad_rows_keep_their_place_and_are_not_trusted() -> None:
    acc = ACC.copy()
    acc[500], acc[900] = np.nan, 1e30
    result = analyze(acc_mps2=acc)
    assert not result.trusted[[500, 900]].any()
    assert np.isnan(result.thigh_flexion_deg[[500, 900]]).all()
    assert (result.faults[FaultKind.NOT_FINITE], result.faults[FaultKind.IMPOSSIBLE]) == (1, 1)
    np.testing.assert_allclose(result.thigh_flexion_deg[5000:], analyze().thigh_flexion_deg[5000:], atol=1.0)


def test_a_stray_time_costs_its_own_row_only() -> None:
    t_ns = START_NS + np.arange(N) * round(NS_PER_S / RATE_HZ)
    t_ns[300] += 86_400 * NS_PER_S
    result = analyze(rate_hz=None, t_ns=t_ns)
    assert not result.trusted[300]
    assert result.trusted[5000:].mean() > 0.9


@pytest.mark.parametrize("row", [0, 300, N - 2])
def test_a_stray_time_does_not_lengthen_the_recording(row: int) -> None:
    t_ns = START_NS + np.arange(N) * round(NS_PER_S / RATE_HZ)
    t_ns[row] += 86_400 * NS_PER_S
    summary = analyze(rate_hz=None, t_ns=t_ns).summary
    assert summary.duration_s == pytest.approx(N / RATE_HZ, abs=0.1)
    assert summary.start_ns == pytest.approx(START_NS, abs=NS_PER_S)


def test_a_recording_may_begin_at_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrays with a rate and without times do."""
    monkeypatch.setattr("hipmonitor.runtime.slabs.SLAB_SAMPLES", 5000)
    arrays = checked(acc_mps2=ACC, gyr_radps=GYR, rate_hz=RATE_HZ, t_ns=None)
    summary = analyze_slabs(lambda: array_slabs(arrays, Settings()), reading="as_lived", per_sample=False).summary
    assert (summary.start_ns, summary.duration_s) == (0, (N - 1) / RATE_HZ)


def test_faults_are_told_in_the_same_order_whatever_came_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hipmonitor.runtime.slabs.SLAB_SAMPLES", 1000)
    acc = ACC[:5000].copy()
    acc[500], acc[2900] = np.nan, 1e30
    result = analyze(acc_mps2=acc, gyr_radps=GYR[:5000], reading="as_lived")
    assert list(result.summary.faults) == list(result.faults) == sorted(result.faults)


def test_what_was_learned_can_be_given_back() -> None:
    learned = analyze()
    again = analyze(placement=learned.calibration, reading="as_lived")
    assert again.calibration.method is PlacementMethod.GIVEN
    assert again.trusted.sum() > learned.trusted.sum() * 0.9
    both = learned.trusted & again.trusted
    assert np.median(np.abs(again.thigh_flexion_deg - learned.thigh_flexion_deg)[both]) < 1.0


@pytest.mark.parametrize("kind", [np.float32, list])
def test_other_kinds_of_arrays_are_taken(kind: type) -> None:
    acc = ACC.astype(np.float32) if kind is np.float32 else ACC.tolist()
    assert analyze(acc_mps2=acc).summary.duration_s == analyze().summary.duration_s


def test_times_may_be_datetime64_and_arrays_need_not_be_contiguous() -> None:
    t_ns = START_NS + np.arange(N) * round(NS_PER_S / RATE_HZ)
    wide = np.zeros((N, 6))
    wide[:, ::2] = ACC
    result = analyze(acc_mps2=wide[:, ::2], rate_hz=None, t_ns=t_ns.astype("datetime64[ns]"))
    assert plain(result.thigh_flexion_deg) == plain(analyze(rate_hz=None, t_ns=t_ns).thigh_flexion_deg)


T = START_NS + np.arange(N) * round(NS_PER_S / RATE_HZ)
REFUSED = {
    "acc in g": ({"acc_mps2": ACC / 9.80665}, "9.80665"),
    "gyroscope in deg/s": ({"gyr_radps": np.rad2deg(GYR)}, "pi/180"),
    "shape": ({"acc_mps2": ACC[:, :2]}, r"\(n, 3\)"),
    "words": ({"acc_mps2": "fast"}, "acc_mps2"),
    "lengths": ({"gyr_radps": GYR[:-1]}, "gyr_radps has"),
    "no time": ({"rate_hz": None}, "rate_hz nor t_ns"),
    "rate": ({"rate_hz": 1e6}, "rate_hz"),
    "rate is text": ({"rate_hz": "25"}, "rate_hz"),
    "rate against times": ({"rate_hz": 100.0, "t_ns": T}, "leave one of them out"),
    "times in seconds": ({"rate_hz": None, "t_ns": T / 1e9}, "integer nanoseconds"),
    "times in milliseconds": ({"rate_hz": None, "t_ns": T // 1_000_000}, "nanoseconds"),
    "times that stand": ({"rate_hz": None, "t_ns": T // NS_PER_S * NS_PER_S}, "t_ns"),
    "times backwards": ({"rate_hz": None, "t_ns": T[::-1]}, "t_ns"),
    "times missing": ({"rate_hz": None, "t_ns": np.where(np.arange(N) == 5, np.iinfo(np.int64).min, T)}, "NaT"),
    "clock set in between": ({"rate_hz": None, "t_ns": np.where(np.arange(N) < 9, 0, T) + np.arange(N)}, "days"),
    "side": ({"side": "Left"}, "left, right"),
    "settings": ({"settings": {"side": "left"}}, "hipmonitor.Settings"),
    "reading": ({"reading": "live"}, "as_lived"),
    "placement": ({"placement": "none"}, "calibration"),
    "pelvis is no mapping": ({"pelvis": (ACC, GYR)}, "pelvis is a tuple; give a mapping with acc_mps2"),
    "pelvis misspelt": ({"pelvis": {"acc": ACC}}, "pelvis has the unknown key acc; its keys are acc_mps2"),
    "pelvis without data": ({"pelvis": {"gyr_radps": GYR}}, "pelvis has no acc_mps2"),
    "pelvis in g": ({"pelvis": {"acc_mps2": ACC / 9.8}}, "pelvis: acc_mps2.*9.80665"),
    "pelvis of another length": ({"pelvis": {"acc_mps2": ACC[:-9]}}, "pelvis has .* rows and the thigh"),
    "pelvis on another clock": (
        {"pelvis": {"acc_mps2": ACC, "t_ns": T}},
        "pelvis: its t_ns lie wholly before or after",
    ),
    "pelvis placement": ({"pelvis": PELVIS | {"placement": "auto"}}, "pelvis_calibration of an earlier Analysis"),
    "other thigh": ({"other_thigh": (ACC, GYR)}, "other_thigh is a tuple"),
    "other thigh's placement": ({"other_thigh": OTHER | {"placement": 3}}, "calibration of an Analysis"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_used_is_refused_with_name_and_remedy(what: str) -> None:
    changes, words = REFUSED[what]
    with pytest.raises(UsageError, match=words):
        analyze(**changes)


def test_a_placement_that_was_not_found_is_refused() -> None:
    nothing = analyze(acc_mps2=ACC[:60], gyr_radps=GYR[:60]).calibration
    with pytest.raises(UsageError, match="found none"):
        analyze(placement=nothing)


# -- several sensors ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reading", ["settled", "as_lived"])
def test_with_a_pelvis_sensor_the_hip_is_measured(reading: str) -> None:
    result = analyze(pelvis=PELVIS, reading=reading)
    late = slice(round(215 * RATE_HZ), None)
    assert set(result.hip_method[late]) == {"measured"}
    for name in ("hip_flexion", "hip_adduction", "hip_rotation"):
        assert np.isfinite(getattr(result, f"{name}_deg")[late]).all(), name
        assert (getattr(result, f"{name}_sd_deg")[late] > 0).all(), name
    assert np.isfinite(result.pelvis_tilt_deg[late]).all()
    assert result.pelvis_calibration is not None
    assert result.pelvis_calibration.tilt_sd_deg < 5


def test_the_settled_reading_measures_from_the_beginning() -> None:
    lived, settled = (
        analyze(pelvis=PELVIS, reading=reading).hip_method == "measured" for reading in ("as_lived", "settled")
    )
    assert settled.mean() > lived.mean() + 0.3


def test_without_a_pelvis_sensor_nothing_is_said_of_the_pelvis() -> None:
    result = analyze()
    assert result.pelvis_calibration is None
    assert result.other_thigh is None
    assert np.isnan(result.pelvis_tilt_deg).all()
    assert "measured" not in result.hip_method


def test_a_pelvis_calibration_can_be_given_back() -> None:
    learned = analyze(pelvis=PELVIS)
    again = analyze(
        pelvis=PELVIS | {"placement": learned.pelvis_calibration}, placement=learned.calibration, reading="as_lived"
    )
    assert again.pelvis_calibration.method is PelvisMethod.GIVEN  # type: ignore[union-attr]
    assert (again.hip_method == "measured").mean() > 0.9


def test_the_pelvis_may_have_times_and_a_rate_of_its_own() -> None:
    t_ns = START_NS + np.arange(N) * round(NS_PER_S / RATE_HZ)
    every_other = {name: column[::2] for name, column in PELVIS.items()} | {"t_ns": t_ns[::2]}
    result, same = analyze(rate_hz=None, t_ns=t_ns, pelvis=every_other), analyze(pelvis=PELVIS)
    both = (result.hip_method == "measured") & (same.hip_method == "measured") & result.trusted & same.trusted
    assert both.mean() > 0.9
    assert np.median(np.abs(result.hip_flexion_deg - same.hip_flexion_deg)[both]) < 1.5
    from_the_start = analyze(pelvis=hipmonitor.SecondSensor(acc_mps2=PELVIS["acc_mps2"][::2], rate_hz=RATE_HZ / 2))
    assert "measured" in from_the_start.hip_method


def test_the_slabs_that_arrays_come_in_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = analyze(pelvis=PELVIS, other_thigh=OTHER)
    monkeypatch.setattr("hipmonitor.runtime.slabs.SLAB_SAMPLES", 700)
    small = analyze(pelvis=PELVIS, other_thigh=OTHER)
    for name in (*COLUMNS, "other_thigh"):
        assert plain(getattr(small, name)) == plain(getattr(whole, name)), name


def test_the_other_thigh_comes_with_angles_and_a_calibration_of_its_own() -> None:
    other = analyze(other_thigh=OTHER).other_thigh
    assert other is not None
    assert len(other.t_ns) == N
    assert other.calibration.method is PlacementMethod.AUTOMATIC
    seated = slice(round(100 * RATE_HZ), round(190 * RATE_HZ))
    assert 60 < np.median(other.thigh_flexion_deg[seated]) < 110
    assert not other.thigh_flexion_deg.flags.writeable
    again = analyze(other_thigh=OTHER | {"placement": other.calibration}, reading="as_lived").other_thigh
    assert again is not None
    assert again.trusted.mean() > 0.9


def test_without_samples_the_other_thigh_s_rows_are_not_kept_and_its_calibration_is() -> None:
    other, whole = (analyze(other_thigh=OTHER, per_sample=kept).other_thigh for kept in (False, True))
    assert other is not None
    assert whole is not None
    assert len(other.t_ns) == len(other.thigh_flexion_deg) == 0
    assert plain(other.calibration) == plain(whole.calibration)


@pytest.mark.parametrize("where", ["pelvis", "other_thigh"])
def test_what_is_not_believed_of_another_sensor_is_told_with_its_name(where: str) -> None:
    worn = {"pelvis": PELVIS, "other_thigh": OTHER}[where]
    gyr = worn["gyr_radps"].copy()
    gyr[round(60 * RATE_HZ) :, 1] = 0.0
    told = [event.detail for event in analyze(**{where: worn | {"gyr_radps": gyr}}).events if event.kind == "sensor"]
    assert told
    assert all(detail.startswith(f"arrays, {where.replace('_', ' ')}: ") for detail in told)


# -- what the wearer did, in the settled reading -----------------------------------------------------------------------


def session(
    *actions: tuple[float, object], seconds: float = 150.0, settings: Settings | None = None
) -> list[list[Inbound]]:
    """A simulated wearer who stands, sits, walks and sits, with actions at seconds after the start."""
    worn = wear((stand(8), sit(50, "office_chair"), walk(20), sit(90, "office_chair")), seed=8)
    poses = ((1.0, HoldPose(pose=Pose.STAND)), (11.5, HoldPose(pose=Pose.SIT)))
    todo = sorted([*poses, *actions], key=lambda pair: pair[0])
    batches: list[list[Inbound]] = [[act(0, ChangeSettings(settings=settings or Settings(side="right")))]]
    for events in stream(worn.device, start_ns=START_NS, seconds=seconds, seed=8):
        while todo and START_NS + todo[0][0] * NS_PER_S <= events[0].at:
            batches.append([act(*todo.pop(0))])
        batches.append(events)
    batches.append([LinkChange(at=batches[-1][-1].at, sensor=DEFAULT_SENSOR, state=LinkState.ENDED)])
    return batches


def act(at_s: float, action: object) -> UserAction:
    return UserAction(at=HostNs(START_NS + round(at_s * NS_PER_S)), action=action)  # type: ignore[arg-type]


def both_readings(batches: Sequence[list[Inbound]]) -> Iterator[hipmonitor.Analysis]:
    for reading in ("as_lived", "settled"):
        yield analyze_slabs(lambda: batches, reading=reading)  # type: ignore[arg-type]


def rows(result: hipmonitor.Analysis, start_s: float, end_s: float) -> slice:
    edges = np.searchsorted(result.t_ns, [START_NS + s * NS_PER_S for s in (start_s, end_s)])
    return slice(int(edges[0]), int(edges[1]))


@pytest.mark.parametrize("action", [ForgetPlacement(), TookOff()])
def test_after_the_sensor_came_off_no_earlier_placement_is_used(action: object) -> None:
    for result in both_readings(session((90.0, action))):
        assert result.trusted[rows(result, 60, 88)].mean() > 0.9
        assert not result.trusted[rows(result, 92, 150)].any(), result.reading
        assert any(event.kind == "placement:forgotten" for event in result.events)


def test_a_given_placement_ends_where_the_sensor_came_off() -> None:
    known = next(both_readings(session())).calibration
    batches = session((90.0, TookOff()))
    for reading in ("as_lived", "settled"):
        result = analyze_slabs(lambda: batches, reading=reading, placement=known)  # type: ignore[arg-type]
        assert result.trusted[rows(result, 60, 88)].mean() > 0.9
        assert not result.trusted[rows(result, 92, 150)].any(), reading


def test_settings_take_effect_where_they_were_changed() -> None:
    low, high = (
        Settings(side="right", deep_flexion=DeepFlexionLimit(thigh_limit_deg=limit)) for limit in (50.0, 130.0)
    )
    lived, settled = both_readings(session((80.0, ChangeSettings(settings=high)), settings=low))
    assert lived.summary.deep_flexion_s > 30
    assert settled.summary.deep_flexion_s == pytest.approx(lived.summary.deep_flexion_s, abs=12)


def test_settings_take_effect_no_earlier_in_the_settled_reading() -> None:
    """Its seconds are decided 20 s later; the wearer sits from 8 s on."""
    low, high = (
        Settings(side="right", deep_flexion=DeepFlexionLimit(thigh_limit_deg=limit)) for limit in (50.0, 130.0)
    )
    lived, settled = both_readings(session((40.0, ChangeSettings(settings=high)), settings=low, seconds=70.0))
    assert settled.summary.deep_flexion_s == pytest.approx(40 - 8, abs=2)
    assert lived.summary.deep_flexion_s <= settled.summary.deep_flexion_s


def test_a_second_calibration_does_not_change_what_was_measured_before_it() -> None:
    # While sitting, the wearer claims to stand: all that follows is measured from there, and nothing before.
    wrong = ((80.0, HoldPose(pose=Pose.STAND)), (58.0, Mark(text="going")))
    lived, settled = both_readings(session(*wrong))
    before = rows(settled, 30, 55)
    assert np.median(settled.thigh_flexion_deg[before]) == pytest.approx(
        np.median(lived.thigh_flexion_deg[before]), abs=1
    )
    assert [event.detail for event in settled.events if event.kind == "mark"] == ["going"]


def test_poses_and_alerts_are_those_of_the_day_in_either_reading() -> None:
    lived, settled = both_readings(session())
    for kind in ("pose:stand", "pose:sit"):
        assert sum(event.kind == kind for event in settled.events) == 1
    assert plain(list(settled.alerts)) == plain(list(lived.alerts))
