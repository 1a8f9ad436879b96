"""How a set is told to somebody who does not look."""

from __future__ import annotations

from hipmonitor.core.settings import Settings

NEITHER = "Counting by sound and by vibration is off; Settings, Alerts has both."


def telling(settings: Settings) -> str:
    """One sentence."""
    wanted, volume = settings.exercise, settings.delivery.sound_volume_percent
    ways = (("sound", wanted.count_by_sound and volume > 0), ("vibration", wanted.count_by_vibration))
    on = [way for way, counts in ways if counts]
    return f"Counted by {' and by '.join(on)} as well: no need to look." if on else NEITHER
