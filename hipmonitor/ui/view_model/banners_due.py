"""Which banners are due, the most important first: alerts, nudges, not recording, no data, low battery, calibrate (views 0)."""

from __future__ import annotations

from hipmonitor.core.alerts import Alert, AlertLevel
from hipmonitor.ui.view_model.alert_words import alert_evidence, alert_title
from hipmonitor.ui.view_model.banner import Banner, BannerKind, offers
from hipmonitor.ui.view_model.durations import short
from hipmonitor.ui.view_model.glance import RecordingNow, Situation
from hipmonitor.ui.view_model.state_line import Moment, state_line
from hipmonitor.ui.view_model.timer_now import CreditNow

LOW_BATTERY_PERCENT = 20
"""Views 3.1."""


def banners_due(
    situation: Situation, m: Moment, credit: CreditNow, recording: RecordingNow | None
) -> tuple[Banner, ...]:
    """One is shown; the others wait."""
    alerts = [alert for alert in m.open_alerts if alert.level > AlertLevel.NOTICE]
    up = situation is Situation.ALERT_UP
    told = [_of_break(alert, credit, m) for alert in alerts[:1]] if up else [_of_alert(alert, m) for alert in alerts]
    others = (
        _not_recording(recording),
        _no_data(situation, m),
        _low_battery(m),
        _calibrate(situation),
        _mended(recording),
    )
    return (*told, *(banner for banner in others if banner is not None))


def _of_break(alert: Alert, credit: CreditNow, m: Moment) -> Banner:
    """One break answers all of them."""
    title = f"{credit.text}." if credit.running else alert_title(alert, m.settings)
    return Banner(kind=BannerKind.CREDIT, title=title, evidence=state_line(Situation.ALERT_UP, m))


def _of_alert(alert: Alert, m: Moment) -> Banner:
    return Banner(
        kind=BannerKind.ALERT if alert.level >= AlertLevel.ALERT else BannerKind.NUDGE,
        title=alert_title(alert, m.settings),
        evidence=alert_evidence(alert, m.settings, m.utc_offset_s),
        alert=alert,
        offers=offers(alert, m.alerts.snoozes_left),
    )


def _not_recording(recording: RecordingNow | None) -> Banner | None:
    if recording is None or not recording.trouble:
        return None
    evidence = f"Measuring and alerts go on, recording when it can. {recording.trouble}"
    return Banner(kind=BannerKind.NOT_RECORDING, title="Not recording.", evidence=evidence)


def _mended(recording: RecordingNow | None) -> Banner | None:
    if recording is None or not recording.mended:
        return None
    earlier = f" {len(recording.mended)} in all." if recording.mended[1:] else ""
    return Banner(
        kind=BannerKind.MENDED,
        title="An earlier recording was looked after.",
        evidence=f"{recording.mended[-1]}{earlier}",
    )


def _no_data(situation: Situation, m: Moment) -> Banner | None:
    if situation is not Situation.NO_DATA:
        return None
    return Banner(kind=BannerKind.NO_DATA, title=f"No data for {short(m.stream.silent_s)}.", evidence=m.link.sentence)


def _low_battery(m: Moment) -> Banner | None:
    levels = [("thigh", m.stream.battery_percent), *((one.place, one.battery_percent) for one in m.beside)]
    low = [(percent, place) for place, percent in levels if percent is not None and percent < LOW_BATTERY_PERCENT]
    if not low:
        return None
    percent, place = min(low)
    title = f"The {place} sensor's battery is at {percent} %."
    return Banner(kind=BannerKind.LOW_BATTERY, title=title, evidence="Charge it tonight.")


def _calibrate(situation: Situation) -> Banner | None:
    if situation is not Situation.UNCALIBRATED:
        return None
    evidence = "Stand still, then sit still: about 40 seconds."
    return Banner(kind=BannerKind.CALIBRATE, title="Not calibrated yet.", evidence=evidence)
