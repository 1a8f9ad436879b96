"""What every view is made of: cards that survive their own mistakes, buttons, text on a painter."""

from hipmonitor.ui.dashboard.parts.box import Box, stand
from hipmonitor.ui.dashboard.parts.button import DISABLED, FOCUS_ROOM, Button, Look
from hipmonitor.ui.dashboard.parts.card import Card
from hipmonitor.ui.dashboard.parts.flush import flush_left
from hipmonitor.ui.dashboard.parts.hatch import hatch
from hipmonitor.ui.dashboard.parts.marks import draw_mark
from hipmonitor.ui.dashboard.parts.pick_item import PickItem
from hipmonitor.ui.dashboard.parts.plate import Plate
from hipmonitor.ui.dashboard.parts.pressable import Pressable
from hipmonitor.ui.dashboard.parts.segmented import Segmented
from hipmonitor.ui.dashboard.parts.writing import Writing

__all__ = [
    "DISABLED",
    "FOCUS_ROOM",
    "Box",
    "Button",
    "Card",
    "Look",
    "PickItem",
    "Plate",
    "Pressable",
    "Segmented",
    "Writing",
    "draw_mark",
    "flush_left",
    "hatch",
    "stand",
]
