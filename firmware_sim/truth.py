"""Truth: what a simulated body really did, for comparing with what was measured; as files at host times, and as events.

    worn = wear_scenario(scenario_named("day"), seed=3)
    happened = truth_events(worn.body)              # or of any MovingBody
    happened.seat_off_s                             # instants of contact change: feet take the weight, seconds of the script
    happened.seat_on_s, happened.steps_s            # a seat takes it; every heel strike of either leg
    happened.crank_s, happened.squats_s             # turns of the crank, deepest instants (TruthEvents lists all)
    host_ns(happened.seat_off_s, start_ns=START_NS) # the same as host times; START_NS is when the sensor was switched on
    worn.body.truth(t_s).activity                   # and anything else at any instant, in seconds of the script
    worn.body.other_leg(t_s), worn.body.flexion_peaks(until_s=600.0), worn.body.strap_deg(t_s)

Script second 0 is the sensor's first power-on: `start_ns` of memory_link.stream, sample 0 of an ImuSource.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from firmware_sim.body import ACTIVITIES, MovingBody, TruthEvents
from hipmonitor.core.arrays import Bools, Codes, Floats, Nanoseconds
from hipmonitor.core.errors import UsageError

RATE_HZ = 20
ADDED = ("pelvis_tilt_deg", "hip_adduction_deg", "hip_rotation_deg")
"""Not in older files."""
FIELDS = ("t_ns", "thigh_flexion_deg", "hip_flexion_deg", "activity", "seat_contact", "activity_names")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TruthRows:
    """Truth at n instants of host time."""

    t_ns: Nanoseconds
    thigh_flexion_deg: Floats
    """NaN while the sensor is not worn."""
    hip_flexion_deg: Floats
    activity: Codes
    """Index into activity_names."""
    seat_contact: Bools
    pelvis_tilt_deg: Floats
    hip_adduction_deg: Floats
    hip_rotation_deg: Floats
    """NaN, as the two before, in files that are older than the simulated pelvis sensor."""
    activity_names: tuple[str, ...] = tuple(ACTIVITIES)


class TruthFile:
    """Grows with the time that has passed; what stands on disk is always a whole file."""

    def __init__(self, path: Path, body: MovingBody, *, start_ns: int) -> None:
        self._path, self._body, self._start_ns = path, body, start_ns
        self._parts: list[TruthRows] = []
        self._rows = 0

    def write_until(self, now_ns: int) -> None:
        """Add the truth up to now, and put the file on disk."""
        due = (now_ns - self._start_ns) * RATE_HZ // 1_000_000_000 + 1
        if due > self._rows:
            self._parts.append(truth_rows(self._body, start_ns=self._start_ns, rows=range(self._rows, due)))
            self._rows = due
        if self._parts:
            self._parts = [_joined(self._parts)]
            write_truth(self._path, self._parts[0])


def truth_events(body: MovingBody) -> TruthEvents:
    """Seat contacts and steps of the whole script, in seconds since its start."""
    return body.events()


def host_ns(t_s: Floats, *, start_ns: int) -> Nanoseconds:
    """Host times of seconds of the script, for a sensor switched on at `start_ns`."""
    return start_ns + np.rint(t_s * 1e9).astype(np.int64)


def truth_rows(body: MovingBody, *, start_ns: int, rows: range) -> TruthRows:
    """Truth at 20 Hz; row 0 is the script's start."""
    since_ns = np.arange(rows.start, rows.stop, dtype=np.int64) * (1_000_000_000 // RATE_HZ)
    truth = body.truth(since_ns / 1e9)
    return TruthRows(
        t_ns=start_ns + since_ns,
        thigh_flexion_deg=truth.thigh_flexion_deg,
        hip_flexion_deg=truth.hip_flexion_deg,
        activity=truth.activity,
        seat_contact=truth.seat_contact,
        **{name: getattr(truth, name) for name in ADDED},
    )


def write_truth(path: Path, rows: TruthRows) -> None:
    """Write an npz in one piece: a reader never sees half of it."""
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        t_ns=rows.t_ns,
        thigh_flexion_deg=rows.thigh_flexion_deg,
        hip_flexion_deg=rows.hip_flexion_deg,
        activity=rows.activity,
        seat_contact=rows.seat_contact,
        **{name: getattr(rows, name) for name in ADDED},
        activity_names=np.array(rows.activity_names),
    )
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(buffer.getvalue())
    beside.replace(path)


def read_truth(path: Path) -> TruthRows:
    """Read a file of truth.

    Raises:
        UsageError: it is not there or is no such file; names the file, what is missing and the remedy.
    """
    remedy = "write one with: python -m firmware_sim --truth FILE.npz"
    try:
        with np.load(path) as file:
            fields = {name: file[name] for name in FIELDS}
            for name in ADDED:
                fields[name] = file[name] if name in file.files else np.full(len(fields["t_ns"]), np.nan)
    except (OSError, ValueError, BadZipFile, EOFError) as error:
        raise UsageError(f"{path} cannot be read as a file of truth ({error}); {remedy}") from error
    except KeyError as error:
        raise UsageError(f"{path} is no file of truth: {error.args[0]}; {remedy}") from error
    names = tuple(str(name) for name in fields.pop("activity_names"))
    return TruthRows(**fields, activity_names=names)


def _joined(parts: list[TruthRows]) -> TruthRows:
    def column(name: str) -> NDArray[np.generic]:
        return np.concatenate([getattr(part, name) for part in parts])

    return TruthRows(
        t_ns=column("t_ns").astype(np.int64),
        thigh_flexion_deg=column("thigh_flexion_deg").astype(np.float64),
        hip_flexion_deg=column("hip_flexion_deg").astype(np.float64),
        activity=column("activity").astype(np.int8),
        seat_contact=column("seat_contact").astype(np.bool_),
        pelvis_tilt_deg=column("pelvis_tilt_deg").astype(np.float64),
        hip_adduction_deg=column("hip_adduction_deg").astype(np.float64),
        hip_rotation_deg=column("hip_rotation_deg").astype(np.float64),
    )
