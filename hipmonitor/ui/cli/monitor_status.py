"""How a session in the background is going: as a document, and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from hipmonitor.core.instants import HostNs
from hipmonitor.io.control import Answer
from hipmonitor.io.notices import do_not_disturb
from hipmonitor.io.settings_watch import SettingsWatch
from hipmonitor.ui.cli import printing
from hipmonitor.ui.cli.live_session import LiveSession
from hipmonitor.ui.cli.set_status import set_document
from hipmonitor.ui.terminal.screen import size_text
from hipmonitor.ui.view_model import TimerNow
from hipmonitor.ui.view_model.durations import clock_time, m_ss

DO_NOT_DISTURB = {True: "on", False: "off", None: "not told by this system"}


def status(
    session: LiveSession,
    watch: SettingsWatch,
    *,
    calibration: dict[str, object] | None,
    paused: bool,
    history_problem: str,
) -> Answer:
    """Plain values; instants in nanoseconds since 1970 on the session's clock; and as lines, so that who asks needs no words."""
    glance = session.view.glance(session.clock.now())
    document = {
        "at_ns": glance.at,
        "utc_offset_s": glance.utc_offset_s,
        "situation": glance.situation,
        "state": glance.state_line,
        "link": glance.link.state,
        "flow": glance.stream.flow,
        "battery_percent": glance.stream.battery_percent,
        "beside": [
            {"sensor": one.sensor, "place": one.place, "link": one.link.state, "battery_percent": one.battery_percent}
            for one in glance.beside
        ],
        "thigh_angle": glance.angle.number,
        "activity": glance.activity.word,
        "calibration": calibration,
        "sitting": _timer(glance.sitting),
        "deep_flexion": _timer(glance.deep),
        "exercise": set_document(glance, session.counting),
        "quiet_until_ns": glance.alerts.quiet_until,
        "snoozed_until_ns": glance.alerts.snoozed_until,
        "snoozed_until_stand": glance.alerts.until_stand,
        "snoozes_left": glance.alerts.snoozes_left,
        "not_told": glance.alerts.not_told,
        "told": [] if session.delivery is None else list(session.delivery.outcomes().values()),
        "do_not_disturb": DO_NOT_DISTURB[do_not_disturb()],
        "recording": glance.recording,
        "settings_file": watch.path,
        "settings_problem": watch.problem,
        "history_problem": history_problem,
    }
    plain = cast("dict[str, Any]", printing.plain({**document, "paused": paused}))
    return {**plain, "lines": list(lines(plain))}


def _timer(timer: TimerNow) -> dict[str, object]:
    return {"title": timer.title, "s": timer.value_s, "limit_s": timer.limit_s, "next": timer.next}


def lines(s: dict[str, Any]) -> Iterator[str]:
    """The document for people."""
    yield "Paused. Nothing is measured; `hipmonitor resume` goes on." if s["paused"] else s["state"]
    if s["calibration"] is not None and s["calibration"]["result"] is None:
        yield f"Calibrating: {s['calibration']['instruction']} {s['calibration']['progress']}".rstrip()
    for timer in (s["sitting"], s["deep_flexion"]):
        yield f"{timer['title']:<12} {m_ss(timer['s'])} of {m_ss(timer['limit_s'])}  {timer['next']}".rstrip()
    if s["exercise"]["now"] is not None:
        yield f"Exercise     {s['exercise']['now']['line']}"
    yield from _silence(s)
    if s["battery_percent"] is not None:
        yield f"Battery      {s['battery_percent']} %"
    for told in s["told"]:
        yield f"Last told by {told['way']} at {_clock(s, told['alert_at'])}: {told['failed'] or 'arrived'}"
    yield f"Do not disturb: {s['do_not_disturb']}"
    if s["recording"] is not None:
        yield _recording(s["recording"])
    if s["settings_problem"]:
        yield f"Settings     {s['settings_problem']}. The settings from before stay in force."

    if s["history_problem"]:
        yield f"History      not written: {s['history_problem']}"


def _silence(s: dict[str, Any]) -> Iterator[str]:
    if s["quiet_until_ns"] is not None:
        yield f"Quiet until {_clock(s, s['quiet_until_ns'])}."
    if s["snoozed_until_ns"] is not None or s["snoozed_until_stand"]:
        until = "you stand" if s["snoozed_until_stand"] else _clock(s, s["snoozed_until_ns"])
        yield f"Snoozed until {until}; snoozes left in this bout: {s['snoozes_left']}."


def _recording(recording: dict[str, Any]) -> str:
    if recording["trouble"]:
        return f"Not recording: {recording['trouble']}. Measuring and alerts go on."
    return f"Recording    {recording['path']} ({size_text(recording['size_bytes'])})"


def _clock(status: dict[str, Any], at_ns: int) -> str:
    return clock_time(HostNs(at_ns), status["utc_offset_s"])
