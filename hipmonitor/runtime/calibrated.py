"""What rest taught of the accelerometer, put into the placements of the settled reading, as far as it goes."""

from __future__ import annotations

from dataclasses import replace

from hipmonitor.core.pipeline import PipelineParams
from hipmonitor.core.samples import Calibration
from hipmonitor.core.thigh import Placement, PlacementMethod, recalibrated


def calibrated(params: PipelineParams, calibration: Calibration | None) -> PipelineParams:
    """Placements as the first pass found them, with this accelerometer's offset taken back.

    Where it is not surely known, what two poses told of it stands (simulated people, settled: 2.33 deg with it, 2.38 with this
    instead).
    """
    if calibration is None:
        return params
    given = tuple(
        recalibrated(placement, calibration) if _may_be(placement, calibration) else placement
        for placement in params.placing.given
    )
    return replace(params, placing=replace(params.placing, given=given))


def _may_be(placement: Placement, calibration: Calibration) -> bool:
    return calibration.sure or placement.method is PlacementMethod.AUTOMATIC
