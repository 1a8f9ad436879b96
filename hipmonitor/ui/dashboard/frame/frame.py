"""What stands around the view that is open, how it is laid out, and how much room each part has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from hipmonitor.ui.dashboard.feed import SourceChoice
from hipmonitor.ui.dashboard.frame.banner_bar import BannerBar
from hipmonitor.ui.dashboard.frame.content import Content
from hipmonitor.ui.dashboard.frame.rail import Rail
from hipmonitor.ui.dashboard.frame.ribbon import Ribbon
from hipmonitor.ui.dashboard.frame.status_bar import StatusBar
from hipmonitor.ui.dashboard.frame.top_bar import TopBar
from hipmonitor.ui.dashboard.theme import Theme
from hipmonitor.ui.dashboard.view import View
from hipmonitor.ui.dashboard.views import ViewRow

NARROW_BELOW, TIGHT_BELOW, LOW_BELOW = 1000, 900, 700
"""Effective widths and height: window px by the size of letters."""


class Frame(QObject):
    """Rail, top bar, ribbon, banner, content, status bar."""

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        sources: Sequence[SourceChoice],
        rows: Sequence[ViewRow],
        views: Mapping[str, View],
    ) -> None:
        """Laid out in the window at once."""
        super().__init__(window)
        self._window, self._theme = window, theme
        self.rail = Rail(theme, [(row.name, row.word, row.icon, row.at_bottom) for row in rows if row.in_rail])
        self.top, self.ribbon = TopBar(theme, sources), Ribbon(theme)
        self.banner, self.status = BannerBar(theme), StatusBar(theme)
        self.stack = QStackedWidget()
        for view in views.values():
            self.stack.addWidget(view)
        self.content = Content(theme, self.stack)
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.fit)
        self.content.resized.connect(self.fit)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        for part in (self.top, self.ribbon, self.banner):
            column.addWidget(part)
        column.addWidget(self.content, 1)
        column.addWidget(self.status)
        row = QHBoxLayout(self._window)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    @property
    def view(self) -> View:
        """The one that is shown."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, View)  # noqa: S101 - nothing else is put there
        return shown

    def show_view(self, name: str, view: View) -> None:
        """This one, with its buttons."""
        self.stack.setCurrentWidget(view)
        self.rail.show_chosen(name)
        self.top.show_actions(view.buttons)
        self.fit()

    # --- sizes ------------------------------------------------------------------------------------------------------
    def fit(self) -> None:
        """Share out the room; a view that wants more height than there is scrolls."""
        effective = self._window.width() / self._theme.font_scale
        low = self._window.height() / self._theme.font_scale < LOW_BELOW
        self.rail.narrow(on=effective < NARROW_BELOW)
        self.top.fit(narrow=effective < NARROW_BELOW, tight=effective < TIGHT_BELOW, low=low)
        room = self.content.maximumViewportSize()
        wanted = self.view.fit(room.width(), room.height())
        if wanted > room.height():
            bar = self.content.verticalScrollBar().sizeHint().width()
            wanted = self.view.fit(room.width() - bar, room.height())
            self.stack.resize(room.width() - bar, wanted)
        else:
            self.stack.resize(room)

    def fit_soon(self) -> None:
        """When what was shown or hidden has its new size."""
        self._soon.start()
