"""Who set the limits, and when. Whoever changes a limit has set the limits, and confirmed them by that."""

from __future__ import annotations

import time
from dataclasses import replace

from hipmonitor.core.errors import SettingsError
from hipmonitor.core.settings import DeepFlexionLimit, Settings, SittingLimit
from hipmonitor.ui.view_model.live_view import limits_in_words

ME, PRESET, PHYSIO = "me", "preset", "my physio"
LIMITS = ("sitting.", "deep_flexion.")
AGAIN_AFTER_DAYS = 28
"""Who comes back after so long looks at the limits again."""


def today() -> str:
    """As it is written into the settings."""
    return time.strftime("%Y-%m-%d")


def set_by(settings: Settings, by: str, on: str) -> Settings:
    """These limits, set by this person on this day, and confirmed.

    Raises:
        SettingsError: the day is not one.
    """
    try:
        return replace(settings, set_by=by, set_on=on, confirmed=True)
    except ValueError as error:
        raise SettingsError(str(error)) from error


def everyday(settings: Settings, on: str, by: str = PRESET) -> Settings:
    """The presets, confirmed."""
    return set_by(replace(settings, sitting=SittingLimit(), deep_flexion=DeepFlexionLimit()), by, on)


def is_everyday(settings: Settings) -> bool:
    """Whether the limits are the presets, whoever set them."""
    return (settings.sitting, settings.deep_flexion) == (SittingLimit(), DeepFlexionLimit())


def limits_said(settings: Settings) -> str:
    """Who set which limits, and whether somebody has confirmed them."""
    limits = limits_in_words(settings)
    if not settings.confirmed:
        return f"{limits[:1].upper()}{limits[1:]}. Nobody has confirmed these limits yet."
    day = f" on {settings.set_on}" if settings.set_on else ""
    whose = "Preset, confirmed" if settings.set_by == PRESET else f"Set by {settings.set_by}"
    return f"{whose}{day}: {limits}."
