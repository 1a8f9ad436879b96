"""What people write in TOML: read, and what is wrong with it said as key and remedy."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from pydantic_core import ErrorDetails

from hipmonitor.core.errors import SettingsError


def parse_toml(text: str, source: str) -> dict[str, Any]:
    """The document; `source` names it in messages.

    Raises:
        SettingsError: it is no TOML.
    """
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"{source}: is not valid TOML ({error}); correct that line") from error


def problem(details: ErrorDetails) -> str:
    """What is wrong with one value: its key, what it is, and what to give."""
    key = ".".join(str(part) for part in details["loc"])
    cause = details.get("ctx", {}).get("error")
    if isinstance(cause, ValueError):  # The dataclass itself refused; its message begins with the field's name.
        return f"{key}.{cause}" if key else str(cause)
    if details["type"] == "missing":
        return f"{key} is missing; give it"
    return f"{key} is {json.dumps(details['input'], default=str)}; {_remedy(details['msg'])}"


def _remedy(message: str) -> str:
    return message.replace("Input should be", "give").replace("an object", "a table")
