"""A part of a day as JSON text and back; always the same text for the same part."""

from __future__ import annotations

import json
from functools import cache

from pydantic import TypeAdapter

from hipmonitor.core.days import DayPart


def part_text(part: DayPart) -> str:
    """Keys sorted: the order in which things were first seen does not show."""
    return json.dumps(_adapter().dump_python(part, mode="json"), sort_keys=True, separators=(",", ":"))


def part_from(text: str) -> DayPart:
    """The part."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[DayPart]:
    return TypeAdapter(DayPart)
