"""What a headless demo came to, and how far its angle was from what the simulated body really did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from hipmonitor.core.alerts import Alert
from hipmonitor.core.arrays import Bools, Floats, Nanoseconds
from hipmonitor.core.errors import RecordingError
from hipmonitor.core.hip import HipMethod
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.pipeline import HipUpdate, Products
from hipmonitor.core.thigh import Placement, PlacementMethod
from hipmonitor.core.wire import FaultKind, ImuPackets


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAlert:
    """An alert as it is printed."""

    kind: str
    level: str
    at: HostNs
    minutes: float
    limit_min: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoResult:
    """All figures with their units in their names."""

    scenario: str
    seconds: float
    packets: int
    samples: int
    lost: int
    """Samples that were missed, bridged ones included."""
    rate_hz: float
    alerts: tuple[ToldAlert, ...]
    thigh_angle_rmse_deg: float
    """Against the simulated body, trusted rows after the guided placement; NaN where there are none."""
    thigh_angle_compared: int
    hip_angle_rmse_deg: float
    """The same of the hip where it was measured; NaN without a pelvis sensor."""
    hip_angle_compared: int
    placement_method: str
    placement_sd_deg: float
    recording: Path | None
    faults: dict[str, int]

    def rows(self) -> Iterator[tuple[str, str]]:
        """The same for people."""
        yield "Scenario", self.scenario
        yield "Data", f"{self.seconds:.1f} s, {self.packets} packets, {self.rate_hz:.1f} samples a second"
        yield "Lost", f"{self.lost} samples"
        yield "Placement", f"{self.placement_method}, ± {self.placement_sd_deg:.1f}°"
        if isfinite(self.thigh_angle_rmse_deg):
            yield "Thigh angle", f"{self.thigh_angle_rmse_deg:.1f}° root mean square from the simulated body"
        if isfinite(self.hip_angle_rmse_deg):
            rows = f"{self.hip_angle_compared} rows measured"
            yield "Hip angle", f"{self.hip_angle_rmse_deg:.1f}° root mean square from the simulated body, {rows}"
        for alert in self.alerts:
            kind = alert.kind.replace("_", " ")
            yield alert.level.capitalize(), f"{kind}, {alert.minutes * 60:.0f} s of {alert.limit_min * 60:.0f} s"
        yield "Faults", ", ".join(f"{kind} {count}" for kind, count in self.faults.items()) or "none"
        yield "Recording", str(self.recording or "none")


class DemoFigures:
    """A sink that keeps what the result needs."""

    def __init__(self) -> None:
        self._t_ns: list[Nanoseconds] = []
        self._flexion_deg: list[Floats] = []
        self._trusted: list[Bools] = []
        self._hip: list[tuple[Nanoseconds, Floats]] = []
        self._placements: list[Placement] = []
        self._alerts: list[Alert] = []
        self._faults: dict[FaultKind, int] = {}
        self._packets = self._samples = 0
        self._first_ns = self._last_ns = 0

    @property
    def seconds(self) -> float:
        """Of data so far."""
        return (self._last_ns - self._first_ns) / NS_PER_S

    def accept(self, update: HipUpdate) -> None:
        """Keep one update."""
        for piece in update.pieces:
            self._piece(piece)

    def _piece(self, piece: Products) -> None:
        self._packets += sum(len(item.at_ns) for item in piece.decoded if isinstance(item, ImuPackets))
        self._samples += int(np.count_nonzero(piece.imu.measured))
        if len(piece.imu):
            self._first_ns = self._first_ns or int(piece.imu.t_ns[0])
            self._last_ns = int(piece.imu.t_ns[-1])
        self._t_ns.append(piece.thigh.t_ns)
        self._flexion_deg.append(piece.thigh.thigh_flexion_deg)
        self._trusted.append(piece.thigh.trusted)
        measured = (piece.hip.hip_method == HipMethod.MEASURED) & piece.hip.trusted
        self._hip.append((piece.hip.t_ns[measured], piece.hip.hip_flexion_deg[measured]))
        self._placements += piece.thigh.placements
        self._alerts += piece.alerts
        for fault in piece.faults:
            self._faults[fault.kind] = self._faults.get(fault.kind, 0) + fault.count

    def result(self, *, scenario: str, truth: Path, recording: Path | None) -> DemoResult:
        """The figures, with the error against a file of truth."""
        rmse_deg, compared = self._error(truth)
        hip_rmse_deg, hip_compared = self._hip_error(truth)
        placement = self._placements[-1] if self._placements else None
        return DemoResult(
            scenario=scenario,
            seconds=round(self.seconds, 3),
            packets=self._packets,
            samples=self._samples,
            lost=self._faults.get(FaultKind.SAMPLES_LOST, 0),
            rate_hz=round((self._samples - 1) / self.seconds, 3) if self.seconds else 0.0,
            alerts=tuple(
                ToldAlert(
                    kind=alert.kind.value,
                    level=alert.level.name.lower(),
                    at=alert.at,
                    minutes=round(alert.evidence.minutes, 4),
                    limit_min=alert.limit_min,
                )
                for alert in self._alerts
            ),
            thigh_angle_rmse_deg=rmse_deg,
            thigh_angle_compared=compared,
            hip_angle_rmse_deg=hip_rmse_deg,
            hip_angle_compared=hip_compared,
            placement_method="none" if placement is None else placement.method.value,
            placement_sd_deg=float("nan") if placement is None else placement.sd_deg,
            recording=recording,
            faults={kind.value: count for kind, count in self._faults.items()},
        )

    def _error(self, truth: Path) -> tuple[float, int]:
        guided = [p.since for p in self._placements if p.method is PlacementMethod.GUIDED]
        if not guided or not truth.exists():
            return float("nan"), 0
        true_t_ns, true_deg = read_truth(truth, "thigh_flexion_deg")
        t_ns, flexion = np.concatenate(self._t_ns), np.concatenate(self._flexion_deg)
        rows = np.concatenate(self._trusted) & (t_ns >= guided[0]) & (t_ns <= true_t_ns[-1])
        return rmse_to_truth(t_ns[rows], flexion[rows], true_t_ns, true_deg)

    def _hip_error(self, truth: Path) -> tuple[float, int]:
        t_ns, flexion = (np.concatenate(column) for column in zip(*self._hip, strict=True)) if self._hip else ((), ())
        if not len(t_ns) or not truth.exists():
            return float("nan"), 0
        true_t_ns, true_deg = read_truth(truth, "hip_flexion_deg")
        known = t_ns <= true_t_ns[-1]
        return rmse_to_truth(t_ns[known], flexion[known], true_t_ns, true_deg)


def read_truth(path: Path, angle: str) -> tuple[Nanoseconds, Floats]:
    """Host times and an angle of a simulated body.

    Raises:
        RecordingError: the file cannot be read.
    """
    try:
        with np.load(path) as file:
            return file["t_ns"], file[angle]
    except (OSError, ValueError, KeyError, BadZipFile, EOFError) as error:
        raise RecordingError(f"{path}: cannot be read as a file of truth ({error}); run the demo again") from error


def rmse_to_truth(
    t_ns: Nanoseconds, flexion_deg: Floats, true_t_ns: Nanoseconds, true_deg: Floats
) -> tuple[float, int]:
    """Root mean square difference in degrees at the times t_ns, truth interpolated linearly; and of how many rows."""
    if not len(t_ns):
        return float("nan"), 0
    origin = int(true_t_ns[0])
    expected = np.interp((t_ns - origin) / NS_PER_S, (true_t_ns - origin) / NS_PER_S, true_deg)
    difference = flexion_deg - expected
    difference = difference[np.isfinite(difference)]
    return float(np.sqrt(np.mean(difference**2))), len(difference)
