"""The theme in force: palette, fonts, scale and motion. It says so when any of them changes."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette

from hipmonitor.ui.dashboard.theme.palette import DARK, LIGHT, Palette
from hipmonitor.ui.dashboard.theme.type_roles import Role, Weight

FONT_SCALES = (1.0, 1.25, 1.5, 1.75, 2.0)
WIDTHS_KEPT = 4096
"""Clock times and angles come and go."""


class Scheme(StrEnum):
    """Which palette is wanted."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@cache
def qcolor(colour: str) -> QColor:
    """A colour of the palette for Qt. Not to be changed: it is shared."""
    return QColor(colour)


class Theme(QObject):
    """Owned by the window and handed to every widget."""

    changed = Signal()

    def __init__(self, *, scheme: Scheme = Scheme.SYSTEM, font_scale: float = 1.0, reduce_motion: bool = False) -> None:
        super().__init__()
        self._scheme, self._font_scale, self._reduce_motion = scheme, font_scale, reduce_motion
        self._fonts: dict[tuple[Role, Weight | None, float], QFont] = {}
        self._metrics: dict[tuple[Role, Weight | None, float], QFontMetricsF] = {}
        self._widths: dict[tuple[str, Role, Weight | None, float], float] = {}
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._renew)

    @property
    def scheme(self) -> Scheme:
        """What was chosen."""
        return self._scheme

    @property
    def dark(self) -> bool:
        """What that means now. A system that does not say counts as light."""
        if self._scheme is Scheme.SYSTEM:
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._scheme is Scheme.DARK

    @property
    def palette(self) -> Palette:
        """The colours."""
        return DARK if self.dark else LIGHT

    @property
    def font_scale(self) -> float:
        """1 to 2."""
        return self._font_scale

    @property
    def reduce_motion(self) -> bool:
        """Whether nothing glides."""
        return self._reduce_motion

    def choose(
        self, *, scheme: Scheme | None = None, font_scale: float | None = None, reduce_motion: bool | None = None
    ) -> None:
        """Change one or more."""
        self._scheme = self._scheme if scheme is None else scheme
        self._font_scale = self._font_scale if font_scale is None else min(2.0, max(1.0, font_scale))
        self._reduce_motion = self._reduce_motion if reduce_motion is None else reduce_motion
        self._renew()

    def _renew(self) -> None:
        self._fonts.clear()
        self._metrics.clear()
        self._widths.clear()
        self.changed.emit()

    def px(self, px: float) -> float:
        """A length that grows with the font setting: heights of rows and controls."""
        return px * self._font_scale

    def font(self, role: Role, weight: Weight | None = None, factor: float = 1.0) -> QFont:
        """The system's font in this role, with digits of equal width."""
        key = (role, weight, factor)
        if key not in self._fonts:
            font = QFont(QGuiApplication.font())
            font.setPixelSize(max(1, round(role.px(self._font_scale) * factor)))
            font.setWeight(QFont.Weight(int(role.weight if weight is None else weight)))
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[key] = font
        return self._fonts[key]

    def metrics(self, role: Role, weight: Weight | None = None, factor: float = 1.0) -> QFontMetricsF:
        """How large text of this role is."""
        key = (role, weight, factor)
        if key not in self._metrics:
            self._metrics[key] = QFontMetricsF(self.font(role, weight, factor))
        return self._metrics[key]

    def width(self, text: str, role: Role, weight: Weight | None = None, factor: float = 1.0) -> float:
        """How wide a text is; remembered, for most are written again in the next frame."""
        key = (text, role, weight, factor)
        if key not in self._widths:
            if len(self._widths) >= WIDTHS_KEPT:
                self._widths.clear()
            self._widths[key] = self.metrics(role, weight, factor).horizontalAdvance(text)
        return self._widths[key]

    def qt_palette(self) -> QPalette:
        """For Qt's own menus, dialogs and tooltips."""
        p = self.palette
        roles = {
            QPalette.ColorRole.Window: p.bg,
            QPalette.ColorRole.WindowText: p.ink,
            QPalette.ColorRole.Base: p.surface,
            QPalette.ColorRole.AlternateBase: p.inset,
            QPalette.ColorRole.Text: p.ink,
            QPalette.ColorRole.PlaceholderText: p.ink2,
            QPalette.ColorRole.Button: p.surface,
            QPalette.ColorRole.ButtonText: p.ink,
            QPalette.ColorRole.ToolTipBase: p.surface,
            QPalette.ColorRole.ToolTipText: p.ink,
            QPalette.ColorRole.Highlight: p.btn,
            QPalette.ColorRole.HighlightedText: p.btn_ink,
            QPalette.ColorRole.Link: p.ok_text,
        }
        palette = QPalette()
        for role, colour in roles.items():
            palette.setColor(role, qcolor(colour))
        return palette
