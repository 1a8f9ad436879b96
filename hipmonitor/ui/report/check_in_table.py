"""Check-ins over the period: a row for each, pain at its worst as columns, and scores from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from typing import Final

from hipmonitor.core.programme import CheckIn, OutsideScore
from hipmonitor.ui.report.drawing import Drawing, Shape, Words, line, rect
from hipmonitor.ui.report.summaries import Row
from hipmonitor.ui.view_model.civil_dates import short_name

HEADS: Final = (
    ("stiffness", "stiffness"),
    ("pain_rest", "pain<br>at rest"),
    ("pain_worst", "pain<br>at worst"),
    ("fatigue", "fatigue"),
    ("comfort_before", "comfort<br>before"),
    ("comfort_after", "comfort<br>after"),
)
NOT_SAID: Final = "\u2013"
WIDTH, LEFT, TOP, PLOT, BOTTOM = 698.0, 26.0, 6.0, 44.0, 16.0
MOST_COLUMN, MOST_PAIN, NAME_ROOM = 14.0, 10.0, 46.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInLine:
    """One check-in."""

    name: str
    values: tuple[str, ...]
    """As the heads have them."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInTable:
    """All of the period."""

    said: str
    lines: tuple[CheckInLine, ...]
    pain: Drawing | None
    """None without a pain."""
    scores: tuple[Row, ...]


def check_in_table(
    check_ins: Sequence[CheckIn], scores: Sequence[OutsideScore], days: Sequence[int]
) -> CheckInTable | None:
    """None of none at all."""
    if not (check_ins or scores):
        return None
    pains = worst_pains(check_ins)
    return CheckInTable(
        said=_said(check_ins, days),
        lines=tuple(map(_line, check_ins)),
        pain=_drawing(pains, days) if len(days) > 1 and pains else None,
        scores=tuple(_scores(scores)),
    )


def worst_pains(check_ins: Sequence[CheckIn]) -> dict[int, int]:
    """The highest of each day that has one."""
    found: dict[int, int] = {}
    for each in check_ins:
        if each.pain_worst is not None:
            found[each.day] = max(found.get(each.day, 0), each.pain_worst)
    return found


def _said(check_ins: Sequence[CheckIn], days: Sequence[int]) -> str:
    """Check-ins on 6 of 7 days; pain at its worst 3 (1 to 5), at rest 1 (0 to 2)."""
    parts = [f"Check-ins on {len({each.day for each in check_ins})} of {len(days)} day{'s' * (len(days) != 1)}"]
    for key, words in (("pain_worst", "pain at its worst"), ("pain_rest", "at rest")):
        values = [getattr(each, key) for each in check_ins if getattr(each, key) is not None]
        if values:
            parts.append(f"{words} usually {median(values):g} ({min(values)} to {max(values)})")
    return "; ".join(parts) + "."


def _line(check_in: CheckIn) -> CheckInLine:
    values = (getattr(check_in, key) for key, _ in HEADS)
    return CheckInLine(
        name=" ".join(short_name(check_in.day).split()),
        values=tuple(NOT_SAID if value is None else str(value) for value in values),
        note=check_in.note.strip(),
    )


def _scores(scores: Sequence[OutsideScore]) -> Iterator[Row]:
    for each in scores:
        yield Row(name=each.name, value=f"{each.score:g}", note=f"entered for {' '.join(short_name(each.day).split())}")


def _drawing(pains: Mapping[int, int], days: Sequence[int]) -> Drawing:
    room = (WIDTH - LEFT) / len(days)
    shapes, words = _grid()
    for k, day in enumerate(days):
        middle, wide = LEFT + (k + 0.5) * room, min(MOST_COLUMN, 0.7 * room)
        if day in pains:
            tall = max(1.0, pains[day] / MOST_PAIN * PLOT)
            shapes.append(Shape(path=rect(middle - wide / 2, TOP + PLOT - tall, wide, tall), look="pain"))
        else:
            shapes.append(Shape(path=line(middle - 1.5, TOP + PLOT - 4, middle + 1.5, TOP + PLOT - 4), look="base"))
    for k in range(0, len(days), max(1, ceil(NAME_ROOM / room))):
        name = " ".join(short_name(days[k]).split()[1:])
        words.append(Words(x=LEFT + (k + 0.5) * room, y=TOP + PLOT + 12, text=name))
    label = "Pain at its worst, 0 to 10, day by day: " + "; ".join(
        f"{' '.join(short_name(day).split())}: {pains.get(day, 'no check-in')}" for day in days
    )
    return Drawing(width=WIDTH, height=TOP + PLOT + BOTTOM, label=label, shapes=tuple(shapes), words=tuple(words))


def _grid() -> tuple[list[Shape], list[Words]]:
    shapes, words = [], []
    for share in (0.0, 0.5, 1.0):
        y = TOP + PLOT * (1 - share)
        shapes.append(Shape(path=line(LEFT, y, WIDTH, y), look="grid" if share else "base"))
        words.append(Words(x=LEFT - 4, y=y + 4, text=f"{MOST_PAIN * share:g}", anchor="end"))
    return shapes, words
