"""Alerts and what followed, counted over the period. Always as lived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from hipmonitor.core.alerts import AlertKind, AlertLevel, Hold
from hipmonitor.core.days import FollowedAlert
from hipmonitor.io.history import DayRecord
from hipmonitor.ui.report.period import Period
from hipmonitor.ui.report.summaries import Row, unbroken
from hipmonitor.ui.view_model.durations import h_min

SOON_S: Final = 120
LATE_S: Final = 600
KIND_WORDS: Final = {
    AlertKind.SITTING: "sitting",
    AlertKind.DEEP_FLEXION: "above the limit",
    AlertKind.DEEP_BENDS: "deep bends",
    AlertKind.DAY_SITTING: "sitting that day",
    AlertKind.DAY_DEEP: "above the limit that day",
    AlertKind.LOW_SEAT: "low seat",
    AlertKind.CROSSED_LEGS: "legs crossed",
    AlertKind.KNEE_IN: "knee turned in",
    AlertKind.LEANING: "leaning forward",
}
KEPT_WORDS: Final = {
    Hold.QUIET: "quiet asked for",
    Hold.OUTSIDE_HOURS: "outside working hours",
    Hold.TRACK: "tracking only",
    Hold.REST_OF_DAY: "a sign for a clinician was entered",
}


def alerts_told(record: DayRecord) -> int:
    """Alerts of a day that the wearer was to hear of; notices, nudges and reminders are not counted."""
    return len(_told([record.followed for record in record.alerts]))


def _told(alerts: Sequence[FollowedAlert]) -> list[FollowedAlert]:
    return [a for a in alerts if a.alert.told and a.alert.level is AlertLevel.ALERT]


def alerts_followed(period: Period) -> Iterator[Row]:
    """What was told, what the wearer did, what was kept and what was held back."""
    alerts = [kept.followed for record in period.records for kept in record.alerts]
    told = _told(alerts)
    yield Row(name="Alerts shown", value=str(len(told)), note=_kinds(told), strong=True)
    if told:
        yield from _what_followed(told)
    early = sum(a.alert.told and a.alert.level in {AlertLevel.NOTICE, AlertLevel.NUDGE} for a in alerts)
    again = sum(a.alert.told and a.alert.level is AlertLevel.REMINDER for a in alerts)
    yield Row(name="Notices before, reminders after", value=f"{early}, {again}")
    yield from _kept(alerts)
    yield from _held(period)


def _kinds(told: Sequence[FollowedAlert]) -> str:
    counts = {kind: sum(a.alert.kind is kind for a in told) for kind in KIND_WORDS}
    return ", ".join(unbroken(f"{KIND_WORDS[kind]} {count}") for kind, count in counts.items() if count)


def _what_followed(told: Sequence[FollowedAlert]) -> Iterator[Row]:
    """Each alert in one row."""
    outcomes = [_outcome(alert) for alert in told]
    for words in OUTCOMES:
        if count := outcomes.count(words):
            yield Row(name=words, value=str(count), inner=True)
    waits = [a.stood_up_after_s for a in told if a.stood_up_after_s]  # 0: was up when it was told
    if waits:
        yield Row(name="Usual time from alert to standing", value=h_min(median(waits)))
    failed = sum(bool(a.told) and all(way.failed for way in a.told) for a in told)
    if failed:
        yield Row(name="Could be shown in no way", value=str(failed))


OUTCOMES: Final = (
    "stood up within two minutes",
    "stood up within ten minutes",
    "put off, then stood up",
    "stood up later",
    "no standing seen",
    "was up",
)


def _outcome(alert: FollowedAlert) -> str:
    stood_s = alert.stood_up_after_s
    if stood_s is None:
        return OUTCOMES[4]
    if stood_s == 0:
        return OUTCOMES[5]
    if any(answered.answer == "snooze" for _, answered in alert.answers):
        return OUTCOMES[2]
    return OUTCOMES[0] if stood_s <= SOON_S else OUTCOMES[1] if stood_s <= LATE_S else OUTCOMES[3]


def _kept(alerts: Sequence[FollowedAlert]) -> Iterator[Row]:
    kept = [a.alert for a in alerts if not a.alert.told and a.alert.level is AlertLevel.ALERT]
    counts = {words: sum(alert.not_told is hold for alert in kept) for hold, words in KEPT_WORDS.items()}
    if kept:
        note = ", ".join(unbroken(f"{words} {count}") for words, count in counts.items() if count)
        yield Row(name="Decided, not shown", value=str(len(kept)), note=note)


def _held(period: Period) -> Iterator[Row]:
    """Time in which nothing is told, whatever the timers say."""
    of = {
        "lying": sum(f.tally.lie_s for f in period.recorded),
        "sitting or lying": sum(f.tally.sedentary_s for f in period.recorded),
        "not known": sum(f.tally.unknown_s for f in period.recorded),
        "not worn": sum(f.tally.not_worn_s for f in period.recorded),
        "cycling": sum(f.tally.cycle_s for f in period.recorded),
    }
    note = ", ".join(unbroken(f"{words} {h_min(seconds)}") for words, seconds in of.items() if seconds)
    yield Row(name="Time with alerts on hold", value=h_min(sum(of.values())), note=note)
