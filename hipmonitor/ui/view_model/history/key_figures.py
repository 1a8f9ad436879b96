"""The figures at the top of a day: a name, a number in large type, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hipmonitor.core.days import DayFigures
from hipmonitor.ui.view_model.durations import h_min


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One of them."""

    name: str
    amount: tuple[tuple[str, str], ...]
    """Numbers, each with its unit."""
    note: str
    check: bool = False
    """Something is fulfilled: a check stands before the note."""

    @property
    def spoken(self) -> str:
        """In a sentence."""
        value = " ".join(f"{number} {unit}".strip() for number, unit in self.amount)
        return f"{self.name} {value}" + (f", {self.note}" if self.note else "")


def key_figures(f: DayFigures) -> Iterator[KeyFigure]:
    """Of a day with a recording."""
    t, sitting = f.tally, f.sitting
    need = f"{f.valid_day_worn_h:g} h"
    yield KeyFigure(
        name="Worn",
        amount=_time(t.worn_s),
        note=f"valid day ({need} or more)" if f.valid else f"under {need}: in no mean",
        check=f.valid,
    )
    yield KeyFigure(
        name="Sitting",
        amount=_time(t.sit_s),
        note=f"{100 * t.sit_s / t.worn_s:.0f} % of worn time" if t.worn_s else "",
    )
    yield KeyFigure(
        name="Bouts over 30 min", amount=((str(sitting.over_30), ""),), note=f"longest {h_min(sitting.longest_s)}"
    )
    yield _breaks(f)
    yield from _bent(f)
    not_worn = f"not worn {h_min(t.not_worn_s)}" if t.not_worn_s else "counted apart"
    yield KeyFigure(name="No data", amount=_time(t.unknown_s), note=not_worn)


def _breaks(f: DayFigures) -> KeyFigure:
    name = "Breaks" if f.limits is None else f"Breaks of {f.limits.break_s:g} s"
    rises = f.sit_to_stand
    return KeyFigure(name=name, amount=((str(f.breaks), ""),), note=f"{rises} sit-to-stand{'' if rises == 1 else 's'}")


def _bent(f: DayFigures) -> Iterator[KeyFigure]:
    limit = "the limit" if f.limits is None else f"{f.limits.thigh_limit_deg:g}°"
    yield KeyFigure(
        name=f"Above {limit}", amount=_time(f.tally.above_limit_s), note=f"longest {h_min(f.longest_deep_s)}"
    )
    if f.flexion_p95_deg is not None and f.flexion_peak_deg is not None:
        note = f"95 % below; peak {f.flexion_peak_deg:.0f}°"
        yield KeyFigure(name="Usual high bend", amount=((f"{f.flexion_p95_deg:.0f}°", ""),), note=note)


def _time(seconds: float) -> tuple[tuple[str, str], ...]:
    """15 h 37 min, in parts."""
    words = h_min(seconds).split()
    return tuple(zip(words[::2], words[1::2], strict=True))
