"""Angles and orientations for OpenSim: `.mot` with its names of coordinates, `.sto` with ours, and the sensor for OpenSense.

Signs (OpenSim's gait models; x forward, y up, z to the right): hip flexion, adduction and internal rotation + as here; pelvis_tilt
turns about z, so that it is + tipped backward, against ours. Orientations are in our world, z up: for OpenSense give
sensor_to_opensim_rotations = -1.5707963 0 0.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from hipmonitor.core.arrays import Bools
from hipmonitor.core.errors import UsageError
from hipmonitor.io.export import Column, Table, write_quaternions, write_storage
from hipmonitor.io.session import program
from hipmonitor.runtime.exporting.results import READINGS, Results
from hipmonitor.runtime.exporting.tables import ANGLES

SUFFIX = {"right": "r", "left": "l"}
COORDINATES = {
    "hip_flexion_{}": ("hip_flexion_deg", 1.0),
    "hip_adduction_{}": ("hip_adduction_deg", 1.0),
    "hip_rotation_{}": ("hip_rotation_deg", 1.0),
    "pelvis_tilt": ("pelvis_tilt_deg", -1.0),
}
"""OpenSim's name to ours, and the sign between them."""


def motion(r: Results, path: Path) -> list[Path]:
    """Coordinates of the hip, rows without a number left out: OpenSim interpolates between those that there are.

    Raises:
        UsageError: the side is not known, or there is no hip angle at all.
    """
    if r.side not in SUFFIX:
        raise UsageError(f"{r.file}: does not say which thigh; give --side left or --side right")
    a = r.analysis
    names = {name.format(SUFFIX[r.side]): source for name, source in COORDINATES.items()}
    there = {name: source for name, source in names.items() if np.isfinite(getattr(a, source[0])).any()}
    if not there:
        raise UsageError(f"{r.file}: no hip angle is known in it, so there is no motion; export tables (--to csv)")
    columns = {name: sign * getattr(a, field) for name, (field, sign) in there.items()}
    known: Bools = np.logical_and.reduce([np.isfinite(values) for values in columns.values()]) & a.trusted
    table = Table(
        name="motion",
        meaning="coordinates",
        columns=(
            Column(name="time", meaning="s", values=_time_s(r)[known], decimals=6),
            *(Column(name=name, meaning="deg", values=values[known], decimals=4) for name, values in columns.items()),
        ),
    )
    size = {"version": 1, "nRows": len(table), "nColumns": len(table.columns), "inDegrees": "yes"}
    write_storage(path, "Coordinates", size | _about(r), table)
    return [path]


def storage(r: Results, path: Path) -> list[Path]:
    """All angles under our names, nan where there is none; and beside it the sensor's orientations for OpenSense."""
    orientations = path.with_name(f"{path.stem}_orientations.sto")
    if orientations.exists():
        raise UsageError(f"{orientations}: is there; name a new file")
    a = r.analysis
    angles = [Column(name=name, meaning=words, values=getattr(a, name)) for name, words in ANGLES.items()]
    time = Column(name="time", meaning="s", values=_time_s(r), decimals=6)
    table = Table(name="angles", meaning="all angles", columns=(time, *angles))
    size = {"version": 1, "nRows": len(table), "nColumns": len(table.columns), "inDegrees": "yes"}
    write_storage(path, path.stem, size | _about(r), table)
    known = np.isfinite(a.world_from_sensor).all(axis=1)
    label = f"femur_{SUFFIX[r.side]}_imu" if r.side in SUFFIX else "femur_imu"
    header = {"DataRate": f"{r.rate_hz:.6f}", "DataType": "Quaternion", "version": 3, "OpenSimVersion": "4.1"}
    write_quaternions(orientations, header | _about(r), _time_s(r)[known], {label: a.world_from_sensor[known]})
    return [path, orientations]


def _time_s(r: Results) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return (r.analysis.t_ns - r.start_ns) / 1e9


def _about(r: Results) -> dict[str, object]:
    """Lines of the header that only people read."""
    return {
        "made_by": program(),
        "reading": READINGS[r.analysis.reading],
        "placement_sd_deg": r.analysis.calibration.sd_deg,
    }
