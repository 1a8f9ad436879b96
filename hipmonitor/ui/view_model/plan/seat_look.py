"""What the seat coach says, as a card."""

from __future__ import annotations

from hipmonitor.core.programme import SeatCoach
from hipmonitor.ui.view_model.plan.tip_look import TipLook
from hipmonitor.ui.view_model.seat_words import seat_line, seat_why

SOURCE = "From the settled angle of the thigh on the usual seat, both feet on the floor."


def seat_tip(coach: SeatCoach) -> TipLook | None:
    """None while nothing can be said."""
    line = seat_line(coach)
    if not line:
        return None
    sentences = tuple(words for words in (line, seat_why(coach)) if words)
    return TipLook(title="Your seat", sentences=sentences, source=SOURCE)
