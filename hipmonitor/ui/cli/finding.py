"""One line of `doctor`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is, and what to do where that is not enough."""

    what: str
    ok: bool
    found: str
    todo: str = ""
    names_things: bool = False
    """`todo` may name files, settings or persons: it is left out of what goes to support."""
