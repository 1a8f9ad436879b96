"""The state in one line: for pipes, logs and terminals that cannot draw."""

from __future__ import annotations

from hipmonitor.core.alerts import Hold
from hipmonitor.ui.terminal.signs import UNICODE, Signs
from hipmonitor.ui.view_model import Flow, Glance
from hipmonitor.ui.view_model.durations import clock_time, m_ss

RESTING = "reminders and exercises are off for today"


def plain_line(glance: Glance, signs: Signs = UNICODE) -> str:
    """14:32:08  78° ± 2°  Below your limit | Sitting 17 min | sitting 17:24 of 30:00, notice in 6:36 | ..."""
    at = clock_time(glance.at, glance.utc_offset_s, seconds=True)
    if glance.stream.flow is not Flow.FLOWING:
        return signs.text(f"{at}  {glance.state_line}")
    timers = [
        f"{timer.title.lower()} {m_ss(timer.value_s)} of {m_ss(timer.limit_s)}, {timer.next}"
        for timer in (glance.sitting, glance.deep)
    ]
    angle = glance.angle
    parts = [
        f"{angle.number} {angle.spread}  {angle.zone.words}",
        glance.activity.text,
        *timers,
        *([RESTING] if glance.alerts.not_told is Hold.REST_OF_DAY else []),
        f"{glance.stream.rate_hz:.0f} Hz, {glance.stream.lost_percent:.1f} % lost",
    ]
    return signs.text(f"{at}  {' | '.join(parts)}")
