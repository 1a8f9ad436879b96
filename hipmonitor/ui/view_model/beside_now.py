"""Sensors beside the thigh's: which are there, how their data come in, and what the other thigh does."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from hipmonitor.core.inbound import LinkChange, LinkState
from hipmonitor.core.instants import NS_PER_S, HostNs, seconds_between
from hipmonitor.core.pipeline import Products
from hipmonitor.core.samples import Doubt
from hipmonitor.core.settings import Settings
from hipmonitor.core.thigh import ThighBlock
from hipmonitor.core.wire import BatteryLevel, ImuPackets
from hipmonitor.ui.view_model.stream_now import GAP_AFTER_S, WINDOW_S, LinkNow

OTHER_SIDE = {"left": "right", "right": "left"}
OLD_AFTER_S = 1.5
"""The other thigh's angle stands so long: its packets come less regularly than the thigh's are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideNow:
    """One sensor beside the thigh's."""

    sensor: str
    place: str
    """pelvis, left thigh, right thigh, other thigh."""
    link: LinkNow
    rate_hz: float
    battery_percent: int | None
    here: bool
    """Data come."""
    doubt: Doubt = Doubt.NONE

    @property
    def away(self) -> bool:
        """It has a link, and nothing comes."""
        return not self.here and self.link.state is not None

    @property
    def text(self) -> str:
        """Pelvis 100 Hz, or that nothing comes."""
        return f"{self.place} {self.rate_hz:.0f} Hz" if self.here else f"{self.place}: no data"


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesNow:
    """Both thighs' flexion at the same moment."""

    own: str
    other: str
    own_deg: float
    other_deg: float

    @property
    def text(self) -> str:
        """Left thigh 84°, right 71°: left 13° more."""
        apart = round(self.own_deg) - round(self.other_deg)
        more = self.own if apart > 0 else self.other
        apart_words = f"{more} {abs(apart)}° more" if apart else "alike"
        own, other = (f"{name} {round(deg)}°" for name, deg in ((self.own, self.own_deg), (self.other, self.other_deg)))
        return f"Thighs: {own}, {other}; {apart_words}".replace("-", "\N{MINUS SIGN}")


@dataclass(slots=True, kw_only=True)
class _Heard:
    """What came of one sensor."""

    link: LinkNow = field(default_factory=lambda: LinkNow(state=None, sentence=""))
    packets: deque[tuple[int, int]] = field(default_factory=deque)
    """(arrival ns, samples) of the last ten seconds."""
    battery_percent: int | None = None
    doubt: Doubt = Doubt.NONE


class BesideTracker:
    """Follows links, packets and batteries of the sensors that the settings place beside the thigh's."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._heard: dict[str, _Heard] = {}
        self._other: tuple[HostNs, float] | None = None
        self._own_side, self._other_side = "own", "other"

    def place(self, settings: Settings) -> None:
        """Who sits where from now on."""
        other = OTHER_SIDE.get(settings.side, "other")
        places = {settings.pelvis_sensor: "pelvis", settings.other_thigh_sensor: f"{other} thigh"}
        self._places = {sensor: place for sensor, place in places.items() if sensor}
        self._heard = {sensor: self._heard.get(sensor, _Heard()) for sensor in self._places}
        self._own_side, self._other_side = (settings.side, other) if other != "other" else ("own", "other")
        if not settings.other_thigh_sensor:
            self._other = None

    def take_links(self, links: Sequence[LinkChange]) -> list[LinkChange]:
        """Keeps what these sensors' links told; hands back the others."""
        for change in links:
            heard = self._heard.get(change.sensor)
            if heard is not None and change.state is not LinkState.OVERFLOW:
                heard.link = LinkNow(state=change.state, sentence=change.detail, sensor=change.sensor)
                if change.state is LinkState.STREAMING:
                    heard.packets.clear()  # the rate is of this stream
        return [change for change in links if change.sensor not in self._heard]

    def take(self, piece: Products) -> None:
        """One piece of the stream."""
        for item in piece.decoded_beside:
            heard = self._heard.get(item.sensor)
            if heard is not None and isinstance(item, ImuPackets):
                heard.packets.extend(zip(item.at_ns.tolist(), item.count.tolist(), strict=True))
                while heard.packets[0][0] < heard.packets[-1][0] - WINDOW_S * NS_PER_S:
                    heard.packets.popleft()
            elif heard is not None and isinstance(item, BatteryLevel):
                heard.battery_percent = item.percent
        for sensor, doubt in piece.doubts_beside:
            if sensor in self._heard:
                self._heard[sensor].doubt = doubt.kind
        for block in piece.other_thigh:
            self._take_other(block)

    def _take_other(self, block: ThighBlock) -> None:
        good = np.flatnonzero(block.trusted & np.isfinite(block.thigh_flexion_deg))
        if len(good):
            self._other = (HostNs(int(block.t_ns[good[-1]])), float(block.thigh_flexion_deg[good[-1]]))

    def sensors(self, now: HostNs) -> tuple[BesideNow, ...]:
        """All that have a place, whether or not they are there."""
        return tuple(self._now(sensor, place, now) for sensor, place in self._places.items())

    def _now(self, sensor: str, place: str, now: HostNs) -> BesideNow:
        heard = self._heard[sensor]
        packets = heard.packets
        here = bool(packets) and seconds_between(HostNs(packets[-1][0]), now) <= GAP_AFTER_S
        passed_s = (packets[-1][0] - packets[0][0]) / NS_PER_S if packets else 0.0
        came = sum(samples for _, samples in list(packets)[1:])
        return BesideNow(
            sensor=sensor,
            place=place,
            link=heard.link,
            rate_hz=came / passed_s if passed_s else 0.0,
            battery_percent=heard.battery_percent,
            here=here and heard.link.state is not LinkState.ENDED,
            doubt=heard.doubt,
        )

    def sides(self, now: HostNs, own_deg: float | None) -> SidesNow | None:
        """Both thighs, where both are known right now."""
        if self._other is None or own_deg is None or seconds_between(self._other[0], now) > OLD_AFTER_S:
            return None
        return SidesNow(own=self._own_side, other=self._other_side, own_deg=own_deg, other_deg=self._other[1])


def away_sentence(beside: Sequence[BesideNow]) -> str:
    """What it means that one is not there; empty where all are."""
    away = next((one for one in beside if one.away), None)
    if away is None:
        return ""
    seen = {LinkState.SEARCHING, LinkState.LOST}
    why = "is out of reach" if away.link.state in seen else "sends nothing right now"
    if away.link.state is LinkState.ENDED:
        why = "has ended"
    if away.place == "pelvis":
        return f"The pelvis sensor {why}: until it is back the hip angle is an estimate. All else goes on."
    return f"The {away.place} sensor {why}: until it is back there is one thigh only. All else goes on."
