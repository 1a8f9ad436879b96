"""Notes that stand under results."""

from __future__ import annotations

NOT_MEDICAL = "Not a medical device. Limits are set by you or your physio; it does not diagnose or treat anything."
