"""What the lengths of sitting bouts are called."""

from __future__ import annotations

BOUT_NAMES = ("under 10 min", "10 to 30 min", "30 to 60 min", "1 to 2 h", "2 to 4 h", "over 4 h")
"""In the order of `core.days`' bins."""
