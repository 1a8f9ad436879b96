"""Procedures that must not be given up halfway."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def to_its_end(procedure: Coroutine[Any, Any, T]) -> T:
    """Run a short procedure; a caller that is cancelled meanwhile ends after it, not in the middle of it.

    A controller command that is given up before its answer comes leaves bumble with the answer to the wrong question.
    """
    running = asyncio.ensure_future(procedure)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait((running,))
        raise
