"""Monitoring a real sensor, with or without a calibration first."""

from __future__ import annotations

from pathlib import Path

from hipmonitor.core.inbound import HoldPose
from hipmonitor.io.control import only_one
from hipmonitor.io.places import recordings_folder
from hipmonitor.io.settings import load_settings
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.ending import ended_by_signals
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr
from hipmonitor.ui.cli.guidance import placement_document
from hipmonitor.ui.cli.history_kept import kept_history
from hipmonitor.ui.cli.live_session import LiveSession, SessionPlan, live_session
from hipmonitor.ui.cli.watch import Watch, watch
from hipmonitor.ui.view_model import Flow, GuidedCalibration, SourceKind, unconfirmed

TURN_S = 0.1


def plan(*, radio: str | None, sensor: str | None, settings: Path | None, folder: Path | None) -> SessionPlan:
    """A session with the settings of a file, or of this computer."""
    return SessionPlan(
        source=SourceKind.LIVE,
        settings=load_settings(settings),
        folder=folder or recordings_folder(),
        radio=radio,
        sensor=sensor,
    )


def run(what: SessionPlan, *, seconds: float | None, plain: bool, calibrate: bool = False) -> ExitCode:
    """With a view, until the time is over, x is pressed, or Ctrl-C."""
    guide = GuidedCalibration() if calibrate else None
    with kept_history() as history, only_one("hipmonitor live"), live_session(what, history=history) as session:
        session.view.guide(guide)
        watch(session, Watch(seconds=seconds, plain=plain, guide=guide, first_note=unconfirmed(what.settings)))
    say_recording(session)
    return ExitCode.OK


def say_recording(session: LiveSession) -> None:
    """Where the recording lies, at the end, and what became of earlier ones."""
    for sentence in session.mended:
        printing.console().print(sentence, soft_wrap=True)
    if session.keeper.path is not None:
        printing.console().print(f"Recording: {session.keeper.path}", soft_wrap=True)


def calibrate_only(what: SessionPlan, *, as_json: bool) -> ExitCode:
    """The steps as sentences, and the result in degrees."""
    guide = GuidedCalibration()
    with kept_history() as history, only_one("hipmonitor calibrate"), live_session(what, history=history) as session:
        session.view.guide(guide)
        with ended_by_signals():
            _steps(session, guide)
    if guide.placement is None:
        say_on_stderr("Not calibrated.")
        return ExitCode.NO_DEVICE
    if as_json:
        printing.print_json(placement_document(guide.placement, session.keeper.path))
    else:
        say_recording(session)
    return ExitCode.OK


def _steps(session: LiveSession, guide: GuidedCalibration) -> None:
    """Every sentence once, on stderr: standard output is for the result."""
    said = ""
    while guide.placement is None and not session.monitor.wait(TURN_S):
        glance = session.view.glance(session.clock.now())
        words = glance.state_line
        if glance.stream.flow is Flow.FLOWING:
            pose = guide.next_pose(session.clock.now())
            if pose is not None:
                session.monitor.act(HoldPose(pose=pose))
            words = guide.instruction
        if words != said:
            say_on_stderr(words)
            said = words
    if guide.placement is not None:
        say_on_stderr(guide.instruction)
