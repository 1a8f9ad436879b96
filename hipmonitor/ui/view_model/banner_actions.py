"""What can be done about a banner, the one thing to do last: what the alert offers, or another view."""

from __future__ import annotations

from dataclasses import dataclass

from hipmonitor.core.inbound import Action, Quiet, Snooze
from hipmonitor.ui.view_model.banner import Banner, BannerKind, Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerAction:
    """One button."""

    word: str
    icon: str = ""
    action: Action | None = None
    """Goes through the front door."""
    view: str = ""
    """Opens this view; the button is left out where there is none."""
    hides: bool = False
    """The banner leaves."""
    primary: bool = False
    """The one thing to do."""


LATER = BannerAction(word="Later", hides=True)
CALIBRATE = BannerAction(word="Calibrate", icon="calibrate", view="calibrate", primary=True)
SENSORS = BannerAction(word="Open Sensors", view="sensors", primary=True)
OF_KIND = {
    BannerKind.CALIBRATE: (LATER, CALIBRATE),
    BannerKind.NO_DATA: (SENSORS,),
    BannerKind.NOT_RECORDING: (LATER,),
    BannerKind.LOW_BATTERY: (LATER,),
    BannerKind.MENDED: (BannerAction(word="OK", hides=True, primary=True),),
}


def banner_actions(banner: Banner) -> tuple[BannerAction, ...]:
    """In the order in which they stand. A nudge is small: it can be put off or silenced, and leaves by itself."""
    offered = tuple(_of_offer(offer) for offer in banner.offers)
    if banner.kind is BannerKind.NUDGE:
        return tuple(action for action in offered if action.icon)
    return offered or OF_KIND.get(banner.kind, ())


def _of_offer(offer: Offer) -> BannerAction:
    """The first snooze says what it is; the others only how long."""
    action = offer.action
    if isinstance(action, Snooze):
        first = action.minutes == FIRST_SNOOZE_MIN
        words = offer.words if first or action.minutes is None else offer.words.removeprefix("Snooze ")
        return BannerAction(word=words, icon="snooze" if first else "", action=action)
    if isinstance(action, Quiet):
        return BannerAction(word=offer.words, icon="quiet", action=action)
    return BannerAction(word=offer.words, action=action, hides=True, primary=True)


FIRST_SNOOZE_MIN = 5.0
