"""A text in one of the theme's roles, in as many lines as it needs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from hipmonitor.ui.dashboard.theme import Role, Theme, Weight, qcolor

LEAST_PX = 160


class Words(QLabel):
    """Follows the theme; can be selected with the mouse where it is worth copying."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: Role = Role.BODY,
        *,
        ink: str = "ink",
        weight: Weight | None = None,
        wraps: bool = True,
        copied: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`ink` is the name of a colour of the palette."""
        super().__init__(text, parent)
        self.theme, self._role, self._ink, self._weight = theme, role, ink, weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        if copied:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        self.setFont(self.theme.font(self._role, self._weight))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, qcolor(getattr(self.theme.palette, self._ink)))
        self.setPalette(palette)

    def minimumSizeHint(self) -> QSize:
        """A word that is wider than there is room for, as a path may be, does not widen all that stands around it."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), LEAST_PX), hint.height()) if self.wordWrap() else hint

    def say(self, text: str) -> None:
        """Another text; nothing stands there where it is empty."""
        if text != self.text():
            self.setText(text)
        self.setVisible(bool(text))
