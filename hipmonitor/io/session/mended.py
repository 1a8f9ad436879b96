"""What older versions wrote and nobody can mean: left out where no result rests on it, and told."""

from __future__ import annotations

from dataclasses import dataclass, field

from hipmonitor.core.settings import is_date
from hipmonitor.io.session.fields import Plain


@dataclass(slots=True)
class Mended:
    """What was left out of one recording."""

    impossible_days: dict[str, None] = field(default_factory=dict)
    """On which limits are said to have been set."""

    @property
    def sentence(self) -> str:
        """For a person; empty where nothing was."""
        if not self.impossible_days:
            return ""
        days = ", ".join(map(repr, self.impossible_days))
        return f"the limits are said to be set on {days}, which is no day: when is left out"

    def action(self, fields: dict[str, Plain]) -> dict[str, Plain]:
        """The fields of an action; of settings without a day that never was. It changes no figure."""
        settings = fields.get("settings")
        day = settings.get("set_on") if isinstance(settings, dict) else None
        if not isinstance(settings, dict) or not isinstance(day, str) or not day or is_date(day):
            return fields
        self.impossible_days[day] = None
        return {**fields, "settings": {**settings, "set_on": ""}}
