"""Updates as a pipeline brings them, with nothing in them but what a test is about."""

from __future__ import annotations

from dataclasses import replace

from hipmonitor.core.alerts import Alert
from hipmonitor.core.inbound import HoldPose, Pose
from hipmonitor.core.pipeline import HipUpdate, Pipeline
from hipmonitor.io.clock import civil_tick
from tests.core.builders import at, did

EMPTY = Pipeline().step([did(0, HoldPose(pose=Pose.STAND)), civil_tick(at(1), 0)])


def update_with(alerts: tuple[Alert, ...], *, snoozes_left: int = 2) -> HipUpdate:
    """An update that brings these alerts, to a wearer who has so many snoozes left."""
    assert EMPTY.now is not None
    now = replace(EMPTY.now, alerts=replace(EMPTY.now.alerts, snoozes_left=snoozes_left))
    return replace(EMPTY, pieces=(replace(EMPTY.pieces[0], alerts=alerts),), now=now)
