"""The Sensors view as plain values: who is heard, who is connected, where they are worn, and what is to be said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hipmonitor.core.inbound import LinkState
from hipmonitor.ui.view_model.beside_now import BesideNow
from hipmonitor.ui.view_model.glance import Glance
from hipmonitor.ui.view_model.sensor_roles import Role, Wearing
from hipmonitor.ui.view_model.status_now import LOW_BATTERY_PERCENT
from hipmonitor.ui.view_model.stream_now import Flow, LinkNow

SEARCH_S = 20.0
"""A search; after it, with nothing heard, there are hints (views 5)."""
LOST_AFTER_S = 10.0
"""A sensor advertises ten times a second: not heard for so long, it is away, off, or with somebody else."""
BARS_DBM = (-95, -87, -78, -67)
"""Each reached is one more bar: about the edge of reach, another room, the same room, two metres."""
LAST_DIGITS = 4
BY_ITSELF = "It has a place, and is connected by itself while a session runs."
JOINED = {LinkState.CONNECTED, LinkState.STREAMING}


class RowState(StrEnum):
    """What is going on with one sensor."""

    STREAMING = "streaming"
    CONNECTING = "connecting"
    RECONNECTING = "reconnecting"
    LET_GO = "let_go"
    SEEN = "seen"
    NOT_HEARD = "not_heard"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardSensor:
    """A sensor that was heard just now."""

    address: str
    name: str
    title: str
    rssi_dbm: int | None
    at_s: float
    """On a clock that only runs forward."""
    remarks: tuple[str, ...] = ()
    """What a wearer should know of sensors of this kind, a sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SensorRow:
    """One line of the list."""

    address: str
    name: str
    kind: str
    state: RowState
    state_words: str
    signal: str
    bars: int | None
    """0 to 4; None = not known."""
    battery_percent: int | None
    role: Role
    beside_thigh: bool = False
    """It has a place, and is not the thigh sensor that is measured."""
    primary: bool = False
    """The one Connect that stands out."""
    remarks: tuple[str, ...] = ()
    """What a wearer should know of its kind."""

    @property
    def battery(self) -> str:
        """84 %, or that it is not known."""
        return "unknown" if self.battery_percent is None else f"{self.battery_percent} %"

    @property
    def battery_low(self) -> bool:
        """Soon to be charged."""
        return self.battery_percent is not None and self.battery_percent < LOW_BATTERY_PERCENT

    @property
    def joined(self) -> bool:
        """Connected, or on the way."""
        return self.state in {RowState.STREAMING, RowState.CONNECTING, RowState.RECONNECTING}

    @property
    def not_to_join(self) -> str:
        """Why it cannot be connected; empty = it can."""
        return BY_ITSELF if self.beside_thigh else ""

    @property
    def sentence(self) -> str:
        """All of it, for somebody who does not see it."""
        signal = f"signal {self.signal}"
        now = f"{self.name}, {self.kind}: {self.state_words}, {signal}, battery {self.battery}, {self.role.value}."
        return " ".join((now, *self.remarks))


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The search that is going on, or went on."""

    running: bool = False
    passed_s: float = 0.0
    finished: bool = False
    """It went on to its end."""
    trouble: str = ""
    """Why Bluetooth cannot be used, and what to do; empty = it can."""

    @property
    def words(self) -> str:
        """Searching, 8 s left."""
        return f"Searching, {max(0.0, SEARCH_S - self.passed_s):.0f} s left" if self.running else ""


def short_name(name: str, address: str) -> str:
    """A name and the last four of the address, which tell two of a kind apart."""
    last = "".join(letter for letter in address if letter.isalnum())[-LAST_DIGITS:].upper()
    shown = "Sensor" if name.casefold() == address.casefold() else name
    return shown if not last or shown.upper().endswith(last) else f"{shown} {last}"


def bars_of(rssi_dbm: int | None) -> int | None:
    """Signal bars."""
    return None if rssi_dbm is None else sum(rssi_dbm >= least for least in BARS_DBM)


def sensor_rows(
    glance: Glance, heard: Sequence[HeardSensor], wearing: Wearing, now_s: float, *, let_go: bool = False
) -> tuple[SensorRow, ...]:
    """Connected first, then those that have a role, then by signal."""
    by_address = {sensor.address: sensor for sensor in heard}
    known = [sensor for sensor in (glance.link.sensor, wearing.thigh, *wearing.places().values()) if sensor]
    rows = [
        _row(glance, by_address.get(address), address, wearing, now_s, let_go=let_go)
        for address in dict.fromkeys([*known, *by_address])
    ]
    rows.sort(key=lambda row: _order(row, by_address.get(row.address)))
    return _with_primary(rows, wearing)


def _order(row: SensorRow, heard: HeardSensor | None) -> tuple[bool, bool, int]:
    return not row.joined, row.role is Role.NONE, -(heard.rssi_dbm if heard and heard.rssi_dbm is not None else -127)


def _row(
    glance: Glance, heard: HeardSensor | None, address: str, wearing: Wearing, now_s: float, *, let_go: bool
) -> SensorRow:
    state = _state(glance, heard, address, now_s, let_go=let_go)
    streaming = state is RowState.STREAMING
    fresh = heard is not None and state is not RowState.NOT_HEARD and not streaming
    rssi = heard.rssi_dbm if heard is not None and fresh else None
    return SensorRow(
        address=address,
        name=short_name(heard.name if heard else "Sensor", address),
        kind=_kind(heard.title) if heard else "Known from before",
        state=state,
        state_words=_state_words(state, _rate_hz(glance, address), heard, now_s),
        signal="unknown" if rssi is None else f"\N{MINUS SIGN}{abs(rssi)} dBm",
        bars=bars_of(rssi),
        battery_percent=_battery_percent(glance, address),
        role=wearing.role_of(address),
        beside_thigh=address in {wearing.settings.pelvis_sensor, wearing.settings.other_thigh_sensor},
        remarks=heard.remarks if heard else (),
    )


def _kind(title: str) -> str:
    """Without what stands in brackets."""
    short = title.partition(" (")[0]
    return short[:1].upper() + short[1:]


def _state(glance: Glance, heard: HeardSensor | None, address: str, now_s: float, *, let_go: bool) -> RowState:
    link = _link(glance, address)
    if link.state is not None and link.state is not LinkState.ENDED:
        if let_go:
            return RowState.LET_GO
        if link.state in JOINED:
            return RowState.STREAMING
        if link.state is LinkState.CONNECTING:
            return RowState.CONNECTING
        return RowState.RECONNECTING
    away = heard is None or now_s - heard.at_s > LOST_AFTER_S
    return RowState.NOT_HEARD if away else RowState.SEEN


def _beside(glance: Glance, address: str) -> BesideNow | None:
    return next((one for one in glance.beside if one.sensor == address), None)


def _link(glance: Glance, address: str) -> LinkNow:
    beside = _beside(glance, address)
    if beside is not None:
        return beside.link
    return glance.link if address == glance.link.sensor else LinkNow(state=None, sentence="")


def _rate_hz(glance: Glance, address: str) -> float:
    """0 where nothing comes."""
    beside = _beside(glance, address)
    if beside is not None:
        return beside.rate_hz if beside.here else 0.0
    return glance.stream.rate_hz if glance.stream.flow is Flow.FLOWING else 0.0


def _battery_percent(glance: Glance, address: str) -> int | None:
    beside = _beside(glance, address)
    if beside is not None:
        return beside.battery_percent
    return glance.stream.battery_percent if address == glance.link.sensor else None


def _state_words(state: RowState, rate_hz: float, heard: HeardSensor | None, now_s: float) -> str:
    if state is RowState.STREAMING:
        return f"connected, {rate_hz:.0f} Hz" if rate_hz > 0 else "connected"
    if state is RowState.SEEN and heard is not None:
        return f"seen {max(0.0, now_s - heard.at_s):.0f} s ago"
    return {
        RowState.CONNECTING: "connecting",
        RowState.RECONNECTING: "reconnecting by itself",
        RowState.LET_GO: "let go, not measuring",
    }.get(state, "not heard")


def _with_primary(rows: Sequence[SensorRow], wearing: Wearing) -> tuple[SensorRow, ...]:
    """One Connect stands out: the thigh's own sensor, or the nearest one; none while one is connected."""
    if any(row.joined for row in rows):
        return tuple(rows)
    can = [row for row in rows if not row.beside_thigh and row.state in {RowState.SEEN, RowState.LET_GO}]
    own = [row for row in can if row.address == wearing.thigh]
    first = next(iter([*own, *can]), None)
    return tuple(replace(row, primary=row is first) for row in rows)
