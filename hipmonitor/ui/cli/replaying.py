"""Replay: the recording through the same rooms again, at any speed, into the same view."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from pathlib import Path

from hipmonitor.core.inbound import Inbound
from hipmonitor.core.pipeline import Pipeline
from hipmonitor.io.session import SessionReader, read_session
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.drive import turn
from hipmonitor.runtime.recorded import Pace, paced, session_slabs
from hipmonitor.ui.cli import analysis_report
from hipmonitor.ui.cli.drawing import Drawing, new_drawing
from hipmonitor.ui.cli.ending import ended_by_signals
from hipmonitor.ui.cli.exits import ExitCode, say_on_stderr
from hipmonitor.ui.terminal import Keys
from hipmonitor.ui.view_model import LiveView, SourceKind

KEY_WORDS = ("[space] pause  [x] end", "keys space x")
DRAWN_EVERY_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayPlan:
    """What was asked for."""

    file: Path
    speed: float
    from_s: float
    settings: Path | None
    loop: bool
    plain: bool


class _Ended(Exception):  # noqa: N818 - the wearer wants no more
    """x was pressed."""


def print_results(file: Path, *, settings: Path | None) -> ExitCode:
    """The figures of a replay: the analysis as lived."""
    return analysis_report.run([file], reading="as_lived", side=None, settings=settings, as_json=True)


def run(plan: ReplayPlan) -> ExitCode:
    """Until its end, x, or Ctrl-C."""
    reader = read_session(plan.file)
    with contextlib.suppress(_Ended), ended_by_signals(), Keys() as keys:
        words = KEY_WORDS if keys.there else ()
        with new_drawing(plain=plan.plain, keys=words) as drawing:
            while True:
                _Replay(plan, reader, drawing, keys).once()
                if not plan.loop:
                    break
    damage = reader.damage
    if damage is None:
        return ExitCode.OK
    say_on_stderr(f"hipmonitor: {plan.file}: {damage.sentence}")
    return ExitCode.RECOVERED


class _Replay:
    """One time through."""

    def __init__(self, plan: ReplayPlan, reader: SessionReader, drawing: Drawing, keys: Keys) -> None:
        self._plan, self._reader, self._drawing, self._keys = plan, reader, drawing, keys
        self._view = LiveView(source=SourceKind.REPLAY)
        self._paused_s = 0.0
        self._drawn_s = 0.0

    def once(self) -> None:
        """Every turn when its time comes; drawn at most ten times a second."""
        settings = None if self._plan.settings is None else load_settings(self._plan.settings)
        slabs = session_slabs(self._reader, settings=settings)
        pace = Pace(speed=self._plan.speed, from_s=self._plan.from_s)
        pipeline = Pipeline()
        last: Inbound | None = None
        for events in paced(slabs, pace, now_s=self._now_s, wait=self._wait):
            turn(events, pipeline, [self._view], self._view)
            last = events[-1]
            if self._now_s() - self._drawn_s >= DRAWN_EVERY_S:
                self._draw(last)
        if last is not None:
            self._draw(last)

    def _draw(self, last: Inbound) -> None:
        self._drawn_s = self._now_s()
        self._drawing.draw(self._view.glance(last.at))
        self._heed(self._keys.key(0) if self._keys.there else "")

    def _now_s(self) -> float:
        return time.monotonic() - self._paused_s

    def _wait(self, seconds: float) -> None:
        until_s = self._now_s() + seconds
        while (left_s := until_s - self._now_s()) > 0:
            self._heed(self._keys.key(left_s))

    def _heed(self, key: str) -> None:
        if key == "x":
            raise _Ended
        if key == " ":
            began_s = time.monotonic()
            while (pressed := self._keys.key(1.0)) != " ":
                if pressed == "x":
                    raise _Ended
            self._paused_s += time.monotonic() - began_s
