"""Holds: time beyond the target's angle; tremor and a short slip do not end one."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.instants import NS_PER_S, HostNs


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldParams:
    """Thresholds, ours."""

    slack_deg: float = 3.0
    """So far short of the angle still holds it: what the angle is known to, and tremor."""
    let_go_deg: float = 3.0
    """Further short than that lets go."""
    slip_s: float = 1.0
    """A slip so short is bridged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One that ended."""

    start: HostNs
    end: HostNs
    highest_deg: float

    @property
    def lasting_s(self) -> float:
        """How long."""
        return (self.end - self.start) / NS_PER_S


@dataclass(slots=True, kw_only=True)
class HoldState:
    """What is carried from row to row."""

    since_ns: int | None = None
    last_ns: int = 0
    highest_deg: float = 0.0
    in_movement: bool = False
    """One ended in the movement that goes on."""


class Holds:
    """Takes angles and hands on holds that ended."""

    def __init__(self, angle_deg: float, state: HoldState, params: HoldParams) -> None:
        """`angle_deg`: what is to be held."""
        self.state = state
        self._slip_ns = params.slip_s * NS_PER_S
        self._enter_deg = angle_deg - params.slack_deg
        self._leave_deg = self._enter_deg - params.let_go_deg

    def lasting_s(self) -> float:
        """Of the hold that goes on."""
        s = self.state
        return 0.0 if s.since_ns is None else (s.last_ns - s.since_ns) / NS_PER_S

    def step(self, t_ns: int, moved_deg: float) -> Hold | None:
        """One row."""
        s = self.state
        if s.since_ns is None:
            if moved_deg >= self._enter_deg:
                s.since_ns, s.last_ns, s.highest_deg = t_ns, t_ns, moved_deg
            return None
        if moved_deg >= self._leave_deg:
            s.last_ns, s.highest_deg = t_ns, max(s.highest_deg, moved_deg)
            return None
        return self.finish() if t_ns - s.last_ns > self._slip_ns else None

    def finish(self) -> Hold | None:
        """Let go, or nothing more will come."""
        s = self.state
        if s.since_ns is None:
            return None
        over = Hold(start=HostNs(s.since_ns), end=HostNs(s.last_ns), highest_deg=s.highest_deg)
        s.since_ns, s.in_movement = None, True
        return over
