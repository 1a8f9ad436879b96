"""A guided calibration of a monitor in the background: the steps of the view, asked for and told without one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.inbound import Action, HoldPose, Pose
from hipmonitor.core.thigh import PoseResult
from hipmonitor.ui.cli.guidance import Guidance
from tests.ui.lived import START, Lived, guided_placement


class Session:
    """What guidance needs of a live session."""

    def __init__(self) -> None:
        self.lived = Lived()
        self.asked: list[Action] = []
        self.view, self.keeper = self.lived.view, SimpleNamespace(path=None)
        self.clock = SimpleNamespace(now=lambda: self.lived.now)
        self.monitor = SimpleNamespace(act=self.asked.append)
        self.guidance = Guidance(self)  # type: ignore[arg-type]

    def stands(self, seconds: int, **brings: Any) -> None:
        self.lived.seconds(seconds, ActivityKind.STAND, 0.0, **brings)

    def told(self) -> dict[str, Any]:
        told = self.guidance.told()
        assert told is not None
        return told


def took(pose: Pose) -> tuple[PoseResult]:
    return (PoseResult(at=START, pose=pose, accepted=True, sentence="Taken."),)


def test_nothing_is_asked_for_until_somebody_wants_a_calibration() -> None:
    session = Session()
    session.stands(10)
    assert session.guidance.turn() is False
    assert session.guidance.told() is None
    assert session.asked == []


def test_every_pose_is_asked_for_in_turn_and_the_result_is_told() -> None:
    session = Session()
    session.stands(2)
    session.guidance.begin()
    assert "Stand still" in session.told()["instruction"]
    for pose in (Pose.STAND, Pose.LIFT, Pose.SIT):
        assert session.guidance.turn() is True
        session.stands(6)
        session.guidance.turn()
        assert session.asked[-1] == HoldPose(pose=pose)
        last = {"placements": (guided_placement(START),)} if pose is Pose.SIT else {}
        session.stands(1, poses=took(pose), **last)
    assert session.guidance.turn() is False
    told = session.told()
    assert told["instruction"].startswith("Calibrated")
    assert told["result"]["method"] == "guided"


def test_no_pose_is_asked_for_while_nothing_comes_from_the_sensor() -> None:
    session = Session()
    session.stands(2)
    session.guidance.begin()
    session.guidance.turn()
    session.lived.silence(60)
    assert session.guidance.turn() is True
    assert session.asked == []
