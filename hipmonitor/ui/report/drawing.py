"""Small drawings as plain shapes, in px; the page writes them as SVG.

No plotting library: a report needs rectangles, hatching and a few words. This way a drawing can be tested as values, prints
sharp and adds nothing to install.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

HATCH_PITCH = 4.0
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A path with a look; filled or stroked is the look's business."""

    path: str
    look: str
    """A key of `LOOKS`: a kind of activity, hatch, base, outline, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Text in a drawing."""

    x: float
    y: float
    """Base line."""
    text: str
    anchor: Anchor = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Shapes and words in a box."""

    width: float
    height: float
    label: str
    """What it shows, for whoever does not see it; "" = decoration beside the same words."""
    shapes: tuple[Shape, ...]
    words: tuple[Words, ...] = ()


def number(value: float) -> str:
    """At most two decimals: a hundredth of a pixel."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def rect(x: float, y: float, width: float, height: float) -> str:
    """A closed rectangle."""
    return f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}z"


def line(x: float, y: float, to_x: float, to_y: float) -> str:
    """From one point to another."""
    return f"M{number(x)} {number(y)}L{number(to_x)} {number(to_y)}"


def hatch(x: float, y: float, width: float, height: float) -> str:
    """Lines at 45° inside a rectangle; those of neighbours meet. Drawn out, for patterns are lost in some prints."""
    first, last = ceil((x + y) / HATCH_PITCH), floor((x + width + y + height) / HATCH_PITCH)
    parts = []
    for k in range(first, last + 1):
        total = k * HATCH_PITCH
        left, right = max(x, total - y - height), min(x + width, total - y)
        if right > left:
            parts.append(line(left, total - left, right, total - right))
    return "".join(parts)
