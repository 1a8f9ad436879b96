"""Real recordings for `tests.benchmarks.angles`: labelled people in random mountings, slips injected, and thighs beside a reference."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal

import numpy as np

import hipmonitor
from hipmonitor.core.arrays import Bools, Floats, Nanoseconds, Quats, Vec3s
from hipmonitor.core.frames import rotate, unit, up_in_sensor
from hipmonitor.core.instants import NS_PER_S
from hipmonitor.core.orientation import SettledOrientation
from hipmonitor.core.pipeline import Pipeline, PipelineParams
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import Placement
from hipmonitor.runtime.analyze import learned
from hipmonitor.runtime.collect import Collector
from hipmonitor.runtime.drive import drive_through
from hipmonitor.runtime.slabs import array_slabs, checked
from tests.benchmarks.activity import data_folder, posture_score

G_MPS2 = 9.80665
SETS = ("harth", "har70", "sens")
NIGHT_NS = 8 * 3600 * NS_PER_S
Reading = Literal["as_lived", "settled"]
READINGS: tuple[Reading, ...] = ("as_lived", "settled")


@dataclass(frozen=True, kw_only=True, eq=False)
class Recording:
    """One labelled person, the sensor as it was worn."""

    name: str
    t_ns: Nanoseconds
    acc_mps2: Vec3s
    kinds: dict[int, str]
    """True class of each second since the first sample."""

    def seconds(self) -> tuple[Vec3s, np.ndarray]:
        """Mean acceleration and true class of every second."""
        second = (self.t_ns - self.t_ns[0]) // NS_PER_S
        first = np.flatnonzero(np.diff(second, prepend=-1))
        mean = np.add.reduceat(self.acc_mps2, first, axis=0) / np.diff(first, append=len(second))[:, None]
        return mean, np.array([self.kinds.get(int(s), "") for s in second[first]])


def recordings(name: str) -> list[Recording]:
    """All people of a set."""
    out = []
    for path in sorted((data_folder() / "posture").glob(f"{name}_*.npz")):
        stored = np.load(path)
        acc = stored["acc_g"].astype(np.float64) * G_MPS2
        kinds = posture_score().true_seconds(path)
        out.append(Recording(name=path.stem, t_ns=stored["t_ns"], acc_mps2=acc, kinds=kinds))
    return out


def any_mounting(name: str, seed: int) -> Quats:
    """A rotation, evenly drawn."""
    q = np.random.default_rng([zlib.crc32(name.encode()), seed]).standard_normal(4)
    return np.asarray(q / np.sqrt(np.sum(q * q)))


@dataclass(frozen=True, kw_only=True, eq=False)
class Pass:
    """What one reading made of a recording."""

    recording: Recording
    flexion_deg: Floats
    placements: tuple[Placement, ...]

    def median_deg(self, kind: str, among: Bools) -> float:
        """Median flexion over the rows of a true kind; NaN with less than five seconds of them."""
        t_ns = self.recording.t_ns
        second = (t_ns - t_ns[0]) // NS_PER_S
        wanted = self.kind(kind) & among & np.isfinite(self.flexion_deg)
        return float(np.median(self.flexion_deg[wanted])) if len(np.unique(second[wanted])) >= 5 else float("nan")

    def kind(self, kind: str) -> Bools:
        """(n,) rows of a true kind."""
        second = (self.recording.t_ns - self.recording.t_ns[0]) // NS_PER_S
        seconds = np.array([s for s, k in self.recording.kinds.items() if k == kind])
        return np.isin(second, seconds)

    def sd_deg(self) -> Floats:
        """(n,) sd of the placement in force; inf without one."""
        which = np.searchsorted([p.since for p in self.placements], self.recording.t_ns, side="right")
        return np.array([np.inf, *(p.sd_deg for p in self.placements)])[which]


def passes(recording: Recording, seed: int) -> dict[Reading, Pass]:
    """Both readings in a random mounting, told nothing."""
    acc = rotate(any_mounting(recording.name, seed), recording.acc_mps2)
    arrays = checked(acc_mps2=acc, gyr_radps=None, rate_hz=None, t_ns=recording.t_ns)
    lived, settled = Collector(len(acc)), Collector(len(acc))
    drive_through(array_slabs(arrays, Settings()), Pipeline(PipelineParams()), [lived])
    again = Pipeline(learned(PipelineParams(), lived), orientation=SettledOrientation)
    drive_through(array_slabs(arrays, Settings()), again, [settled])
    return {
        "as_lived": Pass(
            recording=recording, flexion_deg=lived.table["thigh_flexion_deg"], placements=tuple(lived.placements)
        ),
        "settled": Pass(
            recording=recording, flexion_deg=settled.table["thigh_flexion_deg"], placements=tuple(settled.placements)
        ),
    }


@dataclass(frozen=True, kw_only=True, eq=False)
class Postures:
    """What a reading made of a person's labelled postures."""

    name: str
    stand_deg: float
    """Median thigh flexion, as lived once the placement was known within 15 deg; NaN where there is none of it."""
    sit_deg: float
    placed_s: float
    """When there first was a placement."""
    certain_s: float
    """And one within 5 deg."""
    sd_deg: float
    moves: int


def postures(one: Pass) -> Postures:
    """Of one person."""
    known = one.sd_deg() <= 15
    return Postures(
        name=one.recording.name,
        stand_deg=one.median_deg("stand", known),
        sit_deg=one.median_deg("sit", known),
        placed_s=_seconds_until(one, np.inf),
        certain_s=_seconds_until(one, 5.0),
        sd_deg=one.placements[-1].sd_deg if one.placements else np.inf,
        moves=one.placements[-1].strap_on if one.placements else 0,
    )


def _seconds_until(one: Pass, most_sd_deg: float) -> float:
    due = [(p.since - int(one.recording.t_ns[0])) / 1e9 for p in one.placements if p.sd_deg <= most_sd_deg]
    return max(0.0, due[0]) if due else float("nan")


# -- slips -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What happens to the sensor half-way through a recording."""

    name: str
    axis: Literal["", "x", "y", "z"] = ""
    """Of the thigh: x forward, y up, z to the right."""
    degrees: float = 0.0
    seconds: float = 0.0
    """Within which it turns."""
    mirrored: bool = False
    anew: bool = False
    """In any mounting."""
    night: bool = False


SLIPS = (
    Slip(name="untouched"),
    Slip(name="slips 10 deg", axis="z", degrees=10),
    Slip(name="slips 20 deg", axis="z", degrees=20),
    Slip(name="slips 40 deg", axis="z", degrees=40),
    Slip(name="slips 25 deg sideways", axis="x", degrees=25),
    Slip(name="slips 30 deg in 5 min", axis="z", degrees=30, seconds=300),
    Slip(name="turned 40 deg", axis="y", degrees=40),
    Slip(name="turned 90 deg", axis="y", degrees=90),
    Slip(name="turned 180 deg", axis="y", degrees=180),
    Slip(name="upside down", axis="z", degrees=180),
    Slip(name="other leg", mirrored=True, anew=True),
    Slip(name="new strap-on in the morning", anew=True, night=True),
)
AXES = {"x": 0, "y": 1, "z": 2}


def thigh_axes(recording: Recording) -> tuple[Vec3s, Vec3s, Vec3s]:
    """The thigh's axes in the sensor, from labelled standing and sitting (cycling where nobody sits)."""
    mean, kind = recording.seconds()
    bent = "sit" if np.sum(kind == "sit") > 20 else "cycle"
    y, s = (unit(np.median(unit(mean[kind == k]), axis=0)) for k in ("stand", bent))
    x = unit(s - np.sum(s * y) * y)
    return x, y, np.cross(x, y)


def slipped(recording: Recording, slip: Slip) -> tuple[Recording, int]:
    """The recording with its second half as the slip has it, and the row where that begins."""
    half = len(recording.t_ns) // 2
    axes = thigh_axes(recording)
    acc, t_ns = recording.acc_mps2.copy(), recording.t_ns.copy()
    later = acc[half:]
    if slip.mirrored:
        later = later - 2 * np.sum(later * axes[2], axis=1)[:, None] * axes[2]
    if slip.axis:
        share = np.minimum((t_ns[half:] - t_ns[half]) / 1e9 / max(slip.seconds, 1e-9), 1.0)
        a = np.radians(slip.degrees) * (share if slip.seconds else np.ones(len(share))) / 2
        later = rotate(np.concatenate([np.cos(a)[:, None], np.sin(a)[:, None] * axes[AXES[slip.axis]]], axis=1), later)
    if slip.anew:
        later = rotate(any_mounting(recording.name, 99), later)
    acc[half:] = later
    t_ns[half:] += NIGHT_NS if slip.night else 0
    gap_s = NIGHT_NS // NS_PER_S if slip.night else 0
    half_s = int((recording.t_ns[half] - recording.t_ns[0]) // NS_PER_S)
    kinds = {s + (gap_s if s > half_s else 0): kind for s, kind in recording.kinds.items() if s != half_s}
    return Recording(name=recording.name, t_ns=t_ns, acc_mps2=acc, kinds=kinds), half


@dataclass(frozen=True, kw_only=True, eq=False)
class Noticed:
    """What became of a slip."""

    delay_s: float
    """From the slip until a placement of the new strap-on; NaN: it was not noticed."""
    walked_s: int
    """Labelled walking in that time; all there was where it was not noticed."""
    moves: int
    stand_deg: dict[Reading, float]
    """Median flexion of labelled standing: as lived after it was noticed, settled from the slip on."""
    sd_deg: float
    """At the end."""
    sit_deg: dict[Reading, float]
    """Median flexion of labelled sitting after the slip: by the placement at the end, and settled."""
    sit_sd_deg: dict[Reading, float]
    """What was said of it: at the end, and the settled median over that sitting."""
    backwards_s: int
    """Seconds as lived after the slip that sat below 0 with an sd within 5."""
    misled_s: int
    """Seconds as lived after the slip that stood beyond 15 deg or sat below 30 with an sd within 5."""


def noticed(recording: Recording, slip: Slip) -> Noticed:
    """Both readings of the recording with the slip in it."""
    worn, half = slipped(recording, slip)
    both, at = passes(worn, 1), int(worn.t_ns[half])
    lived = both["as_lived"]
    found = [p.since for p in lived.placements if p.strap_on > 0]
    slid = worn.t_ns > at + slip.seconds * 1e9
    known = worn.t_ns >= (found[0] if found else worn.t_ns[-1] + 1)
    return Noticed(
        delay_s=(found[0] - at) / 1e9 if found else float("nan"),
        walked_s=_seconds(lived, (worn.t_ns >= at) & ~known & lived.kind("walk")),
        moves=lived.placements[-1].strap_on if lived.placements else 0,
        stand_deg={
            "as_lived": lived.median_deg("stand", slid & known),
            "settled": both["settled"].median_deg("stand", slid),
        },
        sd_deg=lived.placements[-1].sd_deg if lived.placements else np.inf,
        sit_deg={"as_lived": _at_the_end_deg(lived, "sit", slid), "settled": both["settled"].median_deg("sit", slid)},
        sit_sd_deg={
            "as_lived": lived.placements[-1].sd_deg if lived.placements else np.inf,
            "settled": _median_sd_deg(both["settled"], "sit", slid),
        },
        backwards_s=_seconds(lived, slid & (lived.sd_deg() <= 5) & lived.kind("sit") & (lived.flexion_deg < 0)),
        misled_s=_misled_s(lived, slid),
    )


def _at_the_end_deg(one: Pass, kind: str, among: Bools) -> float:
    """Median flexion of a true kind by the last placement; NaN with less than five seconds of it."""
    wanted = one.kind(kind) & among
    if not one.placements or _seconds(one, wanted) < 5:
        return float("nan")
    mounted = rotate(any_mounting(one.recording.name, 1), one.recording.acc_mps2[wanted])
    up = rotate(one.placements[-1].thigh_from_sensor, mounted - one.placements[-1].acc_offset_mps2)
    return float(np.median(np.rad2deg(np.arctan2(up[:, 0], up[:, 1]))))


def _median_sd_deg(one: Pass, kind: str, among: Bools) -> float:
    wanted = one.kind(kind) & among
    return float(np.median(one.sd_deg()[wanted])) if wanted.any() else float("nan")


def _misled_s(one: Pass, after: Bools) -> int:
    sure, flexion = after & (one.sd_deg() <= 5), one.flexion_deg
    off = (one.kind("stand") & (np.abs(flexion) > 15)) | (one.kind("sit") & (flexion < 30))
    return _seconds(one, sure & off)


def _seconds(one: Pass, rows: Bools) -> int:
    t_ns = one.recording.t_ns
    return len(np.unique((t_ns[rows] - t_ns[0]) // NS_PER_S))


# -- beside a reference --------------------------------------------------------------------------------------------------


def beside_reference() -> dict[str, float]:
    """Thigh flexion RMSE against orientations that came with two recordings, by thigh and reading.

    Neither is optical: both are other inertial filters on the same samples. qmt_full_body's differ from the sensor's axes by one
    constant rotation, which is fitted; x-io's are in the sensor's axes (18.6 s, lifts of 82 and 90 deg), nothing is fitted.
    """
    out = {}
    stored = np.load(data_folder() / "body" / "qmt_full_body.npz")
    for side in ("left", "right"):
        acc, gyr, truth = (stored[f"upper_leg_{side}_{what}"] for what in ("acc", "gyr", "quat"))
        up_true = up_in_sensor(np.asarray(truth, np.float64))
        for reading in READINGS:
            got = hipmonitor.analyze(acc_mps2=acc, gyr_radps=gyr, rate_hz=100.0, reading=reading)
            up = up_in_sensor(got.world_from_sensor)
            fitted = rotate(fitted_rotation(up, up_true), up)
            out[f"qmt_full_body, {side} thigh, {reading.replace('_', ' ')}"] = _flexion_rmse_deg(fitted, up_true)
        inertial, quat = (_logged(side, what) for what in ("Inertial", "Quaternion"))
        up_true = up_in_sensor(quat[:, 1:])
        for reading in READINGS:
            got = hipmonitor.analyze(
                acc_mps2=inertial[:, 4:] * G_MPS2,
                gyr_radps=np.radians(inertial[:, 1:4]),
                t_ns=(inertial[:, 0] * 1e3).astype(np.int64),
                reading=reading,
            )
            error = _flexion_rmse_deg(up_in_sensor(got.world_from_sensor), up_true)
            out[f"xio_lower_body, {side} thigh, {reading.replace('_', ' ')}"] = error
    return out


def _logged(side: str, what: str) -> np.ndarray:
    """A log of x-io's; microseconds first. Both logs of a sensor have the same instants."""
    path = data_folder() / "body" / "xio_lower_body" / f"{side}_upper_leg" / f"{what}.csv"
    return np.loadtxt(path, delimiter=",", skiprows=1)


def _flexion_rmse_deg(up: Vec3s, up_true: Vec3s) -> float:
    y, x = _upright_and_forward(up_true)
    error = (np.rad2deg(_flexion(up, x, y) - _flexion(up_true, x, y)) + 180) % 360 - 180
    return float(np.sqrt(np.mean(error**2)))


def _flexion(up: Vec3s, x: Vec3s, y: Vec3s) -> Floats:
    return np.asarray(np.arctan2(np.sum(up * x, axis=1), np.sum(up * y, axis=1)))


def _upright_and_forward(up: Vec3s) -> tuple[Vec3s, Vec3s]:
    """The direction where up is mostly, and the one in which it moves most across that."""
    y = unit(np.median(up, axis=0))
    across = up - np.sum(up * y, axis=1)[:, None] * y
    x = np.linalg.svd(across, full_matrices=False)[2][0]
    return y, unit(x - np.sum(x * y) * y)


def fitted_rotation(a: Vec3s, b: Vec3s) -> Quats:
    """The quaternion that turns directions a into b best (Wahba's problem, Davenport's q-method); (4,) wxyz."""
    m = np.einsum("ni,nj->ij", b, a)
    z = np.array([m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]])
    k = np.empty((4, 4))
    k[0, 0], k[0, 1:], k[1:, 0] = np.trace(m), z, z
    k[1:, 1:] = m + m.T - np.trace(m) * np.eye(3)
    return np.asarray(np.linalg.eigh(k)[1][:, -1])
