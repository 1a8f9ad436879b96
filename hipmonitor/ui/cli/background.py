"""The monitor in the background: an ordinary live session without a view, and a door through which it is asked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hipmonitor.core.inbound import ChangeSettings
from hipmonitor.io.control import Answer, ControlServer, only_one
from hipmonitor.io.places import recordings_folder
from hipmonitor.io.settings_watch import SettingsWatch
from hipmonitor.runtime.monitor import Attendant
from hipmonitor.ui.cli.ending import ended_by_signals
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr
from hipmonitor.ui.cli.guidance import Guidance
from hipmonitor.ui.cli.history_kept import SessionHistory, kept_history
from hipmonitor.ui.cli.live_session import LiveSession, SessionPlan, live_session
from hipmonitor.ui.cli.monitor_status import status
from hipmonitor.ui.view_model import SourceKind

COMMAND = "hipmonitor monitor"
LOOK_EVERY_S = 0.5
"""At the settings file, which is taken over at the second look: within a second of being saved."""
GUIDE_EVERY_S = 0.1
"""Poses are asked for while a calibration goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundPlan:
    """What was asked for."""

    radio: str | None
    sensor: str | None
    settings: Path | None
    folder: Path | None

    def arguments(self) -> list[str]:
        """By which the same monitor is started again, from any folder."""
        paths = [("--settings", self.settings), ("--folder", self.folder)]
        given = [("--radio", self.radio), ("--sensor", self.sensor)]
        given += [(name, None if path is None else str(path.absolute())) for name, path in paths]
        return ["monitor", *(word for name, value in given if value is not None for word in (name, value))]


def run(plan: BackgroundPlan) -> ExitCode:
    """Until somebody asks for the end, by `stop`, by signal, or because the window takes over."""
    with kept_history(say_on_stderr) as history, only_one(COMMAND):
        watch = SettingsWatch(plan.settings)
        attendant = Attendant(plan.arguments())
        with ControlServer(attendant.answer):
            try:
                recording = _session(plan, watch, attendant, history)
            except BaseException:
                attendant.ended(None)
                raise
            attendant.ended(recording)
    return ExitCode.OK


def _session(plan: BackgroundPlan, watch: SettingsWatch, attendant: Attendant, history: SessionHistory) -> Path | None:
    """One session from its beginning to its recording, whole."""
    what = SessionPlan(
        source=SourceKind.LIVE,
        settings=watch.settings,
        folder=plan.folder or recordings_folder(),
        radio=plan.radio,
        sensor=plan.sensor,
    )
    with live_session(what, history=history, say=say_on_stderr) as session:
        guidance = Guidance(session)
        answer = partial(_status, session, watch, guidance, attendant, history)
        attendant.attend(session.monitor, status=answer, calibrate=guidance.begin)
        say_on_stderr("Monitoring. `hipmonitor status` tells how it goes, `hipmonitor stop` ends it.")
        with ended_by_signals():
            turn_s = LOOK_EVERY_S
            while not attendant.end_wanted.is_set() and not session.monitor.wait(turn_s):
                _take_over_settings(session, watch)
                turn_s = GUIDE_EVERY_S if guidance.turn() else LOOK_EVERY_S
    if session.keeper.path is not None:
        say_on_stderr(f"Recording: {session.keeper.path}")
    return session.keeper.path


def _take_over_settings(session: LiveSession, watch: SettingsWatch) -> None:
    """What was edited comes in at the front door; what is broken is said once."""
    before = watch.problem
    changed = watch.look()
    if changed is not None:
        session.monitor.act(ChangeSettings(settings=changed))
        say_on_stderr(f"Settings of {watch.path} are in force from now on.")
    elif watch.problem and watch.problem != before:
        say_on_stderr(f"{watch.problem}. The settings from before stay in force.")


def _status(
    session: LiveSession, watch: SettingsWatch, guidance: Guidance, attendant: Attendant, history: SessionHistory
) -> Answer:
    told = status(session, watch, calibration=guidance.told(), paused=attendant.paused, history_problem=history.problem)
    return {"pid": os.getpid(), **told}
