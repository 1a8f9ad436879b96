"""Buttons keep room for their focus ring; here they stand edge to edge with the text above them all the same."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from hipmonitor.ui.dashboard.parts.button import FOCUS_ROOM


def flush_left(*items: QWidget | QLayout) -> QHBoxLayout:
    """These in a row that begins so much further left. What is around them must leave that room for the ring."""
    row = QHBoxLayout()
    row.addSpacing(-FOCUS_ROOM)
    for item in items:
        if isinstance(item, QWidget):
            row.addWidget(item)
        else:
            row.addLayout(item)
    return row
