"""`hipmonitor exercise`."""

from __future__ import annotations

from typing import Annotated

import typer

from hipmonitor.ui.cli.exits import SpeakingGroup
from hipmonitor.ui.cli.options import Json

exercise = typer.Typer(
    cls=SpeakingGroup, no_args_is_help=True, help="Exercises, and guided sets that the monitor counts."
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="As `hipmonitor exercise list` shows it.")]
Times = Annotated[int | None, typer.Option(help="How often, instead of the target.")]
Degrees = Annotated[float | None, typer.Option("--range", help="How far, in degrees from the start pose.")]
Seconds = Annotated[float | None, typer.Option(help="Seconds.")]


@exercise.command("list")
def list_all(*, json: Json = False) -> None:
    """All that can be begun: the library, and what your provider added."""
    from hipmonitor.ui.cli import exercise_library  # noqa: PLC0415 - numpy and pydantic are loaded for work only

    exercise_library.print_all(as_json=json)


@exercise.command()
def show(name: Name, *, json: Json = False) -> None:
    """One exercise: how it is done, its target, and what the sensor does not see of it."""
    from hipmonitor.ui.cli import exercise_library  # noqa: PLC0415

    exercise_library.print_one(name, as_json=json)


@exercise.command()
def template() -> None:
    """Print a file to write other targets and exercises of your own into, with what each line means."""
    from hipmonitor.io.exercises_template import TEMPLATE  # noqa: PLC0415

    typer.echo(TEMPLATE, nl=False)


@exercise.command()
def start(
    name: Name,
    *,
    repetitions: Times = None,
    range_deg: Degrees = None,
    hold: Annotated[float | None, typer.Option(help="Seconds at the far end, or of each hold.")] = None,
    up: Annotated[float | None, typer.Option(help="Seconds on the way there.")] = None,
    down: Annotated[float | None, typer.Option(help="Seconds on the way back.")] = None,
    minutes: Annotated[float | None, typer.Option(help="Of an exercise that counts time.")] = None,
    rounds: Annotated[int | None, typer.Option(help="Of walking and jogging by turns.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON, and nothing meanwhile.")] = False,
) -> None:
    """Begin a set with the monitor that runs, and show the count until it ends. p pauses it, e or Ctrl-C ends it."""
    from hipmonitor.ui.cli import guided_set  # noqa: PLC0415

    wanted = {
        "repetitions": repetitions,
        "range_deg": range_deg,
        "hold_s": hold,
        "up_s": up,
        "down_s": down,
        "minutes": minutes,
        "rounds": rounds,
    }
    guided_set.begin(name, {field: value for field, value in wanted.items() if value is not None}, as_json=json)


@exercise.command()
def pause() -> None:
    """Pause the set that runs; nothing is counted until `hipmonitor exercise resume`."""
    from hipmonitor.ui.cli import guided_set  # noqa: PLC0415

    guided_set.pause()


@exercise.command()
def resume() -> None:
    """Go on with a set that was paused; the start pose is looked at again."""
    from hipmonitor.ui.cli import guided_set  # noqa: PLC0415

    guided_set.resume()


@exercise.command()
def end() -> None:
    """End the set that runs."""
    from hipmonitor.ui.cli import guided_set  # noqa: PLC0415

    guided_set.end()


@exercise.command()
def rate(
    comfort: Annotated[int, typer.Argument(metavar="COMFORT", min=0, max=10, help="0 to 10, 10 is best.")],
) -> None:
    """Note how comfortable the hip was in the set that ended last."""
    from hipmonitor.ui.cli import guided_set  # noqa: PLC0415

    guided_set.rate(comfort)


@exercise.command()
def status(*, json: Json = False) -> None:
    """The set that runs, or the one that ended last."""
    from hipmonitor.ui.cli import guided_set  # noqa: PLC0415

    guided_set.status(as_json=json)
