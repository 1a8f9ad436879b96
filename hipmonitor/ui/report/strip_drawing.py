"""A day drawn hour by hour: taller means more upright, and a lane of its own below for time above the limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from hipmonitor.core.activity import ActivityKind
from hipmonitor.ui.report.drawing import Drawing, Shape, Words, hatch, line, rect
from hipmonitor.ui.view_model.day_strip import HOUR, SHORT, DayCell, Window

WIDTH: Final = 340.0
HEIGHT: Final = 27.0
LANE: Final = 5.0
LANE_TOP: Final = HEIGHT + 2.0
SHARES: Final = {
    ActivityKind.WALK: 1.0,
    ActivityKind.RUN: 1.0,
    ActivityKind.STAIRS: 1.0,
    ActivityKind.CYCLE: 1.0,
    ActivityKind.STAND: 0.76,
    ActivityKind.SIT: 0.46,
    ActivityKind.SEDENTARY: 0.46,
    ActivityKind.LIE: 0.20,
}
"""Of the height; so it can be read without colour."""
MOVING: Final = frozenset({ActivityKind.WALK, ActivityKind.RUN, ActivityKind.STAIRS, ActivityKind.CYCLE})
WORDED_SHARE: Final = 0.2
"""Of the width: so long without anything to see is said in words."""


def cells_of(window: Window) -> int:
    """Cells of two minutes, or of one where there are only hours: a break of two minutes is still seen."""
    length = window.end - window.start
    return length if length <= SHORT else length // 2


def strip_drawing(cells: Sequence[DayCell], label: str, *, valid: bool) -> Drawing:
    """One day; a day that is in no mean has a dashed outline."""
    shapes: list[Shape] = [Shape(path=rect(0, 0, WIDTH, HEIGHT), look="ground" if valid else "unsure")]
    words: list[Words] = []
    for x, width, cell in _runs(cells):
        shapes += _run(x, width, cell)
        if cell.kind in {None, ActivityKind.NOT_WORN} and width >= WORDED_SHARE * WIDTH:
            text = "not recorded" if cell.kind is None else "not worn"
            words.append(Words(x=x + width / 2, y=HEIGHT / 2 + 4, text=text))
    shapes.append(Shape(path=line(0, HEIGHT, WIDTH, HEIGHT), look="base"))
    return Drawing(width=WIDTH, height=LANE_TOP + LANE, label=label, shapes=tuple(shapes), words=tuple(words))


def _runs(cells: Sequence[DayCell]) -> Iterator[tuple[float, float, DayCell]]:
    """(left edge, width, cell) of neighbours that look the same."""
    wide, at = WIDTH / len(cells), 0
    for cell, group in groupby(cells):
        count = len(list(group))
        yield at * wide, count * wide, cell
        at += count


def _run(x: float, width: float, cell: DayCell) -> Iterator[Shape]:
    if cell.above:
        yield Shape(path=rect(x, LANE_TOP, width, LANE), look="above")
    if cell.kind is ActivityKind.UNKNOWN:
        yield Shape(path=hatch(x, 0, width, HEIGHT), look="hatch")
    elif cell.kind is not None and cell.kind is not ActivityKind.NOT_WORN:
        yield from bar_of(cell.kind, x, width, HEIGHT)
    else:
        yield Shape(path=line(x, HEIGHT - 1.5, x + width, HEIGHT - 1.5), look="dots")


def bar_of(kind: ActivityKind, x: float, width: float, height: float) -> Iterator[Shape]:
    """A worn kind, standing on the base line."""
    tall = SHARES[kind] * height
    if kind is ActivityKind.SEDENTARY:
        yield Shape(path=rect(x, height - tall, width, tall), look="unclear")
        yield Shape(path=hatch(x, height - tall, width, tall), look="hatch")
        return
    yield Shape(path=rect(x, height - tall, width, tall), look="moving" if kind in MOVING else kind.word)
    if kind is ActivityKind.LIE:
        yield Shape(path=line(x, height - tall, x + width, height - tall), look="edge")


def axis_drawing(window: Window) -> Drawing:
    """Hours over the strips, or tens of minutes where there is one hour."""
    length = window.end - window.start
    step = 10 if length <= HOUR else HOUR if length <= SHORT else 3 * HOUR
    marks = range(-(-window.start // step) * step, window.end + 1, step)
    words = []
    for minute in marks:
        text = f"{minute // 60:02}:{minute % 60:02}" if length <= HOUR else f"{minute // 60:02}"
        x = (minute - window.start) / length * WIDTH
        words.append(Words(x=x, y=11, text=text))
    return Drawing(width=WIDTH, height=14, label="", shapes=(), words=tuple(words))


LEGEND: Final = (
    (ActivityKind.WALK, "moving"),
    (ActivityKind.STAND, "standing"),
    (ActivityKind.SIT, "sitting"),
    (ActivityKind.LIE, "lying"),
    (ActivityKind.SEDENTARY, "sitting or lying"),
)
SWATCH: Final = (11.0, 14.0)


def legend() -> Iterator[tuple[Drawing, str]]:
    """Each look, as tall as it is in the strips, and its word."""
    width, height = SWATCH
    for kind, word in LEGEND:
        yield _swatch(*bar_of(kind, 0, width, height)), word
    yield _swatch(Shape(path=hatch(0, 0, width, height), look="hatch")), "not known"
    yield _swatch(Shape(path=line(0, height - 1.5, width, height - 1.5), look="dots")), "not worn"


def above_swatch() -> Drawing:
    """Of the lane under the base line."""
    width, height = SWATCH
    return Drawing(
        width=width,
        height=height,
        label="",
        shapes=(
            Shape(path=line(0, height - LANE - 2, width, height - LANE - 2), look="base"),
            Shape(path=rect(0, height - LANE, width, LANE), look="above"),
        ),
    )


def _swatch(*shapes: Shape) -> Drawing:
    width, height = SWATCH
    base = Shape(path=line(0, height, width, height), look="base")
    return Drawing(width=width, height=height, label="", shapes=(*shapes, base))
