"""Updates as a pipeline brings them, with nothing in them but what a test is about."""

from __future__ import annotations

from dataclasses import replace

from hipmonitor.core.alerts import Alert
from hipmonitor.core.inbound import HoldPose, Pose
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from tests.core.builders import did

EMPTY = Pipeline().step([did(0, HoldPose(pose=Pose.STAND))])


def update_with(alerts: tuple[Alert, ...]) -> HipUpdate:
    """An update that brings these alerts."""
    (piece,) = EMPTY.pieces
    return replace(EMPTY, pieces=(replace(piece, alerts=alerts),))
