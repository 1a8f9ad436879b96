"""Where a timer's bar carries the policy's ticks, and what stands below them."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.alerts import AlertLevel
from hipmonitor.ui.view_model.timer_now import MARKS, TimerNow

IN_SECONDS_BELOW_S = 120.0
"""Short limits, as the demonstration has them, are numbered in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerTick:
    """One of them."""

    level: AlertLevel
    share: float
    words: str


def timer_ticks(timer: TimerNow) -> tuple[TimerTick, ...]:
    """From the lowest to the limit."""
    short = timer.limit_s < IN_SECONDS_BELOW_S
    unit, word = (1.0, " s") if short else (60.0, "")
    return tuple(
        TimerTick(level=level, share=share, words=f"{round(timer.limit_s * share / unit, 1):g}{word}")
        for level, share in MARKS
    )
