"""A guided set by the monitor in the background: begun, followed line by line, ended and rated through its door."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol, cast

import typer

from hipmonitor.core.errors import ControlError, UsageError
from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.core.inbound import EndSet, PauseSet, RateSet, ResumeSet, StartSet
from hipmonitor.core.instants import HostNs
from hipmonitor.io.control import Status, ask
from hipmonitor.io.control.requests import BEST_COMFORT
from hipmonitor.io.exercises import exercise_named, exercises_in_force
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.exits import say_on_stderr
from hipmonitor.ui.terminal import Keys
from hipmonitor.ui.view_model.exercise.readiness import Readiness

ASK_EVERY_S = 0.25
BEGINS_WITHIN_S = 5.0
"""The monitor thinks several times a second."""
IN_A_ROW_S = 1800
"""The same exercise within half an hour is the next set of it."""
NO_SET = "No set is running. `hipmonitor exercise start NAME` begins one."
COMFORT = f"How comfortable was the hip? 0 to {BEST_COMFORT}, {BEST_COMFORT} is best; Enter leaves it out"
LATER = "`hipmonitor exercise rate 7` notes how comfortable the hip was, 0 to 10."

Doc = dict[str, Any]


def begin(name: str, wanted: Mapping[str, float], *, as_json: bool) -> None:
    """Begin a set, follow it to its end, ask how comfortable it was.

    Raises:
        ControlError: no set can begin now, or it did not; says why and what helps.
        UsageError: there is no such exercise, or such a target.
    """
    exercise = exercise_named(name, exercises_in_force())
    target = _target(exercise, wanted)
    before = _monitor()
    refuse_if_none_can_begin(before, exercise)
    ask(StartSet(exercise=exercise, target=target, number=_number(before, exercise)))
    started = _began(before)
    if not as_json:
        for sentence in (*exercise.instructions, "p pauses and goes on, e ends it." if _keyboard() else ""):
            if sentence:
                _say(sentence)
    ended = _follow(started, quiet=as_json)
    if as_json:
        printing.print_json(ended)
        return
    _say(f"{ended['title']}: {ended['sentence']}")
    _ask_comfort(ended)
    _say_next(exercise, target, ended)


def pause() -> None:
    """Nothing counts until it goes on."""
    _running()
    ask(PauseSet())
    _say("Paused. `hipmonitor exercise resume` goes on.")


def resume() -> None:
    """The start pose is looked at again."""
    if _running()["phase"] != "paused":
        raise ControlError("The set is not paused.")
    ask(ResumeSet())
    _say("Going on. Take the start pose again.")


def end() -> None:
    """Say what was done."""
    started = _running()["started_ns"]
    ask(EndSet())
    ended = _result(started)
    _say(f"{ended['title']}: {ended['sentence']}")
    _say(LATER)


def rate(comfort: int) -> None:
    """Of the set that ended last."""
    ended = _sets(_monitor())["ended"]
    if ended is None:
        raise ControlError("No set has ended in this session.")
    ask(RateSet(started=HostNs(ended["started_ns"]), comfort=comfort))
    _say(f"Noted for {ended['title']}: comfort {comfort} of {BEST_COMFORT}.")


def status(*, as_json: bool) -> None:
    """The set that runs, or the last one."""
    sets = _sets(_monitor())
    if as_json:
        printing.print_json(sets)
    elif sets["now"] is not None:
        _say(sets["now"]["line"])
    elif sets["ended"] is not None:
        _say(f"No set is running. The last one: {sets['ended']['title']}: {sets['ended']['sentence']}")
    else:
        _say(NO_SET)


# -- before it begins --------------------------------------------------------------------------------------------------


def _target(exercise: Exercise, wanted: Mapping[str, float]) -> Target:
    try:
        return replace(exercise.target, **wanted)  # type: ignore[arg-type]  # whole numbers are asked for as such
    except ValueError as error:
        raise UsageError(f"{error}, or leave it out") from error


def refuse_if_none_can_begin(status: Doc, exercise: Exercise) -> None:
    """A set that could not be seen is not begun.

    Raises:
        ControlError: it says why and what helps.
    """
    if status["paused"]:
        raise ControlError("The monitor is paused. `hipmonitor resume` goes on; then a set can begin.")
    sets = _sets(status)
    why = Readiness(refused=sets["refused"], calibrated=sets["calibrated"]).refusal(exercise)
    if why:
        remedy = "" if sets["calibrated"] or sets["refused"] else " `hipmonitor calibrate` begins it."
        raise ControlError(f"{why}{remedy}")


def _number(status: Doc, exercise: Exercise) -> int:
    """Which set in a row this is."""
    ended = _sets(status)["ended"]
    if ended is None or ended["exercise"] != exercise.name:
        return 1
    recent = status["at_ns"] - ended["ended_ns"] <= IN_A_ROW_S * 10**9
    return int(ended["number"]) + 1 if recent else 1


def _began(before: Doc) -> int:
    """When the set that was asked for began, once it did."""
    old = _sets(before)["now"]
    until = time.monotonic() + BEGINS_WITHIN_S
    while time.monotonic() < until:
        sets = _sets(_monitor())
        for each in (sets["now"], sets["ended"]):
            new = each is not None and each["started_ns"] > before["at_ns"]
            if new and (old is None or each["started_ns"] != old["started_ns"]):
                return int(each["started_ns"])
        time.sleep(ASK_EVERY_S)
    raise ControlError("The set did not begin. `hipmonitor status` tells how the monitor is going.")


# -- while it runs -----------------------------------------------------------------------------------------------------


class _Shown(Protocol):
    def show(self, now: Doc) -> None: ...
    def done(self) -> None: ...


class _Lines:
    """A line for every repetition, minute, and answer to the start pose."""

    def __init__(self) -> None:
        self._last: object = None

    def show(self, now: Doc) -> None:
        waits = now["phase"] in {"pose", "paused"}
        step = (now["full"], now["partial"], now["counted_s"] // 60, waits and now["line"])
        if step != self._last:
            self._last = step
            _say(now["line"])

    def done(self) -> None:
        """Nothing is open."""


class _OneLine:
    """One line of a terminal, written over."""

    def __init__(self) -> None:
        self._width = 0

    def show(self, now: Doc) -> None:
        line = now["line"][: shutil.get_terminal_size().columns - 1]
        sys.stdout.write(f"\r{line:<{self._width}}")
        sys.stdout.flush()
        self._width = len(line)

    def done(self) -> None:
        sys.stdout.write("\r" + " " * self._width + "\r")
        sys.stdout.flush()


class _Nothing:
    """Only the end is told."""

    def show(self, now: Doc) -> None:
        """Not this."""

    def done(self) -> None:
        """Nothing is open."""


def _follow(started: int, *, quiet: bool) -> Doc:
    """Show the count until the set has ended; Ctrl-C ends it."""
    shown: _Shown = _Nothing() if quiet else _OneLine() if sys.stdout.isatty() else _Lines()
    trouble: set[str] = set()
    try:
        with Keys() as keys:
            while (now := (sets := _sets(_monitor()))["now"]) is not None and now["started_ns"] == started:
                shown.show(now)
                _say_trouble(sets["not_counted_by"], trouble)
                _obey(keys.key(ASK_EVERY_S), now)
    except KeyboardInterrupt:
        ask(EndSet())
    shown.done()
    return _result(started)


def _obey(key: str, now: Doc) -> None:
    if key == "p":
        ask(ResumeSet() if now["phase"] == "paused" else PauseSet())
    elif key in {"e", "x", "q"}:
        ask(EndSet())


def _say_trouble(troubles: Doc, said: set[str]) -> None:
    """Once each: why the count is not heard or felt."""
    for way, why in troubles.items():
        if way not in said:
            said.add(way)
            say_on_stderr(f"Not counted by {way}: {why}.")


def _result(started: int) -> Doc:
    """What was done; an activity is decided some seconds after it was lived."""
    until = time.monotonic() + 6 * BEGINS_WITHIN_S
    while time.monotonic() < until:
        sets = _sets(_monitor())
        if sets["ended"] is not None and sets["ended"]["started_ns"] == started:
            return cast("Doc", sets["ended"])
        time.sleep(ASK_EVERY_S)
    raise ControlError("What was done in the set is not known yet. `hipmonitor exercise status` tells it later.")


# -- afterwards --------------------------------------------------------------------------------------------------------


def _ask_comfort(ended: Doc) -> None:
    if not _keyboard():
        _say(LATER)
        return
    while True:
        said = str(typer.prompt(COMFORT, default="", show_default=False)).strip()
        if not said:
            return
        if said.isdecimal() and int(said) <= BEST_COMFORT:
            ask(RateSet(started=HostNs(ended["started_ns"]), comfort=int(said)))
            return
        _say(f"A whole number from 0 to {BEST_COMFORT}, please.")


def _say_next(exercise: Exercise, target: Target, ended: Doc) -> None:
    if ended["number"] < target.sets:
        rest = f"Rest for {target.rest_s:g} s. " if target.rest_s else ""
        _say(
            f"That was set {ended['number']} of {target.sets}. {rest}`hipmonitor exercise start {exercise.name}` begins "
            "the next one."
        )


def _keyboard() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _monitor() -> Doc:
    return cast("Doc", ask(Status()))


def _sets(status: Doc) -> Doc:
    return cast("Doc", status["exercise"])


def _running() -> Doc:
    now = _sets(_monitor())["now"]
    if now is None:
        raise ControlError(NO_SET)
    return cast("Doc", now)


def _say(line: str) -> None:
    printing.console().print(line, soft_wrap=True)
