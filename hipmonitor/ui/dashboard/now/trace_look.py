"""What the trace's card knows beside the curve."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.instants import HostNs
from hipmonitor.ui.view_model import PlacedMark, TraceRange, Zone


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneMark:
    """A mark in the lane above the plot, with its words."""

    mark: PlacedMark
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceLook:
    """Everything but the curve; equal while nothing of the frame has to be drawn anew."""

    which: TraceRange
    limit_deg: float
    calibrated: bool
    zone: Zone
    utc_offset_s: int
    frozen_at: HostNs | None
    """Where the curve stands; None = it moves."""
    end: HostNs
    """Right edge, while frozen."""
    cursor: HostNs | None
