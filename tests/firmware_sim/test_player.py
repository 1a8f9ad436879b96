"""A recorded file is played as the sensor's own samples, and a file that cannot be is told apart by name and field."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from firmware_sim.device import Crystal, HipDevice, SampleClock, StreamShape, WitmotionModel
from firmware_sim.memory_link import DEFAULT_SENSOR, stream
from firmware_sim.played_session import from_recording
from firmware_sim.player import PlayerSource, Recorded, from_npz
from firmware_sim.worn_sensor import device_for
from hipmonitor.core.errors import RecordingError, UsageError
from hipmonitor.core.inbound import ChangeSettings, UserAction
from hipmonitor.core.instants import HostNs
from hipmonitor.core.settings import Settings
from hipmonitor.io.session import SessionWriter
from tests.core import dot_streams, witmotion_streams
from tests.firmware_sim.bare_radio import SENSOR, BareRadio
from tests.firmware_sim.device_rig import START_NS

G = 9.80665


def shape(rate_hz: int = 100, acc_g: int = 8, gyr_dps: int = 1000) -> StreamShape:
    clock = SampleClock(crystal=Crystal(error_ppb=0), rate_mhz=rate_hz * 1000, start_own_ns=0, boot_true_s=0.0)
    return StreamShape(clock=clock, acc_range_g=acc_g, gyr_range_dps=gyr_dps)


def saved(path: Path, **fields: object) -> Path:
    np.savez(path / "file.npz", **fields)  # type: ignore[arg-type]
    return path / "file.npz"


def ramp(n: int = 101) -> np.ndarray:
    return np.linspace(0.0, 1.0, n)[:, None] * np.array([1.0, 2.0, -3.0])


def test_signals_are_interpolated_linearly_at_the_sensors_instants(tmp_path: Path) -> None:
    path = saved(tmp_path, acc_g=ramp(), gyr_radps=np.radians(ramp() * 100), rate_hz=50.0)
    player = PlayerSource(from_npz(path))
    player.begin(shape())
    read = player.samples(0, 250)
    t_s = np.minimum(np.arange(250) / 100, 2.0)
    assert read[:, 0] == pytest.approx(t_s / 2 * 4096, abs=0.6)
    assert read[:, 5] == pytest.approx(t_s / 2 * -300 * 32.768, abs=0.6)
    assert np.array_equal(np.concatenate([player.samples(i, 1) for i in range(250)]), read)


def test_a_loop_starts_again(tmp_path: Path) -> None:
    player = PlayerSource(from_npz(saved(tmp_path, acc_g=ramp(), rate_hz=50.0)), loop=True)
    player.begin(shape(gyr_dps=0))
    assert np.array_equal(player.samples(0, 199), player.samples(200, 199))


def test_a_file_without_a_gyroscope_is_a_sensor_without_one(tmp_path: Path) -> None:
    recorded = from_npz(saved(tmp_path, acc_g=ramp(), t_ns=np.arange(101) * 20_000_000 + 5))
    assert (recorded.model().gyr_range_dps, recorded.t_s[-1]) == (0, 2.0)
    player = PlayerSource(recorded)
    player.begin(shape(gyr_dps=0))
    assert not player.samples(0, 10)[:, 3:].any()


def test_ranges_are_chosen_to_hold_the_file(tmp_path: Path) -> None:
    path = saved(tmp_path, acc_mps2=ramp() * 4 * G, gyr_radps=np.radians(ramp() * 500), rate_hz=100.0)
    model = from_npz(path).model()
    assert (model.acc_range_g, model.gyr_range_dps) == (16, 2000)


def test_one_of_several_body_parts_is_chosen_by_name(tmp_path: Path) -> None:
    path = saved(tmp_path, a_acc=ramp() * G, a_gyr=ramp(), b_acc=ramp() * 2 * G, t_s=np.arange(101) / 100)
    assert from_npz(path, part="b").acc_g[-1] == pytest.approx([2, 4, -6])
    assert from_npz(path, part="b").gyr_dps is None
    with pytest.raises(UsageError, match=r"file\.npz has no field c_acc; choose the part a, b"):
        from_npz(path, part="c")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"speed": ramp()}, "no accelerometer: fields are speed"),
        ({"acc_g": ramp()}, "t_s, t_ns or rate_hz"),
        ({"acc_g": ramp()[:, :2], "rate_hz": 50.0}, r"field acc_g has shape \(101, 2\)"),
        ({"acc_g": ramp() * np.nan, "rate_hz": 50.0}, "accelerometer holds values that are not finite"),
        ({"acc_g": ramp(), "gyr_radps": ramp(50), "rate_hz": 50.0}, "equally many"),
        ({"acc_g": ramp(), "t_s": np.zeros(101)}, "times do not grow"),
        ({"acc_g": ramp(1), "rate_hz": 50.0}, "at least two"),
    ],
)
def test_an_unusable_file_is_told_with_its_field(tmp_path: Path, fields: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        from_npz(saved(tmp_path, **fields))


def test_what_is_no_npz_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "notes.npz").write_text("not a recording")
    for name in ("notes.npz", "absent.npz"):
        with pytest.raises(UsageError, match=name):
            from_npz(tmp_path / name)


def test_a_recording_of_hipmonitor_plays_what_the_sensor_measured(tmp_path: Path) -> None:
    acc = np.array([[0.0, 1.0, 0.0]]) + 0.2 * np.sin(np.arange(4000) / 60)[:, None]
    recorded = Recorded(t_s=np.arange(4000) / 100, acc_g=acc, gyr_dps=acc * 90)
    device: HipDevice = device_for(PlayerSource(recorded), seed=3)
    path = tmp_path / "session.mcap"
    settings = UserAction(at=HostNs(START_NS), action=ChangeSettings(settings=Settings()))
    with SessionWriter(path, sensor=DEFAULT_SENSOR, started_at=HostNs(START_NS)) as writer:
        writer.record([settings])
        for turn in stream(device, start_ns=START_NS, seconds=30.0, outages=[(10.0, 15.0)]):
            writer.record(turn)
    again = from_recording(path)
    # Live data began some 1.6 s after power-on.
    offset = int(np.argmin([np.abs(again.acc_g[:500] - acc[i : i + 500]).sum() for i in range(300)]))
    assert 140 < offset < 200
    assert len(again.t_s) > 2700
    assert np.diff(again.t_s).max() == pytest.approx(0.01)
    assert again.acc_g == pytest.approx(acc[offset : offset + len(again.acc_g)], abs=0.002)
    assert again.gyr_dps == pytest.approx(again.acc_g * 90, abs=0.1)


@pytest.mark.parametrize(
    "talked", [dot_streams.talked_with, partial(witmotion_streams.talked_with, model=WitmotionModel())]
)
def test_a_recording_of_another_make_plays_in_its_own_units(tmp_path: Path, talked: Callable[..., BareRadio]) -> None:
    radio = talked(np.tile([0, 0, 2048, 0, 1638, 0], (10, 1)))
    radio.run(5.0)
    path = tmp_path / "session.mcap"
    with SessionWriter(path, sensor=SENSOR, started_at=HostNs(START_NS)) as writer:
        writer.record(radio.notes)
    again = from_recording(path)
    assert again.gyr_dps is not None
    assert again.acc_g[-1] == pytest.approx([0, 0, 1], abs=1e-3)
    assert again.gyr_dps[-1] == pytest.approx([0, 100, 0], abs=0.1)


def test_a_recording_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError):
        from_recording(tmp_path / "absent.mcap")


DATA = Path(os.environ.get("HIPMONITOR_DATA", Path(__file__).parents[3] / "shared" / "data"))
FILES = (
    "body/qmt_full_body.npz",
    "posture/harth_*.npz",
    "posture/sens_*.npz",
    "phone/*_sub01.npz",
    "inclination/*01*.npz",
)


@pytest.mark.data
@pytest.mark.parametrize("pattern", FILES)
def test_real_recordings_play(pattern: str) -> None:
    paths = sorted(DATA.glob(pattern))
    if not paths:
        pytest.skip(f"the real recordings are not here: {DATA / pattern}")
    recorded = from_npz(paths[0])
    device = device_for(PlayerSource(recorded, loop=True), seed=1, model=recorded.model())
    turns = stream(device, start_ns=START_NS, seconds=10.0)
    assert sum(1 for e in itertools.chain.from_iterable(turns) if getattr(e, "channel", "") == "hip/data") > 80
    assert np.median(np.linalg.norm(recorded.acc_g, axis=1)) == pytest.approx(1.0, abs=0.3)
