"""A guided calibration of a session that nobody watches: begun by who asks, its steps told by status."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.inbound import HoldPose
from hipmonitor.core.thigh import Placement
from hipmonitor.ui.cli.live_session import LiveSession
from hipmonitor.ui.view_model import Flow, GuidedCalibration


class Guidance:
    """One calibration at a time; a new one takes the place of one that was not finished."""

    def __init__(self, session: LiveSession) -> None:
        self._session = session
        self._guide: GuidedCalibration | None = None

    def begin(self) -> None:
        """From the first step; called from any thread."""
        guide = GuidedCalibration()
        self._session.view.guide(guide)
        self._guide = guide

    def turn(self) -> bool:
        """Ask for the pose that is due, while samples come; whether a calibration is going on."""
        guide = self._guide
        if guide is None or guide.placement is not None:
            return False
        now = self._session.clock.now()
        if self._session.view.glance(now).stream.flow is Flow.FLOWING:
            pose = guide.next_pose(now)
            if pose is not None:
                self._session.monitor.act(HoldPose(pose=pose))
        return True

    def told(self) -> dict[str, object] | None:
        """The step and how far it has come; the result once there is one; None where nobody asked for one."""
        guide = self._guide
        if guide is None:
            return None
        placement = guide.placement
        return {
            "instruction": guide.instruction,
            "progress": guide.progress,
            "result": None if placement is None else placement_document(placement, self._session.keeper.path),
        }


def placement_document(placement: Placement, recording: Path | None) -> dict[str, object]:
    """What a calibration came to, for scripts."""
    return {
        "method": placement.method,
        "sd_deg": placement.sd_deg,
        "thigh_from_sensor_wxyz": placement.thigh_from_sensor.tolist(),
        "since": placement.since,
        "recording": recording,
    }
