"""`hipmonitor demo`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

ORDINARY_PERSON = 8
"""Of the first 24 people, the one whose angle errs like the middle of them (2 deg; `tests.benchmarks.angles`): soft tissue
that no thigh sensor can see makes it 1 deg for some and 4.6 for others."""


class ScenarioChoice(StrEnum):
    """What the simulated wearer does."""

    ALERT = "alert"
    DESK = "desk"
    DAY = "day"
    DAY_FULL = "day_full"
    RUN = "run"
    STAIRS = "stairs"
    CYCLE = "cycle"
    EXERCISE = "exercise"
    SQUATS = "squats"
    CROSS_LEGS = "cross_legs"
    SLUMP = "slump"
    LEAN = "lean"
    SOFA = "sofa"
    CAR = "car"
    LYING = "lying"
    BAG = "bag"
    SLIP = "slip"


WORN = ("thigh", "pelvis", "other_thigh")
MAKES = ("hip", "witmotion", "dot", "verity", "capture2go")
"""Families of supported sensors, each of which can be simulated."""


def demo(
    scenario: Annotated[
        ScenarioChoice,
        typer.Option(
            help="alert: half a minute, with short limits. desk: ten minutes. day: 24 h. The others show one thing."
        ),
    ] = ScenarioChoice.ALERT,
    seconds: Annotated[
        float | None, typer.Option(min=1, help="End after so many seconds of data; without it, with Ctrl-C.")
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, help="Draws the person, the sensor and how it sits; 8 is an ordinary one.")
    ] = ORDINARY_PERSON,
    sensors: Annotated[
        str,
        typer.Option(
            metavar="PLACES", help="Where sensors are worn: thigh, or thigh,pelvis, or thigh,pelvis,other_thigh."
        ),
    ] = "thigh",
    sensor: Annotated[
        str,
        typer.Option(
            metavar="MAKE", help=f"Which is simulated: {', '.join(MAKES)}; for several places one each, as dot,hip."
        ),
    ] = "hip",
    keep: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the recording goes; else a folder for demos.")
    ] = None,
    *,
    headless: Annotated[bool, typer.Option(help="Show nothing; print the result at the end.")] = False,
    terminal: Annotated[bool, typer.Option(help="The terminal view also where there is a screen.")] = False,
    plain: Annotated[bool, typer.Option(help="One line a second instead of the live view.")] = False,
    json: Annotated[bool, typer.Option("--json", help="With --headless: print the result as JSON.")] = False,
) -> None:
    """Monitor simulated sensors over a virtual Bluetooth air: no hardware needed."""
    from hipmonitor.ui.cli.opened import opened  # noqa: PLC0415 - as below

    opening = opened(wanted=not (terminal or plain or headless or json))
    from hipmonitor.ui.cli import demonstration  # noqa: PLC0415 - numpy and the radio are loaded for work only

    plan = demonstration.DemoPlan(
        scenario=scenario.value, seconds=seconds, seed=seed, folder=keep, places=_places(sensors), makes=_makes(sensor)
    )
    if headless or json:
        raise typer.Exit(demonstration.run_headless(plan, as_json=json))
    if opening is None:
        raise typer.Exit(demonstration.run(plan, plain=plain))
    raise typer.Exit(demonstration.run_window(plan, opening))


def _makes(text: str) -> tuple[str, ...]:
    """In the order of the places."""
    asked = tuple(part.strip() for part in text.split(","))
    if not set(asked) <= set(MAKES):
        raise typer.BadParameter(f"--sensor is {text!r}; choose among {', '.join(MAKES)}")
    return asked


def _places(text: str) -> tuple[str, ...]:
    """In the order of WORN; the thigh's sensor is always one of them."""
    asked = {part.strip() for part in text.split(",")}
    if "thigh" not in asked or not asked <= set(WORN):
        raise typer.BadParameter(
            f"--sensors is {text!r}; give thigh, and beside it pelvis or other_thigh, as thigh,pelvis"
        )
    return tuple(place for place in WORN if place in asked)
