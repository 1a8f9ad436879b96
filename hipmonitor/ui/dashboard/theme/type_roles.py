"""The sizes of text. Four roles are promised to be readable from two metres: angle, timer, state and, of an alert, banner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

MOST_GROWTH_OF_DIGITS = 1.25
"""Angle and timer are large already: the font setting enlarges them by no more than this."""


class Weight(IntEnum):
    """How heavy."""

    PLAIN = 400
    MEDIUM = 500
    STRONG = 600


@dataclass(frozen=True, slots=True)
class _Size:
    px: float
    weight: Weight
    most_growth: float = 10.0


class Role(Enum):
    """What a text is; its size at 100 % follows."""

    ANGLE = _Size(128, Weight.STRONG, MOST_GROWTH_OF_DIGITS)
    DEGREE = _Size(72, Weight.MEDIUM, MOST_GROWTH_OF_DIGITS)
    TIMER = _Size(44, Weight.STRONG, MOST_GROWTH_OF_DIGITS)
    STATE = _Size(28, Weight.STRONG)
    BANNER = _Size(22, Weight.STRONG)
    TITLE = _Size(20, Weight.STRONG)
    NEXT = _Size(18, Weight.MEDIUM)
    BODY = _Size(15, Weight.PLAIN)
    SMALL = _Size(13, Weight.PLAIN)

    def px(self, font_scale: float) -> float:
        """Its size under a font setting."""
        return self.value.px * min(font_scale, self.value.most_growth)

    @property
    def weight(self) -> Weight:
        """Its usual weight."""
        return self.value.weight
