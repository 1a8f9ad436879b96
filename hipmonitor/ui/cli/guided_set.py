"""A guided set by the monitor in the background: begun, followed line by line, ended and rated through its door."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace

import typer

from hipmonitor.core.errors import ControlError, UsageError
from hipmonitor.core.exercises import Exercise, Target
from hipmonitor.core.inbound import EndSet, PauseSet, RateSet, ResumeSet, StartSet
from hipmonitor.core.instants import HostNs
from hipmonitor.io.control.requests import BEST_COMFORT
from hipmonitor.io.exercises import exercise_named
from hipmonitor.ui.cli import printing, set_door
from hipmonitor.ui.cli.exits import say_on_stderr
from hipmonitor.ui.cli.set_door import Doc
from hipmonitor.ui.cli.set_following import follow
from hipmonitor.ui.kept.offered_now import offered_now

IN_A_ROW_S = 1800
"""The same exercise within half an hour is the next set of it."""
COMFORT = f"How comfortable was the hip? 0 to {BEST_COMFORT}, {BEST_COMFORT} is best; Enter leaves it out"
LATER = "`hipmonitor exercise rate 7` notes how comfortable the hip was, 0 to 10."


def begin(name: str, wanted: Mapping[str, float], *, as_json: bool) -> None:
    """Begin a set, follow it to its end, ask how comfortable it was.

    Raises:
        ControlError: no set can begin now, or it did not; says why and what helps.
        UsageError: there is no such exercise, or such a target.
    """
    offered = offered_now()
    exercise = exercise_named(name, offered.exercises)
    target = _target(offered.target(exercise), wanted)
    before = set_door.monitor_status()
    refuse_if_none_can_begin(before)
    set_door.send(StartSet(exercise=exercise, target=target, number=_number(before, exercise)))
    started = set_door.began(before)
    if not as_json:
        for sentence in (*exercise.instructions, "p pauses and goes on, e ends it." if _keyboard() else ""):
            if sentence:
                _say(sentence)
    ended = follow(started, quiet=as_json)
    if as_json:
        printing.print_json(ended)
        return
    _say(f"{ended['title']}: {ended['sentence']}")
    _ask_comfort(ended)
    _say_next(exercise, target, ended)


def pause() -> None:
    """Nothing counts until it goes on."""
    set_door.running_set()
    set_door.send(PauseSet())
    _say("Paused. `hipmonitor exercise resume` goes on.")


def resume() -> None:
    """The start pose is looked at again."""
    if set_door.running_set()["phase"] != "paused":
        raise ControlError("The set is not paused.")
    set_door.send(ResumeSet())
    _say("Going on. Take the start pose again.")


def end() -> None:
    """Say what was done."""
    started = set_door.running_set()["started_ns"]
    set_door.send(EndSet())
    ended = set_door.result_of(started)
    _say(f"{ended['title']}: {ended['sentence']}")
    _say(LATER)


def rate(comfort: int) -> None:
    """Of the set that ended last."""
    ended = set_door.sets_now()["ended"]
    if ended is None:
        raise ControlError("No set has ended in this session.")
    _note(ended, comfort)


def status(*, as_json: bool) -> None:
    """The set that runs, or the last one."""
    sets = set_door.sets_now()
    if as_json:
        printing.print_json(sets)
    elif sets["now"] is not None:
        _say(sets["now"]["line"])
    elif sets["ended"] is not None:
        _say(f"No set is running. The last one: {sets['ended']['title']}: {sets['ended']['sentence']}")
    else:
        _say(set_door.NO_SET)


# -- before it begins --------------------------------------------------------------------------------------------------


def _target(asked: Target, wanted: Mapping[str, float]) -> Target:
    try:
        return replace(asked, **wanted)  # type: ignore[arg-type]  # whole numbers are asked for as such
    except ValueError as error:
        raise UsageError(f"{error}, or leave it out") from error


def refuse_if_none_can_begin(status: Doc) -> None:
    """A set that could not be seen is not begun; what is not known of it is said.

    Raises:
        ControlError: it says why and what helps.
    """
    if status["paused"]:
        raise ControlError("The monitor is paused. `hipmonitor resume` goes on; then a set can begin.")
    sets = status["exercise"]
    if sets["refused"]:
        raise ControlError(sets["refused"])
    if sets["note"]:
        say_on_stderr(sets["note"])


def _number(status: Doc, exercise: Exercise) -> int:
    """Which set in a row this is."""
    ended = status["exercise"]["ended"]
    if ended is None or ended["exercise"] != exercise.name:
        return 1
    recent = status["at_ns"] - ended["ended_ns"] <= IN_A_ROW_S * 10**9
    return int(ended["number"]) + 1 if recent else 1


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
            _note(ended, int(said))
            return
        _say(f"A whole number from 0 to {BEST_COMFORT}, please.")


def _note(ended: Doc, comfort: int) -> None:
    set_door.send(RateSet(started=HostNs(ended["started_ns"]), comfort=comfort))
    _say(f"Noted for {ended['title']}: comfort {comfort} of {BEST_COMFORT}.")


def _say_next(exercise: Exercise, target: Target, ended: Doc) -> None:
    if ended["number"] < target.sets:
        rest = f"Rest for {target.rest_s:g} s. " if target.rest_s else ""
        _say(
            f"That was set {ended['number']} of {target.sets}. {rest}`hipmonitor exercise start {exercise.name}` begins "
            "the next one."
        )


def _keyboard() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _say(line: str) -> None:
    printing.console().print(line, soft_wrap=True)
