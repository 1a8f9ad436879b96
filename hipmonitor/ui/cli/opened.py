"""The first thing a command with a window does: put something on the screen, before numpy and the radio are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hipmonitor.ui.cli.exits import say_on_stderr
from hipmonitor.ui.dashboard.screen import NO_SCREEN, why_no_window

if TYPE_CHECKING:
    from hipmonitor.ui.dashboard.opening import Opening


def opened(*, wanted: bool) -> Opening | None:
    """The opening picture, or None where there is no window: not wanted, no screen, or Qt cannot be loaded here."""
    if not wanted:
        return None
    reason = why_no_window()
    if reason:
        if reason != NO_SCREEN:
            say_on_stderr(f"No window: {reason} The terminal view is shown instead.")
        return None
    try:
        from hipmonitor.ui.dashboard.kept_choices import read  # noqa: PLC0415 - Qt is loaded only for a window
        from hipmonitor.ui.dashboard.opening import Opening, application  # noqa: PLC0415
    except ImportError as error:  # A library of the system is missing: the terminal view needs none.
        say_on_stderr(f"No window: {error}. The terminal view is shown instead.")
        return None
    application()
    opening = Opening(read())
    opening.show_at_once()
    return opening
