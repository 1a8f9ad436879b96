"""Keeping a live session: the recording begins when a sensor is known, and gets rows for plotting tools as they are decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.alerts import Alert
from hipmonitor.core.arrays import Codes, Floats, Nanoseconds
from hipmonitor.core.hip import HipBlock, HipMethod
from hipmonitor.core.inbound import (
    ChangeSettings,
    Inbound,
    LinkChange,
    LinkState,
    Notification,
    SensorId,
    Tick,
    UserAction,
)
from hipmonitor.core.instants import NS_PER_S, HostNs, seconds_between
from hipmonitor.core.pieces import roles
from hipmonitor.core.pipeline import HipUpdate
from hipmonitor.core.settings import Settings
from hipmonitor.io.session import EventKind, EventRow, HipRow, SessionParts, SessionWriter

ROW_NS = NS_PER_S // 10
"""/hip has ten rows a second: enough to plot, a tenth of the recording's size."""


MOST_EARLY = 100
"""Link changes and actions from before a sensor was found; a search that lasts all night tells the same again and again."""


Files = SessionWriter | SessionParts


class SessionKeeper:
    """A Recorder and a Sink; nothing is written before a sensor was found, so that no empty file is left.

    What came earlier waits in memory: the settings, and the newest of the rest. Ticks of that time are not kept.
    """

    def __init__(self, begin: Callable[[SensorId, HostNs], Files]) -> None:
        self._begin = begin
        self._early: list[Inbound] = []
        self._rows = PlotRows()
        self.writer: Files | None = None

    @property
    def path(self) -> Path | None:
        """Where the recording lies now; None before there is one."""
        return None if self.writer is None else self.writer.path

    @property
    def trouble(self) -> str:
        """Why nothing is recorded at present; empty while all is well."""
        return self.writer.trouble if isinstance(self.writer, SessionParts) else ""

    def record(self, events: Sequence[Inbound]) -> None:
        """Keep these before anything thinks about them."""
        if self.writer is None:
            events = [*self._early, *events]
            sensor = found_sensor(events)
            if sensor is None:
                self._early = [event for event in events if not isinstance(event, Tick)]
                del self._early[1:-MOST_EARLY]
                return
            self.writer, self._early = self._begin(sensor, events[0].at), []
        self.writer.record(events)

    def accept(self, update: HipUpdate) -> None:
        """Add the rows for plotting tools."""
        if self.writer is not None:
            self.writer.write_hip(list(self._rows.hip_rows(update)))
            self.writer.write_events(list(event_rows(update)))

    def finish(self) -> Path | None:
        """Close the recording; its path, or None where there never was one."""
        return None if self.writer is None else self.writer.finish()


FOUND = {LinkState.CONNECTING, LinkState.CONNECTED, LinkState.STREAMING}


def found_sensor(events: Sequence[Inbound]) -> SensorId | None:
    """After which sensor a recording is called: the thigh's once it is found; another that sends may be the first.

    None while nothing was found that is worth a file.
    """
    settings = _settings(events)
    beside = roles(settings)
    for event in events:
        if isinstance(event, Notification) or (isinstance(event, LinkChange) and event.state in FOUND):
            if event.sensor not in beside:
                return event.sensor
            if isinstance(event, Notification):
                return SensorId(settings.thigh_sensor) if settings.thigh_sensor else event.sensor
    return None


def _settings(events: Sequence[Inbound]) -> Settings:
    """Those in force after these."""
    said = (event.action for event in reversed(events) if isinstance(event, UserAction))
    return next((action.settings for action in said if isinstance(action, ChangeSettings)), Settings())


@dataclass(slots=True, kw_only=True, eq=False)
class _Waiting:
    """Thigh rows on the plotting grid whose hip row is still to come."""

    t_ns: Nanoseconds
    flexion_deg: Floats
    inclination_deg: Floats
    start_ns: Nanoseconds
    """Decided seconds that hip rows still to come may lie in, and their kinds."""
    kind: Codes


class PlotRows:
    """Joins thigh rows with the hip rows that follow them two to three seconds later, or once a pelvis sensor is heard; ten a second."""

    def __init__(self) -> None:
        none, never = np.zeros(0), np.zeros(0, np.int64)
        self._waiting = _Waiting(
            t_ns=never, flexion_deg=none, inclination_deg=none, start_ns=never, kind=np.zeros(0, np.int8)
        )
        self._last_cell = -1

    def hip_rows(self, update: HipUpdate) -> Iterator[HipRow]:
        """Rows that are complete after this update."""
        for piece in update.pieces:
            w, thigh = self._waiting, piece.thigh
            w.t_ns = np.concatenate([w.t_ns, thigh.t_ns])
            w.flexion_deg = np.concatenate([w.flexion_deg, thigh.thigh_flexion_deg])
            w.inclination_deg = np.concatenate([w.inclination_deg, thigh.thigh_inclination_deg])
            w.start_ns = np.concatenate([w.start_ns, piece.activity.start_ns])
            w.kind = np.concatenate([w.kind, piece.activity.kind])
            yield from self._complete(piece.hip)

    def _complete(self, hip: HipBlock) -> Iterator[HipRow]:
        w, n = self._waiting, len(hip)
        cells = hip.t_ns // ROW_NS
        for i in np.flatnonzero(np.diff(cells, prepend=self._last_cell)).tolist():
            second = int(np.searchsorted(w.start_ns, hip.t_ns[i], side="right")) - 1
            yield HipRow(
                at=HostNs(int(hip.t_ns[i])),
                thigh_flexion_deg=float(w.flexion_deg[i]),
                thigh_inclination_deg=float(w.inclination_deg[i]),
                hip_flexion_deg=float(hip.hip_flexion_deg[i]),
                hip_flexion_sd_deg=float(hip.hip_flexion_sd_deg[i]),
                hip_method=HipMethod(int(hip.hip_method[i])).word,
                activity=ActivityKind(int(w.kind[second])).word,
                trusted=bool(hip.trusted[i]),
            )
        if n:
            self._last_cell = int(cells[-1])
            w.t_ns, w.flexion_deg, w.inclination_deg = w.t_ns[n:], w.flexion_deg[n:], w.inclination_deg[n:]
            newest = max(0, int(np.searchsorted(w.start_ns, hip.t_ns[-1], side="right")) - 1)
            w.start_ns, w.kind = w.start_ns[newest:], w.kind[newest:]


def event_rows(update: HipUpdate) -> Iterator[EventRow]:
    """What happened, as rows of /events."""
    for link in update.links:
        yield EventRow(at=link.at, kind=EventKind.CONNECTION, text=link.detail or link.state.value)
    for piece in update.pieces:
        for gap in piece.gaps:
            seconds = seconds_between(gap.start, gap.end)
            yield EventRow(at=gap.end, kind=EventKind.GAP, text=gap.reason, duration_s=seconds)
        for pose in piece.thigh.poses:
            yield EventRow(at=pose.at, kind=EventKind.CALIBRATION, text=pose.sentence)
        for placement in piece.thigh.placements:
            text = f"Placement {placement.method.value}, ± {placement.sd_deg:.1f}°"
            yield EventRow(at=placement.since, kind=EventKind.CALIBRATION, text=text)
        for alert in piece.alerts:
            yield EventRow(
                at=alert.at, kind=EventKind.ALERT, text=alert_sentence(alert), level=alert.level.name.lower()
            )
        for done in piece.exercise.results:
            text, seconds = f"{done.title}: {done.sentence}", seconds_between(done.started, done.ended)
            yield EventRow(at=done.ended, kind=EventKind.SET, text=text, duration_s=seconds)
    for mark in update.marks:
        yield EventRow(at=mark.at, kind=EventKind.MARK, text=mark.text)


def alert_sentence(alert: Alert) -> str:
    """What is, for a log: the views have longer words."""
    return f"{alert.kind.value.replace('_', ' ').capitalize()}: {alert.amount}"
