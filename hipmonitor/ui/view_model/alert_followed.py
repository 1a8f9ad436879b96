"""Alerts that are kept, in words: what each was about, and what followed."""

from __future__ import annotations

from hipmonitor.core.alerts import Alert, AlertKind, Hold
from hipmonitor.core.days import FollowedAlert
from hipmonitor.ui.view_model.durations import h_min

ALERT_WORDS = {
    AlertKind.SITTING: "Sitting for {minutes}",
    AlertKind.DEEP_FLEXION: "Above the limit for {minutes}",
    AlertKind.DEEP_BENDS: "{bends} deep bends in {minutes}",
    AlertKind.DAY_SITTING: "{minutes} of sitting that day",
    AlertKind.DAY_DEEP: "{minutes} above the limit that day",
    AlertKind.LOW_SEAT: "A seat above the limit",
    AlertKind.CROSSED_LEGS: "Thigh turned out or lifted",
    AlertKind.KNEE_IN: "Knee turned in",
    AlertKind.LEANING: "Leaning forward",
}
NOT_TOLD_WORDS = {
    Hold.QUIET: "kept: quiet time",
    Hold.OUTSIDE_HOURS: "kept: outside your hours",
    Hold.TRACK: "kept: tracking only",
    Hold.REST_OF_DAY: "kept: a sign for a clinician was entered",
}
ANSWER_WORDS = {
    "snooze": "put off",
    "quiet": "quiet asked for",
    "stand": "answered: standing up",
    "dismissed": "dismissed",
}


def alert_words(alert: Alert) -> str:
    """What it was about."""
    return ALERT_WORDS[alert.kind].format(minutes=h_min(alert.evidence.minutes * 60), bends=alert.evidence.bends)


def what_followed(followed: FollowedAlert) -> str:
    """Whether it was told, what was answered, and when the wearer stood up."""
    hold, stood = followed.alert.not_told, followed.stood_up_after_s
    parts = [] if hold is None else [NOT_TOLD_WORDS.get(hold, f"kept: {hold.value}")]
    parts += [ANSWER_WORDS[answered.answer] for _, answered in followed.answers]
    if stood is None:
        parts.append("no standing seen")
    else:
        parts.append(f"up {h_min(stood)} later" if stood else "was up")
    return "; ".join(parts)
