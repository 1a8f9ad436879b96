"""Where the cards of a day stand, for every size of window and of letters."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.ui.dashboard.parts import Box

SIDE, BOTTOM, GAP = 20.0, 14.0, 12.0
NARROW = 760.0
"""Effective width below which there is one column."""
RIGHT_SHARE = 0.35
LEAST = {"timeline": 138.0, "hour": 190.0, "bottom": 140.0, "alerts": 160.0, "bouts": 140.0}
SHARES = {"timeline": 0.28, "hour": 0.47, "bottom": 0.25}
"""Of height that is left over."""
MOST_TIMELINE = 190.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlaces:
    """One box for each card; `height` is what all of it takes."""

    figures: Box
    timeline: Box
    hour: Box
    alerts: Box
    fortnight: Box
    bouts: Box
    height: float


def day_places(width: float, height: float, *, top: float, figures: float, font_scale: float) -> DayPlaces:
    """`top`: where the cards begin; `figures`: how high the key figures want to be."""
    w, x = width - 2 * SIDE, SIDE
    least = {name: px * font_scale for name, px in LEAST.items()}
    if w / font_scale < NARROW:
        return _one_column(x, w, top, figures, least)
    taken = top + figures + 3 * GAP + BOTTOM + least["timeline"] + least["hour"] + least["bottom"]
    extra = max(0.0, height - taken)
    heights = {name: least[name] + share * extra for name, share in SHARES.items()}
    over = max(0.0, heights["timeline"] - MOST_TIMELINE * font_scale)
    heights["timeline"] -= over
    heights["hour"] += over
    right = min(440.0 * font_scale, RIGHT_SHARE * w)
    left = w - right - GAP
    y1 = top + figures + GAP
    y2 = y1 + heights["timeline"] + GAP
    y3 = y2 + heights["hour"] + GAP
    return DayPlaces(
        figures=Box(x, top, w, figures),
        timeline=Box(x, y1, w, heights["timeline"]),
        hour=Box(x, y2, left, heights["hour"]),
        alerts=Box(x + left + GAP, y2, right, heights["hour"]),
        fortnight=Box(x, y3, left, heights["bottom"]),
        bouts=Box(x + left + GAP, y3, right, heights["bottom"]),
        height=max(height, y3 + heights["bottom"] + BOTTOM),
    )


def _one_column(x: float, w: float, top: float, figures: float, least: dict[str, float]) -> DayPlaces:
    """One below the other; the page scrolls."""
    boxes, y = [], top
    for h in (figures, least["timeline"], least["hour"], least["alerts"], least["bottom"], least["bouts"]):
        boxes.append(Box(x, y, w, h))
        y += h + GAP
    a, b, c, d, e, f = boxes
    return DayPlaces(figures=a, timeline=b, hour=c, alerts=d, fortnight=e, bouts=f, height=y - GAP + BOTTOM)
