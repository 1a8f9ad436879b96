"""The buttons at the foot of a page: at the right, in reading order, what goes on last."""

from __future__ import annotations

from collections.abc import Sequence

from hipmonitor.ui.dashboard.parts import FOCUS_ROOM, Box, Button

BETWEEN = 4.0


def _rows(buttons: Sequence[Button], width: float) -> list[list[Button]]:
    """As many to a row as fit; the last row holds what goes on."""
    rows: list[list[Button]] = [[]]
    for button in reversed([b for b in buttons if not b.isHidden()]):
        if rows[0] and sum(b.sizeHint().width() + BETWEEN for b in [button, *rows[0]]) > width + 2 * FOCUS_ROOM:
            rows.insert(0, [])
        rows[0].insert(0, button)
    return rows


def foot_height(buttons: Sequence[Button], width: float) -> float:
    """Of all rows."""
    return float(len(_rows(buttons, width)) * buttons[0].sizeHint().height())


def put_foot(buttons: Sequence[Button], place: Box) -> None:
    """Each where it belongs."""
    y, high = place.y, buttons[0].sizeHint().height()
    for row in _rows(buttons, place.w):
        x = place.x + place.w + FOCUS_ROOM
        for button in reversed(row):
            width = button.sizeHint().width()
            x -= width
            button.setGeometry(round(x), round(y), width, high)
            x -= BETWEEN
        y += high
