"""What each look of a shape is: attributes of its own, for not every printer of pages lets a drawing hear the style sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

INK2, MISSING, LINE = "#4B5661", "#858B93", "#DEDBD3"
NONE: Final = "none"


def _filled(colour: str) -> Mapping[str, str]:
    return {"fill": colour}


def _drawn(colour: str, width: str = "1", dashes: str = "") -> Mapping[str, str]:
    return {"fill": NONE, "stroke": colour, "stroke-width": width} | ({"stroke-dasharray": dashes} if dashes else {})


LOOKS: Final[Mapping[str, Mapping[str, str]]] = {
    "moving": _filled("#009E73"),
    "stand": _filled("#35A684"),
    "sit": _filled("#4A92C4"),
    "lie": _filled("#56B4E9"),
    "above": _filled("#D55E00"),
    "pain": _filled(INK2),
    "unclear": {"fill": "#FFFFFF", "stroke": MISSING, "stroke-width": "0.5"},
    "hatch": _drawn(MISSING),
    "base": _drawn(INK2),
    "edge": _drawn("#2F8DC4", "1.5"),
    "grid": _drawn(LINE),
    "dots": _drawn(MISSING, "1.5", "1.5 3.5"),
    "outline": _drawn(MISSING),
    "ground": _filled("#FAF9F6"),
    "unsure": {"fill": "#FAF9F6", "stroke": MISSING, "stroke-width": "1", "stroke-dasharray": "4 3"},
}
"""Colours of the design (Okabe and Ito's hues). Height, lane and hatch say the same without them."""
WORDS: Final[Mapping[str, str]] = {
    "fill": INK2,
    "font-size": "11",
    "font-family": "Inter, Segoe UI, Cantarell, Noto Sans, DejaVu Sans, sans-serif",
}
