"""Notes that stand under results."""

from __future__ import annotations

from hipmonitor.ui.kept.notes import NOT_MEDICAL

__all__ = ["NOT_MEDICAL"]
