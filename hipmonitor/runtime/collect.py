"""A sink that keeps everything a recording brings, column by column, for an analysis."""

from __future__ import annotations

from array import array
from collections import deque

import numpy as np

from hipmonitor.core.activity import ActivityBlock, ActivityKind
from hipmonitor.core.alerts import Alert
from hipmonitor.core.arrays import Ints
from hipmonitor.core.exercise import HipInSet, SetResult
from hipmonitor.core.exposure import DeepCycle, Exposure, FlexionCycle, RhythmSecond, SittingBout, Transition
from hipmonitor.core.hip import PelvisPlacement
from hipmonitor.core.inbound import SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.pipeline import HipUpdate, Marked, Products
from hipmonitor.core.samples import ClockLearner, Gap, SensorDoubt
from hipmonitor.core.thigh import Placement, PoseResult, ThighBlock
from hipmonitor.core.wire import FaultKind
from hipmonitor.runtime.packed_rows import Field, PackedRows
from hipmonitor.runtime.row_table import Column, RowTable

BLANKS: dict[str, Column] = {
    "t_ns": np.zeros(1, np.int64),
    "world_from_sensor": np.full((1, 4), np.nan, np.float32),
    "thigh_flexion_deg": np.full(1, np.nan, np.float32),
    "thigh_inclination_deg": np.full(1, np.nan, np.float32),
    "thigh_roll_deg": np.full(1, np.nan, np.float32),
    "hip_flexion_deg": np.full(1, np.nan, np.float32),
    "hip_flexion_sd_deg": np.full(1, np.nan, np.float32),
    "hip_adduction_deg": np.full(1, np.nan, np.float32),
    "hip_adduction_sd_deg": np.full(1, np.nan, np.float32),
    "hip_rotation_deg": np.full(1, np.nan, np.float32),
    "hip_rotation_sd_deg": np.full(1, np.nan, np.float32),
    "pelvis_tilt_deg": np.full(1, np.nan, np.float32),
    "hip_method": np.zeros(1, np.int8),
    "trusted": np.zeros(1, np.bool_),
}
"""Columns of an analysis, and what stands in a row that no room had anything for. Times are kept where none came in."""
OF_THE_PELVIS = (
    "hip_adduction_deg",
    "hip_adduction_sd_deg",
    "hip_rotation_deg",
    "hip_rotation_sd_deg",
    "pelvis_tilt_deg",
)
"""Columns that only a pelvis sensor fills."""
RHYTHM: dict[str, Field] = {
    "start": ("q", HostNs),
    "kind": ("b", ActivityKind),
    "steps": ("d", float),
    "crank_turns": ("d", float),
    "cadence_spm": ("d", float),
    "crank_rpm": ("d", float),
}
CYCLES: dict[str, Field] = {
    "at": ("q", HostNs),
    "kind": ("b", ActivityKind),
    "lowest_deg": ("d", float),
    "highest_deg": ("d", float),
}
RESTING = frozenset({ActivityKind.LIE, ActivityKind.NOT_WORN})
"""Not looked at for how far the thigh was bent while up and about."""


class Collector:
    """What the steps brought so far."""

    def __init__(self, rows: int | None = None, *, per_sample: bool = True, figures: bool = True) -> None:
        """`rows`: how many rows came in; None = the measured samples of a recording, as many as there will be.

        Without `per_sample` no row is kept: a week takes little more memory than a day. Without `figures` only what the
        second pass learns from the first is, and what the wearer was told.
        """
        self.per_sample, self._figures = per_sample, figures
        self.table = RowTable(rows if per_sample else 0, BLANKS)
        self.samples = rows or 0
        """That came in."""
        self.trusted_samples = 0
        self.first_ns: int | None = None
        self.last_ns: int | None = None
        """Of the rows that went through the rooms: a stray time is none of them."""
        self.flexion_deg = array("d")
        """Means of the trusted seconds up and about."""
        self.activity: ActivityBlock | None = None
        """In runs of one answer."""
        self.alerts: list[Alert] = []
        self.bouts: list[SittingBout] = []
        self.transitions: list[Transition] = []
        self.rhythm = PackedRows(RhythmSecond, RHYTHM)
        self.cycles = PackedRows(FlexionCycle, CYCLES)
        self.deep_cycles: list[DeepCycle] = []
        self.sets: list[SetResult] = []
        self.hips_in_sets: list[HipInSet] = []
        self.gaps: list[Gap] = []
        self.gaps_beside: list[Gap] = []
        self.doubts: list[SensorDoubt] = []
        self.doubts_beside: list[tuple[SensorId, SensorDoubt]] = []
        self.faults: dict[FaultKind, int] = {}
        self.placements: list[Placement] = []
        self.pelvis_placements: list[PelvisPlacement] = []
        self.other_thigh: list[ThighBlock] = []
        self.other_placements: list[Placement] = []
        self.poses: list[PoseResult] = []
        self.forgotten: list[HostNs] = []
        self.marks: list[Marked] = []
        self.clocks = ClockLearner()
        self.exposure: Exposure | None = None
        self._numbered = rows is not None
        self._rows_seen = 0
        self._waiting: deque[Ints] = deque()
        """Places (-1 where bridged) of rows whose hip angle is still to come."""

    def accept(self, update: HipUpdate) -> None:
        """Keep one update."""
        for piece in update.pieces:
            self._piece(piece)
        self.forgotten += update.forgotten
        self.marks += update.marks
        self.exposure = update.exposure

    def _piece(self, piece: Products) -> None:
        self.clocks.hear(piece.decoded)
        self.clocks.hear(piece.decoded_beside)
        if len(piece.imu):
            self._count(piece)
        if len(piece.imu) and self.per_sample:
            self._rows(piece)
        if len(piece.hip) and self.per_sample:
            self._hip(piece)
        self.alerts += piece.alerts
        if self._figures:
            self._seconds(piece)
        self.gaps += piece.gaps
        self.gaps_beside += piece.gaps_beside
        self.doubts += piece.doubts
        self.doubts_beside += piece.doubts_beside
        self.placements += piece.thigh.placements
        self.pelvis_placements += piece.hip.pelvis_placements
        for block in piece.other_thigh:
            self._other_thigh(block)
        self.poses += piece.thigh.poses
        for fault in piece.faults:
            self.faults[fault.kind] = self.faults.get(fault.kind, 0) + fault.count

    def _seconds(self, piece: Products) -> None:
        self.flexion_deg.extend([s.flexion_deg for s in piece.exposure.seconds if s.trusted and s.kind not in RESTING])
        if len(piece.activity):
            before = self.activity
            self.activity = (before.followed_by(piece.activity) if before else piece.activity).in_runs()
        self.bouts += piece.exposure.bouts
        self.transitions += piece.exposure.transitions
        self.rhythm.extend(piece.exposure.rhythm)
        self.cycles.extend(piece.exposure.cycles)
        self.deep_cycles += piece.exposure.deep_cycles
        self.sets += piece.exercise.results
        self.hips_in_sets += piece.exercise.hips

    def _other_thigh(self, block: ThighBlock) -> None:
        """Its rows, or that there were some."""
        self.other_placements += block.placements
        if self.per_sample or not self.other_thigh:
            self.other_thigh.append(block if self.per_sample else _no_rows())

    def _count(self, piece: Products) -> None:
        measured = piece.imu.index >= 0
        self.trusted_samples += int(np.count_nonzero(piece.thigh.trusted & measured))
        if not self._numbered:
            self.samples += int(np.count_nonzero(measured))
        self.first_ns = int(piece.imu.t_ns[0]) if self.first_ns is None else self.first_ns
        self.last_ns = int(piece.imu.t_ns[-1])

    def _rows(self, piece: Products) -> None:
        place = self._places(piece.imu.index)
        self._waiting.append(place)
        if not self._numbered:
            self._put(place, t_ns=piece.imu.t_ns)
        self._put(
            place,
            world_from_sensor=piece.orientation.world_from_sensor,
            thigh_flexion_deg=piece.thigh.thigh_flexion_deg,
            thigh_inclination_deg=piece.thigh.thigh_inclination_deg,
            thigh_roll_deg=piece.thigh.thigh_roll_deg,
            trusted=piece.thigh.trusted,
        )

    def _places(self, index: Ints) -> Ints:
        """Input row of each row of the rooms, -1 where bridged: the source's own number, or counted."""
        measured = index >= 0
        if self._numbered:
            return index
        place = np.where(measured, self._rows_seen + np.cumsum(measured) - 1, -1)
        self._rows_seen += int(np.count_nonzero(measured))
        return place

    def _hip(self, piece: Products) -> None:
        hip = piece.hip
        place = self._next_places(len(hip))
        self._put(
            place,
            hip_flexion_deg=hip.hip_flexion_deg,
            hip_flexion_sd_deg=hip.hip_flexion_sd_deg,
            hip_method=hip.hip_method,
        )
        if not np.isnan(hip.pelvis_tilt_deg).all():
            self._put(place, **{name: getattr(hip, name) for name in OF_THE_PELVIS})

    def _next_places(self, n: int) -> Ints:
        taken: list[Ints] = []
        while n:
            first = self._waiting.popleft()
            taken.append(first[:n])
            if len(first) > n:
                self._waiting.appendleft(first[n:])
            n -= len(taken[-1])
        return np.concatenate(taken)

    def _put(self, place: Ints, **columns: Column) -> None:
        measured = place >= 0
        if measured.all():
            self.table.put(place, **columns)
        else:
            self.table.put(place[measured], **{name: column[measured] for name, column in columns.items()})


def _no_rows() -> ThighBlock:
    """Of length 0."""
    none = np.zeros(0)
    return ThighBlock(
        t_ns=np.zeros(0, np.int64),
        thigh_flexion_deg=none,
        thigh_inclination_deg=none,
        thigh_roll_deg=none,
        trusted=np.zeros(0, np.bool_),
        sd_deg=none,
    )
