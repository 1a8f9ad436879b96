"""Which stretch of time a strip shows: the session while it is short, then the wearer's day."""

from __future__ import annotations

from hipmonitor.core.instants import NS_PER_S
from hipmonitor.ui.view_model.durations import S_PER_DAY
from hipmonitor.ui.view_model.glance import Glance

SHORT_SPANS_S = (120, 600, 3600)
DAY_FROM_H = 6


def strip_span(glance: Glance) -> tuple[int, int]:
    """Two minutes, ten, an hour from the session's start; then the wearer's day from six, or earlier if it began earlier."""
    start = glance.strip.start_ns
    if start is None:
        start = glance.at
    for span_s in SHORT_SPANS_S:
        if glance.at - start <= span_s * NS_PER_S:
            return start, start + span_s * NS_PER_S
    offset_ns, day_ns = glance.utc_offset_s * NS_PER_S, S_PER_DAY * NS_PER_S
    midnight = (glance.at + offset_ns) // day_ns * day_ns - offset_ns
    six = midnight + DAY_FROM_H * 3600 * NS_PER_S
    return max(midnight, min(six, start)), midnight + day_ns
