"""What an alert says (tokens 9): a title, what is; and one thing to do, or what it rests on. The same in every view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import radians, sin

from hipmonitor.core.alerts import Alert, AlertKind, AlertLevel
from hipmonitor.core.settings import Settings
from hipmonitor.ui.view_model.durations import clock_time, exact, short, spoken
from hipmonitor.ui.view_model.thigh_now import whose_limit

THIGH_CM = 42.0
"""Hip to knee where it was not given: 0.245 of the body's height (Drillis and Contini 1966), of 1.71 m. Between 1.55 and 1.90 m
it is 38 to 47, and the centimetres told differ by a tenth."""


def alert_title(alert: Alert, settings: Settings) -> str:
    """What is."""
    return TITLES[alert.kind](alert, settings)


def alert_evidence(alert: Alert, settings: Settings, utc_offset_s: int) -> str:
    """One thing to do, or what it rests on."""
    return EVIDENCE[alert.kind](alert, settings, utc_offset_s)


def a_break(seconds: float) -> str:
    """How long a break lasts, in a sentence."""
    return "a minute" if seconds == 60 else exact(seconds).replace(" s", " seconds").replace(" min", " minutes")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _for(alert: Alert) -> str:
    return spoken(alert.evidence.minutes * 60)


def _next_reminder(alert: Alert) -> str:
    return f"Next reminder in {short(alert.reminder_min * 60)}."


def _above(settings: Settings) -> str:
    return f"above {settings.deep_flexion.thigh_limit_deg:g}°"


def _sitting_title(alert: Alert, _settings: Settings) -> str:
    return {
        AlertLevel.NOTICE: f"Sitting for {_for(alert)}.",
        AlertLevel.NUDGE: f"{_capital(spoken(alert.left_min * 60))} until your sitting limit.",
        AlertLevel.ALERT: f"{_capital(_for(alert))} of sitting.",
        AlertLevel.REMINDER: f"Still sitting: {_for(alert)} now.",
    }[alert.level]


def _sitting_evidence(alert: Alert, settings: Settings, _utc_offset_s: int) -> str:
    return {
        AlertLevel.NOTICE: f"{_capital(a_break(settings.sitting.break_s))} standing any time now resets the timer.",
        AlertLevel.NUDGE: "A good moment to get up.",
        AlertLevel.ALERT: "A short walk resets the timer.",
        AlertLevel.REMINDER: f"A short walk resets the timer. {_next_reminder(alert)}",
    }[alert.level]


def _deep_title(alert: Alert, settings: Settings) -> str:
    return {
        AlertLevel.NOTICE: f"Thigh {_above(settings)} for {_for(alert)}.",
        AlertLevel.NUDGE: f"{_capital(spoken(alert.left_min * 60))} until your limit of time {_above(settings)}.",
        AlertLevel.ALERT: f"Time to stand up for {a_break(settings.deep_flexion.break_s)}.",
        AlertLevel.REMINDER: f"Still {_above(settings)}.",
    }[alert.level]


def _deep_evidence(alert: Alert, settings: Settings, utc_offset_s: int) -> str:
    if alert.level is AlertLevel.REMINDER:
        return f"Lowering the knees or a higher seat helps too. {_next_reminder(alert)}"
    if alert.level is not AlertLevel.ALERT:
        return "Lowering the knees or standing up helps."
    e = alert.evidence
    since = clock_time(e.since, utc_offset_s)
    return f"Thigh {_above(settings)} since {since}, mean {e.mean_deg:.0f}°, highest {e.highest_deg:.0f}°."


def _bends_evidence(alert: Alert, settings: Settings, _utc_offset_s: int) -> str:
    limit = _capital(whose_limit(settings))
    return f"{limit} is {alert.limit_bends} in an hour. A lunge on the other leg bends this one less."


def _budget(alert: Alert, settings: Settings, _utc_offset_s: int) -> str:
    away = "reached" if alert.level >= AlertLevel.ALERT else f"{short(alert.left_min * 60)} away"
    return f"{_capital(whose_limit(settings))}, {short(alert.limit_min * 60)} a day, is {away}."


def _seat_title(alert: Alert, settings: Settings) -> str:
    if settings.deep_flexion.thigh_limit_deg != LEVEL_DEG:
        return f"This seat keeps the thigh {_above(settings)}."
    return f"Your knees are about {seat_cm(alert.evidence.mean_deg, LEVEL_DEG, settings)} cm above your hips."


def _seat_evidence(alert: Alert, settings: Settings, _utc_offset_s: int) -> str:
    limit_deg = settings.deep_flexion.thigh_limit_deg
    raised = seat_cm(alert.evidence.mean_deg, limit_deg, settings)
    return f"Raising the seat by about {raised} cm brings the thigh below {limit_deg:g}°."


def seat_cm(mean_deg: float, limit_deg: float, settings: Settings) -> int:
    """How much higher a seat brings the thigh from its mean down to the limit, the feet staying where they are."""
    above_hip = (sin(radians(degrees - LEVEL_DEG)) for degrees in (mean_deg, limit_deg))
    return max(1, round((settings.seat.thigh_length_cm or THIGH_CM) * (next(above_hip) - next(above_hip))))


LEVEL_DEG = 90.0
"""A level thigh: knees and hips at one height."""
TITLES: Mapping[AlertKind, Callable[[Alert, Settings], str]] = {
    AlertKind.SITTING: _sitting_title,
    AlertKind.DEEP_FLEXION: _deep_title,
    AlertKind.DEEP_BENDS: lambda alert, _s: f"{alert.evidence.bends} deep bends in {_for(alert)}.",
    AlertKind.DAY_SITTING: lambda alert, _s: f"{_capital(_for(alert))} of sitting today.",
    AlertKind.DAY_DEEP: lambda alert, settings: f"{_capital(_for(alert))} {_above(settings)} today.",
    AlertKind.LOW_SEAT: _seat_title,
    AlertKind.CROSSED_LEGS: lambda alert, _s: f"Legs crossed or one foot up for {_for(alert)}, it seems.",
    AlertKind.KNEE_IN: lambda alert, _s: f"Knee turned in for {_for(alert)}, it seems.",
    AlertKind.LEANING: lambda alert, _s: f"Leaning forward for {_for(alert)}.",
}
EVIDENCE: Mapping[AlertKind, Callable[[Alert, Settings, int], str]] = {
    AlertKind.SITTING: _sitting_evidence,
    AlertKind.DEEP_FLEXION: _deep_evidence,
    AlertKind.DEEP_BENDS: _bends_evidence,
    AlertKind.DAY_SITTING: _budget,
    AlertKind.DAY_DEEP: _budget,
    AlertKind.LOW_SEAT: _seat_evidence,
    AlertKind.CROSSED_LEGS: lambda _a, _s, _utc_offset_s: "Both feet on the floor, hip-width apart, ease this hip.",
    AlertKind.KNEE_IN: lambda _a, _s, _utc_offset_s: "Letting the knee point over the foot eases this hip.",
    AlertKind.LEANING: lambda _a, _s, _utc_offset_s: "Leaning back bends the hip less.",
}
