"""`hipmonitor checkin`: thirty seconds about the day."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hipmonitor.ui.cli.exits import SpeakingGroup
from hipmonitor.ui.cli.options import Json

checkin = typer.Typer(
    cls=SpeakingGroup, help="Check in: stiffness, pain, fatigue, comfort, a note. Everything may be left out."
)


class SignChoice(StrEnum):
    """Warning signs, as one enters them; none is ever guessed."""

    SEVERE_PAIN = "severe_pain"
    CANNOT_BEAR_WEIGHT = "cannot_bear_weight"
    LEG_GIVES_WAY = "leg_gives_way"
    NUMBNESS = "numbness"
    NO_IMPROVEMENT = "no_improvement"
    STOPS_WALKING_OR_SLEEP = "stops_walking_or_sleep"
    FALL_OR_ACCIDENT = "fall_or_accident"
    FEVER_OR_ILL = "fever_or_ill"
    BLADDER_OR_BOWEL = "bladder_or_bowel"
    SWOLLEN_HOT_CALF = "swollen_hot_calf"
    HIP_LOCKS = "hip_locks"


class ExportChoice(StrEnum):
    """As what the diary can be written."""

    CSV = "csv"
    FHIR = "fhir"


def _score(words: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(min=0, max=10, metavar="0-10", help=words)
    return option


Stiffness = Annotated[int | None, _score("Stiffness in the morning.")]
PainRest = Annotated[int | None, _score("Pain at rest.")]
PainWorst = Annotated[int | None, _score("Pain at its worst.")]
Fatigue = Annotated[int | None, _score("Fatigue.")]
ComfortBefore = Annotated[int | None, _score("Comfort before exercise, 10 is best.")]
ComfortAfter = Annotated[int | None, _score("Comfort after exercise, 10 is best.")]
Note = Annotated[str | None, typer.Option(help="A note of your own.")]
Signs = Annotated[
    list[SignChoice] | None,
    typer.Option(
        "--sign",
        metavar="SIGN",
        help="A sign for a clinician, such as numbness; once for each. Another word lists them all.",
    ),
]
Day = Annotated[str | None, typer.Argument(metavar="[DAY]", help="2026-03-10, today or yesterday.")]
DayOption = Annotated[str | None, typer.Option("--day", metavar="DAY", help="2026-03-10 or yesterday; else today.")]
Number = Annotated[int | None, typer.Option(min=1, help="Which of that day, as listed; else the last one.")]


@checkin.callback(invoke_without_command=True)
def enter(
    context: typer.Context,
    *,
    stiffness: Stiffness = None,
    pain_rest: PainRest = None,
    pain_worst: PainWorst = None,
    fatigue: Fatigue = None,
    comfort_before: ComfortBefore = None,
    comfort_after: ComfortAfter = None,
    note: Note = None,
    sign: Signs = None,
    day: DayOption = None,
    json: Json = False,
) -> None:
    """Check in. Without options it asks, and Enter leaves a question out."""
    if context.invoked_subcommand is not None:
        return
    from hipmonitor.ui.cli import checking_in  # noqa: PLC0415 - loaded for work only

    given = checking_in.Given(
        stiffness=stiffness,
        pain_rest=pain_rest,
        pain_worst=pain_worst,
        fatigue=fatigue,
        comfort_before=comfort_before,
        comfort_after=comfort_after,
        note=note,
        signs=None if sign is None else tuple(one.value for one in sign),
    )
    raise typer.Exit(checking_in.enter(given, day, as_json=json))


@checkin.command("list")
def list_all(
    days: Annotated[int, typer.Option(min=1, help="How many days back.")] = 28,
    *,
    json: Json = False,
) -> None:
    """Check-ins and outside scores, as they stand."""
    from hipmonitor.ui.cli import checkin_pages  # noqa: PLC0415 - as above

    raise typer.Exit(checkin_pages.show(days, as_json=json))


@checkin.command()
def edit(
    day: Day = None,
    number: Number = None,
    *,
    stiffness: Stiffness = None,
    pain_rest: PainRest = None,
    pain_worst: PainWorst = None,
    fatigue: Fatigue = None,
    comfort_before: ComfortBefore = None,
    comfort_after: ComfortAfter = None,
    note: Note = None,
    sign: Signs = None,
    no_signs: Annotated[bool, typer.Option("--no-signs", help="Take the signs out.")] = False,
    json: Json = False,
) -> None:
    """Correct a check-in. Without options it asks; Enter keeps an answer, - takes it out."""
    from hipmonitor.ui.cli import checking_in  # noqa: PLC0415 - as above

    signs = () if no_signs else None
    given = checking_in.Given(
        stiffness=stiffness,
        pain_rest=pain_rest,
        pain_worst=pain_worst,
        fatigue=fatigue,
        comfort_before=comfort_before,
        comfort_after=comfort_after,
        note=note,
        signs=signs if sign is None else tuple(one.value for one in sign),
    )
    raise typer.Exit(checking_in.edit(given, day, number, as_json=json))


@checkin.command()
def delete(
    day: Day = None,
    number: Number = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a check-in: it counts no more. Its line stays in the diary file until `hipmonitor data delete`."""
    from hipmonitor.ui.cli import checking_in  # noqa: PLC0415 - as above

    raise typer.Exit(checking_in.delete(day, number, asked=yes))


@checkin.command()
def score(
    name: Annotated[str, typer.Argument(help="Of the questionnaire, such as iHOT-12.")],
    value: Annotated[float | None, typer.Argument(help="The score.")] = None,
    day: DayOption = None,
    *,
    remove: Annotated[bool, typer.Option("--delete", help="Take that day's score out.")] = False,
) -> None:
    """Keep a score that was filled in elsewhere; entered again for the same day it is corrected. No questionnaire is included."""
    from hipmonitor.ui.cli import outside_scores  # noqa: PLC0415 - as above

    raise typer.Exit(outside_scores.delete(name, day) if remove else outside_scores.enter(name, value, day))


@checkin.command()
def export(
    to: Annotated[ExportChoice, typer.Option(help="csv: tables in a folder. fhir: an R4 bundle.")] = ExportChoice.CSV,
    out: Annotated[Path | None, typer.Option(metavar="PATH", help="A new folder or file.")] = None,
    *,
    json: Json = False,
) -> None:
    """Write the diary as files that other programs read."""
    from hipmonitor.ui.cli import checkin_pages  # noqa: PLC0415 - as above

    raise typer.Exit(checkin_pages.export(to.value, out, as_json=json))
