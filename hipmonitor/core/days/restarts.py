"""One sitting in two recordings: a monitor that was started anew, or a battery that was changed, is no break."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from hipmonitor.core.days.bouts import DayBout
from hipmonitor.core.days.seated_angle import SeatedAngle
from hipmonitor.core.exposure import BoutEnd, ExposureParams
from hipmonitor.core.instants import NS_PER_S, HostNs

Upright = Callable[[HostNs, HostNs], tuple[float, float]]
"""From, until: (seconds upright in between, of how many a break is made)."""
FORGET_NS = int(ExposureParams().forget_s) * NS_PER_S


def joined(bouts: Iterable[DayBout], upright: Upright) -> tuple[DayBout, ...]:
    """Bouts in order of time, those of one sitting as one.

    A recording's end says nothing about a break. As within a recording: what is not known for less than `forget_s` neither
    ends nor lengthens a bout, and less upright time than a break, all that was seen taken together, is none.
    """
    whole: list[DayBout] = []
    for bout in sorted(bouts, key=lambda bout: bout.start):
        if whole and _goes_on(whole[-1], bout, upright):
            whole[-1] = _one(whole[-1], bout)
        else:
            whole.append(bout)
    return tuple(whole)


def _goes_on(before: DayBout, after: DayBout, upright: Upright) -> bool:
    if before.ended_by is BoutEnd.BREAK or not 0 <= after.start - before.end < FORGET_NS:
        return False
    upright_s, break_s = upright(before.end, after.start)
    return upright_s < break_s


def _one(before: DayBout, after: DayBout) -> DayBout:
    shares = dict(before.shares)
    for day, sitting_s in after.shares:
        shares[day] = shares.get(day, 0) + sitting_s
    return replace(
        before,
        end=after.end,
        sitting_s=before.sitting_s + after.sitting_s,
        deep_s=before.deep_s + after.deep_s,
        ended_by=after.ended_by,
        shares=tuple(sorted(shares.items())),
        seated=_seated(before.seated, after.seated),
    )


def _seated(before: SeatedAngle | None, after: SeatedAngle | None) -> SeatedAngle | None:
    if before is None or after is None:
        return before or after
    return before.with_more(after)
