"""What can be done about a banner, the one thing to do last."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.inbound import Action, Answered, Quiet, Snooze
from hipmonitor.ui.view_model.banner import Banner, BannerKind

QUIET_MIN = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerAction:
    """One button."""

    name: str
    word: str
    icon: str = ""
    action: Action | None = None
    """Goes through the front door."""
    view: str = ""
    """Opens this view; the button is left out where there is none."""
    hides: bool = False
    """The banner leaves."""


LATER = BannerAction(name="later", word="Later", hides=True)
CALIBRATE = BannerAction(name="calibrate", word="Calibrate", icon="calibrate", view="calibrate")
SENSORS = BannerAction(name="sensors", word="Open Sensors", view="sensors")


def banner_actions(banner: Banner) -> tuple[BannerAction, ...]:
    """In the order in which they stand."""
    if banner.kind is BannerKind.CALIBRATE:
        return LATER, CALIBRATE
    if banner.kind in {BannerKind.NO_DATA, BannerKind.LOW_BATTERY}:
        return (SENSORS,) if banner.kind is BannerKind.NO_DATA else (LATER,)
    if banner.kind is BannerKind.CREDIT or banner.alert is None:
        return ()
    snooze = BannerAction(name="snooze 5", word="Snooze 5 min", icon="snooze", action=Snooze(minutes=5.0))
    quiet = BannerAction(name="quiet", word="Quiet 1 h", icon="quiet", action=Quiet(minutes=QUIET_MIN))
    if banner.kind is BannerKind.NUDGE:
        return snooze, quiet
    answer = Answered(alert_at=banner.alert.at, alert_kind=banner.alert.kind.value, answer="stand")
    return (
        snooze,
        BannerAction(name="snooze 10", word="10 min", action=Snooze(minutes=10.0)),
        BannerAction(name="until I stand", word="Until I stand", action=Snooze(minutes=None)),
        quiet,
        BannerAction(name="stand", word="I'll stand up", action=answer, hides=True),
    )
