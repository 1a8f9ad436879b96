"""What the window remembers: its place, view, range, theme and letters. A small file; without it, or broken, the usual ones hold."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from hipmonitor.io.places import state_folder, write_whole
from hipmonitor.ui.dashboard.theme import Scheme

FILE_NAME = "window.json"


@dataclass(slots=True, kw_only=True)
class KeptChoices:
    """As they are now; `write` keeps them."""

    geometry: tuple[int, int, int, int] | None = None
    """x, y, width, height of the window."""
    maximised: bool = False
    view: str = "now"
    trace_range: int | None = None
    """Number of the chosen one; None = never chosen."""
    scheme: Scheme = Scheme.SYSTEM
    font_scale: float = 1.0
    reduce_motion: bool = False
    closing: str = ""
    """What closing does without asking; empty = ask."""
    hip_large: bool = False
    """The hip is the large number, where a pelvis sensor measures it."""
    steps_seen: bool = False
    """The first steps were gone through, or left out."""
    alerts_held: bool = False
    """Alerts wait for the limits to be confirmed."""
    last_day: int = 0
    """When it was open last, as a day since 1970; 0 = never."""
    exercise_targets: dict[str, dict[str, float]] = field(default_factory=dict)
    """Targets that an older window remembered; they move to a file beside the settings when the exercises are looked at."""
    forgotten: bool = False
    """Everything was deleted: nothing is kept any more."""

    def forget(self) -> None:
        """Everything was deleted: these are not kept either, and the next start is a first one."""
        self.forgotten = True

    def write(self) -> None:
        """Keep them, whole or not at all; a full disk is no reason to stop."""
        if self.forgotten:
            return
        path = file()
        with contextlib.suppress(OSError):
            write_whole(path, json.dumps(asdict(self), indent=1))


def file() -> Path:
    """Where they lie."""
    return state_folder() / FILE_NAME


def read() -> KeptChoices:
    """As they were; what cannot be read counts as never chosen."""
    try:
        kept = json.loads(file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return KeptChoices()
    return _from(kept) if isinstance(kept, dict) else KeptChoices()


def _from(kept: dict[str, Any]) -> KeptChoices:
    choices = KeptChoices()
    for name in (each.name for each in fields(KeptChoices)):
        with contextlib.suppress(KeyError, TypeError, ValueError):
            setattr(choices, name, _READ[name](kept[name]))
    return choices


def _geometry(value: Any) -> tuple[int, int, int, int] | None:  # noqa: ANN401 - whatever a file holds
    if value is None:
        return None
    x, y, width, height = (int(number) for number in value)
    return (x, y, width, height) if width > 0 and height > 0 else None


_READ: dict[str, Any] = {
    "geometry": _geometry,
    "maximised": bool,
    "view": str,
    "trace_range": lambda value: None if value is None else min(3, max(0, int(value))),
    "scheme": Scheme,
    "font_scale": lambda value: min(2.0, max(1.0, float(value))),
    "reduce_motion": bool,
    "closing": str,
    "hip_large": bool,
    "steps_seen": bool,
    "alerts_held": bool,
    "last_day": int,
    "exercise_targets": lambda value: {str(name): dict(target) for name, target in dict(value).items()},
    "forgotten": lambda _value: False,
}
