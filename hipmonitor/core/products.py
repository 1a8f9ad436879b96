"""What leaves the corridor: every room's products of a piece, the snapshot at a Tick, and a step's update."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.activity import ActivityBlock
from hipmonitor.core.alerts import Alert, AlertsNow, HeldBack
from hipmonitor.core.exercise import ExerciseBlock, ExerciseNow
from hipmonitor.core.exposure import Exposure, ExposureBlock
from hipmonitor.core.hip import HipBlock
from hipmonitor.core.inbound import LinkChange, SensorId
from hipmonitor.core.instants import HostNs
from hipmonitor.core.orientation import OrientationBlock
from hipmonitor.core.samples import Gap, ImuBlock, SensorDoubt
from hipmonitor.core.thigh import Placement, ThighBlock
from hipmonitor.core.wire import Decoded, WireFault

NO_SET = ExerciseBlock()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Products:
    """What every room made of one uncut piece of the stream."""

    decoded: tuple[Decoded, ...]
    gaps: tuple[Gap, ...]
    faults: tuple[WireFault, ...]
    imu: ImuBlock
    orientation: OrientationBlock
    thigh: ThighBlock
    activity: ActivityBlock
    hip: HipBlock
    exposure: ExposureBlock
    alerts: tuple[Alert, ...]
    exercise: ExerciseBlock = NO_SET
    held_back: tuple[HeldBack, ...] = ()
    """Alerts that were due until now, and that what is measured held back."""
    doubts: tuple[SensorDoubt, ...] = ()
    """Where what is believed of the sensor changed."""
    other_thigh: tuple[ThighBlock, ...] = ()
    """Of the sensor on the other thigh, at its own instants."""
    decoded_beside: tuple[Decoded, ...] = ()
    """Of all sensors beside the thigh's."""
    doubts_beside: tuple[tuple[SensorId, SensorDoubt], ...] = ()
    gaps_beside: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Now:
    """The state of things at a Tick."""

    at: HostNs
    exposure: Exposure
    placement: Placement | None
    alerts: AlertsNow
    battery_percent: int | None
    exercise: ExerciseNow | None = None
    """The set that runs."""
    doubt: SensorDoubt | None = None
    """What of the sensor is not believed, with a sentence that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A moment the wearer wants to find again."""

    at: HostNs
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HipUpdate:
    """Everything one step brought: products in order, and the snapshot at its last Tick."""

    pieces: tuple[Products, ...]
    now: Now | None
    exposure: Exposure
    """Totals after this step's last decided second."""
    links: tuple[LinkChange, ...] = ()
    forgotten: tuple[HostNs, ...] = ()
    """When the wearer said that the sensor sits anew."""
    marks: tuple[Marked, ...] = ()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Alerts of all pieces."""
        return tuple(alert for piece in self.pieces for alert in piece.alerts)
