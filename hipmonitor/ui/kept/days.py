"""The history if there is one, today, and what makes a day valid."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hipmonitor.core.civil import S_PER_DAY
from hipmonitor.core.inbound import Tick
from hipmonitor.core.instants import NS_PER_S, HostNs
from hipmonitor.core.programme import SeatCoach
from hipmonitor.core.settings import SeatHeight
from hipmonitor.io.clock import civil_tick, local_utc_offset_s
from hipmonitor.io.history import DayRecord, History, history_file
from hipmonitor.io.settings import load_settings
from hipmonitor.runtime.seat import seat_until


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDays:
    """An open history, and how its days are judged."""

    history: History
    today: int
    second_of_day: int
    """Of today, where the wearer is."""
    valid_day_worn_h: float
    seat: SeatHeight

    def seat_until(self, day: int) -> SeatCoach:
        """What is known of the wearer's seats until the end of a day."""
        return seat_until(self.history, self.seat, day)


def civil_now() -> Tick:
    """By this computer's clock and zone."""
    now_s = time.time()
    return civil_tick(HostNs(round(now_s * NS_PER_S)), local_utc_offset_s(int(now_s)))


@contextmanager
def kept_days() -> Iterator[KeptDays | None]:
    """None where there is no history: asking makes none."""
    if not history_file().exists():
        yield None
        return
    now = civil_now()
    second_of_day = (now.at // NS_PER_S + now.utc_offset_s) % S_PER_DAY
    settings = load_settings()
    with History() as history:
        yield KeptDays(
            history=history,
            today=now.civil_day,
            second_of_day=second_of_day,
            valid_day_worn_h=settings.days.valid_day_worn_h,
            seat=settings.seat,
        )


def today_so_far() -> DayRecord | None:
    """What is kept of today; None where nothing is kept at all."""
    with kept_days() as kept:
        return None if kept is None else kept.history.day(kept.today, valid_day_worn_h=kept.valid_day_worn_h)
