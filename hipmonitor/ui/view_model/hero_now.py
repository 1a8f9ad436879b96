"""The large part of the Now view in words: the number, its zone, what the wearer does, and the hip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.hip import HipMethod
from hipmonitor.ui.view_model.durations import clock_time, short
from hipmonitor.ui.view_model.glance import Glance, Situation
from hipmonitor.ui.view_model.posture_now import HipNow
from hipmonitor.ui.view_model.state_line import NO_SENSOR_YET
from hipmonitor.ui.view_model.stream_now import GAP_AFTER_S, Flow
from hipmonitor.ui.view_model.zone import Zone


class NumberKind(StrEnum):
    """How the number is shown."""

    SURE = "sure"
    ROUGH = "rough"
    """Not calibrated: a tilde, and in the second ink."""
    DASHES = "dashes"
    SMALL = "small"
    """While lying the thigh's angle says little."""
    NONE = "none"


NOT_CALIBRATED = "not calibrated"
WAKE_IT = "Wake the sensor with a short shake, and keep it near."
FIRST_DATA = "It was found; the first data follow."
BEFORE = {Situation.EMPTY: NO_SENSOR_YET, Situation.CONNECTING: FIRST_DATA}
SPREAD = frozenset({NumberKind.SURE, NumberKind.ROUGH})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeroNow:
    """Every text of it."""

    title: str
    kind: NumberKind
    number: str
    spread: str
    zone: Zone
    zone_words: str
    below: str
    """Distance to the limit and who set it, or the last value."""
    activity: ActivityKind | None
    activity_words: str
    activity_for: str
    hip_words: str
    hip_value: str
    hip_reason: str
    sides: str = ""
    """Left against right; empty where one thigh carries a sensor."""

    @property
    def sentence(self) -> str:
        """All of it, for somebody who does not see it."""
        parts = (
            f"{self.title} {self.number} {self.spread}".strip(),
            self.zone_words,
            self.below,
            f"{self.activity_words} {self.activity_for}".strip(),
            f"{self.hip_words} {self.hip_value}".strip(),
            self.hip_reason,
            self.sides,
        )
        return ". ".join(part for part in parts if part) + "."


def hero_now(glance: Glance, *, hip_large: bool = False) -> HeroNow:
    """The texts of a moment; with the hip as the large number where it is wanted, and measured."""
    hero = _thigh_hero(glance)
    hip = glance.hip
    measured = hip.method is HipMethod.MEASURED and hip.flexion_deg is not None and hip.sd_deg is not None
    if not (hip_large and measured and hero.kind is NumberKind.SURE):
        return hero
    number, _, spread = hero.hip_value.partition(" ")
    thigh = f"{hero.number} {hero.spread}".strip()
    return replace(hero, title="Hip angle, measured", number=number, spread=spread, hip_words="Thigh", hip_value=thigh)


def _thigh_hero(glance: Glance) -> HeroNow:
    kind = _number_kind(glance)
    hip_words, hip_value = _hip(glance.hip)
    activity_words, activity_for = _activity(glance)
    silent, before = glance.stream.flow in {Flow.NO_DATA, Flow.GAP}, glance.stream.flow is Flow.NONE_YET
    return HeroNow(
        title="Thigh angle",
        kind=kind,
        number="" if kind is NumberKind.DASHES else glance.angle.number,
        spread=glance.angle.spread.removesuffix(f", {NOT_CALIBRATED}") if kind in SPREAD else "",
        zone=glance.angle.zone if kind is NumberKind.SURE else Zone.UNKNOWN,
        zone_words=_zone_words(glance, kind),
        below=_below(glance, kind),
        activity=None if _is_over(glance) else glance.activity.kind,
        activity_words=activity_words,
        activity_for=activity_for,
        hip_words="" if before else "Hip" if silent else hip_words,
        hip_value="" if before else "not shown without data" if silent else hip_value,
        hip_reason="" if before else "Missing time is counted as missing." if silent else _sentence(glance.hip.reason),
        sides="" if glance.sides is None else glance.sides.text,
    )


def _number_kind(glance: Glance) -> NumberKind:
    if glance.activity.kind is ActivityKind.NOT_WORN:
        return NumberKind.NONE
    if glance.angle.shown_deg is None:
        return NumberKind.DASHES
    if not glance.angle.calibrated:
        return NumberKind.ROUGH
    return NumberKind.SMALL if glance.activity.kind is ActivityKind.LIE else NumberKind.SURE


def _zone_words(glance: Glance, kind: NumberKind) -> str:
    words = {NumberKind.ROUGH: "Not calibrated", NumberKind.SMALL: "While lying", NumberKind.NONE: "Nothing is counted"}
    before = {
        Situation.EMPTY: "No sensor yet",
        Situation.SEARCHING: "Searching",
        Situation.CONNECTING: "Connecting",
    }
    return before.get(glance.situation) or words.get(kind, glance.angle.zone.words)


def _below(glance: Glance, kind: NumberKind) -> str:
    angle = glance.angle
    if kind is NumberKind.DASHES and angle.last_deg is not None and angle.at is not None:
        when = clock_time(angle.at, glance.utc_offset_s, seconds=True)
        return f"Last value {angle.last_deg:.0f}° {angle.spread} at {when}"
    if glance.stream.flow is Flow.NONE_YET:
        return BEFORE.get(glance.situation, WAKE_IT)
    if kind is NumberKind.ROUGH:
        return "No limit is compared with it yet"
    return angle.from_limit if kind is NumberKind.SURE else ""


def _is_over(glance: Glance) -> bool:
    """The session has ended, and its last value does not stand any more."""
    return glance.stream.flow is Flow.ENDED and glance.stream.silent_s > GAP_AFTER_S


def _activity(glance: Glance) -> tuple[str, str]:
    stream, activity = glance.stream, glance.activity
    if _is_over(glance):
        return "Ended", f"{short(stream.silent_s)} ago"
    if stream.flow in {Flow.NO_DATA, Flow.GAP}:
        return "No data", short(stream.silent_s)
    if activity.kind is None:
        return ("Activity follows", "") if stream.flow is Flow.FLOWING else ("", "")
    return activity.word, short(activity.for_s)


def _hip(hip: HipNow) -> tuple[str, str]:
    if hip.flexion_deg is None or hip.sd_deg is None:
        return "Hip", "no number right now"
    name = "measured" if hip.method is HipMethod.MEASURED else "estimate"
    return f"Hip, {name}", f"{hip.flexion_deg:.0f}° ± {hip.sd_deg:.0f}°"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
