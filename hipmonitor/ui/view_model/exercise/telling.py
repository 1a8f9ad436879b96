"""How a set is told to somebody who does not look."""

from __future__ import annotations

from hipmonitor.core.settings import Settings

NEITHER = "Nothing counts aloud: sound and vibration are off in Settings, Alerts."


def telling(settings: Settings) -> str:
    """One sentence."""
    ways = [word for word, on in (("sound", settings.delivery.sound), ("vibration", settings.delivery.vibration)) if on]
    if not ways:
        return NEITHER
    return f"Counted by {' and by '.join(ways)} as well: no need to look."
