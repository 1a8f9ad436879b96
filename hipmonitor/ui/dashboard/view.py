"""What the window asks of a view. A view overrides what it has something to say to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hipmonitor.core.instants import HostNs
from hipmonitor.ui.dashboard.feed import Feed
from hipmonitor.ui.view_model import Glance


class View(QWidget):
    """Fills the content. As it stands here it shows nothing, and nothing of it moves."""

    @property
    def buttons(self) -> Sequence[QWidget]:
        """At the right of the top bar."""
        return ()

    @property
    def state_line(self) -> str | None:
        """Its own sentence; None = the session's."""
        return None

    def watch(self, feed: Feed | None) -> None:
        """Another session, or none."""

    def look(self, glance: Glance) -> None:
        """Ten times a second, while it is shown."""

    def frame(self, now: HostNs, seconds: float) -> None:
        """Thirty times a second, while it is shown; `seconds` since the frame before."""

    def fit(self, width: int, height: int) -> int:
        """The content has this size now; how high the view wants to be. More than `height` scrolls."""
        return height

    def press(self, key: str) -> bool:
        """A key of this view, as Qt writes it ("Space", "M", "1"); whether it was one."""
        return False

    def finish(self) -> None:
        """The window closes: end what runs beside it."""
