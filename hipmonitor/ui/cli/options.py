"""Options that several commands take, each declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ReadingChoice(StrEnum):
    """The two readings of a recording."""

    SETTLED = "settled"
    AS_LIVED = "as_lived"


class SideChoice(StrEnum):
    """The wearer's thigh."""

    LEFT = "left"
    RIGHT = "right"


Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Reading = Annotated[ReadingChoice, typer.Option(help="settled uses what came later; as_lived is what the wearer saw.")]
SideIfUnknown = Annotated[SideChoice | None, typer.Option(help="Which thigh, where the file does not say.")]
LimitsInstead = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Limits from this TOML file instead of the recorded ones.")
]
TextColumns = Annotated[
    str | None, typer.Option(metavar="FILE", help="What the columns of a .csv hold: a TOML file, or a preset's name.")
]
SensorInFile = Annotated[str | None, typer.Option(metavar="NAME", help="Which sensor of an .npz that holds several.")]
